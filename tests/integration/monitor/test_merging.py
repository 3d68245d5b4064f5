"""Branches merge and end: who goes along, what stays, what is refused."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

import pytest

from branches import audit
from branches.enums import Role
from branches.models import AuditEntry, Branch, Invitation, Membership, NationalOfficer, User
from branches.services import merging
from branches.services.errors import Refused
from branches.services.merging import HasEnded, NameTaken, NotYet, TooFew
from branches.succession import Effect
from branches.viewer import Viewer
from core.refusal import Refused as AnyRefused
from monitor.models import ContactPerson
from monitor.services.help import ask
from notifications.models import Preference, Reminder
from process.enums import FeedScope, MeetingKind, MilestoneStatus, TargetOrigin
from process.models import CalendarFeed, Decision, Timeline
from process.services.calendar_feeds import open_feed
from tests.at_once import at_once
from tests.consultation_factories import consultation_of, gathering_of
from tests.factories import BranchFactory, InvitationFactory, MembershipFactory
from tests.integration.monitor.merger_stage import OWN_DAY, TODAY, Stage, build_stage
from tests.integration.notifications.telling import plan_on
from tests.process_factories import BOTH, MeetingFactory, decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return build_stage()


def roles(branch: Branch) -> set[tuple[User, str, str]]:
    held = Membership.objects.active(today=TODAY).filter(branch=branch)
    return {(row.user, row.role, row.function) for row in held.select_related("user")}


def said(done: merging.Done) -> str:
    return "\n".join(line for one in done.effects for line in (one.sentence, *one.details))


def test_people_go_along_in_their_roles_once_and_end_where_they_were(stage: Stage) -> None:
    both = MembershipFactory(branch=stage.rheden, role=Role.COMMITTEE, function="schrijver").user
    MembershipFactory(
        user=both, branch=stage.rozendaal, role=Role.COMMITTEE, ended_on=date(2022, 1, 1)
    )
    left = MembershipFactory(branch=stage.rheden, ended_on=date(2021, 5, 1)).user
    asked = InvitationFactory(branch=stage.rheden)
    done = stage.merge()
    assert roles(done.branch) == {
        (stage.anna, "board", "voorzitter"),
        (stage.bram, "board", ""),
        (both, "committee", "schrijver"),
    }
    assert Membership.objects.get(user=both, branch=done.branch).ended_on is None
    assert done.people == 3
    assert not roles(stage.rheden) | roles(stage.rozendaal)
    # History keeps who was what until when.
    assert Membership.objects.get(user=stage.anna, branch=stage.rheden).ended_on == TODAY
    assert not Membership.objects.filter(user=left, branch=done.branch).exists()
    assert Invitation.objects.get(pk=asked.pk).withdrawn_on == TODAY


def test_the_successor_stands_for_all_that_ever_merged_into_it(
    stage: Stage, viewer_for: Callable[..., Viewer]
) -> None:
    first = stage.merge().branch
    arnhem = BranchFactory(name="Arnhem")
    member = MembershipFactory(branch=arnhem, role=Role.MEMBER).user
    last = stage.merge(branches=[first, arnhem], into=arnhem, name="").branch
    assert last == arnhem
    stage.rheden.refresh_from_db()
    assert (stage.rheden.merged_into, stage.rheden.heir) == (first, arnhem)
    viewer = viewer_for(member)
    assert viewer.roles == dict.fromkeys(
        [arnhem.pk, first.pk, stage.rheden.pk, stage.rozendaal.pk], frozenset({Role.MEMBER})
    )
    assert viewer.branches == [arnhem]
    # A board of today has no board's rights in what was.
    assert viewer_for(stage.anna).roles_in(stage.rheden) == {Role.MEMBER}


def test_the_new_branch_gets_its_way_and_keeps_the_days_that_fit(stage: Stage) -> None:
    decide(stage.way, *BOTH, day=date(2021, 3, 20))
    mine, theirs = stage.way.milestones, stage.other_way.milestones
    for rows, key in (
        (mine, "people_approached"),
        (theirs, "people_approached"),
        (mine, "promises_assessed"),
    ):
        rows.filter(key=key).update(status=MilestoneStatus.DONE, done_on=date(2021, 2, 1))
    mine.filter(key="programme_adopted").update(target=OWN_DAY, target_origin=TargetOrigin.BRANCH)
    too_late = stage.election.polling_day + timedelta(days=1)
    theirs.filter(key="top_ten_agreed").update(target=too_late, target_origin=TargetOrigin.BRANCH)
    done = stage.merge()
    timeline = Timeline.objects.get(branch=done.branch)
    assert (timeline.election, timeline.polling_day) == (
        stage.election,
        stage.election.polling_day,
    )
    adopted = timeline.milestones.get(key="programme_adopted")
    assert (adopted.target, adopted.target_origin) == (OWN_DAY, TargetOrigin.BRANCH)
    assert timeline.milestones.get(key="top_ten_agreed").target < stage.election.polling_day
    assert str(too_late.year) in said(done)
    # Both had asked people already: nobody is asked to do that again, and the reason says so.
    asked = timeline.milestones.get(key="people_approached")
    assert asked.status == MilestoneStatus.DROPPED
    assert "Rheden, Rozendaal" in asked.dropped_reason
    # One of them had its promises judged, and the meeting's decisions are the meeting's own.
    assert timeline.milestones.get(key="promises_assessed").status == MilestoneStatus.PLANNED
    # What was decided stays where it was decided, and the way of before as it was.
    assert not Decision.objects.filter(timeline=timeline).exists()
    assert timeline.committee_appointed_on is None
    stage.way.refresh_from_db()
    assert stage.way.committee_appointed_on == date(2021, 3, 20)
    assert Decision.objects.filter(timeline=stage.way).count() == 2


def test_into_one_of_them_its_own_way_goes_on_untouched(stage: Stage) -> None:
    decide(stage.way, *BOTH, day=date(2021, 3, 20))
    done = stage.merge(into=stage.rheden, name="")
    assert done.branch == stage.rheden
    assert stage.rheden.closed_on is None
    assert list(Timeline.objects.filter(branch=stage.rheden)) == [stage.way]
    assert set(stage.rheden.municipalities.values_list("code", flat=True)) == {"GM0275", "GM0277"}
    assert stage.rozendaal.merged_into == stage.rheden


def test_meetings_to_come_and_calendars_go_along_and_a_gathering_stays(stage: Stage) -> None:
    coming = MeetingFactory(branch=stage.rheden, day=date(2021, 11, 12), kind=MeetingKind.MEMBERS)
    been = MeetingFactory(branch=stage.rheden, day=date(2021, 9, 1))
    input_ = gathering_of(consultation_of(stage.way), day=date(2021, 11, 20)).meeting
    for branch in (stage.rheden, stage.rozendaal):
        MembershipFactory(user=stage.anna, branch=branch, role=Role.COUNCIL_GROUP)
        open_feed(by=stage.anna, scope=FeedScope.BRANCH, branch=branch, today=TODAY)
    done = stage.merge()
    for meeting in (coming, been, input_):
        meeting.refresh_from_db()
    assert (coming.branch, been.branch, input_.branch) == (
        done.branch,
        stage.rheden,
        stage.rheden,
    )
    assert coming.title in said(done)
    assert input_.title in said(done)
    assert CalendarFeed.objects.get(user=stage.anna).branch == done.branch


def test_what_waits_falls_silent_and_what_is_told_of_a_meeting_goes_along(stage: Stage) -> None:
    MeetingFactory(branch=stage.rheden, day=TODAY + timedelta(days=9), planned_on=TODAY)
    Preference.objects.create(user=stage.anna, branch=stage.rheden, weekly=False)
    stage.way.milestones.filter(key="draft_sent").update(deadline=TODAY + timedelta(days=2))
    plan_on()
    waiting = Reminder.objects.filter(state="waiting", branch=stage.rheden)
    about = set(waiting.values_list("rule", flat=True))
    assert any(rule.startswith("meeting.") for rule in about)
    assert any(rule.startswith("milestone.") for rule in about)
    done = stage.merge()
    plan_on()
    assert not waiting.exists()
    moved = Reminder.objects.filter(state="waiting", branch=done.branch, recipient=stage.anna)
    assert moved.filter(rule="meeting.planned").count() == 1
    # Who wanted no weekly mail of Rheden wants none of what it became.
    assert Preference.objects.get(user=stage.anna, branch=done.branch).weekly is False


def test_what_the_office_still_had_to_do_goes_along(stage: Stage) -> None:
    ContactPerson.objects.create(branch=stage.rheden, person=stage.lotte, since=TODAY)
    asked = ask(
        branch=stage.rozendaal,
        by=stage.bram,
        subject="Hoe verder?",
        text="Wie belt er?",
        milestone_key="",
        submission=uuid.uuid4(),
        today=TODAY,
        now=datetime(2021, 10, 4, 9, 30, tzinfo=UTC),
    )
    done = stage.merge()
    asked.refresh_from_db()
    assert asked.branch == done.branch
    assert ContactPerson.objects.get().branch == done.branch
    merging.close(by=stage.lotte, branch=done.branch, because="Op.", day=TODAY, today=TODAY)
    asked.refresh_from_db()
    assert (asked.state, asked.waiting_since) == ("closed", None)


def test_each_branch_tells_it_in_its_own_history(stage: Stage) -> None:
    done = stage.merge()
    found = AuditEntry.objects.filter(verb__startswith="branches.merged")
    assert {(row.branch, row.verb) for row in found} == {
        (stage.rheden, "branches.merged_into"),
        (stage.rozendaal, "branches.merged_into"),
        (done.branch, "branches.merged_from"),
    }
    for row in found:
        assert "Veluwezoom" in audit.sentence(row)
        assert "Beide ledenvergaderingen" in audit.sentence(row)


def test_a_look_says_what_the_act_says_and_leaves_everything_as_it_was(stage: Stage) -> None:
    MeetingFactory(branch=stage.rheden, day=date(2021, 11, 12))
    before = (Branch.objects.count(), Membership.objects.count(), AuditEntry.objects.count())
    look = merging.preview(stage.merge)
    stage.rheden.refresh_from_db()
    assert stage.rheden.closed_on is None
    assert before == (
        Branch.objects.count(),
        Membership.objects.count(),
        AuditEntry.objects.count(),
    )
    assert said(stage.merge()) == said(look)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"day": TODAY + timedelta(days=1)}, NotYet),
        ({"day": TODAY - timedelta(days=400)}, NotYet),
        ({"name": "arnhem"}, NameTaken),
        ({"branches": []}, TooFew),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    stage: Stage, given: dict[str, Any], error: type[Refused]
) -> None:
    BranchFactory(name="Arnhem")
    with pytest.raises(error):
        stage.merge(**given)
    assert not Branch.objects.exclude(closed_on=None).exists()
    assert Membership.objects.filter(ended_on=None).count() == 2


def test_done_twice_it_is_done_once(stage: Stage) -> None:
    stage.merge()
    with pytest.raises(HasEnded, match="Rheden"):
        stage.merge(name="Nog eens")
    with pytest.raises(HasEnded):
        merging.close(by=stage.lotte, branch=stage.rheden, because="Op.", day=TODAY, today=TODAY)
    assert Branch.objects.count() == 3


class Refusing:
    """A room that lets nothing merge, after the rooms below did their part."""

    merged_there: ClassVar[list[int]] = []

    def merged(self, **_given: Any) -> list[Effect]:
        self.merged_there.append(Branch.objects.exclude(closed_on=None).count())
        raise AnyRefused("nee")


def test_a_room_that_refuses_stops_all_of_it(stage: Stage, settings: Any) -> None:
    settings.BRANCH_FOLLOWERS = [*settings.BRANCH_FOLLOWERS, f"{__name__}.Refusing"]
    with pytest.raises(AnyRefused, match="nee"):
        stage.merge()
    assert Refusing.merged_there == [2]
    assert not Branch.objects.exclude(closed_on=None).exists()
    assert Timeline.objects.count() == 2
    assert not AuditEntry.objects.filter(verb__startswith="branches.merged").exists()


def test_a_branch_that_ends_ends_for_its_people(
    stage: Stage, viewer_for: Callable[..., Viewer]
) -> None:
    asked = InvitationFactory(branch=stage.rheden)
    done = merging.close(
        by=stage.lotte, branch=stage.rheden, because="Er is niemand.", day=TODAY, today=TODAY
    )
    assert (done.branch.closed_on, done.branch.heir, done.people) == (TODAY, None, 1)
    assert not viewer_for(stage.anna).roles
    assert Invitation.objects.get(pk=asked.pk).withdrawn_on == TODAY
    row = AuditEntry.objects.get(verb="branches.closed")
    assert (row.branch, row.params["because"]) == (stage.rheden, "Er is niemand.")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_file")
def test_twenty_officials_at_once_make_one_merger() -> None:
    stage = build_stage()
    officer = NationalOfficer.objects.get().user

    def act(number: int) -> Branch:
        return merging.merge(
            by=officer,
            branches=[stage.rheden, stage.rozendaal],
            into=None,
            name=f"Samen {number}",
            municipalities=[],
            because="",
            day=TODAY,
            today=TODAY,
        ).branch

    answers = at_once(act)
    assert Counter(type(one).__name__ for one in answers) == {"Branch": 1, "HasEnded": 19}
    assert Branch.objects.active().count() == 1
    assert Membership.objects.filter(ended_on=None).count() == 2
