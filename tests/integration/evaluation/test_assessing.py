"""What people find of promises, and what that makes of them."""

from __future__ import annotations

from typing import Any

import pytest

from branches.models import AuditEntry, User
from core.concurrency import Stale
from core.refusal import Refused
from evaluation.enums import Reason, Timing, Verdict
from evaluation.models import Assessment, Evaluation, Promise
from evaluation.services.assessing import assess_many
from evaluation.services.settling import settle
from tests.clock import FIRST_DAY
from tests.integration.evaluation.judging import (
    council_member,
    judge,
    promise_of,
)

pytestmark = pytest.mark.django_db


def progress_of(evaluation: Evaluation, key: str = "promises_assessed") -> tuple[Any, Any]:
    row = evaluation.timeline.milestones.get(key=key)  # type: ignore[union-attr]
    return row.progress_done, row.progress_total


def test_one_verdict_is_the_outcome_with_its_reason_and_moment(
    evaluation: Evaluation, ans: User
) -> None:
    promise = judge(
        promise_of(evaluation, 1),
        Verdict.PARTLY,
        by=ans,
        reason=Reason.NO_MONEY,
        timing=Timing.LATE,
        note="De helft.",
    )
    assert (promise.verdict, promise.reason, promise.timing) == ("partly", "no_money", "late")
    assert promise.revision == 1
    assert Assessment.objects.get().note == "De helft."
    assert progress_of(evaluation) == (1, 3)
    row = AuditEntry.objects.get(verb="promise.assessed.partly")
    assert row.params == {"promise": "1. We bouwen 200 woningen."}


def test_two_who_differ_leave_it_open_and_no_milestone_counts_it(
    evaluation: Evaluation, ans: User, bram: User
) -> None:
    judge(promise_of(evaluation, 1), Verdict.DELIVERED, by=ans)
    promise = judge(promise_of(evaluation, 1), Verdict.NOT_DELIVERED, by=bram)
    assert promise.disputed
    assert promise.verdict == Verdict.NOT_ASSESSED
    assert progress_of(evaluation) == (0, 3)


def test_who_comes_round_ends_the_disagreement(
    evaluation: Evaluation, ans: User, bram: User
) -> None:
    judge(promise_of(evaluation, 1), Verdict.DELIVERED, by=ans)
    judge(promise_of(evaluation, 1), Verdict.PARTLY, by=bram)
    promise = judge(promise_of(evaluation, 1), Verdict.DELIVERED, by=bram)
    assert not promise.disputed
    assert promise.verdict == Verdict.DELIVERED


def test_taking_ones_verdict_back_leaves_that_of_a_colleague(
    evaluation: Evaluation, ans: User, bram: User
) -> None:
    judge(promise_of(evaluation, 1), Verdict.DELIVERED, by=ans)
    judge(promise_of(evaluation, 1), Verdict.PARTLY, by=bram)
    promise = judge(promise_of(evaluation, 1), Verdict.NOT_ASSESSED, by=bram)
    assert (promise.verdict, promise.disputed) == (Verdict.DELIVERED, False)
    promise = judge(promise, Verdict.NOT_ASSESSED, by=ans)
    assert promise.verdict == Verdict.NOT_ASSESSED
    assert not Assessment.objects.exists()
    assert progress_of(evaluation) == (0, 3)


def test_the_same_said_twice_is_said_once(evaluation: Evaluation, ans: User) -> None:
    first = judge(promise_of(evaluation, 1), Verdict.DELIVERED, by=ans, note="Kijk maar.")
    again = judge(promise_of(evaluation, 1), Verdict.DELIVERED, by=ans, note="Kijk maar.")
    assert again.revision == first.revision
    assert AuditEntry.objects.filter(verb="promise.assessed.delivered").count() == 1


@pytest.mark.parametrize("verdict", [Verdict.DELIVERED, Verdict.NOT_TESTABLE])
def test_a_reason_that_does_not_fit_is_not_kept(
    evaluation: Evaluation, ans: User, verdict: Verdict
) -> None:
    promise = judge(promise_of(evaluation, 1), verdict, by=ans, reason=Reason.NO_MONEY)
    assert promise.reason == ""


@pytest.mark.parametrize(
    "wrong", [{"verdict": "geweldig"}, {"reason": "zomaar"}, {"timing": "ooit"}]
)
def test_a_value_from_elsewhere_is_refused(
    evaluation: Evaluation, ans: User, wrong: dict[str, str]
) -> None:
    with pytest.raises(Refused):
        judge(promise_of(evaluation, 1), **{"verdict": "partly", **wrong}, by=ans)
    assert not Assessment.objects.exists()


def test_the_second_of_ones_own_two_windows_gets_both_texts(
    evaluation: Evaluation, ans: User
) -> None:
    judge(promise_of(evaluation, 1), Verdict.DELIVERED, by=ans, note="Eerst", seen=0)
    with pytest.raises(Stale) as stale:
        judge(promise_of(evaluation, 1), Verdict.PARTLY, by=ans, note="Toen", seen=0)
    assert "Eerst" in stale.value.current.values()
    assert "Toen" in stale.value.yours.values()
    promise = judge(
        promise_of(evaluation, 1), Verdict.PARTLY, by=ans, note="Toen", seen=stale.value.revision
    )
    assert promise.verdict == Verdict.PARTLY


def test_a_colleague_who_saved_meanwhile_is_in_nobodys_way(
    evaluation: Evaluation, ans: User, bram: User
) -> None:
    judge(promise_of(evaluation, 1), Verdict.DELIVERED, by=ans, seen=0)
    judge(promise_of(evaluation, 1), Verdict.DELIVERED, by=bram, seen=0)
    assert Assessment.objects.count() == 2


