"""Decisions: in order at three levels, recorded once, only replaced (R8, R15, R16)."""

from __future__ import annotations

import importlib
import os
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from branches.audit import sentence
from branches.models import AuditEntry
from core.uploads import inspect
from process.audit_words import WORDS
from process.enums import DecisionKind, MeetingKind, MeetingStatus, MilestoneStatus
from process.errors import OrderViolated
from process.models import Decision, Milestone, PartRecord, Timeline
from process.models.meeting import DecisionIsFinal
from process.rules.order import Fault
from process.services import decisions as services
from process.services import milestones, pulse
from process.services.decisions import (
    AlreadyDecided,
    DecisionRefused,
    Proposal,
    Votes,
    supersede,
)
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory
from tests.process_factories import (
    BOTH,
    MeetingFactory,
    TimelineFactory,
    decide,
    ready_to_adopt,
)

pytestmark = pytest.mark.django_db
TODAY = FIRST_DAY
SignIn = Callable[..., Client]
ADOPT, SET_LIST = DecisionKind.ADOPT_PROGRAMME, DecisionKind.SET_CANDIDATE_LIST
ADOPTED = date(2021, 10, 1)
PDF = b"%PDF-1.7\ntrailer << /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture
def timeline() -> Timeline:
    return TimelineFactory(branch=BranchFactory(slug="harlingen", name="Harlingen"))


def milestone(timeline: Timeline, key: str) -> Milestone:
    return timeline.milestones.select_related("definition", "timeline__branch").get(key=key)


