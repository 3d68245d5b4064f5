"""One line for each thing to be told. Its words follow from today's facts, not from the rule.

So a mail that was held up tells the truth of the day on which it leaves: what had seven days left
and has none is told as something to do now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils.dateformat import time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import day_words, distance
from core.mail import absolute
from core.text import inside
from notifications.mails import input_lines, ten_lines
from notifications.mails.facts import Facts, subject_of
from notifications.mails.parts import Line, Place, joined, shown
from notifications.models import Reminder
from notifications.wording import countdown, deed, event, last_day
from process.counts import count_of
from process.hints import far, meeting_notice, next_action, who
from process.models import Meeting, Milestone

AT_ONCE_NEWS: Final = ("meeting.invited", "meeting.moved", "meeting.cancelled")
SOON: Final = timedelta(days=7)
"""What has at most so many days left is to be done now; the rest is coming."""


def line_of(reminder: Reminder, facts: Facts) -> Line | None:
    """Return the line of one reminder; ``None``: its subject is gone, or nothing is left to do."""
    builder = _BUILDERS.get(subject_of(reminder.rule))
    return builder(reminder, facts) if builder else None


def milestone_line(row: Reminder, facts: Facts) -> Line | None:
    """A milestone, or a day that the law fixes."""
    milestone = facts.milestones.get(row.subject_id)
    if milestone is None or not milestone.is_open:
        return None
    today, target = facts.today, milestone.target
    what = shown(deed(milestone))
    if milestone.is_statutory:
        if target < today:
            return None
        words = event(what, day=target, today=today)
        details: tuple[str, ...] = (
            str(capfirst(far(target, today=today))),
            _("The law fixes this day."),
        )
    else:
        words = countdown(what, day=_counts_to(milestone, today), today=today)
        until = until_words(milestone, today)
        details = (joined((until, _doing(milestone, facts))), *milestone_help(milestone))
        if row.rule == "milestone.late_board" and not _is_theirs(milestone, facts):
            details = (until, _helping(milestone), *details[1:])
    return Line(
        place=_place(target, milestone.deadline, today),
        words=words,
        url=milestone_url(milestone),
        day=milestone.deadline if milestone.deadline < today else target,
        details=details,
        milestone_id=milestone.pk,
        is_new=target >= today and row.rule in ("milestone.ahead", "milestone.assigned"),
    )


def _doing(milestone: Milestone, facts: Facts) -> str:
    return _("yours") if milestone.owner_id == facts.reader.pk else shown(who(milestone))


def _is_theirs(milestone: Milestone, facts: Facts) -> bool:
    if milestone.owner_id is not None:
        return milestone.owner_id == facts.reader.pk
    named = (milestone.definition.owner_role, milestone.definition.second_role)
    held = facts.held.get(milestone.timeline.branch_id, ())
    return any(membership.role in named for membership in held)


def _helping(milestone: Milestone) -> str:
    whose = shown(who(milestone))
    if milestone.owner is not None:
        return _("%(who)s does it. Ask what would help.") % {"who": whose}
    return _("Up to: %(who)s. Ask what would help.") % {"who": inside(whose)}


def milestone_help(milestone: Milestone) -> tuple[str, str]:
    """Say what a milestone needs first, and how far its work is (empty where nobody counts)."""
    parts = list(milestone.definition.parts.all())
    there = {record.part_key for record in milestone.part_records.all()}
    missing = [shown(part.label) for part in parts if part.key not in there]
    count = count_of(milestone, slug=milestone.timeline.branch.slug)
    needs = next_action(milestone, missing=missing, total=len(parts))
    return needs, count.words if count else ""


def notice_line(row: Reminder, facts: Facts) -> Line | None:
    """The invitation of a members' meeting that must leave."""
    meeting = facts.meetings.get(row.subject_id)
    if meeting is None or meeting.notice_sent_on is not None or meeting.day < facts.today:
        return None
    latest = meeting.latest_notice_day
    return Line(
        place=_place(latest, latest, facts.today),
        words=meeting_notice(meeting, today=facts.today),
        url=invite_url(meeting),
        day=latest,
        details=(_meeting_words(meeting),),
        meeting_id=meeting.pk,
    )


