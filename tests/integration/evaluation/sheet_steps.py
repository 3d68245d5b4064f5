"""What tests of the spreadsheet do: bring it, take it over, undo it, and look."""

from __future__ import annotations

from branches.models import User
from core.kinds import Kind
from evaluation.enums import Verdict
from evaluation.models import Assessment, Evaluation, Promise, SheetImport
from evaluation.rules.sheet_diff import Rights
from evaluation.services import assessing, sheets
from tests.clock import FIRST_DAY
from tests.evaluation_sheets import Edit, as_document, edited, taken_out


def rights_of(person: User, *, judge: bool = True, manage: bool = True) -> Rights:
    return Rights(person=person.pk, judge=judge, manage=manage)


def promise(evaluation: Evaluation, number: int) -> Promise:
    return evaluation.promises.select_related("measure").get(measure__number=number)


def bring(
    evaluation: Evaluation, content: bytes, by: User, *, kind: Kind = Kind.CSV, judge: bool = True
) -> sheets.Received:
    return sheets.receive(
        evaluation=evaluation,
        document=as_document(content, kind),
        rights=rights_of(by, judge=judge),
        by=by,
        today=FIRST_DAY,
    )


def bring_edits(
    evaluation: Evaluation, edits: Edit, by: User, *, kind: Kind = Kind.CSV
) -> sheets.Received:
    return bring(
        evaluation, edited(taken_out(evaluation, by, kind=kind), edits, kind), by, kind=kind
    )


def take_over(sheet: SheetImport | None, by: User, *, taken: set[str] | None = None) -> SheetImport:
    assert sheet is not None
    sheet.refresh_from_db()
    return sheets.apply(
        sheet=sheet,
        taken=taken or set(),
        rights=rights_of(by),
        revision=sheet.revision,
        by=by,
        today=FIRST_DAY,
    )


def undo(sheet: SheetImport, by: User) -> list[str]:
    sheet.refresh_from_db()
    return sheets.undo(sheet=sheet, revision=sheet.revision, by=by, today=FIRST_DAY)


def judge(
    row: Promise, verdict: Verdict, by: User, *, reason: str = "", note: str | None = None
) -> None:
    assessing.assess(promise=row, verdict=verdict, reason=reason, note=note, by=by, today=FIRST_DAY)


def cells(sheet: SheetImport | None) -> dict[tuple[int, str], str]:
    assert sheet is not None
    return {(entry["row"], entry["column"]): entry["value"] for entry in sheet.changes}


def troubles(remarks: dict[str, list[dict[str, str]]]) -> list[tuple[object, str, str]]:
    return [(one["row"], one["column"], one["trouble"]) for one in remarks["problems"]]


def everything(evaluation: Evaluation) -> list[object]:
    """Return all that a sheet may change, but for revisions."""
    rows = evaluation.promises.order_by("pk").values()
    found = Assessment.objects.filter(promise__evaluation=evaluation).order_by(
        "promise", "assessor"
    )
    return [{**row, "revision": 0} for row in rows] + list(
        found.values("promise", "assessor", "verdict", "reason", "timing", "note")
    )
