"""A branch changes its own days: one with what moves along, or all after a late start."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from branches.audit import sentence
from branches.models import AuditEntry, User
from core.concurrency import Stale
from process.enums import MilestoneStatus, TargetOrigin
from process.errors import Refused
from process.models import Milestone, Timeline
from process.queries.timelines import limit_of, state_of
from process.rules.compressing import Impossible
from process.rules.moving import Obstacle, Remark
from process.rules.order import problems
from process.services import planning as service
from tests.clock import FIRST_DAY
from tests.factories import UserFactory
from tests.process_factories import TimelineFactory

pytestmark = pytest.mark.django_db

TODAY = FIRST_DAY
NOMINATION = date(2022, 1, 31)


@pytest.fixture
def timeline() -> Timeline:
    row: Timeline = TimelineFactory()
    return row


@pytest.fixture
def by() -> User:
    user: User = UserFactory()
    return user


def milestone(timeline: Timeline, key: str) -> Milestone:
    return Milestone.objects.select_related("timeline__branch", "definition").get(
        timeline=timeline, key=key
    )


def targets(timeline: Timeline) -> dict[str, date]:
    return dict(timeline.milestones.values_list("key", "target"))


def origins(timeline: Timeline) -> dict[str, str]:
    return dict(timeline.milestones.values_list("key", "target_origin"))


def test_a_move_is_written_with_what_moves_along(timeline: Timeline, by: User) -> None:
    before = targets(timeline)
    row = milestone(timeline, "draft_sent")
    day = before["programme_adopted"] + timedelta(days=7)
    plan = service.move(milestone=row, day=day, by=by, today=TODAY, revision=0)
    after = targets(timeline)
    changed = {key for key in after if after[key] != before[key]}
    assert changed == {move.key for move in plan.moves} == {"draft_sent", "programme_adopted"}
    assert after["draft_sent"] == day
    assert problems(days=after) == ()
    assert origins(timeline)["draft_sent"] == TargetOrigin.BRANCH
    assert origins(timeline)["programme_adopted"] == TargetOrigin.ALONG


def test_a_move_raises_the_revision_and_is_a_sign_of_life(timeline: Timeline, by: User) -> None:
    row = milestone(timeline, "draft_sent")
    service.move(milestone=row, day=date(2021, 10, 8), by=by, today=TODAY, revision=0)
    assert row.timeline.revision == 1
    packed = timeline.packed
    timeline.refresh_from_db()
    row.refresh_from_db()
    assert (timeline.revision, timeline.last_activity_on) == (1, TODAY)
    assert row.revision == 1
    assert timeline.packed != packed
    assert f"/{(date(2021, 10, 8) - timeline.polling_day).days}/" in timeline.packed


def test_history_tells_the_old_and_the_new_day_of_each(timeline: Timeline, by: User) -> None:
    row = milestone(timeline, "draft_sent")
    day = targets(timeline)["programme_adopted"] + timedelta(days=7)
    service.move(milestone=row, day=day, by=by, today=TODAY, revision=0)
    moved = AuditEntry.objects.get(verb="milestone.moved")
    along = AuditEntry.objects.get(verb="milestone.moved_along")
    assert (moved.subject_id, moved.actor) == (str(row.pk), by)
    assert moved.params["milestone"] == row.definition.titles
    assert moved.params["new"] == day.isoformat() != moved.params["old"]
    assert along.params["old"] != along.params["new"]
    assert row.definition.title_nl in sentence(moved)
    with translation.override("en"):
        assert row.definition.title_en in sentence(moved)


def test_the_deadline_follows_a_later_day_and_else_the_window(timeline: Timeline, by: User) -> None:
    row = milestone(timeline, "amendments_closed")
    late = row.window_end + timedelta(days=3)
    service.move(milestone=row, day=late, by=by, today=TODAY, revision=0)
    row.refresh_from_db()
    assert (row.target, row.deadline) == (late, late)
    early = row.window_start
    service.move(milestone=row, day=early, by=by, today=TODAY, revision=1)
    row.refresh_from_db()
    assert (row.target, row.deadline, row.shift_reason) == (early, row.window_end, "")


def test_a_move_that_is_hindered_changes_nothing_at_all(timeline: Timeline, by: User) -> None:
    before = targets(timeline)
    row = milestone(timeline, "candidate_list_set")
    with pytest.raises(service.MoveHindered) as found:
        service.move(milestone=row, day=date(2022, 2, 1), by=by, today=TODAY, revision=0)
    (hindrance,) = found.value.plan.hindrances
    assert (hindrance.obstacle, hindrance.day) == (Obstacle.AFTER_LIMIT, NOMINATION)
    assert found.value.sentence
    assert row.timeline.revision == 0
    timeline.refresh_from_db()
    assert (timeline.revision, timeline.last_activity_on) == (0, None)
    assert targets(timeline) == before
    assert not AuditEntry.objects.filter(verb__startswith="milestone.").exists()


def test_the_second_of_two_people_who_move_from_one_page_is_told(
    timeline: Timeline, by: User
) -> None:
    mine, theirs = milestone(timeline, "draft_sent"), milestone(timeline, "amendments_closed")
    service.move(milestone=theirs, day=date(2021, 10, 22), by=by, today=TODAY, revision=0)
    with pytest.raises(Stale) as found:
        service.move(milestone=mine, day=date(2021, 10, 8), by=by, today=TODAY, revision=0)
    assert found.value.revision == 1
    assert found.value.current.keys() == found.value.yours.keys()
    mine.refresh_from_db()
    assert mine.target_origin == TargetOrigin.TEMPLATE


def test_a_preview_tells_the_same_and_writes_nothing(timeline: Timeline, by: User) -> None:
    before = targets(timeline)
    row = milestone(timeline, "draft_sent")
    day = date(2021, 11, 6)
    preview = service.preview_move(milestone=row, day=day, today=TODAY)
    assert targets(timeline) == before
    assert {remark for remark, _text in preview.remarks} == {Remark.AFTER_WINDOW, Remark.REST_DAY}
    assert service.move(milestone=row, day=day, by=by, today=TODAY, revision=0) == preview


def test_what_is_done_keeps_its_day_when_others_move(by: User) -> None:
    timeline = TimelineFactory(done={"committee_and_commission": date(2021, 3, 20)})
    with pytest.raises(service.MoveHindered) as found:
        service.move(
            milestone=milestone(timeline, "committee_and_commission"),
            day=date(2021, 12, 1),
            by=by,
            today=TODAY,
            revision=timeline.revision,
        )
    assert Obstacle.ALREADY_DONE in {each.obstacle for each in found.value.plan.hindrances}


def test_moving_takes_the_same_number_of_statements_whatever_moves_along(
    timeline: Timeline, by: User, django_assert_num_queries: Any
) -> None:
    service.move(
        milestone=milestone(timeline, "draft_sent"),
        day=date(2021, 10, 8),
        by=by,
        today=TODAY,
        revision=0,
    )
    counts: list[int] = []
    for day, revision in [(date(2021, 10, 11), 1), (date(2022, 1, 20), 2)]:
        row = milestone(timeline, "draft_sent")
        with django_assert_num_queries(9 if not counts else counts[0]) as captured:
            service.move(milestone=row, day=day, by=by, today=TODAY, revision=revision)
        counts.append(len(captured))
    assert len(set(counts)) == 1


def test_a_late_start_is_taken_over_as_it_was_shown(timeline: Timeline, by: User) -> None:
    preview = service.preview_compression(timeline=timeline, today=TODAY)
    assert preview.impossible is None
    assert preview.moves
    assert preview.gives_up
    taken = service.accept_compression(timeline=timeline, by=by, today=TODAY, revision=0)
    assert taken == preview
    assert timeline.revision == 1
    after = targets(timeline)
    assert problems(days=after) == ()
    assert after["candidate_list_set"] <= NOMINATION
    for move in preview.moves:
        row = milestone(timeline, move.key)
        assert row.target == move.new >= TODAY
        assert row.target_origin == TargetOrigin.COMPRESSED
        assert row.deadline == max(row.window_end, row.target)
    untouched = set(after) - {move.key for move in preview.moves}
    assert "polling_day" in untouched
    assert all(origins(timeline)[key] != TargetOrigin.COMPRESSED for key in untouched)
    entries = AuditEntry.objects.filter(verb="milestone.moved_along")
    assert entries.count() == len(preview.moves)


def test_a_proposal_is_not_taken_over_when_there_is_none(by: User) -> None:
    timeline = TimelineFactory()
    early = date(2020, 11, 2)
    with pytest.raises(Refused):
        service.accept_compression(timeline=timeline, by=by, today=early, revision=0)
    late = date(2022, 2, 1)
    proposal = service.preview_compression(timeline=timeline, today=late)
    assert (proposal.impossible, proposal.impossible_day) == (Impossible.LIMIT_PASSED, NOMINATION)
    with pytest.raises(Refused):
        service.accept_compression(timeline=timeline, by=by, today=late, revision=0)
    with pytest.raises(Stale):
        service.accept_compression(timeline=timeline, by=by, today=TODAY, revision=3)
    timeline.refresh_from_db()
    assert timeline.revision == 0


def test_the_days_of_notice_are_the_branchs_own(timeline: Timeline) -> None:
    timeline.branch.notice_days = 40
    days = {
        move.key: move.new
        for move in service.preview_compression(timeline=timeline, today=TODAY).moves
    }
    assert days["committee_and_commission"] >= TODAY + timedelta(days=41)


def test_following_the_template_again_gives_up_the_own_day(timeline: Timeline, by: User) -> None:
    row = milestone(timeline, "draft_sent")
    with pytest.raises(Refused):
        service.follow_template(milestone=row, by=by, today=TODAY, revision=0)
    assert row.timeline.revision == 0
    service.move(milestone=row, day=date(2021, 10, 8), by=by, today=TODAY, revision=0)
    row = milestone(timeline, "draft_sent")
    service.follow_template(milestone=row, by=by, today=TODAY, revision=1)
    assert row.timeline.revision == 2
    row.refresh_from_db()
    assert (row.target_origin, row.target) == (TargetOrigin.TEMPLATE, date(2021, 10, 8))
    assert AuditEntry.objects.filter(verb="milestone.follows_template").count() == 1
    with pytest.raises(Stale):
        service.follow_template(milestone=row, by=by, today=TODAY, revision=1)


def test_a_timeline_without_nomination_day_can_still_be_planned(
    timeline: Timeline, by: User
) -> None:
    timeline.milestones.filter(key="nomination").delete()
    proposal = service.preview_compression(timeline=timeline, today=TODAY)
    assert proposal.impossible is None
    timeline.milestones.exclude(key="draft_sent").update(
        status=MilestoneStatus.DROPPED, dropped_reason="x"
    )
    found = service.preview_compression(timeline=timeline, today=TODAY)
    assert [move.key for move in found.moves] == ["draft_sent"]
    assert by.pk


@pytest.mark.parametrize(
    ("key", "phase", "limit"),
    [
        ("programme_adopted", 5, NOMINATION),
        ("candidate_list_set", 5, NOMINATION),
        ("top_ten_agreed", 5, date(2022, 3, 15)),
        ("input_open", 3, date(2022, 3, 15)),
        ("polling_day", 6, None),
        ("final_account", 7, None),
    ],
)
def test_the_last_day_that_makes_sense(key: str, phase: int, limit: date | None) -> None:
    polling_day = date(2022, 3, 16)
    found = limit_of(key=key, phase=phase, polling_day=polling_day, nomination=NOMINATION)
    assert found == limit
    if limit is not None:
        without = limit_of(key=key, phase=phase, polling_day=polling_day, nomination=None)
        assert without == date(2022, 3, 15)


def test_a_day_after_its_window_takes_the_window_along(timeline: Timeline, by: User) -> None:
    row = milestone(timeline, "programme_adopted")
    assert row.opens == row.window_start
    service.move(milestone=row, day=date(2022, 1, 20), by=by, today=TODAY, revision=0)
    row.refresh_from_db()
    length = row.window_end - row.window_start
    assert row.opens == date(2022, 1, 20) - length > row.window_start
    assert state_of(row, today=row.window_start) == "planned"
    assert state_of(row, today=row.opens) == "current"