def meeting_line(row: Reminder, facts: Facts) -> Line | None:
    """A meeting that was planned, or that is close; other news on a day that had much of it."""
    meeting = facts.meetings.get(row.subject_id)
    if meeting is None or meeting.day < facts.today:
        return None
    is_new = row.rule in ("meeting.planned", *AT_ONCE_NEWS)
    title, place = _news(row, meeting), shown(meeting.place)
    moment = str(capfirst(moment_of(meeting))) if row.rule not in AT_ONCE_NEWS else ""
    return Line(
        place=Place.NEWS if is_new else Place.MEETINGS,
        words=title if is_new else event(title, day=meeting.day, today=facts.today),
        subject=_("New on the list: %(title)s") % {"title": title}
        if row.rule == "meeting.planned"
        else "",
        url=meeting_url(meeting),
        day=meeting.day,
        details=(joined((moment, place)),),
        meeting_id=meeting.pk,
        is_new=is_new,
    )


def _news(row: Reminder, meeting: Meeting) -> str:
    names = {"title": shown(meeting.title), "when": moment_of(meeting)}
    match row.rule:
        case "meeting.invited":
            return _("You are invited: %(title)s, %(when)s") % names
        case "meeting.moved":
            return _("Changed: %(title)s on %(when)s") % names
        case "meeting.cancelled":
            return _("Cancelled: %(title)s on %(when)s") % names
    return names["title"]


def minutes_line(row: Reminder, facts: Facts) -> Line | None:
    """A members' meeting without minutes."""
    meeting = facts.meetings.get(row.subject_id)
    if meeting is None or meeting.minutes or meeting.day > facts.today:
        return None
    return Line(
        place=Place.NOW,
        words=_("Put down the minutes of %(title)s") % {"title": shown(meeting.title)},
        url=absolute(reverse("process:meeting_minutes", args=[meeting.branch.slug, meeting.pk])),
        day=meeting.day,
        details=(
            _("It was on %(day)s, %(far)s. A few lines and the decisions are enough.")
            % {"day": day_words(meeting.day), "far": distance(meeting.day, today=facts.today)},
        ),
        meeting_id=meeting.pk,
    )


def verdict_line(row: Reminder, facts: Facts) -> Line | None:
    """Promises of the reader that wait for a verdict."""
    evaluation = facts.evaluations.get(row.subject_id)
    share = facts.shares.get(row.subject_id)
    if evaluation is None or share is None or not share.left:
        return None
    milestone = facts.assess_by.get(row.subject_id)
    what = judge_words(share.left)
    url = absolute(reverse("evaluation:desk", args=[evaluation.branch.slug, evaluation.pk]))
    details = [
        ngettext(
            "You have judged %(done)s of your %(total)s promise",
            "You have judged %(done)s of your %(total)s promises",
            share.total,
        )
        % {"done": share.total - share.left, "total": share.total}
    ]
    if milestone is None:
        return Line(place=Place.NOW, words=what, url=url, day=facts.today, details=tuple(details))
    today = facts.today
    count = count_of(milestone, slug=evaluation.branch.slug)
    return Line(
        place=_place(milestone.target, milestone.deadline, today),
        words=countdown(what, day=_counts_to(milestone, today), today=today),
        url=url,
        day=milestone.target,
        details=(
            *details,
            _("Together: %(count)s") % {"count": count.words} if count and count.words else "",
            until_words(milestone, today),
        ),
    )


