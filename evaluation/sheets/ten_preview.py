"""What a spreadsheet of the top ten tells, as a page shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.enums import Reason
from evaluation.enums_ten import PledgeStatus
from evaluation.models import TopTen
from evaluation.rules.ten_sheet import Column, Problem, Reading, Trouble
from evaluation.services.ten.sheets import Entry
from evaluation.sheets.preview import MOST_ROWS_NAMED, Remark
from evaluation.sheets.ten_words import headers, trouble_sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    """An update that a sheet brings, with the words of its pledge.

    Attributes:
        status: how it stands from then on.
        reason: in words; empty for none.
    """

    entry: Entry
    rank: int
    title: str
    status: PledgeStatus
    reason: str


def shown_entries(*, entries: Sequence[Entry], top_ten: TopTen) -> list[ShownEntry]:
    """Return the updates in the order of the ten: one query."""
    pledges: Mapping[int, tuple[int, str]] = {
        pk: (rank or 0, title)
        for pk, rank, title in top_ten.pledges.chosen().values_list("pk", "rank", "title")
    }
    found = [
        ShownEntry(
            entry=entry,
            rank=pledges[entry.pledge][0],
            title=pledges[entry.pledge][1],
            status=PledgeStatus(entry.status),
            reason=str(Reason(entry.reason).label) if entry.reason else "",
        )
        for entry in entries
    ]
    return sorted(found, key=lambda one: (one.rank, one.entry.day, one.entry.row))


def refused(reading: Reading) -> list[Remark]:
    """Return the rows that are not taken over, those with the same trouble together."""
    names = headers()
    together: dict[tuple[Trouble, Column | None], list[Problem]] = defaultdict(list)
    for problem in reading.problems:
        together[problem.trouble, problem.column].append(problem)
    return [
        _remark(
            title=names[column] if column else "",
            why=trouble_sentence(trouble, column),
            rows=[one.row for one in problems],
            texts=sorted({one.text for one in problems if one.text})[:3],
        )
        for (trouble, column), problems in together.items()
    ]


def ignored(reading: Reading) -> list[Remark]:
    """Return the grey columns that were edited all the same."""
    names = headers()
    return [
        _remark(title=names[column], why="", rows=rows, texts=[])
        for column, rows in reading.ignored.items()
    ]


def missing(columns: Sequence[Column]) -> list[str]:
    """Return the headers of white columns that were not in the sheet."""
    names = headers()
    return [names[column] for column in columns]


def _remark(*, title: str, why: str, rows: Sequence[int], texts: list[str]) -> Remark:
    return Remark(
        title=title,
        why=why,
        rows=list(rows[:MOST_ROWS_NAMED]),
        more=max(0, len(rows) - MOST_ROWS_NAMED),
        texts=texts,
    )
