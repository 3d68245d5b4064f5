"""The sentences of a timeline's pages: how it stands, what is needed, what stands in the way.

Written as one volunteer to another. When something is late they say what to do now. Dates come
with how far away they are; names of milestones are handed in, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from branches.enums import Role
from core.dates import day_words, distance, period_words
from core.text import inside
from process.enums import MeetingKind
from process.models import Meeting, Milestone
from process.rules.compressing import Impossible, Proposal, Sacrifice
from process.rules.forecast import ForecastResult, Outlook
from process.rules.moving import Hindrance, Obstacle, Remark

Titles = Mapping[str, str]
"""Milestone key → its title in the reader's language."""

_DAYS_PER_WEEK = 7
_WEEKS_FROM = 14

_REST_NAMES: Mapping[str, Promise] = {
    "Herfstvakantie": gettext_lazy("autumn holidays"),
    "Kerstvakantie": gettext_lazy("Christmas holidays"),
    "Voorjaarsvakantie": gettext_lazy("spring holidays"),
    "Meivakantie": gettext_lazy("May holidays"),
    "Zomervakantie": gettext_lazy("summer holidays"),
    "Nieuwjaarsdag": gettext_lazy("New Year’s Day"),
    "Goede vrijdag": gettext_lazy("Good Friday"),
    "Eerste paasdag": gettext_lazy("Easter Sunday"),
    "Tweede paasdag": gettext_lazy("Easter Monday"),
    "Koningsdag": gettext_lazy("King’s Day"),
    "Bevrijdingsdag": gettext_lazy("Liberation Day"),
    "Hemelvaartsdag": gettext_lazy("Ascension Day"),
    "Eerste pinksterdag": gettext_lazy("Whit Sunday"),
    "Tweede pinksterdag": gettext_lazy("Whit Monday"),
    "Eerste kerstdag": gettext_lazy("Christmas Day"),
    "Tweede kerstdag": gettext_lazy("Boxing Day"),
}


_REASONS: Mapping[Outlook, Promise] = {
    Outlook.SILENT: gettext_lazy(
        "Nothing was recorded for %(quiet)s, while “%(milestone)s” is due. Record what you have "
        "already done, or choose new days."
    ),
    Outlook.UNKNOWN: gettext_lazy(
        "Nothing has been recorded since %(day)s. Record what is already done; then you see here "
        "how you stand."
    ),
    Outlook.LATE: gettext_lazy(
        "“%(milestone)s” could wait until %(day)s. Do that first, or choose a day that you will "
        "make."
    ),
    Outlook.TIGHT: gettext_lazy("“%(milestone)s” is next, and can wait until %(day)s."),
    Outlook.ON_TIME: gettext_lazy("The next one is “%(milestone)s”, on %(day)s."),
}

_OBSTACLES: Mapping[Obstacle, Promise] = {
    Obstacle.FIXED_BY_LAW: gettext_lazy(
        "The law fixes “%(milestone)s” on %(day)s. Nobody can move that day."
    ),
    Obstacle.ALREADY_DONE: gettext_lazy(
        "“%(milestone)s” was done on %(day)s: there is nothing left to move."
    ),
    Obstacle.AFTER_LIMIT: gettext_lazy(
        "“%(milestone)s” can be on %(day)s at the latest: on that day the list of candidates is "
        "handed in. Choose an earlier day."
    ),
    Obstacle.BEFORE_PREDECESSOR: gettext_lazy(
        "“%(other)s” comes first, and that stands on %(day)s. Choose %(day)s or later, or move "
        "“%(other)s” first."
    ),
    Obstacle.AFTER_DONE_FOLLOWER: gettext_lazy(
        "“%(other)s” comes after “%(milestone)s”, and was done on %(day)s. Choose %(day)s or "
        "earlier."
    ),
    Obstacle.AFTER_HAND_SET: gettext_lazy(
        "“%(other)s” comes after “%(milestone)s”, and you set that to %(day)s yourselves. Move "
        "“%(other)s” first, or choose %(day)s or earlier."
    ),
    Obstacle.AFTER_STATUTORY: gettext_lazy(
        "“%(other)s” comes after “%(milestone)s”, and the law fixes that on %(day)s. Choose "
        "%(day)s or earlier."
    ),
}


