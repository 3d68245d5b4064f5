"""Starting an evaluation, dealing it out, following its programme."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches import ownership
from branches.models import AuditEntry, User
from core.refusal import Refused
from evaluation.models import Assignment, Evaluation, Promise
from evaluation.ownership import PromiseOwnership
from evaluation.services.dealing import deal_out, name_portfolios, set_portfolio
from evaluation.services.following import ProgrammeFollower
from evaluation.services.starting import start
from programmes.enums import ProgrammeKind
from programmes.models import Measure
from tests.clock import FIRST_DAY
from tests.evaluation_factories import TWO_CHAPTERS, evaluation_of
from tests.factories import BranchFactory, MembershipFactory, UserFactory
from tests.integration.evaluation.judging import council_member, judge, promise_of
from tests.process_factories import TimelineFactory
from tests.programme_factories import ProgrammeFactory, programme_with

pytestmark = pytest.mark.django_db

FOLLOWER = ProgrammeFollower()


def progress_of(evaluation: Evaluation, key: str) -> tuple[Any, Any]:
    row = evaluation.timeline.milestones.get(key=key)  # type: ignore[union-attr]
    return row.progress_done, row.progress_total


# Starting -----------------------------------------------------------------------------------------


def test_every_current_measure_becomes_a_promise_and_the_timeline_hears_of_it() -> None:
    timeline = TimelineFactory()
    programme = programme_with(TWO_CHAPTERS, branch=timeline.branch)
    Measure.objects.filter(number=3).update(retired_on=FIRST_DAY)
    user = UserFactory()
    evaluation = start(programme=programme, timeline=timeline, by=user, today=FIRST_DAY)
    assert evaluation.promises.count() == 2
    assert progress_of(evaluation, "promises_assessed") == (0, 2)
    assert AuditEntry.objects.get(verb="evaluation.started").params["count"] == 2


def test_started_twice_it_is_started_once() -> None:
    programme = programme_with(TWO_CHAPTERS)
    user = UserFactory()
    first = start(programme=programme, timeline=None, by=user, today=FIRST_DAY)
    assert start(programme=programme, timeline=None, by=user, today=FIRST_DAY) == first
    assert Promise.objects.count() == 3


def test_only_a_previous_programme_of_a_branch_with_something_in_it_can_be_started() -> None:
    user = UserFactory()
    draft = programme_with(TWO_CHAPTERS, kind=ProgrammeKind.DRAFT)
    base = ProgrammeFactory(branch=None, kind=ProgrammeKind.BASE)
    for programme in (draft, base, ProgrammeFactory()):
        with pytest.raises(Refused):
            start(programme=programme, timeline=None, by=user, today=FIRST_DAY)
    with pytest.raises(Refused):
        start(
            programme=programme_with(TWO_CHAPTERS),
            timeline=TimelineFactory(),
            by=user,
            today=FIRST_DAY,
        )
    assert not Evaluation.objects.exists()


# Dealing out --------------------------------------------------------------------------------------


def plan(evaluation: Evaluation, **people: list[User]) -> dict[int, list[int]]:
    return {
        promise_of(evaluation, int(number[1:])).pk: [user.pk for user in users]
        for number, users in people.items()
    }


def who_has(evaluation: Evaluation) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Assignment.objects.filter(promise__evaluation=evaluation).order_by("person__name")
    for number, name in rows.values_list("promise__measure__number", "person__name"):
        found.setdefault(number, []).append(name)
    return found


def test_dealing_replaces_who_has_it_and_leaves_the_rest(
    evaluation: Evaluation, ans: User, bram: User
) -> None:
    first = plan(evaluation, p1=[ans], p2=[ans, bram])
    assert deal_out(evaluation=evaluation, plan=first, by=ans, today=FIRST_DAY) == 2
    second = plan(evaluation, p1=[bram], p3=[])
    assert deal_out(evaluation=evaluation, plan=second, by=ans, today=FIRST_DAY) == 1
    assert who_has(evaluation) == {1: ["Bram"], 2: ["Ans", "Bram"]}
    assert progress_of(evaluation, "previous_loaded") == (2, 3)


def test_dealing_the_same_again_changes_nothing(evaluation: Evaluation, ans: User) -> None:
    same = plan(evaluation, p1=[ans])
    deal_out(evaluation=evaluation, plan=same, by=ans, today=FIRST_DAY)
    assert deal_out(evaluation=evaluation, plan=same, by=ans, today=FIRST_DAY) == 0
    assert AuditEntry.objects.filter(verb="evaluation.dealt_out").count() == 1


def test_nothing_is_dealt_to_outsiders_and_nothing_of_others_is_dealt(
    evaluation: Evaluation, ans: User, board: User
) -> None:
    elsewhere = evaluation_of(branch=BranchFactory())
    stranger = council_member(elsewhere, "Vreemd")
    for wrong in (
        plan(evaluation, p1=[ans], p2=[stranger]),
        plan(evaluation, p1=[board]),
        plan(evaluation, p1=[ans]) | plan(elsewhere, p1=[ans]),
    ):
        with pytest.raises(Refused):
            deal_out(evaluation=evaluation, plan=wrong, by=ans, today=FIRST_DAY)
    assert not Assignment.objects.exists()


def test_dealing_asks_the_database_as_often_for_one_promise_as_for_three(
    evaluation: Evaluation, ans: User, bram: User
) -> None:
    with CaptureQueriesContext(connection) as one:
        deal_out(evaluation=evaluation, plan=plan(evaluation, p1=[ans]), by=ans, today=FIRST_DAY)
    three = plan(evaluation, p1=[bram], p2=[bram], p3=[ans, bram])
    with CaptureQueriesContext(connection) as many:
        deal_out(evaluation=evaluation, plan=three, by=ans, today=FIRST_DAY)
    # Looking up the first plan's promise is one of the first count; taking Ans's away, of the rest.
    assert len(many) <= len(one) + 1


def test_portfolios_are_named_by_section_and_raise_the_revision(
    evaluation: Evaluation, ans: User
) -> None:
    housing = promise_of(evaluation, 1).measure.section_id
    assert housing is not None
    count = name_portfolios(
        evaluation=evaluation, names={housing: "Wonen"}, by=ans, today=FIRST_DAY
    )
    assert count == 2
    assert promise_of(evaluation, 1).portfolio == "Wonen"
    assert promise_of(evaluation, 1).revision == 1
    assert promise_of(evaluation, 3).portfolio == ""
    everything = evaluation.promises.all()
    assert set_portfolio(promises=everything, portfolio="", by=ans, today=FIRST_DAY) == 2
    assert set_portfolio(promises=everything, portfolio="", by=ans, today=FIRST_DAY) == 0
    assert AuditEntry.objects.filter(verb="evaluation.portfolio_removed").count() == 1


# Following the programme --------------------------------------------------------------------------


def test_a_corrected_file_brings_its_new_measures_and_drops_none(
    evaluation: Evaluation, ans: User
) -> None:
    judge(promise_of(evaluation, 1), "delivered", by=ans)
    programme = evaluation.programme
    section = promise_of(evaluation, 3).measure.section
    Measure.objects.filter(programme=programme, number=2).update(retired_on=FIRST_DAY)
    Measure.objects.create(programme=programme, section=section, number=4, text="Nieuw.")
    Measure.objects.create(programme=programme, section=section, number=5, text="Ook nieuw.")
    FOLLOWER.written(programme=programme, by=ans, today=FIRST_DAY)
    FOLLOWER.written(programme=programme, by=ans, today=FIRST_DAY)
    assert evaluation.promises.count() == 5
    assert promise_of(evaluation, 1).verdict == "delivered"
    assert progress_of(evaluation, "promises_assessed") == (1, 4)
    assert AuditEntry.objects.get(verb="evaluation.promises_added").params["count"] == 2


def test_an_evaluation_that_was_only_dealt_out_goes_with_its_programme(
    evaluation: Evaluation, ans: User
) -> None:
    deal_out(evaluation=evaluation, plan=plan(evaluation, p1=[ans]), by=ans, today=FIRST_DAY)
    FOLLOWER.withdrawn(programme=evaluation.programme, by=ans, today=FIRST_DAY)
    assert not Evaluation.objects.exists()
    assert progress_of(evaluation, "promises_assessed") == (None, None)


def test_work_that_people_did_keeps_the_programme_where_it_is(
    evaluation: Evaluation, ans: User
) -> None:
    judge(promise_of(evaluation, 2), "partly", by=ans)
    with pytest.raises(Refused):
        FOLLOWER.withdrawn(programme=evaluation.programme, by=ans, today=FIRST_DAY)
    assert evaluation.promises.count() == 3


@pytest.mark.parametrize(
    "change",
    [
        {"explanation": "Omdat."},
        {"carry_over": "carry"},
        {"good": True},
        {"topical": False},
        {"weight": 2},
    ],
)
def test_each_thing_that_people_say_counts_as_work(
    evaluation: Evaluation, ans: User, change: dict[str, Any]
) -> None:
    Promise.objects.filter(measure__number=3).update(**change)
    with pytest.raises(Refused):
        FOLLOWER.withdrawn(programme=evaluation.programme, by=ans, today=FIRST_DAY)


def test_a_programme_without_evaluation_is_nothing_to_follow() -> None:
    programme = programme_with(TWO_CHAPTERS)
    FOLLOWER.written(programme=programme, by=UserFactory(), today=FIRST_DAY)
    FOLLOWER.withdrawn(programme=programme, by=UserFactory(), today=FIRST_DAY)
    assert not AuditEntry.objects.exists()


# Leaving ------------------------------------------------------------------------------------------


def test_who_leaves_hands_over_what_they_did_not_judge(
    evaluation: Evaluation, ans: User, bram: User
) -> None:
    dealt = plan(evaluation, p1=[ans], p2=[ans, bram], p3=[ans])
    deal_out(evaluation=evaluation, plan=dealt, by=ans, today=FIRST_DAY)
    judge(promise_of(evaluation, 1), "delivered", by=ans)
    branch = evaluation.branch
    assert ownership.owned(user=ans, branch=branch) == PromiseOwnership().owned(
        user=ans, branch=branch
    )
    assert "2" in ownership.owned(user=ans, branch=branch)[0]
    moved = ownership.hand_over(user=ans, branch=branch, to=bram, by=bram, today=FIRST_DAY)
    assert moved == 2
    assert who_has(evaluation) == {1: ["Ans"], 2: ["Bram"], 3: ["Bram"]}
    assert AuditEntry.objects.get(verb="evaluation.handed_over").params["to"] == "Bram"
    assert ownership.owned(user=ans, branch=branch) == []


@pytest.mark.parametrize("successor", [None, "board"])
def test_what_nobody_of_the_council_group_takes_over_is_dealt_out_again(
    evaluation: Evaluation, ans: User, board: User, successor: str | None
) -> None:
    deal_out(evaluation=evaluation, plan=plan(evaluation, p1=[ans]), by=ans, today=FIRST_DAY)
    moved = ownership.hand_over(
        user=ans,
        branch=evaluation.branch,
        to=board if successor else None,
        by=board,
        today=FIRST_DAY,
    )
    assert moved == 1
    assert who_has(evaluation) == {}
    assert progress_of(evaluation, "previous_loaded") == (0, 3)
    assert AuditEntry.objects.filter(verb="evaluation.handed_back").exists()


def test_what_people_have_elsewhere_stays(evaluation: Evaluation, ans: User) -> None:
    other = evaluation_of(branch=BranchFactory())
    MembershipFactory(branch=other.branch, role="council_group", user=ans)
    deal_out(evaluation=other, plan=plan(other, p1=[ans]), by=ans, today=FIRST_DAY)
    assert PromiseOwnership().owned(user=ans, branch=evaluation.branch) == []
    assert (
        PromiseOwnership().hand_over(
            user=ans, branch=evaluation.branch, to=None, by=ans, today=FIRST_DAY
        )
        == 0
    )
    assert who_has(other) == {1: ["Ans"]}
