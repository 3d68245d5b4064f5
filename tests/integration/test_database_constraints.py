"""The database itself refuses what the services refuse: the last fence, one test a constraint.

Here the branches and the process; ``test_database_constraints_rooms`` has the other rooms.
"""

from __future__ import annotations

import uuid
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from branches.enums import Role
from branches.models import Branch, Membership, NationalOfficer, PlaceUse, User
from process.enums import DecisionKind, ElectionKind, FeedScope, MilestoneStatus
from process.models import (
    CalendarFeed,
    Decision,
    DiversityTally,
    Election,
    Meeting,
    Milestone,
    PartRecord,
    TemplateMilestone,
    TemplatePart,
    TemplateVersion,
    Timeline,
    TimetableOverride,
)
from tests.clock import FIRST_DAY
from tests.factories import (
    BranchFactory,
    MembershipFactory,
    NationalOfficerFactory,
    UserFactory,
)
from tests.process_factories import (
    ElectionFactory,
    MeetingFactory,
    TimelineFactory,
    template_version,
)
from tests.refusing import constraints, refuses, same, setting

pytestmark = pytest.mark.django_db

EARLY, LATE = date(2021, 11, 5), date(2021, 11, 19)
POLLING_DAY = date(2022, 3, 16)


def test_one_account_per_address_in_any_case() -> None:
    UserFactory(email="ans@voorbeeld.nl")
    shouted = User(email="ANS@voorbeeld.nl", name="Ans")
    refuses("user_email_any_case", lambda: User.objects.bulk_create([shouted]))
    assert User.objects.filter(email__iexact="ans@voorbeeld.nl").count() == 1


def test_a_role_is_held_once_at_a_time() -> None:
    row = MembershipFactory()
    refuses("membership_once_at_a_time", same(row))
    same(row, role=Role.MEMBER)()
    Membership.objects.filter(pk=row.pk).update(ended_on=FIRST_DAY)
    same(row, ended_on=None, started_on=FIRST_DAY)()
    assert Membership.objects.filter(user=row.user, role=row.role).count() == 2


def test_a_role_does_not_end_before_it_starts() -> None:
    row = MembershipFactory(started_on=FIRST_DAY)
    refuses("membership_ends_after_start", setting(row, ended_on=date(2021, 10, 3)))
    setting(row, ended_on=FIRST_DAY)()
    row.refresh_from_db()
    assert row.ended_on == FIRST_DAY


def test_somebody_works_at_the_national_office_once_at_a_time() -> None:
    row = NationalOfficerFactory()
    refuses("national_once_at_a_time", same(row))
    NationalOfficer.objects.filter(pk=row.pk).update(ended_on=FIRST_DAY)
    same(row, ended_on=None)()
    assert NationalOfficer.objects.filter(user=row.user).count() == 2


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("merged_branch_is_closed", ("merged_into", "heir")),
        ("merged_branch_has_an_heir", ("merged_into", "closed_on")),
        ("merged_branch_is_not_its_own_heir", ("closed_on", "itself")),
    ],
)
def test_a_branch_that_merged_says_when_and_who_stands_for_it(
    constraint: str, wrong: tuple[str, ...]
) -> None:
    branch, other = BranchFactory(), BranchFactory()
    into = branch if "itself" in wrong else other
    values = {"merged_into": into, "heir": into, "closed_on": FIRST_DAY}
    kept = {*wrong, *(("merged_into", "heir") if "itself" in wrong else ())}
    given = {name: value for name, value in values.items() if name in kept}
    refuses(constraint, lambda: Branch.objects.filter(pk=branch.pk).update(**given))


def test_a_place_is_counted_in_one_row_an_hour() -> None:
    refuses("place_use_once_an_hour", same(PlaceUse.objects.create(place="0" * 32, hour=1)))


def test_one_regular_election_a_day_but_a_merger_beside_it() -> None:
    row = ElectionFactory()
    refuses("one_regular_election_a_day", same(row, slug="nog-een"))
    merger = {"kind": ElectionKind.MERGER, "merger_on": date(2023, 1, 1)}
    same(row, slug="herindeling", **merger)()
    assert Election.objects.filter(polling_day=POLLING_DAY).count() == 2


