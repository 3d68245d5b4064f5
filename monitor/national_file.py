"""The branches of the national page as a spreadsheet: a row each, and each milestone's state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import IO

from django.utils.translation import gettext as _

from core.kinds import Kind
from core.spreadsheets import Cell, Column, Sheet, write_csv, write_xlsx
from monitor.grid import Head, Knot
from monitor.national_rows import province_name
from monitor.queries.national import Row
from monitor.wording import reason
from process.rules.packing import unpack
from process.thread import forecast_word, state_word

KINDS = (Kind.XLSX, Kind.CSV)

Full = tuple[Row, int, Sequence[Knot]]
"""A branch, its inhabitants, and its milestones in template order."""


def write(
    rows: Iterable[Full],
    *,
    target: IO[bytes],
    kind: Kind,
    heads: Sequence[Head],
    officers: Mapping[int, str],
    today: date,
) -> None:
    """Write the branches to ``target`` as they come, in the language of now.

    Args:
        rows: the branches, in order.
        target: an open file.
        kind: XLSX or CSV.
        heads: the milestones that get a pair of columns.
        officers: id → name of who works for the office today.
        today: the day.
    """
    columns = _columns(heads)
    cells = _cells(rows, heads=heads, officers=officers, today=today)
    if kind is Kind.CSV:
        write_csv(target=target, header=[column.header for column in columns], rows=cells)
    else:
        sheet = Sheet(title=_("Branches"), columns=columns, rows=cells)
        write_xlsx(target=target, sheets=[sheet])


def _columns(heads: Sequence[Head]) -> list[Column]:
    day = _("%(milestone)s: day")
    return [
        Column(header=_("Branch"), width=24),
        Column(header=_("Province"), width=16),
        Column(header=_("Inhabitants"), width=11),
        Column(header=_("Contact person"), width=20),
        Column(header=_("State"), width=14),
        Column(header=_("Why"), width=50),
        Column(header=_("What comes next"), width=30),
        Column(header=_("Last day for it"), width=12),
        Column(header=_("Last recorded"), width=12),
        *(
            column
            for head in heads
            for column in (
                Column(header=head.title, width=16),
                Column(header=day % {"milestone": head.title}, width=12),
            )
        ),
    ]


def _cells(
    rows: Iterable[Full], *, heads: Sequence[Head], officers: Mapping[int, str], today: date
) -> Iterator[Sequence[Cell]]:
    places = {head.key: place for place, head in enumerate(heads)}
    for row, inhabitants, knots in rows:
        result = row.forecast(today=today)
        yield (
            row.name,
            province_name(row.province),
            inhabitants or None,
            officers.get(row.contact, "") if row.contact else "",
            forecast_word(result.outlook.value),
            reason(result=result, title=row.title or "", today=today),
            row.title or "",
            row.next_deadline,
            row.last_activity_on,
            *_milestones(row, knots, places=places, today=today),
        )


def _milestones(
    row: Row, knots: Sequence[Knot], *, places: Mapping[str, int], today: date
) -> list[Cell]:
    cells: list[Cell] = [None] * (2 * len(places))
    states = unpack(packed=row.packed, days_to_go=(row.polling_day - today).days)
    for (key, _pk), (state, days) in zip(knots, states, strict=False):
        place = places.get(key)
        if place is not None:
            cells[2 * place] = state_word(state.value)
            cells[2 * place + 1] = row.polling_day + timedelta(days=days)
    return cells
