"""When a change of a meeting is news for whoever comes, and from which day it was moved.

The latest news is the news: what was told and then changed again is told anew, with the day on
which people had it (R37: told in time, once).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where and when somebody has to be.

    Attributes:
        day: the day of the meeting.
        starts_at: local time, if it is known.
        place: as people wrote it.
        link: the address to join online.
    """

    day: date
    starts_at: time | None = None
    place: str = ""
    link: str = ""


def is_move(*, before: Spot, after: Spot) -> bool:
    """Tell whether somebody who knows ``before`` would come at the wrong time or place.

    What was not known yet and is filled in (a time, a place, a link) moves nobody; nor does a
    place that is only spelled otherwise.
    """
    return (
        before.day != after.day
        or (before.starts_at is not None and before.starts_at != after.starts_at)
        or (bool(_letters(before.place)) and _letters(before.place) != _letters(after.place))
        or (bool(before.link) and before.link != after.link)
    )


def is_to_come(*, day: date, today: date) -> bool:
    """Tell whether anybody can still come: a meeting that already was is never news."""
    return day >= today


def moved_from(
    *, before: date, after: date, moved_on: date | None, earlier: date | None, today: date
) -> date | None:
    """Return the day that people have in mind: ``None`` when only the time or place changed.

    Moved twice on one day it is the first of them that people know, unless it moves back to it.

    Args:
        before: the day of the meeting until now.
        after: its new day.
        moved_on: when the latest news was a move: on which day that was.
        earlier: from which day that move was.
        today: the product's day.
    """
    if moved_on == today and earlier is not None and earlier != after:
        return earlier
    return before if before != after else None


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())
