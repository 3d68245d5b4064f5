"""Of which municipality a good example is (R43), by its name in title or text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

# Names that are ordinary words as well count only where something says that a place is meant.
_WORDS_TOO: Final = frozenset(
    [
        "Beek",
        "Bergen",
        "Best",
        "Buren",
        "Echt",
        "Goes",
        "Grave",
        "Haren",
        "Heel",
        "Hoorn",
        "Houten",
        "Huizen",
        "Hulst",
        "Kampen",
        "Leek",
        "Losser",
        "Putten",
        "Sluis",
        "Stein",
        "Weert",
    ]
)
_MEANT: Final = r"(?i:gemeente|in|te|van|uit|stad|dorp)\s+"


class Places:
    """The names of municipalities, ready for looking them up in texts."""

    def __init__(self, names: Iterable[str]) -> None:
        known = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
        self._sure = _one_of([name for name in known if name not in _WORDS_TOO])
        self._meant = _one_of(known, before=_MEANT)

    def of_example(self, title: str, text: str) -> str:
        """Return the municipality in the title, or else the first one in the text; "" if none."""
        for line in (title, text):
            found = [
                match for pattern in (self._sure, self._meant) if (match := pattern.search(line))
            ]
            if found:
                return min(found, key=lambda match: match.start("name"))["name"]
        # A title that ends in the name alone: "Scholingsfonds Goes".
        last = title.rsplit(" ", 1)[-1].strip("()")
        match = self._meant.fullmatch(f"in {last}")
        return match["name"] if match else ""


def _one_of(names: list[str], *, before: str = "") -> re.Pattern[str]:
    # Capitals count: "best" is a word and "Best" a place.
    names_pattern = "|".join(re.escape(name) for name in names) or r"(?!)"
    return re.compile(rf"(?<!\w){before}(?P<name>{names_pattern})(?!\w)")
