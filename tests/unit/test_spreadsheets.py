"""Spreadsheets out and in: text stays text, nothing is computed, everything has a bound."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core import spreadsheet_reading as reading
from core import spreadsheet_rows as bounds
from core.characters import clean
from core.kinds import Kind
from core.spreadsheets import (
    Column,
    Sheet,
    csv_bytes,
    escaped,
    protected,
    text_of,
    unescaped,
    unprotected,
    write_xlsx,
    xlsx,
)

DANGEROUS = ["=1+1", "+31 6", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"]
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
)
# Everything a person can type, and what they cannot.
texts = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("=+-@'\t\r\n_x0041;,\"\x00\x0b\ufffe\u202e 1"),
    ),
    max_size=40,
)


ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    *("branches", "consultation", "core", "demo", "evaluation", "jobs", "monitor"),
    *("notifications", "process", "programmes"),
)
# Plays somebody outside, whose spreadsheet comes in.
OF_OTHERS = "demo/services/listening.py"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Read the sentences in the language in which they are written."""
    with override("en"):
        yield


def book(*rows: list[object]) -> bytes:
    columns = [Column(header=f"kolom {place}") for place in range(len(rows[0]))]
    return xlsx(Sheet(title="Blad", columns=columns, rows=rows))  # type: ignore[arg-type]


def back(content: bytes, kind: Kind = Kind.XLSX, header: str = "kolom 0") -> list[list[object]]:
    rows = reading.read_rows(file=io.BytesIO(content), kind=kind, header=header)
    return [list(row.cells) for row in rows[1:]]


