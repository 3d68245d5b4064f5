"""What happened with the input, in totals: nothing here can be traced to a person.

No text of a contribution, no reason, no answer: those may tell who brought it in. A role or a
neighbourhood that fewer than five spoke for is not named.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultation.enums import ChannelKind, PersonRole, Status
from consultation.models import Consultation, Contribution, MeasureLink
from programmes.enums import ProgrammeKind
from programmes.models import Measure

FEWEST: Final = 5
"""So many must have spoken for something before it is named (docs/access.md: five people)."""

TAKEN_UP = (Status.ADOPTED, Status.PARTLY)


@dataclass(frozen=True, slots=True)
class Line:
    """A name and how many."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """What became of one theme.

    Attributes:
        name: of the theme; of what has none: in words.
        points: how many different points there are, in all.
        cells: the same by status, in the order of ``Status``.
    """

    name: str
    points: int
    cells: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A measure that took input up.

    Attributes:
        text: of the measure, the branch's own.
        programme: its title.
        is_draft: whether the members have not adopted it yet.
        behind: how many things that came in stand behind it.
    """

    text: str
    programme: str
    is_draft: bool
    behind: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened with the input.

    Attributes:
        came_in: how many things people brought in.
        points: how many different points that are: the same said twice is one point.
        statuses: each status with its number of points.
        themes: in the branch's order; themes about which nothing came in as well.
        channels, roles, neighbourhoods: of what came in, most first.
        measures: that took input up, most first.
    """

    came_in: int
    points: int
    statuses: tuple[Line, ...]
    themes: tuple[ThemeLine, ...]
    channels: tuple[Line, ...]
    roles: tuple[Line, ...]
    neighbourhoods: tuple[Line, ...]
    measures: tuple[TakenUp, ...]


def outcome_of(consultation: Consultation) -> Outcome:
    """Return what happened with the input; a number of queries that does not grow with it."""
    rows = Contribution.objects.filter(consultation=consultation)
    by_theme: dict[int | None, Counter[str]] = defaultdict(Counter)
    listed = rows.listed().filter(sources__gt=0).order_by()
    for theme, status, number in listed.values_list("theme", "status").annotate(Count("pk")):
        by_theme[theme][status] += number
    themes = [
        _theme_line(str(theme), by_theme[theme.pk])
        for theme in consultation.themes.all()
        if theme.closed_on is None or by_theme[theme.pk]
    ]
    if by_theme[None]:
        themes.append(_theme_line(_("No theme yet"), by_theme[None]))
    came_in = rows.came_in().order_by()
    channels = dict(came_in.values_list("channel__kind").annotate(Count("pk")))
    kinds = dict(ChannelKind.choices)
    totals = sum(by_theme.values(), Counter[str]())
    return Outcome(
        came_in=sum(channels.values()),
        points=totals.total(),
        statuses=_by_status(totals),
        themes=tuple(themes),
        channels=_most_first((capfirst(str(kinds[key])), n) for key, n in channels.items()),
        roles=_roles(came_in.values_list("role").annotate(Count("pk"))),
        neighbourhoods=_neighbourhoods(came_in.values_list("neighbourhood").annotate(Count("pk"))),
        measures=_measures(consultation),
    )


def _theme_line(name: str, found: Counter[str]) -> ThemeLine:
    return ThemeLine(name, found.total(), _by_status(found))


def _by_status(found: Counter[str]) -> tuple[Line, ...]:
    return tuple(Line(capfirst(str(one.label)), found[one.value]) for one in Status)


def _most_first(found: Iterable[tuple[str, int]]) -> tuple[Line, ...]:
    return tuple(Line(*one) for one in sorted(found, key=lambda one: (-one[1], one[0])))


def _roles(found: Iterable[tuple[str, int]]) -> tuple[Line, ...]:
    names = dict(PersonRole.choices)
    return _named((capfirst(str(names[role])) if role in names else "", n) for role, n in found)


def _neighbourhoods(found: Iterable[tuple[str, int]]) -> tuple[Line, ...]:
    """People write their neighbourhood themselves: capitals and spaces make no difference."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for name, number in found:
        plain = " ".join(name.casefold().split())
        counts[plain] += number
        written.setdefault(plain, capfirst(name.strip()))
    return _named((written[plain], number) for plain, number in counts.items())


def _named(found: Iterable[tuple[str, int]]) -> tuple[Line, ...]:
    """Return those that enough people spoke for; the others together, without a name."""
    found = list(found)
    named = [(name, number) for name, number in found if name and number >= FEWEST]
    others = sum(number for name, number in found) - sum(number for _name, number in named)
    if not named:
        return ()
    return (*_most_first(named), *([Line(_("Other, or not said"), others)] if others else []))


def _measures(consultation: Consultation) -> tuple[TakenUp, ...]:
    links = MeasureLink.objects.filter(
        contribution__in=Contribution.objects.listed().filter(
            consultation=consultation, status__in=TAKEN_UP
        ),
        measure__in=Measure.objects.current().filter(programme__branch=consultation.branch_id),
    ).select_related("measure__programme")
    leads = links.values("contribution")
    behind: dict[int, set[int]] = defaultdict(set)
    # A source counts once for a measure, also when two of its pieces were taken up by it.
    for pk, lead, root in Contribution.objects.filter(
        Q(pk__in=leads) | Q(merged_into__in=leads), counts=True
    ).values_list("pk", "merged_into", "split_from"):
        behind[lead or pk].add(root or pk)
    measures: dict[int, Measure] = {}
    sources: dict[int, set[int]] = defaultdict(set)
    for link in links:
        measures[link.measure_id] = link.measure
        sources[link.measure_id] |= behind[link.contribution_id]
    found = [
        TakenUp(
            row.text,
            row.programme.title,
            row.programme.kind == ProgrammeKind.DRAFT,
            len(sources[pk]),
        )
        for pk, row in measures.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.behind, one.text)))
