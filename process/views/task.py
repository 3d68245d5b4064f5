"""A milestone as a thing to do: who, when, and the next step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from process import hints
from process.counts import Count, count_of
from process.queries.pages import MilestoneRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of a list of things to do."""

    row: MilestoneRow
    who: str
    action: str
    count: Count | None = None


def tasks_of(rows: Iterable[MilestoneRow], *, on_board: bool, slug: str) -> list[Task]:
    """Return rows with who does them and what comes next; a board may do all of it.

    ``slug`` is the branch's, for the way to where the work is done.
    """
    return [
        Task(
            row=row,
            who=hints.who(row.milestone),
            action=hints.next_action(
                row.milestone,
                missing=[part.label for part in row.missing],
                total=len(row.parts),
                is_ours=row.is_ours or on_board,
            ),
            count=count_of(row.milestone, slug=slug),
        )
        for row in rows
    ]