def with_sheet(xml: str, *, strings: str = "") -> bytes:
    """Return a workbook whose sheet (and shared texts) are these."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(["a"]))) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name == "xl/worksheets/sheet1.xml":
                new.writestr(name, xml, zipfile.ZIP_DEFLATED)
            elif name != "xl/sharedStrings.xml":
                new.writestr(name, old.read(name))
        if strings:
            new.writestr("xl/sharedStrings.xml", strings, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def cells(*inner: str) -> str:
    header = '<row r="1"><c r="A1" t="inlineStr"><is><t>kolom 0</t></is></c></row>'
    return SHEET.format(f"<sheetData>{header}{''.join(inner)}</sheetData>")


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_looks_like_a_formula_leaves_as_text(text: str) -> None:
    page = openpyxl.load_workbook(io.BytesIO(book([text]))).active
    cell = page["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value == text
    assert (
        csv_bytes(header=["kolom 0"], rows=[[text]])
        .decode("utf-8-sig")
        .split("\r\n", 1)[1]
        .lstrip('"')
        .startswith(f"'{text[0]}")
    )


def test_the_sheet_is_ready_to_work_in() -> None:
    columns = [
        Column(header="Lezen", width=30, locked=True),
        Column(header="Kiezen", choices=["wel", "niet"]),
        Column(header="Te veel om te kiezen", choices=["x" * 300]),
        Column(header="Verborgen", hidden=True),
    ]
    rows = [["a", "wel", "", "z"], ["b", "niet", "", "z"]]
    out = xlsx(Sheet(title="Een [titel]: met/alles?", columns=columns, rows=rows))
    page = openpyxl.load_workbook(io.BytesIO(out)).active
    assert page.title == "Een  titel   met alles "
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:D3"
    assert page.column_dimensions["A"].width == 30
    assert page.column_dimensions["D"].hidden
    (choices,) = page.data_validations.dataValidation
    assert (choices.formula1, str(choices.sqref)) == ('"wel,niet"', "B2:B3")
    assert page["A2"].fill.fgColor.rgb != page["B2"].fill.fgColor.rgb


def test_numbers_and_days_stay_what_they_are() -> None:
    out = book([3, 2.5, date(2021, 10, 4), None, "3"])
    page = openpyxl.load_workbook(io.BytesIO(out)).active
    assert [cell.value for cell in page[2]] == [3, 2.5, "2021-10-04", None, "3"]
    assert back(out) == [["3", "2.5", "2021-10-04", "", "3"]]
    out = csv_bytes(header=["kolom 0"], rows=[[-3, 2.5, date(2021, 10, 4), None, "3"]])
    assert back(out, Kind.CSV) == [["-3", "2.5", "2021-10-04", "", "3"]]


def test_a_long_text_is_cut_to_what_a_cell_can_hold() -> None:
    text = text_of("x" * 40_000)
    assert (len(text), text[-1]) == (32_767, "…")


def test_a_sheet_is_written_row_by_row(tmp_path: object) -> None:
    del tmp_path
    seen: list[int] = []

    def rows() -> object:
        for number in range(3):
            seen.append(number)
            yield [number]

    write_xlsx(
        target=io.BytesIO(),
        sheets=[Sheet(title="Blad", columns=[Column(header="nr")], rows=rows())],  # type: ignore[arg-type]
    )
    assert seen == [0, 1, 2]


@given(text=texts)
def test_every_text_comes_back_as_it_may_be_stored(text: str) -> None:
    kept = clean(text_of(text))
    expected = [[kept, "einde"]]
    assert back(book([text, "einde"])) == expected
    out = csv_bytes(header=["kolom 0", "kolom 1"], rows=[[text, "einde"]])
    assert back(out, Kind.CSV) == expected


@given(text=st.text(st.sampled_from("'=+-@\t\ra"), max_size=6))
def test_protecting_can_be_undone(text: str) -> None:
    assert unprotected(protected(text)) == text
    assert protected(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


@given(text=st.text(st.sampled_from("_x0041F5"), max_size=20))
def test_escaping_can_be_undone(text: str) -> None:
    assert unescaped(escaped(text)) == text


def test_formulas_are_told_apart_and_never_computed() -> None:
    out = with_sheet(
        cells(
            '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c>'
            '<c r="B2" t="str"><f>"a"</f><v>a</v></c><c r="C2"><f t="shared" si="0"/><v>3</v></c>'
            '<c r="D2" t="b"><v>1</v></c><c r="E2" t="e"><v>#N/A</v></c></row>'
        )
    )
    formula = reading.Formula
    assert back(out) == [[formula("=1+1"), formula('="a"'), formula("="), "TRUE", "#N/A"]]


def test_shared_texts_with_looks_of_their_own_are_read_without_them() -> None:
    strings = (
        '<x:sst xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<x:si><x:r><x:t>half </x:t></x:r><x:r><x:t>vet_x000D_\nregel</x:t></x:r>"
        "<x:rPh><x:t>klank</x:t></x:rPh></x:si></x:sst>"
    )
    out = with_sheet(cells('<row r="2"><c r="A2" t="s"><v>0</v></c></row>'), strings=strings)
    assert back(out) == [["half vet\nregel"]]


def test_the_header_may_stand_below_a_title_and_on_another_sheet() -> None:
    first = Sheet(title="Uitleg", columns=[Column(header="Uitleg")], rows=[["niets"]])
    second = Sheet(
        title="Beloften", columns=[Column(header="Titel")], rows=[["x"], ["STAND"], ["1"]]
    )
    rows = reading.read_rows(file=io.BytesIO(xlsx(first, second)), kind=Kind.XLSX, header="stand")
    assert [(row.number, row.cells) for row in rows] == [(3, ["STAND"]), (4, ["1"])]
    with pytest.raises(reading.SpreadsheetRefused, match="We do not find the column “anders”"):
        reading.read_rows(file=io.BytesIO(xlsx(first)), kind=Kind.XLSX, header="anders")


@pytest.mark.parametrize(
    "content",
    [
        "kolom 0;b\r\n1;é\r\n".encode("utf-8-sig"),
        "kolom 0,b\n1,é\n".encode(),
        "kolom 0\tb\n1\té\n".encode("utf-16"),
        "sep=;\nkolom 0;b\n1;é\n".encode("cp1252"),
        "kolom 0;b\r1;é\r".encode(),
    ],
    ids=["Excel", "comma", "UTF-16 with tabs", "old Windows with sep", "old Mac"],
)
def test_a_csv_is_read_however_a_program_wrote_it(content: bytes) -> None:
    assert back(content, Kind.CSV) == [["1", "é"]]


def test_rows_keep_the_numbers_that_people_see() -> None:
    content = b"sep=;\nkolom 0;b\n\n1;2\n"
    rows = reading.read_rows(file=io.BytesIO(content), kind=Kind.CSV, header="kolom 0")
    assert [row.number for row in rows] == [2, 4]


def _many_cells() -> bytes:
    row = "".join(f'<c r="{letter}2"><v>1</v></c>' for letter in "ABCDEFGHIJ")
    return with_sheet(cells(f'<row r="2">{row}</row>' * 26_000))


def _csv_of_commas() -> bytes:
    return b"kolom 0\n" + b";" * 5_000_000


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a million empty elements": lambda: with_sheet(cells("<row/>" * 1_000_000)),
    "one cell far to the right": lambda: with_sheet(
        cells('<row r="2"><c r="XFD2"><v>1</v></c></row>')
    ),
    "one row far below": lambda: with_sheet(cells('<row r="900000"><c><v>1</v></c></row>')),
    "one text without end": lambda: with_sheet(
        cells(f'<row r="2"><c r="A2" t="inlineStr"><is><t>{"x" * 1_000_000}</t></is></c></row>')
    ),
    "one tag without end": lambda: with_sheet(cells(f'<row r="2" {"x" * 1_000_000}="1"/>')),
    "many cells": _many_cells,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_sheet_that_asks_for_too_much_is_refused(name: str) -> None:
    with pytest.raises(reading.SpreadsheetRefused, match="too large: 20000 rows and 60 columns"):
        back(HOSTILE[name]())


def test_a_line_of_nothing_but_delimiters_is_refused() -> None:
    with pytest.raises(reading.SpreadsheetRefused, match="too large"):
        back(_csv_of_commas(), Kind.CSV)


def test_a_quote_that_never_closes_is_refused() -> None:
    with pytest.raises(reading.SpreadsheetRefused):
        back(b'kolom 0\n"' + b"x;\n" * 100_000, Kind.CSV)


def test_the_bounds_hold_for_what_people_have() -> None:
    assert bounds.MOST_ROWS >= 2 * 5_000
    assert bounds.MOST_CELLS >= 2 * 20 * 5_000
    # A cell of text in itself is three elements.
    assert bounds.MOST_ELEMENTS >= 2 * 3 * 20 * 5_000


DOCTYPE = '<!DOCTYPE a [<!ENTITY e "eeeeeeeeee">]>'
DAMAGED: dict[str, Callable[[], bytes]] = {
    "no archive": lambda: b"PK\x03\x04 kapot",
    "no XML": lambda: with_sheet("<worksheet><row>"),
    "a document type": lambda: with_sheet(DOCTYPE + cells("<row><c><v>1</v></c></row>")),
    "a text that is not there": lambda: with_sheet(
        cells('<row r="2"><c r="A2" t="s"><v>7</v></c></row>')
    ),
    "no number": lambda: with_sheet(cells('<row r="2"><c r="A2"><v>zeven</v></c></row>')),
    "a row without number": lambda: with_sheet(cells('<row r="x"><c><v>1</v></c></row>')),
    "a row of five thousand digits": lambda: with_sheet(cells(f'<row r="{"9" * 5000}"/>')),
    "cells that go back": lambda: with_sheet(
        cells('<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>')
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_sheet_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(reading.SpreadsheetRefused, match="damaged"):
        back(DAMAGED[name]())


def test_a_sheet_of_which_a_part_is_missing_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(["a"]))) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if "sheet1" not in name:
                new.writestr(name, old.read(name))
    with pytest.raises(reading.SpreadsheetRefused, match="damaged"):
        back(target.getvalue())


def test_every_export_is_written_here_where_no_formula_leaves() -> None:
    """A room that wrote a spreadsheet of its own would have to think of formulas by itself."""
    writes = re.compile(r"csv\.(?:writer|DictWriter)|\bWorkbook\(")
    found = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if writes.search(path.read_text(encoding="utf-8"))
    }
    assert found - {OF_OTHERS} == {"core/spreadsheets.py"}
