"""Harlingen's council group is halfway its evaluation: there is work for whoever steps in."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import AuditEntry, User
from demo.data import carrying, verdicts
from demo.models import DemoPersona
from demo.services.living import live_on, take_back
from evaluation.enums import CarryOver, EvidenceKind, Verdict
from evaluation.models import Assessment, Assignment, Comment, Evaluation, Evidence, Promise
from process.enums import MilestoneStatus
from process.models import Milestone, Timeline
from process.queries.timelines import happened
from process.rules import order
from process.services.milestones import finish, record_part
from programmes.models import Programme
from tests.integration import demonstration

made = demonstration.made
pytestmark = [pytest.mark.usefixtures("made"), pytest.mark.django_db]
BEGIN = date(2021, 10, 4)


@pytest.fixture
def evaluation() -> Evaluation:
    return Evaluation.objects.select_related("branch", "programme", "timeline").get(
        branch__slug="harlingen"
    )


@pytest.fixture
def leader() -> User:
    return DemoPersona.objects.get(key="council-group").user


def milestone(key: str) -> Milestone:
    return Milestone.objects.get(timeline__branch__slug="harlingen", key=key)


def the_programme_of_2018_is_evaluated_for_the_election_of_2022(
    evaluation: Evaluation,
) -> None:
    assert evaluation.branch.slug == "harlingen"
    assert (evaluation.programme.year, evaluation.programme.kind) == (2018, "previous")
    assert evaluation.timeline is not None
    assert evaluation.timeline.polling_day == date(2022, 3, 16)
    assert evaluation.promises.count() == 64
    previous = Programme.objects.filter(branch=evaluation.branch, kind="previous")
    assert previous.get() == evaluation.programme


def all_promises_are_dealt_out_over_five_people(evaluation: Evaluation) -> None:
    held = Counter(
        Assignment.objects.filter(promise__evaluation=evaluation).values_list("person", flat=True)
    )
    assert len(held) == 5
    assert min(held.values()) >= 7
    assert not evaluation.promises.filter(assignments=None).exists()
    assert not evaluation.promises.filter(portfolio="").exists()


def most_are_judged_four_are_argued_about_and_much_is_open(evaluation: Evaluation) -> None:
    outcomes = Counter(evaluation.promises.values_list("verdict", flat=True))
    assert outcomes[Verdict.NOT_ASSESSED] == 20
    assert set(outcomes) == set(Verdict.values)
    disputed = evaluation.promises.filter(disputed=True)
    assert disputed.count() == 4
    for promise in disputed:
        found = promise.assessments.all()
        assert len({one.verdict for one in found}) == len(found) == 2
        assert all(one.note for one in found), "both say why"
    settled = evaluation.promises.get(settled_on__isnull=False)
    assert settled.settled_because
    decided = Counter(evaluation.promises.values_list("carry_over", flat=True))
    assert decided[CarryOver.CARRY] == len(carrying.CARRIED)
    assert decided[CarryOver.DROP] == len(carrying.DROPPED)
    assert decided[CarryOver.OPEN] > 40
    for promise in evaluation.promises.exclude(verdict=Verdict.NOT_ASSESSED):
        assert promise.assessments.exists()


def there_is_evidence_of_three_kinds_and_talk(evaluation: Evaluation) -> None:
    evidence = Evidence.objects.filter(promise__evaluation=evaluation)
    kinds = set(evidence.values_list("kind", flat=True))
    assert {EvidenceKind.LINK, EvidenceKind.COUNCIL_DOCUMENT, EvidenceKind.NOTE} <= kinds
    assert evidence.count() == len(verdicts.EVIDENCE)
    assert evidence.filter(public=False).exists()
    assert Comment.objects.count() == len(verdicts.REMARKS)
    assert evaluation.promises.exclude(explanation="").count() == len(verdicts.EXPLAINED)


def nobody_judged_after_today_or_outside_the_group(evaluation: Evaluation) -> None:
    group = set(
        User.objects.filter(
            memberships__branch=evaluation.branch, memberships__role="council_group"
        )
    )
    assert len(group) == 5
    judged = Assessment.objects.filter(promise__evaluation=evaluation).select_related("assessor")
    assert {one.assessor for one in judged} == group
    assert not Assessment.objects.filter(assessed_on__gte=BEGIN).exists()
    assert not Evidence.objects.filter(added_on__gte=BEGIN).exists()
    assert AuditEntry.objects.filter(verb__startswith="promise.assessed").count() == (
        Assessment.objects.count()
    )


def the_leader_finds_promises_of_their_own_to_judge(leader: User) -> None:
    mine = Promise.objects.filter(assignments__person=leader)
    assert mine.exclude(assessments__assessor=leader).count() >= 5
    assert mine.filter(assessments__assessor=leader).count() >= 8


def the_milestones_say_how_far_it_is_and_nobody_ticked_them_off() -> None:
    expected = {
        "previous_loaded": (MilestoneStatus.DONE, 64, 64),
        "promises_assessed": (MilestoneStatus.STARTED, 44, 64),
        # What was delivered asks for no decision (R40); one of those goes on all the same (R41).
        "carry_over_decided": (MilestoneStatus.STARTED, 17, 46),
    }
    for key, standing in expected.items():
        row = milestone(key)
        assert (row.status, row.progress_done, row.progress_total) == standing, key


def test_the_evaluation_stands_as_the_story_tells(evaluation: Evaluation, leader: User) -> None:
    # One world for all of it: to make the country takes seconds.
    the_programme_of_2018_is_evaluated_for_the_election_of_2022(evaluation)
    all_promises_are_dealt_out_over_five_people(evaluation)
    most_are_judged_four_are_argued_about_and_much_is_open(evaluation)
    there_is_evidence_of_three_kinds_and_talk(evaluation)
    nobody_judged_after_today_or_outside_the_group(evaluation)
    the_leader_finds_promises_of_their_own_to_judge(leader)
    the_milestones_say_how_far_it_is_and_nobody_ticked_them_off()


def test_oirschot_is_done_and_shows_everybody_what_came_of_it(client: Client) -> None:
    done = Evaluation.objects.get(branch__slug="oirschot")
    assert done.promises.count() == 16
    assert not done.promises.filter(verdict=Verdict.NOT_ASSESSED).exists()
    undecided = done.promises.exclude(verdict=Verdict.DELIVERED).filter(carry_over=CarryOver.OPEN)
    assert not undecided.exists()
    for key in ("previous_loaded", "promises_assessed", "carry_over_decided"):
        row = Milestone.objects.get(timeline__branch__slug="oirschot", key=key)
        assert row.status == MilestoneStatus.DONE
        assert row.progress_done == row.progress_total, key
    address = reverse("evaluation:public", args=["oirschot", done.pk])
    assert address in client.get(reverse("demo:personas")).content.decode()
    page = client.get(address).content.decode()
    assert "Elk dorp telt" in page
    assert "vrijwilligers" not in page, "evidence for each other stays inside"


def test_the_draft_waits_for_what_the_group_passes_on(leader: User) -> None:
    """R40: no draft before the carry-over; ticking that off is what lets it go."""
    timeline = Timeline.objects.get(branch__slug="harlingen")
    days, dropped = happened(timeline)
    assert "draft_sent" not in days
    assert order.problems_of(key="draft_sent", day=BEGIN, days=days, dropped=dropped)
    row = milestone("carry_over_decided")
    record_part(milestone=row, part_key="no_open_carry_over", by=leader, today=BEGIN)
    finish(milestone=row, by=leader, today=BEGIN, revision=row.revision)
    days, dropped = happened(timeline)
    assert not order.problems_of(key="draft_sent", day=BEGIN, days=days, dropped=dropped)


def test_the_clock_leaves_the_evaluation_to_the_visitor(evaluation: Evaluation) -> None:
    def rows() -> list[tuple[object, ...]]:
        return list(evaluation.promises.order_by("pk").values_list("verdict", "carry_over"))

    before, count = rows(), milestone("promises_assessed").progress_done
    live_on(since=BEGIN, until=date(2022, 3, 17))
    take_back(day=BEGIN)
    assert rows() == before
    assert milestone("promises_assessed").progress_done == count


def test_a_visitor_reads_in_a_programme_of_their_own_beside_the_one_that_is_there(
    client: Client,
) -> None:
    address = reverse("programmes:import_new", args=["harlingen"])
    page = client.get(reverse("demo:personas")).content.decode()
    assert address in page
    step_in = reverse("demo:step_in", args=["council-group"])
    answer = client.post(step_in, {"next": address})
    assert answer["Location"] == address
    assert client.get(address).status_code == 200
    # Without a wish, or with one for another site: where the work is.
    own = reverse("evaluation:evaluation", args=["harlingen"])
    assert client.post(step_in, follow=True).redirect_chain == [(own, 302)]
    elsewhere = client.post(step_in, {"next": "https://elsewhere.example/"})
    assert elsewhere["Location"] == own
