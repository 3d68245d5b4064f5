"""The figures as spreadsheets: safe cells, in the language of now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from core.kinds import CONTENT_TYPES, Kind
from core.spreadsheets import Cell, Column, Sheet, csv_bytes, xlsx
from monitor.figures_words import StepWords, Tile, table_head, table_rows, week_lists
from monitor.queries.week_news import Week

KINDS = {kind.value: kind for kind in (Kind.XLSX, Kind.CSV)}
MOST_NEWS = 5000
"""Lines of each list of a week in a spreadsheet."""


def kind_of(ending: str) -> Kind:
    """Return the kind of an ending in an address.

    Raises:
        Http404: nothing is made with that ending.
    """
    try:
        return KINDS[ending]
    except KeyError:
        raise Http404 from None


def answer(sheets: Callable[[], Sequence[Sheet]], *, kind: Kind, name: str) -> HttpResponse:
    """Answer with a file: all sheets as .xlsx, or the first one as .csv.

    Args:
        sheets: makes them.
        kind: XLSX or CSV.
        name: of the file, without its ending.
    """
    made = sheets()
    if kind is Kind.CSV:
        first = made[0]
        content = csv_bytes(header=[column.header for column in first.columns], rows=first.rows)
    else:
        content = xlsx(*made)
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}.{kind.value}"'},
    )


def steps_sheet(steps: Iterable[StepWords], *, compared: bool) -> Sheet:
    """Return the national line."""
    return sheet(
        _("How far we are"), table_head(compared=compared), table_rows(steps, compared=compared)
    )


def provinces_sheet(tiles: Iterable[Tile]) -> Sheet:
    """Return the provinces."""
    head = [
        _("Province"),
        _("Branches"),
        _("On time"),
        _("Late"),
        _("Silent"),
        _("Unknown"),
    ]
    rows: list[list[Cell]] = [
        [tile.name, tile.total, tile.on_time, tile.late, tile.silent, tile.unknown]
        for tile in tiles
    ]
    return sheet(_("Provinces"), head, rows)


def week_sheet(week: Week) -> Sheet:
    """Return what changed in the week, one thing on a row."""
    rows: list[list[Cell]] = [
        [title, line.name, line.what, line.day]
        for _kind, title, news in week_lists(week)
        for line in news.lines
    ]
    return sheet(_("What changed this week"), [_("What"), _("Branch"), _("About"), _("Day")], rows)


def sheet(title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Sheet:
    """Return a sheet whose first column holds names."""
    first, *others = head
    return Sheet(
        title=title,
        columns=[Column(header=first, width=40), *(Column(header=one) for one in others)],
        rows=rows,
    )
