"""The order in which things must happen, as data, and the one check over it.

Sources: requirements R8, R16, R19, R38–R40, R59 and their *Order and time*. A rule speaks of
milestones; a decision counts as its milestone's day. ``dropped`` milestones ("does not apply")
satisfy a rule that wants them first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

POLLING_DAY = "polling_day"


class Fault(StrEnum):
    """How a rule is broken."""

    MISSING = "missing"  # the later thing is there, the earlier one is not
    REVERSED = "reversed"  # both are there, the wrong way round


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRule:
    """``first`` comes before ``then``; on the same day is allowed unless ``strict``."""

    first: str
    then: str
    requirement: str
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderProblem:
    """A broken rule with both dates; ``first_day`` is ``None`` where it is missing."""

    rule: OrderRule
    fault: Fault
    first_day: date | None
    then_day: date


ORDER_RULES: tuple[OrderRule, ...] = (
    OrderRule(first="committee_and_commission", then="input_open", requirement="R8"),
    OrderRule(first="committee_and_commission", then="draft_sent", requirement="R8"),
    OrderRule(first="committee_and_commission", then="programme_adopted", requirement="R8"),
    OrderRule(first="carry_over_decided", then="draft_sent", requirement="R40"),
    OrderRule(first="input_closed", then="draft_sent", requirement="R19"),
    OrderRule(first="draft_sent", then="programme_adopted", requirement="R19"),
    OrderRule(first="programme_adopted", then="candidate_list_set", requirement="R16"),
    OrderRule(first="top_ten_agreed", then=POLLING_DAY, requirement="R59", strict=True),
)

# Without these there is no thread: they cannot be said not to apply.
NEVER_DROPPED = frozenset(
    {
        "committee_and_commission",
        "draft_sent",
        "programme_adopted",
        "top_ten_agreed",
        "candidate_list_set",
    }
)


def problems(
    *,
    days: Mapping[str, date],
    dropped: Collection[str] = (),
    rules: Collection[OrderRule] = ORDER_RULES,
) -> tuple[OrderProblem, ...]:
    """Return every rule that a set of days breaks.

    Args:
        days: the day of each milestone that happened (or, for a plan, is to happen).
        dropped: milestones that do not apply here.
        rules: all of them, or those that a caller wants to look at.
    """
    found = []
    for rule in rules:
        then_day = days.get(rule.then)
        if then_day is None or rule.first in dropped:
            continue
        first_day = days.get(rule.first)
        if first_day is None:
            # Polling day comes anyway; only agreeing after it is an error.
            if rule.then == POLLING_DAY:
                continue
            fault = Fault.MISSING
        elif first_day > then_day or (rule.strict and first_day == then_day):
            fault = Fault.REVERSED
        else:
            continue
        found.append(OrderProblem(rule=rule, fault=fault, first_day=first_day, then_day=then_day))
    return tuple(found)


def problems_of(
    *, key: str, day: date, days: Mapping[str, date], dropped: Collection[str] = ()
) -> tuple[OrderProblem, ...]:
    """Return what would be wrong if ``key`` happened on ``day``, the rest being as it is."""
    touching = [rule for rule in ORDER_RULES if key in (rule.first, rule.then)]
    return problems(days={**days, key: day}, dropped=dropped, rules=touching)


def followers(*, key: str) -> tuple[str, ...]:
    """Return the milestones that wait for ``key`` directly."""
    return tuple(rule.then for rule in ORDER_RULES if rule.first == key)


def predecessors(*, key: str) -> tuple[str, ...]:
    """Return the milestones that ``key`` waits for directly."""
    return tuple(rule.first for rule in ORDER_RULES if rule.then == key)
