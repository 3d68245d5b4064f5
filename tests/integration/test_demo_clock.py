"""The clock of a demonstration: moved on pages and by command, within bounds, never elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core import clock, travel

ROOT = Path(__file__).resolve().parents[2]
START = date(2021, 10, 4)


@pytest.fixture
def demo_clock(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A clock file of this test alone."""
    settings.CLOCK = "core.clock.FileClock"
    settings.DEMO_CLOCK_FILE = tmp_path / "clock.json"
    clock._clock.cache_clear()
    yield
    clock._clock.cache_clear()


def command(*words: str) -> str:
    out = StringIO()
    call_command("clock", *words, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("demo_clock")
def test_the_command_shows_sets_steps_and_resets() -> None:
    assert "4 oktober 2021" in command()
    command("set", "2022-03-16")
    assert clock.today() == date(2022, 3, 16)
    command("+7d")
    assert clock.today() == date(2022, 3, 23)
    before = clock.today()
    said = command("reset")
    assert clock.today() == START < before
    assert len(said.splitlines()) == 2  # the day, and what going back means


@pytest.mark.usefixtures("demo_clock")
@pytest.mark.parametrize(
    "words",
    [
        ("set", "2016-12-31"),
        ("set", "2032-01-01"),
        ("+99999d",),
        ("set", "2022-02-30"),
        ("set",),
        ("tomorrow",),
        ("+٣d",),
    ],
)
def test_the_command_refuses_with_a_sentence_and_moves_nothing(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match=r"\w{3,}.*\."):
        command(*words)
    assert clock.today() == START


@pytest.mark.parametrize("words", [("set", "2022-03-16"), ("+1d",), ("reset",)])
def test_a_real_clock_is_never_moved(settings: Any, words: tuple[str, ...]) -> None:
    settings.CLOCK = "core.clock.SystemClock"
    with pytest.raises(CommandError):
        command(*words)
    assert command("show").strip()


@given(
    today=st.dates(min_value=travel.FIRST_DAY, max_value=travel.LAST_DAY),
    days=st.integers(min_value=0, max_value=99_999),
)
def test_a_step_lands_within_the_bounds_or_nowhere(today: date, days: int) -> None:
    try:
        after = travel.read(f"+{days}d", today=today)
    except travel.OutOfReach:
        assert today.toordinal() + days > travel.LAST_DAY.toordinal()
    else:
        assert (after - today).days == days
        assert travel.reachable(after) == after


def test_in_production_the_command_refuses_and_the_demonstration_is_nowhere(
    tmp_path: Path,
) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "k" * 60,
        "ALLOWED_HOSTS": "rodedraad.example",
        "SITE_URL": "https://rodedraad.example",
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "EMAIL_URL": "consolemail://",
        "DEFAULT_FROM_EMAIL": "a@rodedraad.example",
        "STATE_DIR": str(tmp_path),
        "DEMO": "",
    }
    look = (
        "import django; django.setup();"
        "from django.apps import apps; from django.conf import settings;"
        "from django.urls import NoReverseMatch, Resolver404, resolve, reverse;\n"
        "assert not settings.DEMO and not apps.is_installed('demo')\n"
        "for path in ('/demo/', '/demo/klok/', '/demo/post/', '/demo/als/national/'):\n"
        "    try: resolve(path)\n"
        "    except Resolver404: print('gone', path)\n"
        "try: reverse('demo:personas')\n"
        "except NoReverseMatch: print('gone too')\n"
    )
    pages = subprocess.run(  # noqa: S603 - our own interpreter, our own words
        [sys.executable, "-c", look],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert pages.stdout.count("gone") == 5, pages.stderr
    moved = subprocess.run(
        [sys.executable, "manage.py", "clock", "set", "2022-03-16"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert moved.returncode != 0
    assert "CommandError" in moved.stderr
    assert "Traceback" not in moved.stderr


@pytest.mark.django_db
@pytest.mark.usefixtures("demo_clock")
@pytest.mark.parametrize(
    ("sent", "day"),
    [
        ({"move": "day"}, date(2021, 10, 5)),
        ({"move": "week"}, date(2021, 10, 11)),
        ({"move": "date", "day": "2022-03-16"}, date(2022, 3, 16)),
        ({"move": "date", "day": "16-03-2022"}, date(2022, 3, 16)),
        ({"move": "date", "day": "2017-01-01"}, travel.FIRST_DAY),
        ({"move": "reset"}, START),
        ({"move": "deadline"}, START),  # nothing is due anywhere
        ({"move": "date"}, START),
        ({"move": "date", "day": "2016-12-31"}, START),
        ({"move": "date", "day": "2032-01-01"}, START),
        ({"move": "date", "day": "31-02-2022"}, START),
        ({"move": "yesteryear"}, START),
        ({}, START),
    ],
)
def test_the_bar_moves_within_bounds_and_always_says_something(
    client: Client, sent: dict[str, str], day: date
) -> None:
    answer = client.post(reverse("demo:clock"), sent, follow=True)
    assert answer.status_code == 200
    assert clock.today() == day
    assert [str(message) for message in answer.context["messages"]] != []


@pytest.mark.django_db
@pytest.mark.usefixtures("demo_clock")
def test_the_bar_returns_to_its_page_and_never_to_another_site(client: Client) -> None:
    here = client.post(reverse("demo:clock"), {"move": "day", "next": "/demo/post/?q=a"})
    assert here["Location"] == "/demo/post/?q=a"
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)", ""):
        answer = client.post(reverse("demo:clock"), {"move": "day", "next": elsewhere})
        assert answer["Location"] == reverse("demo:personas")


@pytest.mark.django_db
def test_looking_moves_nothing_and_a_fixed_clock_has_no_bar(client: Client, settings: Any) -> None:
    assert client.get(reverse("demo:clock")).status_code == 405
    assert client.post(reverse("demo:clock"), {"move": "day"}).status_code == 404
    assert b'class="clock"' not in client.get(reverse("demo:personas")).content
    settings.DEMO = False
    assert client.get(reverse("demo:personas")).status_code == 404
