"""vdirsyncer fetches a feed from a real server over HTTP, again and again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar, Event

from process.models import Meeting
from process.services.calendar_feeds import rotate
from tests.clock import FIRST_DAY
from tests.integration.calendar.conftest import NOW, Scene, build_scene, path_of

pytestmark = pytest.mark.django_db(transaction=True)


class Syncer:
    """vdirsyncer with one pair: an address, and a folder with a file for each event."""

    def __init__(self, folder: Path, address: str) -> None:
        self.events = folder / "events"
        self.events.mkdir()
        self.config = folder / "config"
        self.config.write_text(
            f'[general]\nstatus_path = "{folder / "status"}"\n'
            '[pair feed]\na = "there"\nb = "here"\ncollections = null\n'
            'conflict_resolution = "a wins"\n'
            f'[storage there]\ntype = "http"\nurl = "{address}"\n'
            f'[storage here]\ntype = "filesystem"\npath = "{self.events}"\nfileext = ".ics"\n',
            encoding="utf-8",
        )
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8", "TZ": "UTC",
        }  # fmt: skip

    def run(self, act: str) -> subprocess.CompletedProcess[str]:
        """Let it act, answering yes to whether the folder is the right one."""
        program = str(Path(sys.executable).parent / "vdirsyncer")
        return subprocess.run(  # noqa: S603 - a program of our own environment
            [program, "-c", str(self.config), act],
            check=False, capture_output=True, text=True, input="y\n" * 5, env=self.environment,
            timeout=120,
        )  # fmt: skip

    def found(self) -> list[Event]:
        """Return the events as they lie in the folder.

        Of what comes over HTTP vdirsyncer makes a UID of its own: the sum of the event.
        """
        calendars = [Calendar.from_ical(path.read_bytes()) for path in self.events.glob("*.ics")]
        return [event for one in calendars for event in one.events]


@pytest.fixture
def told() -> Scene:
    scene = build_scene()
    scene.tell()
    return scene


def test_it_takes_every_event_once_follows_changes_and_stops_when_the_key_is_replaced(
    told: Scene, live_server: Any, tmp_path: Path
) -> None:
    feed = told.feed()
    syncer = Syncer(tmp_path, f"{live_server.url}{path_of(feed)}")
    assert syncer.run("discover").returncode == 0
    first = syncer.run("sync")
    assert first.returncode == 0, first.stderr
    events = syncer.found()
    count = told.timeline.milestones.exclude(key="polling_day").count() + 4 + 1
    assert len(events) == len(list(syncer.events.glob("*.ics"))) == count
    again = syncer.run("sync")
    assert again.returncode == 0, again.stderr
    assert "Copying" not in again.stdout + again.stderr, "the same bytes are no news"

    Meeting.objects.filter(pk=told.summer.pk).update(title="Verzet", revision=5)
    told.tell(now=NOW.replace(hour=11))
    changed = syncer.run("sync")
    assert changed.returncode == 0, changed.stderr
    events = syncer.found()
    (event,) = [one for one in events if str(one["summary"]).startswith("Verzet (")]
    assert event["sequence"] == 1
    assert not [one for one in events if str(one["summary"]).startswith("Zomertijd")]
    assert len(syncer.found()) == count

    rotate(feed=feed, by=told.person, today=FIRST_DAY)
    gone = syncer.run("sync")
    assert gone.returncode != 0
    assert "Not Found" in gone.stderr
    assert len(syncer.found()) == count, "what a client has, it keeps"
