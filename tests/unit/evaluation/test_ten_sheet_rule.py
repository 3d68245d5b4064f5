"""What a cell of the spreadsheet of the ten says: days as people write them, stands, rows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.rules.pledge import PledgeStatus
from evaluation.rules.sheet import Computed
from evaluation.rules.ten_sheet import (
    READ_ONLY,
    WORDED,
    YES,
    Column,
    Row,
    Stand,
    Standing,
    Telling,
    Trouble,
    mark_of,
    places,
    read_day,
    read_rows,
)

POLLING_DAY = date(2022, 3, 16)
TODAY = date(2022, 6, 1)
WORDS = {column: {"ja": YES} for column in WORDED}
SHOWN = dict.fromkeys(READ_ONLY, "")
STAND = Stand(
    top_ten=1,
    pledge=5,
    download="abc",
    marks={column: mark_of(column, "") for column in READ_ONLY},
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-03-23", date(2022, 3, 23)),
        ("2022-03-23 00:00:00", date(2022, 3, 23)),
        ("23-3-2022", date(2022, 3, 23)),
        (" 23/03/22 ", date(2022, 3, 23)),
        ("23.3.2022", date(2022, 3, 23)),
        ("44643", date(2022, 3, 23)),
        ("44643.5", date(2022, 3, 23)),
        ("31-2-2022", None),
        ("2022", None),
        ("morgen", None),
        ("99999", None),
        ("0-0-0", None),
        ("23-3-2022-", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_and_programs_write_it(text: str, day: date | None) -> None:
    assert read_day(text) == day


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_every_way_to_write_a_day_is_the_same_day(day: date) -> None:
    ways = (
        day.isoformat(),
        f"{day.day}-{day.month}-{day.year}",
        f"{day:%d/%m/%y}",
        str((day - date(1899, 12, 30)).days),
    )
    assert {read_day(way) for way in ways} == {day}


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_day(text: str) -> None:
    found = read_day(text)
    assert found is None or isinstance(found, date)


@given(
    st.integers(min_value=1, max_value=10**9),
    st.integers(min_value=1, max_value=10**9),
    st.lists(st.text(max_size=30), min_size=len(READ_ONLY), max_size=len(READ_ONLY)),
)
def test_a_stand_reads_back_as_it_was_written(top_ten: int, pledge: int, shown: list[str]) -> None:
    marks = {column: mark_of(column, text) for column, text in zip(READ_ONLY, shown, strict=True)}
    stand = Stand(top_ten=top_ten, pledge=pledge, download="f00", marks=marks)
    assert Stand.read(stand.written()) == stand
    assert all(stand.was(column, text) for column, text in zip(READ_ONLY, shown, strict=True))


@pytest.mark.parametrize("text", ["", "1.2", "a.b.c.d", "1.5.abc." + ".".join(["x"] * 7)])
def test_a_stand_that_is_none_is_refused(text: str) -> None:
    try:
        Stand.read(text)
    except ValueError:
        return
    pytest.fail("it was read")


def reading(**cells: str | Computed) -> tuple[list[Telling], list[Trouble]]:
    row = Row(number=2, cells={**SHOWN, **{Column(name): cell for name, cell in cells.items()}})
    found = read_rows(
        rows=[row],
        stands={2: STAND},
        standings={5: Standing(rank=1, status=PledgeStatus.STUCK, reason="no_money")},
        words=WORDS,
        polling_day=POLLING_DAY,
        today=TODAY,
    )
    return found.tellings, [problem.trouble for problem in found.problems]


def test_who_may_read_it_says_nothing_alone() -> None:
    assert reading(public="ja") == ([], [])


def test_an_empty_day_is_today_and_an_empty_status_stays_with_its_reason() -> None:
    [told], troubles = reading(text="Niets nieuws.", public="Ja ")
    assert not troubles
    assert (told.day, told.status, told.same, told.reason) == (
        TODAY,
        PledgeStatus.STUCK,
        True,
        "no_money",
    )


def test_every_wrong_cell_of_a_row_is_named_once() -> None:
    told, troubles = reading(
        day="ooit", status="bijna", text=Computed("=A1"), link="ftp://x", public="misschien"
    )
    assert told == []
    assert sorted(troubles) == sorted(
        [
            Trouble.FORMULA,
            Trouble.NO_DAY,
            Trouble.UNKNOWN_WORD,
            Trouble.NO_LINK,
            Trouble.UNKNOWN_WORD,
        ]
    )


def test_columns_are_found_by_their_headers_whatever_their_order() -> None:
    names = {"wat": Column.TEXT, "dag": Column.DAY}
    header: list[str | Computed] = ["Notitie", " DAG ", Computed("=1"), "wat", "dag"]
    assert places(header, names) == {Column.DAY: 1, Column.TEXT: 3}
