"""What a calendar says about a milestone, a meeting or a polling day, in one language.

An entry is plain data: two entries are equal when a calendar would show the same. Text comes out
without control characters, so that nothing in a title can end a line of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from branches.models import Branch
from core.characters import shown
from core.dates import day_words
from core.mail import absolute
from process.enums import MeetingStatus, MilestoneStatus, Phase
from process.models import Election, Meeting, Milestone

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")

DONE: Final = "✓ "

MEETING_LASTS: Final = timedelta(hours=2)
"""Boards write down when a meeting begins; without an end calendars draw no block."""

WHY_LENGTH: Final = 280
AGENDA_LENGTH: Final = 2_000

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event as people see it.

    Attributes:
        uid: stable: made of the row's own number or name, never of host, title, day or reader.
        summary: one line; ``✓`` before what is done, a word before what is cancelled.
        description: why it matters, what to do, where.
        starts: a day, or a moment with the zone Europe/Amsterdam.
        ends: of the same type; a day is exclusive, as iCalendar has it.
        is_cancelled: it stays for a while, marked.
        place: where, or the address for taking part online.
        url: the page in this product.
        categories: words to colour or filter by.
        colour: a CSS colour name (RFC 7986).
        busy: it takes time of the reader.
    """

    uid: str
    summary: str
    description: str
    starts: date | datetime
    ends: date | datetime
    is_cancelled: bool = False
    place: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    colour: Literal["crimson", "teal", "darkorange"] = "crimson"
    busy: bool = False


def milestone_uid(milestone: Milestone) -> str:
    """Return the name by which calendars know a milestone."""
    return f"mijlpaal-{milestone.pk}@rodedraad"


def meeting_uid(meeting: Meeting) -> str:
    """Return the name by which calendars know a meeting."""
    return f"vergadering-{meeting.pk}@rodedraad"


def polling_day_uid(slug: str) -> str:
    """Return the name by which calendars know the polling day of the election ``slug``."""
    return f"stemdag-{slug}@rodedraad"


def milestone_entry(milestone: Milestone, *, language: str) -> Entry:
    """Return a deadline: a whole day, the day that the pages name.

    Args:
        milestone: with ``definition`` (and its ``parts``) and ``timeline.branch`` loaded.
        language: "nl" or "en".
    """
    with translation.override(language):
        branch = milestone.timeline.branch
        definition = milestone.definition
        dropped = milestone.status == MilestoneStatus.DROPPED
        url = absolute(reverse("process:milestone", args=[branch.slug, milestone.pk]))
        return Entry(
            uid=milestone_uid(milestone),
            summary=_summary(
                definition.title,
                branch,
                done=milestone.status == MilestoneStatus.DONE,
                cancelled=dropped,
            ),
            description=_paragraphs(
                _("Does not apply: %(reason)s") % {"reason": milestone.dropped_reason}
                if dropped
                else "",
                _short(definition.why),
                _needed(milestone),
                _can_wait(milestone),
                url,
            ),
            starts=milestone.target,
            ends=milestone.target + timedelta(days=1),
            is_cancelled=dropped,
            url=url,
            categories=(_("Deadline"), str(Phase(milestone.phase).label), one_line(branch.name)),
        )


def meeting_entry(meeting: Meeting, *, language: str, public: bool = False) -> Entry:
    """Return a meeting: a moment in Amsterdam, or a whole day while no time is known.

    Args:
        meeting: with ``branch`` loaded.
        language: "nl" or "en".
        public: for the website: who reads it is not known, so no agenda and no page inside.
    """
    with translation.override(language):
        branch = meeting.branch
        cancelled = meeting.status == MeetingStatus.CANCELLED
        inside = absolute(reverse("process:meeting", args=[branch.slug, meeting.pk]))
        starts, ends = _hours(meeting)
        link = one_line(meeting.link)
        agenda = "" if public else _cut(shown(meeting.agenda), AGENDA_LENGTH)
        return Entry(
            uid=meeting_uid(meeting),
            summary=_summary(meeting.title, branch, cancelled=cancelled),
            description=_paragraphs(
                _("Cancelled: %(reason)s") % {"reason": shown(meeting.cancelled_reason)}
                if cancelled and meeting.cancelled_reason and not public
                else "",
                _("Everybody is welcome.") if public and not cancelled else "",
                _("Take part online: %(link)s") % {"link": link} if link else "",
                _("Agenda:") + f"\n{agenda}" if agenda else "",
                "" if public else inside,
            ),
            starts=starts,
            ends=ends,
            is_cancelled=cancelled,
            place=one_line(meeting.place) or link,
            url=link if public else inside,
            categories=(one_line(str(meeting.get_kind_display())), one_line(branch.name)),
            colour="teal",
            busy=isinstance(starts, datetime),
        )


def polling_entry(*, slug: str, polling_day: date, name: str, language: str) -> Entry:
    """Return a polling day: always in every calendar."""
    with translation.override(language):
        return Entry(
            uid=polling_day_uid(slug),
            summary=one_line(_("Polling day: %(election)s") % {"election": name}),
            description=_("Polling stations are open from 7.30 until 21.00."),
            starts=polling_day,
            ends=polling_day + timedelta(days=1),
            categories=(_("Polling day"),),
            colour="darkorange",
        )


def election_entry(election: Election, *, language: str) -> Entry:
    """Return the polling day of a recorded election."""
    return polling_entry(
        slug=election.slug,
        polling_day=election.polling_day,
        name=election.name,
        language=language,
    )


def _summary(title: str, branch: Branch, *, done: bool = False, cancelled: bool = False) -> str:
    # One text serves every feed, and stands among people's own appointments: it names the branch.
    line = f"{one_line(title)} ({one_line(branch.name)})"
    if cancelled:
        return _("CANCELLED: %(title)s") % {"title": line}
    return f"{DONE}{line}" if done else line


def _hours(meeting: Meeting) -> tuple[date | datetime, date | datetime]:
    if meeting.starts_at is None:
        return meeting.day, meeting.day + timedelta(days=1)
    local = datetime.combine(meeting.day, meeting.starts_at)
    # By the clock on the wall: a night in which it jumps has two hours as well.
    return local.replace(tzinfo=AMSTERDAM), (local + MEETING_LASTS).replace(tzinfo=AMSTERDAM)


def _needed(milestone: Milestone) -> str:
    labels = [one_line(part.label) for part in milestone.definition.parts.all()]
    if not labels or not milestone.is_open:
        return ""
    return "\n".join([_("This must be there:"), *(f"– {label}" for label in labels)])


def _can_wait(milestone: Milestone) -> str:
    if not milestone.is_open or milestone.is_statutory or milestone.deadline <= milestone.target:
        return ""
    return _("Can wait until %(day)s.") % {"day": day_words(milestone.deadline)}


def _short(text: str) -> str:
    """Return the first sentences that fit: a telephone shows little of a description."""
    kept = ""
    for sentence in _SENTENCE.split(one_line(text)):
        longer = f"{kept} {sentence}".strip()
        if kept and len(longer) > WHY_LENGTH:
            break
        kept = longer
    return _cut(kept, WHY_LENGTH)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(filter(None, (shown(text) for text in texts)))


def one_line(text: str) -> str:
    """Return text without line ends and control characters, in one line of a calendar."""
    return shown(text, many_lines=False)
