"""The desk as people use it: the next promise that is mine, saved, skipped, done."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.models import User
from evaluation.models import Assessment, Evaluation, Evidence
from evaluation.rules.marks import mark
from evaluation.services.dealing import deal_out
from tests.clock import FIRST_DAY
from tests.evaluation_factories import evaluation_of
from tests.factories import MembershipFactory, UserFactory
from tests.integration.evaluation.judging import council_member, judge, promise_of, text_of
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db

CONFLICT = 409
PROMISE_QUERIES = 14


@pytest.fixture
def dealt(evaluation: Evaluation, ans: User) -> Evaluation:
    plan = {row.pk: [ans.pk] for row in evaluation.promises.all()}
    deal_out(evaluation=evaluation, plan=plan, by=ans, today=FIRST_DAY)
    return evaluation


def desk_url(evaluation: Evaluation) -> str:
    return reverse("evaluation:desk", args=[evaluation.branch.slug, evaluation.pk])


def judge_url(evaluation: Evaluation, number: int) -> str:
    promise = promise_of(evaluation, number)
    return reverse("evaluation:judge", args=[evaluation.branch.slug, promise.pk])


def card(**fields: Any) -> dict[str, Any]:
    return {
        "verdict": "partly",
        "reason": "no_money",
        "timing": "late",
        "note": "De helft.",
        "seen": 0,
        "explanation": "",
        "explanation_seen": mark(""),
        "submission": str(uuid.uuid4()),
        **fields,
    }


def test_the_desk_shows_the_first_promise_that_is_mine(as_ans: Client, dealt: Evaluation) -> None:
    page = as_ans.get(desk_url(dealt))
    assert page.context["promise"] == promise_of(dealt, 1)
    assert "We bouwen 200 woningen." in text_of(page)


def test_saving_goes_on_to_the_next_and_the_last_says_that_it_is_done(
    as_ans: Client, dealt: Evaluation, ans: User
) -> None:
    for number in (1, 2, 3):
        page = as_ans.get(desk_url(dealt))
        assert page.context["promise"].measure.number == number
        page = as_ans.post(page.context["judge_url"], card())
        assert page.status_code == 302
        assert page["Location"] == f"{desk_url(dealt)}?na={number}#promise"
    done = as_ans.get(desk_url(dealt))
    assert "promise" not in done.context
    assert done.context["standing"].mine_left == 0
    assert {row.note for row in Assessment.objects.filter(assessor=ans)} == {"De helft."}
    assert done.context["bare_count"] == 3
    assert done.context["unexplained_count"] == 0


def test_what_is_skipped_comes_back_in_its_own_order(as_ans: Client, dealt: Evaluation) -> None:
    skip = as_ans.get(desk_url(dealt)).context["skip_url"].partition("#")[0]
    page = as_ans.get(skip)
    assert page.context["promise"].measure.number == 2
    as_ans.post(judge_url(dealt, 2), card())
    as_ans.post(judge_url(dealt, 3), card())
    page = as_ans.get(f"{desk_url(dealt)}?na=3")
    assert page.context["promise"].measure.number == 1


def test_one_chapter_at_a_time(as_ans: Client, dealt: Evaluation) -> None:
    care = promise_of(dealt, 3).measure.section.chapter  # type: ignore[union-attr]
    page = as_ans.get(desk_url(dealt), {"hoofdstuk": care.pk})
    assert page.context["promise"].measure.number == 3
    assert [(one.title, one.left) for one in page.context["chapters"]] == [
        ("Wonen", 2),
        ("Zorg", 1),
    ]
    answer = as_ans.post(page.context["judge_url"], card())
    assert f"hoofdstuk={care.pk}" in answer["Location"]
    done = as_ans.get(desk_url(dealt), {"hoofdstuk": care.pk})
    assert done.context["standing"].mine_left == 2
    assert desk_url(dealt) in text_of(done)


@pytest.mark.parametrize("chapter", ["", "x", "-1", "9" * 40, "0"])
def test_a_chapter_that_is_none_is_no_filter_or_nothing(
    as_ans: Client, dealt: Evaluation, chapter: str
) -> None:
    assert as_ans.get(desk_url(dealt), {"hoofdstuk": chapter, "na": chapter}).status_code == 200


def test_who_has_nothing_can_help_with_what_nobody_has(
    as_ans: Client, evaluation: Evaluation, bram: User
) -> None:
    judge(promise_of(evaluation, 1), "delivered", by=bram)
    nothing = as_ans.get(desk_url(evaluation))
    assert "promise" not in nothing.context
    assert "?wie=niemand" in text_of(nothing)
    page = as_ans.get(desk_url(evaluation), {"wie": "niemand"})
    assert page.context["promise"].measure.number == 2
    assert "wie=niemand" in page.context["judge_url"]


def test_what_a_colleague_found_is_there_but_folded(
    as_ans: Client, dealt: Evaluation, bram: User
) -> None:
    judge(promise_of(dealt, 1), "not_delivered", by=bram, note="Er staat niets.")
    text = text_of(as_ans.get(desk_url(dealt)))
    before, _, after = text.partition('<details class="more colleagues">')
    assert "Er staat niets." in after
    assert "Er staat niets." not in before


def test_my_own_verdict_is_filled_in_when_i_come_back(
    as_ans: Client, dealt: Evaluation, ans: User
) -> None:
    judge(promise_of(dealt, 1), "partly", by=ans, reason="no_money", note="Half.")
    form = as_ans.get(judge_url(dealt, 1)).context["form"]
    assert (form["verdict"].value(), form["reason"].value(), form["note"].value()) == (
        "partly",
        "no_money",
        "Half.",
    )


def test_evidence_and_explanation_come_along_in_one_go(
    as_ans: Client, dealt: Evaluation, ans: User
) -> None:
    same = card(
        shows="Raadsbesluit", url="https://voorbeeld.nl/1", council="on", explanation="Omdat."
    )
    for _time in range(2):
        assert as_ans.post(judge_url(dealt, 1), same).status_code == 302
    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.title, evidence.added_by) == ("council", "Raadsbesluit", ans)
    assert promise_of(dealt, 1).explanation == "Omdat."


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": ""},
        {"verdict": "mooi"},
        {"reason": "zomaar"},
        {"timing": "ooit"},
        {"url": "javascript:alert(1)"},
        {"seen": "veel"},
        {"note": "x" * 5001},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    as_ans: Client, dealt: Evaluation, wrong: dict[str, str]
) -> None:
    page = as_ans.post(judge_url(dealt, 1), card(shows="Mijn bewijs") | wrong)
    assert page.status_code == 422
    assert "Mijn bewijs" in text_of(page)
    assert not Assessment.objects.exists()
    assert not Evidence.objects.exists()


def test_an_explanation_that_somebody_else_changed_takes_nothing_with_it(
    as_ans: Client, dealt: Evaluation
) -> None:
    page = as_ans.post(judge_url(dealt, 2), card(explanation="Nee.", explanation_seen="anders"))
    assert page.status_code == CONFLICT
    assert not Assessment.objects.exists()


def test_my_second_window_gets_both_texts_and_can_still_save(
    as_ans: Client, dealt: Evaluation
) -> None:
    as_ans.post(judge_url(dealt, 1), card(note="Eerste venster."))
    late = as_ans.post(judge_url(dealt, 1), card(verdict="delivered", note="Tweede venster."))
    assert late.status_code == CONFLICT
    assert "Eerste venster." in text_of(late)
    assert "Tweede venster." in text_of(late)
    again = {
        name: late.context["form"][name].value() or ""
        for name in ("verdict", "reason", "timing", "note", "seen", "explanation_seen")
    }
    assert as_ans.post(judge_url(dealt, 1), again).status_code == 302
    assert Assessment.objects.get().note == "Tweede venster."


def test_a_colleague_who_judges_meanwhile_is_not_in_my_way(
    as_ans: Client, dealt: Evaluation, bram: User
) -> None:
    page = as_ans.get(desk_url(dealt))
    judge(promise_of(dealt, 1), "delivered", by=bram)
    assert as_ans.post(page.context["judge_url"], card()).status_code == 302
    assert promise_of(dealt, 1).disputed


def test_footnotes_of_the_promise_stand_beside_it(as_ans: Client, dealt: Evaluation) -> None:
    measure = promise_of(dealt, 1).measure
    measure.section.chapter.footnotes.create(position=0, number=7, text="Bron: de gemeente.")  # type: ignore[union-attr]
    measure.section.chapter.footnotes.create(position=1, number=8, text="Een andere noot.")  # type: ignore[union-attr]
    measure.footnotes = [7]
    measure.save()
    text = text_of(as_ans.get(desk_url(dealt)))
    assert "Bron: de gemeente." in text
    assert "Een andere noot." not in text


@pytest.mark.parametrize("route", ["desk", "disputes", "deal", "portfolios"])
def test_a_page_asks_the_database_as_often_for_one_row_as_for_three(
    client: Client, sign_in: Callable[..., Client], route: str
) -> None:
    counts = []
    for size in (1, 3):
        chapters = {f"Hoofdstuk {number}": [f"Belofte {number}."] for number in range(size)}
        evaluation = evaluation_of(programme_with(chapters))
        ans, bram = council_member(evaluation, "Ans"), council_member(evaluation, "Bram")
        for row in evaluation.promises.all():
            deal_out(evaluation=evaluation, plan={row.pk: [ans.pk]}, by=ans, today=FIRST_DAY)
            if route == "disputes":
                judge(row, "delivered", by=ans)
                judge(row, "partly", by=bram)
            else:
                judge(row, "partly", by=bram)
        sign_in(client, ans)
        address = reverse(f"evaluation:{route}", args=[evaluation.branch.slug, evaluation.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_promise_asks_as_often_for_much_as_for_little(
    as_ans: Client, evaluation: Evaluation, number: int
) -> None:
    promise = promise_of(evaluation, 2)
    for _each in range(number):
        person = council_member(evaluation, f"Persoon {_each}")
        judge(promise, "delivered", by=person)
        promise.evidence.create(kind="note", title="Notulen", added_by=person, added_on=FIRST_DAY)
        promise.comments.create(text="Mooi.", author=UserFactory(), written_on=FIRST_DAY)
    address = reverse("evaluation:promise", args=[evaluation.branch.slug, promise.pk])
    as_ans.get(address)
    with CaptureQueriesContext(connection) as queries:
        as_ans.get(address)
    assert len(queries) == PROMISE_QUERIES


def test_a_member_reads_the_promise_but_not_what_is_for_each_other(
    client: Client, evaluation: Evaluation, ans: User, sign_in: Callable[..., Client]
) -> None:
    judge(promise_of(evaluation, 1), "partly", by=ans, note="Alleen voor ons.")
    member = MembershipFactory(branch=evaluation.branch, role="member").user
    address = reverse(
        "evaluation:promise", args=[evaluation.branch.slug, promise_of(evaluation, 1).pk]
    )
    page = sign_in(client, member).get(address)
    assert page.status_code == 200
    assert "Alleen voor ons." not in text_of(page)
    assert "<form" not in text_of(page).partition("<main")[2].partition("</main>")[0]
