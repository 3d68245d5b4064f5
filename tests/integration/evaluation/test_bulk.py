"""The list of promises: filters, and saying the same of many after a second look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.enums import Role
from branches.models import User
from evaluation.enums import CarryOver, EvidenceKind, Verdict
from evaluation.models import Assessment, Assignment, Evaluation, Evidence, Promise
from evaluation.services.carrying import decide
from evaluation.services.dealing import deal_out
from evaluation.services.describing import describe
from tests.clock import FIRST_DAY
from tests.evaluation_factories import evaluation_of
from tests.factories import MembershipFactory
from tests.integration.evaluation.judging import judge, promise_of, text_of, url
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db

UNPROCESSABLE = 422


@pytest.fixture
def worked(evaluation: Evaluation, ans: User, bram: User) -> Evaluation:
    """Ans found something of all three; Bram differs about the second."""
    judge(promise_of(evaluation, 1), Verdict.NOT_DELIVERED, by=ans)
    judge(promise_of(evaluation, 2), Verdict.DELIVERED, by=ans)
    judge(promise_of(evaluation, 2), Verdict.PARTLY, by=bram)
    judge(promise_of(evaluation, 3), Verdict.DELIVERED, by=ans)
    third = promise_of(evaluation, 3)
    describe(promise=third, portfolio="Zorg & welzijn", by=ans, today=FIRST_DAY)
    decide(promise=third, carry_over=CarryOver.CARRY, by=ans, today=FIRST_DAY)
    first = promise_of(evaluation, 1)
    deal_out(evaluation=evaluation, plan={first.pk: [bram.pk]}, by=ans, today=FIRST_DAY)
    Evidence.objects.create(
        promise=first, kind=EvidenceKind.NOTE, title="Notulen", added_on=FIRST_DAY
    )
    return evaluation


def numbers(answer: Any) -> list[int]:
    return [row.measure.number for row in answer.context["page"]]


def send(client: Client, evaluation: Evaluation, query: str = "", **data: Any) -> Any:
    return client.post(f"{url('promises', evaluation)}{query}", data)


def ids(evaluation: Evaluation, *wanted: int) -> list[int]:
    return [promise_of(evaluation, number).pk for number in wanted]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [1, 2, 3]),
        ({"zoek": "BOMEN"}, [2]),
        ({"zoek": "3."}, [3]),
        ({"zoek": "bestaat niet"}, []),
        ({"oordeel": "not_delivered"}, [1]),
        ({"oordeel": "not_assessed"}, []),
        ({"oordeel": "disputed"}, [2]),
        ({"mist": "reden"}, [1]),
        ({"mist": "bewijs"}, [3]),
        ({"mist": "mijn-oordeel"}, []),
        ({"meenemen": "carry"}, [3]),
        ({"portefeuille": "Zorg & welzijn"}, [3]),
        ({"wie": "niemand"}, [2, 3]),
        ({"wie": "mij"}, []),
        ({"oordeel": "delivered", "mist": "bewijs", "zoek": "huisarts"}, [3]),
        # What is not there finds nothing, rather than everything.
        ({"hoofdstuk": "0"}, []),
        ({"wie": "bart"}, []),
        ({"oordeel": "prachtig"}, []),
    ],
)
def test_a_filter_finds_what_it_says(
    worked: Evaluation, as_ans: Client, asked: dict[str, str], found: list[int]
) -> None:
    answer = as_ans.get(url("promises", worked), asked)
    assert numbers(answer) == found


def test_a_filter_by_chapter_and_by_person(worked: Evaluation, as_ans: Client, bram: User) -> None:
    chapter = promise_of(worked, 3).measure.section.chapter_id  # type: ignore[union-attr]
    assert numbers(as_ans.get(url("promises", worked), {"hoofdstuk": chapter})) == [3]
    assert numbers(as_ans.get(url("promises", worked), {"wie": bram.pk})) == [1]


def test_a_promise_that_left_the_programme_is_not_in_the_list(
    worked: Evaluation, as_ans: Client
) -> None:
    measure = promise_of(worked, 2).measure
    measure.retired_on = FIRST_DAY
    measure.save()
    assert numbers(as_ans.get(url("promises", worked))) == [1, 3]


def test_the_first_time_it_asks_once_more_and_changes_nothing(
    worked: Evaluation, as_ans: Client, ans: User
) -> None:
    answer = send(
        as_ans,
        worked,
        promise=ids(worked, 1, 2),
        action="judge",
        verdict="delivered",
    )
    assert answer.status_code == 200
    assert answer.context["confirmed"] == 2
    # One of them Ans judged otherwise before.
    assert any("1" in line for line in answer.context["consequences"])
    assert (
        Assessment.objects.get(promise=promise_of(worked, 1), assessor=ans).verdict != "delivered"
    )


def test_what_was_asked_is_done_after_the_second_look(
    worked: Evaluation, as_ans: Client, ans: User
) -> None:
    asked = {"promise": ids(worked, 1, 2), "action": "judge", "verdict": "partly"}
    first = send(as_ans, worked, "?zoek=", **asked)
    again: dict[str, list[str]] = {}
    for name, value in first.context["sent"]:
        again.setdefault(name, []).append(value)
    answer = send(as_ans, worked, "?zoek=", **again, confirmed=first.context["confirmed"])
    assert answer["Location"] == url("promises", worked)
    found = Assessment.objects.filter(assessor=ans, verdict="partly")
    assert sorted(found.values_list("promise__measure__number", flat=True)) == [1, 2]


def test_all_of_the_filter_is_more_than_the_page(as_ans: Client, evaluation: Evaluation) -> None:
    many = evaluation_of(
        programme_with(
            {"Wonen": [f"Huis {n}" for n in range(60)], "Zorg": ["Arts"]}, branch=evaluation.branch
        )
    )
    answer = as_ans.get(url("promises", many), {"zoek": "Huis"})
    assert (len(numbers(answer)), answer.context["page"].paginator.count) == (25, 60)
    send(
        as_ans,
        many,
        f"?{urlencode({'zoek': 'Huis'})}",
        everything="1",
        action="portfolio",
        portfolio="Wonen",
        confirmed="60",
    )
    assert many.promises.filter(portfolio="Wonen").count() == 60


def test_a_list_that_changed_since_is_looked_at_once_more(
    worked: Evaluation, as_ans: Client
) -> None:
    answer = send(
        as_ans,
        worked,
        "?oordeel=delivered",
        everything="1",
        action="portfolio",
        portfolio="Zorg",
        confirmed="2",
    )
    assert answer.context["confirmed"] == 1
    assert not worked.promises.filter(portfolio="Zorg").exists()


def test_a_filter_that_asks_for_what_is_not_there_changes_nothing(
    worked: Evaluation, as_ans: Client
) -> None:
    answer = send(
        as_ans,
        worked,
        "?oordeel=prachtig",
        everything="1",
        action="portfolio",
        portfolio="Zorg",
        confirmed="3",
    )
    assert answer.status_code == UNPROCESSABLE
    assert not worked.promises.filter(portfolio="Zorg").exists()


def _dealt(worked: Evaluation, bram: User) -> bool:
    return Assignment.objects.filter(promise__evaluation=worked, person=bram).count() == 3


@pytest.mark.parametrize(
    ("data", "changed"),
    [
        (
            {"action": "judge", "verdict": "under_way", "timing": "late"},
            lambda evaluation, _bram: (
                evaluation.promises.filter(
                    assessments__verdict="under_way", assessments__timing="late"
                ).count()
                == 3
            ),
        ),
        (
            {"action": "judge", "verdict": "not_assessed"},
            lambda _evaluation, _bram: Assessment.objects.count() == 1,
        ),
        (
            {"action": "portfolio", "portfolio": "  Samen   leven "},
            lambda evaluation, _bram: (
                evaluation.promises.filter(portfolio="Samen leven").count() == 3
            ),
        ),
        (
            {"action": "portfolio", "portfolio": ""},
            lambda evaluation, _bram: evaluation.promises.filter(portfolio="").count() == 3,
        ),
        ({"action": "deal", "people": "bram"}, _dealt),
        ({"action": "deal"}, lambda _evaluation, _bram: not Assignment.objects.exists()),
        (
            {"action": "carry", "carry_over": "carry"},
            # The second has no outcome: people differ about it.
            lambda evaluation, _bram: evaluation.promises.filter(carry_over="carry").count() == 2,
        ),
        (
            {"action": "carry", "carry_over": "drop", "carry_reason": "Achterhaald"},
            lambda evaluation, _bram: (
                evaluation.promises.filter(carry_over="drop", carry_reason="Achterhaald").count()
                == 2
            ),
        ),
        (
            {"action": "carry", "carry_over": "open"},
            lambda evaluation, _bram: evaluation.promises.filter(carry_over="open").count() == 3,
        ),
    ],
)
def test_every_action_does_what_it_says(
    worked: Evaluation,
    as_ans: Client,
    bram: User,
    data: dict[str, str],
    changed: Callable[[Evaluation, User], bool],
) -> None:
    if data.get("people"):
        data = data | {"people": str(bram.pk)}
    look = send(as_ans, worked, promise=ids(worked, 1, 2, 3), **data)
    assert look.status_code == 200
    assert look.context["question"]
    answer = send(as_ans, worked, promise=ids(worked, 1, 2, 3), confirmed="3", **data)
    assert answer.status_code == 302
    assert changed(worked, bram)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "action"),
        ({"action": "ontplof"}, "action"),
        ({"action": "judge"}, "verdict"),
        ({"action": "judge", "verdict": "prachtig"}, "verdict"),
        ({"action": "judge", "verdict": "partly", "reason": "pech"}, "reason"),
        ({"action": "portfolio", "portfolio": "x" * 81}, "portfolio"),
        ({"action": "deal", "people": "999999"}, "people"),
        ({"action": "carry"}, "carry_over"),
        ({"action": "carry", "carry_over": "drop"}, "carry_reason"),
    ],
)
def test_what_is_not_said_well_is_asked_again_and_the_ticks_stay(
    worked: Evaluation, as_ans: Client, data: dict[str, str], field: str
) -> None:
    before = list(worked.promises.order_by("pk").values())
    answer = send(as_ans, worked, promise=ids(worked, 2), confirmed="1", **data)
    assert answer.status_code == UNPROCESSABLE
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["ticked"] == set(ids(worked, 2))
    assert list(worked.promises.order_by("pk").values()) == before


def test_nothing_ticked_is_nothing_to_do(worked: Evaluation, as_ans: Client) -> None:
    answer = send(as_ans, worked, action="portfolio", portfolio="Zorg")
    assert answer.status_code == UNPROCESSABLE
    assert "__all__" in answer.context["form"].errors


@pytest.mark.parametrize("strange", ["x", "-1", "9" * 30, "\x00"])
def test_an_id_that_is_none_is_not_found(worked: Evaluation, as_ans: Client, strange: str) -> None:
    answer = send(as_ans, worked, promise=strange, action="portfolio", confirmed="1")
    assert answer.status_code == 404


def test_a_promise_of_another_branch_is_not_found_and_nothing_changes(
    worked: Evaluation, as_ans: Client
) -> None:
    theirs = evaluation_of().promises.first()
    assert theirs is not None
    mixed = [*ids(worked, 1), theirs.pk]
    answer = send(
        as_ans, worked, promise=mixed, action="portfolio", portfolio="Zorg", confirmed="2"
    )
    assert answer.status_code == 404
    assert not Promise.objects.filter(portfolio="Zorg").exists()


def test_each_action_asks_its_own_right(worked: Evaluation, as_board: Client) -> None:
    judged = send(
        as_board,
        worked,
        promise=ids(worked, 1),
        action="judge",
        verdict="delivered",
        confirmed="1",
    )
    assert judged.status_code == 403
    named = send(
        as_board,
        worked,
        promise=ids(worked, 1),
        action="portfolio",
        portfolio="Zorg",
        confirmed="1",
    )
    assert named.status_code == 302
    assert 'id="action-judge"' not in text_of(as_board.get(url("promises", worked)))


def test_a_member_reads_the_list_and_finds_nothing_to_tick(
    worked: Evaluation, sign_in: Callable[..., Client]
) -> None:
    member = MembershipFactory(branch=worked.branch, role=Role.MEMBER).user
    client = sign_in(Client(), member)
    page = client.get(url("promises", worked))
    assert numbers(page) == [1, 2, 3]
    assert 'name="promise"' not in text_of(page)
    answer = send(client, worked, promise=ids(worked, 1), action="portfolio", confirmed="1")
    assert answer.status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_promises(
    worked: Evaluation, as_ans: Client, ans: User
) -> None:
    many = evaluation_of(
        programme_with(
            {f"Hoofdstuk {c}": [f"Belofte {n}" for n in range(20)] for c in range(6)},
            branch=worked.branch,
        )
    )
    plan = {pk: [ans.pk] for pk in many.promises.values_list("pk", flat=True)}
    deal_out(evaluation=many, plan=plan, by=ans, today=FIRST_DAY)

    def queries(evaluation: Evaluation, **data: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            if data:
                send(as_ans, evaluation, **data)
            else:
                as_ans.get(url("promises", evaluation))
        return len(asked)

    queries(worked)  # whatever a first visit asks
    assert queries(worked) == queries(many)
    look = {"everything": "1", "action": "judge", "verdict": "delivered"}
    assert queries(worked, **look) == queries(many, **look)
