"""Branches on their way, for tests of calls, encouragements and contact persons."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from branches.enums import Role
from branches.models import Branch, User
from monitor.enums_helping import CallOutcome
from monitor.models import Call
from process.models import Timeline
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MembershipFactory
from tests.process_factories import TimelineFactory


def day(offset: int) -> date:
    """Return a day so many days from the first one."""
    return FIRST_DAY + timedelta(days=offset)


def on_its_way(name: str, *, deadline: int = -3, heard: int = -1, **branch: Any) -> Branch:
    """Make a branch whose draft was, or is, to be sent so many days from today."""
    made: Branch = BranchFactory(name=name, **branch)
    timeline = TimelineFactory(branch=made)
    Timeline.objects.filter(pk=timeline.pk).update(
        next_key="draft_sent",
        next_target=day(deadline - 5),
        next_deadline=day(deadline),
        last_activity_on=day(heard),
    )
    return made


def board(branch: Branch, name: str, **values: Any) -> User:
    """Make a board member."""
    user: User = MembershipFactory(branch=branch, role=Role.BOARD, user__name=name, **values).user
    return user


def called(branch: Branch, by: User, *, on: int = 0, again: int | None = None, **more: Any) -> Call:
    """Keep a call of so many days from today, with a day to look again."""
    values: dict[str, Any] = {
        "outcome": CallOutcome.SPOKEN,
        "note": "",
        "follow_up_on": None if again is None else day(again),
    }
    return Call.objects.create(
        branch=branch, made_by=by, made_on=day(on), submission=uuid.uuid4(), **values | more
    )
