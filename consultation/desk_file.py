"""The list of all that came in as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from consultation.queries.desk_export import Row
from consultation.templatetags.contributions import role_word, status_word
from core.kinds import Kind
from core.spreadsheets import Cell, Column, Sheet, csv_bytes, xlsx

KINDS = (Kind.XLSX, Kind.CSV)


def written(rows: Iterable[Row], *, kind: Kind, names: bool) -> bytes:
    """Return the list as bytes, in the language of now.

    Args:
        rows: the contributions, in order.
        kind: XLSX or CSV.
        names: with who brought it in; only for who may see that.
    """
    columns = _columns(names=names)
    cells = _cells(rows, names=names)
    if kind is Kind.CSV:
        return csv_bytes(header=[column.header for column in columns], rows=cells)
    return xlsx(Sheet(title=_("Input"), columns=columns, rows=cells))


def _columns(*, names: bool) -> Sequence[Column]:
    who = [
        Column(header=_("Name"), width=22),
        Column(header=_("E-mail address"), width=28),
        Column(header=_("Organisation"), width=22),
    ]
    return [
        Column(header=_("Number"), width=8),
        Column(header=_("Came in on"), width=12),
        Column(header=_("What was said"), width=70),
        Column(header=_("Said how often"), width=9),
        Column(header=_("Theme"), width=18),
        Column(header=_("Status"), width=18),
        Column(header=_("Why"), width=35),
        Column(header=_("Channel"), width=18),
        Column(header=_("Speaks as"), width=18),
        Column(header=_("Member of the party"), width=10),
        Column(header=_("Neighbourhood"), width=18),
        Column(header=_("Late"), width=7),
        Column(header=_("Who takes care of it"), width=20),
        Column(header=_("Answer"), width=45),
        Column(header=_("Answered on"), width=12),
        *(who if names else ()),
    ]


def _cells(rows: Iterable[Row], *, names: bool) -> Iterator[Sequence[Cell]]:
    yes, no = _("yes"), _("no")
    said: dict[Any, str] = {True: yes, False: no}
    for row in rows:
        who = (row.name, row.email, row.organisation) if names else ()
        yield (
            row.pk,
            row.received_on,
            row.text,
            row.sources,
            row.theme,
            status_word(row.status),
            row.reason,
            row.channel,
            role_word(row.role),
            said.get(row.is_member, ""),
            row.neighbourhood,
            yes if row.late else "",
            row.assigned_to,
            row.answer,
            row.answered_on,
            *who,
        )
