"""What the columns and rows of a survey come to (R26)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.rules.columns import Meaning, fingerprint, guess
from consultation.rules.list_rows import LeftOut, Odd, Taken, read

TODAY = date(2021, 10, 4)
TEXT = {0: Meaning.TEXT}


def only(cells: list[str], mapping: dict[int, Meaning], **more: object) -> Taken:
    result = read(
        header=[""] * len(cells),
        rows=[(2, cells)],
        mapping=mapping,
        themes={"wonen": 7},
        today=TODAY,
    )
    assert len(result.taken) == 1, result.left_out
    assert not more
    return result.taken[0]


def test_columns_are_guessed_from_their_headers_and_cells() -> None:
    header = ["Respondent ID", "Tijdstempel", "Uw e-mail", "Naam", "Wijk", "Wat kan er beter?", "x"]
    rows = [["1", "2021-09-01", "a@b.nl", "Jan", "Noord", "Het fietspad langs de school.", ""]]
    assert list(guess(header=header, rows=rows).values()) == [
        Meaning.IGNORE,
        Meaning.DAY,
        Meaning.EMAIL,
        Meaning.NAME,
        Meaning.NEIGHBOURHOOD,
        Meaning.TEXT,
        Meaning.IGNORE,
    ]


def test_a_column_of_addresses_is_known_whatever_stands_above_it() -> None:
    assert guess(header=["Vraag 7"], rows=[["a@b.nl"], ["c@d.nl"]]) == {0: Meaning.EMAIL}


def test_one_meaning_is_guessed_for_one_column_but_answers_for_all_questions() -> None:
    long = "Een heel antwoord in gewone woorden."
    found = guess(header=["Naam", "Naam", "Idee", "Idee"], rows=[["A", "B", long, long]])
    assert list(found.values()) == [Meaning.NAME, Meaning.IGNORE, Meaning.TEXT, Meaning.TEXT]


def test_files_with_the_same_columns_share_a_fingerprint() -> None:
    assert fingerprint(["E-mail ", "Idée"]) == fingerprint(["e mail", "IDEE"])
    assert fingerprint(["a", "b"]) != fingerprint(["b", "a"])


def test_every_answer_of_a_row_comes_in_with_its_question() -> None:
    result = read(
        header=["Wat mist u?", "Wat is fijn?"],
        rows=[(2, ["Een bankje", "Het park"]), (3, ["", "De markt"])],
        mapping={0: Meaning.TEXT, 1: Meaning.TEXT},
        themes={},
        today=TODAY,
    )
    assert [(one.row, one.text) for one in result.taken] == [
        (2, "Wat mist u?\nEen bankje"),
        (2, "Wat is fijn?\nHet park"),
        (3, "Wat is fijn?\nDe markt"),
    ]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2021-09-01 13:05:22", date(2021, 9, 1)),
        ("1-9-2021", date(2021, 9, 1)),
        ("01/09/2021 13:05", date(2021, 9, 1)),
        ("44440", date(2021, 9, 1)),
        ("2021-13-01", None),
        ("2031-01-01", None),
        ("gisteren", None),
    ],
)
def test_days_are_read_as_survey_tools_write_them(cell: str, day: date | None) -> None:
    assert only(["Tekst", cell], TEXT | {1: Meaning.DAY}).day == day


@pytest.mark.parametrize(
    ("cell", "is_member"),
    [("Ja", True), ("lid", True), ("nee", False), ("geen lid", False), ("", None), ("soms", None)],
)
def test_member_or_not(cell: str, is_member: bool | None) -> None:
    assert only(["Tekst", cell], TEXT | {1: Meaning.MEMBER}).is_member is is_member


def test_a_postcode_becomes_its_neighbourhood() -> None:
    assert only(["Tekst", "3511 AB"], TEXT | {1: Meaning.NEIGHBOURHOOD}).neighbourhood == "3511"


def test_a_theme_is_known_by_its_name_and_an_unknown_one_is_told() -> None:
    assert only(["Tekst", " WONEN"], TEXT | {1: Meaning.THEME}).theme == 7
    result = read(
        header=["", ""],
        rows=[(2, ["Tekst", "Verkeer"])],
        mapping=TEXT | {1: Meaning.THEME},
        themes={"wonen": 7},
        today=TODAY,
    )
    assert result.taken[0].theme is None
    assert result.odd == {Odd.THEME: 1}


def test_no_answer_without_an_address_and_no_address_that_is_none() -> None:
    mapping = TEXT | {1: Meaning.EMAIL, 2: Meaning.ANSWER}
    assert only(["Tekst", "a@b.nl", "ja graag"], mapping).wants_answer
    assert not only(["Tekst", "a@b", "ja"], mapping).wants_answer


def test_the_same_from_the_same_person_comes_in_once_but_two_people_may_agree() -> None:
    rows = [(2, ["Meer groen", "a@b.nl"]), (3, ["meer groen", "a@b.nl"]), (4, ["Meer groen", ""])]
    result = read(
        header=["", ""],
        rows=[*rows, (5, ["Meer groen", ""])],
        mapping=TEXT | {1: Meaning.EMAIL},
        themes={},
        today=TODAY,
    )
    assert [one.row for one in result.taken] == [2, 4, 5]
    assert result.left_out == [(3, LeftOut.DOUBLE)]


@given(
    st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=8),
    st.dictionaries(st.integers(0, 4), st.sampled_from(Meaning), max_size=5),
)
def test_every_row_comes_in_or_stays_out_with_a_reason(
    rows: list[list[str]], mapping: dict[int, Meaning]
) -> None:
    numbered = list(enumerate(rows, start=2))
    result = read(header=["?"] * 5, rows=numbered, mapping=mapping, themes={}, today=TODAY)
    told = {one.row for one in result.taken} | {row for row, _why in result.left_out}
    assert told == {number for number, _row in numbered}
