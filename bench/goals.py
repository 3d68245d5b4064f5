"""The goals: which figure, and what it must reach. The limits were set beforehand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from bench.measure import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal.

    Attributes:
        of: a regular expression: the names of the figures that it holds for.
        value: "ratio", or which of the figure's details.
        at_least: the lowest value that meets it; ``None``: there is a highest.
        at_most: the highest value that meets it.
        says: in words, after "goal:".
    """

    of: str
    value: str = "ratio"
    at_least: float | None = None
    at_most: float | None = None
    says: str = ""

    def met_by(self, value: float) -> bool:
        """Tell whether a value meets it."""
        if self.at_least is not None:
            return value >= self.at_least
        return self.at_most is None or value <= self.at_most

    @property
    def limit(self) -> str:
        """Say the limit in figures."""
        return f"≥ {self.at_least:g}" if self.at_least is not None else f"≤ {self.at_most:g}"


def _of(name: str, says: str, value: str = "ratio", **limit: float) -> Goal:
    return Goal(of=name, says=says, value=value, **limit)


_PAGES: Final = r"process:(today|timeline|milestone)|evaluation:promises, 50"
GOALS: Final[tuple[Goal, ...]] = (
    _of(r"national grid, 3\d\d branches", "times the plain template loop", at_least=8),
    _of(r"national grid, 3\d\d branches", "queries", "queries", at_most=8),
    _of(r"national grid, kept", "of bare kept bytes", at_least=0.6),
    _of(r"national grid, 1\d{4} branches", "times as long as with 350", "times_as_long", at_most=3),
    _of(_PAGES, "of a bare view, same questions and bytes", at_least=0.7),
    _of(r"feed of \d+ events, first time", "of joining stored text", at_least=0.8),
    _of(r"feed of \d+ events, warm", "of bare kept bytes", at_least=0.7),
    _of(r"feed of \d+ events, 304", "of a bare 304", at_least=0.8),
    _of(r"planning [\d,]+ due.*", "times the one statement", "times_as_long", at_most=3),
    _of(r"planning again, nothing new.*", "times the bare query", "times_as_long", at_most=2),
    _of(r"planning again, nothing new.*", "rows written", "rows_written", at_most=0),
    _of(r"mails, one process, sqlite", "of a bare loop", at_least=0.8),
    _of(r"mails, one process, postgresql", "of a bare loop", at_least=0.65),
    _of(r"mails, two processes.*", "times one process", at_least=1.6),
    _of(r"mails, one process.*", "connections per 100", "connections_per_100", at_most=1),
    _of(r"mails, one process.*", "queue tasks a mail", "tasks_a_mail", at_most=0.02),
    _of(r"mails, server of 5 ms.*", "times one connection", at_least=6),
    _of(r"jobs on .*", "of the bare engine", at_least=0.6),
    _of(r"roll-out to 10,000 .*", "times bulk_create", "times_as_long", at_most=2),
    _of(r"the seed programme.*", "times opening and splitting", "times_as_long", at_most=2),
    _of(r"the seed programme.*", "megabytes", "megabytes", at_most=150),
    _of(r"public top ten", "of bare kept bytes", at_least=0.7),
    _of(r"sign-in page", "of Django's own sign-in page", at_least=0.7),
    _of(r"sign-in page", "queries", "queries", at_most=0),
    _of(r"web worker after the bench", "megabytes", "megabytes", at_most=160),
    _of(r"idle embedded stack", "megabytes", "megabytes", at_most=400),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A goal held against a figure; ``value`` is ``None`` where nothing was measured."""

    name: str
    goal: Goal
    value: float | None

    @property
    def verdict(self) -> str:
        """Say what came of it."""
        if self.value is None:
            return "not measured"
        return "met" if self.goal.met_by(self.value) else "MISSED"

    def as_row(self) -> dict[str, Any]:
        """Return it for bench.json."""
        return {
            "name": self.name,
            "value": self.value,
            "goal": f"{self.goal.limit} {self.goal.says}",
            "verdict": self.verdict,
        }


def held(figures: Iterable[Figure]) -> Iterator[Held]:
    """Hold each goal against every figure that it is about."""
    rows = list(figures)
    for goal in GOALS:
        about = [one for one in rows if re.fullmatch(goal.of, one.name)]
        for one in about:
            value = one.ratio if goal.value == "ratio" else one.details.get(goal.value)
            yield Held(name=one.name, goal=goal, value=value)
        if not about:
            yield Held(name=goal.of, goal=goal, value=None)
