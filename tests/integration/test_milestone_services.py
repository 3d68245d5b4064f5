"""What people do with a milestone: parts, done, opened again, left out, described."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from branches.models import AuditEntry, User
from core.concurrency import Stale
from process.enums import DecisionKind, MilestoneStatus
from process.errors import OrderViolated, PartsMissing, Refused
from process.models import Milestone, PartRecord, Timeline
from process.queries.forecasts import forecast_of
from process.queries.timelines import state_of
from process.rules.forecast import Outlook
from process.rules.order import NEVER_DROPPED, Fault
from process.rules.packing import unpack
from process.rules.state import State
from process.services import milestones as service
from tests.clock import FIRST_DAY
from tests.factories import UserFactory
from tests.process_factories import (
    BOTH,
    TimelineFactory,
    decide,
    ready_to_adopt,
)

pytestmark = pytest.mark.django_db

TODAY = FIRST_DAY
EARLIER = date(2021, 9, 20)


@pytest.fixture
def timeline() -> Timeline:
    row: Timeline = TimelineFactory()
    return row


@pytest.fixture
def by() -> User:
    user: User = UserFactory(name="Ans")
    return user


def milestone(timeline: Timeline, key: str) -> Milestone:
    """Return a milestone as a page would load it."""
    return Milestone.objects.select_related("timeline__branch", "definition").get(
        timeline=timeline, key=key
    )


def meet_parts(row: Milestone, by: User, today: date = TODAY) -> None:
    for part in row.definition.parts.filter(decision_kind=""):
        service.record_part(milestone=row, part_key=part.key, by=by, today=today)


def verbs(timeline: Timeline) -> list[str]:
    rows = AuditEntry.objects.filter(branch=timeline.branch).exclude(verb="timeline.started")
    return list(rows.order_by("id").values_list("verb", flat=True))


def stored(row: Milestone | Timeline) -> dict[str, Any]:
    fresh = type(row)._default_manager.get(pk=row.pk)
    return {field.attname: getattr(fresh, field.attname) for field in row._meta.concrete_fields}


def refused(act: Callable[[], object], row: Milestone, error: type[Exception] = Refused) -> Any:
    """Hold that an act is refused with a sentence and leaves everything as it was."""
    before = stored(row), stored(row.timeline), AuditEntry.objects.count()
    with pytest.raises(error) as found:
        act()
    assert (stored(row), stored(row.timeline), AuditEntry.objects.count()) == before
    if isinstance(found.value, Refused):
        assert found.value.sentence
    return found.value


def test_the_first_part_starts_the_milestone_and_is_a_sign_of_life(
    timeline: Timeline, by: User
) -> None:
    row = milestone(timeline, "people_approached")
    part = service.record_part(
        milestone=row,
        part_key="people_list",
        by=by,
        today=TODAY,
        note="twaalf",
        link="https://x.nl",
    )
    assert (part.note, part.link, part.recorded_by, part.recorded_on) == (
        "twaalf",
        "https://x.nl",
        by,
        TODAY,
    )
    row.refresh_from_db()
    timeline.refresh_from_db()
    assert row.status == MilestoneStatus.STARTED
    assert timeline.last_activity_on == TODAY
    assert timeline.packed.split()[0].startswith("s")
    assert verbs(timeline) == ["part.recorded"]


def test_recording_a_part_again_changes_it(timeline: Timeline, by: User) -> None:
    row = milestone(timeline, "people_approached")
    for note in ("eerst", "later"):
        service.record_part(milestone=row, part_key="people_list", by=by, today=TODAY, note=note)
    assert PartRecord.objects.get(milestone=row).note == "later"
    assert verbs(timeline) == ["part.recorded", "part.changed"]


def test_a_part_that_a_decision_meets_cannot_be_ticked(timeline: Timeline, by: User) -> None:
    row = milestone(timeline, "programme_adopted")
    refused(
        lambda: service.record_part(milestone=row, part_key="adoption_decided", by=by, today=TODAY),
        row,
    )
    refused(
        lambda: service.remove_part(milestone=row, part_key="adoption_decided", by=by, today=TODAY),
        row,
    )


def test_a_part_of_another_milestone_is_refused(timeline: Timeline, by: User) -> None:
    row = milestone(timeline, "people_approached")
    wrong: dict[str, Any] = {"milestone": row, "part_key": "pre_advice", "by": by, "today": TODAY}
    refused(lambda: service.record_part(**wrong), row)
    refused(lambda: service.remove_part(**wrong), row)


def test_a_closed_milestone_keeps_its_parts(by: User) -> None:
    timeline = TimelineFactory(done={"people_approached": date(2021, 2, 1)})
    row = milestone(timeline, "people_approached")
    late: dict[str, Any] = {"milestone": row, "part_key": "people_list", "by": by, "today": TODAY}
    acts: list[Callable[[], object]] = [
        lambda: service.record_part(**late),
        lambda: service.remove_part(**late),
    ]
    for act in acts:
        assert row.definition.title in refused(act, row).sentence


def test_a_part_is_taken_back_and_taking_back_nothing_leaves_no_trace(
    timeline: Timeline, by: User
) -> None:
    row = milestone(timeline, "people_approached")
    service.remove_part(milestone=row, part_key="people_list", by=by, today=TODAY)
    assert verbs(timeline) == []
    service.record_part(milestone=row, part_key="people_list", by=by, today=TODAY)
    service.remove_part(milestone=row, part_key="people_list", by=by, today=TODAY)
    assert not PartRecord.objects.exists()
    assert verbs(timeline) == ["part.recorded", "part.removed"]


def test_done_needs_every_part_and_names_those_that_are_missing(
    timeline: Timeline, by: User
) -> None:
    row = milestone(timeline, "people_approached")
    service.record_part(milestone=row, part_key="people_list", by=by, today=TODAY)
    missing = row.definition.parts.get(key="mix_view")
    error = refused(
        lambda: service.finish(milestone=row, by=by, today=TODAY, revision=0), row, PartsMissing
    )
    assert error.labels == (missing.label,)
    assert missing.label.lower() in error.sentence.lower()


def test_done_carries_its_day_and_who_said_so(timeline: Timeline, by: User) -> None:
    row = milestone(timeline, "people_approached")
    meet_parts(row, by)
    service.finish(milestone=row, by=by, today=TODAY, revision=0, day=EARLIER)
    row.refresh_from_db()
    timeline.refresh_from_db()
    assert (row.status, row.done_on, row.done_by, row.revision) == ("done", EARLIER, by, 1)
    assert timeline.next_key == "committee_and_commission"
    assert unpack(packed=timeline.packed, days_to_go=0)[0] == (
        State.DONE,
        (EARLIER - timeline.polling_day).days,
    )
    entry = AuditEntry.objects.get(verb="milestone.done")
    assert (entry.actor, entry.params["day"]) == (by, EARLIER.isoformat())


def test_without_a_day_it_is_done_today(timeline: Timeline, by: User) -> None:
    row = milestone(timeline, "people_approached")
    meet_parts(row, by)
    service.finish(milestone=row, by=by, today=TODAY, revision=0)
    row.refresh_from_db()
    assert row.done_on == TODAY


def test_nothing_is_done_in_the_future_or_by_law(timeline: Timeline, by: User) -> None:
    row = milestone(timeline, "people_approached")
    meet_parts(row, by)
    refused(
        lambda: service.finish(
            milestone=row, by=by, today=TODAY, revision=0, day=date(2021, 10, 5)
        ),
        row,
    )
    polling = milestone(timeline, "polling_day")
    refused(lambda: service.finish(milestone=polling, by=by, today=TODAY, revision=0), polling)


def test_done_twice_is_refused(timeline: Timeline, by: User) -> None:
    row = milestone(timeline, "people_approached")
    meet_parts(row, by)
    service.finish(milestone=row, by=by, today=TODAY, revision=0)
    refused(lambda: service.finish(milestone=row, by=by, today=TODAY, revision=1), row)


def test_the_draft_is_not_done_before_what_must_come_first(timeline: Timeline, by: User) -> None:
    row = milestone(timeline, "draft_sent")
    meet_parts(row, by)
    error = refused(
        lambda: service.finish(milestone=row, by=by, today=TODAY, revision=0), row, OrderViolated
    )
    assert {problem.rule.first for problem in error.problems} == {
        "committee_and_commission",
        "carry_over_decided",
        "input_closed",
    }
    assert {problem.fault for problem in error.problems} == {Fault.MISSING}


def test_the_wrong_way_round_names_both_dates(timeline: Timeline, by: User) -> None:
    ready_to_adopt(timeline)
    Milestone.objects.filter(timeline=timeline, key="draft_sent").update(
        status=MilestoneStatus.STARTED, done_on=None
    )
    row = milestone(timeline, "draft_sent")
    meet_parts(row, by)
    error = refused(
        lambda: service.finish(
            milestone=row, by=by, today=TODAY, revision=0, day=date(2021, 8, 19)
        ),
        row,
        OrderViolated,
    )
    (problem,) = error.problems
    assert (problem.first_day, problem.then_day) == (date(2021, 8, 20), date(2021, 8, 19))
    assert "20" in error.sentence
    assert "19" in error.sentence


def test_the_second_saver_sees_both_and_nothing_is_overwritten(
    timeline: Timeline, by: User
) -> None:
    row = milestone(timeline, "people_approached")
    acts: list[Callable[[], object]] = [
        lambda: service.finish(milestone=row, by=by, today=TODAY, revision=7),
        lambda: service.drop(milestone=row, by=by, today=TODAY, reason="x", revision=7),
        lambda: service.reopen(milestone=row, by=by, today=TODAY, reason="x", revision=7),
        lambda: service.restore(milestone=row, by=by, today=TODAY, revision=7),
    ]
    for act in acts:
        refused(act, row, Stale)


def test_describing_twice_from_the_same_page_shows_both_texts(timeline: Timeline, by: User) -> None:
    mine, theirs = (milestone(timeline, "input_open") for _copy in range(2))
    service.describe(milestone=theirs, by=by, today=TODAY, note="van Bea", owner=by, revision=0)
    error = refused(
        lambda: service.describe(
            milestone=mine, by=by, today=TODAY, note="van mij", owner=None, revision=0
        ),
        mine,
        Stale,
    )
    assert list(error.current.values()) == ["van Bea", "Ans"]
    assert list(error.yours.values()) == ["van mij", ""]
    assert error.revision == 1
    service.describe(milestone=mine, by=by, today=TODAY, note="samen", owner=None, revision=1)
    mine.refresh_from_db()
    assert (mine.note, mine.owner, mine.revision) == ("samen", None, 2)
    owners = AuditEntry.objects.filter(verb="milestone.described").order_by("id")
    assert [entry.params["owner"] for entry in owners] == ["Ans", "–"]


def test_opening_again_takes_a_reason_and_forgets_the_day(by: User) -> None:
    timeline = TimelineFactory(done={"people_approached": date(2021, 2, 1)})
    row = milestone(timeline, "people_approached")
    refused(lambda: service.reopen(milestone=row, by=by, today=TODAY, reason="  ", revision=0), row)
    row = milestone(timeline, "people_approached")
    service.reopen(milestone=row, by=by, today=TODAY, reason="vergeten", revision=0)
    row.refresh_from_db()
    assert (row.status, row.done_on, row.done_by) == ("started", None, None)
    entry = AuditEntry.objects.get(verb="milestone.reopened")
    assert entry.params["reason"] == "vergeten"


def test_what_others_waited_for_is_not_opened_again(by: User) -> None:
    timeline = ready_to_adopt(TimelineFactory())
    row = milestone(timeline, "input_closed")
    error = refused(
        lambda: service.reopen(milestone=row, by=by, today=TODAY, reason="toch", revision=0),
        row,
        OrderViolated,
    )
    assert [problem.rule.then for problem in error.problems] == ["draft_sent"]


def test_a_decision_is_not_opened_again(by: User) -> None:
    timeline = ready_to_adopt(TimelineFactory())
    row = milestone(timeline, "committee_and_commission")
    meet_parts(row, by)
    service.finish(milestone=row, by=by, today=TODAY, revision=row.revision)
    row = milestone(timeline, "committee_and_commission")
    assert row.status == MilestoneStatus.DONE
    refused(
        lambda: service.reopen(
            milestone=row, by=by, today=TODAY, reason="toch", revision=row.revision
        ),
        row,
    )


@pytest.mark.parametrize("key", sorted(NEVER_DROPPED | {"polling_day", "nomination"}))
def test_what_every_branch_needs_is_not_left_out(timeline: Timeline, by: User, key: str) -> None:
    row = milestone(timeline, key)
    refused(lambda: service.drop(milestone=row, by=by, today=TODAY, reason="nee", revision=0), row)


def test_leaving_out_takes_a_reason_and_can_be_taken_back(timeline: Timeline, by: User) -> None:
    row = milestone(timeline, "base_update_seen")
    refused(lambda: service.drop(milestone=row, by=by, today=TODAY, reason="", revision=0), row)
    row = milestone(timeline, "base_update_seen")
    service.drop(milestone=row, by=by, today=TODAY, reason="wij schrijven zelf", revision=0)
    row.refresh_from_db()
    assert (row.status, row.dropped_reason) == ("dropped", "wij schrijven zelf")
    assert state_of(row, today=TODAY) is State.SKIPPED
    service.restore(milestone=row, by=by, today=TODAY, revision=1)
    row.refresh_from_db()
    assert (row.status, row.dropped_reason, row.revision) == ("planned", "", 2)
    assert verbs(timeline) == ["milestone.dropped", "milestone.restored"]


def test_what_was_left_out_is_not_taken_back_once_others_went_on(by: User) -> None:
    timeline = TimelineFactory(
        done={"draft_sent": date(2021, 9, 10), "committee_and_commission": date(2021, 3, 1)},
        dropped={"carry_over_decided", "input_closed"},
    )
    row = milestone(timeline, "carry_over_decided")
    error = refused(
        lambda: service.restore(milestone=row, by=by, today=TODAY, revision=0), row, OrderViolated
    )
    assert [(p.rule.first, p.fault) for p in error.problems] == [
        ("carry_over_decided", Fault.MISSING)
    ]


def test_a_step_that_does_not_exist_for_its_status_is_refused(timeline: Timeline, by: User) -> None:
    row = milestone(timeline, "base_update_seen")
    refused(lambda: service.restore(milestone=row, by=by, today=TODAY, revision=0), row)
    refused(lambda: service.reopen(milestone=row, by=by, today=TODAY, reason="x", revision=0), row)


def test_the_meeting_fixes_the_day_of_a_decision_whatever_day_is_filled_in(by: User) -> None:
    timeline = ready_to_adopt(TimelineFactory())
    decide(timeline, DecisionKind.ADOPT_PROGRAMME, day=date(2021, 10, 1), by=by)
    row = milestone(timeline, "programme_adopted")
    meet_parts(row, by)
    service.finish(milestone=row, by=by, today=TODAY, revision=row.revision, day=TODAY)
    row.refresh_from_db()
    assert row.done_on == date(2021, 10, 1)


def test_decisions_start_and_finish_the_milestone_they_meet(timeline: Timeline, by: User) -> None:
    row = milestone(timeline, "committee_and_commission")
    decide(timeline, *BOTH, day=date(2021, 3, 20), by=by)
    row.refresh_from_db()
    assert row.status == MilestoneStatus.STARTED
    there = set(row.part_records.values_list("part_key", flat=True))
    assert {"committee_appointed", "commission_set"} <= there
    meet_parts(row, by)
    service.finish(milestone=row, by=by, today=TODAY, revision=row.revision)
    row.refresh_from_db()
    assert (row.status, row.done_on) == ("done", date(2021, 3, 20))


def test_the_next_milestone_is_the_open_one_whose_deadline_comes_first(
    timeline: Timeline, by: User
) -> None:
    assert timeline.next_key == "people_approached"
    Milestone.objects.filter(timeline=timeline).exclude(key="final_account").update(
        status=MilestoneStatus.DONE, done_on=TODAY
    )
    row = milestone(timeline, "final_account")
    meet_parts(row, by)
    timeline.refresh_from_db()
    assert timeline.next_key == "final_account"
    service.finish(milestone=row, by=by, today=TODAY, revision=0)
    timeline.refresh_from_db()
    assert (timeline.next_key, timeline.next_target, timeline.next_deadline) == ("", None, None)
    assert forecast_of(timeline, today=date(2026, 1, 1)).outlook is Outlook.ON_TIME
