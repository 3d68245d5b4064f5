"""How large a branch's municipalities are together, in classes that compare (R69)."""

from __future__ import annotations

from enum import StrEnum


class Size(StrEnum):
    """A class of inhabitants; the values stand in the address bar."""

    SMALL = "klein"
    MIDDLE = "midden"
    LARGE = "groot"
    CITY = "stad"


LARGEST: dict[Size, int] = {Size.SMALL: 20_000, Size.MIDDLE: 50_000, Size.LARGE: 100_000}
"""Up to and including so many inhabitants; a city has more."""


def size_of(inhabitants: int) -> Size:
    """Return the class of so many inhabitants."""
    return next((size for size, most in LARGEST.items() if inhabitants <= most), Size.CITY)
