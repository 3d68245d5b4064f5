"""Twenty people press the button at once: one decision. Real threads on a real database file."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import date
from http.cookies import SimpleCookie

import pytest
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from process.enums import DecisionKind
from process.models import Decision, Meeting, PartRecord, Timeline
from process.services.decisions import (
    AlreadyDecided,
    Proposal,
    Votes,
    record_decisions,
)
from tests.at_once import AT_ONCE, at_once
from tests.factories import BranchFactory, MembershipFactory
from tests.process_factories import MeetingFactory, TimelineFactory

DAY = date(2021, 10, 1)


@pytest.fixture
def ready(on_file: None) -> tuple[Timeline, Meeting]:  # noqa: ARG001
    timeline = TimelineFactory(branch=BranchFactory())
    meeting = MeetingFactory(branch=timeline.branch, day=DAY, notice_sent_on=date(2021, 9, 1))
    return timeline, meeting


def proposals() -> list[Proposal]:
    return [
        Proposal(kind=kind, text="Aldus besloten.", votes=Votes(by_acclamation=True))
        for kind in (DecisionKind.APPOINT_COMMITTEE, DecisionKind.SET_COMMISSION)
    ]


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_twenty_times_at_once_is_one_decision(
    ready: tuple[Timeline, Meeting],
) -> None:
    timeline, meeting = ready
    board = MembershipFactory(branch=timeline.branch, role=Role.BOARD).user
    submission = uuid.uuid4()

    def send(_number: int) -> tuple[bool, tuple[int, ...]]:
        recorded = record_decisions(
            timeline=timeline,
            meeting=meeting,
            proposals=proposals(),
            submission=submission,
            by=board,
            today=DAY,
        )
        return recorded.is_new, tuple(decision.pk for decision in recorded.decisions)

    answers = at_once(send)
    assert Counter(new for new, _pks in answers) == {False: AT_ONCE - 1, True: 1}
    assert len({pks for _new, pks in answers}) == 1
    assert Decision.objects.count() == 2
    assert PartRecord.objects.filter(part_key="commission_set").count() == 1
    timeline.refresh_from_db()
    assert timeline.commission_set_on == DAY


@pytest.mark.django_db(transaction=True)
def test_twenty_different_forms_of_one_kind_are_one_decision(
    ready: tuple[Timeline, Meeting],
) -> None:
    timeline, meeting = ready
    board = MembershipFactory(branch=timeline.branch, role=Role.BOARD).user

    def send(_number: int) -> bool:
        return record_decisions(
            timeline=timeline,
            meeting=meeting,
            proposals=proposals(),
            submission=uuid.uuid4(),
            by=board,
            today=DAY,
        ).is_new

    answers = at_once(send)
    refused = [answer for answer in answers if isinstance(answer, AlreadyDecided)]
    assert len(refused) == AT_ONCE - 1, [repr(answer) for answer in answers]
    assert answers.count(True) == 1
    assert all("1 oktober 2021" in answer.sentence for answer in refused)
    assert Decision.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_twenty_posts_of_one_page_all_lead_to_the_same_decision(
    ready: tuple[Timeline, Meeting],
) -> None:
    timeline, meeting = ready
    board = MembershipFactory(branch=timeline.branch, role=Role.BOARD).user
    client = Client()
    client.force_login(board, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("process:decision_new", args=[timeline.branch.slug])
    data = {
        "submission": str(uuid.uuid4()),
        "kind": "committee_and_commission",
        "meeting": meeting.pk,
        "text": "Aldus besloten.",
        "commission": "Schrijf het samen.",
        "by_acclamation": "on",
    }

    def post(_number: int) -> tuple[int, str]:
        own = Client()
        own.cookies = SimpleCookie({key: found.value for key, found in client.cookies.items()})
        answer = own.post(address, data)
        return answer.status_code, answer.headers.get("Location", "")

    answers = at_once(post)
    assert len(set(answers)) == 1, answers
    assert answers[0][0] == 302
    assert Decision.objects.count() == 2
