"""Somebody of Harlingen's council group, for the tests of the pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from branches.enums import Role
from branches.models import Branch, User
from tests.factories import BranchFactory, MembershipFactory


@pytest.fixture
def branch() -> Branch:
    return BranchFactory(slug="harlingen", name="Harlingen")


@pytest.fixture
def person(branch: Branch) -> User:
    user: User = MembershipFactory(branch=branch, role=Role.COUNCIL_GROUP).user
    return user


@pytest.fixture
def visitor(client: Client, person: User, sign_in: Callable[..., Client]) -> Client:
    return sign_in(client, person)
