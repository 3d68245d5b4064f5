"""Four programs of others read our feed, in three time zones, and understand the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from process.feeds.entries import (
    election_entry,
    meeting_entry,
    meeting_uid,
    milestone_entry,
    milestone_uid,
)
from tests.integration.calendar.conftest import Scene

HERE = Path(__file__).parent
ZONES = ("Pacific/Auckland", "UTC", "America/New_York")
ICAL_JS = Path(settings.STATE_DIR) / "node/node_modules/ical.js/dist/ical.es5.cjs"
Found = dict[str, dict[str, Any]]


def run(command: list[str], zone: str, **extra: str) -> str:
    """Run a reader in a time zone of its own, with nothing of ours around it."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    done = subprocess.run(  # noqa: S603 - our own scripts
        command,
        check=True,
        capture_output=True,
        env=kept | {"TZ": zone, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"} | extra,
        timeout=120,
    )
    return done.stdout.decode()


def by_uid(told: str) -> Found:
    found = json.loads(told)
    assert len({one["uid"] for one in found}) == len(found)
    return {one["uid"]: one for one in found}


def read_vobject(path: Path, zone: str) -> Found:
    return by_uid(run([sys.executable, str(HERE / "readers/read_vobject.py"), str(path)], zone))


def read_ical(path: Path, zone: str) -> Found:
    return by_uid(run([sys.executable, str(HERE / "readers/read_ical.py"), str(path)], zone))


def read_icaljs(path: Path, zone: str) -> Found:
    node = shutil.which("node")
    if node is None or not ICAL_JS.exists():
        assert "CI" not in os.environ, "make readers brings ical.js"
        pytest.skip("node and ical.js are not here: make readers")
    return by_uid(run([node, str(HERE / "readers/read_icaljs.cjs"), str(path), str(ICAL_JS)], zone))


READERS = {"vobject": read_vobject, "ical": read_ical, "ical.js": read_icaljs}


@pytest.fixture
def file(scene: Scene, fetch: Callable[..., Any], tmp_path: Path) -> Path:
    path = tmp_path / "feed.ics"
    path.write_bytes(fetch(scene.feed()).content)
    return path


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_a_reader_anywhere_sees_the_same_days_and_hours(
    reader: Callable[[Path, str], Found], zone: str, scene: Scene, file: Path
) -> None:
    found = reader(file, zone)
    milestones = list(scene.timeline.milestones.exclude(key="polling_day"))
    for milestone in milestones:
        assert found[milestone_uid(milestone)]["start"] == milestone.target.isoformat()
    assert found["stemdag-gr2022@rodedraad"]["start"] == "2022-03-16"
    # Eight in the evening in the Netherlands: one hour from UTC in winter, two in summer.
    assert found[meeting_uid(scene.winter)]["start"] == "2022-03-26T19:00:00Z"
    assert found[meeting_uid(scene.summer)]["start"] == "2022-03-28T18:00:00Z"
    assert found[meeting_uid(scene.whole_day)]["start"] == "2022-02-05"
    assert len(found) == len(milestones) + 4 + 1


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_text_comes_out_as_it_went_in(
    reader: Callable[[Path, str], Found], scene: Scene, file: Path
) -> None:
    found = reader(file, "UTC")
    entries = [
        meeting_entry(meeting, language="nl")
        for meeting in (scene.winter, scene.summer, scene.whole_day, scene.cancelled)
    ]
    entries += [
        milestone_entry(milestone, language="nl")
        for milestone in scene.timeline.milestones.exclude(key="polling_day")
    ]
    for entry in entries:
        assert found[entry.uid]["summary"] == entry.summary
        assert found[entry.uid]["description"] == entry.description
    assert found[meeting_uid(scene.cancelled)]["status"] == "CANCELLED"


@pytest.mark.parametrize("zone", ZONES)
def test_khal_shows_the_same_days(zone: str, scene: Scene, file: Path, tmp_path: Path) -> None:
    found = khal(file, zone, tmp_path, "2022-03-16", "2022-03-17")
    polling_day = election_entry(scene.timeline.election, language="nl").summary
    assert f"2022-03-16 2022-03-16  {polling_day}" in found
    milestone = scene.milestone("nomination")
    entry = milestone_entry(milestone, language="nl")
    day = milestone.target.isoformat()
    assert f"{day} {day}  {entry.summary}" in khal(file, zone, tmp_path, day, "1d")


def test_khal_shows_the_hours_of_both_sides_of_summer_time(
    scene: Scene, file: Path, tmp_path: Path
) -> None:
    found = khal(file, "UTC", tmp_path, "2022-03-25", "2022-03-29")
    entry = meeting_entry(scene.summer, language="nl")
    assert f"2022-03-28 2022-03-28 18:00 {entry.summary}" in found
    assert "2022-03-26 2022-03-26 19:00" in "\n".join(found)


def khal(file: Path, zone: str, folder: Path, start: str, until: str) -> list[str]:
    """Let khal read the file as a calendar of its own, and return the lines that it lists."""
    calendar, config = folder / "calendar", folder / "khal.conf"
    calendar.mkdir(exist_ok=True)
    config.write_text(
        f"[calendars]\n[[feed]]\npath = {calendar}\n[sqlite]\npath = {folder / 'khal.db'}\n"
        f"[locale]\nlocal_timezone = {zone}\ndefault_timezone = {zone}\n"
        "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ntimeformat = %H:%M\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        "[default]\nprint_new = False\n",
        encoding="utf-8",
    )
    command = [str(Path(sys.executable).parent / "khal"), "-c", str(config)]
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    if not any(calendar.iterdir()):
        run([*command, "import", "--batch", "-a", "feed", str(file)], zone, **home)
    form = "{start-date} {end-date} {start-time} {title}"
    asked = [*command, "list", "--day-format", "", "--format", form, start, until]
    return run(asked, zone, **home).splitlines()
