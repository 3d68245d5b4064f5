"""The monthly report: numbers of branches as plain values, put away once and read back for ever.

What is put away holds no text of a branch and no name, so that a report needs nothing but itself
to be shown, whatever became of the branches. ``VERSION`` goes up when its shape changes; ``read``
knows all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from monitor.rules.line import Standing, Step

VERSION = 1
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class LastElection:
    """The election that is compared with, as it was called when the report was taken."""

    name: str
    polling_day: date
    branches: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How the branches stood at the end of a month.

    Attributes:
        until: the last day that counts for the steps.
        branches: on their way to the election.
        active: of these, who recorded something in the month.
        steps: how far they were.
        in_month: step → how many took it in the month itself.
        outlooks: forecast → branches, on the day on which the report was taken.
        provinces: code of the province → the same.
        decisions: kind of decision → how many were taken in the month.
        last: the election that was compared with; None where there was none.
    """

    until: date
    branches: int
    active: int = 0
    steps: Mapping[Step, Standing] = field(default_factory=dict)
    in_month: Mapping[Step, int] = field(default_factory=dict)
    outlooks: Mapping[str, int] = field(default_factory=dict)
    provinces: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    decisions: Mapping[str, int] = field(default_factory=dict)
    last: LastElection | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became different since the month before; the base may have changed as well."""

    done: int
    late: int
    of: int


def first_of_month(day: date) -> date:
    """Return the first day of the month of ``day``."""
    return day.replace(day=1)


def month_before(day: date) -> date:
    """Return the first day of the month before the one of ``day``."""
    return first_of_month(first_of_month(day) - timedelta(days=1))


def last_of_month(day: date) -> date:
    """Return the last day of the month of ``day``."""
    following = date(day.year + day.month // _MONTHS, day.month % _MONTHS + 1, 1)
    return following - timedelta(days=1)


def stored(figures: Figures) -> dict[str, Any]:
    """Return figures as they are put away."""
    last = figures.last
    return {
        "version": VERSION,
        "until": figures.until.isoformat(),
        "branches": figures.branches,
        "active": figures.active,
        "steps": {step.value: asdict(standing) for step, standing in figures.steps.items()},
        "in_month": {step.value: count for step, count in figures.in_month.items()},
        "outlooks": dict(figures.outlooks),
        "provinces": {code: dict(counts) for code, counts in figures.provinces.items()},
        "decisions": dict(figures.decisions),
        "last": None
        if last is None
        else {
            "name": last.name,
            "polling_day": last.polling_day.isoformat(),
            "branches": last.branches,
        },
    }


def read(kept: Mapping[str, Any], *, month: date) -> Figures:
    """Return figures that were put away.

    Args:
        kept: what ``stored`` made; what is missing in it counts as nothing.
        month: that the report is about.
    """
    last = kept.get("last")
    return Figures(
        until=date.fromisoformat(kept["until"]) if "until" in kept else last_of_month(month),
        branches=kept.get("branches", 0),
        active=kept.get("active", 0),
        steps={Step(key): Standing(**value) for key, value in kept.get("steps", {}).items()},
        in_month={Step(key): count for key, count in kept.get("in_month", {}).items()},
        outlooks=kept.get("outlooks", {}),
        provinces=kept.get("provinces", {}),
        decisions=kept.get("decisions", {}),
        last=LastElection(
            name=last["name"],
            polling_day=date.fromisoformat(last["polling_day"]),
            branches=last["branches"],
        )
        if last
        else None,
    )


def change(now: Figures, before: Figures) -> dict[Step, Change]:
    """Return what became different with each step that both months have."""
    return {
        step: Change(
            done=standing.done - before.steps[step].done,
            late=standing.late - before.steps[step].late,
            of=standing.of - before.steps[step].of,
        )
        for step, standing in now.steps.items()
        if step in before.steps
    }
