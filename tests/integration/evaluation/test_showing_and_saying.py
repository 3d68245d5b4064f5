"""Evidence, comments, explanations: what hangs on a promise beside its verdict."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from branches.models import AuditEntry, User
from core.concurrency import Stale
from core.refusal import Refused
from core.uploads import Document, inspect
from evaluation.enums import EvidenceKind
from evaluation.models import Comment, Evaluation, Evidence
from evaluation.rules.marks import mark
from evaluation.services import evidence as services
from evaluation.services.comments import comment
from evaluation.services.describing import describe
from tests.clock import FIRST_DAY
from tests.integration.evaluation.judging import promise_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def stored(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def document() -> Document:
    return inspect(file=ContentFile(b"Het besluit.", name="besluit.txt"))


def add(evaluation: Evaluation, by: User, **fields: Any) -> Evidence:
    given: dict[str, Any] = {"kind": EvidenceKind.NOTE, "title": "Notulen", **fields}
    return services.add(promise=promise_of(evaluation, 1), by=by, today=FIRST_DAY, **given)


def test_each_kind_of_evidence_is_kept_and_raises_the_revision(
    evaluation: Evaluation, ans: User, media: Path
) -> None:
    add(evaluation, ans, kind="link", title="", url="https://voorbeeld.nl/a")
    add(evaluation, ans, kind="council", title="Raadsbesluit 12")
    add(evaluation, ans, kind="note", title="", note="Zie de wijk.\nHet park ligt er.")
    add(evaluation, ans, kind="file", title="", document=document(), public=False)
    rows = list(Evidence.objects.order_by("pk"))
    assert [row.title for row in rows] == [
        "https://voorbeeld.nl/a",
        "Raadsbesluit 12",
        "Zie de wijk.",
        "besluit.txt",
    ]
    assert rows[3].file.name != "besluit.txt"
    assert not rows[3].public
    assert len(stored(media)) == 1
    assert promise_of(evaluation, 1).revision == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "foto"},
        {"kind": "link"},
        {"kind": "link", "url": "javascript:alert(1)"},
        {"kind": "file"},
        {"kind": "note", "title": ""},
    ],
)
def test_what_its_kind_needs_is_asked(
    evaluation: Evaluation, ans: User, wrong: dict[str, str]
) -> None:
    with pytest.raises(Refused):
        add(evaluation, ans, **wrong)
    assert not Evidence.objects.exists()


def test_the_same_form_twice_adds_one(evaluation: Evaluation, ans: User, media: Path) -> None:
    submission = uuid.uuid4()
    first = add(evaluation, ans, kind="file", document=document(), submission=submission)
    again = add(evaluation, ans, kind="file", document=document(), submission=submission)
    assert first == again
    assert Evidence.objects.count() == 1
    assert len(stored(media)) == 1


def test_a_file_whose_row_fails_does_not_stay_behind(
    evaluation: Evaluation, ans: User, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_kwargs: object) -> None:
        raise RuntimeError("no history")

    monkeypatch.setattr("evaluation.services.evidence.audit.record", fails)
    with pytest.raises(RuntimeError):
        add(evaluation, ans, kind="file", document=document())
    assert not Evidence.objects.exists()
    assert stored(media) == []


def test_what_is_taken_away_is_gone_with_its_file(
    evaluation: Evaluation,
    ans: User,
    media: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    row = add(evaluation, ans, kind="file", document=document())
    with django_capture_on_commit_callbacks(execute=True):
        services.remove(evidence=row, by=ans, today=FIRST_DAY)
    services.remove(evidence=row, by=ans, today=FIRST_DAY)
    assert not Evidence.objects.exists()
    assert stored(media) == []
    assert AuditEntry.objects.filter(verb="promise.evidence_removed").count() == 1


def test_a_comment_is_said_once(evaluation: Evaluation, ans: User) -> None:
    submission = uuid.uuid4()
    for _time in range(2):
        comment(
            promise=promise_of(evaluation, 1),
            text="Vraag het de wethouder.",
            submission=submission,
            by=ans,
            today=FIRST_DAY,
        )
    assert Comment.objects.get().text == "Vraag het de wethouder."
    row = AuditEntry.objects.get(verb="promise.commented")
    assert "wethouder" not in str(row.params)


def test_nothing_said_is_refused(evaluation: Evaluation, ans: User) -> None:
    with pytest.raises(Refused):
        comment(promise=promise_of(evaluation, 1), text=" \n", by=ans, today=FIRST_DAY)


def test_only_what_changed_is_written_down(evaluation: Evaluation, ans: User) -> None:
    promise = describe(
        promise=promise_of(evaluation, 1),
        explanation="Er staan er 120.",
        weight=1,
        portfolio="Wonen",
        by=ans,
        today=FIRST_DAY,
    )
    assert (promise.explanation, promise.portfolio, promise.revision) == (
        "Er staan er 120.",
        "Wonen",
        1,
    )
    written = AuditEntry.objects.filter(verb__startswith="promise.")
    assert set(written.values_list("verb", flat=True)) == {
        "promise.described.explanation",
        "promise.described.portfolio",
    }
    same = describe(promise=promise, explanation="Er staan er 120.", by=ans, today=FIRST_DAY)
    assert same.revision == 1


def test_a_weight_lies_between_one_and_three(evaluation: Evaluation, ans: User) -> None:
    for weight in (0, 4):
        with pytest.raises(Refused):
            describe(promise=promise_of(evaluation, 1), weight=weight, by=ans, today=FIRST_DAY)


def test_the_second_who_explains_gets_both_texts(evaluation: Evaluation, ans: User) -> None:
    opened = promise_of(evaluation, 1)
    describe(promise=opened, explanation="De eerste.", seen=mark(""), by=ans, today=FIRST_DAY)
    with pytest.raises(Stale) as stale:
        describe(promise=opened, explanation="De tweede.", seen=mark(""), by=ans, today=FIRST_DAY)
    assert list(stale.value.current.values()) == ["De eerste."]
    assert list(stale.value.yours.values()) == ["De tweede."]
    with pytest.raises(Stale):
        describe(promise=opened, portfolio="Zorg", revision=0, by=ans, today=FIRST_DAY)
    assert promise_of(evaluation, 1).explanation == "De eerste."


def test_a_promise_that_is_gone_says_so_and_its_evidence_went_with_it(
    evaluation: Evaluation, ans: User
) -> None:
    row = add(evaluation, ans)
    gone = promise_of(evaluation, 1)
    promise_of(evaluation, 1).delete()
    with pytest.raises(Refused):
        comment(promise=gone, text="Nog iets.", by=ans, today=FIRST_DAY)
    services.remove(evidence=row, by=ans, today=FIRST_DAY)
    assert not AuditEntry.objects.filter(verb="promise.evidence_removed").exists()
