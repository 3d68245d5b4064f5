"""Spreadsheets that leave: cells that are text stay text, whoever opens them.

A program that opens a spreadsheet computes what looks like a formula, and a text that somebody
typed may look like one. So text leaves as text: in .xlsx by its type and with Excel's own mark for
it (``quotePrefix``), in .csv behind an apostrophe where it begins with ``= + - @``, tab or CR.
``core.spreadsheet_reading`` takes that apostrophe off again. Characters that XML cannot hold are
left out. Rows are written as they come; a sheet of any length costs the memory of one row.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

Cell = str | int | float | date | None
"""What a cell may hold; numbers and days stay numbers and days."""

LONGEST_CELL = 32_767
"""Characters that a cell may hold, in every program that opens .xlsx."""

LONGEST_TITLE = 31
"""Characters that the name of a sheet may have."""

LONGEST_CHOICES = 255
"""Characters that the words of a drop-down list may have together, with commas between."""

CSV_DELIMITER = ";"
"""What Excel expects of a .csv where a comma stands in numbers, as in Dutch."""

# No XML document can hold these; half a character no file at all.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# How .xlsx itself writes a character by its number; a text that happens to look so is masked.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_UNDERSCORE = "_x005F_"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LIKE_A_FORMULA = re.compile("'*[=+\\-@\t\r]")
_PROTECTED = re.compile("'+[=+\\-@\t\r]")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")

# Points; a row of more lines than this would fill a screen.
_LINE_HEIGHT = 15
_MOST_LINES = 12

_GREY = PatternFill("solid", fgColor="FFF2F0EB")
_DARK = PatternFill("solid", fgColor="FFE3DED4")
_LINE = Border(bottom=Side(style="thin", color="FFDCD6CA"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """How one column of a sheet looks."""

    header: str
    width: float = 14  # in characters
    choices: Sequence[str] = ()  # the words of its drop-down list; none: anything may be typed
    locked: bool = False  # greyed: for reading only
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: a frozen header with a filter, and rows as wide as its columns."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def text_of(text: str) -> str:
    """Return ``text`` without what no spreadsheet can hold, cut to the length of a cell."""
    text = _NO_XML.sub("", text)
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"


def write_xlsx(*, target: IO[bytes], sheets: Sequence[Sheet]) -> None:
    """Write a workbook to ``target``, row by row."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book, sheet)
    book.save(target)


def xlsx(*sheets: Sheet) -> bytes:
    """Return a workbook as bytes, for an answer."""
    target = io.BytesIO()
    write_xlsx(target=target, sheets=sheets)
    return target.getvalue()


