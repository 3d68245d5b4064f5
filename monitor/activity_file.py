"""Activities as files: one for a calendar, and the list as a spreadsheet without names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from branches.models import Branch
from core.characters import shown
from core.kinds import Kind
from core.mail import absolute
from core.spreadsheets import Cell, Column, Sheet, csv_bytes, xlsx
from monitor.models import Activity
from monitor.rules.moments import local
from process.feeds.calendars import file_text
from process.feeds.entries import Entry, one_line
from process.feeds.events import entry_text

KINDS: Final = (Kind.XLSX, Kind.CSV)


def activity_file(*, activity: Activity, branch: Branch, language: str) -> bytes:
    """Return a calendar file about one activity.

    The same activity has the same UID in every file; SEQUENCE rises with each change, so that a
    calendar that has it already changes it.

    Args:
        activity: national, or the branch's own.
        branch: whose page the event leads to.
        language: "nl" or "en".

    Returns:
        UTF-8 with CRLF, lines of at most 75 octets, times with Europe/Amsterdam and its VTIMEZONE.
    """
    with translation.override(language):
        page = absolute(reverse("together:activity", args=[branch.slug, activity.pk]))
        link = one_line(activity.link)
        title = one_line(activity.title)
        about = [
            shown(activity.about),
            _("Link: %(link)s") % {"link": link} if link else "",
            page,
        ]
        entry = Entry(
            uid=f"activiteit-{activity.pk}@rodedraad",
            summary=_("CANCELLED: %(title)s") % {"title": title}
            if activity.cancelled_on
            else title,
            description="\n\n".join(filter(None, about)),
            starts=local(activity.starts_at),
            ends=local(activity.ends_at),
            is_cancelled=activity.cancelled_on is not None,
            place=one_line(activity.place) or link,
            url=page,
            categories=(one_line(str(activity.get_kind_display())),),
            colour="teal",
            busy=True,
        )
    event = entry_text(entry, sequence=activity.revision, modified_at=activity.changed_at)
    return file_text(method="PUBLISH", events=[event], timed=True)


def activities_sheet(rows: Iterable[Activity], *, kind: Kind) -> bytes:
    """Return activities with how many come, in the language of now; no names of people.

    Args:
        rows: of ``monitor.queries.activities.with_counts``, with ``branch`` loaded.
        kind: XLSX or CSV.
    """
    columns = _columns()
    if kind is Kind.CSV:
        return csv_bytes(header=[column.header for column in columns], rows=_cells(rows))
    return xlsx(Sheet(title=_("Activities"), columns=columns, rows=_cells(rows)))


def _columns() -> Sequence[Column]:
    return [
        Column(header=_("Kind"), width=22),
        Column(header=_("Activity"), width=40),
        Column(header=_("Organised by"), width=24),
        Column(header=_("Day"), width=12),
        Column(header=_("Starts at"), width=9),
        Column(header=_("Last day"), width=12),
        Column(header=_("Ends at"), width=9),
        Column(header=_("Place"), width=28),
        Column(header=_("Link"), width=32),
        Column(header=_("Seats"), width=8),
        Column(header=_("People who come"), width=10),
        Column(header=_("Branches that come"), width=10),
        Column(header=_("Called off on"), width=12),
    ]


def _cells(rows: Iterable[Activity]) -> Iterator[Sequence[Cell]]:
    for row in rows:
        starts, ends = local(row.starts_at), local(row.ends_at)
        yield (
            str(row.get_kind_display()),
            row.title,
            row.branch.name if row.branch else _("national office"),
            starts.date(),
            f"{starts:%H:%M}",
            ends.date(),
            f"{ends:%H:%M}",
            row.place,
            row.link,
            row.seats,
            row.coming,  # type: ignore[attr-defined]
            row.branches_coming,  # type: ignore[attr-defined]
            row.cancelled_on,
        )
