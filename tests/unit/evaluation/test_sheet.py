"""The columns of the evaluation's spreadsheet, what cells say, and which edits go together."""

from __future__ import annotations

import pytest

from evaluation.enums import CarryOver
from evaluation.rules.sheet import (
    EDITABLE,
    EMPTY,
    MARKED,
    MINE,
    READ_ONLY,
    SHARED,
    WORDED,
    Column,
    Computed,
    Stand,
    Trouble,
    mark,
    parse,
    same,
)
from evaluation.rules.sheet_diff import Rights, Standing, difference, expected, unfit
from evaluation.rules.sheet_layout import Row, layout, rows
from evaluation.rules.verdict import Finding, Verdict
from evaluation.sheets.words import HEADERS, TROUBLES, labels, vocabulary

WORDS = vocabulary()
UNTOUCHED = {
    Column.MY_VERDICT: "not_assessed",
    Column.MY_REASON: "",
    Column.MY_TIMING: "unknown",
    Column.MY_NOTE: "",
    Column.PORTFOLIO: "",
    Column.WEIGHT: "1",
    Column.EXPLANATION: "",
    Column.GOOD: "",
    Column.TOPICAL: "",
    Column.CARRY_OVER: "open",
    Column.CARRY_REASON: "",
}
READ = {column: f"vast {column}" for column in READ_ONLY}
ANNA = 1


def standing(
    *,
    others: tuple[Finding, ...] = (),
    verdict: str = "not_assessed",
    settled: bool = False,
    **values: str,
) -> Standing:
    return Standing(
        values=UNTOUCHED | {Column(name): value for name, value in values.items()},
        others=others,
        verdict=Verdict(verdict),
        settled=settled,
    )


def stand(promise: int = 7, *, person: int = ANNA, **values: str) -> Stand:
    said = READ | UNTOUCHED | {Column(name): value for name, value in values.items()}
    return Stand(
        evaluation=3,
        person=person,
        promise=promise,
        marks={column: mark(column, said[column]) for column in MARKED},
    )


def row(at: int = 2, promise: int | str = 7, **cells: str | Computed) -> Row:
    shown: dict[Column, str | Computed] = {
        column: "" if value == EMPTY.get(column, "") else value
        for column, value in UNTOUCHED.items()
    }
    return Row(
        number=at,
        cells={Column.ID: str(promise), **READ, **shown}
        | {Column(name): value for name, value in cells.items()},
    )


def compare(
    *given: Row,
    stands: tuple[Stand, ...] = (),
    now: Standing | None = None,
    judge: bool = True,
    person: int = ANNA,
) -> tuple[dict[tuple[int, Column], str], list[tuple[int, Column | None, Trouble]]]:
    found = difference(
        rows=given,
        stands={one.promise: one for one in stands or (stand(),)},
        standings={7: now or standing()},
        vocabulary=WORDS,
        rights=Rights(person=person, judge=judge, manage=True),
    )
    return (
        {(one.row, one.column): one.value for one in found.changes},
        [(one.row, one.column, one.trouble) for one in found.problems],
    )


def test_every_column_is_of_one_kind_and_has_a_header() -> None:
    kinds = [Column.ID, Column.STAND, *READ_ONLY, *MINE, *SHARED]
    assert sorted(kinds) == sorted(Column)
    assert set(HEADERS) == set(Column)
    assert set(TROUBLES) == set(Trouble)
    assert set(labels().words) == WORDED
    assert EMPTY[Column.CARRY_OVER] == CarryOver.OPEN


def test_every_list_of_words_fits_a_drop_down_in_every_language() -> None:
    for words in labels().words.values():
        joined = ",".join(words.values())
        assert len(joined) < 255
        assert joined.count(",") == len(words) - 1
        assert '"' not in joined