@pytest.mark.parametrize(
    ("kind", "merger_on"),
    [(ElectionKind.REGULAR, date(2022, 1, 1)), (ElectionKind.MERGER, None)],
)
def test_a_merger_date_belongs_to_mergers(kind: ElectionKind, merger_on: date | None) -> None:
    row = ElectionFactory()
    refuses("merger_date_belongs_to_mergers", setting(row, kind=kind, merger_on=merger_on))


def test_one_exception_per_date_and_scope() -> None:
    override = TimetableOverride.objects.create(
        election=ElectionFactory(),
        branch=None,
        key="new_council",
        date=date(2022, 3, 31),
        reason="besluit",
        source="brief",
        reviewed_on=FIRST_DAY,
    )
    refuses("one_national_override_per_date", same(override))
    own = same(override, branch_id=BranchFactory().pk)
    own()
    refuses("one_branch_override_per_date", own)
    assert TimetableOverride.objects.count() == 2


def test_one_calendar_address_per_person_and_scope() -> None:
    feed = CalendarFeed.objects.create(
        user=UserFactory(),
        scope=FeedScope.PERSON,
        nonce="eerste",
        key_hash="1" * 64,
        made_on=FIRST_DAY,
    )
    refuses("one_feed_a_scope", same(feed, key_hash="2" * 64))
    own = {"scope": FeedScope.BRANCH, "branch_id": BranchFactory().pk}
    same(feed, **own, key_hash="3" * 64)()
    refuses("one_feed_a_branch", same(feed, **own, key_hash="4" * 64))
    assert CalendarFeed.objects.count() == 2


def test_one_draft_of_the_template_at_a_time() -> None:
    version = template_version()
    TemplateVersion.objects.create(number=2)
    refuses("one_draft_template", lambda: TemplateVersion.objects.create(number=3))
    assert version.is_draft is False


@pytest.mark.parametrize(("is_draft", "published_on"), [(True, date(2021, 1, 1)), (False, None)])
def test_what_is_published_has_a_day_and_a_draft_has_none(
    *, is_draft: bool, published_on: date | None
) -> None:
    version = template_version()
    changes = {"is_draft": is_draft, "published_on": published_on}
    refuses("published_has_a_day", setting(version, **changes))


def test_a_templates_keys_and_parts_come_once_and_targets_lie_in_their_window() -> None:
    milestone = template_version().milestones.get(key="draft_sent")
    refuses("template_key_once", same(milestone))
    refuses("template_target_in_window", setting(milestone, target_week=-23))
    refuses("template_target_in_window", setting(milestone, target_week=-28))
    part = milestone.parts.first()
    assert isinstance(part, TemplatePart)
    refuses("part_key_once", same(part))
    assert TemplateMilestone.objects.get(pk=milestone.pk).target_week == -25


def test_one_timeline_per_branch_and_election() -> None:
    timeline = TimelineFactory()
    refuses("one_timeline_each", same(timeline))
    same(timeline, election_id=ElectionFactory(polling_day=date(2026, 3, 18)).pk)()
    assert Timeline.objects.filter(branch=timeline.branch).count() == 2


COMMITTEE = {"committee_appointed_on": EARLY, "commission_set_on": EARLY}


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("programme_before_candidate_list", {"candidate_list_set_on": LATE}),
        (
            "programme_before_candidate_list",
            {**COMMITTEE, "programme_adopted_on": LATE, "candidate_list_set_on": EARLY},
        ),
        ("committee_and_commission_before_programme", {"programme_adopted_on": LATE}),
        (
            "committee_and_commission_before_programme",
            {"committee_appointed_on": EARLY, "programme_adopted_on": LATE},
        ),
        (
            "committee_and_commission_before_programme",
            {"commission_set_on": EARLY, "programme_adopted_on": LATE},
        ),
        (
            "committee_and_commission_before_programme",
            {**COMMITTEE, "commission_set_on": LATE, "programme_adopted_on": EARLY},
        ),
        (
            "committee_and_commission_before_programme",
            {**COMMITTEE, "committee_appointed_on": LATE, "programme_adopted_on": EARLY},
        ),
        ("top_ten_before_polling_day", {"top_ten_agreed_on": POLLING_DAY}),
    ],
)
def test_the_order_of_decisions(constraint: str, wrong: dict[str, date]) -> None:
    refuses(constraint, setting(TimelineFactory(), **wrong))


