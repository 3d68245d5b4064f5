"""Who and what stands ready for the tests of what branches do together."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from branches.enums import Role
from branches.models import Branch, User
from monitor.enums_helping import ActivityKind
from monitor.models import Activity
from monitor.rules.moments import moment_of
from monitor.services.activities import Plan, plan_activity
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MembershipFactory, NationalOfficerFactory

NOW = datetime(2021, 10, 4, 10, 0, tzinfo=UTC)
DAY = date(2021, 11, 6)


def officer() -> User:
    """Return somebody of the national office."""
    user: User = NationalOfficerFactory().user
    return user


def member(branch: Branch, role: Role = Role.MEMBER, **named: Any) -> User:
    """Return somebody with a role in a branch."""
    user: User = MembershipFactory(branch=branch, role=role, **named).user
    return user


def plan(**changes: Any) -> Plan:
    """Return a training in Utrecht on Saturday 6 November 2021."""
    given: dict[str, Any] = {
        "kind": ActivityKind.TRAINING,
        "title": "Training voor raadsleden",
        "starts_at": moment_of(day=DAY, at=time(10)),
        "ends_at": moment_of(day=DAY, at=time(16)),
        "place": "Utrecht",
    }
    return Plan(**{**given, **changes})


def national(**changes: Any) -> Activity:
    """Return an activity of the office."""
    return plan_activity(plan=plan(**changes), branch=None, by=officer(), today=FIRST_DAY, now=NOW)


def own(branch: Branch, **changes: Any) -> Activity:
    """Return an activity of a branch's own, made by its board."""
    by = member(branch, Role.BOARD)
    return plan_activity(plan=plan(**changes), branch=branch, by=by, today=FIRST_DAY, now=NOW)


def branch(name: str) -> Branch:
    """Return a branch by this name."""
    made: Branch = BranchFactory(name=name, slug=name.casefold())
    return made
