"""Spreadsheets from outside, read as rows of text: nothing is computed, everything has a bound.

The file was looked at by ``core.uploads.inspect`` before. Reading happens in this process: what it
may cost is counted as it comes (``core.spreadsheet_rows``), for .xlsx (``core.xlsx_reading``) and
for .csv alike, so the largest file that passes takes some seconds and some tens of megabytes.
"""

from __future__ import annotations

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext as _

from core.kinds import Kind
from core.refusal import Refused
from core.spreadsheet_rows import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Budget,
    Damaged,
    Formula,
    ReadCell,
    ReadRow,
    TooMuch,
    kept,
)
from core.spreadsheets import unprotected
from core.xlsx_reading import sheets

__all__ = ["Formula", "ReadCell", "ReadRow", "SpreadsheetRefused", "read_any_rows", "read_rows"]

HEADER_WITHIN = 20
"""The header is among so many first rows; people like a title above it."""

_BEGINNING = 64 * 1024
_DELIMITERS = ";,\t"
_SAYS_DELIMITER = "sep="
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DAMAGED = (
    Damaged,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    expat.ExpatError,
    csv.Error,
    ValueError,  # numbers that are none, text in no encoding
    LookupError,  # parts and texts that are not there
    OSError,
    EOFError,
    NotImplementedError,  # packed in a way that nobody packs
    RuntimeError,  # encrypted after all
)


class SpreadsheetRefused(Refused):
    """This spreadsheet is not read; the sentence tells why and what to do."""


def read_rows(*, file: IO[bytes], kind: Kind, header: str) -> list[ReadRow]:
    """Return the rows of the sheet that holds ``header``, from the row of the header on.

    Args:
        file: looked at by ``core.uploads.inspect``; at its start.
        kind: XLSX or CSV.
        header: the text of one column's header, by which the sheet and its header row are known;
            capitals do not matter.

    Raises:
        SpreadsheetRefused: larger than the bounds, damaged, or without that header.
    """
    wanted = header.casefold()
    found = _first(file, kind, lambda rows: _from_header(rows, wanted))
    if found:
        return found
    raise SpreadsheetRefused(
        _(
            "We do not find the column “%(header)s” in this spreadsheet. "
            "Download the sheet again and copy your work into it."
        )
        % {"header": header}
    )


def read_any_rows(*, file: IO[bytes], kind: Kind) -> list[ReadRow]:
    """Return the rows of the first sheet in which something stands under a first row.

    Args:
        file: looked at by ``core.uploads.inspect``; at its start.
        kind: XLSX or CSV.

    Raises:
        SpreadsheetRefused: larger than the bounds, damaged, or without rows under a first one.
    """
    found = _first(file, kind, _if_filled)
    if found:
        return found
    raise SpreadsheetRefused(
        _("There are no rows in this spreadsheet. Put a line with headers above them and retry.")
    )


def _first(
    file: IO[bytes], kind: Kind, choose: Callable[[Iterable[ReadRow]], list[ReadRow]]
) -> list[ReadRow]:
    try:
        for rows in [_csv_rows(file)] if kind is Kind.CSV else sheets(file):
            found = choose(rows)
            if found:
                return found
    except TooMuch as too_much:
        raise SpreadsheetRefused(
            _(
                "This spreadsheet is too large: %(rows)s rows and %(columns)s columns fit. "
                "Take out what does not belong to it and try again."
            )
            % {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
        ) from too_much
    except _DAMAGED as damaged:
        raise SpreadsheetRefused(
            _("This spreadsheet is damaged. Open it, save it again and try once more.")
        ) from damaged
    return []


def _if_filled(rows: Iterable[ReadRow]) -> list[ReadRow]:
    found = list(rows)
    return found if len(found) > 1 else []


def _from_header(rows: Iterable[ReadRow], wanted: str) -> list[ReadRow]:
    found: list[ReadRow] = []
    for position, row in enumerate(rows):
        if found or _holds(row, wanted):
            found.append(row)
        elif position >= HEADER_WITHIN:
            break
    return found


def _holds(row: ReadRow, wanted: str) -> bool:
    return any(isinstance(cell, str) and cell.casefold() == wanted for cell in row.cells)


def _csv_rows(file: IO[bytes]) -> Iterator[ReadRow]:
    text = _decoded(file.read())
    delimiter = _delimiter(text)
    # Excel's own way to say the delimiter: a line of its own, which counts as a row.
    first = 1
    if text[: len(_SAYS_DELIMITER)].lower() == _SAYS_DELIMITER:
        text = text.partition("\n")[2]
        first = 2
    budget = Budget()
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for number, cells in enumerate(lines, start=first):
        if len(cells) > LONGEST_CELL:  # a line of nothing but delimiters
            raise TooMuch
        row: list[ReadCell] = [kept(unprotected(budget.text(cell))) for cell in cells]
        yield from budget.row(number, row)


def _decoded(content: bytes) -> str:
    """Read the text in the encoding that it is in: UTF-8 or 16, or else that of old Windows."""
    if content.startswith(_WIDE_MARKS):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _delimiter(text: str) -> str:
    """Return the delimiter that makes most columns of the first line, or that is said there."""
    beginning = text[:_BEGINNING]
    said = beginning[len(_SAYS_DELIMITER) : len(_SAYS_DELIMITER) + 1]
    if beginning[: len(_SAYS_DELIMITER)].lower() == _SAYS_DELIMITER and said in _DELIMITERS:
        return said or ";"

    def columns(delimiter: str) -> int:
        return len(next(csv.reader(io.StringIO(beginning, newline=""), delimiter=delimiter), []))

    return max(_DELIMITERS, key=columns)