def far(day: date, *, today: date) -> str:
    """Write a day with how far away it is: ``wo 16 maart 2022 (over 5 maanden)``."""
    return _("%(day)s (%(far)s)") % {"day": day_words(day), "far": distance(day, today=today)}


def stretch(days: int) -> str:
    """Write a number of days as people say it: weeks from two weeks on."""
    if days >= _WEEKS_FROM:
        weeks = round(days / _DAYS_PER_WEEK)
        return ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks}
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def who(milestone: Milestone) -> str:
    """Name who does it: the owner, or the role or roles that the template names."""
    if milestone.owner is not None:
        return str(milestone.owner)
    return roles_of(milestone)


def roles_of(milestone: Milestone) -> str:
    """Name the role or the two roles that a milestone belongs to."""
    definition = milestone.definition
    first = str(Role(definition.owner_role).label)
    if not definition.second_role:
        return str(capfirst(first))
    second = str(Role(definition.second_role).label)
    return str(capfirst(_("%(first)s and %(second)s") % {"first": first, "second": second}))


def forecast_reason(result: ForecastResult, *, titles: Titles, today: date) -> str:
    """Say in one sentence why a branch stands as it does, and what helps."""
    names = {"milestone": titles.get(result.key, result.key)}
    if result.day is None or not result.key:
        if result.outlook is Outlook.UNKNOWN:
            return _("There is no timeline yet.")
        return _("Everything is done: nothing is waiting for you.")
    names |= {"day": far(result.day, today=today)}
    names |= {"day": far(result.day, today=today), "quiet": stretch(result.quiet_days)}
    return str(_REASONS[result.outlook]) % names


def rest_name(reason: str) -> str:
    """Name a rest day; ``reason`` is ``weekend``, ``holiday:<name>`` or ``school:<name>``."""
    if reason == "weekend":
        return _("weekend")
    name = reason.partition(":")[2] or reason
    return str(_REST_NAMES.get(name, name))


def shift_reason(reason: str) -> str:
    """Say why a target stands earlier than planned; nothing when it does not."""
    if not reason:
        return ""
    if reason == "order":
        return _("Earlier, because another milestone waits for it.")
    return _("Earlier, because of the %(name)s.") % {"name": rest_name(reason)}


def next_action(
    milestone: Milestone, *, missing: Sequence[str], total: int, is_ours: bool = True
) -> str:
    """Say the next thing to do at an open milestone.

    Args:
        milestone: which one.
        missing: labels of the parts that are not there yet, in order.
        total: how many parts must be there.
        is_ours: the reader is one of those who do it.
    """
    if milestone.is_statutory:
        return _("The law fixes this day.")
    if not missing and not is_ours:
        return _("Everything is there. %(who)s can mark it done.") % {"who": who(milestone)}
    if not total:
        return _("Have you done it? Then mark it done.")
    if not missing:
        return _("Everything is there: mark it done.")
    return _("Next: %(part)s") % {"part": inside(missing[0])}


def hindrance(found: Hindrance, *, titles: Titles, polling_day: date) -> str:
    """Say what stands in the way of a move, with both names and the day that counts."""
    names = {
        "milestone": titles.get(found.key, found.key),
        "other": titles.get(found.other, found.other),
        "day": day_words(found.day) if found.day else "",
    }
    if found.obstacle is Obstacle.ALREADY_DONE and found.day is None:
        return _("“%(milestone)s” does not apply here. Put it back first.") % names
    if found.obstacle is Obstacle.AFTER_LIMIT and found.day == polling_day - timedelta(days=1):
        return (
            _(
                "“%(milestone)s” comes before polling day: %(day)s is the last day. Choose an "
                "earlier day."
            )
            % names
        )
    return str(_OBSTACLES[found.obstacle]) % names


