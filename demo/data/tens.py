"""The words of invented top tens, read from the files beside this one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
OIRSCHOT_PROGRAMME: Final = "adopted_programme_oirschot.md"

Beats = tuple[str, str, str]
"""How it begins, how it goes on, what came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """One measure of an invented programme, and what it is in a few words in a top ten.

    Attributes:
        chapter: where it stands in the programme.
        title: in a few words.
        text: the measure; may hold ``{quarter}``, ``{street}`` and ``{spot}``, as may the others.
        theme: a value of ``PledgeTheme``.
        for_whom: for whom and with whom.
        measured_by: how one sees that it is done.
        beats: told of it for four years; ``None``: nobody follows it.
    """

    chapter: str
    title: str
    text: str
    theme: str
    for_whom: str
    measured_by: str
    beats: Beats | None = None

    def placed(self, places: dict[str, str]) -> Idea:
        """Return it with the places of one branch filled in."""
        return Idea(
            chapter=self.chapter,
            title=self.title.format(**places),
            text=self.text.format(**places),
            theme=self.theme,
            for_whom=self.for_whom.format(**places),
            measured_by=self.measured_by.format(**places),
            beats=_three(one.format(**places) for one in self.beats) if self.beats else None,
        )


@cache
def ideas() -> tuple[Idea, ...]:
    """Return all ideas, chapter by chapter."""
    return tuple(
        Idea(**{**row, "beats": _three(row["beats"]) if "beats" in row else None})
        for row in _file("ideas")["ideas"]
    )


def titles() -> tuple[str, ...]:
    """Return what invented programmes are called."""
    return tuple(_file("ideas")["titles"])


def places() -> dict[str, tuple[str, ...]]:
    """Return the names that places of invented towns can have: quarters, streets and spots."""
    return {
        "quarter": tuple(_file("ideas")["quarters"]),
        "street": tuple(_file("ideas")["streets"]),
        "spot": tuple(_file("ideas")["spots"]),
    }


def oirschot() -> dict[str, Any]:
    """Return the candidates and the ballots of Oirschot, as ``ten_oirschot.toml`` says."""
    return _file("ten_oirschot")


def tellings() -> dict[str, Any]:
    """Return what is told besides the story of each, as ``tellings.toml`` says."""
    return _file("tellings")


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def _three(texts: Any) -> Beats:
    begin, middle, end = texts
    return (begin, middle, end)
