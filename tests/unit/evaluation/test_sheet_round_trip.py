"""Out and in again, for any text: unchanged it is no difference, edited it is exactly the edits."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from branches.models import User
from core.characters import clean
from core.kinds import Kind
from core.spreadsheets import text_of
from evaluation.enums import Reason, Timing, Verdict
from evaluation.models import Evaluation
from evaluation.queries.sheets import Line
from evaluation.rules.sheet import EDITABLE, LONGEST, READ_ONLY, WORDED, Column, in_cell, plain
from evaluation.rules.sheet_diff import Difference, Rights, Standing, difference
from evaluation.rules.verdict import REASON_FITS, TIMING_FITS
from evaluation.sheets.file import read, written
from evaluation.sheets.words import labels, vocabulary
from tests.evaluation_sheets import as_document, edited

EVALUATION = Evaluation(pk=3)
ANNA = User(pk=5, email="anna@voorbeeld.nl", name="Anna")
WORDS = vocabulary()
SIGNS = st.one_of(
    st.characters(codec="utf-8"),
    st.sampled_from("=+-@'\t\r\n_x0041;,\"\x00\x0b\ufffe\u202e 1"),
)


def kept(column: Column, text: str) -> str:
    """Return a text as the tables hold it."""
    return in_cell(column, clean(text_of(text)))


def texts(column: Column) -> st.SearchStrategy[str]:
    return st.text(SIGNS, max_size=30).map(
        lambda text: kept(column, text)[: LONGEST.get(column, 30)].strip()
    )


@st.composite
def values(draw: st.DrawFn) -> dict[Column, str]:
    """Return the cells of a promise as they can be: what does not go together is not there."""
    verdict = draw(st.sampled_from([one.value for one in Verdict]))
    found = {column: draw(texts(column)) for column in EDITABLE if column not in WORDED}
    carry = (
        draw(st.sampled_from(["open", "carry", "drop"])) if verdict != "not_assessed" else "open"
    )
    reasons = ["", *Reason.values] if verdict in REASON_FITS else [""]
    timings = list(Timing.values) if verdict in TIMING_FITS else ["unknown"]
    found |= {
        Column.MY_VERDICT: verdict,
        Column.MY_REASON: draw(st.sampled_from(reasons)),
        Column.MY_TIMING: draw(st.sampled_from(timings)),
        Column.WEIGHT: draw(st.sampled_from(["1", "2", "3"])),
        Column.GOOD: draw(st.sampled_from(["", "yes", "no"])),
        Column.TOPICAL: draw(st.sampled_from(["", "yes", "no"])),
        Column.CARRY_OVER: carry,
    }
    if verdict == "not_assessed":
        found[Column.MY_NOTE] = ""
    if carry == "open":
        found[Column.CARRY_REASON] = ""
    elif carry == "drop":
        found[Column.CARRY_REASON] = found[Column.CARRY_REASON] or "daarom"
    return found


@st.composite
def sheets(draw: st.DrawFn) -> list[Line]:
    return [
        Line(
            promise=100 + number,
            shown={column: draw(texts(column)) for column in READ_ONLY}
            | {Column.NUMBER: str(number)},
            standing=Standing(values=draw(values())),
        )
        for number in range(1, draw(st.integers(2, 5)))
    ]


@st.composite
def edits(draw: st.DrawFn, count: int) -> dict[tuple[int, Column], str]:
    """Return what somebody may type without a thought for the rest of the row."""
    free = {
        Column.PORTFOLIO: texts(Column.PORTFOLIO),
        Column.EXPLANATION: texts(Column.EXPLANATION),
        Column.WEIGHT: st.sampled_from(["1", "2", "3"]),
        Column.GOOD: st.sampled_from(["", "yes", "no"]),
    }
    places = draw(
        st.sets(st.tuples(st.integers(2, count + 1), st.sampled_from(sorted(free))), max_size=6)
    )
    return {(row, column): draw(free[column]) for row, column in places}


def out(lines: list[Line], kind: Kind) -> bytes:
    return written(lines=lines, evaluation=EVALUATION, person=ANNA, judge=True, kind=kind)


def back(lines: list[Line], content: bytes, kind: Kind) -> Difference:
    sheet = read(document=as_document(content, kind), vocabulary=WORDS)
    assert sheet.layout.missing == []
    return difference(
        rows=sheet.rows,
        stands=sheet.stands,
        standings={line.promise: line.standing for line in lines},
        vocabulary=WORDS,
        rights=Rights(person=ANNA.pk, judge=True, manage=True),
    )


@given(lines=sheets(), kind=st.sampled_from([Kind.XLSX, Kind.CSV]))
@settings(deadline=None)
def test_a_sheet_that_comes_back_unchanged_is_no_difference(lines: list[Line], kind: Kind) -> None:
    assert back(lines, out(lines, kind), kind) == Difference()


@given(data=st.data(), lines=sheets(), kind=st.sampled_from([Kind.XLSX, Kind.CSV]))
@settings(deadline=None, max_examples=60)
def test_edits_come_back_as_exactly_those_edits(
    data: st.DataObject, lines: list[Line], kind: Kind
) -> None:
    typed = data.draw(edits(len(lines)))
    found = back(lines, edited(out(lines, kind), typed, kind), kind)
    expected = {
        (row, column): text
        for (row, column), text in typed.items()
        if plain(text) != plain(lines[row - 2].standing.values[column])
    }
    assert {(one.row, one.column): one.value for one in found.changes} == expected
    assert not any(one.conflict for one in found.changes)
    assert found.problems == []
    assert found.ignored == {}


@given(lines=sheets(), kind=st.sampled_from([Kind.XLSX, Kind.CSV]), data=st.data())
@settings(deadline=None, max_examples=30)
def test_a_verdict_word_is_read_as_it_is_shown(
    lines: list[Line], kind: Kind, data: st.DataObject
) -> None:
    verdict = data.draw(st.sampled_from([one.value for one in Verdict][:5]))
    word = labels().shown(Column.MY_VERDICT, verdict)
    found = back(lines, edited(out(lines, kind), {(2, Column.MY_VERDICT): word}, kind), kind)
    was = lines[0].standing.values[Column.MY_VERDICT]
    expected = {} if verdict == was else {(2, Column.MY_VERDICT): verdict}
    assert {(one.row, one.column): one.value for one in found.changes} == expected
