"""The spreadsheet of an evaluation as a file: written with its stands, read back with its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from branches.models import User
from core.kinds import Kind
from core.spreadsheet_reading import Formula, SpreadsheetRefused, read_rows
from core.spreadsheets import Cell, Sheet, csv_bytes, xlsx
from core.spreadsheets import Column as Look
from core.uploads import Document
from evaluation.models import Evaluation
from evaluation.queries.sheets import Line
from evaluation.rules.sheet import (
    EDITABLE,
    MARKED,
    MINE,
    Column,
    Computed,
    Given,
    Stand,
    Vocabulary,
    mark,
)
from evaluation.rules.sheet_layout import Layout, Row, layout, rows
from evaluation.sheets.words import FIXED_HEADERS, Labels, labels

KINDS = (Kind.XLSX, Kind.CSV)

_SALT = "evaluation.sheet"
_WIDTHS = {
    Column.ID: 7,
    Column.NUMBER: 6,
    Column.CHAPTER: 18,
    Column.SECTION: 18,
    Column.TEXT: 55,
    Column.WHO: 18,
    Column.MY_VERDICT: 19,
    Column.MY_REASON: 19,
    Column.MY_TIMING: 12,
    Column.MY_NOTE: 35,
    Column.OUTCOME: 22,
    Column.OTHERS: 26,
    Column.WEIGHT: 9,
    Column.PORTFOLIO: 16,
    Column.EXPLANATION: 45,
    Column.GOOD: 9,
    Column.TOPICAL: 11,
    Column.CARRY_OVER: 15,
    Column.CARRY_REASON: 35,
    Column.STAND: 10,
}
_NUMBERS = (Column.ID, Column.NUMBER, Column.WEIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSheet:
    """A spreadsheet that came back.

    Attributes:
        layout: which column is which.
        rows: those in which something stands.
        stands: promise → how its row went out, for the stands that we signed.
    """

    layout: Layout
    rows: list[Row]
    stands: dict[int, Stand]


def columns_for(*, judge: bool) -> tuple[Column, ...]:
    """Return the columns of a sheet: who may not judge has no personal ones."""
    return tuple(column for column in Column if judge or column not in MINE)


def written(
    *, lines: Iterable[Line], evaluation: Evaluation, person: User, judge: bool, kind: Kind
) -> bytes:
    """Return the spreadsheet as bytes, in the language of now.

    Args:
        lines: the promises, seen by ``person``.
        evaluation: theirs.
        person: who takes it out; the personal columns are theirs.
        judge: whether they may judge.
        kind: XLSX or CSV, with the same columns.
    """
    known = labels()
    columns = columns_for(judge=judge)
    cells = _cells(lines, columns, known, evaluation=evaluation, person=person)
    if kind is Kind.CSV:
        return csv_bytes(header=[known.headers[column] for column in columns], rows=cells)
    looks = [
        Look(
            header=known.headers[column],
            width=_WIDTHS[column],
            choices=known.choices(column),
            locked=column not in EDITABLE,
            hidden=column in FIXED_HEADERS,
        )
        for column in columns
    ]
    help_look = Look(header=_("How this sheet works"), width=100)
    return xlsx(
        Sheet(title=_("Promises"), columns=looks, rows=cells),
        Sheet(title=_("Explanation"), columns=[help_look], rows=[[line] for line in _help(judge)]),
    )


def _help(judge: bool) -> list[str]:  # noqa: FBT001 - one call, above
    lines = [
        _("White columns are yours to fill in. Grey ones are for reading: we ignore what changes."),
        _(
            "Sort, filter and hide as you like, always the sheet as a whole. Deleting a row or a "
            "column changes nothing."
        ),
        _("Choose from the list in a cell. Formulas are not computed."),
        _(
            "Bring the sheet back on the page where you found it. You first see what changes, and "
            "everything can be undone."
        ),
    ]
    if judge:
        lines.insert(
            1,
            _(
                "The columns that begin with “My” are your own verdicts. Leave a verdict empty and "
                "you have not judged; empty one that you gave and you take it back."
            ),
        )
    return lines


def _cells(
    lines: Iterable[Line],
    columns: Sequence[Column],
    known: Labels,
    *,
    evaluation: Evaluation,
    person: User,
) -> Iterator[list[Cell]]:
    signer = Signer(salt=_SALT)
    for line in lines:
        texts = line.shown | {
            column: known.shown(column, value) for column, value in line.standing.values.items()
        }
        said = line.shown | dict(line.standing.values)
        stand = Stand(
            evaluation=evaluation.pk,
            person=person.pk,
            promise=line.promise,
            marks={column: mark(column, said[column]) for column in MARKED},
        )
        texts[Column.ID] = str(line.promise)
        texts[Column.STAND] = signer.sign(stand.written())
        yield [int(texts[one]) if one in _NUMBERS else texts[one] for one in columns]


def read(*, document: Document, vocabulary: Vocabulary) -> ReadSheet:
    """Read a spreadsheet that came back.

    Raises:
        SpreadsheetRefused: it cannot be read, or it is none of ours.
    """
    header, *body = read_rows(
        file=document.file, kind=document.kind, header=FIXED_HEADERS[Column.STAND]
    )
    where = layout([_given(cell) for cell in header.cells], vocabulary)
    if Column.ID not in where.places:
        raise SpreadsheetRefused(
            _(
                "We do not find the column “%(header)s” in this spreadsheet. "
                "Download the sheet again and copy your work into it."
            )
            % {"header": FIXED_HEADERS[Column.ID]}
        )
    found = rows(where, ((row.number, [_given(cell) for cell in row.cells]) for row in body))
    return ReadSheet(layout=where, rows=found, stands=_stands(found))


def _given(cell: str | Formula) -> Given:
    return Computed(cell.text) if isinstance(cell, Formula) else cell


def _stands(found: Iterable[Row]) -> dict[int, Stand]:
    signer = Signer(salt=_SALT)
    stands: dict[int, Stand] = {}
    for row in found:
        try:
            stand = Stand.read(signer.unsign(row.text(Column.STAND)))
        except (BadSignature, ValueError):
            continue  # the rule says so of its row
        stands.setdefault(stand.promise, stand)
    return stands
