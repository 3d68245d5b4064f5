"""A branch with its timeline, and its board signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from branches.enums import Role
from branches.models import Branch, User
from process.models import Timeline
from tests.factories import BranchFactory, MembershipFactory, UserFactory
from tests.process_factories import TimelineFactory

SignIn = Callable[..., Client]


@pytest.fixture
def branch() -> Branch:
    return BranchFactory(slug="harlingen", name="Harlingen")


@pytest.fixture
def timeline(branch: Branch) -> Timeline:
    return TimelineFactory(branch=branch)


@pytest.fixture
def anna(branch: Branch) -> User:
    user: User = UserFactory(name="Anna de Boer")
    MembershipFactory(branch=branch, role=Role.BOARD, user=user)
    return user


@pytest.fixture
def board(client: Client, sign_in: SignIn, anna: User) -> Client:
    return sign_in(client, anna)
