"""An evaluation on a timeline, two people who judge it, and somebody of the board."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from branches.enums import Role
from branches.models import User
from evaluation.models import Evaluation
from tests.factories import MembershipFactory
from tests.integration.evaluation.judging import council_member, evaluation_on_a_timeline


@pytest.fixture
def evaluation() -> Evaluation:
    return evaluation_on_a_timeline()


@pytest.fixture
def ans(evaluation: Evaluation) -> User:
    return council_member(evaluation, "Ans")


@pytest.fixture
def bram(evaluation: Evaluation) -> User:
    return council_member(evaluation, "Bram")


@pytest.fixture
def board(evaluation: Evaluation) -> User:
    user: User = MembershipFactory(
        branch=evaluation.branch, role=Role.BOARD, user__name="Greet"
    ).user
    return user


@pytest.fixture
def as_ans(client: Client, ans: User, sign_in: Callable[..., Client]) -> Client:
    return sign_in(client, ans)


@pytest.fixture
def as_board(board: User, sign_in: Callable[..., Any]) -> Client:
    entered: Client = sign_in(Client(), board)
    return entered
