"""How what shows something is shown: a photo as a photo, an address short enough for a phone."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from django import template

from core.kinds import PICTURES
from core.uploads import kind_of_name
from evaluation.enums_ten import Means

register = template.Library()

LONGEST: Final = 48
"""Characters of an address that are shown."""


@register.filter
def is_picture(name: object) -> bool:
    """Tell whether a stored file is a photo or a drawing."""
    try:
        return kind_of_name(str(name or "")) in PICTURES
    except ValueError:
        return False


@register.filter
def address_words(url: str) -> str:
    """Write an address without what every address has, cut where a phone ends."""
    parts = urlsplit(url)
    words = f"{parts.netloc.removeprefix('www.')}{parts.path}".rstrip("/")
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


@register.filter
def means_word(means: str) -> str:
    """Name what a step takes; nothing for "something else", for that says nothing."""
    return "" if means in ("", Means.OTHER) else str(Means(means).label)
