"""Settling, showing and saying, as people do it on the page of a promise."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from branches.models import User
from core.refusal import Refused
from evaluation.models import Comment, Evaluation, Evidence, Promise
from programmes.models import Measure
from tests.clock import FIRST_DAY
from tests.integration.evaluation.judging import judge, promise_of, text_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


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


# What a service refuses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "data"),
    [
        (("judge", "desk.save_card"), {"verdict": "delivered"}),
        (
            ("settle", "promises.settle_promise"),
            {"verdict": "partly", "because": "x", "revision": 0},
        ),
        (("comment", "promises.say"), {"text": "Kijk."}),
        (("promise_describe", "promises.describe"), {"revision": 0}),
        (("evidence_add", "evidence.add_shown"), {"shows": "Notulen"}),
    ],
)
def test_what_a_service_refuses_is_said_on_the_page_it_came_from(
    as_ans: Client,
    evaluation: Evaluation,
    monkeypatch: pytest.MonkeyPatch,
    act: tuple[str, str],
    data: dict[str, Any],
) -> None:
    route, service = act

    def refuse(**_fields: object) -> None:
        raise Refused("Deze belofte is net verdwenen.")

    monkeypatch.setattr(f"evaluation.views.{service}", refuse)
    page = as_ans.post(url(route, evaluation, 1), data)
    assert page.status_code == 422
    assert "Deze belofte is net verdwenen." in text_of(page)


def test_one_file_sent_from_the_desk_is_evidence_too(
    as_ans: Client, evaluation: Evaluation, media: Path
) -> None:
    data = {
        "verdict": "delivered",
        "document": SimpleUploadedFile("notulen.txt", b"Aangenomen."),
        "submission": str(uuid.uuid4()),
    }
    assert as_ans.post(url("judge", evaluation, 1), data).status_code == 302
    assert Evidence.objects.get().file_name == "notulen.txt"
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1
