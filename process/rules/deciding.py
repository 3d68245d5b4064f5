"""What a members' meeting may decide now: the order rules, told in decisions.

The committee and its commission are two decisions and one milestone: its day is the later of the
two, and without both there is no such day. (R8, R15, R16, R59.)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from process.rules.notice import NOTICE_PART
from process.rules.order import POLLING_DAY, OrderProblem, problems_of

STEP_OF_KIND: Mapping[str, str] = {
    "appoint_committee": "committee_and_commission",
    "set_commission": "committee_and_commission",
    "adopt_programme": "programme_adopted",
    "agree_top_ten": "top_ten_agreed",
    "set_candidate_list": "candidate_list_set",
}
"""Decision kind → the milestone that it makes; ``other`` makes none."""


def steps(*, decided: Mapping[str, date]) -> dict[str, date]:
    """Return the day of each milestone that decisions make.

    Args:
        decided: kind → the day of its current decision.
    """
    days: dict[str, date] = {}
    for key in set(STEP_OF_KIND.values()):
        kinds = [kind for kind, step in STEP_OF_KIND.items() if step == key]
        if all(kind in decided for kind in kinds):
            days[key] = max(decided[kind] for kind in kinds)
    return days


def decision_problems(
    *,
    proposed: Mapping[str, date],
    decided: Mapping[str, date],
    days: Mapping[str, date],
    dropped: Collection[str] = (),
    polling_day: date,
) -> tuple[OrderProblem, ...]:
    """Return what would be wrong if ``proposed`` were decided, everything else being as it is.

    Args:
        proposed: kind → day of the decisions about to be recorded, together.
        decided: kind → day of the current decisions (a proposed kind replaces its own).
        days: milestone key → the day on which it happened.
        dropped: milestones that do not apply here.
        polling_day: the day of the election.
    """
    after = steps(decided={**decided, **proposed})
    made_by_decision = set(STEP_OF_KIND.values())
    known = {key: day for key, day in days.items() if key not in made_by_decision}
    known |= after
    known[POLLING_DAY] = polling_day
    found: dict[OrderProblem, None] = {}
    for kind in proposed:
        key = STEP_OF_KIND.get(kind, "")
        if key not in after:
            continue
        for problem in problems_of(key=key, day=after[key], days=known, dropped=dropped):
            found[problem] = None
    return tuple(found)


def possible_on(
    *,
    kind_days: Collection[date],
    kinds: Collection[str],
    decided: Mapping[str, date],
    days: Mapping[str, date],
    dropped: Collection[str] = (),
    polling_day: date,
) -> tuple[OrderProblem, ...]:
    """Return nothing if ``kinds`` can be decided on one of ``kind_days``, else what is in the way.

    What is in the way is told for the last of the days.
    """
    found: tuple[OrderProblem, ...] = ()
    for day in sorted(kind_days):
        found = decision_problems(
            proposed=dict.fromkeys(kinds, day),
            decided=decided,
            days=days,
            dropped=dropped,
            polling_day=polling_day,
        )
        if not found:
            return ()
    return found


def parts_along(*, kind: str, notice_in_time: bool, has_document: bool) -> tuple[str, ...]:
    """Return the parts of its milestone that a decision brings along, beside its own.

    Args:
        kind: the decision's kind.
        notice_in_time: the meeting's convening notice left by its last day.
        has_document: a document hangs on the decision and can no longer change.
    """
    parts = []
    if notice_in_time and kind in STEP_OF_KIND:
        parts.append(NOTICE_PART)
    if kind == "set_commission":
        parts.append("commission_text")
    if kind == "adopt_programme" and has_document:
        parts.append("frozen_version")
    return tuple(parts)
