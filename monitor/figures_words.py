"""The national line in words: each number with its base, and what it is beside the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches.facts.provinces import Province
from core.dates import day_words
from monitor.line_drawing import draw_bar
from monitor.queries.week_news import News, Week
from monitor.rules.line import Against, Standing, Step
from monitor.rules.report import LastElection
from process.enums import Forecast


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWords:
    """One step as it is shown.

    Attributes:
        plan: how many that is beside what was planned for the day.
        late: how many are past their last day; empty: none.
        last: how many there were last time; empty: there is nothing to compare with.
        bar: the drawing.
    """

    step: Step
    name: str
    standing: Standing
    plan: str
    late: str
    last: str
    bar: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A province on the map of tiles."""

    code: str
    name: str
    abbreviation: str
    total: int
    on_time: int
    late: int
    silent: int
    unknown: int


def step_name(step: Step) -> str:
    """Return what a branch did when it took a step."""
    names = {
        Step.APPOINTED: _("Committee appointed, commission set"),
        Step.EVALUATED: _("Previous programme evaluated"),
        Step.COLLECTING: _("Collecting input"),
        Step.ADOPTED: _("Programme adopted"),
        Step.AGREED: _("Top ten agreed"),
        Step.LISTED: _("Candidate list set"),
    }
    return names[step]


def step_words(steps: Mapping[Step, Standing], *, width: int | None = None) -> list[StepWords]:
    """Return every step as it is shown, in the order in which branches take them.

    Args:
        steps: the numbers.
        width: of the drawings, for paper.
    """
    return [
        StepWords(
            step=step,
            name=step_name(step),
            standing=standing,
            plan=_plan(standing),
            late=_late(standing),
            last=_last(standing),
            bar=draw_bar(standing, width=width),
        )
        for step, standing in steps.items()
    ]


def lead(steps: Mapping[Step, Standing]) -> str:
    """Say with which step most branches are behind their own plan."""
    behind = [
        (standing.gap, step)
        for step, standing in steps.items()
        if standing.against is Against.BEHIND
    ]
    if not any(standing.of for standing in steps.values()):
        return ""
    if not behind:
        return _("With every step the branches are where they planned to be, or further.")
    gap, step = max(behind, key=lambda one: one[0])
    return ngettext(
        "Most is to be won here: “%(step)s”, with %(count)s branch fewer than planned.",
        "Most is to be won here: “%(step)s”, with %(count)s branches fewer than planned.",
        gap,
    ) % {"step": step_name(step), "count": gap}


def comparison(last: LastElection | None, *, day: date, enough: bool) -> str:
    """Say what last time is: which election, which day, how many branches; or that there is none.

    Args:
        last: the election that is compared with.
        day: in its days, as far from polling day as the day that is looked at.
        enough: whether any step had enough branches then.
    """
    if last is None:
        return _(
            "There is no last time to compare with: of no earlier election of this kind are there "
            "timelines here."
        )
    if not enough:
        return ngettext(
            "%(election)s had a timeline of %(count)s branch here: too few to compare with.",
            "%(election)s had timelines of %(count)s branches here: too few to compare with.",
            last.branches,
        ) % {"election": last.name, "count": last.branches}
    return ngettext(
        "Last time is %(election)s, as far from polling day: %(day)s. %(count)s branch had a "
        "timeline then.",
        "Last time is %(election)s, as far from polling day: %(day)s. %(count)s branches had a "
        "timeline then.",
        last.branches,
    ) % {"election": last.name, "day": day_words(day), "count": last.branches}


def tiles(found: Mapping[str, Mapping[str, int]]) -> list[Tile]:
    """Return the twelve provinces in the order of their names, also those without a branch."""
    return sorted((_tile(row, found.get(row.value, {})) for row in Province), key=_by_name)


def week_lists(week: Week) -> list[tuple[str, str, News]]:
    """Return name, words and lines of each list of what changed."""
    return [
        ("done", _("Milestones done"), week.done),
        ("decisions", _("Decisions of members’ meetings"), week.decisions),
        ("tens", _("Top tens agreed"), week.tens),
        ("late", _("Went late"), week.late),
        ("silent", _("Fell silent"), week.silent),
        ("back", _("On time again"), week.back),
    ]


def signed(number: int) -> str:
    """Write a difference with its sign, as people do: +3, −2, 0."""
    if number == 0:
        return "0"
    return f"+{number}" if number > 0 else f"−{-number}"


def table_head(*, compared: bool) -> list[str]:
    """Return the headings of the table of steps."""
    head = [
        _("Step"),
        _("Branches"),
        _("Done"),
        _("Planned by then"),
        _("Last day passed"),
        _("Of these not done"),
    ]
    return [*head, _("Done last time"), _("Branches last time")] if compared else head


def table_rows(steps: Iterable[StepWords], *, compared: bool) -> list[list[Any]]:
    """Return the table of steps: a name and numbers in each row."""
    return [
        [
            one.name,
            one.standing.of,
            one.standing.done,
            one.standing.planned,
            one.standing.due,
            one.standing.late,
            *(_last_cells(one.standing) if compared else ()),
        ]
        for one in steps
    ]


def _last_cells(standing: Standing) -> list[int | str]:
    if not standing.has_last:
        return [_("too few"), standing.last_of]
    return [standing.last_done, standing.last_of]


def _plan(standing: Standing) -> str:
    if not standing.of:
        return _("No branch has this step on its way.")
    values = {"count": standing.gap, "planned": standing.planned}
    match standing.against:
        case Against.EVEN:
            return _("As many as planned.")
        case Against.AHEAD:
            return _("%(count)s more than planned (%(planned)s).") % values
        case _:
            return _("%(count)s fewer than planned (%(planned)s).") % values


def _late(standing: Standing) -> str:
    if not standing.late:
        return ""
    return ngettext(
        "%(count)s branch is past its last day.",
        "%(count)s branches are past their last day.",
        standing.late,
    ) % {"count": standing.late}


def _last(standing: Standing) -> str:
    if not standing.has_last:
        return ""
    return _("Last time at this point: %(done)s of %(of)s.") % {
        "done": standing.last_done,
        "of": standing.last_of,
    }


def _tile(row: Province, counts: Mapping[str, int]) -> Tile:
    return Tile(
        code=row.value,
        name=row.dutch_name,
        abbreviation=row.abbreviation,
        total=sum(counts.values()),
        on_time=counts.get(Forecast.ON_TIME, 0) + counts.get(Forecast.TIGHT, 0),
        late=counts.get(Forecast.LATE, 0),
        silent=counts.get(Forecast.SILENT, 0),
        unknown=counts.get(Forecast.UNKNOWN, 0),
    )


def _by_name(tile: Tile) -> str:
    return tile.name
