"""People save at the same moment: nothing is lost, nothing is there twice. Real threads."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from branches.models import AuditEntry, User
from evaluation.models import Assessment, Assignment, Comment, Evaluation, Evidence, Promise
from evaluation.rules.marks import mark
from evaluation.rules.sheet import Column
from evaluation.services import sheets
from evaluation.services.comments import comment
from evaluation.services.dealing import deal_out
from evaluation.services.starting import start
from evaluation.sheets.file import ReadSheet, read
from tests.at_once import AT_ONCE, at_once
from tests.clock import FIRST_DAY
from tests.conftest import SIGN_IN_BACKEND
from tests.evaluation_factories import TWO_CHAPTERS
from tests.factories import UserFactory
from tests.integration.evaluation.judging import (
    council_member,
    evaluation_on_a_timeline,
    judge,
    promise_of,
)
from tests.integration.evaluation.sheet_steps import bring_edits
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def evaluation(on_file: None) -> Evaluation:  # noqa: ARG001
    return evaluation_on_a_timeline()


def failed(answers: list[Any]) -> list[str]:
    return [repr(answer) for answer in answers if isinstance(answer, Exception)]


def test_twenty_people_judge_one_promise_and_every_verdict_is_there(
    evaluation: Evaluation,
) -> None:
    people = [council_member(evaluation, f"Persoon {number}") for number in range(AT_ONCE)]
    promise = promise_of(evaluation, 1)

    def act(number: int) -> Callable[[], object]:
        verdict = "delivered" if number else "partly"
        return lambda: judge(promise, verdict, by=people[number], seen=0)

    assert failed(at_once(lambda number: act(number)())) == []
    assert Assessment.objects.count() == AT_ONCE
    now = promise_of(evaluation, 1)
    assert now.disputed
    assert now.revision == AT_ONCE


def test_one_card_sent_twenty_times_is_saved_once(evaluation: Evaluation) -> None:
    ans = council_member(evaluation, "Ans")
    client = Client()
    client.force_login(ans, backend=SIGN_IN_BACKEND)
    promise = promise_of(evaluation, 1)
    address = reverse("evaluation:judge", args=[evaluation.branch.slug, promise.pk])
    data = {
        "verdict": "delivered",
        "timing": "on_time",
        "note": "Het park ligt er.",
        "seen": 0,
        "explanation": "Het park is in 2020 geopend.",
        "explanation_seen": mark(""),
        "shows": "Raadsbesluit",
        "url": "https://voorbeeld.nl/besluit",
        "submission": str(uuid.uuid4()),
    }

    def send() -> tuple[int, str]:
        own = Client()
        own.cookies = SimpleCookie({key: found.value for key, found in client.cookies.items()})
        answer = own.post(address, data)
        return answer.status_code, answer.headers.get("Location", "")

    answers = at_once(lambda _number: send())
    assert len(set(answers)) == 1, answers
    assert answers[0][0] == 302
    assert Assessment.objects.count() == 1
    assert Evidence.objects.count() == 1
    acts = AuditEntry.objects.filter(verb__startswith="promise.")
    assert acts.count() == 3
    assert promise_of(evaluation, 1).revision == 3


def test_an_evaluation_that_twenty_people_start_is_started_once(evaluation: Evaluation) -> None:
    programme = programme_with(TWO_CHAPTERS, branch=evaluation.branch)
    people: list[User] = UserFactory.create_batch(AT_ONCE)

    def act(number: int) -> Callable[[], object]:
        return lambda: (
            start(programme=programme, timeline=None, by=people[number], today=FIRST_DAY).pk
        )

    answers = at_once(lambda number: act(number)())
    assert len(set(answers)) == 1, failed(answers)
    assert Promise.objects.filter(evaluation__programme=programme).count() == 3


def test_dealing_out_twenty_times_leaves_one_dealing(evaluation: Evaluation) -> None:
    ans = council_member(evaluation, "Ans")
    plan = {row.pk: [ans.pk] for row in evaluation.promises.all()}
    answers = at_once(
        lambda _number: deal_out(evaluation=evaluation, plan=plan, by=ans, today=FIRST_DAY)
    )
    assert sorted(answers) == [0] * (AT_ONCE - 1) + [3], failed(answers)
    assert Assignment.objects.count() == 3


def test_a_comment_sent_twenty_times_is_said_once(evaluation: Evaluation) -> None:
    ans = council_member(evaluation, "Ans")
    submission = uuid.uuid4()
    promise = promise_of(evaluation, 1)
    answers = at_once(
        lambda _number: (
            comment(
                promise=promise,
                text="Zie de notulen.",
                submission=submission,
                by=ans,
                today=FIRST_DAY,
            ).pk
        )
    )
    assert len(set(answers)) == 1, failed(answers)
    assert Comment.objects.count() == 1


def test_while_a_sheet_is_read_everybody_else_can_go_on_writing(
    evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = council_member(evaluation, "Anna")
    holding: list[bool] = []

    def watched(**how: Any) -> ReadSheet:
        holding.append(connection.in_atomic_block)
        return read(**how)

    monkeypatch.setattr(sheets, "read", watched)
    received = bring_edits(evaluation, {(2, Column.PORTFOLIO): "Wonen"}, anna)
    assert received.sheet is not None
    assert holding == [False]
