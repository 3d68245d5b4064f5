"""Another program opens the sheet and saves it again: nothing changes by that."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from core.kinds import Kind
from evaluation.enums import Verdict
from evaluation.models import Assessment, Evaluation, Promise
from evaluation.rules.sheet import Column
from evaluation.rules.sheet_diff import Rights
from evaluation.services import sheets
from tests.clock import FIRST_DAY
from tests.evaluation_factories import evaluation_of
from tests.evaluation_sheets import as_document, edited, taken_out
from tests.factories import UserFactory
from tests.programme_factories import programme_with

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(shutil.which("localc") is None, reason="LibreOffice Calc is not here"),
]

SEMICOLONS = "Text - txt - csv (StarCalc):59,34,76,1"
AWKWARD = [
    "=1+1",
    "'=al beschermd",
    "+31 517 123456",
    "-",
    "- een streepje",
    "@allen",
    "1-2",
    "2018",
    "007",
    "1,5",
    "TRUE",
    "_x0041_ en _x005F_",
    "regel een\nregel twee\n\nregel vier",
    'met "aanhalingstekens"; en puntkomma, en\ttab',
    "é, ê, ß, Ω, 漢字, 😀, ‎links",
    "#N/B",
    '=HYPERLINK("https://voorbeeld.nl")',
    "'s avonds",
    "x" * 5000,
]


@pytest.fixture
def evaluation() -> Evaluation:
    evaluation = evaluation_of(programme_with({"=Wonen": AWKWARD[:9], "2018": AWKWARD[9:]}))
    person = UserFactory(name="-Anna")
    for promise, text in zip(evaluation.promises.order_by("pk"), AWKWARD, strict=True):
        Promise.objects.filter(pk=promise.pk).update(
            explanation=text, portfolio=" ".join(text[:60].split()), verdict=Verdict.DELIVERED
        )
        Assessment.objects.create(
            promise=promise,
            assessor=person,
            verdict=Verdict.DELIVERED,
            note=text,
            assessed_on=FIRST_DAY,
        )
    return evaluation


def saved_again(folder: Path, content: bytes, *, to: str) -> bytes:
    """Return what LibreOffice makes of it."""
    source = folder / "in.xlsx"
    source.write_bytes(content)
    ending = to.partition(":")[0]
    program = shutil.which("localc")
    assert program is not None
    subprocess.run(  # noqa: S603 - a fixed command on a file of ours
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(folder / "out"),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / "out" / f"in.{ending}").read_bytes()


@pytest.mark.parametrize("to", ["xlsx", f"csv:{SEMICOLONS}"])
def test_a_sheet_that_another_program_saved_again_changes_nothing(
    evaluation: Evaluation, tmp_path: Path, to: str
) -> None:
    person = Assessment.objects.first().assessor  # type: ignore[union-attr]
    assert person is not None
    back = saved_again(tmp_path, taken_out(evaluation, person, kind=Kind.XLSX), to=to)
    ending = Kind(to.partition(":")[0])
    rights = Rights(person=person.pk, judge=True, manage=True)
    received = sheets.receive(
        evaluation=evaluation,
        document=as_document(back, ending),
        rights=rights,
        by=person,
        today=FIRST_DAY,
    )
    assert received.sheet is None
    assert received.remarks["problems"] == []
    assert received.remarks["ignored"] == {}


def test_an_edit_comes_through_another_program(evaluation: Evaluation, tmp_path: Path) -> None:
    person = Assessment.objects.first().assessor  # type: ignore[union-attr]
    assert person is not None
    edits = {(3, Column.MY_VERDICT): "not delivered", (4, Column.EXPLANATION): "=2+2 is vier"}
    changed = edited(taken_out(evaluation, person, kind=Kind.XLSX), edits, Kind.XLSX)
    back = saved_again(tmp_path, changed, to="xlsx")
    received = sheets.receive(
        evaluation=evaluation,
        document=as_document(back, Kind.XLSX),
        rights=Rights(person=person.pk, judge=True, manage=True),
        by=person,
        today=FIRST_DAY,
    )
    assert received.sheet is not None
    assert [(one["row"], one["column"], one["value"]) for one in received.sheet.changes] == [
        (3, "my_verdict", "not_delivered"),
        (4, "explanation", "=2+2 is vier"),
    ]