@pytest.mark.parametrize("column", sorted(WORDED))
def test_every_word_that_goes_out_comes_in(column: Column) -> None:
    known = labels()
    for value in known.words[column]:
        assert parse(column, known.shown(column, value), WORDS) == value


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        (Column.MY_VERDICT, "  Partly   DELIVERED ", "partly"),
        (Column.MY_VERDICT, "", "not_assessed"),
        (Column.MY_VERDICT, "half", Trouble.UNKNOWN_WORD),
        (Column.MY_VERDICT, Computed("=A1"), Trouble.FORMULA),
        (Column.MY_REASON, "", ""),
        (Column.WEIGHT, "4", Trouble.UNKNOWN_WORD),
        (Column.WEIGHT, "", "1"),
        (Column.PORTFOLIO, " Wonen \n en zorg ", "Wonen en zorg"),
        (Column.PORTFOLIO, "x" * 81, Trouble.TOO_LONG),
        (Column.MY_NOTE, "een\ntwee", "een\ntwee"),
        (Column.MY_NOTE, "x" * 5001, Trouble.TOO_LONG),
    ],
)
def test_a_cell_says_a_value_or_why_it_says_none(
    column: Column, cell: str | Computed, value: str
) -> None:
    assert parse(column, cell, WORDS) == value


def test_an_apostrophe_that_a_program_put_there_is_no_difference() -> None:
    assert same(Column.MY_NOTE, "'=1", "=1")
    assert mark(Column.MY_NOTE, "'=1") == mark(Column.MY_NOTE, "=1")
    assert not same(Column.MY_NOTE, "'s avonds", "s avonds")
    assert mark(Column.MY_NOTE, "a") != mark(Column.PORTFOLIO, "a")


def test_a_stand_is_written_and_read_again() -> None:
    one = stand(12, my_note="iets")
    assert Stand.read(one.written()) == one
    for wrong in ("", "1.2.3", "1.2.3.kort", one.written().replace("3.1.", "3.x.")):
        with pytest.raises(ValueError):  # noqa: PT011 - any of them: none is shown to anybody
            Stand.read(wrong)


def test_columns_may_come_in_any_order_and_others_are_named() -> None:
    header: list[str | Computed] = [
        "stand",
        " MY  verdict ",
        "",
        "Kosten",
        "id",
        "My verdict",
        Computed("=1"),
    ]
    found = layout(header, WORDS)
    assert found.places == {Column.STAND: 0, Column.MY_VERDICT: 1, Column.ID: 4}
    assert (found.unknown, found.doubled) == (["Kosten", "=1"], ["My verdict"])
    assert Column.WEIGHT in found.missing
    lines = rows(
        found, [(2, ["s", "delivered"]), (3, ["", "", "", "9"]), (5, ["", "", "", "", "4"])]
    )
    assert [(one.number, one.text(Column.ID)) for one in lines] == [(2, ""), (5, "4")]


def test_a_cell_that_was_not_touched_changes_nothing_whatever_happened_here() -> None:
    assert compare(row(), now=standing(portfolio="Zorg", my_verdict="partly")) == ({}, [])


def test_a_cell_that_says_what_is_here_already_changes_nothing() -> None:
    assert compare(row(portfolio="Zorg"), now=standing(portfolio="Zorg")) == ({}, [])


def test_columns_that_are_not_there_change_nothing() -> None:
    bare = Row(number=2, cells={Column.ID: "7", Column.WEIGHT: "3"})
    assert compare(bare, now=standing(portfolio="Zorg")) == ({(2, Column.WEIGHT): "3"}, [])


def test_an_unknown_word_takes_nothing_else_along() -> None:
    changes, problems = compare(row(my_verdict="delivered", weight="veel", good="yes"))
    assert changes == {(2, Column.MY_VERDICT): "delivered", (2, Column.GOOD): "yes"}
    assert problems == [(2, Column.WEIGHT, Trouble.UNKNOWN_WORD)]


def test_a_promise_that_is_there_twice_counts_once() -> None:
    changes, problems = compare(row(2, weight="2"), row(3, weight="3"))
    assert changes == {(2, Column.WEIGHT): "2"}
    assert problems == [(3, None, Trouble.TWICE)]


def test_a_row_without_a_stand_or_of_another_promise_is_refused_alone() -> None:
    changes, problems = compare(
        row(2, promise="", weight="2"),
        row(3, promise=8, weight="2"),
        row(4, weight="3"),
    )
    assert changes == {(4, Column.WEIGHT): "3"}
    assert problems == [(2, None, Trouble.NO_STAND), (3, None, Trouble.NO_STAND)]


