"""A branch with a timeline, and who looks at its committee: what the tests of it share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from branches.models import User
from process.models import CommitteeSeat, Timeline
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MembershipFactory
from tests.process_factories import (
    CommitteeSeatFactory,
    TimelineFactory,
)

TODAY = FIRST_DAY
ANSWERS = {"age": "under_30", "gender": "woman", "place": "village", "background": "both"}


@pytest.fixture
def timeline() -> Timeline:
    return TimelineFactory(branch=BranchFactory(slug="harlingen", name="Harlingen"))


@pytest.fixture
def board(timeline: Timeline) -> User:
    person: User = MembershipFactory(branch=timeline.branch, role=Role.BOARD).user
    return person


@pytest.fixture
def desk(client: Client, sign_in: Callable[..., Client], board: User) -> Client:
    return sign_in(client, board)


@pytest.fixture
def as_role(sign_in: Callable[..., Client], timeline: Timeline) -> Callable[[Role], Client]:
    def act(role: Role) -> Client:
        return sign_in(Client(), MembershipFactory(branch=timeline.branch, role=role).user)

    return act


def url(name: str, timeline: Timeline, *args: object) -> str:
    return reverse(f"process:{name}", args=[timeline.branch.slug, *args])


def seat_form(**given: object) -> dict[str, object]:
    return {
        "name": "Fatima de Boer",
        "role": "writer",
        "is_party_member": "on",
        "started_on": "2021-10-01",
        **given,
    }


def approached_form(**given: object) -> dict[str, object]:
    return {
        "name": "Joris Visser",
        "why": "surprise",
        "reason": "Kijkt er met andere ogen naar",
        "answer": "open",
        **given,
    }


def seat_with_account(timeline: Timeline) -> CommitteeSeat:
    member = MembershipFactory(branch=timeline.branch, role=Role.COMMITTEE)
    return CommitteeSeatFactory(timeline=timeline, user=member.user)
