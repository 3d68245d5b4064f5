"""A spreadsheet out and in again: nothing changes by itself, edits change exactly their cells."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from branches.models import AuditEntry, User
from core.kinds import Kind
from core.refusal import Refused
from evaluation.enums import CarryOver, Reason, SheetState, Verdict
from evaluation.models import Assessment, Evaluation, Promise, SheetImport
from evaluation.rules.sheet import Column, Trouble
from evaluation.rules.sheet_diff import Rights
from evaluation.services import assessing, carrying, describing, settling, sheets
from tests.clock import FIRST_DAY
from tests.evaluation_factories import evaluation_of
from tests.evaluation_sheets import (
    Edit,
    as_document,
    csv_of,
    edited,
    grid_of,
    place_of,
    taken_out,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

KINDS = (Kind.CSV, Kind.XLSX)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Read the sentences in the language in which they are written."""
    with override("en"):
        yield


@pytest.fixture
def evaluation() -> Evaluation:
    return evaluation_of()


@pytest.fixture
def anna() -> User:
    user: User = UserFactory(name="Anna")
    return user


@pytest.fixture
def bram() -> User:
    user: User = UserFactory(name="Bram")
    return user


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


def judge(row: Promise, verdict: Verdict, by: User, **more: str) -> None:
    assessing.assess(promise=row, verdict=verdict, by=by, today=FIRST_DAY, **more)


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


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_that_comes_back_unchanged_changes_nothing_and_is_not_kept(
    evaluation: Evaluation, anna: User, bram: User, kind: Kind
) -> None:
    judge(promise(evaluation, 1), Verdict.PARTLY, anna, reason="no_money", note="=2+2 \n-regel")
    judge(promise(evaluation, 1), Verdict.DELIVERED, bram)
    describing.describe(
        promise=promise(evaluation, 2),
        explanation="@allen: + en - 😀",
        portfolio="Wonen",
        weight=3,
        by=anna,
        today=FIRST_DAY,
    )
    received = bring(evaluation, taken_out(evaluation, anna, kind=kind), anna, kind=kind)
    assert received.sheet is None
    assert received.remarks == {
        "unknown": [],
        "doubled": [],
        "missing": [],
        "ignored": {},
        "problems": [],
    }
    assert not SheetImport.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_edits_change_exactly_their_cells(evaluation: Evaluation, anna: User, kind: Kind) -> None:
    edits = {
        (2, Column.MY_VERDICT): "not delivered",
        (2, Column.MY_REASON): "no money",
        (3, Column.WEIGHT): "2",
        (4, Column.EXPLANATION): "=HYPERLINK() is maar tekst",
        (4, Column.GOOD): "yes",
    }
    sheet = bring_edits(evaluation, edits, anna, kind=kind).sheet
    assert cells(sheet) == {
        (2, "my_verdict"): "not_delivered",
        (2, "my_reason"): "no_money",
        (3, "weight"): "2",
        (4, "explanation"): "=HYPERLINK() is maar tekst",
        (4, "good"): "yes",
    }
    before = everything(evaluation)
    applied = take_over(sheet, anna)
    assert applied.state == SheetState.APPLIED
    first, second, third = (promise(evaluation, number) for number in (1, 2, 3))
    assert (first.verdict, first.reason) == (Verdict.NOT_DELIVERED, Reason.NO_MONEY)
    assert (second.weight, second.verdict) == (2, Verdict.NOT_ASSESSED)
    assert (third.explanation, third.good) == ("=HYPERLINK() is maar tekst", True)
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "promise.assessed.not_delivered",
        "promise.described.weight",
        "promise.described.explanation",
        "promise.looked_back",
        "sheet.applied",
    ]
    assert undo(applied, anna) == []
    assert everything(evaluation) == before
    assert applied.state == SheetState.UNDONE


def test_nothing_is_written_before_somebody_said_yes(evaluation: Evaluation, anna: User) -> None:
    before = everything(evaluation)
    sheet = bring_edits(evaluation, {(2, Column.MY_VERDICT): "delivered"}, anna).sheet
    assert sheet is not None
    assert everything(evaluation) == before
    sheets.discard(sheet=sheet, revision=sheet.revision, by=anna)
    assert sheet.state == SheetState.DISCARDED
    with pytest.raises(Refused, match="thrown away"):
        take_over(sheet, anna)
    assert everything(evaluation) == before


