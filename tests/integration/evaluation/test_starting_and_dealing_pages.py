"""Starting and dealing out, as people do it on the pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import User
from core.refusal import Refused
from evaluation.models import Assignment, Evaluation
from programmes.models import Measure
from tests.clock import FIRST_DAY
from tests.evaluation_factories import TWO_CHAPTERS, evaluation_of
from tests.factories import BranchFactory
from tests.integration.evaluation.judging import council_member, promise_of, text_of, url
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


# Starting -----------------------------------------------------------------------------------------


def test_a_previous_programme_is_chosen_and_dealt_out_next(
    as_board: Client, evaluation: Evaluation
) -> None:
    branch = evaluation.branch
    address = reverse("evaluation:start", args=[branch.slug])
    assert reverse("programmes:import_new", args=[branch.slug]) in text_of(as_board.get(address))
    programme = programme_with(TWO_CHAPTERS, branch=branch, title="Programma van 2014")
    assert "Programma van 2014" in text_of(as_board.get(address))
    answers = [as_board.post(address, {"programme": programme.pk}) for _time in range(2)]
    started = Evaluation.objects.get(programme=programme)
    assert {answer["Location"] for answer in answers} == {url("deal", started)}
    assert started.timeline == evaluation.timeline


@pytest.mark.parametrize("of", ["another branch", "nobody", "nothing"])
def test_what_cannot_be_chosen_starts_nothing(
    as_board: Client, evaluation: Evaluation, of: str
) -> None:
    theirs = programme_with(TWO_CHAPTERS).pk
    chosen = {"another branch": theirs, "nobody": "9" * 30, "nothing": ""}[of]
    address = reverse("evaluation:start", args=[evaluation.branch.slug])
    assert as_board.post(address, {"programme": chosen}).status_code == 422
    assert Evaluation.objects.count() == 1


def test_a_programme_in_which_nothing_is_promised_any_more_is_refused(
    as_board: Client, evaluation: Evaluation
) -> None:
    programme = programme_with(TWO_CHAPTERS, branch=evaluation.branch)
    Measure.objects.filter(programme=programme).update(retired_on=FIRST_DAY)
    address = reverse("evaluation:start", args=[evaluation.branch.slug])
    page = as_board.post(address, {"programme": programme.pk})
    assert page.status_code == 422
    assert page.context["refused"]


# Dealing out --------------------------------------------------------------------------------------


def chapter_of(evaluation: Evaluation, number: int) -> int:
    section = promise_of(evaluation, number).measure.section
    assert section is not None
    return section.chapter_id


def pairs(evaluation: Evaluation) -> set[tuple[int, str]]:
    rows = Assignment.objects.filter(promise__evaluation=evaluation)
    return set(rows.values_list("promise__measure__number", "person__name"))


def test_without_a_council_group_the_page_says_whom_to_invite(
    as_board: Client, evaluation: Evaluation
) -> None:
    page = as_board.get(url("deal", evaluation))
    assert reverse("branches:invite", args=[evaluation.branch.slug]) in text_of(page)


def test_a_chapter_goes_to_whom_is_ticked(
    as_ans: Client, evaluation: Evaluation, ans: User, bram: User
) -> None:
    housing, care = chapter_of(evaluation, 1), chapter_of(evaluation, 3)
    data = {f"who-{housing}": [ans.pk, bram.pk], f"was-{housing}": "", f"was-{care}": ""}
    assert as_ans.post(url("deal", evaluation), data).status_code == 302
    assert pairs(evaluation) == {(1, "Ans"), (1, "Bram"), (2, "Ans"), (2, "Bram")}
    page = as_ans.get(url("deal", evaluation))
    assert [(load.person.name, load.total) for load in page.context["loads"]] == [
        ("Ans", 2),
        ("Bram", 2),
    ]


def test_rows_that_nobody_touched_stay_as_somebody_else_dealt_them(
    as_ans: Client, evaluation: Evaluation, ans: User, bram: User
) -> None:
    housing, care = chapter_of(evaluation, 1), chapter_of(evaluation, 3)
    # Bram deals himself one promise while Ans has the page open.
    Assignment.objects.create(promise=promise_of(evaluation, 3), person=bram, assigned_on=FIRST_DAY)
    data = {f"who-{housing}": [ans.pk], f"was-{housing}": "", f"was-{care}": ""}
    as_ans.post(url("deal", evaluation), data)
    assert pairs(evaluation) == {(1, "Ans"), (2, "Ans"), (3, "Bram")}


@pytest.mark.parametrize("each", [1, 2])
def test_an_even_dealing_is_a_proposal_until_it_is_saved(
    as_ans: Client, evaluation: Evaluation, ans: User, bram: User, each: int
) -> None:
    page = as_ans.get(url("deal", evaluation), {"verdeel": each})
    assert page.context["proposed"] == each
    assert not Assignment.objects.exists()
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    as_ans.post(url("deal", evaluation), data)
    expected = {
        1: {(1, "Ans"), (2, "Ans"), (3, "Bram")},
        2: {(number, name) for number in (1, 2, 3) for name in ("Ans", "Bram")},
    }
    assert pairs(evaluation) == expected[each]
    assert bram.pk != ans.pk


def test_portfolios_are_named_and_dealt_out(
    as_ans: Client, evaluation: Evaluation, ans: User
) -> None:
    housing = chapter_of(evaluation, 1)
    named = {f"name-c{housing}": "Wonen en groen", f"was-c{housing}": ""}
    assert as_ans.post(url("portfolios", evaluation), named).status_code == 302
    page = as_ans.get(url("deal", evaluation), {"per": "portefeuille"})
    keys = {share.title: share.key for share in page.context["form"].shares}
    key = keys["Wonen en groen"]
    data = {f"who-{key}": [ans.pk], f"was-{key}": ""}
    as_ans.post(f"{url('deal', evaluation)}?per=portefeuille", data)
    assert pairs(evaluation) == {(1, "Ans"), (2, "Ans")}


def test_a_section_may_have_a_portfolio_of_its_own(as_ans: Client, evaluation: Evaluation) -> None:
    chapter = promise_of(evaluation, 1).measure.section.chapter  # type: ignore[union-attr]
    second = chapter.sections.create(position=1, title="")
    Measure.objects.filter(number=2, programme=evaluation.programme).update(section=second)
    data = {
        f"name-c{chapter.pk}": "Wonen",
        f"was-c{chapter.pk}": "",
        f"name-s{second.pk}": "Groen",
        f"was-s{second.pk}": "",
    }
    as_ans.post(url("portfolios", evaluation), data)
    assert [promise_of(evaluation, n).portfolio for n in (1, 2, 3)] == ["Wonen", "Groen", ""]
    page = as_ans.get(url("portfolios", evaluation))
    assert page.context["chapters"][0][0].mixed
    too_long = {f"name-s{second.pk}": "x" * 81}
    assert as_ans.post(url("portfolios", evaluation), too_long).status_code == 422


@pytest.mark.parametrize("who", ["a stranger", "nobody", "9" * 400])
def test_nobody_from_outside_can_be_ticked(
    as_ans: Client, evaluation: Evaluation, who: str
) -> None:
    chapter = chapter_of(evaluation, 1)
    chosen = (
        council_member(evaluation_of(branch=BranchFactory()), "Vreemd").pk
        if who == "a stranger"
        else who
    )
    page = as_ans.post(url("deal", evaluation), {f"who-{chapter}": [chosen]})
    assert page.status_code == 422
    assert not Assignment.objects.exists()


def test_who_left_the_council_group_is_shown_with_what_is_still_theirs(
    as_board: Client, evaluation: Evaluation, ans: User, bram: User
) -> None:
    Assignment.objects.create(promise=promise_of(evaluation, 1), person=ans, assigned_on=FIRST_DAY)
    ans.memberships.update(ended_on=FIRST_DAY)
    loads = as_board.get(url("deal", evaluation)).context["loads"]
    assert [(load.person, load.here) for load in loads] == [(bram, True), (ans, False)]


def test_somebody_who_leaves_while_chapters_are_dealt_out_gets_nothing(
    as_ans: Client, evaluation: Evaluation, ans: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_fields: object) -> int:
        raise Refused("Iemand zit niet meer in de fractie.")

    monkeypatch.setattr("evaluation.views.dealing.services.deal_out", refuse)
    data = {f"who-{chapter_of(evaluation, 1)}": [ans.pk]}
    page = as_ans.post(url("deal", evaluation), data)
    assert page.status_code == 422
    assert "Iemand zit niet meer in de fractie." in text_of(page)


def test_saving_without_a_change_says_so(as_ans: Client, evaluation: Evaluation) -> None:
    page = as_ans.post(f"{url('deal', evaluation)}?per=onzin&verdeel=9", {}, follow=True)
    assert page.status_code == 200
    assert page.context["by"] == "hoofdstuk"
    assert not Assignment.objects.exists()
