"""A collecting of input, and people of its branch."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from branches.enums import Role
from branches.models import User
from consultation.models import Consultation
from tests.consultation_factories import consultation_of
from tests.factories import MembershipFactory


@pytest.fixture
def consultation() -> Consultation:
    """Just begun: six themes, two channels that are not open."""
    return consultation_of()


@pytest.fixture
def person(consultation: Consultation) -> Callable[..., User]:
    """Return ``person(role)``: somebody of the branch with that role."""

    def make(role: Role, name: str = "Ans") -> User:
        user: User = MembershipFactory(branch=consultation.branch, role=role, user__name=name).user
        return user

    return make


@pytest.fixture
def ans(person: Callable[..., User]) -> User:
    """Somebody of the committee."""
    return person(Role.COMMITTEE)


@pytest.fixture
def as_ans(client: Client, ans: User, sign_in: Callable[..., Client]) -> Client:
    """The committee's browser, in English."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return sign_in(client, ans)
