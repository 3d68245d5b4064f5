"""What of a spreadsheet is not taken over: of others, torn, made up, or not going together."""

from __future__ import annotations

import pytest

from branches.models import User
from core.refusal import Refused
from evaluation.enums import CarryOver, Verdict
from evaluation.models import Assessment, Evaluation, Promise
from evaluation.rules.sheet import Column, Trouble
from evaluation.services import carrying, describing, sheets
from tests.clock import FIRST_DAY
from tests.evaluation_factories import evaluation_of
from tests.evaluation_sheets import csv_of, edited, grid_of, place_of, taken_out
from tests.integration.evaluation.judging import council_member
from tests.integration.evaluation.sheet_steps import (
    bring,
    bring_edits,
    cells,
    everything,
    judge,
    promise,
    take_over,
    troubles,
    undo,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def anna(evaluation: Evaluation) -> User:
    return council_member(evaluation, "Anna")


@pytest.fixture
def bram(evaluation: Evaluation) -> User:
    return council_member(evaluation, "Bram")


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
