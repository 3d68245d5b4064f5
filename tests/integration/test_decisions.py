"""Decisions: in order at three levels, recorded once, only replaced (R8, R15, R16)."""

from __future__ import annotations

import importlib
import io
import os
import uuid
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.audit import sentence
from branches.enums import Role
from branches.models import AuditEntry, User
from core.uploads import inspect
from process.audit_words import WORDS
from process.enums import DecisionKind, MeetingKind, MeetingStatus, MilestoneStatus
from process.errors import OrderViolated
from process.models import Decision, Meeting, Milestone, PartRecord, Timeline
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
from tests.clock import FIRST_DAY, FixedClock
from tests.factories import BranchFactory, MembershipFactory
from tests.process_factories import (
    BOTH,
    READY_FOR_DRAFT,
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


@pytest.fixture
def board(timeline: Timeline) -> User:
    person: User = MembershipFactory(branch=timeline.branch, role=Role.BOARD).user
    return person


@pytest.fixture
def desk(client: Client, sign_in: SignIn, board: User) -> Client:
    return sign_in(client, board)


def url(name: str, timeline: Timeline, *args: object) -> str:
    return reverse(f"process:{name}", args=[timeline.branch.slug, *args])


def form(meeting: Meeting, kind: str, **given: object) -> dict[str, object]:
    return {
        "submission": str(uuid.uuid4()),
        "kind": kind,
        "meeting": meeting.pk,
        "text": "Aldus besloten door de leden.",
        "votes_for": "31",
        "votes_against": "4",
        "votes_abstained": "2",
        **given,
    }


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
def test_votes(timeline: Timeline, kind: DecisionKind, votes: Votes, fine: bool) -> None:  # noqa: FBT001
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
    timeline: Timeline, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(default_storage, "_location", str(tmp_path), raising=False)
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


# --- the form -----------------------------------------------------------------------------------


def test_the_journey_committee_list_too_early_programme_list(
    desk: Client, timeline: Timeline
) -> None:
    spring = MeetingFactory(
        branch=timeline.branch, day=date(2021, 3, 20), notice_sent_on=date(2021, 3, 1)
    )
    autumn = MeetingFactory(branch=timeline.branch, day=ADOPTED, notice_sent_on=date(2021, 9, 1))
    new = url("decision_new", timeline)
    answer = desk.post(
        new,
        form(spring, "committee_and_commission", commission="Schrijf het samen, en kort."),
    )
    last = Decision.objects.order_by("id").first()
    assert last is not None
    assert answer["Location"] == url("decision", timeline, last.pk)
    assert list(Decision.objects.order_by("id").values_list("kind", "text")) == [
        ("appoint_committee", "Aldus besloten door de leden."),
        ("set_commission", "Schrijf het samen, en kort."),
    ]
    timeline.milestones.filter(key__in=READY_FOR_DRAFT).update(
        status=MilestoneStatus.DONE, done_on=date(2021, 9, 1)
    )

    shown = desk.get(f"{new}?soort=set_candidate_list")
    options = {option.value: option for option in shown.context["form"].options}
    assert not options["set_candidate_list"].is_open
    assert options["adopt_programme"].is_open
    assert options["set_candidate_list"].reason in shown.content.decode()
    assert shown.context["refused_option"] is not None

    answer = desk.post(new, form(autumn, "set_candidate_list", text="De lijst staat."))
    assert answer.status_code == 200
    assert "De lijst staat." in answer.content.decode()
    assert "kind" in answer.context["form"].errors
    assert not Decision.objects.filter(kind=SET_LIST).exists()

    answer = desk.post(new, {**form(autumn, "adopt_programme"), "document": pdf()}, follow=True)
    assert milestone(timeline, "programme_adopted").status == MilestoneStatus.DONE
    answer = desk.post(new, form(autumn, "set_candidate_list"))
    assert answer.status_code == 302
    timeline.refresh_from_db()
    assert timeline.candidate_list_set_on == autumn.day


def test_an_order_only_wrong_for_the_chosen_meeting_is_told_with_both_dates(
    desk: Client, timeline: Timeline
) -> None:
    ready_to_adopt(timeline)
    decide(timeline, ADOPT, day=ADOPTED)
    early = MeetingFactory(branch=timeline.branch, day=date(2021, 9, 24))
    answer = desk.post(url("decision_new", timeline), form(early, "set_candidate_list"))
    assert answer.status_code == 409
    content = answer.content.decode()
    assert "24 september 2021" in content
    assert "1 oktober 2021" in content
    assert "Aldus besloten door de leden." in content
    assert not Decision.objects.filter(kind=SET_LIST).exists()


def test_what_was_recorded_is_not_asked_again(desk: Client, timeline: Timeline) -> None:
    decision = decide(timeline, *BOTH, day=date(2021, 3, 20))
    answer = desk.get(url("decision_new", timeline))
    options = {option.value: option for option in answer.context["form"].options}
    assert "committee_and_commission" not in options
    assert options["set_commission"].decision == decision
    assert url("decision", timeline, decision.pk) in answer.content.decode()
    answer = desk.post(url("decision_new", timeline), form(decision.meeting, "set_commission"))
    assert answer.status_code == 409
    assert "20 maart 2021" in answer.content.decode()


def test_the_same_form_twice_leads_to_the_same_decision(desk: Client, timeline: Timeline) -> None:
    meeting = MeetingFactory(branch=timeline.branch)
    data = form(meeting, "committee_and_commission", commission="Kort en goed.")
    first = desk.post(url("decision_new", timeline), data)
    # The second time the choice is gone from the page; the number still finds what was recorded.
    second = desk.post(url("decision_new", timeline), data)
    assert first["Location"] == second["Location"]
    assert Decision.objects.count() == 2
    assert AuditEntry.objects.filter(verb__startswith="decision.").count() == 2


def test_another_branch_s_number_is_refused_without_telling_anything(
    desk: Client, timeline: Timeline
) -> None:
    elsewhere = decide(TimelineFactory(), DecisionKind.OTHER, day=ADOPTED, text="GEHEIM-7f3a")
    meeting = MeetingFactory(branch=timeline.branch)
    data = form(meeting, "other", submission=str(elsewhere.submission))
    answer = desk.post(url("decision_new", timeline), data)
    assert answer.status_code == 409
    assert "GEHEIM" not in answer.content.decode()
    assert Decision.objects.count() == 1


def test_another_branch_s_meeting_is_no_choice(desk: Client, timeline: Timeline) -> None:
    MeetingFactory(branch=timeline.branch)
    elsewhere = MeetingFactory(title="Geheim beraad")
    for forged in (elsewhere.pk, "9" * 5000, "9" * 19, "x", "1\x00", -1):
        data = {**form(elsewhere, "other"), "meeting": forged}
        answer = desk.post(url("decision_new", timeline), data)
        assert answer.status_code == 200
        assert "meeting" in answer.context["form"].errors
        assert "Geheim beraad" not in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_cancelled_or_coming_meeting_is_no_choice(desk: Client, timeline: Timeline) -> None:
    MeetingFactory(branch=timeline.branch)
    cancelled = MeetingFactory(branch=timeline.branch, status=MeetingStatus.CANCELLED)
    coming = MeetingFactory(branch=timeline.branch, day=TODAY + timedelta(days=1))
    for meeting in (cancelled, coming):
        answer = desk.post(url("decision_new", timeline), form(meeting, "other"))
        assert "meeting" in answer.context["form"].errors
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"votes_for": "-1"}, "votes_for"),
        ({"votes_for": "9" * 5000}, "votes_for"),
        ({"votes_for": "9" * 4000}, "votes_for"),
        ({"votes_against": "100001"}, "votes_against"),
        ({"votes_for": ""}, "votes_for"),
        ({"by_acclamation": "on"}, "by_acclamation"),
        ({"text": "x" * 100_000}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": ""}, "text"),
        ({"kind": "opheffen"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"submission": "1 of 1"}, "submission"),
        ({"kind": "committee_and_commission"}, "commission"),
        ({"commission": "hoort hier niet"}, "commission"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(
    desk: Client, timeline: Timeline, wrong: dict[str, str], field: str
) -> None:
    meeting = MeetingFactory(branch=timeline.branch)
    data = {**form(meeting, "appoint_committee", votes_abstained="17"), **wrong}
    answer = desk.post(url("decision_new", timeline), data)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert 'value="17"' in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_proposal_that_did_not_pass_is_another_decision(desk: Client, timeline: Timeline) -> None:
    meeting = MeetingFactory(branch=timeline.branch)
    lost = {"votes_for": "4", "votes_against": "31"}
    answer = desk.post(url("decision_new", timeline), form(meeting, "appoint_committee", **lost))
    assert answer.status_code == 409
    answer = desk.post(url("decision_new", timeline), form(meeting, "other", **lost))
    assert answer.status_code == 302


def test_a_board_meeting_decides_other_things_only(desk: Client, timeline: Timeline) -> None:
    meeting = MeetingFactory(branch=timeline.branch, kind=MeetingKind.BOARD)
    answer = desk.post(url("decision_new", timeline), form(meeting, "appoint_committee"))
    assert "meeting" in answer.context["form"].errors
    assert desk.post(url("decision_new", timeline), form(meeting, "other")).status_code == 302


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", b"\0" * 30_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("programma.docx", PDF),
        ("programma.pdf", b"MZ\x90\x00" + b"\0" * 50),
        ("programma.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("programma.pdf", PDF.replace(b"/Root", b"/Encrypt 9 0 R /Root")),
        ("programma.pdf", PDF + b" " * 10 * 1024 * 1024 + b"%%EOF"),
        ("programma.docx", bomb()),
    ],
    ids=["renamed", "program", "encrypted docx", "encrypted pdf", "too large", "bomb"],
)
def test_a_hostile_document_stops_the_whole_form(
    desk: Client, timeline: Timeline, name: str, content: bytes
) -> None:
    meeting = MeetingFactory(branch=timeline.branch)
    data = {**form(meeting, "other"), "document": pdf(name, content)}
    answer = desk.post(url("decision_new", timeline), data)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["document"]
    assert "Aldus besloten door de leden." in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_full_disk_records_nothing_and_says_so(
    desk: Client, timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = MeetingFactory(branch=timeline.branch)

    def full(*_given: object, **_more: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    data = {**form(meeting, "other"), "document": pdf()}
    answer = desk.post(url("decision_new", timeline), data)
    assert answer.status_code == 507
    assert "document" in answer.context["form"].errors
    assert not Decision.objects.exists()


def test_the_document_is_a_download_and_never_a_page(desk: Client, timeline: Timeline) -> None:
    meeting = MeetingFactory(branch=timeline.branch)
    desk.post(
        url("decision_new", timeline),
        {**form(meeting, "other"), "document": pdf("Besluit één.pdf")},
    )
    decision = Decision.objects.get()
    answer = desk.get(url("decision_document", timeline, decision.pk))
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "%C3%A9%C3%A9n.pdf" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "application/pdf"
    default_storage.delete(str(decision.document.name))
    assert desk.get(url("decision_document", timeline, decision.pk)).status_code == 404


def test_a_decision_without_a_document_has_none(desk: Client, timeline: Timeline) -> None:
    decision = decide(timeline, DecisionKind.OTHER, day=TODAY)
    assert desk.get(url("decision_document", timeline, decision.pk)).status_code == 404


def test_replacing_over_the_page_shows_the_chain(desk: Client, timeline: Timeline) -> None:
    first = decide(timeline, BOTH[0], day=date(2021, 3, 20))
    data = form(first.meeting, "x", text="Met Fatima erbij.", reason="Een naam vergeten")
    shown = desk.get(url("decision_replace", timeline, first.pk))
    assert "Aldus besloten." in shown.content.decode()
    answer = desk.post(url("decision_replace", timeline, first.pk), data)
    second = Decision.objects.get(supersedes=first)
    assert answer["Location"] == url("decision", timeline, second.pk)
    assert (
        desk.post(url("decision_replace", timeline, first.pk), data)["Location"]
        == answer["Location"]
    )
    old = desk.get(url("decision", timeline, first.pk)).content.decode()
    assert "Een naam vergeten" in old
    assert url("decision", timeline, second.pk) in old
    assert url("decision_replace", timeline, first.pk) not in old
    new = desk.get(answer["Location"]).content.decode()
    assert url("decision", timeline, first.pk) in new
    again = desk.post(
        url("decision_replace", timeline, first.pk), {**data, "submission": str(uuid.uuid4())}
    )
    assert again.status_code == 409


def test_replacing_needs_a_reason_and_an_own_meeting(desk: Client, timeline: Timeline) -> None:
    first = decide(timeline, BOTH[0], day=date(2021, 3, 20))
    board_meeting = MeetingFactory(branch=timeline.branch, kind=MeetingKind.BOARD)
    for wrong, field in (
        ({"reason": ""}, "reason"),
        ({"meeting": MeetingFactory().pk}, "meeting"),
        ({"meeting": board_meeting.pk}, "meeting"),
    ):
        data = {**form(first.meeting, "x", reason="fout"), **wrong}
        answer = desk.post(url("decision_replace", timeline, first.pk), data)
        assert field in answer.context["form"].errors
    assert Decision.objects.count() == 1


def test_without_a_meeting_or_a_timeline_the_page_says_what_comes_first(
    desk: Client, timeline: Timeline, client: Client, sign_in: SignIn
) -> None:
    answer = desk.get(url("decision_new", timeline))
    assert url("meeting_new", timeline) in answer.content.decode()
    lonely = MembershipFactory(role=Role.BOARD)
    sign_in(client, lonely.user)
    answer = client.get(reverse("process:decision_new", args=[lonely.branch.slug]))
    assert answer.status_code == 200
    assert answer.context["timeline"] is None


@pytest.mark.parametrize("name", ["decision", "decision_replace", "decision_document"])
def test_another_branch_s_decision_does_not_exist_here(
    desk: Client, timeline: Timeline, name: str
) -> None:
    elsewhere = decide(TimelineFactory(), DecisionKind.OTHER, day=TODAY)
    assert desk.get(url(name, timeline, elsewhere.pk)).status_code == 404
    data = form(elsewhere.meeting, "other", reason="x")
    assert desk.post(url(name, timeline, elsewhere.pk), data).status_code in {404, 405}
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COMMITTEE, Role.COUNCIL_GROUP])
def test_only_the_board_records(
    client: Client, sign_in: SignIn, timeline: Timeline, role: Role
) -> None:
    decision = decide(timeline, DecisionKind.OTHER, day=ADOPTED)
    sign_in(client, MembershipFactory(branch=timeline.branch, role=role).user)
    assert client.get(url("decision", timeline, decision.pk)).status_code == 200
    for name, args in (("decision_new", []), ("decision_replace", [decision.pk])):
        assert client.get(url(name, timeline, *args)).status_code == 403
        assert client.post(url(name, timeline, *args), {}).status_code == 403
    assert Decision.objects.count() == 1


def test_the_form_asks_the_same_number_of_queries_for_one_and_for_three_meetings(
    desk: Client, timeline: Timeline
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(url("decision_new", timeline)).status_code == 200
        return len(queries)

    decide(timeline, DecisionKind.OTHER, day=ADOPTED)
    one = count()
    decide(timeline, DecisionKind.OTHER, day=ADOPTED)
    decide(timeline, *BOTH, day=ADOPTED)
    assert count() == one


def test_a_day_that_has_become_possible_opens_the_choice(desk: Client, timeline: Timeline) -> None:
    """Polling day closes the top ten, unless a meeting before it is on the list."""
    MeetingFactory(branch=timeline.branch, day=timeline.polling_day)
    FixedClock.set_today(timeline.polling_day + timedelta(days=3))
    options = desk.get(url("decision_new", timeline)).context["form"].options
    assert not next(option for option in options if option.value == "agree_top_ten").is_open
    MeetingFactory(branch=timeline.branch, day=timeline.polling_day - timedelta(days=30))
    options = desk.get(url("decision_new", timeline)).context["form"].options
    assert next(option for option in options if option.value == "agree_top_ten").is_open
