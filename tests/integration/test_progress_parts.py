"""Which parts of a milestone are there, as the room tells in which they are made."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.models import AuditEntry
from process.enums import MilestoneStatus
from process.models import Milestone, PartRecord, Timeline
from process.services import pulse
from process.services.milestones import record_part
from process.services.progress import meet_parts
from tests.clock import FIRST_DAY
from tests.factories import UserFactory
from tests.process_factories import TimelineFactory

pytestmark = pytest.mark.django_db

CHOSEN = "themes_and_channels"
OPENED = "input_open"


@pytest.fixture
def timeline() -> Timeline:
    row: Timeline = TimelineFactory()
    return row


def there(timeline: Timeline, key: str = CHOSEN) -> set[str]:
    rows = PartRecord.objects.filter(milestone__timeline=timeline, milestone__key=key)
    return set(rows.values_list("part_key", flat=True))


def milestone(timeline: Timeline, key: str = CHOSEN) -> Milestone:
    return Milestone.objects.select_related("definition", "timeline__branch").get(
        timeline=timeline, key=key
    )


def tell(timeline: Timeline, **parts: bool) -> None:
    meet_parts(timeline=timeline, parts={CHOSEN: parts}, today=FIRST_DAY)


def test_what_is_there_is_recorded_by_nobody_and_starts_the_milestone(timeline: Timeline) -> None:
    before = AuditEntry.objects.count()
    tell(timeline, classic_themes=True, local_themes=False)
    assert there(timeline) == {"classic_themes"}
    assert PartRecord.objects.get().recorded_by is None
    assert milestone(timeline).status == MilestoneStatus.STARTED
    assert AuditEntry.objects.count() == before
    stored = Timeline.objects.get(pk=timeline.pk)
    pulse.apply(stored, stored.milestones.order_by("position"))
    assert stored.packed == Timeline.objects.get(pk=timeline.pk).packed


def test_nothing_there_starts_nothing(timeline: Timeline) -> None:
    tell(timeline, classic_themes=False)
    assert milestone(timeline).status == MilestoneStatus.PLANNED


def test_what_no_longer_holds_is_taken_back(timeline: Timeline) -> None:
    tell(timeline, classic_themes=True, digital_channel=True)
    tell(timeline, classic_themes=True, digital_channel=False)
    assert there(timeline) == {"classic_themes"}


def test_the_word_of_a_person_is_left_alone(timeline: Timeline) -> None:
    by = UserFactory()
    row = milestone(timeline)
    record_part(milestone=row, part_key="physical_channel", by=by, today=FIRST_DAY)
    tell(timeline, physical_channel=False, digital_channel=True)
    assert there(timeline) == {"physical_channel", "digital_channel"}
    record_part(
        milestone=row, part_key="digital_channel", by=by, note="Ook op papier.", today=FIRST_DAY
    )
    tell(timeline, digital_channel=False)
    assert there(timeline) == {"physical_channel", "digital_channel"}


def test_a_note_outlives_the_account_of_who_wrote_it(timeline: Timeline) -> None:
    row = milestone(timeline)
    by = UserFactory()
    record_part(milestone=row, part_key="local_themes", by=by, note="Zie bord.", today=FIRST_DAY)
    PartRecord.objects.update(recorded_by=None)
    tell(timeline, local_themes=False)
    assert there(timeline) == {"local_themes"}


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_a_closed_milestone_keeps_what_it_was_closed_with(status: str) -> None:
    closed = {"done": {CHOSEN: date(2021, 6, 1)}} if status == "done" else {"dropped": [CHOSEN]}
    timeline = TimelineFactory(**closed)
    before = there(timeline)
    tell(timeline, classic_themes=True, local_themes=False)
    assert there(timeline) == before
    assert milestone(timeline).status == status


def test_what_the_template_does_not_know_is_left_out(timeline: Timeline) -> None:
    meet_parts(
        timeline=timeline,
        parts={CHOSEN: {"no_such_part": True}, "no_such_step": {"classic_themes": True}},
        today=FIRST_DAY,
    )
    assert not PartRecord.objects.exists()


def test_a_part_that_only_a_decision_meets_is_not_met_by_a_count(timeline: Timeline) -> None:
    meet_parts(
        timeline=timeline,
        parts={"committee_and_commission": {"commission_set": True}},
        today=FIRST_DAY,
    )
    assert not PartRecord.objects.exists()


def test_another_branch_is_not_told(timeline: Timeline) -> None:
    other: Timeline = TimelineFactory()
    tell(timeline, classic_themes=True)
    assert not there(other)


def test_telling_again_what_is_known_costs_three_queries(timeline: Timeline) -> None:
    costs = []
    for parts in (
        {CHOSEN: {"classic_themes": True}},
        {CHOSEN: {"classic_themes": True, "local_themes": True}, OPENED: {"gathering": True}},
    ):
        meet_parts(timeline=timeline, parts=parts, today=FIRST_DAY)
        with CaptureQueriesContext(connection) as seen:
            meet_parts(timeline=timeline, parts=parts, today=FIRST_DAY)
        costs.append(len([one for one in seen if "SAVEPOINT" not in one["sql"]]))
    assert costs == [3, 3]
