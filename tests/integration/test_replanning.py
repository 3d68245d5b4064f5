"""Polling day or template changed: what moves, what a branch keeps, what is never touched."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.enums import SchoolRegion
from branches.models import AuditEntry, User
from process.enums import ElectionKind, MilestoneStatus, TargetOrigin
from process.errors import Refused
from process.models import Election, Milestone, RollOut, TemplateVersion, Timeline
from process.services import replanning as service
from process.services import roll_out
from process.services.elections import record_election
from process.services.templates import edit_milestone, publish_draft, start_draft
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MunicipalityFactory, UserFactory
from tests.process_factories import ElectionFactory, TimelineFactory, template_version

pytestmark = pytest.mark.django_db

TODAY = FIRST_DAY
NOW = datetime(2021, 10, 4, 10, 0, tzinfo=UTC)
OLD, NEW = date(2021, 11, 24), date(2021, 12, 1)
DONE_ON = date(2020, 9, 30)
OWN_DAY = date(2021, 7, 7)


@pytest.fixture
def by() -> User:
    user: User = UserFactory()
    return user


@pytest.fixture
def template() -> TemplateVersion:
    return template_version()


@pytest.fixture
def merger(by: User) -> Election:
    """Return the election of 24 November 2021 in two branches, one of which did things."""
    places = MunicipalityFactory.create_batch(2)
    election = record_election(
        by=by,
        today=TODAY,
        kind=ElectionKind.MERGER,
        polling_day=OLD,
        merger_on=date(2022, 1, 1),
        municipalities=places,
    )
    busy = TimelineFactory(
        election=election,
        branch=BranchFactory(municipalities=places[:1], school_region=SchoolRegion.MIDDLE),
        done={"committee_and_commission": DONE_ON},
        dropped={"base_update_seen"},
    )
    for key, origin in [
        ("programme_adopted", TargetOrigin.BRANCH),
        ("candidate_list_set", TargetOrigin.COMPRESSED),
    ]:
        busy.milestones.filter(key=key).update(
            target=OWN_DAY, deadline=OWN_DAY, target_origin=origin
        )
    TimelineFactory(
        election=election,
        branch=BranchFactory(municipalities=places[1:], school_region=SchoolRegion.SOUTH),
    )
    return election


def replan(
    election: Election, template: TemplateVersion, by: User, day: date | None = None
) -> dict[str, int]:
    return service.replan(election=election, template=template, polling_day=day, by=by, today=TODAY)


def busy(election: Election) -> Timeline:
    return election.timelines.get(milestones__target=OWN_DAY, milestones__key="programme_adopted")


def one(timeline: Timeline, key: str) -> Milestone:
    return timeline.milestones.get(key=key)


def test_a_week_later_moves_what_is_open_by_a_week(
    merger: Election, template: TemplateVersion, by: User
) -> None:
    before = {
        row.pk: row for row in Milestone.objects.filter(timeline__election=merger, phase__lt=6)
    }
    assert replan(merger, template, by, NEW) == {"replanned": 2}
    merger.refresh_from_db()
    assert merger.polling_day == NEW
    assert merger.revision == 1
    assert set(Timeline.objects.values_list("polling_day", "revision")) == {(NEW, 1)}
    week = timedelta(weeks=1)
    for row in Milestone.objects.filter(timeline__election=merger, phase__lt=6):
        old = before[row.pk]
        if old.is_open:
            assert (row.window_start, row.window_end) == (
                old.window_start + week,
                old.window_end + week,
            )
            assert row.revision == old.revision + 1
    vote = one(busy(merger), "polling_day")
    assert vote.target == vote.deadline == NEW
    assert one(busy(merger), "nomination").target == date(2021, 10, 11)


def test_what_is_done_or_left_out_is_not_touched(
    merger: Election, template: TemplateVersion, by: User
) -> None:
    timeline = busy(merger)
    closed = timeline.milestones.filter(status__in=("done", "dropped"))
    before = list(closed.values())
    assert len(before) == 2
    replan(merger, template, by, NEW)
    assert list(closed.values()) == before


def test_what_the_branch_set_itself_keeps_its_day(
    merger: Election, template: TemplateVersion, by: User
) -> None:
    timeline = busy(merger)
    windows = {key: one(timeline, key).window_end for key in ("programme_adopted",)}
    replan(merger, template, by, NEW)
    for key, origin in [
        ("programme_adopted", TargetOrigin.BRANCH),
        ("candidate_list_set", TargetOrigin.COMPRESSED),
    ]:
        row = one(timeline, key)
        assert (row.target, row.target_origin) == (OWN_DAY, origin)
        assert row.deadline == max(OWN_DAY, row.window_end)
    assert one(timeline, "programme_adopted").window_end == windows["programme_adopted"] + (
        NEW - OLD
    )


def test_an_own_day_after_the_window_stays_its_own_deadline(
    merger: Election, template: TemplateVersion, by: User
) -> None:
    late = date(2021, 11, 20)
    row = one(busy(merger), "programme_adopted")
    Milestone.objects.filter(pk=row.pk).update(target=late, deadline=late)
    replan(merger, template, by, NEW)
    row.refresh_from_db()
    assert (row.target, row.deadline) == (late, late)


def test_the_repeated_columns_follow_and_it_is_no_sign_of_life(
    merger: Election, template: TemplateVersion, by: User
) -> None:
    timeline = busy(merger)
    quiet_since = timeline.last_activity_on
    replan(merger, template, by, NEW)
    timeline.refresh_from_db()
    first = (
        timeline.milestones.filter(status__in=("planned", "started"))
        .exclude(target_origin=TargetOrigin.STATUTORY)
        .order_by("deadline", "position")
        .first()
    )
    assert first is not None
    assert (timeline.next_key, timeline.next_target, timeline.next_deadline) == (
        first.key,
        first.target,
        first.deadline,
    )
    assert f"/{(OWN_DAY - NEW).days}/" in timeline.packed
    assert timeline.last_activity_on == quiet_since


def test_history_tells_it_in_each_branch_and_the_name_follows(
    merger: Election, template: TemplateVersion, by: User
) -> None:
    replan(merger, template, by, NEW)
    entries = AuditEntry.objects.filter(verb="timeline.replanned")
    assert {entry.branch_id for entry in entries} == set(
        merger.timelines.values_list("branch", flat=True)
    )
    assert {entry.actor for entry in entries} == {by}
    assert merger.name == "Herindelingsverkiezing 01-12-2021"
    Election.objects.update(name="Eigen naam")
    merger.refresh_from_db()
    replan(merger, template, by, OLD)
    merger.refresh_from_db()
    assert (merger.name, merger.polling_day) == ("Eigen naam", OLD)


def test_there_and_back_again_leaves_every_day_as_it_was(
    merger: Election, template: TemplateVersion, by: User
) -> None:
    def days() -> list[tuple[Any, ...]]:
        return list(
            Milestone.objects.order_by("pk").values_list(
                "window_start", "window_end", "target", "deadline", "shift_reason"
            )
        )

    replan(merger, template, by)
    before = days()
    replan(merger, template, by, NEW)
    assert days() != before
    replan(merger, template, by, OLD)
    assert days() == before


@pytest.mark.parametrize("day", [None, OLD, date(2022, 1, 5), date(2021, 10, 1), date(2023, 3, 1)])
def test_an_impossible_day_is_refused_with_a_sentence(
    merger: Election, template: TemplateVersion, by: User, day: date | None
) -> None:
    with pytest.raises(Refused) as found:
        service.check_polling_day(election=merger, day=day)
    assert found.value.sentence
    with pytest.raises(Refused):
        roll_out.request_roll_out(
            by=by,
            today=TODAY,
            now=NOW,
            election=merger,
            template=template,
            kind=RollOut.Kind.POLLING_DAY,
            new_polling_day=day,
        )
    assert not RollOut.objects.exists()


def test_a_refusal_in_the_middle_leaves_everything_as_it_was(
    merger: Election, template: TemplateVersion, by: User
) -> None:
    before = list(Milestone.objects.order_by("pk").values())
    with pytest.raises(Refused):
        replan(merger, template, by, date(2022, 1, 5))
    merger.refresh_from_db()
    assert merger.polling_day == OLD
    assert list(Milestone.objects.order_by("pk").values()) == before
    assert not AuditEntry.objects.filter(verb="timeline.replanned").exists()


@pytest.mark.parametrize("day", [date(2023, 3, 15), date(2021, 3, 17)])
def test_a_regular_election_stays_in_its_year(day: date) -> None:
    with pytest.raises(Refused):
        service.check_polling_day(election=ElectionFactory(), day=day)


def test_the_vote_does_not_move_before_a_top_ten_that_was_agreed(
    merger: Election, template: TemplateVersion, by: User
) -> None:
    Timeline.objects.filter(pk=busy(merger).pk).update(top_ten_agreed_on=date(2021, 11, 17))
    for day in (date(2021, 11, 17), date(2021, 11, 16)):
        with pytest.raises(Refused) as found:
            service.check_polling_day(election=merger, day=day)
        assert str(day.day) in found.value.sentence
    service.check_polling_day(election=merger, day=date(2021, 11, 18))
    assert replan(merger, template, by, date(2021, 11, 18)) == {"replanned": 2}


def test_a_preview_tells_what_will_happen_and_writes_nothing(
    merger: Election, template: TemplateVersion, by: User
) -> None:
    before = list(Milestone.objects.order_by("pk").values())
    rows = {
        row.key: row for row in service.preview(election=merger, template=template, polling_day=NEW)
    }
    assert list(Milestone.objects.order_by("pk").values()) == before
    assert list(rows) == [each.key for each in template.milestones.all()]
    counts = {key: (row.moves, row.stays, row.by_hand, row.done) for key, row in rows.items()}
    assert counts["programme_adopted"] == (1, 0, 1, 0)
    assert counts["committee_and_commission"] == (1, 0, 0, 1)
    assert counts["base_update_seen"] == (1, 0, 0, 1)
    assert counts["polling_day"] == (2, 0, 0, 0)
    assert counts["nomination"] == (0, 2, 0, 0)
    assert (rows["polling_day"].old, rows["polling_day"].new) == (OLD, NEW)
    days = dict(busy(merger).milestones.values_list("pk", "target"))
    replan(merger, template, by, NEW)
    moved = {row.key for row in Milestone.objects.filter(pk__in=days) if row.target != days[row.pk]}
    assert moved <= {key for key, row in rows.items() if row.moves}
    again = service.preview(election=merger, template=template)
    assert all(row.moves == 0 for row in again)


def statements(act: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_previewing_and_replanning_do_not_take_more_statements_for_more_branches(
    merger: Election, template: TemplateVersion, by: User
) -> None:
    def preview() -> None:
        service.preview(election=merger, template=template, polling_day=NEW)

    few = statements(preview), statements(lambda: replan(merger, template, by))
    for _more in range(3):
        TimelineFactory(
            election=merger,
            branch=BranchFactory(municipalities=merger.municipalities.all()),
        )
    assert (statements(preview), statements(lambda: replan(merger, template, by))) == few


def test_a_changed_template_moves_the_open_ones(
    merger: Election, template: TemplateVersion, by: User
) -> None:
    draft = start_draft(by=by, today=TODAY)
    for place, (key, start, target, end) in enumerate(
        [("draft_sent", -30, -29, -28), ("programme_adopted", -24, -22, -20)]
    ):
        edit_milestone(
            milestone=draft.milestones.get(key=key),
            by=by,
            today=TODAY,
            revision=place,
            changes={"start_week": start, "target_week": target, "end_week": end},
            part_labels={},
        )
    publish_draft(version=draft, by=by, today=TODAY, note="eerder", revision=2)
    rows = {row.key: row for row in service.preview(election=merger, template=draft)}
    assert rows["draft_sent"].moves == 2
    assert rows["programme_adopted"].by_hand == 1
    assert rows["top_ten_agreed"].moves == 0
    roll = roll_out.request_roll_out(
        by=by,
        today=TODAY,
        now=NOW,
        election=merger,
        template=draft,
        kind=RollOut.Kind.TEMPLATE,
    )
    assert roll_out.carry_out(roll_out=roll, today=TODAY) == {"replanned": 2}
    assert set(merger.timelines.values_list("template", flat=True)) == {draft.pk}
    sent = one(busy(merger), "draft_sent")
    assert sent.definition.version == draft
    assert sent.window_end == OLD - timedelta(weeks=28)
    own = one(busy(merger), "programme_adopted")
    assert (own.target, own.definition.version) == (OWN_DAY, draft)
    done = one(busy(merger), "committee_and_commission")
    assert (done.status, done.definition.version) == (MilestoneStatus.DONE, template)


def test_a_milestone_that_the_new_template_lacks_stays_as_it_is(
    merger: Election, template: TemplateVersion, by: User
) -> None:
    draft = start_draft(by=by, today=TODAY)
    draft.milestones.get(key="half_year_7").delete()
    publish_draft(version=draft, by=by, today=TODAY, note="korter", revision=0)
    before = list(Milestone.objects.filter(key="half_year_7").order_by("pk").values())
    rows = {row.key for row in service.preview(election=merger, template=draft)}
    assert "half_year_7" not in rows
    assert replan(merger, draft, by, NEW) == {"replanned": 2}
    assert list(Milestone.objects.filter(key="half_year_7").order_by("pk").values()) == before
    assert merger.timelines.filter(template=draft).exclude(template=template).count() == 2


def test_a_branch_with_exceptions_of_its_own_keeps_them(
    template: TemplateVersion, by: User
) -> None:
    election = ElectionFactory()
    for code in ("GM0363", "GM0518"):
        TimelineFactory(
            election=election,
            branch=BranchFactory(municipalities=[MunicipalityFactory(code=code)]),
        )
    replan(election, template, by, date(2022, 3, 17))
    found = Milestone.objects.filter(key="new_council").values_list(
        "timeline__branch__municipalities__code", "target"
    )
    assert dict(found) == {"GM0363": date(2022, 3, 24), "GM0518": date(2022, 3, 30)}
    votes = Milestone.objects.filter(key="polling_day").values_list("target", flat=True)
    assert list(votes) == [date(2022, 3, 17)] * 2
    assert set(Milestone.objects.values_list("revision", flat=True)) == {1}


def test_without_any_timeline_there_is_nothing_to_replan(
    template: TemplateVersion, by: User
) -> None:
    election = ElectionFactory()
    rows = service.preview(election=election, template=template, polling_day=date(2022, 3, 17))
    assert {(row.moves, row.stays, row.by_hand, row.done) for row in rows} == {(0, 0, 0, 0)}
    assert replan(election, template, by) == {"replanned": 0}
