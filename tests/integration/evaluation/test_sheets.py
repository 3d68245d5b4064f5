"""A spreadsheet out and in again: nothing changes by itself, edits change exactly their cells."""

from __future__ import annotations

import pytest

from branches.models import AuditEntry, User
from core.kinds import Kind
from core.refusal import Refused
from evaluation.enums import Reason, SheetState, Verdict
from evaluation.models import Assessment, Evaluation, SheetImport
from evaluation.rules.sheet import Column
from evaluation.services import describing, settling, sheets
from tests.clock import FIRST_DAY
from tests.evaluation_sheets import edited, taken_out
from tests.integration.evaluation.judging import council_member
from tests.integration.evaluation.sheet_steps import (
    bring,
    bring_edits,
    cells,
    everything,
    judge,
    promise,
    rights_of,
    take_over,
    undo,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

KINDS = (Kind.CSV, Kind.XLSX)


@pytest.fixture
def anna(evaluation: Evaluation) -> User:
    return council_member(evaluation, "Anna")


@pytest.fixture
def bram(evaluation: Evaluation) -> User:
    return council_member(evaluation, "Bram")


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
    entries = AuditEntry.objects.filter(verb__regex=r"^(promise|sheet)\.").order_by("pk")
    verbs = list(entries.values_list("verb", flat=True))
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
