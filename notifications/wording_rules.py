"""The rules of reminding as the national office reads them: from which day, to whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from notifications.rules.catalogue import Moment, Rule

# What a group of rules is about: the part of their keys before the dot, in the order of the page.
SUBJECTS: Final[Mapping[str, Promise]] = {
    "milestone": _("Milestones"),
    "statutory": _("Days that the law fixes"),
    "meeting": _("Meetings"),
    "verdict": _("Promises to assess"),
    "input": _("Input from outside"),
    "ten": _("The top ten"),
    "people": _("Invitations and addresses"),
    "week": _("The week in short"),
}
# Keys of which the part before the dot says less than what they are about.
_ABOUT: Final = {
    "invitation": "people",
    "address": "people",
    "gathering": "input",
}
_IN_THE_WEEK: Final = "milestone.late_national"

_TARGET, _LAST = _("the target day"), _("the last day")
_LAW, _NOTICE = _("the day"), _("the last day for the invitation")
_MEETING, _VERDICTS = _("the meeting"), _("the day on which every promise has a verdict")
_INVITED, _EXPIRED = _("the invitation"), _("the last day of the invitation")
_ROUND, _STEP = _("the last day of the round"), _("the day of the step")
_ANCHORS: Final[Mapping[str, Promise]] = {
    "milestone.ahead": _TARGET,
    "milestone.soon": _TARGET,
    "milestone.today": _TARGET,
    "milestone.late": _LAST,
    "milestone.late_board": _LAST,
    "milestone.late_national": _LAST,
    "statutory.ahead": _LAW,
    "statutory.soon": _LAW,
    "meeting.notice_ahead": _NOTICE,
    "meeting.notice_today": _NOTICE,
    "meeting.soon": _MEETING,
    "meeting.minutes": _MEETING,
    "verdict.ahead": _VERDICTS,
    "verdict.soon": _VERDICTS,
    "verdict.late": _VERDICTS,
    "input.waiting": _("the day on which it came in"),
    "input.owed": _("the day on which it was decided"),
    "input.closing": _("the last day for input"),
    "input.held": _("the day on which it came in"),
    "input.mailbox": _("the day on which reading went wrong"),
    "input.retention": _("the day on which names are deleted"),
    "gathering.report": _("the gathering"),
    "ten.kick_off": _("polling day"),
    "ten.round_ahead": _ROUND,
    "ten.round_soon": _ROUND,
    "ten.round_late": _ROUND,
    "ten.step_soon": _STEP,
    "ten.step_late": _STEP,
    "ten.stuck": _("the last word about it"),
    "ten.proposal": _("the day on which it came in"),
    "ten.account": _("the first day for the final account"),
    "ten.account_soon": _("the last day for the final account"),
    "invitation.unanswered": _INVITED,
    "invitation.expired": _EXPIRED,
}

_OWNER = _("whoever owns it, and without an owner the roles that the template names")
_BOARD, _ALL = _("the board"), _("everybody who takes part")
_ASSESSOR, _INVITER = _("whoever has promises left"), _("whoever sent the invitation")
_OFFICE = _("the national office")
_WORKERS = _("the committee, or the board where there is none")
_WORKERS_MONDAY = _("the committee (or the board where there is none), on Mondays")
_LEADER = _("whoever is in the lead")
_GROUP = _("the council group, or the board where there is none")
_AUDIENCES: Final[Mapping[str, Promise]] = {
    "milestone.ahead": _OWNER,
    "milestone.soon": _OWNER,
    "milestone.today": _OWNER,
    "milestone.late": _OWNER,
    "milestone.late_board": _("the owner and the board"),
    "milestone.late_national": _("the national office, in its mail of Monday"),
    "milestone.assigned": _("the new owner"),
    "statutory.ahead": _BOARD,
    "statutory.soon": _BOARD,
    "meeting.notice_ahead": _BOARD,
    "meeting.notice_today": _BOARD,
    "meeting.soon": _ALL,
    "meeting.minutes": _BOARD,
    "meeting.planned": _ALL,
    "meeting.invited": _("everybody invited"),
    "meeting.moved": _ALL,
    "meeting.cancelled": _ALL,
    "verdict.dealt": _("whoever is to assess them"),
    "verdict.ahead": _ASSESSOR,
    "verdict.soon": _ASSESSOR,
    "verdict.late": _ASSESSOR,
    "input.assigned": _("whoever it was given to"),
    "input.waiting": _WORKERS_MONDAY,
    "input.owed": _WORKERS_MONDAY,
    "input.closing": _WORKERS,
    "input.held": _WORKERS,
    "input.mailbox": _("the board and the committee"),
    "input.retention": _BOARD,
    "gathering.report": _WORKERS,
    "ten.orphan": _BOARD,
    "ten.handed_over": _("whoever takes it over"),
    "ten.kick_off": _LEADER,
    "ten.round_ahead": _LEADER,
    "ten.round_soon": _LEADER,
    "ten.round_late": _("whoever is in the lead, and the board"),
    "ten.step_soon": _LEADER,
    "ten.step_late": _LEADER,
    "ten.stuck": _GROUP,
    "ten.proposal": _GROUP,
    "ten.account": _GROUP,
    "ten.account_soon": _GROUP,
    "invitation.unanswered": _INVITER,
    "invitation.expired": _INVITER,
    "address.refused": _BOARD,
    "week.branch": _BOARD,
    "week.national": _OFFICE,
}


def subject_of(rule: Rule) -> str:
    """Return the key in ``SUBJECTS`` under which a rule stands."""
    part = rule.key.partition(".")[0]
    return "week" if rule.key == _IN_THE_WEEK else _ABOUT.get(part, part)


def preview(rule: Rule, *, days: int, is_on: bool) -> str:
    """Say when a rule tells and to whom: so many days before the target day, to the board.

    Args:
        rule: of the catalogue.
        days: as set now.
        is_on: as set now.
    """
    if not is_on:
        return gettext("Off: nobody is told.")
    words = {"whom": str(_AUDIENCES[rule.key]), "count": days}
    match rule.moment:
        case Moment.NEWS if rule.at_once:
            sentence = gettext("At once, to %(whom)s.")
        case Moment.NEWS:
            sentence = gettext("In the next daily mail, to %(whom)s.")
        case Moment.WEEKLY:
            sentence = gettext("On Mondays, to %(whom)s.")
        case _:
            words["anchor"] = str(_ANCHORS[rule.key])
            sentence = _counted(rule, days)
    return sentence % words


def _counted(rule: Rule, days: int) -> str:
    if not days:
        return gettext("On %(anchor)s itself, to %(whom)s.")
    if rule.moment is Moment.BEFORE:
        return ngettext(
            "%(count)s day before %(anchor)s, to %(whom)s.",
            "%(count)s days before %(anchor)s, to %(whom)s.",
            days,
        )
    return ngettext(
        "%(count)s day after %(anchor)s, to %(whom)s.",
        "%(count)s days after %(anchor)s, to %(whom)s.",
        days,
    )


def setting_words(rule: Rule, *, days: int, is_on: bool) -> str:
    """Say a setting in few words, for the history and for two who change it: ``28 days``."""
    if not is_on:
        return gettext("off")
    if not rule.has_days:
        return gettext("on")
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