def test_the_same_day_is_in_order() -> None:
    timeline = TimelineFactory()
    setting(
        timeline,
        **COMMITTEE,
        programme_adopted_on=EARLY,
        candidate_list_set_on=EARLY,
        top_ten_agreed_on=date(2022, 3, 15),
    )()
    timeline.refresh_from_db()
    assert timeline.candidate_list_set_on == timeline.programme_adopted_on == EARLY


def test_a_milestone_stands_once_in_a_timeline_and_done_has_a_day() -> None:
    milestone = TimelineFactory().milestones.get(key="draft_sent")
    refuses("milestone_once", same(milestone))
    refuses("done_has_a_day", setting(milestone, status=MilestoneStatus.DONE))
    refuses("done_has_a_day", setting(milestone, done_on=EARLY))
    refuses("dropped_has_a_reason", setting(milestone, status=MilestoneStatus.DROPPED))
    refuses("progress_has_its_total", setting(milestone, progress_done=2, progress_total=1))
    refuses("progress_has_its_total", setting(milestone, progress_total=3))
    setting(milestone, status=MilestoneStatus.DONE, done_on=EARLY)()
    assert Milestone.objects.get(pk=milestone.pk).done_on == EARLY


def test_a_part_is_there_once() -> None:
    milestone = TimelineFactory().milestones.get(key="draft_sent")
    part = PartRecord.objects.create(
        milestone=milestone, part_key="draft_version", recorded_on=FIRST_DAY
    )
    refuses("part_recorded_once", same(part))


def test_one_total_per_answer() -> None:
    tally = DiversityTally.objects.create(
        timeline=TimelineFactory(), question="age", answer="30", count=1
    )
    refuses("one_total_per_answer", same(tally))


@pytest.fixture
def decision() -> Decision:
    timeline = TimelineFactory()
    meeting: Meeting = MeetingFactory(branch=timeline.branch)
    return Decision.objects.create(
        timeline=timeline,
        meeting=meeting,
        kind=DecisionKind.APPOINT_COMMITTEE,
        decided_on=meeting.day,
        text="Benoemd.",
        by_acclamation=True,
        recorded_on=meeting.day,
    )


def test_one_first_decision_of_a_kind_and_one_successor(decision: Decision) -> None:
    refuses("one_first_decision_of_a_kind", same(decision, submission=uuid.uuid4()))
    new = {"submission": uuid.uuid4(), "supersedes_id": decision.pk, "supersede_reason": "fout"}
    same(decision, **new)()
    with pytest.raises(IntegrityError), transaction.atomic():
        same(decision, **{**new, "submission": uuid.uuid4()})()
    with pytest.raises(IntegrityError), transaction.atomic():
        same(decision, kind=DecisionKind.OTHER)()  # the same submission twice
    for _each in range(2):
        same(decision, kind=DecisionKind.OTHER, submission=uuid.uuid4())()
    assert Decision.objects.count() == 4


def test_replacing_asks_a_reason_and_only_replacing_has_one(decision: Decision) -> None:
    new = {"kind": DecisionKind.OTHER, "submission": uuid.uuid4()}
    refuses("superseding_has_a_reason", same(decision, **new, supersede_reason="zomaar"))
    refuses("superseding_has_a_reason", same(decision, **new, supersedes_id=decision.pk))


def test_every_constraint_of_every_room_was_tried() -> None:
    named = {constraint.name for _model, constraint in constraints()}
    pages = sorted(Path(__file__).parent.glob("test_database_constraints*.py"))
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert named
    assert {name for name in named if f'"{name}"' not in text} == set()