def test_what_stays_the_same_in_the_sheet_stays_as_it_is_here(
    evaluation: Evaluation, anna: User, bram: User
) -> None:
    content = taken_out(evaluation, anna)
    describing.describe(promise=promise(evaluation, 1), portfolio="Zorg", by=bram, today=FIRST_DAY)
    received = bring(evaluation, edited(content, {(2, Column.WEIGHT): "3"}), anna)
    take_over(received.sheet, anna)
    row = promise(evaluation, 1)
    assert (row.portfolio, row.weight) == ("Zorg", 3)


@pytest.mark.parametrize(("takes", "expected"), [(False, "Zorg"), (True, "Wonen")])
def test_a_cell_that_changed_here_as_well_waits_for_a_choice(
    evaluation: Evaluation, anna: User, bram: User, *, takes: bool, expected: str
) -> None:
    content = taken_out(evaluation, anna)
    row = promise(evaluation, 1)
    describing.describe(promise=row, portfolio="Zorg", by=bram, today=FIRST_DAY)
    received = bring(evaluation, edited(content, {(2, Column.PORTFOLIO): "Wonen"}), anna)
    assert received.sheet is not None
    (entry,) = received.sheet.changes
    assert (entry["conflict"], entry["current"], entry["value"]) == (True, "Zorg", "Wonen")
    take_over(received.sheet, anna, taken={sheets.key_of(entry)} if takes else set())
    assert promise(evaluation, 1).portfolio == expected


def test_a_cell_that_changes_after_the_preview_is_shown_before_it_is_overwritten(
    evaluation: Evaluation, anna: User, bram: User
) -> None:
    sheet = bring_edits(evaluation, {(2, Column.PORTFOLIO): "Wonen"}, anna).sheet
    describing.describe(promise=promise(evaluation, 1), portfolio="Zorg", by=bram, today=FIRST_DAY)
    with pytest.raises(sheets.SheetMoved, match="1 cell was changed here"):
        take_over(sheet, anna)
    assert sheet is not None
    sheet.refresh_from_db()
    assert sheet.state == SheetState.PREVIEW
    assert [(one["conflict"], one["current"]) for one in sheet.changes] == [(True, "Zorg")]
    take_over(sheet, anna, taken={sheets.key_of(sheet.changes[0])})
    assert promise(evaluation, 1).portfolio == "Wonen"


def test_undoing_leaves_what_was_changed_since_and_says_so(
    evaluation: Evaluation, anna: User, bram: User
) -> None:
    edits = {(2, Column.PORTFOLIO): "Wonen", (2, Column.WEIGHT): "3", (3, Column.WEIGHT): "2"}
    sheet = take_over(bring_edits(evaluation, edits, anna).sheet, anna)
    describing.describe(promise=promise(evaluation, 1), portfolio="Zorg", by=bram, today=FIRST_DAY)
    assert undo(sheet, anna) == ["1. Portfolio"]
    first, second = promise(evaluation, 1), promise(evaluation, 2)
    assert (first.portfolio, first.weight, second.weight) == ("Zorg", 1, 1)
    with pytest.raises(Refused, match="undone"):
        undo(sheet, anna)


def test_two_people_who_differ_in_their_sheets_differ_here(
    evaluation: Evaluation, anna: User, bram: User
) -> None:
    take_over(bring_edits(evaluation, {(2, Column.MY_VERDICT): "delivered"}, anna).sheet, anna)
    sheet = bring_edits(evaluation, {(2, Column.MY_VERDICT): "not delivered"}, bram).sheet
    applied = take_over(sheet, bram)
    row = promise(evaluation, 1)
    assert (row.disputed, row.verdict) == (True, Verdict.NOT_ASSESSED)
    undo(applied, bram)
    row = promise(evaluation, 1)
    assert (row.disputed, row.verdict) == (False, Verdict.DELIVERED)


def test_undoing_a_sheet_that_opened_a_settled_disagreement_settles_it_again(
    evaluation: Evaluation, anna: User, bram: User
) -> None:
    row = promise(evaluation, 1)
    judge(row, Verdict.DELIVERED, anna)
    judge(row, Verdict.PARTLY, bram)
    settling.settle(
        promise=row, verdict=Verdict.DELIVERED, because="Het staat er", by=anna, today=FIRST_DAY
    )
    before = everything(evaluation)
    edits = {(2, Column.MY_VERDICT): "not delivered"}
    applied = take_over(bring_edits(evaluation, edits, bram).sheet, bram)
    opened = promise(evaluation, 1)
    assert (opened.disputed, opened.settled_on) == (True, None)
    assert AuditEntry.objects.filter(verb="promise.reopened.not_delivered").exists()
    undo(applied, bram)
    assert everything(evaluation) == before


