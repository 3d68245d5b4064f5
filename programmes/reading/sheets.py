"""Tables: each row of a spreadsheet or a .csv file as it stands; nothing is worked out."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from openpyxl import load_workbook

from programmes.reading.drafts import LONGEST_TEXT, MOST_BLOCKS, Draft, finished
from programmes.reading.errors import Code, Unreadable
from programmes.reading.packages import Package
from programmes.reading.text import decode
from programmes.rules.blocks import Block, BlockKind

MOST_COLUMNS = 100
"""Columns that a table may have."""

_DELIMITERS = ";,\t|"
_LOOKED_AT = 50  # rows from which the delimiter is told


def read_xlsx(content: bytes) -> list[Block]:
    """Return the rows of all sheets that are not hidden, formulas as the text that they are.

    A sheet's name is a heading where there are several.

    Raises:
        Unreadable: it is damaged, too large, empty, or defines entities.
    """
    with Package(content) as package:
        package.refuse_entities()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about form controls and the like, which hold no text
        try:
            drafts = list(_sheets(content))
        except (Unreadable, MemoryError):
            raise
        except Exception as wrong:  # openpyxl raises whatever a broken part makes it stumble over
            raise Unreadable(Code.DAMAGED) from wrong
    return finished(drafts)


def _sheets(content: bytes) -> Iterator[Draft]:
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    count = 0
    for sheet in shown:
        sheet.reset_dimensions()  # what it says of its own size need not be true
        rows = sheet.iter_rows(max_row=MOST_BLOCKS + 1, max_col=MOST_COLUMNS + 1, values_only=True)
        found = list(_rows(rows))
        if found and len(shown) > 1:
            yield Draft(kind=BlockKind.HEADING, text=sheet.title, level=1, gap=True)
        yield from found
        count += len(found)
        if count > MOST_BLOCKS:
            raise Unreadable(Code.TOO_MANY_BLOCKS)


def read_csv(content: bytes) -> list[Block]:
    """Return the rows of values apart by semicolons, commas, tabs or bars, in any encoding.

    Raises:
        Unreadable: it is damaged, too large or empty.
    """
    text = decode(content).replace("\0", "")
    first, _newline, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=") + 1:
        delimiter, text = first.strip()[-1], rest  # as Excel writes it
    else:
        delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return finished(_rows(reader))
    except csv.Error as wrong:
        raise Unreadable(Code.DAMAGED) from wrong


def _delimiter(text: str) -> str:
    """Return what stands between the values: what divides most rows into equally many."""
    head = "\n".join(text[: LONGEST_TEXT * 4].splitlines()[:_LOOKED_AT])
    best, most = ";", 0
    for delimiter in _DELIMITERS:
        try:
            rows = [row for row in csv.reader(io.StringIO(head), delimiter=delimiter) if row]
        except csv.Error:
            continue
        widths = [len(row) for row in rows]
        usual = max(set(widths), key=widths.count) if widths else 1
        score = widths.count(usual) * min(usual - 1, 10)
        if score > most:
            best, most = delimiter, score
    return best


def _rows(rows: Iterable[Iterable[object]]) -> Iterator[Draft]:
    """Yield each row that holds something; a row without leaves a gap."""
    gap = False
    for line, row in enumerate(rows, start=1):
        if line > MOST_BLOCKS:
            raise Unreadable(Code.TOO_MANY_BLOCKS)
        cells = [_shown(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(Code.TOO_WIDE)
        if cells:
            text = " | ".join(filter(None, cells))
            yield Draft(kind=BlockKind.ROW, text=text, cells=tuple(cells), line=line, gap=gap)
        gap = not cells


def _shown(value: object) -> str:
    """Return the text of one cell; a day as 2022-03-16, a whole number without decimals."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        whole_day = value.time() == time()
        return value.date().isoformat() if whole_day else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())
