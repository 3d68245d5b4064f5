"""The lines about input from outside: one a branch for each thing to do, with how much it is."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation.models import Consultation
from consultation.queries.desk import Whose
from consultation.rules.retention import KEPT_AFTER_POLLING_DAY
from core.dates import day_words, distance
from core.mail import absolute
from notifications.mails.facts import Facts
from notifications.mails.input_facts import Counts
from notifications.mails.parts import Line, Place, shown
from notifications.models import Reminder
from notifications.wording import countdown, event
from process.enums import MeetingStatus
from process.hints import far


def assigned_line(row: Reminder, facts: Facts) -> Line | None:
    """Contributions that the reader was given."""
    found = _of(row, facts)
    if found is None or not found[1].mine:
        return None
    consultation, counts = found
    return Line(
        place=Place.NOW,
        words=ngettext(
            "Look at the %(count)s contribution that you were given",
            "Look at the %(count)s contributions that you were given",
            counts.mine,
        )
        % {"count": counts.mine},
        url=_desk(consultation, wie=Whose.MINE),
        day=row.due_on,
        details=(_("Say of each what is done with it. Mostly that takes a minute."),),
    )


def waiting_line(row: Reminder, facts: Facts) -> Line | None:
    """Contributions that nobody has looked at."""
    found = _of(row, facts)
    if found is None or not found[1].untouched:
        return None
    consultation, counts = found
    return Line(
        place=Place.NOW,
        words=ngettext(
            "Look at %(count)s contribution: nobody has yet",
            "Look at %(count)s contributions: nobody has yet",
            counts.untouched,
        )
        % {"count": counts.untouched},
        url=_desk(consultation, status="new"),
        day=row.due_on,
        details=(_since(counts.since, facts.today),),
    )


def owed_line(row: Reminder, facts: Facts) -> Line | None:
    """People who wait for an answer."""
    found = _of(row, facts)
    people = facts.input.owed.get(row.subject_id, 0)
    if found is None or not people:
        return None
    return Line(
        place=Place.NOW,
        words=ngettext(
            "Answer %(count)s person who asked what became of it",
            "Answer %(count)s people who asked what became of it",
            people,
        )
        % {"count": people},
        url=_desk(found[0], antwoord="on"),
        day=row.due_on,
        details=(
            _("You decided what to do with it; now they can hear it. Two sentences are enough."),
        ),
    )


def closing_line(row: Reminder, facts: Facts) -> Line | None:
    """Input closes."""
    found = _of(row, facts)
    if found is None or found[0].closes_on is None or found[0].closes_on < facts.today:
        return None
    consultation, counts = found
    closes_on = found[0].closes_on
    return Line(
        place=Place.NOW,
        words=countdown(_("ask people once more for input"), day=closes_on, today=facts.today),
        url=_page("overview", consultation),
        day=closes_on,
        details=(
            _("Input closes on %(day)s.") % {"day": day_words(closes_on)},
            ngettext(
                "Until now %(count)s contribution came in.",
                "Until now %(count)s contributions came in.",
                counts.came_in,
            )
            % {"count": counts.came_in},
        ),
    )


def held_line(row: Reminder, facts: Facts) -> Line | None:
    """What the form set aside."""
    found = _of(row, facts)
    if found is None or not found[1].held:
        return None
    consultation, counts = found
    return Line(
        place=Place.NOW,
        words=ngettext(
            "See whether %(count)s contribution was sent by a person",
            "See whether %(count)s contributions were sent by people",
            counts.held,
        )
        % {"count": counts.held},
        url=_page("held", consultation),
        day=row.due_on,
        details=(
            _("The form set it aside, because it looks like a machine’s. It does not count yet."),
            _since(counts.held_since, facts.today),
        ),
    )


def mailbox_line(row: Reminder, facts: Facts) -> Line | None:
    """The branch's mailbox cannot be read."""
    found = _of(row, facts)
    box = getattr(found[0], "mailbox", None) if found else None
    if found is None or box is None or not box.active or box.error_since is None:
        return None
    return Line(
        place=Place.NOW,
        words=_("See why the mailbox for input cannot be read"),
        url=_page("mailbox", found[0]),
        day=row.due_on,
        details=(
            shown(box.error),
            _("Mail that people send stays there. It comes in once the mailbox can be read."),
        ),
    )


def retention_line(row: Reminder, facts: Facts) -> Line | None:
    """Names and addresses are going to be deleted."""
    consultation = facts.input.consultations.get(row.subject_id)
    known = facts.input.known.get(row.subject_id, 0)
    if consultation is None or not known or consultation.erased_on is not None:
        return None
    day = consultation.timeline.polling_day + KEPT_AFTER_POLLING_DAY
    if day < facts.today:
        return None
    owed = facts.input.owed.get(row.subject_id, 0)
    names = {"count": owed}
    what = _("names and addresses of the input are deleted")
    return Line(
        place=Place.NOW if owed else Place.COMING,
        words=event(what, day=day, today=facts.today),
        url=_page("privacy", consultation),
        day=day,
        details=(
            str(capfirst(far(day, today=facts.today))),
            ngettext(
                "%(count)s person still waits for an answer: send it before.",
                "%(count)s people still wait for an answer: send it before.",
                owed,
            )
            % names
            if owed
            else _("It happens by itself. What people said stays; you need not do anything."),
        ),
    )


def report_line(row: Reminder, facts: Facts) -> Line | None:
    """The report of a gathering that was not sent."""
    gathering = facts.input.gatherings.get(row.subject_id)
    if gathering is None or gathering.report_sent_on or gathering.report_public_since:
        return None
    meeting = gathering.meeting
    if meeting.status != MeetingStatus.HELD:
        return None
    slug = gathering.consultation.branch.slug
    return Line(
        place=Place.NOW,
        words=_("Send the report of %(title)s") % {"title": shown(meeting.title)},
        url=absolute(reverse("consultation:report", args=[slug, gathering.pk])),
        day=meeting.day,
        details=(
            _("It was on %(day)s, %(far)s. Who was there waits for it; short is fine.")
            % {"day": day_words(meeting.day), "far": distance(meeting.day, today=facts.today)},
        ),
    )


def _of(row: Reminder, facts: Facts) -> tuple[Consultation, Counts] | None:
    consultation = facts.input.consultations.get(row.subject_id)
    if consultation is None:
        return None
    return consultation, facts.input.counts.get(row.subject_id, Counts())


def _since(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return _("The first came in on %(day)s, %(far)s.") % {
        "day": day_words(day),
        "far": distance(day, today=today),
    }


def _page(name: str, consultation: Consultation) -> str:
    return absolute(reverse(f"consultation:{name}", args=[consultation.branch.slug]))


def _desk(consultation: Consultation, **chosen: str) -> str:
    return f"{_page('desk', consultation)}?{urlencode(chosen)}"
