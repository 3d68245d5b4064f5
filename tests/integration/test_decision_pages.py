"""Recording and replacing decisions on the page: one form that cannot be wrong in order."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from branches.models import AuditEntry
from process.enums import DecisionKind, MeetingKind, MeetingStatus, MilestoneStatus
from process.models import Decision, Timeline
from tests.clock import FixedClock
from tests.factories import MembershipFactory
from tests.integration import decision_stage as stage
from tests.integration.decision_stage import (
    ADOPT,
    ADOPTED,
    SET_LIST,
    TODAY,
    SignIn,
    form,
    milestone,
    pdf,
    url,
)
from tests.process_factories import (
    BOTH,
    READY_FOR_DRAFT,
    MeetingFactory,
    TimelineFactory,
    decide,
    ready_to_adopt,
)

pytestmark = pytest.mark.django_db
board, desk, timeline = stage.board, stage.desk, stage.timeline


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
    assert answer["Location"] == reverse("process:committee", args=[timeline.branch.slug])
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
