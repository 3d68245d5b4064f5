"""Where the journey of the ten happens: its branch, its server, its clock and its mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from branches.models import Branch
from process.models import Timeline
from tests.browser.test_journey import go_to_day


def at(branch: Branch, name: str, *args: object) -> str:
    """Return the address of a page of this branch's top ten."""
    return reverse(f"evaluation:{name}", args=[branch.slug, *args])


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Where the journey happens: the branch with its adopted programme, server, settings, files."""

    timeline: Timeline
    url: str
    settings: Any
    folder: Path

    def live_until(self, page: Page, day: date) -> None:
        """Jump to the day before, then let the clock live one day: its mail goes out."""
        go_to_day(page, day - timedelta(days=1))
        self.settings.CLOCK_TRAVELLER = "demo.services.travel.travel"
        page.locator("aside.clock button[name=move][value=day]").click(no_wait_after=True)
        shown = page.locator("aside.clock time").first
        expect(shown).to_have_attribute("datetime", day.isoformat(), timeout=120_000)
        self.settings.CLOCK_TRAVELLER = ""


def open_mail(page: Page, to: str) -> None:
    """Open the newest mail of somebody on the page of the post."""
    page.goto(f"{reverse('demo:mailbox')}?aan={to}")
    page.locator(".demo-mails a").first.click()
    expect(page.locator(".demo-links a").first).to_be_visible()


def link_to(page: Page, path: str) -> str:
    """Return the link in the mail that is open that leads to such a page."""
    found = page.locator(f".demo-links a[href*='{path}']").first.get_attribute("href")
    assert found, path
    return found