def test_an_emptied_verdict_is_taken_back_with_all_that_went_with_it(
    evaluation: Evaluation, anna: User
) -> None:
    judge(promise(evaluation, 1), Verdict.PARTLY, anna, reason="no_money", note="Half af")
    before = everything(evaluation)
    sheet = bring_edits(evaluation, {(2, Column.MY_VERDICT): ""}, anna).sheet
    assert cells(sheet) == {(2, "my_verdict"): "not_assessed"}
    applied = take_over(sheet, anna)
    assert not Assessment.objects.exists()
    assert promise(evaluation, 1).verdict == Verdict.NOT_ASSESSED
    undo(applied, anna)
    assert everything(evaluation) == before


def test_somebody_elses_sheet_changes_the_promise_and_not_the_verdicts(
    evaluation: Evaluation, anna: User, bram: User
) -> None:
    edits = {(2, Column.MY_VERDICT): "delivered", (2, Column.PORTFOLIO): "Wonen"}
    content = edited(taken_out(evaluation, anna), edits)
    received = bring(evaluation, content, bram)
    assert troubles(received.remarks) == [(2, "my_verdict", Trouble.NOT_YOURS)]
    assert cells(received.sheet) == {(2, "portfolio"): "Wonen"}
    take_over(received.sheet, bram)
    assert not Assessment.objects.exists()


def test_a_preview_is_for_whoever_brought_it(
    evaluation: Evaluation, anna: User, bram: User
) -> None:
    sheet = bring_edits(evaluation, {(2, Column.MY_VERDICT): "delivered"}, anna).sheet
    with pytest.raises(sheets.NotTheirSheet):
        take_over(sheet, bram)
    applied = take_over(sheet, anna)
    with pytest.raises(sheets.NotTheirSheet):
        undo(applied, bram)
    assert Assessment.objects.get().assessor == anna


def test_a_board_member_has_no_personal_columns(evaluation: Evaluation, bram: User) -> None:
    content = taken_out(evaluation, bram, judge=False)
    assert "My verdict" not in grid_of(content)[0]
    received = bring(evaluation, edited(content, {(2, Column.WEIGHT): "3"}), bram, judge=False)
    assert received.remarks["missing"] == ["my_verdict", "my_reason", "my_timing", "my_note"]
    assert cells(received.sheet) == {(2, "weight"): "3"}


def test_a_sheet_of_another_evaluation_is_refused(evaluation: Evaluation, anna: User) -> None:
    other = evaluation_of()
    content = edited(taken_out(other, anna), {(2, Column.WEIGHT): "3"})
    with pytest.raises(Refused, match="another programme"):
        bring(evaluation, content, anna)


def test_an_id_of_another_branch_is_refused(evaluation: Evaluation, anna: User) -> None:
    stranger = evaluation_of().promises.first()
    assert stranger is not None
    grid = grid_of(taken_out(evaluation, anna))
    grid[2][place_of(grid, Column.ID)] = str(stranger.pk)
    grid[2][place_of(grid, Column.WEIGHT)] = "3"
    with pytest.raises(Refused, match="Row 3 is about a promise that is not of this evaluation"):
        bring(evaluation, csv_of(grid), anna)
    assert not Promise.objects.filter(weight=3).exists()


def test_a_stand_that_somebody_made_up_counts_for_nothing(
    evaluation: Evaluation, anna: User
) -> None:
    grid = grid_of(taken_out(evaluation, anna))
    place = place_of(grid, Column.STAND)
    grid[1][place] = grid[1][place][:-1] + ("A" if grid[1][place][-1] != "A" else "B")
    grid[1][place_of(grid, Column.WEIGHT)] = "3"
    received = bring(evaluation, csv_of(grid), anna)
    assert received.sheet is None
    assert troubles(received.remarks) == [(2, "", Trouble.NO_STAND)]
    for row in grid[1:]:
        row[place] = ""
    with pytest.raises(Refused, match="no row that we recognise"):
        bring(evaluation, csv_of(grid), anna)


