"""A person is found in what a branch shares with the office, handed over, and taken out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from branches import personal_data
from branches.models import AuditEntry
from branches.personal_data import Sought
from monitor.enums_helping import ActivityKind, CallOutcome
from monitor.models import Activity, Attendance, Call, HelpMessage, HelpRequest
from notifications.models import Message
from tests.clock import FIRST_DAY
from tests.integration.monitor.help_stage import build_stage, expert

pytestmark = pytest.mark.django_db


def test_a_person_is_found_handed_over_and_taken_out_of_one_branch_alone() -> None:
    stage, other = build_stage(), build_stage()
    row = stage.ask("Over Truus Tegenwind", text="Truus Tegenwind wil niet meer.")
    stage.answer(row, "Bel Truus Tegenwind.")
    elsewhere = other.ask("Over Truus Tegenwind")
    starts = datetime(2021, 11, 6, 10, tzinfo=UTC)
    activity = Activity.objects.create(
        kind=ActivityKind.TRAINING,
        title="Training",
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        changed_at=starts,
    )
    Attendance.objects.create(
        activity=activity, person=stage.board, branch=stage.branch, said_on=FIRST_DAY
    )
    sought = Sought(text="Truus Tegenwind")
    traces = personal_data.find(branch=stage.branch, sought=sought)
    here = [trace.key for trace in traces if trace.key.startswith("monitor.")]
    assert sorted(key.partition(":")[0] for key in here) == [
        "monitor.message",
        "monitor.message",
        "monitor.question",
    ]
    by_address = personal_data.find(branch=stage.branch, sought=Sought(text=stage.board.email))
    here += [trace.key for trace in by_address if trace.key.startswith("monitor.att")]
    records = personal_data.export(branch=stage.branch, keys=here)
    assert any("wil niet meer" in str(record.facts) for record in records)
    # The keys of another branch open nothing.
    assert not personal_data.export(branch=other.branch, keys=here)
    assert personal_data.erase(branch=other.branch, keys=here, by=other.board, today=FIRST_DAY) == 0
    count = personal_data.erase(branch=stage.branch, keys=here, by=stage.board, today=FIRST_DAY)
    assert count == 4
    assert not personal_data.find(branch=stage.branch, sought=sought)
    row.refresh_from_db()
    assert row.asked_by is None
    assert not HelpMessage.objects.filter(request=row, text__contains="Truus").exists()
    assert not Message.objects.filter(branch=stage.branch, text__contains="Truus").exists()
    assert not Message.objects.filter(branch=stage.branch, subject__contains="Truus").exists()
    assert not Attendance.objects.exists()
    assert HelpRequest.objects.get(pk=elsewhere.pk).subject == "Over Truus Tegenwind"
    entry = AuditEntry.objects.get(verb="helping.erased")
    assert "Truus" not in str(entry.params)


def test_what_only_the_office_may_read_is_named_and_not_shown() -> None:
    stage = build_stage()
    Call.objects.create(
        branch=stage.branch,
        made_by=stage.lotte,
        made_on=FIRST_DAY,
        outcome=CallOutcome.SPOKEN,
        note="Wil Waterman is boos.",
        submission="8d6b4a0e-6f51-4a7e-9a0b-0d1f8f1e5c11",
    )
    expert()
    traces = personal_data.find(branch=stage.branch, sought=Sought(text="Wil Waterman"))
    assert {trace.key.partition(":")[0] for trace in traces} == {"monitor.call", "monitor.expert"}
    assert all(trace.by_hand for trace in traces)
    assert "boos" not in " ".join(trace.words for trace in traces)
