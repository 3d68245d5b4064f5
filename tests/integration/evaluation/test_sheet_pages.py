"""The pages of the spreadsheet: out, in, looked at, taken over, undone."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.models import Branch, User
from core.kinds import Kind
from evaluation.enums import SheetState, Verdict
from evaluation.models import Assessment, Evaluation, SheetImport
from evaluation.rules.sheet import Column
from evaluation.services.describing import describe
from evaluation.sheets.words import HEADERS
from tests.clock import FIRST_DAY
from tests.evaluation_factories import evaluation_of
from tests.evaluation_sheets import Edit, csv_of, edited, grid_of, taken_out
from tests.integration.evaluation.judging import judge, promise_of, text_of, url
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db

CONFLICT, UNPROCESSABLE = 409, 422


def out_url(evaluation: Evaluation, ending: str) -> str:
    return reverse("evaluation:sheet_out", args=[evaluation.branch.slug, evaluation.pk, ending])


def sheet_url(sheet: SheetImport) -> str:
    return reverse("evaluation:sheet", args=[sheet.evaluation.branch.slug, sheet.pk])


def bring(client: Client, evaluation: Evaluation, content: bytes, kind: Kind = Kind.CSV) -> Any:
    document = SimpleUploadedFile(f"beloften.{kind}", content)
    return client.post(url("sheet_in", evaluation), {"document": document})


def brought(client: Client, evaluation: Evaluation, by: User, edits: Edit) -> SheetImport:
    """Return the preview of a sheet of ``by`` with these edits."""
    answer = bring(client, evaluation, edited(taken_out(evaluation, by), edits))
    sheet = SheetImport.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (302, sheet_url(sheet))
    return sheet


def act(client: Client, sheet: SheetImport, action: str, **more: str) -> Any:
    sheet.refresh_from_db()
    data = {"action": action, "revision": sheet.revision, **more}
    return client.post(sheet_url(sheet), data)


def test_the_sheet_goes_out_as_a_file_that_opens(
    evaluation: Evaluation, as_ans: Client, ans: User
) -> None:
    judge(promise_of(evaluation, 1), Verdict.PARTLY, by=ans)
    answer = as_ans.get(out_url(evaluation, "xlsx"))
    assert answer["Content-Disposition"].startswith('attachment; filename="')
    assert answer["Content-Disposition"].endswith('-2021-10-04.xlsx"')
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    header = [cell.value for cell in page[1]]
    assert header == [str(HEADERS[column]) for column in Column]
    plain = as_ans.get(out_url(evaluation, "csv"))
    assert plain["Content-Type"] == "text/csv; charset=utf-8"
    assert grid_of(plain.content)[0] == header
    assert as_ans.get(out_url(evaluation, "pdf")).status_code == 404


def test_a_board_member_gets_no_columns_to_judge_in(
    evaluation: Evaluation, as_board: Client
) -> None:
    header = grid_of(as_board.get(out_url(evaluation, "csv")).content)[0]
    assert str(HEADERS[Column.MY_VERDICT]) not in header
    assert str(HEADERS[Column.EXPLANATION]) in header


def test_unchanged_it_says_no_difference_and_keeps_nothing(
    evaluation: Evaluation, as_ans: Client, ans: User
) -> None:
    answer = bring(as_ans, evaluation, taken_out(evaluation, ans))
    assert answer.status_code == 200
    assert answer.context["unchanged"]
    assert not SheetImport.objects.exists()


def test_from_the_preview_to_taken_over_to_undone(
    evaluation: Evaluation, as_ans: Client, ans: User
) -> None:
    edits = {(2, Column.MY_VERDICT): "partly delivered", (2, Column.EXPLANATION): "<b>Half</b> af"}
    sheet = brought(as_ans, evaluation, ans, edits)
    page = text_of(as_ans.get(sheet_url(sheet)))
    assert "&lt;b&gt;Half&lt;/b&gt; af" in page
    assert 'value="apply"' in page
    assert not Assessment.objects.exists()
    assert act(as_ans, sheet, "apply").status_code == 302
    assert promise_of(evaluation, 1).verdict == Verdict.PARTLY
    page = text_of(as_ans.get(sheet_url(sheet)))
    assert 'value="undo"' in page
    assert 'value="apply"' not in page
    assert act(as_ans, sheet, "undo").status_code == 302
    assert promise_of(evaluation, 1).verdict == Verdict.NOT_ASSESSED
    assert promise_of(evaluation, 1).explanation == ""
    sheet.refresh_from_db()
    assert sheet.state == SheetState.UNDONE


def test_a_preview_can_be_thrown_away(evaluation: Evaluation, as_ans: Client, ans: User) -> None:
    sheet = brought(as_ans, evaluation, ans, {(2, Column.WEIGHT): "3"})
    assert act(as_ans, sheet, "discard")["Location"] == url("sheet_in", evaluation)
    sheet.refresh_from_db()
    assert sheet.state == SheetState.DISCARDED
    assert sheet_url(sheet) not in text_of(as_ans.get(url("sheet_in", evaluation)))


@pytest.mark.parametrize(("choice", "expected"), [("keep", "Zorg"), ("take", "Wonen")])
def test_a_conflict_is_chosen_on_the_page(
    evaluation: Evaluation, as_ans: Client, ans: User, choice: str, expected: str
) -> None:
    content = edited(taken_out(evaluation, ans), {(2, Column.PORTFOLIO): "Wonen"})
    promise = promise_of(evaluation, 1)
    describe(promise=promise, portfolio="Zorg", by=ans, today=FIRST_DAY)
    bring(as_ans, evaluation, content)
    sheet = SheetImport.objects.get()
    page = text_of(as_ans.get(sheet_url(sheet)))
    assert "Zorg" in page
    assert "Wonen" in page
    act(as_ans, sheet, "apply", **{f"choice-{promise.pk}.portfolio": choice})
    assert promise_of(evaluation, 1).portfolio == expected


def test_very_many_conflicts_are_chosen_at_once(
    as_ans: Client, ans: User, evaluation: Evaluation
) -> None:
    many = evaluation_of(
        programme_with({"Wonen": [f"Belofte {n}" for n in range(250)]}, branch=evaluation.branch)
    )
    grid = grid_of(taken_out(many, ans))
    place = grid[0].index(str(HEADERS[Column.WEIGHT]))
    for row in grid[1:]:
        row[place] = "3"
    many.promises.update(weight=2)
    bring(as_ans, many, csv_of(grid))
    sheet = SheetImport.objects.get()
    page = text_of(as_ans.get(sheet_url(sheet)))
    assert page.count('type="radio"') == 2
    act(as_ans, sheet, "apply", **{"choice-all": "take"})
    assert many.promises.filter(weight=3).count() == 250


def test_what_moved_since_the_preview_is_shown_and_nothing_is_overwritten(
    evaluation: Evaluation, as_ans: Client, ans: User, board: User
) -> None:
    sheet = brought(as_ans, evaluation, ans, {(2, Column.PORTFOLIO): "Wonen"})
    describe(promise=promise_of(evaluation, 1), portfolio="Zorg", by=board, today=FIRST_DAY)
    answer = act(as_ans, sheet, "apply")
    assert answer.status_code == CONFLICT
    assert "Zorg" in text_of(answer)
    assert promise_of(evaluation, 1).portfolio == "Zorg"


def test_an_old_window_and_an_unknown_button_change_nothing(
    evaluation: Evaluation, as_ans: Client, ans: User
) -> None:
    sheet = brought(as_ans, evaluation, ans, {(2, Column.WEIGHT): "3"})
    old = as_ans.post(sheet_url(sheet), {"action": "apply", "revision": 7})
    assert old.status_code == CONFLICT
    assert act(as_ans, sheet, "ontplof").status_code == CONFLICT
    assert promise_of(evaluation, 1).weight == 1


def test_somebody_else_looks_at_a_sheet_and_cannot_take_it_over(
    evaluation: Evaluation, as_ans: Client, as_board: Client, ans: User
) -> None:
    sheet = brought(as_ans, evaluation, ans, {(2, Column.WEIGHT): "3"})
    page = as_board.get(sheet_url(sheet))
    assert page.status_code == 200
    assert 'value="apply"' not in text_of(page)
    assert act(as_board, sheet, "apply").status_code == CONFLICT
    assert promise_of(evaluation, 1).weight == 1


def test_what_is_not_taken_over_is_told_with_its_rows(
    evaluation: Evaluation, as_ans: Client, ans: User
) -> None:
    grid = grid_of(taken_out(evaluation, ans))
    grid[0][grid[0].index(str(HEADERS[Column.GOOD]))] = "Goed idee?"
    for row in (1, 2):
        grid[row][grid[0].index(str(HEADERS[Column.MY_VERDICT]))] = "half af"
    grid[1][grid[0].index(str(HEADERS[Column.TEXT]))] = "Mooier gezegd"
    answer = bring(as_ans, evaluation, csv_of(grid))
    assert answer.status_code == 200
    (remark,) = answer.context["refused"]
    assert (remark.title, remark.rows, remark.texts) == (
        str(HEADERS[Column.MY_VERDICT]),
        [2, 3],
        ["half af"],
    )
    assert [one.rows for one in answer.context["ignored"]] == [[2]]
    assert answer.context["unknown"] == ["Goed idee?"]
    assert answer.context["missing"] == [str(HEADERS[Column.GOOD])]


HOSTILE: dict[str, Callable[[], tuple[bytes, Kind]]] = {
    "nothing of ours": lambda: (b"a;b\n1;2\n", Kind.CSV),
    "an empty file": lambda: (b"", Kind.CSV),
    "a picture with another name": lambda: (b"\x89PNG\r\n\x1a\n", Kind.XLSX),
    "half a spreadsheet": lambda: (b"PK\x03\x04half", Kind.XLSX),
    "a text of binary": lambda: (bytes(range(256)) * 10, Kind.CSV),
    "a spreadsheet under another name": lambda: (b"stand;id\n", Kind.XLSX),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_sheet_of_ours_is_refused_in_one_sentence(
    evaluation: Evaluation, as_ans: Client, name: str
) -> None:
    content, kind = HOSTILE[name]()
    answer = bring(as_ans, evaluation, content, kind)
    assert answer.status_code == UNPROCESSABLE
    assert len(answer.context["form"].errors["document"]) == 1
    assert not SheetImport.objects.exists()


def test_without_a_file_it_asks_for_one(evaluation: Evaluation, as_ans: Client) -> None:
    answer = as_ans.post(url("sheet_in", evaluation), {})
    assert answer.status_code == UNPROCESSABLE
    assert len(answer.context["form"].errors["document"]) == 1


def test_a_sheet_of_another_branch_is_not_there(
    evaluation: Evaluation, as_ans: Client, ans: User
) -> None:
    theirs = evaluation_of()
    sheet = SheetImport.objects.create(
        evaluation=theirs, file_name="x.csv", uploaded_by=ans, uploaded_on=FIRST_DAY
    )
    assert as_ans.get(sheet_url(sheet)).status_code == 404
    borrowed = reverse("evaluation:sheet", args=[evaluation.branch.slug, sheet.pk])
    assert as_ans.get(borrowed).status_code == 404
    assert Branch.objects.count() == 2


def _queries(client: Client, evaluation: Evaluation, person: User) -> tuple[int, int, int]:
    """Return how many questions going out, coming in and looking ask."""
    grid = grid_of(taken_out(evaluation, person))
    for row in grid[1:]:
        row[grid[0].index(str(HEADERS[Column.MY_VERDICT]))] = "delivered"
    content = csv_of(grid)
    with CaptureQueriesContext(connection) as out:
        client.get(out_url(evaluation, "csv"))
    with CaptureQueriesContext(connection) as into:
        bring(client, evaluation, content)
    sheet = SheetImport.objects.latest("pk")
    with CaptureQueriesContext(connection) as look:
        client.get(sheet_url(sheet))
    return len(out), len(into), len(look)


def test_the_number_of_queries_does_not_grow_with_the_promises(
    evaluation: Evaluation, as_ans: Client, ans: User
) -> None:
    many = evaluation_of(
        programme_with({"Wonen": [f"Belofte {n}" for n in range(60)]}, branch=evaluation.branch)
    )
    _queries(as_ans, evaluation, ans)  # whatever a first visit asks
    assert _queries(as_ans, evaluation, ans) == _queries(as_ans, many, ans)
