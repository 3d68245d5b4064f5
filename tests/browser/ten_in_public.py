"""The ten for everybody, in a browser: read, printed, fetched by programs, followed by mail."""

from __future__ import annotations

import io
import urllib.request
from datetime import date

import feedparser
import pdfplumber
from playwright.sync_api import Page, expect

from branches.models import Branch
from demo.models import DemoMail
from evaluation.models import Follower, Pledge, TopTen
from tests.browser.conftest import shot
from tests.browser.input_coming_in import press
from tests.browser.ten_at_work import BUILT, NEWS, OPENING, OPENING_ON, TOLD, WHY_STUCK
from tests.browser.ten_stage import Stage, at, link_to, open_mail
from tests.integration.calendar.test_readers import khal

FOLLOWER = "lezer@voorbeeld.nl"


def publish(page: Page, branch: Branch, top_ten: TopTen) -> None:
    """The board looks beforehand, and switches the page on."""
    page.goto(at(branch, "ten_publish", top_ten.pk))
    page.locator("[name=public_text]").fill("Dit beloofden we. Zie je iets? Vertel het ons.")
    press(page, "main form.form button[type=submit]")
    expect(page.locator(f"main a[href$='{at(branch, 'public_ten')}']").first).to_be_visible()
    shot(page, "ten-18-published-360")


def sideways(page: Page) -> int:
    """Return how many pixels the page is wider than the screen."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


def read_in_public(resident: Page, branch: Branch, titles: list[str]) -> None:
    """A resident reads it on an old phone without JavaScript; nothing of hers is kept."""
    resident.goto(at(branch, "public_ten"))
    expect(resident.locator("ol.pledges > li h3 a")).to_have_text(titles)
    assert sideways(resident) <= 0
    shot(resident, "ten-19-public-360")
    resident.locator("ol.pledges > li h3 a").first.click()
    story = resident.locator("ol.story > li")
    expect(story).to_have_count(3)
    for text in (BUILT, WHY_STUCK, TOLD):
        expect(resident.locator("ol.story")).to_contain_text(text)
    picture = resident.locator("ol.story img")
    expect(picture).to_be_visible()
    address = picture.get_attribute("src")
    assert address
    assert resident.request.get(address).headers["content-type"].startswith("image/")
    assert sideways(resident) <= 0
    shot(resident, "ten-20-public-story-360")
    assert resident.context.cookies() == []


def printed(page: Page, branch: Branch, titles: list[str]) -> None:
    """On paper it is at most three pages, and all ten stand on them."""
    page.goto(at(branch, "public_ten"))
    with pdfplumber.open(io.BytesIO(page.pdf(format="A4"))) as pdf:
        assert 1 <= len(pdf.pages) <= 3
        words = " ".join(" ".join((one.extract_text() or "").split()) for one in pdf.pages)
    assert [title for title in titles if title not in words] == []


def read_by_programs(stage: Stage, pledge: Pledge) -> None:
    """A feed reader and a calendar of others fetch it from the server."""
    branch = stage.timeline.branch
    feed = feedparser.parse(stage.url + at(branch, "ten_atom"))
    assert (feed.status, bool(feed.bozo)) == (200, False)
    assert [entry.updated[:10] for entry in feed.entries] == [
        "2023-09-05",
        "2023-09-04",
        "2022-05-10",
        "2022-03-23",
    ]
    assert pledge.title in feed.entries[0].title
    path = stage.folder / "stappen.ics"
    with urllib.request.urlopen(stage.url + at(branch, "ten_ical")) as answer:  # noqa: S310 - our own
        path.write_bytes(answer.read())
    found = khal(path, "Europe/Amsterdam", stage.folder, OPENING_ON.isoformat(), "1d")
    assert any(OPENING in line for line in found)


def follow(stage: Stage, resident: Page, demo: Page) -> None:
    """She asks for mail, says yes from her mailbox, and follows from then on."""
    branch = stage.timeline.branch
    resident.goto(at(branch, "public_ten"))
    resident.locator(f".stay a[href^='{at(branch, 'follow')}']").click()
    resident.locator("[name=email]").fill(FOLLOWER)
    shot(resident, "ten-21-follow-360")
    press(resident, "main form button[type=submit]")
    stage.live_until(demo, date(2023, 9, 5))
    open_mail(demo, FOLLOWER)
    assert Follower.objects.get().confirmed_on is None
    resident.goto(link_to(demo, "/tien/volgen/"))
    press(resident, "main form button[type=submit]")
    assert Follower.objects.get().confirmed_on == date(2023, 9, 5)
    shot(resident, "ten-22-follows-360")


def hear_and_stop(stage: Stage, resident: Page, demo: Page) -> None:
    """The next day brings the news; one press in it ends it, and her address is gone."""
    stage.live_until(demo, date(2023, 9, 6))
    open_mail(demo, FOLLOWER)
    expect(demo.locator(".demo-text")).to_contain_text(NEWS)
    shot(demo, "ten-23-news-360")
    resident.goto(link_to(demo, "/tien/stop/"))
    press(resident, "main form button[type=submit]")
    assert not Follower.objects.exists()
    shot(resident, "ten-24-stopped-360")
    assert DemoMail.objects.filter(recipients=FOLLOWER).count() == 2
