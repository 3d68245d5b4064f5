"""For what an address of the public top ten asks, and the addresses that lead on from there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from core.mail import absolute
from core.public_pages import LANGUAGE

YEAR: Final = "jaar"
PLEDGE: Final = "voorstel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """For what an address asks.

    Attributes:
        slug: of the branch.
        language: in which it is drawn.
        said: the language that the address names; empty: it was the browser's.
        year: of the polling day that the address names; None: the newest.
        today: the day.
        preview: the page on which the board looks beforehand; empty for everybody else.
        settings_url: the board's way back from there.
    """

    slug: str
    language: str
    today: date
    said: str = ""
    year: int | None = None
    preview: str = ""
    settings_url: str = ""

    def link(self, name: str, *args: object, language: str | None = None) -> str:
        """Return an address of this room's public pages, of the same year and in the same language.

        Empty where there is no such page.
        """
        try:
            path = reverse(f"evaluation:{name}", args=[self.slug, *args])
        except NoReverseMatch:
            return ""
        said = {LANGUAGE: language or self.said, YEAR: str(self.year or "")}
        query = urlencode({key: value for key, value in said.items() if value})
        return f"{path}?{query}" if query else path

    def ten_link(self) -> str:
        """Return the address of the page of all ten."""
        return self.preview or self.link("public_ten")

    def in_year(self, year: int) -> str:
        """Return the address of the branch's top ten of another election."""
        return replace(self, year=year).link("public_ten")

    def pledge_link(self, rank: int) -> str:
        """Return the address of one of the ten."""
        if self.preview:
            return f"{self.preview}?{urlencode({PLEDGE: rank})}"
        return self.link("public_pledge", rank)

    def file_link(self, pk: int) -> str:
        """Return the address of a file that shows something."""
        name = "pledge_evidence_file" if self.preview else "ten_file"
        try:
            return reverse(f"evaluation:{name}", args=[self.slug, pk])
        except NoReverseMatch:
            return ""

    def canonical(self, name: str, *args: object) -> str:
        """Return the one whole address under which a page is known to search engines."""
        path = reverse(f"evaluation:{name}", args=[self.slug, *args])
        return absolute(f"{path}?{urlencode({YEAR: self.year})}" if self.year else path)
