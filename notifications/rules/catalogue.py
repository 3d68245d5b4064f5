"""What is told, about what, and when: the rules with their defaults.

The national office changes ``days`` and switches rules on and off (``notifications.models.
RuleSetting``); what a rule is about, who hears it and in which words is fixed here and in
``notifications.sources`` and ``notifications.wording``. (R37: late warnings, in time.)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

DIGEST: Final = "digest"
"""The daily mail: all that can wait."""
ANSWER: Final = "office_help"
"""The mail that belongs to a question to the national office."""


class Moment(StrEnum):
    """How the day of telling follows from the subject's own day."""

    # ``days`` before it, on it or after it.
    BEFORE = "before"
    AFTER = "after"
    # On the day on which it happened.
    NEWS = "news"
    # On Mondays.
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    Attributes:
        key: stable; stands in the outbox and in Message-IDs.
        kind: a value of ``notifications.enums.Kind``: what a person can stop.
        moment: how the day follows.
        days: how many days before or after; 0 for news and weekly.
        at_once: it cannot wait for the digest: a mail of its own, named by ``mail``.
        mail: which mail tells it; all that can wait share "digest".
    """

    key: str
    kind: str
    moment: Moment
    days: int = 0
    at_once: bool = False

    @property
    def mail(self) -> str:
        """The name of the mail that tells it."""
        return self.key.replace(".", "_") if self.at_once else DIGEST

    @property
    def has_days(self) -> bool:
        """Tell whether the national office can change the number of days."""
        return self.moment in (Moment.BEFORE, Moment.AFTER)


def _rule(key: str, kind: str, moment: Moment, days: int = 0, *, at_once: bool = False) -> Rule:
    return Rule(key=key, kind=kind, moment=moment, days=days, at_once=at_once)


RULES: Final[tuple[Rule, ...]] = (
    # Milestones of a branch's own; before and on: counted from the target day, to the owner, else
    # to the roles that the template names. After: counted from the deadline (the window's end).
    _rule("milestone.ahead", "deadlines", Moment.BEFORE, 28),
    _rule("milestone.soon", "deadlines", Moment.BEFORE, 7),
    _rule("milestone.today", "deadlines", Moment.BEFORE, 0),
    # Not the very next day: what was done in the evening is recorded a day or two later.
    _rule("milestone.late", "deadlines", Moment.AFTER, 3),
    # Owner and board.
    _rule("milestone.late_board", "deadlines", Moment.AFTER, 8),
    _rule("milestone.assigned", "assignments", Moment.NEWS, at_once=True),
    # Days that the law fixes, to the board.
    _rule("statutory.ahead", "deadlines", Moment.BEFORE, 28),
    _rule("statutory.soon", "deadlines", Moment.BEFORE, 3),
    # Meetings. The notice counts from the last day on which it may leave; to the board.
    _rule("meeting.notice_ahead", "meetings", Moment.BEFORE, 7),
    _rule("meeting.notice_today", "meetings", Moment.BEFORE, 0),
    _rule("meeting.soon", "meetings", Moment.BEFORE, 2),
    _rule("meeting.minutes", "meetings", Moment.AFTER, 5),
    _rule("meeting.planned", "meetings", Moment.NEWS),
    _rule("meeting.invited", "meetings", Moment.NEWS, at_once=True),
    _rule("meeting.moved", "meetings", Moment.NEWS, at_once=True),
    _rule("meeting.cancelled", "meetings", Moment.NEWS, at_once=True),
    # Promises that were dealt out; the milestone "every promise assessed" gives the day.
    _rule("verdict.dealt", "assignments", Moment.NEWS, at_once=True),
    _rule("verdict.ahead", "deadlines", Moment.BEFORE, 14),
    _rule("verdict.soon", "deadlines", Moment.BEFORE, 3),
    _rule("verdict.late", "deadlines", Moment.AFTER, 3),
    # Input from outside, per branch and to the committee (without one: the board). What nobody has
    # looked at and who waits for an answer is told on Mondays, counting days before that Monday.
    _rule("input.assigned", "assignments", Moment.NEWS),
    _rule("input.waiting", "input", Moment.AFTER, 7),
    _rule("input.owed", "input", Moment.AFTER, 14),
    _rule("input.closing", "input", Moment.BEFORE, 7),
    _rule("input.held", "input", Moment.AFTER, 3),
    _rule("input.mailbox", "input", Moment.AFTER, 1),
    # Names and addresses are deleted: always announced, to the board.
    _rule("input.retention", "input", Moment.BEFORE, 28),
    _rule("gathering.report", "input", Moment.AFTER, 7),
    # The top ten, after the election; all of it in the daily mail. Nobody in the lead: on Mondays,
    # to the board, for as long as it lasts. News of a round: to who is in the lead and owes some;
    # after it to the board too. A step's day gives the day. Stuck: since the last word about it.
    _rule("ten.orphan", "ten", Moment.WEEKLY),
    _rule("ten.handed_over", "assignments", Moment.NEWS),
    _rule("ten.kick_off", "ten", Moment.AFTER, 7),
    _rule("ten.round_ahead", "ten", Moment.BEFORE, 14),
    _rule("ten.round_soon", "ten", Moment.BEFORE, 3),
    _rule("ten.round_late", "ten", Moment.AFTER, 2),
    _rule("ten.step_soon", "ten", Moment.BEFORE, 7),
    # Not the very next day, as with milestones.
    _rule("ten.step_late", "ten", Moment.AFTER, 3),
    _rule("ten.stuck", "ten", Moment.AFTER, 56),
    _rule("ten.proposal", "ten", Moment.AFTER, 1),
    _rule("ten.account", "ten", Moment.BEFORE, 0),
    _rule("ten.account_soon", "ten", Moment.BEFORE, 28),
    # People: an invitation that nobody answers (to who sent it), an address that fails (the board).
    _rule("invitation.unanswered", "people", Moment.AFTER, 5),
    _rule("invitation.expired", "people", Moment.AFTER, 1),
    _rule("address.refused", "people", Moment.NEWS),
    # Where we stand: for boards, and for the national office with what is late for so many days.
    _rule("week.branch", "weekly", Moment.WEEKLY),
    _rule("week.national", "weekly", Moment.WEEKLY),
    _rule("milestone.late_national", "weekly", Moment.AFTER, 22),
)
BY_KEY: Final = {rule.key: rule for rule in RULES}
