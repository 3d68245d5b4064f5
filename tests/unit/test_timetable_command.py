"""The command that prints a timetable, and the words of the timetable on screen."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable, Iterator

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from core.dates import period_words
from process.rules import overrides
from process.rules.timetable import (
    InvalidOverride,
    Override,
    StatutoryKey,
    Timetable,
    UnknownElection,
    nomination_day,
    regular_polling_day,
    timetable_for_merger,
    timetable_for_polling_day,
)
from process.timetable_text import (
    CONFIDENCE_LABELS,
    ERRORS,
    KEY_LABELS,
    SENTENCES,
    explain,
    sentence,
)

FIELDS = [
    "key",
    "date",
    "rule",
    "article",
    "source",
    "confidence",
    "computed_date",
    "override_reason",
]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def _run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("timetable", *arguments, stdout=out)
    return out.getvalue()


def test_json_gives_the_vectors_of_2022() -> None:
    records = json.loads(_run("2022-03-16", "--json"))
    assert all(list(record) == FIELDS for record in records)
    assert {record["key"]: record["date"] for record in records} == {
        "name_registration": "2021-12-20",
        "list_deposit": "2022-01-17",
        "nomination": "2022-01-31",
        "examination": "2022-02-01",
        "repair": "2022-02-03",
        "validity": "2022-02-04",
        "polling_cards": "2022-03-02",
        "polling_day": "2022-03-16",
        "result": "2022-03-21",
        "new_council": "2022-03-30",
    }
    council = records[-1]
    assert council["computed_date"] == "2022-03-24"
    assert council["article"] == "Kieswet C 4"
    assert "covid-19" in council["override_reason"]


def test_json_of_a_merger_election() -> None:
    records = {row["key"]: row for row in json.loads(_run("--herindeling", "2027-01-01", "--json"))}
    assert len(records) == 10
    assert records["nomination"]["date"] == "2026-10-05"
    assert records["polling_day"]["date"] == "2026-11-18"
    assert records["new_council"]["date"] == "2027-01-04"
    assert records["polling_day"]["override_reason"] is None


def test_json_is_the_same_in_every_language() -> None:
    english = _run("2026-03-18", "--json")
    with translation.override("nl"):
        assert _run("2026-03-18", "--json") == english


def test_the_table_reads_well() -> None:
    lines = _run("2018-03-21").splitlines()
    assert lines[0] == "Municipal election, polling day Wed 21 March 2018"
    table = [line for line in lines[2:] if not line.startswith(" ")]
    assert len(table) == 10
    assert len({line.index("Kieswet") for line in table}) == 1
    assert table[0].startswith("Register the party’s name, last day")
    assert "Wed 27 December 2017" in table[0]
    assert table[1].endswith("provisional")
    assert any("The rule gives Mon 25 December 2017." in line for line in lines)
    period = period_words(dt.date(2018, 2, 7), dt.date(2018, 2, 9))
    assert f"    The whole period: {period}" in lines


def test_the_table_of_a_merger_names_the_merger() -> None:
    text = _run("--herindeling", "2022-01-01")
    assert text.startswith(
        "Election before the merger of Sat 1 January 2022, polling day Wed 24 November 2021"
    )
    assert "Wet arhi 55" in text
    assert "Early voting on the two days before" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Give either a polling day or --herindeling"),
        (["2026-03-18", "--herindeling", "2027-01-01"], "Give either a polling day"),
        (["2026-02-30"], "'2026-02-30' is not a day on the calendar"),
        (["20260318"], "is not a day on the calendar"),
        (["2026-W12-3"], "is not a day on the calendar"),
        (["٢٠٢٦-٠٣-١٨"], "is not a day on the calendar"),
        (["2026-03-18\n"], "is not a day on the calendar"),
        (["\x00"], r"'\\x00' is not a day on the calendar"),
        (["--herindeling", "tomorrow"], "'tomorrow' is not a day on the calendar"),
        (["--herindeling", ""], "'' is not a day on the calendar"),
        (["2026-03-19"], "the nearest regular election is on Wed 18 March 2026"),
        (["0000-01-01"], "is not a day on the calendar"),
        (["9999-12-31"], "the nearest regular election is on Wed 19 March 2098"),
        (["--herindeling", "2026-07-01"], "the nearest date is Thu 1 January 2026"),
        (["--herindeling", "1812-01-01"], "the nearest date is Fri 1 January 2016"),
    ],
)
def test_bad_input_gets_one_clear_sentence(arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message) as caught:
        _run(*arguments)
    text = str(caught.value)
    assert text.endswith(".")
    assert "\n" not in text


def test_a_very_long_argument_is_not_echoed_whole() -> None:
    with pytest.raises(CommandError) as caught:
        _run("9" * 100_000)
    assert len(str(caught.value)) < 150


def _every_timetable() -> Iterator[Timetable]:
    for year in range(2014, 2099, 4):
        yield timetable_for_polling_day(polling_day=regular_polling_day(year=year))
    for year in range(2016, 2099):
        yield timetable_for_merger(effective_date=dt.date(year, 1, 1))


def test_every_sentence_of_the_rules_is_marked_for_translation() -> None:
    said = set()
    for timetable in _every_timetable():
        for item in timetable:
            said |= {item.rule, item.override_reason, item.note}
    for rows in overrides._MUNICIPAL.values():
        said |= {row.reason for row in rows}
    assert said - {None, ""} == SENTENCES
    assert set(KEY_LABELS) == set(StatutoryKey)
    assert {letter.value for letter in CONFIDENCE_LABELS} == {"A", "B", "C"}


def test_a_text_that_a_person_typed_is_never_translated() -> None:
    with translation.override("nl"):
        assert sentence("Polling day") == "Polling day"


def _row(key: StatutoryKey, day: dt.date) -> Override:
    return Override(key=key, date=day, reason="x", source="y", scope="branch-1")


def _refusal(attempt: Callable[[], object]) -> UnknownElection | InvalidOverride:
    try:
        attempt()
    except (UnknownElection, InvalidOverride) as error:
        return error
    pytest.fail("the rules accepted what they should refuse")


def test_every_error_can_be_explained_in_words() -> None:
    result = StatutoryKey.RESULT
    v2026, merger = dt.date(2026, 3, 18), dt.date(2027, 1, 1)
    late = [_row(StatutoryKey.POLLING_DAY, merger), _row(result, dt.date(2027, 1, 2))]
    attempts: list[Callable[[], object]] = [
        lambda: nomination_day(year=2027),
        lambda: timetable_for_merger(effective_date=dt.date(2027, 2, 1)),
        lambda: timetable_for_merger(effective_date=dt.date(1900, 1, 1)),
        lambda: timetable_for_polling_day(polling_day=dt.date(2026, 3, 1)),
        lambda: timetable_for_polling_day(
            polling_day=v2026, kind=timetable_for_merger(effective_date=merger).kind
        ),
        lambda: timetable_for_polling_day(
            polling_day=v2026, overrides=[_row(result, v2026), _row(result, v2026)]
        ),
        lambda: timetable_for_polling_day(polling_day=v2026, overrides=[_row(result, v2026)]),
        lambda: timetable_for_merger(effective_date=merger, overrides=late),
    ]
    refusals = [_refusal(attempt) for attempt in attempts]
    explained = {refusal.msgid: explain(error=refusal) for refusal in refusals}
    assert set(explained) == ERRORS
    assert "Polling day (Wed 18 March 2026) has to come before Official result" in "".join(
        explained.values()
    )
    assert not any("%(" in text for text in explained.values())
