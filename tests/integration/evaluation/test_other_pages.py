"""Starting, dealing out, settling, showing and saying, as people do it on the pages."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from branches.models import User
from evaluation.models import Assignment, Comment, Evaluation, Evidence, Promise
from programmes.models import Measure
from tests.clock import FIRST_DAY
from tests.evaluation_factories import TWO_CHAPTERS, evaluation_of
from tests.factories import BranchFactory
from tests.integration.evaluation.judging import council_member, judge, promise_of
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def url(name: str, evaluation: Evaluation, number: int | None = None) -> str:
    pk = promise_of(evaluation, number).pk if number else evaluation.pk
    return reverse(f"evaluation:{name}", args=[evaluation.branch.slug, pk])


def text_of(response: Any) -> str:
    return str(response.content.decode())


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


# Settling -----------------------------------------------------------------------------------------


@pytest.fixture
def disputed(evaluation: Evaluation, ans: User, bram: User) -> Promise:
    judge(promise_of(evaluation, 1), "delivered", by=ans)
    return judge(promise_of(evaluation, 1), "partly", by=bram, reason="no_money")


def test_a_disagreement_is_listed_with_both_names_and_settled_by_a_third(
    as_board: Client, evaluation: Evaluation, disputed: Promise
) -> None:
    listed = text_of(as_board.get(url("disputes", evaluation)))
    assert "Ans" in listed
    assert "Bram" in listed
    data = {
        "verdict": "partly",
        "reason": "no_money",
        "timing": "unknown",
        "because": "Er staan er 90.",
        "revision": disputed.revision,
    }
    assert as_board.post(url("settle", evaluation, 1), data).status_code == 302
    # The same form once more: it is settled so already.
    assert as_board.post(url("settle", evaluation, 1), data).status_code == 302
    assert promise_of(evaluation, 1).verdict == "partly"
    assert "Er staan er 90." in text_of(as_board.get(url("disputes", evaluation)))
    assert "Er staan er 90." in text_of(as_board.get(url("promise", evaluation, 1)))


def test_who_took_part_is_asked_to_leave_it_to_a_third(
    as_ans: Client, as_board: Client, evaluation: Evaluation, disputed: Promise
) -> None:
    assert disputed.disputed
    assert as_ans.get(url("promise", evaluation, 1)).context["took_part"]
    assert not as_board.get(url("promise", evaluation, 1)).context["took_part"]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"because": ""}, 422),
        ({"verdict": "not_assessed"}, 422),
        ({"verdict": ""}, 422),
        ({"revision": ""}, 422),
        ({"revision": 0}, 409),
    ],
)
def test_settling_asks_for_what_it_needs(
    as_board: Client,
    evaluation: Evaluation,
    disputed: Promise,
    wrong: dict[str, Any],
    status: int,
) -> None:
    data = {"verdict": "partly", "because": "Daarom.", "revision": disputed.revision} | wrong
    page = as_board.post(url("settle", evaluation, 1), data)
    assert page.status_code == status
    assert promise_of(evaluation, 1).disputed


def test_where_nobody_differs_there_is_nothing_to_settle(
    as_board: Client, evaluation: Evaluation
) -> None:
    data = {"verdict": "partly", "because": "Daarom.", "revision": 0}
    assert as_board.post(url("settle", evaluation, 1), data).status_code == 422


# Showing, saying, describing ----------------------------------------------------------------------


def test_a_file_is_added_downloaded_and_taken_away(
    as_ans: Client, evaluation: Evaluation, django_capture_on_commit_callbacks: Any, media: Path
) -> None:
    document = SimpleUploadedFile("raadsbesluit.txt", b"Aldus besloten.", "text/html")
    data = {"document": document, "private": "on", "submission": str(uuid.uuid4())}
    assert as_ans.post(url("evidence_add", evaluation, 1), data).status_code == 302
    row = Evidence.objects.get()
    assert (row.kind, row.public, row.title) == ("file", False, "raadsbesluit.txt")
    address = reverse("evaluation:evidence_file", args=[evaluation.branch.slug, row.pk])
    file = as_ans.get(address)
    assert file.content == b"Aldus besloten."
    assert file["Content-Disposition"] == 'attachment; filename="raadsbesluit.txt"'
    assert file["Content-Type"].startswith("text/plain")
    assert file["X-Content-Type-Options"] == "nosniff"
    with django_capture_on_commit_callbacks(execute=True):
        away = reverse("evaluation:evidence_remove", args=[evaluation.branch.slug, row.pk])
        assert as_ans.post(away).status_code == 302
    assert as_ans.get(address).status_code == 404
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_a_file_that_is_gone_from_the_disk_or_never_was_is_not_found(
    as_ans: Client, evaluation: Evaluation
) -> None:
    promise = promise_of(evaluation, 1)
    for fields in ({"file": "evidence/weg.txt"}, {"file": "evidence/raar"}, {}):
        row = promise.evidence.create(kind="file", title="Weg", added_on=FIRST_DAY, **fields)
        address = reverse("evaluation:evidence_file", args=[evaluation.branch.slug, row.pk])
        assert as_ans.get(address).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"url": "javascript:alert(1)"},
        {"document": "macro"},
    ],
)
def test_evidence_that_is_none_is_refused(
    as_ans: Client, evaluation: Evaluation, wrong: dict[str, Any]
) -> None:
    if wrong.get("document"):
        wrong = {"document": SimpleUploadedFile("besluit.pdf", b"MZ\x90\x00" * 20)}
    page = as_ans.post(url("evidence_add", evaluation, 1), wrong)
    assert page.status_code == 422
    assert not Evidence.objects.exists()


def test_a_comment_is_read_back_escaped_and_said_once(
    as_ans: Client, evaluation: Evaluation
) -> None:
    data = {"text": "<b>Kijk</b> in de notulen.", "submission": str(uuid.uuid4())}
    for _time in range(2):
        assert as_ans.post(url("comment", evaluation, 1), data).status_code == 302
    assert Comment.objects.count() == 1
    assert "&lt;b&gt;Kijk&lt;/b&gt;" in text_of(as_ans.get(url("promise", evaluation, 1)))
    assert as_ans.post(url("comment", evaluation, 1), {"text": " "}).status_code == 422


def test_the_second_who_describes_sees_both_texts(as_ans: Client, evaluation: Evaluation) -> None:
    data = {"explanation": "Eerst.", "portfolio": "Wonen", "revision": 0}
    assert as_ans.post(url("promise_describe", evaluation, 1), data).status_code == 302
    late = as_ans.post(url("promise_describe", evaluation, 1), data | {"explanation": "Later."})
    assert late.status_code == 409
    assert "Eerst." in text_of(late)
    assert "Later." in text_of(late)
    too_long = data | {"explanation": "x" * 5001}
    assert as_ans.post(url("promise_describe", evaluation, 1), too_long).status_code == 422


def test_a_weight_is_asked_only_where_promises_are_weighed(
    as_ans: Client, evaluation: Evaluation
) -> None:
    data = {"explanation": "", "portfolio": "", "weight": 3, "revision": 0}
    as_ans.post(url("promise_describe", evaluation, 1), data)
    assert promise_of(evaluation, 1).weight == 1
    Evaluation.objects.update(weighted=True)
    as_ans.post(url("promise_describe", evaluation, 1), data)
    assert promise_of(evaluation, 1).weight == 3


def test_a_promise_that_is_no_longer_in_the_file_says_so(
    as_ans: Client, evaluation: Evaluation
) -> None:
    Measure.objects.filter(programme=evaluation.programme, number=1).update(
        retired_on=FIRST_DAY, section=None
    )
    page = as_ans.get(url("promise", evaluation, 1))
    assert page.status_code == 200
    assert page.context["page"].footnotes == []
    assert page.context["page"].after == promise_of(evaluation, 2)


def test_saving_with_stay_goes_to_the_page_of_the_promise(
    as_ans: Client, evaluation: Evaluation
) -> None:
    assert 'name="stay"' in text_of(as_ans.get(url("judge", evaluation, 1)))
    data = {"verdict": "delivered", "seen": 0, "explanation_seen": "", "stay": "1"}
    answer = as_ans.post(url("judge", evaluation, 1), data)
    assert answer.status_code == 302
    assert answer["Location"] == url("promise", evaluation, 1)
