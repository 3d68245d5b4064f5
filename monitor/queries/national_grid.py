"""The milestones of the branches on one page, with their ids: what cells lead to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.grid import Head, Knot, heads_of
from monitor.queries.national_lists import Lists
from process.models import Election, Milestone


def knots_of(timelines: Sequence[int]) -> dict[int, list[Knot]]:
    """Return id of a timeline → its milestones in the order of ``packed``: one query."""
    rows = (
        Milestone.objects.filter(timeline__in=timelines)
        .order_by("timeline_id", "position")
        .values_list("timeline_id", "key", "pk")
    )
    knots: dict[int, list[Knot]] = {pk: [] for pk in timelines}
    for timeline, key, pk in rows:
        knots[timeline].append((key, pk))
    return knots


def columns(*, lists: Lists, election: Election, knots: Iterable[Sequence[Knot]]) -> list[Head]:
    """Return the columns: the newest template's, and what older timelines have besides: no query.

    Args:
        lists: knows all versions that are followed.
        election: whose newest template comes first.
        knots: the milestones of the branches on the page.
    """
    return _columns(lists, election, used={key for row in knots for key, _pk in row})


def all_columns(*, lists: Lists, election: Election) -> list[Head]:
    """Return the columns for any of the election's branches, also those not looked at: no query."""
    return _columns(lists, election, used={row.key for row in lists.columns})


def _columns(lists: Lists, election: Election, *, used: Iterable[str]) -> list[Head]:
    newest = lists.of_template(election)
    known = {
        row.key: (row.position, Head(row.key, row.title, row.phase))
        for row in (*lists.columns, *newest)
    }
    heads = [Head(row.key, row.title, row.phase) for row in newest]
    return heads_of(heads, known=known, used=used)