def pdf(name: str = "Programma.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


# --- the order, through the service -------------------------------------------------------------


def test_the_candidate_list_waits_for_the_programme_and_says_what_to_do(
    timeline: Timeline,
) -> None:
    ready_to_adopt(timeline)
    with pytest.raises(OrderViolated) as refused:
        decide(timeline, SET_LIST, day=ADOPTED)
    (problem,) = refused.value.problems
    assert (problem.rule.requirement, problem.fault) == ("R16", Fault.MISSING)
    assert "1 oktober 2021" in refused.value.sentence
    assert not Decision.objects.filter(kind=SET_LIST).exists()
    timeline.refresh_from_db()
    assert timeline.candidate_list_set_on is None


def test_the_candidate_list_cannot_be_dated_before_the_programme(timeline: Timeline) -> None:
    ready_to_adopt(timeline)
    decide(timeline, ADOPT, day=ADOPTED)
    with pytest.raises(OrderViolated) as refused:
        decide(timeline, SET_LIST, day=ADOPTED - timedelta(days=1), today=TODAY)
    assert refused.value.problems[0].fault is Fault.REVERSED
    assert "30 september 2021" in refused.value.sentence
    assert "1 oktober 2021" in refused.value.sentence
    decide(timeline, SET_LIST, day=ADOPTED)


def test_the_programme_waits_for_committee_commission_and_draft(timeline: Timeline) -> None:
    with pytest.raises(OrderViolated) as refused:
        decide(timeline, ADOPT, day=ADOPTED)
    assert {problem.rule.first for problem in refused.value.problems} == {
        "committee_and_commission",
        "draft_sent",
    }
    decide(timeline, DecisionKind.APPOINT_COMMITTEE, day=date(2021, 3, 20))
    with pytest.raises(OrderViolated):  # the commission is still missing (R8)
        decide(timeline, ADOPT, day=ADOPTED)


def test_the_ten_are_agreed_before_polling_day(timeline: Timeline) -> None:
    with pytest.raises(OrderViolated):
        decide(timeline, DecisionKind.AGREE_TOP_TEN, day=timeline.polling_day)
    decide(timeline, DecisionKind.AGREE_TOP_TEN, day=timeline.polling_day - timedelta(days=1))


def test_replacing_keeps_the_order_too(timeline: Timeline) -> None:
    ready_to_adopt(timeline)
    adoption = decide(timeline, ADOPT, day=ADOPTED)
    decide(timeline, SET_LIST, day=ADOPTED)
    later = MeetingFactory(branch=timeline.branch, day=TODAY)
    given: dict[str, Any] = {
        "decision": adoption,
        "meeting": later,
        "proposal": Proposal(kind=ADOPT, text="Beter.", votes=Votes(by_acclamation=True)),
        "reason": "De telling klopte niet",
        "submission": uuid.uuid4(),
        "by": adoption.recorded_by,
        "today": TODAY,
    }
    with pytest.raises(OrderViolated) as refused:
        supersede(**given)
    assert refused.value.problems[0].rule.then == "candidate_list_set"
    same_day = MeetingFactory(branch=timeline.branch, day=ADOPTED)
    (successor,) = supersede(**{**given, "meeting": same_day}).decisions
    assert successor.supersedes == adoption
    assert list(Decision.objects.current().filter(kind=ADOPT)) == [successor]


# --- the order, in the database -----------------------------------------------------------------


@pytest.mark.parametrize(
    "columns",
    [
        {"candidate_list_set_on": date(2021, 10, 1)},
        {
            "committee_appointed_on": date(2021, 3, 1),
            "commission_set_on": date(2021, 3, 1),
            "programme_adopted_on": date(2021, 10, 2),
            "candidate_list_set_on": date(2021, 10, 1),
        },
        {"programme_adopted_on": date(2021, 10, 1)},
        {"committee_appointed_on": date(2021, 3, 1), "programme_adopted_on": date(2021, 10, 1)},
        {
            "committee_appointed_on": date(2021, 3, 1),
            "commission_set_on": date(2021, 10, 2),
            "programme_adopted_on": date(2021, 10, 1),
        },
        {"top_ten_agreed_on": date(2022, 3, 16)},
    ],
)
def test_the_database_refuses_a_wrong_order(timeline: Timeline, columns: dict[str, date]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Timeline.objects.filter(pk=timeline.pk).update(**columns)


def test_the_database_refuses_to_change_a_decision(timeline: Timeline) -> None:
    decision = decide(timeline, *BOTH, day=date(2021, 3, 20))
    with (
        pytest.raises(DatabaseError, match="final"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE process_decision SET text = 'anders'")
    with pytest.raises(DecisionIsFinal):
        decision.save()
    with pytest.raises(DecisionIsFinal):
        decision.delete()
    with pytest.raises(DecisionIsFinal):
        Decision.objects.filter(pk=decision.pk).update(text="anders")
    with pytest.raises(DecisionIsFinal):
        Decision.objects.filter(pk=decision.pk).delete()
    decision.refresh_from_db()
    assert decision.text == "Aldus besloten."


@pytest.mark.postgresql
@pytest.mark.skipif(
    "POSTGRES_TEST_URL" not in os.environ, reason="POSTGRES_TEST_URL names no server"
)
def test_postgresql_refuses_to_change_a_decision_too() -> None:
    create = importlib.import_module("process.migrations.0002_decisions_are_final").create
    with psycopg.connect(os.environ["POSTGRES_TEST_URL"]) as database:
        # The columns that the trigger watches, and two that it does not.
        watched = [field.column for field in Decision._meta.concrete_fields]
        columns = ", ".join(f'"{name}" text' for name in watched)
        database.execute(f"CREATE TEMPORARY TABLE process_decision ({columns})")
        create(
            None,
            SimpleNamespace(
                connection=SimpleNamespace(vendor="postgresql"), execute=database.execute
            ),
        )
        database.execute("INSERT INTO process_decision (id, text) VALUES (1, 'zo')")
        database.execute("UPDATE process_decision SET recorded_by_id = NULL")
        with pytest.raises(psycopg.errors.CheckViolation, match="final"):
            database.execute("UPDATE process_decision SET text = 'anders'")
        database.rollback()


def test_the_database_keeps_one_first_decision_of_a_kind(
    timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = decide(timeline, *BOTH, day=date(2021, 3, 20))
    monkeypatch.setattr(services, "_check_first", lambda *_given: None)
    with pytest.raises(AlreadyDecided) as refused:
        decide(timeline, *BOTH, day=date(2021, 3, 21))
    assert "20 maart 2021" in refused.value.sentence
    assert Decision.objects.count() == 2
    assert first.timeline.decisions.count() == 2


# --- what follows a decision --------------------------------------------------------------------


def test_committee_and_commission_together_finish_their_milestone(timeline: Timeline) -> None:
    meeting = MeetingFactory(
        branch=timeline.branch, day=date(2021, 3, 20), notice_sent_on=date(2021, 3, 1)
    )
    decide(timeline, *BOTH, day=meeting.day, meeting=meeting)
    timeline.refresh_from_db()
    assert timeline.committee_appointed_on == timeline.commission_set_on == meeting.day
    assert timeline.last_activity_on == meeting.day
    row = milestone(timeline, "committee_and_commission")
    assert (row.status, row.done_on) == (MilestoneStatus.DONE, meeting.day)
    assert set(PartRecord.objects.filter(milestone=row).values_list("part_key", flat=True)) == {
        "convening_notice",
        "committee_appointed",
        "commission_set",
        "commission_text",
    }
    assert "convening_notice" not in [part.key for part in milestones.missing_parts(row)]


def test_the_milestone_s_day_is_the_later_of_the_two(timeline: Timeline) -> None:
    for kind, day in zip(BOTH, (date(2021, 3, 6), date(2021, 3, 20)), strict=True):
        meeting = MeetingFactory(
            branch=timeline.branch, day=day, notice_sent_on=day - timedelta(days=20)
        )
        decide(timeline, kind, day=day, meeting=meeting)
        row = milestone(timeline, "committee_and_commission")
        expected = MilestoneStatus.STARTED if kind == BOTH[0] else MilestoneStatus.DONE
        assert row.status == expected
    assert row.done_on == date(2021, 3, 20)


def test_without_a_notice_in_time_that_part_stays_open(timeline: Timeline) -> None:
    meeting = MeetingFactory(
        branch=timeline.branch, day=date(2021, 3, 20), notice_sent_on=date(2021, 3, 15)
    )
    decide(timeline, *BOTH, day=meeting.day, meeting=meeting)
    row = milestone(timeline, "committee_and_commission")
    assert row.status == MilestoneStatus.STARTED
    assert [part.key for part in milestones.missing_parts(row)] == ["convening_notice"]


def test_adoption_with_its_text_freezes_the_version(timeline: Timeline) -> None:
    ready_to_adopt(timeline)
    meeting = MeetingFactory(branch=timeline.branch, day=ADOPTED, notice_sent_on=date(2021, 9, 10))
    decision = decide(timeline, ADOPT, day=ADOPTED, meeting=meeting, document=inspect(file=pdf()))
    row = milestone(timeline, "programme_adopted")
    assert (row.status, row.done_on) == (MilestoneStatus.DONE, ADOPTED)
    assert decision.document_name == "Programma.pdf"
    assert "Programma" not in str(decision.document.name)
    assert Path(decision.document.path).read_bytes() == PDF


def test_the_history_tells_who_recorded_what(timeline: Timeline) -> None:
    decision = decide(timeline, *BOTH, day=date(2021, 3, 20))
    rows = AuditEntry.objects.filter(verb__startswith="decision.").order_by("id")
    assert [row.verb for row in rows] == [
        "decision.recorded.appoint_committee",
        "decision.recorded.set_commission",
    ]
    assert {row.actor for row in rows} == {decision.recorded_by}
    assert all(sentence(row) != row.verb for row in rows)


def test_every_kind_has_its_sentence_in_the_history() -> None:
    for kind in DecisionKind:
        for what in ("recorded", "superseded"):
            assert f"decision.{what}.{kind.value}" in WORDS


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meeting", "says"),
    [
        ({"status": MeetingStatus.CANCELLED, "cancelled_reason": "zaal"}, "1 oktober 2021"),
        ({"day": TODAY + timedelta(days=1)}, "5 oktober 2021"),
        ({"kind": MeetingKind.BOARD}, "ALV"),
    ],
)
def test_a_meeting_that_cannot_have_decided(
    timeline: Timeline, meeting: dict[str, object], says: str
) -> None:
    row = MeetingFactory(branch=timeline.branch, **meeting)
    with pytest.raises(DecisionRefused, match=says):
        decide(timeline, *BOTH, day=row.day, meeting=row, today=TODAY)
    assert not Decision.objects.exists()


def test_another_branch_s_meeting_cannot_have_decided(timeline: Timeline) -> None:
    with pytest.raises(DecisionRefused):
        decide(timeline, DecisionKind.OTHER, day=TODAY, meeting=MeetingFactory())


@pytest.mark.parametrize(
    ("kind", "votes", "fine"),
    [
        (BOTH[0], Votes(by_acclamation=True), True),
        (BOTH[0], Votes(votes_for=1, votes_against=0), True),
        (BOTH[0], Votes(votes_for=3, votes_against=4), False),
        (BOTH[0], Votes(votes_for=4, votes_against=4), False),
        (BOTH[0], Votes(votes_for=0, votes_against=0), False),
        (BOTH[0], Votes(votes_for=3), False),
        (BOTH[0], Votes(), False),
        (DecisionKind.OTHER, Votes(votes_for=3, votes_against=40), True),
    ],
)
def test_votes(timeline: Timeline, kind: DecisionKind, votes: Votes, fine: bool) -> None:
    if fine:
        assert decide(timeline, kind, day=TODAY, votes=votes).votes_for == votes.votes_for
        return
    with pytest.raises(DecisionRefused):
        decide(timeline, kind, day=TODAY, votes=votes)


def test_a_decision_says_something(timeline: Timeline) -> None:
    with pytest.raises(DecisionRefused):
        decide(timeline, BOTH[0], day=TODAY, text="  ")


def test_all_of_a_form_or_nothing(timeline: Timeline) -> None:
    decide(timeline, DecisionKind.SET_COMMISSION, day=date(2021, 3, 20))
    with pytest.raises(AlreadyDecided):
        decide(timeline, *BOTH, day=date(2021, 3, 27), document=inspect(file=pdf()))
    assert Decision.objects.count() == 1
    assert milestone(timeline, "committee_and_commission").status == MilestoneStatus.STARTED


def test_a_document_whose_decision_fails_is_taken_away(
    timeline: Timeline, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    folder = Path(default_storage.path("decisions"))
    before = set(folder.glob("*")) if folder.exists() else set()

    def fail(**_given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(pulse, "refresh", fail)
    with pytest.raises(RuntimeError):
        decide(timeline, DecisionKind.OTHER, day=TODAY, document=inspect(file=pdf()))
    assert not Decision.objects.exists()
    after = set(folder.glob("*")) if folder.exists() else set()
    assert after == before


def test_replacing_asks_for_a_reason_the_kind_and_the_newest(timeline: Timeline) -> None:
    first = decide(timeline, BOTH[0], day=date(2021, 3, 20))
    given: dict[str, Any] = {
        "decision": first,
        "meeting": first.meeting,
        "proposal": Proposal(kind=BOTH[0], text="Zij zijn het.", votes=Votes(by_acclamation=True)),
        "reason": "Een naam vergeten",
        "by": first.recorded_by,
        "today": TODAY,
    }
    with pytest.raises(DecisionRefused):
        supersede(**{**given, "reason": " "}, submission=uuid.uuid4())
    other = Proposal(kind=BOTH[1], text="x", votes=Votes(by_acclamation=True))
    with pytest.raises(DecisionRefused):
        supersede(**{**given, "proposal": other}, submission=uuid.uuid4())
    number = uuid.uuid4()
    assert supersede(**given, submission=number).is_new
    assert not supersede(**given, submission=number).is_new
    with pytest.raises(DecisionRefused):
        supersede(**given, submission=uuid.uuid4())
    assert Decision.objects.count() == 2
    assert PartRecord.objects.get(part_key="committee_appointed").decision != first
