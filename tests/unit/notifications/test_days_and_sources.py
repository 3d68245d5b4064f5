"""Days of telling, and that every rule has a source and is written down."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.rules.catalogue import BY_KEY, RULES, Rule
from notifications.services.composing import AT_ONCE
from notifications.sources.days import mondays, shift_of
from notifications.sources.protocol import COLUMNS, Window
from notifications.sources.registry import source_of

DOCS = Path(__file__).resolve().parents[3] / "docs" / "reminders.md"


def window(today: date) -> Window:
    return Window(first=today - timedelta(days=60), last=today + timedelta(days=7), today=today)


@given(today=st.dates(date(2021, 1, 1), date(2031, 1, 1)))
def test_the_mondays_told_are_this_weeks_and_those_to_come(today: date) -> None:
    days = mondays(window(today))
    assert [day.weekday() for day in days] == [0] * len(days)
    assert days[0] == max(day for day in days if day <= today)
    assert today - days[0] < timedelta(weeks=1)
    assert days[-1] <= today + timedelta(days=7) < days[-1] + timedelta(weeks=1)
    assert days == sorted(set(days))


@pytest.mark.parametrize(
    ("key", "shift"),
    [("milestone.soon", -7), ("milestone.late", 7), ("meeting.moved", 0), ("week.branch", 0)],
)
def test_a_rule_tells_before_or_after_its_day(key: str, shift: int) -> None:
    assert shift_of(BY_KEY[key], 7) == shift


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_each_source_names_its_columns_as_planning_reads_them(rule: Rule) -> None:
    rows = source_of(rule).rows(rule=rule, days=rule.days, window=window(date(2021, 10, 4)))
    assert rows or rule.key == "milestone.late_national"
    for one in rows:
        assert (*one.query.values_select, *one.query.annotation_select) == COLUMNS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_each_rule_is_written_down(rule: Rule) -> None:
    subject, _dot, moment = rule.key.partition(".")
    rows = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    found = [
        line.split("|")
        for line in rows
        if f"`{rule.key}`" in line or (f"`{subject}." in line and f"`.{moment}`" in line)
    ]
    assert len(found) == 1
    assert ("at once" in found[0][3]) == (rule.key in AT_ONCE)
    if rule.has_days and rule.days and rule.key != "milestone.late_national":
        days = "the day after" if rule.days == 1 else str(rule.days)
        assert days in found[0][3]
    assert found[0][4].strip() == rule.kind
