"""One act for all branches: who gets a timeline, on which days, once, in few statements."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.enums import SchoolRegion
from branches.models import AuditEntry, Branch, User
from jobs import services as jobs
from jobs.models import Job
from process.enums import ElectionKind, RollOutState, TargetOrigin
from process.errors import Refused
from process.models import Election, Milestone, RollOut, TemplateVersion, Timeline
from process.queries.roll_out import participating_branches
from process.queries.timelines import state_of
from process.rules.order import problems
from process.rules.packing import unpack
from process.services import roll_out as service
from process.services.templates import start_draft
from process.tasks import roll_out as roll_out_now
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MunicipalityFactory, UserFactory
from tests.process_factories import ElectionFactory, template_version

pytestmark = pytest.mark.django_db

TODAY = FIRST_DAY
NOW = datetime(2021, 10, 4, 10, 0, tzinfo=UTC)


@pytest.fixture
def election() -> Election:
    row: Election = ElectionFactory()
    return row


@pytest.fixture
def template() -> TemplateVersion:
    return template_version()


@pytest.fixture
def by() -> User:
    user: User = UserFactory()
    return user


def branch(*codes: str, **given: Any) -> Branch:
    """Make a branch over municipalities with these CBS codes."""
    row: Branch = BranchFactory(
        municipalities=[MunicipalityFactory(code=code) for code in codes], **given
    )
    return row


def start(election: Election, template: TemplateVersion, **given: Any) -> dict[str, int]:
    return service.start(election=election, template=template, by=None, today=TODAY, **given)


def request(election: Election, template: TemplateVersion, by: User, **given: Any) -> RollOut:
    given.setdefault("kind", RollOut.Kind.START)
    return service.request_roll_out(
        by=by, today=TODAY, now=NOW, election=election, template=template, **given
    )


def test_only_branches_where_people_vote_take_part(
    election: Election, template: TemplateVersion
) -> None:
    den_haag = branch("GM0518")
    closed = branch("GM0599", closed_on=date(2021, 1, 1))
    merged_the_autumn_before = branch("GM1991")  # Maashorst, new on 1 January 2022
    nowhere = branch("GM9999")
    assert start(election, template) == {"created": 1, "kept": 0}
    assert Timeline.objects.get().branch == den_haag
    for row in (closed, merged_the_autumn_before, nowhere):
        assert not row.timelines.exists()


def test_a_branch_over_two_voting_municipalities_has_one_timeline(
    election: Election, template: TemplateVersion
) -> None:
    row = branch("GM0518", "GM0503")
    assert list(participating_branches(election)) == [row]
    assert start(election, template) == {"created": 1, "kept": 0}
    assert start(election, template) == {"created": 0, "kept": 1}


def test_a_merger_election_is_for_its_own_municipalities(template: TemplateVersion) -> None:
    inside, outside = branch("GM0856"), branch("GM0518")
    election = ElectionFactory(
        slug="herindeling2022",
        kind=ElectionKind.MERGER,
        polling_day=date(2021, 11, 24),
        merger_on=date(2022, 1, 1),
    )
    election.municipalities.set(inside.municipalities.all())
    assert start(election, template) == {"created": 1, "kept": 0}
    timeline = Timeline.objects.get()
    assert (timeline.branch, timeline.polling_day) == (inside, date(2021, 11, 24))
    days = dict(timeline.milestones.values_list("key", "target"))
    assert days["nomination"] == date(2021, 10, 11)
    assert days["result"] == date(2021, 11, 29)
    assert days["new_council"].year == 2022
    assert problems(days=days) == ()
    assert not outside.timelines.exists()


def test_starting_again_changes_nothing_and_serves_the_late_comer(
    election: Election, template: TemplateVersion
) -> None:
    first = branch("GM0518")
    start(election, template)
    timeline = Timeline.objects.get()
    Milestone.objects.filter(timeline=timeline, key="draft_sent").update(
        target=date(2021, 10, 8), target_origin=TargetOrigin.BRANCH
    )
    before = (Timeline.objects.values().get(), list(Milestone.objects.values()))
    assert start(election, template) == {"created": 0, "kept": 1}
    assert (Timeline.objects.values().get(), list(Milestone.objects.values())) == before
    late = branch("GM0503")
    assert start(election, template) == {"created": 1, "kept": 1}
    assert set(Timeline.objects.values_list("branch", flat=True)) == {first.pk, late.pk}
    assert AuditEntry.objects.filter(verb="timeline.started").count() == 2


def test_one_branch_can_be_started_that_takes_no_part_of_itself(
    election: Election, template: TemplateVersion
) -> None:
    row = branch("GM9998")
    only = Branch.objects.filter(pk=row.pk)
    assert start(election, template, branches=only) == {"created": 1, "kept": 0}
    assert start(election, template, branches=only) == {"created": 0, "kept": 1}


def test_a_timeline_has_every_milestone_and_its_repeated_columns(
    election: Election, template: TemplateVersion
) -> None:
    branch("GM0518", school_region=SchoolRegion.MIDDLE)
    start(election, template)
    timeline = Timeline.objects.get()
    rows = list(timeline.milestones.select_related("definition").order_by("position"))
    assert [row.key for row in rows] == [each.key for each in template.milestones.all()]
    assert {row.target_origin for row in rows if row.definition.statutory_key} == {
        TargetOrigin.STATUTORY
    }
    assert {row.target_origin for row in rows if not row.definition.statutory_key} == {
        TargetOrigin.TEMPLATE
    }
    assert all(row.deadline == max(row.window_end, row.target) for row in rows)
    assert (timeline.created_on, timeline.last_activity_on) == (TODAY, None)
    assert timeline.next_key == "people_approached"
    assert (timeline.next_target, timeline.next_deadline) == (rows[0].target, rows[0].deadline)
    left = (timeline.polling_day - TODAY).days
    assert unpack(packed=timeline.packed, days_to_go=left) == [
        (state_of(row, today=TODAY), (row.target - timeline.polling_day).days) for row in rows
    ]


def test_each_region_avoids_its_own_school_holidays(
    election: Election, template: TemplateVersion
) -> None:
    north = branch("GM0518", school_region=SchoolRegion.NORTH)
    south = branch("GM0503", school_region=SchoolRegion.SOUTH)
    start(election, template)
    days = {
        row.pk: dict(Timeline.objects.get(branch=row).milestones.values_list("key", "target"))
        for row in (north, south)
    }
    assert days[north.pk] != days[south.pk]
    reasons = Milestone.objects.exclude(shift_reason="").values_list("shift_reason", flat=True)
    assert any(reason.startswith("school:") for reason in reasons)


def test_amsterdam_had_its_new_council_a_week_before_the_others(
    election: Election, template: TemplateVersion
) -> None:
    amsterdam, den_haag = branch("GM0363"), branch("GM0518")
    start(election, template)
    council = {
        row.timeline.branch: row.target
        for row in Milestone.objects.filter(key="new_council").select_related("timeline__branch")
    }
    assert council == {amsterdam: date(2022, 3, 24), den_haag: date(2022, 3, 30)}


def test_history_of_each_branch_tells_who_started_it(
    election: Election, template: TemplateVersion, by: User
) -> None:
    rows = {branch("GM0518"), branch("GM0503")}
    service.start(election=election, template=template, by=by, today=TODAY)
    entries = AuditEntry.objects.filter(verb="timeline.started")
    assert {entry.branch for entry in entries} == rows
    for entry in entries:
        assert (entry.actor, entry.day) == (by, TODAY)
        assert entry.params["election"] == election.name
        assert Timeline.objects.get(pk=entry.subject_id).branch == entry.branch


# Municipalities of 2022 that really vote, enough for a small country.
CODES = ("GM0518", "GM0503", "GM0599", "GM0344", "GM0014", "GM0202", "GM0772", "GM0855", "GM0363")


def test_the_number_of_statements_does_not_grow_with_the_branches(
    election: Election, template: TemplateVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            start(election, template)
        # SQLite takes so many values a statement; how many inserts that makes is its own affair.
        bulk = f'INSERT INTO "{Milestone._meta.db_table}"'
        return sum(not each["sql"].startswith(bulk) for each in captured)

    branch(CODES[0])
    one = statements()
    for code in CODES[1:4]:
        branch(code)
    assert statements() == one
    # And with the chunks: the same again for each chunk that is full.
    monkeypatch.setattr(service, "CHUNK", 2)
    for code in CODES[4:8]:
        branch(code)
    assert one < statements() < 3 * one
    assert Timeline.objects.count() == 8


def test_a_preview_counts_and_writes_nothing(election: Election, template: TemplateVersion) -> None:
    branch("GM0518")
    start(election, template)
    branch("GM0503")
    branch("GM9999")
    before = Timeline.objects.count(), AuditEntry.objects.count()
    found = service.preview_start(election=election, template=template)
    assert (found.new, found.existing) == (1, 1)
    assert found.days["polling_day"].target == election.polling_day
    assert len(found.days) == template.milestones.count()
    assert (Timeline.objects.count(), AuditEntry.objects.count()) == before


def test_asking_puts_one_job_down_and_the_worker_carries_it_out(
    election: Election,
    template: TemplateVersion,
    by: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    branch("GM0518")
    with django_capture_on_commit_callbacks(execute=True):
        roll_out = request(election, template, by)
        assert not Timeline.objects.exists()
    roll_out.refresh_from_db()
    assert roll_out.state == RollOutState.DONE
    assert roll_out.result == {"created": 1, "kept": 0}
    assert (roll_out.total, roll_out.finished) == (1, 1)
    assert Job.objects.get().state == Job.State.DONE
    assert AuditEntry.objects.get(verb="timeline.started").actor == by
    entry = AuditEntry.objects.get(verb="roll_out.requested")
    assert (entry.branch, entry.params["kind"]) == (None, "start")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="others do without")
def test_the_database_has_looked_at_what_a_roll_out_wrote(
    election: Election, template: TemplateVersion, by: User
) -> None:
    branch("GM0344")
    roll_out = request(election, template, by)
    roll_out_now(roll_out_id=roll_out.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'process_milestone'")
        assert cursor.fetchone() == (Milestone.objects.count(),)


def test_a_finished_roll_out_is_not_done_again(
    election: Election, template: TemplateVersion, by: User
) -> None:
    branch("GM0518")
    roll_out = request(election, template, by)
    first = service.carry_out(roll_out=roll_out, today=TODAY)
    branch("GM0503")
    assert service.carry_out(roll_out=roll_out, today=TODAY) == first
    assert Timeline.objects.count() == 1


def test_two_at_once_are_refused_and_one_after_the_other_are_not(
    election: Election, template: TemplateVersion, by: User
) -> None:
    first = request(election, template, by)
    with pytest.raises(Refused):
        request(election, template, by)
    request(ElectionFactory(polling_day=date(2026, 3, 18)), template, by)
    service.carry_out(roll_out=first, today=TODAY)
    request(election, template, by)
    assert RollOut.objects.filter(election=election).count() == 2


def test_a_draft_is_not_rolled_out(election: Election, template: TemplateVersion, by: User) -> None:
    assert template.number == 1
    with pytest.raises(Refused):
        request(election, start_draft(by=by, today=TODAY), by)
    assert not RollOut.objects.exists()
    assert not Job.objects.exists()


def test_what_is_refused_when_the_worker_comes_to_it_is_told_and_blocks_nothing(
    election: Election, template: TemplateVersion, by: User
) -> None:
    branch("GM0518")
    start(election, template)
    roll_out = request(
        election,
        template,
        by,
        kind=RollOut.Kind.POLLING_DAY,
        new_polling_day=date(2022, 3, 15),
    )
    # Meanwhile a branch agreed its top ten on that very day.
    Timeline.objects.update(top_ten_agreed_on=date(2022, 3, 15))
    assert jobs.run(Job.objects.get().pk, now=NOW) is True
    roll_out.refresh_from_db()
    election.refresh_from_db()
    assert roll_out.state == RollOutState.FAILED
    assert roll_out.result["reason"]
    assert election.polling_day == date(2022, 3, 16)
    assert request(election, template, by).state == RollOutState.WAITING


def test_a_roll_out_whose_job_was_given_up_does_not_block_the_next(
    election: Election, template: TemplateVersion, by: User
) -> None:
    roll_out = request(election, template, by)
    Job.objects.update(state=Job.State.PARKED, error="the worker died each time")
    request(election, template, by)
    roll_out.refresh_from_db()
    assert roll_out.state == RollOutState.FAILED
    assert roll_out.result == {"reason": "the worker died each time"}
    assert str(roll_out).endswith(election.name)