def test_a_decision_needs_an_outcome_and_dropping_needs_a_reason(
    evaluation: Evaluation, anna: User
) -> None:
    judge(promise(evaluation, 2), Verdict.NOT_DELIVERED, anna)
    edits = {
        (2, Column.CARRY_OVER): "carried over",
        (3, Column.CARRY_OVER): "dropped",
        (4, Column.CARRY_REASON): "Daarom",
    }
    received = bring_edits(evaluation, edits, anna)
    assert received.sheet is None
    assert troubles(received.remarks) == [
        (2, "carry_over", Trouble.NOT_ASSESSED),
        (3, "carry_over", Trouble.NO_REASON),
        (4, "carry_reason", Trouble.NO_DECISION),
    ]


def test_a_verdict_and_its_decision_may_come_in_one_sheet_and_go_together(
    evaluation: Evaluation, anna: User, bram: User
) -> None:
    judge(promise(evaluation, 2), Verdict.NOT_DELIVERED, anna)
    carrying.decide(promise=promise(evaluation, 2), carry_over="carry", by=bram, today=FIRST_DAY)
    before = everything(evaluation)
    edits = {
        (2, Column.MY_VERDICT): "not delivered",
        (2, Column.CARRY_OVER): "dropped",
        (2, Column.CARRY_REASON): "Achterhaald",
        (3, Column.CARRY_OVER): "still to decide",
    }
    applied = take_over(bring_edits(evaluation, edits, anna).sheet, anna)
    first, second = promise(evaluation, 1), promise(evaluation, 2)
    assert (first.carry_over, first.carry_reason, first.carried_by) == (
        CarryOver.DROP,
        "Achterhaald",
        anna,
    )
    assert (second.carry_over, second.carried_by) == (CarryOver.OPEN, None)
    undo(applied, anna)
    assert everything(evaluation) == before


def test_choices_that_do_not_go_together_are_refused_as_a_whole(
    evaluation: Evaluation, anna: User, bram: User
) -> None:
    judge(promise(evaluation, 1), Verdict.NOT_DELIVERED, anna)
    content = taken_out(evaluation, anna)
    carrying.decide(
        promise=promise(evaluation, 1),
        carry_over="carry",
        reason="Nog nodig",
        by=bram,
        today=FIRST_DAY,
    )
    edits = {(2, Column.CARRY_OVER): "dropped", (2, Column.CARRY_REASON): "Klaar"}
    sheet = bring(evaluation, edited(content, edits), anna).sheet
    describing.describe(promise=promise(evaluation, 2), weight=2, by=bram, today=FIRST_DAY)
    assert sheet is not None
    only_decision = {key for key in map(sheets.key_of, sheet.changes) if key.endswith("over")}
    before = everything(evaluation)
    # Dropped, with the reason for which it goes on: it has one, so that is a person's choice.
    take_over(sheet, anna, taken=only_decision)
    assert promise(evaluation, 1).carry_reason == "Nog nodig"
    assert everything(evaluation) != before


def test_a_newer_preview_of_the_same_person_replaces_the_older(
    evaluation: Evaluation, anna: User, bram: User
) -> None:
    first = bring_edits(evaluation, {(2, Column.WEIGHT): "2"}, anna).sheet
    theirs = bring_edits(evaluation, {(2, Column.WEIGHT): "2"}, bram).sheet
    second = bring_edits(evaluation, {(2, Column.WEIGHT): "3"}, anna).sheet
    assert first is not None
    assert theirs is not None
    assert second is not None
    states = dict(SheetImport.objects.values_list("pk", "state"))
    assert states == {
        first.pk: SheetState.DISCARDED,
        theirs.pk: SheetState.PREVIEW,
        second.pk: SheetState.PREVIEW,
    }


def test_a_role_that_ended_takes_nothing_over(evaluation: Evaluation, anna: User) -> None:
    sheet = bring_edits(evaluation, {(2, Column.MY_VERDICT): "delivered"}, anna).sheet
    assert sheet is not None
    with pytest.raises(Refused, match="Your role changed"):
        sheets.apply(
            sheet=sheet,
            taken=set(),
            rights=rights_of(anna, judge=False),
            revision=sheet.revision,
            by=anna,
            today=FIRST_DAY,
        )
    sheet.refresh_from_db()
    assert (sheet.state, sheet.revision) == (SheetState.PREVIEW, 0)
    assert not Assessment.objects.exists()
