"""What the committee tells of itself, in totals that lead to nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import serializers
from django.test import Client

from branches.audit import sentence
from branches.models import AuditEntry, User
from process.models import CommitteeSeat, DiversityTally, Timeline
from process.queries.committee import diversity_of
from process.rules.diversity import ENOUGH, QUESTIONS
from process.services.diversity import DeclarationRefused, declare
from tests.integration import committee_stage as stage
from tests.integration.committee_stage import (
    ANSWERS,
    TODAY,
    seat_with_account,
    url,
)
from tests.process_factories import (
    CommitteeSeatFactory,
)

pytestmark = pytest.mark.django_db
as_role, board, desk, timeline = (
    stage.as_role,
    stage.board,
    stage.desk,
    stage.timeline,
)


def test_totals_appear_from_five_people_up(desk: Client, timeline: Timeline) -> None:
    for number in range(ENOUGH):
        shown = diversity_of(timeline)
        assert (shown.answered, shown.still_needed, shown.totals) == (number, ENOUGH - number, {})
        answer = desk.get(url("diversity", timeline))
        assert answer.context["tables"] == []
        seat = seat_with_account(timeline)
        assert seat.user is not None
        declare(seat=seat, answers=ANSWERS, by=seat.user, today=TODAY)
    shown = diversity_of(timeline)
    assert shown.still_needed == 0
    assert shown.totals["age"]["under_30"] == ENOUGH
    assert sum(shown.totals["place"].values()) == ENOUGH
    assert len(desk.get(url("diversity", timeline)).context["tables"]) == len(QUESTIONS)


def test_no_row_leads_from_an_answer_to_a_person(timeline: Timeline) -> None:
    seat = seat_with_account(timeline)
    assert seat.user is not None
    declare(seat=seat, answers=ANSWERS, by=seat.user, today=TODAY)
    seat.refresh_from_db()
    assert seat.has_declared
    fields = {field.name for field in DiversityTally._meta.get_fields()}
    assert fields == {"id", "timeline", "question", "answer", "count"}
    # Every counter is made at once: neither ids nor absence tell who came first.
    assert DiversityTally.objects.count() == sum(len(answers) for answers in QUESTIONS.values())
    rows: list[Any] = [*CommitteeSeat.objects.all(), *AuditEntry.objects.all()]
    stored = serializers.serialize("json", rows)
    assert not any(answer in stored for answer in ("under_30", "village", "both"))
    entry = AuditEntry.objects.get(verb="diversity.declared")
    assert (entry.actor, entry.subject_id, entry.params) == (None, "", {})
    assert sentence(entry) != entry.verb


def test_everybody_answers_once_for_themselves(timeline: Timeline, board: User) -> None:
    seat = seat_with_account(timeline)
    assert seat.user is not None
    with pytest.raises(DeclarationRefused):
        declare(seat=seat, answers=ANSWERS, by=board, today=TODAY)
    for wrong in ({**ANSWERS, "age": "112"}, {"age": "under_30"}, {}):
        with pytest.raises(DeclarationRefused):
            declare(seat=seat, answers=wrong, by=seat.user, today=TODAY)
    assert not DiversityTally.objects.exists()
    declare(seat=seat, answers=ANSWERS, by=seat.user, today=TODAY)
    with pytest.raises(DeclarationRefused):
        declare(seat=seat, answers=ANSWERS, by=seat.user, today=TODAY)
    assert DiversityTally.objects.get(question="age", answer="under_30").count == 1
    ended = CommitteeSeatFactory(timeline=timeline, user=board, ended_on=TODAY)
    with pytest.raises(DeclarationRefused):
        declare(seat=ended, answers=ANSWERS, by=board, today=TODAY)


def test_a_committee_member_answers_on_the_page(
    client: Client, sign_in: Callable[..., Client], timeline: Timeline
) -> None:
    seat = seat_with_account(timeline)
    sign_in(client, seat.user)
    shown = client.get(url("diversity", timeline))
    assert set(shown.context["form"].fields) == set(QUESTIONS)
    assert client.post(url("diversity", timeline), {**ANSWERS, "age": "x"}).status_code == 200
    answer = client.post(url("diversity", timeline), ANSWERS)
    assert answer.status_code == 302
    assert client.get(answer["Location"]).context["form"] is None
    assert client.post(url("diversity", timeline), ANSWERS).status_code == 409
    assert DiversityTally.objects.get(question="age", answer="under_30").count == 1


def test_without_a_seat_there_is_nothing_to_answer(desk: Client, timeline: Timeline) -> None:
    assert desk.get(url("diversity", timeline)).context["form"] is None
    assert desk.post(url("diversity", timeline), ANSWERS).status_code == 409
    assert not DiversityTally.objects.exists()
