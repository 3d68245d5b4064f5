"""The spreadsheet of the top ten as a file: written with its stands, read back with its rows."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from core.dates import day_words
from core.kinds import Kind
from core.spreadsheet_reading import Formula, read_rows
from core.spreadsheet_rows import kept
from core.spreadsheets import Cell, Sheet, csv_bytes, text_of, xlsx
from core.spreadsheets import Column as Look
from core.uploads import Document
from evaluation.models import TopTen
from evaluation.queries.ten.desk import Line
from evaluation.rules.sheet import Computed, Given
from evaluation.rules.ten_sheet import (
    EDITABLE,
    LONGEST_ID,
    READ_ONLY,
    Column,
    Row,
    Stand,
    mark_of,
    missing,
    places,
)
from evaluation.sheets.ten_words import FIXED_HEADERS, choices, headers, known_headers, words

KINDS = (Kind.XLSX, Kind.CSV)

_SALT = "evaluation.ten_sheet"
_WIDTHS = {
    Column.ID: 7,
    Column.RANK: 5,
    Column.TITLE: 34,
    Column.OWNER: 20,
    Column.NOW: 20,
    Column.LAST: 44,
    Column.STEP: 30,
    Column.DAY: 13,
    Column.STATUS: 16,
    Column.TEXT: 50,
    Column.REASON: 22,
    Column.LINK: 30,
    Column.PUBLIC: 11,
    Column.STAND: 10,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSheet:
    """A spreadsheet that came back.

    Attributes:
        rows: those in which something stands.
        stands: number of a row → how it went out, for the stands that we signed.
        missing: white columns that are not there.
    """

    rows: list[Row]
    stands: dict[int, Stand]
    missing: list[Column]


def written(*, lines: Sequence[Line], top_ten: TopTen, kind: Kind) -> bytes:
    """Return the spreadsheet as bytes, in the language of now.

    Args:
        lines: the ten.
        top_ten: theirs.
        kind: XLSX or CSV, with the same columns.
    """
    names = headers()
    rows = list(_rows(lines, top_ten))
    if kind is Kind.CSV:
        return csv_bytes(header=[names[column] for column in Column], rows=rows)
    looks = [
        Look(
            header=names[column],
            width=_WIDTHS[column],
            choices=choices(column),
            locked=column not in EDITABLE,
            hidden=column in FIXED_HEADERS,
        )
        for column in Column
    ]
    help_look = Look(header=_("How this sheet works"), width=100)
    return xlsx(
        Sheet(title=_("Top ten"), columns=looks, rows=rows),
        Sheet(title=_("Explanation"), columns=[help_look], rows=[[line] for line in _help()]),
    )


def _help() -> list[str]:
    return [
        _("White columns are yours to fill in. Grey ones are for reading: we ignore what changes."),
        _(
            "Each row in which you fill in something becomes an update. What you leave empty says "
            "nothing: an empty day is today, an empty status stays as it is."
        ),
        _("“Nothing new” is an honest update too."),
        _("Is something done, in full or in part? Put a link beside it that shows it."),
        _("Choose from the list in a cell. Formulas are not computed."),
        _(
            "Bring the sheet back on the page where you found it. You first see what it tells. The "
            "same sheet twice tells nothing twice."
        ),
    ]


def _rows(lines: Sequence[Line], top_ten: TopTen) -> Iterator[list[Cell]]:
    signer = Signer(salt=_SALT)
    download = secrets.token_hex(6)
    yes = next(iter(words()[Column.PUBLIC].values()))
    for line in lines:
        pledge = line.pledge
        texts = {column: kept(text_of(text)) for column, text in _shown(line).items()}
        stand = Stand(
            top_ten=top_ten.pk,
            pledge=pledge.pk,
            download=download,
            marks={column: mark_of(column, texts[column]) for column in READ_ONLY},
        )
        cells: dict[Column, Cell] = {
            **texts,
            Column.ID: pledge.pk,
            Column.RANK: pledge.rank,
            Column.PUBLIC: yes,
            Column.STAND: signer.sign(stand.written()),
        }
        yield [cells.get(column, "") for column in Column]


def _shown(line: Line) -> dict[Column, str]:
    """Return what the grey cells say."""
    pledge, step = line.pledge, next(iter(line.steps), None)
    now = [str(pledge.get_status_display())]
    if pledge.reason:
        now.append(f"({pledge.get_reason_display()})")
    last = f"{day_words(line.last.day)}: {line.last.text}" if line.last else ""
    following = step.title if step else ""
    if step and step.due_on:
        following = f"{following} ({day_words(step.due_on)})"
    return {
        Column.RANK: str(pledge.rank),
        Column.TITLE: pledge.title,
        Column.OWNER: str(pledge.owner or ""),
        Column.NOW: " ".join(now),
        Column.LAST: last,
        Column.STEP: following,
    }


def read(*, document: Document) -> ReadSheet:
    """Read a spreadsheet that came back.

    Raises:
        SpreadsheetRefused: it cannot be read, or it is none of ours.
    """
    header, *body = read_rows(
        file=document.file, kind=document.kind, header=FIXED_HEADERS[Column.STAND]
    )
    where = places([_given(cell) for cell in header.cells], known_headers())
    rows = []
    for line in body:
        cells = {
            column: _given(line.cells[place]) if place < len(line.cells) else ""
            for column, place in where.items()
        }
        if any(cells.values()):
            rows.append(Row(number=line.number, cells=cells))
    return ReadSheet(rows=rows, stands=_stands(rows), missing=missing(where))


def _given(cell: str | Formula) -> Given:
    return Computed(cell.text) if isinstance(cell, Formula) else cell


def _stands(rows: Sequence[Row]) -> dict[int, Stand]:
    signer = Signer(salt=_SALT)
    stands: dict[int, Stand] = {}
    for row in rows:
        try:
            stand = Stand.read(signer.unsign(row.text(Column.STAND)))
        except (BadSignature, ValueError):
            continue  # the rule says so of its row
        text = row.text(Column.ID)
        # A hidden id of another row: sorted apart.
        if text and (len(text) > LONGEST_ID or text != str(stand.pledge)):
            continue
        stands[row.number] = stand
    return stands
