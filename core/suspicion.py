"""What a person does not do in a form: a robot is set aside, and never told so.

Nobody solves a puzzle. What looks odd is kept apart for a person to look at, so that a mistake of
ours costs a resident a little time and no words.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

TOO_FAST: Final = timedelta(seconds=3)
"""Nobody reads a form, says something and agrees in less."""

MOST_LINKS: Final = 2
"""Who points at an example or two is a person; who points at more sells something."""

_LINK: Final = re.compile(r"(?i)https?://|\bwww\.|\[url|<a\s")


def links_in(*texts: str) -> int:
    """Return how many links stand in these texts."""
    return sum(len(_LINK.findall(text)) for text in texts)


def why_set_aside(*, trap: str, took: timedelta, texts: tuple[str, ...], crowded: bool) -> str:
    """Return why something is set aside: trap, fast, links or flood; empty: it is not.

    Args:
        trap: what stands in the field that people do not see.
        took: from drawing the form to sending it.
        texts: all that was typed.
        crowded: many came from the same place within the hour.
    """
    if trap.strip():
        return "trap"
    if took < TOO_FAST:
        return "fast"
    if links_in(*texts) > MOST_LINKS:
        return "links"
    return "flood" if crowded else ""
