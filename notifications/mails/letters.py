"""The mails that cannot wait: work that is given, promises dealt out, a meeting that changes."""

from __future__ import annotations

from typing import Final

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import mail
from core.dates import day_words
from notifications.mails.calendar import attach_meeting, attach_new
from notifications.mails.ending import ending, headers_of
from notifications.mails.facts import Facts
from notifications.mails.lines import (
    judge_words,
    meeting_url,
    milestone_help,
    milestone_line,
    milestone_url,
    moment_of,
    until_words,
    verdict_line,
)
from notifications.mails.parts import Fact, Letter, shown, shown_lines
from notifications.mails.saying import hello
from notifications.models import Delivery
from notifications.wording import deed
from process.enums import MeetingStatus
from process.hints import far
from process.models import Meeting

LONGEST: Final = 4_000
"""So many characters of an agenda or a notice stand in a mail; the page has all of it."""


def milestone_assigned(*, delivery: Delivery, facts: Facts) -> EmailMultiAlternatives | None:
    """Somebody was given a milestone."""
    row = facts.reminders[0]
    line = milestone_line(row, facts)
    if line is None:
        return None
    milestone = facts.milestones[row.subject_id]
    branch = shown(milestone.timeline.branch.name)
    what = shown(deed(milestone))
    giver = milestone.owner_given_by
    names = {
        "what": what,
        "branch": branch,
        "who": shown(str(giver)) if giver else "",
        "title": shown(milestone.definition.title),
    }
    needs, count = milestone_help(milestone)
    letter = Letter(
        subject=_("For you: %(what)s (%(branch)s)") % names,
        hello=hello(facts.reader),
        opening=_("%(who)s has given you a milestone of %(branch)s: %(what)s.") % names
        if giver
        else _("You have a milestone of %(branch)s: %(what)s.") % names,
        facts=_facts(
            (_("Milestone"), names["title"]),
            (_("Day"), until_words(milestone, facts.today)),
            (_("So far"), count),
        ),
        paragraphs=tuple(
            filter(
                None,
                (
                    needs,
                    shown(milestone.definition.why),
                    shown(milestone.definition.how),
                    _("Does it not suit you? Say so on the page; then somebody else can take it."),
                ),
            )
        ),
        button=_("Look at the milestone"),
        url=milestone_url(milestone),
        ending=ending(facts, because=_("This milestone is yours.")),
        has_calendar=True,
    )
    message = _message(letter, name="milestone_assigned", delivery=delivery, facts=facts)
    attach_new(message, lines=[line], facts=facts)
    return message


def verdict_dealt(*, delivery: Delivery, facts: Facts) -> EmailMultiAlternatives | None:
    """Promises were dealt out to somebody of the council group."""
    row = facts.reminders[0]
    line = verdict_line(row, facts)
    if line is None:
        return None
    evaluation = facts.evaluations[row.subject_id]
    share = facts.shares[row.subject_id]
    milestone = facts.assess_by.get(row.subject_id)
    branch = shown(evaluation.branch.name)
    letter = Letter(
        subject=_("For you: %(what)s (%(branch)s)")
        % {"what": judge_words(share.left), "branch": branch},
        hello=hello(facts.reader),
        opening=ngettext(
            "In %(branch)s you have %(count)s promise of the previous programme to judge.",
            "In %(branch)s you have %(count)s promises of the previous programme to judge.",
            share.left,
        )
        % {"branch": branch, "count": share.left},
        facts=_facts(
            (_("Programme"), shown(str(evaluation.programme))),
            (
                _("Ready by"),
                str(capfirst(far(milestone.target, today=facts.today)))
                if milestone and milestone.target >= facts.today
                else "",
            ),
        ),
        paragraphs=(
            _(
                "You get them one by one: what was promised, what came of it, and why. A minute "
                "for each is enough, and you can stop whenever you like."
            ),
        ),
        button=_("Begin with the first one"),
        url=mail.absolute(reverse("evaluation:desk", args=[evaluation.branch.slug, evaluation.pk])),
        ending=ending(facts, because=_("These promises were dealt out to you.")),
    )
    return _message(letter, name="verdict_dealt", delivery=delivery, facts=facts)


