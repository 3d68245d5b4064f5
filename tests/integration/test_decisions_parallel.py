"""Twenty people press the button at once: one decision. Real threads on a real database file."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
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
from tests.factories import BranchFactory, MembershipFactory
from tests.process_factories import MeetingFactory, TimelineFactory

AT_ONCE = 20
DAY = date(2021, 10, 1)


@pytest.fixture
def on_file(tmp_path: Path, transactional_db: None) -> Iterator[None]:  # noqa: ARG001
    """Put a SQLite test database on a file with the options of the product; others are real."""
    if connection.vendor != "sqlite":
        yield
        return
    database: BaseDatabaseWrapper = connections["default"]
    memory = database.settings_dict["NAME"]
    options = database.settings_dict["OPTIONS"]
    connection.ensure_connection()
    copy = str(tmp_path / "parallel.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [copy])
    kept = connection.connection
    connection.connection = None
    database.settings_dict["NAME"] = copy
    database.settings_dict["OPTIONS"] = dict(settings.SQLITE_OPTIONS)
    yield
    connection.close()
    connection.connection = kept
    database.settings_dict["NAME"] = memory
    database.settings_dict["OPTIONS"] = options


def at_once(act: Callable[[int], object]) -> list[Any]:
    """Run ``act`` in twenty threads that start together; return what each gave or raised."""
    answers: list[Any] = [None] * AT_ONCE
    gate = threading.Barrier(AT_ONCE)

    def run(number: int) -> None:
        gate.wait()
        try:
            answers[number] = act(number)
        except Exception as error:  # noqa: BLE001 - what it was is what the test looks at
            answers[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


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
