"""Taking a spreadsheet out in a test, editing it as a person would, and bringing it back."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import openpyxl
from django.core.files.base import ContentFile

from branches.models import User
from core.kinds import Kind
from core.spreadsheets import protected
from core.uploads import Document, inspect
from evaluation.models import Evaluation
from evaluation.queries.sheets import lines
from evaluation.rules.sheet import Column
from evaluation.sheets.file import KINDS, written
from evaluation.sheets.words import HEADERS

Edit = Mapping[tuple[int, Column], str]
"""(row of the sheet, from 2; column) → what somebody types there."""


def taken_out(
    evaluation: Evaluation, person: User, *, kind: Kind = Kind.CSV, judge: bool = True
) -> bytes:
    """Return the sheet as it goes out to this person."""
    return written(
        lines=lines(evaluation=evaluation, person=person),
        evaluation=evaluation,
        person=person,
        judge=judge,
        kind=kind,
    )


def as_document(content: bytes, kind: Kind = Kind.CSV) -> Document:
    """Return it as somebody brings it back."""
    return inspect(file=ContentFile(content, name=f"beloften.{kind.value}"), kinds=KINDS)


def grid_of(content: bytes) -> list[list[str]]:
    """Return the cells of a .csv of ours, as they stand in it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def csv_of(grid: list[list[str]], *, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """Return cells as a program writes them."""
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter).writerows(grid)
    return target.getvalue().encode(encoding)


def place_of(grid: list[list[str]], column: Column) -> int:
    """Return where a column stands, from 0."""
    return grid[0].index(str(HEADERS[column]))


def edited(content: bytes, edits: Edit, kind: Kind = Kind.CSV) -> bytes:
    """Return a sheet in which somebody typed something."""
    if kind is Kind.CSV:
        grid = grid_of(content)
        for (row, column), text in edits.items():
            grid[row - 1][place_of(grid, column)] = protected(text)
        return csv_of(grid)
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    places = {str(cell.value): cell.column for cell in page[1]}
    for (row, column), text in edits.items():
        cell: Any = page.cell(row=row, column=places[str(HEADERS[column])])
        cell.value = text or None
        if text:
            cell.data_type = "s"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
