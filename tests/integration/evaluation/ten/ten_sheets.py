"""What tests of the spreadsheet of the ten do: take it out, fill it in, bring it back."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import openpyxl
from django.core.files.base import ContentFile

from branches.models import User
from core.kinds import Kind
from core.spreadsheets import protected
from core.uploads import inspect
from evaluation.models import TopTen
from evaluation.queries.ten.desk import lines
from evaluation.rules.ten_sheet import Column
from evaluation.services.ten import sheets
from evaluation.sheets.ten_file import KINDS, written
from evaluation.sheets.ten_words import HEADERS
from tests.evaluation_sheets import csv_of, grid_of

Typed = Mapping[int, Mapping[str, str]]
"""Row of the sheet, from 2 → column → what somebody types there."""


def taken_out(top_ten: TopTen, person: User, *, today: date, kind: Kind = Kind.CSV) -> bytes:
    found = lines(top_ten=top_ten, person=person, coming=None, since=today, today=today)
    return written(lines=found, top_ten=top_ten, kind=kind)


def filled_in(content: bytes, typed: Typed, kind: Kind = Kind.CSV) -> bytes:
    if kind is Kind.CSV:
        grid = grid_of(content)
        for row, cells in typed.items():
            for name, text in cells.items():
                grid[row - 1][grid[0].index(str(HEADERS[Column(name)]))] = protected(text)
        return csv_of(grid)
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    columns = {str(cell.value): cell.column for cell in page[1]}
    for row, cells in typed.items():
        for name, text in cells.items():
            cell: Any = page.cell(row=row, column=columns[str(HEADERS[Column(name)])])
            cell.value = text
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def bring(
    top_ten: TopTen, content: bytes, *, today: date, kind: Kind = Kind.CSV
) -> sheets.Received:
    document = inspect(file=ContentFile(content, name=f"tien.{kind.value}"), kinds=KINDS)
    return sheets.receive(top_ten=top_ten, document=document, today=today)


def tell_all(received: sheets.Received, top_ten: TopTen, *, by: User, today: date) -> int:
    packed = sheets.pack(entries=received.entries, top_ten=top_ten, by=by)
    return sheets.apply(top_ten=top_ten, packed=packed, by=by, today=today)