def write_csv(*, target: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write ``header`` and ``rows`` to ``target`` as Excel reads .csv: UTF-8 with BOM and ``;``."""
    # A BOM is how Excel knows that it is UTF-8.
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=CSV_DELIMITER)
    for row in chain([header], rows):
        writer.writerow([_csv_cell(cell) for cell in row])
    text.detach()


def csv_bytes(*, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a .csv as bytes, for an answer."""
    target = io.BytesIO()
    write_csv(target=target, header=header, rows=rows)
    return target.getvalue()


def protected(text: str) -> str:
    """Put an apostrophe before a text that a program might compute."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def unprotected(text: str) -> str:
    """Take off the apostrophe that ``protected`` put there: the one is the other's inverse."""
    return text[1:] if _PROTECTED.match(text) else text


def escaped(text: str) -> str:
    """Return ``text`` as .xlsx keeps it: what looks like an escaped character is none."""
    return _LOOKS_ESCAPED.sub(_UNDERSCORE, text)


def unescaped(text: str) -> str:
    """Return a text of .xlsx as it is meant: the inverse of ``escaped``, and of what Excel does."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return protected(text_of(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _write_sheet(book: Any, sheet: Sheet) -> None:
    page = book.create_sheet(_NOT_IN_TITLE.sub(" ", text_of(sheet.title))[:LONGEST_TITLE])
    # Both must be said before the first row; what stands below the rows comes after them.
    page.freeze_panes = "A2"
    # On paper: as wide as the page lies, the header on each.
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.print_title_rows = "1:1"
    for position, column in enumerate(sheet.columns, start=1):
        dimension = page.column_dimensions[get_column_letter(position)]
        dimension.width = column.width
        dimension.hidden = column.hidden
    texts = [column.header for column in sheet.columns]
    _put(page, 1, texts, sheet, (_head(page, column) for column in sheet.columns))
    cells = [(_body(page, column), _body(page, column, quoted=True)) for column in sheet.columns]
    count = 1
    for count, row in enumerate(sheet.rows, start=2):
        _put(page, count, row, sheet, (_filled(*one) for one in zip(cells, row, strict=True)))
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{count}"
    for position, column in enumerate(sheet.columns, start=1):
        words = _in_list(column.choices)
        if words and count > 1:
            letter = get_column_letter(position)
            page.data_validations.append(_choices(words, f"{letter}2:{letter}{count}"))
    page.close()


def _put(page: Any, number: int, texts: Sequence[Cell], sheet: Sheet, row: Iterator[Any]) -> None:
    """Append one row, as high as its texts need."""
    lines = max(map(_lines, sheet.columns, texts), default=1)
    if lines > 1:
        # As a program notes a height that it chose by itself: it grows with what is typed.
        # openpyxl's own object would say that a person chose it.
        page.row_dimensions[number] = {"ht": str(_LINE_HEIGHT * lines)}
    page.append(list(row))
    page.row_dimensions.pop(number, None)


def _head(page: Any, column: Column) -> Any:
    cell = _text(WriteOnlyCell(page), column.header)
    cell.font = Font(bold=True)
    cell.fill = _DARK
    cell.border = _LINE
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _body(page: Any, column: Column, *, quoted: bool = False) -> Any:
    """Return the one cell that is written again and again in a column, with its look."""
    cell = WriteOnlyCell(page)
    cell.alignment = Alignment(wrap_text=not column.hidden, vertical="top", horizontal="left")
    cell.border = _LINE
    if column.locked:
        cell.fill = _GREY
    cell.quotePrefix = quoted
    return cell


def _filled(pair: tuple[Any, Any], value: Cell) -> Any:
    plain, quoted = pair
    if isinstance(value, str):
        return _text(quoted if value.startswith(_FORMULA_STARTS) else plain, value)
    # A day keeps the look of its cell: openpyxl would give the cell another number format.
    if isinstance(value, date):
        return _text(plain, value.isoformat())
    plain.value = value
    return plain


def _lines(column: Column, value: Cell) -> int:
    """Return over how many lines a cell is likely to run, within reason."""
    if not isinstance(value, str) or column.hidden:
        return 1
    if len(value) <= column.width and "\n" not in value:
        return 1
    lines = sum(1 + int(len(part) // column.width) for part in value.split("\n"))
    return min(lines, _MOST_LINES)


def _text(cell: Any, text: str) -> Any:
    # Past the setter, which guesses what a text might be.
    cell._value = escaped(text_of(text))  # noqa: SLF001 - the setter would make a formula of "=1"
    cell.data_type = "s"
    return cell


def _choices(words: str, cells: str) -> DataValidation:
    # A word that is not in the list is warned about, not refused: reading it back says what it is.
    return DataValidation(
        type="list",
        formula1=f'"{words}"',
        allow_blank=True,
        sqref=cells,
        errorStyle="warning",
        showErrorMessage=True,
    )


def _in_list(choices: Sequence[str]) -> str:
    """Return the words as a drop-down list wants them; nothing when they do not fit in one."""
    words = ",".join(choices)
    fits = len(words) <= LONGEST_CHOICES and words.count(",") == len(choices) - 1
    return words if fits and '"' not in words else ""