def invitation_line(row: Reminder, facts: Facts) -> Line | None:
    """An invitation that nobody answers, or that no longer works."""
    invitation = facts.invitations.get(row.subject_id)
    branch = facts.branches.get(row.branch_id or 0)
    if invitation is None or branch is None or invitation.accepted_on or invitation.withdrawn_on:
        return None
    name = {"name": shown(invitation.name or invitation.email)}
    if invitation.expires_on < facts.today:
        words = _("Invite %(name)s once more: the first link no longer works") % name
        detail = _("It worked until %(day)s.") % {"day": day_words(invitation.expires_on)}
    else:
        words = _("Ask %(name)s whether the invitation arrived") % name
        detail = _("Sent on %(sent)s. The link works until %(day)s.") % {
            "sent": day_words(invitation.invited_on),
            "day": day_words(invitation.expires_on),
        }
    return Line(
        place=Place.PEOPLE,
        words=words,
        url=people_page(branch.slug),
        day=invitation.expires_on,
        details=(shown(invitation.email), detail),
    )


def address_line(row: Reminder, facts: Facts) -> Line | None:
    """Somebody whose address no longer works."""
    person = facts.people.get(row.subject_id)
    branch = facts.branches.get(row.branch_id or 0)
    if person is None or branch is None or person.mail_refused_on is None:
        return None
    return Line(
        place=Place.PEOPLE,
        words=_("Ask %(name)s for another e-mail address") % {"name": shown(str(person))},
        url=people_page(branch.slug),
        day=person.mail_refused_on,
        details=(
            _("Mail to %(email)s comes back since %(day)s.")
            % {"email": shown(person.email), "day": day_words(person.mail_refused_on)},
        ),
    )


def judge_words(count: int) -> str:
    """Say how many promises wait, as something to do; it begins small."""
    return ngettext(
        "give your verdict on %(count)s promise", "give your verdict on %(count)s promises", count
    ) % {"count": count}


def moment_of(meeting: Meeting) -> str:
    """Write when a meeting is: ``do 2 december 2021, 20.00 uur``."""
    if meeting.starts_at is None:
        return day_words(meeting.day)
    time = time_format(meeting.starts_at, "H:i")
    return _("%(day)s, %(time)s") % {"day": day_words(meeting.day), "time": time}


def milestone_url(milestone: Milestone) -> str:
    """Return the address of a milestone's page."""
    slug = milestone.timeline.branch.slug
    return absolute(reverse("process:milestone", args=[slug, milestone.pk]))


def meeting_url(meeting: Meeting) -> str:
    """Return the address of a meeting's page."""
    return absolute(reverse("process:meeting", args=[meeting.branch.slug, meeting.pk]))


def invite_url(meeting: Meeting) -> str:
    """Return the address of the page on which the invitation of a meeting is sent."""
    return absolute(reverse("process:meeting_invite", args=[meeting.branch.slug, meeting.pk]))


def people_page(slug: str) -> str:
    """Return the address of the page with a branch's people."""
    return absolute(reverse("branches:people", args=[slug]))


def _place(target: date, deadline: date, today: date) -> Place:
    if deadline < today:
        return Place.PAST
    return Place.NOW if target - today <= SOON else Place.COMING


def _counts_to(milestone: Milestone, today: date) -> date:
    """The target, or once that has passed the last day that the branch gave itself."""
    return milestone.target if milestone.target >= today else milestone.deadline


def until_words(milestone: Milestone, today: date) -> str:
    """Say by when a milestone is to be done, or until when it could wait."""
    if milestone.target >= today and milestone.deadline >= today:
        return str(capfirst(far(milestone.target, today=today)))
    return last_day(milestone.deadline, today=today)


def _meeting_words(meeting: Meeting) -> str:
    return joined((shown(meeting.title), moment_of(meeting)))


_BUILDERS: Final[Mapping[str, Callable[[Reminder, Facts], Line | None]]] = {
    "milestone": milestone_line,
    "notice": notice_line,
    "meeting": meeting_line,
    "meeting.minutes": minutes_line,
    "verdict": verdict_line,
    "invitation": invitation_line,
    "address": address_line,
    "input.assigned": input_lines.assigned_line,
    "input.waiting": input_lines.waiting_line,
    "input.owed": input_lines.owed_line,
    "input.closing": input_lines.closing_line,
    "input.held": input_lines.held_line,
    "input.mailbox": input_lines.mailbox_line,
    "input.retention": input_lines.retention_line,
    "gathering": input_lines.report_line,
    **ten_lines.BUILDERS,
}
