"""An evaluation with people of the council group, for the tests of the desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from branches.enums import Role
from branches.models import User
from evaluation.models import Evaluation, Promise
from evaluation.services.assessing import assess
from tests.clock import FIRST_DAY
from tests.evaluation_factories import evaluation_of
from tests.factories import MembershipFactory
from tests.process_factories import TimelineFactory


def council_member(evaluation: Evaluation, name: str) -> User:
    """Return somebody of the council group of the evaluation's branch."""
    membership = MembershipFactory(
        branch=evaluation.branch, role=Role.COUNCIL_GROUP, user__name=name
    )
    user: User = membership.user
    return user


def evaluation_on_a_timeline() -> Evaluation:
    """Return an evaluation of three promises in two chapters that tells a timeline."""
    return evaluation_of(timeline=TimelineFactory())


def promise_of(evaluation: Evaluation, number: int) -> Promise:
    """Return the promise with this number, as it stands in the database now."""
    return Promise.objects.get(evaluation=evaluation, measure__number=number)


def judge(promise: Promise, verdict: str, *, by: User, **fields: Any) -> Promise:
    """Let somebody find something of a promise, today."""
    return assess(promise=promise, verdict=verdict, by=by, today=FIRST_DAY, **fields)


def url(name: str, evaluation: Evaluation, number: int | None = None) -> str:
    """Return the address of a page of the evaluation, or of its promise with this number."""
    pk = promise_of(evaluation, number).pk if number else evaluation.pk
    return reverse(f"evaluation:{name}", args=[evaluation.branch.slug, pk])


def text_of(response: Any) -> str:
    """Return an answer as text."""
    return str(response.content.decode())
