"""The daily mail: what is to be done first, per branch; on Mondays also where everything stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _

from core import mail
from notifications.mails.calendar import attach_new
from notifications.mails.ending import NATIONAL, ending, headers_of
from notifications.mails.facts import Facts
from notifications.mails.lines import line_of
from notifications.mails.national import national_part
from notifications.mails.parts import (
    DEEDS,
    LINES_A_SECTION,
    BranchPart,
    DigestContent,
    Line,
    NationalPart,
    Place,
    Section,
    Week,
    shown,
)
from notifications.mails.saying import hello, in_order, more_words, opening, subject
from notifications.mails.week import weeks_of
from notifications.models import Delivery

Lines = dict[int, list[Line]]


def build(*, delivery: Delivery, facts: Facts) -> EmailMultiAlternatives | None:
    """Return the daily mail of one person; ``None`` when there is nothing left to say."""
    today = facts.today
    lines = _lines(facts)
    told = {
        line.milestone_id
        for rows in lines.values()
        for line in rows
        if line.milestone_id is not None
    }
    standing = [row.branch_id for row in facts.reminders if row.rule == "week.branch"]
    weeks = weeks_of([pk for pk in standing if pk is not None], told=told, today=today)
    parts = [
        _part(facts, pk, lines.get(pk, []), weeks.get(pk)) for pk in _in_order(facts, lines, weeks)
    ]
    branches = tuple(part for part in parts if not part.is_empty)
    national = _national(facts)
    if not branches and national is None:
        return None
    everything = [line for rows in lines.values() for line in rows]
    content = DigestContent(
        hello=hello(facts.reader),
        opening=opening(everything, branches),
        branches=branches,
        national=national,
        ending=ending(facts),
        several=len(branches) + (national is not None) > 1,
        has_calendar=any(line.is_new for line in everything),
    )
    message = mail.build(
        name="digest",
        to=facts.reader.email,
        language=facts.reader.language,
        key=delivery.key,
        context={"mail": content, "subject": subject(everything, branches, national)},
        headers=headers_of(mail="digest", facts=facts),
    )
    attach_new(message, lines=everything, facts=facts)
    return message


def _lines(facts: Facts) -> Lines:
    found: Lines = {}
    for row in facts.reminders:
        line = line_of(row, facts)
        if line is not None and row.branch_id is not None:
            found.setdefault(row.branch_id, []).append(line)
    return found


def _in_order(facts: Facts, lines: Lines, weeks: dict[int, Week]) -> list[int]:
    """Return the branches of a mail, the one that asks most urgently first."""
    places = {place: number for number, place in enumerate(Place)}

    def urgency(pk: int) -> tuple[int, date, str]:
        first = next(iter(in_order(lines.get(pk, []))), None)
        name = facts.branches[pk].name
        return (places[first.place], first.day, name) if first else (len(places), date.max, name)

    return sorted((pk for pk in {*lines, *weeks} if pk in facts.branches), key=urgency)


def _part(facts: Facts, pk: int, lines: Sequence[Line], week: Week | None) -> BranchPart:
    branch = facts.branches[pk]
    sections = []
    for place in Place:
        rows = in_order(line for line in lines if line.place is place)
        if rows:
            sections.append(
                Section(
                    title=_title(place),
                    intro=_intro(place, rows),
                    is_deed=place in DEEDS,
                    lines=tuple(rows[:LINES_A_SECTION]),
                    more=more_words(len(rows) - LINES_A_SECTION),
                )
            )
    return BranchPart(
        name=shown(branch.name),
        url=mail.absolute(reverse("process:today", args=[branch.slug])),
        sections=tuple(sections),
        week=week,
    )


def _national(facts: Facts) -> NationalPart | None:
    is_told = any(row.rule in NATIONAL for row in facts.reminders)
    return national_part(today=facts.today) if is_told else None


def _intro(place: Place, lines: Sequence[Line]) -> str:
    if place is not Place.PAST:
        return ""
    if all(line.milestone_id is None for line in lines):
        # Verdicts, the notice of a meeting: no page lets the reader choose another day for these.
        return _("Do it this week, if you can.")
    return _("Do it this week, or choose on the page a day that you will make.")


def _title(place: Place) -> str:
    match place:
        case Place.NOW:
            return _("To do now")
        case Place.PAST:
            return _("Still waiting for you")
        case Place.COMING:
            return _("Coming")
        case Place.MEETINGS:
            return _("Meetings")
        case Place.NEWS:
            return _("New")
        case _:
            return _("People")