def test_a_row_whose_halves_are_of_two_promises_is_refused() -> None:
    torn = row(2, number="9", text="Een andere belofte", weight="2")
    assert compare(torn) == ({}, [(2, None, Trouble.TORN)])


def test_a_row_of_a_promise_that_left_the_programme_is_refused() -> None:
    assert compare(row(promise=9, weight="2"), stands=(stand(9),)) == (
        {},
        [(2, None, Trouble.RETIRED)],
    )


def test_what_is_for_reading_only_is_ignored_and_named() -> None:
    found = difference(
        rows=[row(2, text="Mooier gezegd", outcome=Computed("=1"), weight="2")],
        stands={7: stand()},
        standings={7: standing()},
        vocabulary=WORDS,
        rights=Rights(person=ANNA, judge=True, manage=True),
    )
    assert found.ignored == {Column.TEXT: [2], Column.OUTCOME: [2]}
    assert [one.column for one in found.changes] == [Column.WEIGHT]


def test_who_may_not_change_a_column_is_told_so() -> None:
    given = row(my_verdict="delivered", weight="2")
    assert compare(given, judge=False)[1] == [(2, Column.MY_VERDICT, Trouble.NOT_ALLOWED)]
    assert compare(given, person=2)[1] == [(2, Column.MY_VERDICT, Trouble.NOT_YOURS)]


@pytest.mark.parametrize(
    ("now", "edits", "wrong"),
    [
        ({}, {"my_reason": "no_money"}, {"my_reason": Trouble.NO_VERDICT}),
        ({}, {"my_note": "Tja"}, {"my_note": Trouble.NO_VERDICT}),
        ({}, {"my_verdict": "partly", "my_reason": "no_money", "my_note": "Tja"}, {}),
        (
            {"my_verdict": "delivered"},
            {"my_reason": "no_money"},
            {"my_reason": Trouble.DOES_NOT_FIT},
        ),
        (
            {"my_verdict": "not_delivered"},
            {"my_timing": "late"},
            {"my_timing": Trouble.DOES_NOT_FIT},
        ),
        # What follows by itself is no mistake of whoever changed the verdict.
        ({"my_verdict": "partly", "my_reason": "no_money"}, {"my_verdict": "delivered"}, {}),
        ({}, {"carry_over": "carry"}, {"carry_over": Trouble.NOT_ASSESSED}),
        ({}, {"my_verdict": "partly", "carry_over": "carry"}, {}),
        (
            {"my_verdict": "partly"},
            {"carry_over": "drop"},
            {"carry_over": Trouble.NO_REASON},
        ),
        ({"my_verdict": "partly"}, {"carry_over": "drop", "carry_reason": "Klaar"}, {}),
        (
            {"my_verdict": "partly", "carry_over": "drop", "carry_reason": "Klaar"},
            {"carry_reason": ""},
            {"carry_reason": Trouble.NO_REASON},
        ),
        ({}, {"carry_reason": "Klaar"}, {"carry_reason": Trouble.NO_DECISION}),
    ],
)
def test_cells_that_do_not_go_together_are_told(
    now: dict[str, str], edits: dict[str, str], wrong: dict[str, Trouble]
) -> None:
    found = unfit(
        Standing(values=UNTOUCHED | {Column(name): now[name] for name in now}),
        {Column(name): value for name, value in edits.items()},
    )
    assert found == {Column(name): trouble for name, trouble in wrong.items()}


def test_the_outcome_that_is_expected_counts_the_others_and_what_was_settled() -> None:
    partly, done = (Finding(verdict=one) for one in (Verdict.PARTLY, Verdict.DELIVERED))
    nothing = Finding(verdict=Verdict.NOT_ASSESSED)
    assert expected(standing(others=(partly,)), partly) is Verdict.PARTLY
    assert expected(standing(others=(partly,)), done) is Verdict.NOT_ASSESSED
    assert expected(standing(others=(partly,)), nothing) is Verdict.PARTLY
    settled = standing(others=(partly,), my_verdict="partly", verdict="partly", settled=True)
    assert expected(settled, nothing) is Verdict.PARTLY
    assert expected(settled, done) is Verdict.NOT_ASSESSED


def test_the_editable_columns_are_those_of_the_page() -> None:
    assert EDITABLE == MINE + SHARED
