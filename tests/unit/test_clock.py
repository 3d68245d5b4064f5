"""Which day it is: the machine's in production, a file's in a demonstration."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from core import clock
from tests.clock import FIRST_DAY

SUMMER_EVENING = datetime(2026, 8, 31, 22, 30, tzinfo=UTC)  # already September in Amsterdam


@pytest.fixture
def system(settings: Any) -> None:
    settings.CLOCK = "core.clock.SystemClock"


@pytest.fixture
def demo(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.CLOCK = "core.clock.FileClock"
    settings.DEMO_CLOCK_FILE = tmp_path / "state" / "clock.json"
    settings.DEMO_START = "2021-10-04"
    clock._clock.cache_clear()
    yield settings.DEMO_CLOCK_FILE
    clock._clock.cache_clear()


@pytest.mark.usefixtures("system")
def test_the_machines_day_is_that_of_amsterdam() -> None:
    with time_machine.travel(SUMMER_EVENING, tick=False):
        assert clock.today() == date(2026, 9, 1)
        assert clock.now().isoformat() == "2026-09-01T00:30:00+02:00"
        assert clock.now() == SUMMER_EVENING


@pytest.mark.usefixtures("system")
def test_the_machines_clock_cannot_be_moved() -> None:
    assert not clock.is_movable()
    with pytest.raises(clock.ClockIsReal):
        clock.set_today(day=date(2022, 3, 16))


def test_a_test_stands_still_on_its_first_day() -> None:
    assert clock.today() == FIRST_DAY
    assert not clock.is_movable()


def test_a_demonstration_starts_on_its_first_day_and_writes_nothing(demo: Path) -> None:
    with time_machine.travel(SUMMER_EVENING, tick=False):
        assert clock.today() == date(2021, 10, 4)
    assert not demo.exists()


def test_a_moved_clock_is_that_day_for_every_process_and_lives_on(demo: Path) -> None:
    with time_machine.travel(SUMMER_EVENING, tick=False):
        clock.set_today(day=date(2022, 3, 16))
        assert clock.is_movable()
        assert clock.today() == date(2022, 3, 16)
        assert clock.now().time().isoformat() == "00:30:00"
        clock._clock.cache_clear()  # as another process would see it
        assert clock.today() == date(2022, 3, 16)
    with time_machine.travel(datetime(2026, 9, 2, 12, tzinfo=UTC), tick=False):
        assert clock.today() == date(2022, 3, 17)
    assert json.loads(demo.read_text(encoding="ascii")) == {
        "offset_days": (date(2022, 3, 16) - date(2026, 9, 1)).days
    }


def test_the_clock_moves_back_as_well(demo: Path) -> None:
    clock.set_today(day=date(2022, 3, 16))
    clock.set_today(day=date(2021, 10, 4))
    assert clock.today() == date(2021, 10, 4)
    assert [path.name for path in demo.parent.iterdir()] == ["clock.json"]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28), date(2022, 3, 27)])
def test_summer_time_does_not_shift_the_day(day: date) -> None:
    for hour in (0, 23):
        with time_machine.travel(datetime(2026, 11, 22, hour, 15, tzinfo=UTC), tick=False):
            clock.set_today(day=day)
            assert clock.today() == day
            assert clock.now().utcoffset() is not None