def settled(evaluation: Evaluation, ans: User, bram: User) -> Promise:
    judge(promise_of(evaluation, 1), Verdict.DELIVERED, by=ans)
    judge(promise_of(evaluation, 1), Verdict.NOT_DELIVERED, by=bram)
    return settle(
        promise=promise_of(evaluation, 1),
        verdict=Verdict.PARTLY,
        reason=Reason.NO_MONEY,
        because="De helft staat er.",
        by=council_member(evaluation, "Carla"),
        today=FIRST_DAY,
    )


def test_a_third_step_settles_and_the_verdicts_stay_beside_it(
    evaluation: Evaluation, ans: User, bram: User
) -> None:
    promise = settled(evaluation, ans, bram)
    assert (promise.verdict, promise.reason, promise.disputed) == ("partly", "no_money", False)
    assert promise.settled_because == "De helft staat er."
    assert {row.verdict for row in promise.assessments.all()} == {"delivered", "not_delivered"}
    assert progress_of(evaluation) == (1, 3)


def test_settling_the_same_twice_is_settling_once(
    evaluation: Evaluation, ans: User, bram: User
) -> None:
    first = settled(evaluation, ans, bram)
    again = settle(
        promise=first,
        verdict=Verdict.PARTLY,
        reason=Reason.NO_MONEY,
        because="De helft staat er.",
        by=first.settled_by,  # type: ignore[arg-type]
        today=FIRST_DAY,
        revision=0,
    )
    assert again.revision == first.revision
    assert AuditEntry.objects.filter(verb="promise.settled.partly").count() == 1


@pytest.mark.parametrize(
    ("verdict", "open_again"),
    [
        (Verdict.PARTLY, False),  # comes round to what was settled
        (Verdict.DELIVERED, False),  # stays with what was known when it was settled
        (Verdict.NOT_TESTABLE, True),  # something new
        (Verdict.NOT_ASSESSED, False),  # takes it back
    ],
)
def test_a_new_verdict_opens_what_was_settled_only_if_it_is_another(
    evaluation: Evaluation, ans: User, bram: User, verdict: Verdict, open_again: bool
) -> None:
    settled(evaluation, ans, bram)
    promise = judge(promise_of(evaluation, 1), verdict, by=ans, note="Nog eens gekeken.")
    assert promise.disputed is open_again
    assert (promise.settled_on is None) is open_again
    assert promise.verdict == (Verdict.NOT_ASSESSED if open_again else Verdict.PARTLY)
    assert AuditEntry.objects.filter(verb__startswith="promise.reopened").exists() is open_again


@pytest.mark.parametrize(
    "wrong", [{"verdict": Verdict.NOT_ASSESSED}, {"because": "  "}, {"verdict": "zeker"}]
)
def test_settling_asks_a_verdict_and_a_because(
    evaluation: Evaluation, ans: User, bram: User, wrong: dict[str, str]
) -> None:
    judge(promise_of(evaluation, 1), Verdict.DELIVERED, by=ans)
    judge(promise_of(evaluation, 1), Verdict.PARTLY, by=bram)
    given: dict[str, Any] = {"verdict": "partly", "because": "Daarom.", **wrong}
    with pytest.raises(Refused):
        settle(promise=promise_of(evaluation, 1), **given, by=ans, today=FIRST_DAY)
    assert promise_of(evaluation, 1).disputed


def test_there_is_nothing_to_settle_where_nobody_differs(evaluation: Evaluation, ans: User) -> None:
    promise = judge(promise_of(evaluation, 1), Verdict.DELIVERED, by=ans)
    with pytest.raises(Refused):
        settle(promise=promise, verdict="partly", because="Toch.", by=ans, today=FIRST_DAY)


def test_many_at_once_keep_notes_and_meet_what_colleagues_found(
    evaluation: Evaluation, ans: User, bram: User
) -> None:
    judge(promise_of(evaluation, 1), Verdict.DELIVERED, by=bram)
    judge(promise_of(evaluation, 2), Verdict.PARTLY, by=ans, note="Blijft.")
    judge(promise_of(evaluation, 3), Verdict.DELIVERED, by=ans)
    count = assess_many(
        promises=evaluation.promises.all(), verdict=Verdict.DELIVERED, by=ans, today=FIRST_DAY
    )
    assert count == 2
    assert [row.verdict for row in evaluation.promises.order_by("measure__number")] == [
        "delivered",
        "delivered",
        "delivered",
    ]
    assert Assessment.objects.get(promise__measure__number=2, assessor=ans).note == "Blijft."
    assert progress_of(evaluation) == (3, 3)
    assert AuditEntry.objects.filter(verb="promise.assessed.delivered").count() == 4


def test_many_at_once_can_make_and_end_disagreements(
    evaluation: Evaluation, ans: User, bram: User
) -> None:
    judge(promise_of(evaluation, 1), Verdict.DELIVERED, by=bram)
    everything = evaluation.promises.all()
    assess_many(promises=everything, verdict=Verdict.NOT_DELIVERED, by=ans, today=FIRST_DAY)
    assert [row.disputed for row in everything.order_by("pk")] == [True, False, False]
    assess_many(promises=list(everything), verdict="not_assessed", by=ans, today=FIRST_DAY)
    assert [row.verdict for row in everything.order_by("pk")] == [
        "delivered",
        "not_assessed",
        "not_assessed",
    ]


def test_nothing_to_assess_changes_nothing(evaluation: Evaluation, ans: User) -> None:
    assert assess_many(promises=[], verdict="partly", by=ans, today=FIRST_DAY) == 0
    assert (
        assess_many(
            promises=evaluation.promises.all(), verdict="not_assessed", by=ans, today=FIRST_DAY
        )
        == 0
    )
    assert not AuditEntry.objects.filter(verb__startswith="promise.").exists()
