"""What a thread is made of: knots with a state, the yarn between them, and the words for both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from process.thread.shapes import Yarn

State = Literal["done", "current", "planned", "late", "skipped"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Knot:
    """One milestone on the thread.

    ``day`` is its own date, or its target as long as it is not done. ``href`` is used by the
    vertical thread only: the wide drawing is a picture.
    """

    key: str
    label: str
    state: State
    day: date
    href: str | None = None
    phase: str = ""


STATE_WORDS: Mapping[str, Promise] = {
    "done": _("Done"),
    "current": _("Now"),
    "planned": _("Planned"),
    "late": _("Late"),
    "skipped": _("Dropped"),
}

FORECAST_WORDS: Mapping[str, Promise] = {
    "on_time": _("On time"),
    "tight": _("Tight"),
    "late": _("Late"),
    "silent": _("Silent"),
    "unknown": _("Not known yet"),
}


def state_word(state: str) -> str:
    """Name a milestone's state in the active language; an unknown state is shown as it is."""
    return str(STATE_WORDS.get(state, state))


def forecast_word(forecast: str) -> str:
    """Name a forecast in the active language; an unknown one is shown as it is."""
    return str(FORECAST_WORDS.get(forecast, forecast))


def yarn_of(state: str, *, ahead: bool) -> Yarn:
    """Tell what the piece of thread that leads to a knot looks like.

    ``ahead`` is true for the part that lies after today.
    """
    match state:
        case "done":
            return Yarn.SOLID
        case "current":
            return Yarn.OPEN if ahead else Yarn.SOLID
        case "late":
            return Yarn.FRAYED
        case "skipped":
            return Yarn.LOOSE
        case _:
            return Yarn.OPEN
