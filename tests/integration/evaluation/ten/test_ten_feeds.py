"""The news of the ten in a feed reader, and its coming steps in calendars of others."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.test import Client
from django.urls import reverse

from evaluation.enums_ten import PledgeStatus
from evaluation.models import PledgeEvidence, Step, TopTen
from evaluation.services.ten import standing
from tests.clock import FixedClock
from tests.integration.calendar.test_readers import READERS, khal
from tests.ten_factories import top_ten_of, update_of

pytestmark = pytest.mark.django_db

TODAY = date(2023, 5, 3)


@pytest.fixture(autouse=True)
def may() -> None:
    FixedClock.set_today(TODAY)


@pytest.fixture
def top_ten() -> TopTen:
    return top_ten_of(public_since=date(2022, 4, 1))


def fetch(top_ten: TopTen, name: str) -> bytes:
    standing.new_edition(top_ten=top_ten)
    answer = Client().get(reverse(f"evaluation:{name}", args=[top_ten.branch.slug]))
    assert answer.status_code == 200
    content: bytes = answer.content
    return content


def parsed(top_ten: TopTen) -> Any:
    found = feedparser.parse(fetch(top_ten, "ten_atom"))
    assert not found.bozo
    assert found.version == "atom10"
    return found


def test_a_feed_reader_reads_the_news_newest_first(top_ten: TopTen) -> None:
    pledge = top_ten.pledges.get(rank=4)
    first = update_of(pledge, text="Wij <b>vroegen</b> & kregen.", day=date(2022, 5, 1))
    last = update_of(pledge, status=PledgeStatus.DONE, text="Het is er.\x0b", day=date(2022, 9, 1))
    PledgeEvidence.objects.create(
        pledge=pledge,
        update=last,
        kind="link",
        title="Raadsbesluit",
        url="https://voorbeeld.nl/besluit",
        added_on=TODAY,
    )
    found = parsed(top_ten)
    assert [entry.id for entry in found.entries] == [
        f"tag:rodedraad,2021:tien/{top_ten.pk}/bericht/{update.pk}" for update in (last, first)
    ]
    newest, oldest = found.entries
    assert pledge.title in newest.title
    assert newest.title.endswith(str(PledgeStatus.DONE.label))
    assert newest.link.endswith(f"/4/#bericht-{last.pk}")
    assert 'href="https://voorbeeld.nl/besluit"' in newest.summary
    assert "Wij &lt;b&gt;vroegen&lt;/b&gt; &amp; kregen." in oldest.summary
    assert oldest.updated == "2022-05-01T12:00:00+00:00"
    assert found.feed.updated == newest.updated
    assert found.feed.language == "nl"
    assert found.feed.author


def test_a_correction_is_the_same_entry_updated_and_a_withdrawn_one_says_so(
    top_ten: TopTen,
) -> None:
    pledge = top_ten.pledges.get(rank=1)
    wrong = update_of(pledge, text="Driehonderd.", day=date(2022, 5, 1))
    before = parsed(top_ten).entries[0]
    right = update_of(
        pledge, text="Dertig.", day=date(2022, 5, 1), corrects=wrong, correction_note="Nul te veel."
    )
    after = parsed(top_ten).entries
    assert [entry.id for entry in after] == [before.id]
    # Also when it was corrected on the day itself.
    assert after[0].updated_parsed > before.updated_parsed
    assert after[0].published == before.published
    assert "Dertig." in after[0].summary
    assert "Nul te veel." in after[0].summary
    assert "Driehonderd" not in after[0].summary
    right.withdrawn_on = date(2022, 5, 1)
    right.save()
    gone = parsed(top_ten).entries
    assert [entry.id for entry in gone] == [before.id]
    assert gone[0].updated_parsed > after[0].updated_parsed
    assert "Dertig" not in gone[0].summary


def test_a_feed_without_news_is_a_feed_and_no_two_fetches_differ(top_ten: TopTen) -> None:
    empty = parsed(top_ten)
    assert empty.entries == []
    assert empty.feed.updated == "2022-04-01T12:00:00+00:00"
    root = ET.fromstring(fetch(top_ten, "ten_atom"))  # noqa: S314 - our own bytes
    atom = "{http://www.w3.org/2005/Atom}"
    for name in ("id", "title", "updated", "author"):
        assert root.find(f"{atom}{name}") is not None
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{atom}link")}
    assert str(links["self"]).endswith("/berichten.atom")
    assert fetch(top_ten, "ten_atom") == fetch(top_ten, "ten_atom")


@pytest.fixture
def calendar(top_ten: TopTen, tmp_path: Path) -> Path:
    pledge = top_ten.pledges.get(rank=2)

    def step(title: str, day: date | None, **fields: Any) -> Step:
        return Step.objects.create(pledge=pledge, title=title, due_on=day, added_on=TODAY, **fields)

    step("Motie; over wonen, en meer\r\nX-KWAAD:1", date(2023, 6, 8), revision=3)
    step("Gesprek gehad", date(2023, 4, 20), done_on=date(2023, 4, 20))
    step("Ooit", None)
    step("Lang geleden", date(2022, 6, 1))
    step("Binnenskamers", date(2023, 6, 9), public=False)
    path = tmp_path / "stappen.ics"
    path.write_bytes(fetch(top_ten, "ten_ical"))
    return path


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_calendars_of_others_read_what_comes_next(
    reader: Any, calendar: Path, top_ten: TopTen
) -> None:
    found = reader(calendar, "Pacific/Auckland")
    shown = {
        f"stap-{step.pk}@rodedraad": step
        for step in Step.objects.filter(pledge__top_ten=top_ten, public=True)
        if step.due_on and step.due_on > date(2023, 1, 1)
    }
    assert set(found) == {*shown, "stemdag-gr2026@rodedraad"}
    for uid, step in shown.items():
        assert found[uid]["start"] == str(step.due_on)
    motion = next(uid for uid, step in shown.items() if step.title.startswith("Motie"))
    assert found[motion]["summary"].startswith("Motie; over wonen, en meer X-KWAAD:1 (")


def test_khal_shows_it_and_the_text_is_as_the_standard_wants_it(
    calendar: Path, tmp_path: Path
) -> None:
    text = calendar.read_bytes()
    assert b"\r\nX-KWAAD" not in text
    assert b"Binnenskamers" not in text
    assert b"SEQUENCE:3\r\n" in text
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H" in text
    assert b"\r\nNAME:" in text
    assert b"DTSTART;VALUE=DATE:20230608" in text
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    found = khal(calendar, "America/New_York", tmp_path, "2023-06-08", "1d")
    assert any(line.startswith("2023-06-08 2023-06-08  Motie; over wonen") for line in found)