def remark(kind: Remark, reason: str, *, milestone: Milestone, day: date) -> str:
    """Say what a person should know before setting a day; it is allowed all the same."""
    window = period_words(milestone.window_start, milestone.window_end)
    match kind:
        case Remark.BEFORE_WINDOW:
            return _(
                "This is earlier than the national proposal (%(window)s). That is fine: you know "
                "your own calendar."
            ) % {"window": window}
        case Remark.AFTER_WINDOW:
            return _(
                "This is later than the national proposal (%(window)s). You can do that; there is "
                "less time left for what comes after."
            ) % {"window": window}
        case Remark.REST_DAY:
            return _("%(day)s falls in: %(name)s. Will people be there?") % {
                "day": capfirst(day_words(day)),
                "name": rest_name(reason),
            }
        case _:
            return _("%(day)s has already been. Is it done? Then mark it done instead.") % {
                "day": capfirst(day_words(day))
            }


_STRETCHES: Mapping[tuple[str, str], Promise] = {
    ("committee_and_commission", "draft_sent"): gettext_lazy("The committee’s time to write"),
    ("previous_loaded", "promises_assessed"): gettext_lazy("The time to assess the old promises"),
    ("input_open", "input_closed"): gettext_lazy("The time for members and residents to react"),
    ("draft_sent", "programme_adopted"): gettext_lazy("The members’ time with the draft"),
    ("programme_adopted", "candidate_list_set"): gettext_lazy(
        "The candidates’ time with the adopted programme"
    ),
}


def sacrifice(given_up: Sacrifice, *, titles: Titles) -> str:
    """Say in plain words which stretch gets shorter, and how much."""
    named = _STRETCHES.get((given_up.first, given_up.then))
    words = {
        "what": str(named)
        if named
        else _("From “%(first)s” to “%(then)s”")
        % {"first": titles.get(given_up.first, ""), "then": titles.get(given_up.then, "")},
        "before": stretch(given_up.before),
    }
    if not given_up.after:
        return _("%(what)s: from %(before)s to nothing, both on the same day.") % words
    return _("%(what)s: from %(before)s to %(after)s.") % {
        **words,
        "after": stretch(given_up.after),
    }


def cannot_be_met(proposal: Proposal, *, titles: Titles, notice_days: int) -> str:
    """Say that even the shortest way is too long, and what to do; nothing when it is not."""
    if proposal.impossible is None or proposal.impossible_day is None:
        return ""
    names = {
        "milestone": titles.get(proposal.impossible_key, proposal.impossible_key),
        "day": day_words(proposal.impossible_day),
        "notice": stretch(notice_days),
    }
    if proposal.impossible is Impossible.NO_TIME_FOR_NOTICE:
        return (
            _(
                "It cannot be done in the right order any more: “%(milestone)s” must be there by "
                "%(day)s, and your members must be invited %(notice)s ahead. Call the national "
                "office today; together you will find what can still be done."
            )
            % names
        )
    return (
        _(
            "It cannot be done in the right order any more: “%(milestone)s” had until %(day)s. "
            "Call the national office today; together you will find what can still be done."
        )
        % names
    )


def meeting_notice(meeting: Meeting, *, today: date) -> str:
    """Say what the invitation of the next meeting asks for."""
    if meeting.notice_sent_on is not None:
        return _("The invitation left on %(day)s.") % {"day": day_words(meeting.notice_sent_on)}
    if meeting.kind != MeetingKind.MEMBERS:
        return _("Does everybody know the place and the agenda?")
    last = meeting.latest_notice_day
    days = (last - today).days
    if days < 0:
        return _(
            "The invitation had to leave on %(day)s. Send it today and ask the members whether "
            "they agree, or choose a later day for the meeting."
        ) % {"day": day_words(last)}
    if days == 0:
        return _("Today is the last day: send the invitation for the members’ meeting.")
    return ngettext(
        "%(count)s day left: send the invitation for the members’ meeting by %(day)s.",
        "%(count)s days left: send the invitation for the members’ meeting by %(day)s.",
        days,
    ) % {"count": days, "day": day_words(last)}


def days_to_go(polling_day: date, *, today: date) -> str:
    """Say how far polling day is, in days."""
    days = (polling_day - today).days
    if days > 0:
        return ngettext(
            "%(count)s day to go until the election",
            "%(count)s days to go until the election",
            days,
        ) % {"count": days}
    if days == 0:
        return _("today is polling day")
    return _("the election was %(far)s") % {"far": distance(polling_day, today=today)}
