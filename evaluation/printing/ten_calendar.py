"""What comes next in a top ten, as a calendar (RFC 5545): steps with a day, and polling day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from evaluation.enums_ten import Means
from evaluation.queries.ten.public_facts import Planned, PublicPledge, PublicTen
from evaluation.ten_addresses import Asked
from process.enums import ElectionKind
from process.feeds.calendars import MEDIA_TYPE, calendar_text, polling_day_text
from process.feeds.entries import DONE, Entry, one_line
from process.feeds.events import entry_text
from process.queries.calendars import next_regular_year
from process.rules import timetable as law
from process.services.elections import election_name

__all__ = ["MEDIA_TYPE", "draw_calendar"]

KEPT: Final = timedelta(days=90)
"""So long does what has been stay in it: a calendar that looks seldom misses nothing."""


def draw_calendar(ten: PublicTen, asked: Asked) -> bytes:
    """Return the calendar; never empty, for polling day is always in it."""
    return calendar_text(
        name=_("The top ten of %(name)s") % {"name": ten.name},
        language=asked.language,
        events=[*_steps(ten, asked), *_polling_day(asked)],
    )


def _steps(ten: PublicTen, asked: Asked) -> Iterator[str]:
    since = asked.today - KEPT
    stamp = ten.edition.edited_at or _midnight(ten.public_since or ten.agreed_on)
    for pledge in ten.pledges:
        for step in pledge.steps:
            if step.due_on is not None and step.due_on >= since:
                yield entry_text(
                    _entry(ten, pledge, step, step.due_on, asked),
                    sequence=step.revision,
                    modified_at=stamp,
                )


def _entry(
    ten: PublicTen, pledge: PublicPledge, step: Planned, due_on: date, asked: Asked
) -> Entry:
    page = asked.canonical("public_pledge", pledge.rank)
    mark = DONE if step.done_on is not None else ""
    return Entry(
        uid=f"stap-{step.pk}@rodedraad",
        summary=f"{mark}{one_line(step.title)} ({one_line(ten.name)})",
        description="\n\n".join(
            filter(None, (one_line(pledge.title), one_line(step.url), one_line(page)))
        ),
        starts=due_on,
        ends=due_on + timedelta(days=1),
        url=page,
        categories=(_("Top ten"), one_line(str(Means(step.means).label))),
        colour="crimson",
    )


def _polling_day(asked: Asked) -> Iterator[str]:
    year = next_regular_year(today=asked.today)
    if year is not None:
        day = law.regular_polling_day(year=year)
        yield polling_day_text(
            slug=f"gr{year}",
            polling_day=day,
            name=election_name(kind=ElectionKind.REGULAR, polling_day=day),
            language=asked.language,
        )


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