def meeting_invited(*, delivery: Delivery, facts: Facts) -> EmailMultiAlternatives | None:
    """The board invites for a meeting."""
    meeting = _coming(facts)
    if meeting is None:
        return None
    letter = _meeting_letter(
        meeting,
        facts,
        subject=_("You are invited: %(title)s, %(when)s"),
        opening=_("%(branch)s invites you for %(title)s."),
        paragraphs=(_cut(meeting.notice_text), _agenda(meeting), _calendar_words()),
    )
    message = _message(letter, name="meeting_invited", delivery=delivery, facts=facts)
    attach_meeting(message, meeting=meeting, method="REQUEST", attendee=facts.reader)
    return message


def meeting_moved(*, delivery: Delivery, facts: Facts) -> EmailMultiAlternatives | None:
    """A meeting moved to another day, or to another time or place on the same day."""
    meeting = _coming(facts)
    if meeting is None:
        return None
    before = meeting.moved_from
    letter = _meeting_letter(
        meeting,
        facts,
        subject=_("Moved: %(title)s is now on %(when)s")
        if before
        else _("Changed: %(title)s on %(when)s"),
        opening=_("%(title)s of %(branch)s is on another day now.")
        if before
        else _("%(title)s of %(branch)s is at another time or place now; the day stays."),
        paragraphs=(
            _("Are you coming? Then note the new day. Can you not come? Tell the board.")
            if before
            else _("Are you coming? Then note it. Can you not come? Tell the board."),
            _calendar_words(),
        ),
        more=((_("It was on"), str(capfirst(day_words(before)))),) if before else (),
    )
    message = _message(letter, name="meeting_moved", delivery=delivery, facts=facts)
    attach_meeting(message, meeting=meeting, method="REQUEST", attendee=facts.reader)
    return message


def meeting_cancelled(*, delivery: Delivery, facts: Facts) -> EmailMultiAlternatives | None:
    """A meeting does not take place."""
    meeting = facts.meetings.get(facts.reminders[0].subject_id)
    if meeting is None or meeting.status != MeetingStatus.CANCELLED or meeting.day < facts.today:
        return None
    letter = _meeting_letter(
        meeting,
        facts,
        subject=_("Cancelled: %(title)s on %(when)s"),
        opening=_("%(title)s of %(branch)s does not take place. You need not do anything."),
        paragraphs=(_("The file with this mail takes the meeting out of your calendar."),),
        more=((_("Why"), shown(meeting.cancelled_reason)),),
    )
    message = _message(letter, name="meeting_cancelled", delivery=delivery, facts=facts)
    attach_meeting(message, meeting=meeting, method="CANCEL", attendee=facts.reader)
    return message


def _coming(facts: Facts) -> Meeting | None:
    meeting = facts.meetings.get(facts.reminders[0].subject_id)
    if meeting is None or meeting.status == MeetingStatus.CANCELLED or meeting.day < facts.today:
        return None
    return meeting


def _meeting_letter(
    meeting: Meeting,
    facts: Facts,
    *,
    subject: str,
    opening: str,
    paragraphs: tuple[str, ...],
    more: tuple[tuple[str, str], ...] = (),
) -> Letter:
    names = {
        "title": shown(meeting.title),
        "branch": shown(meeting.branch.name),
        "when": moment_of(meeting),
    }
    return Letter(
        subject=subject % names,
        hello=hello(facts.reader),
        opening=opening % names,
        facts=(
            *_facts(
                (_("What"), names["title"]),
                (_("When"), str(capfirst(names["when"]))),
                *more,
                (_("Where"), shown(meeting.place)),
            ),
            *(
                [Fact(label=_("Online"), value=meeting.link, url=meeting.link)]
                if meeting.link
                else []
            ),
        ),
        paragraphs=tuple(filter(None, (shown_lines(text) for text in paragraphs))),
        button=_("Look at the meeting"),
        url=meeting_url(meeting),
        ending=ending(facts),
        has_calendar=True,
    )


def _agenda(meeting: Meeting) -> str:
    if not meeting.agenda:
        return ""
    return _("On the agenda:") + f"\n{_cut(meeting.agenda)}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


def _calendar_words() -> str:
    return _("The file with this mail puts it in your calendar.")


def _facts(*pairs: tuple[str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(label=label, value=value) for label, value in pairs if value)


def _message(
    letter: Letter, *, name: str, delivery: Delivery, facts: Facts
) -> EmailMultiAlternatives:
    return mail.build(
        name=name,
        to=facts.reader.email,
        language=facts.reader.language,
        key=delivery.key,
        context={"mail": letter, "subject": letter.subject},
        headers=headers_of(mail=name, facts=facts),
    )
