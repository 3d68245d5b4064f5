"""Who takes part, by which way, about what and when: totals only, in a constant number of queries.

Small totals could point at people, so of neighbourhoods and roles fewer than five are not named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from consultation.enums import PersonRole
from consultation.models import Channel, Consultation, Contribution, Participant, Theme
from consultation.models.contribution import ContributionQuerySet
from consultation.rules.missing import Counts, Finding, missing

SMALLEST_NAMED: Final = 5
_MOST_NEIGHBOURHOODS: Final = 30
_MOST_WEEKS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a chart: what it is, how much, and how long it is drawn (0 … 100)."""

    label: str
    count: int
    length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week, by its Monday, and what came in in it."""

    monday: date
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """What the page shows.

    Attributes:
        total: contributions that came in.
        membership: how many are members, are not, and did not say.
        roles, neighbourhoods, channels, themes: bars, the longest first; themes in their order.
        not_named: contributions of neighbourhoods that are too small to name.
        weeks: every week from the first to the last, also the empty ones.
        participants: people at gatherings.
        findings: what is missing.
    """

    total: int
    membership: list[Bar]
    roles: list[Bar]
    neighbourhoods: list[Bar]
    not_named: int
    channels: list[Bar]
    themes: list[Bar]
    weeks: list[Week]
    participants: int
    findings: list[Finding]


def participation(*, consultation: Consultation, today: date) -> Participation:
    """Count everything that came in."""
    rows = Contribution.objects.came_in().filter(consultation=consultation)
    plain = rows.aggregate(
        total=Count("pk"),
        members=Count("pk", filter=Q(is_member=True)),
        non_members=Count("pk", filter=Q(is_member=False)),
        last=Max("received_on"),
    )
    roles = _counted(rows, "role")
    places = _counted(rows.exclude(neighbourhood=""), "neighbourhood")
    by_channel = _counted(rows, "channel")
    by_theme: Counter[int | None] = Counter(
        dict(
            rows.order_by()
            .annotate(about=Coalesce("merged_into__theme", "theme"))
            .values_list("about")
            .annotate(n=Count("pk"))
        )
    )
    channels = list(Channel.objects.filter(consultation=consultation))
    themes = list(Theme.objects.filter(consultation=consultation))
    named = {place: n for place, n in places.items() if n >= SMALLEST_NAMED}
    return Participation(
        total=plain["total"],
        membership=_lengths(
            [
                (_("members of the party"), plain["members"]),
                (_("not a member"), plain["non_members"]),
                (_("did not say"), plain["total"] - plain["members"] - plain["non_members"]),
            ]
        ),
        roles=_bars((str(PersonRole(str(role)).label), n) for role, n in roles.items() if role),
        neighbourhoods=_bars(named.items())[:_MOST_NEIGHBOURHOODS],
        not_named=sum(places.values()) - sum(named.values()),
        channels=_bars((str(one), by_channel[one.pk]) for one in channels),
        themes=_lengths([(str(one), by_theme[one.pk]) for one in themes if not one.closed_on]),
        weeks=_weeks(_counted(rows, "received_on")),
        participants=Participant.objects.filter(gathering__consultation=consultation).count(),
        findings=missing(
            Counts(
                total=plain["total"],
                members=plain["members"],
                non_members=plain["non_members"],
                natures=_per_nature(channels, by_channel),
                open_natures=frozenset(
                    one.nature for one in channels if one.opened_on and not one.closed_on
                ),
                roles={str(role): n for role, n in roles.items()},
                channels={str(one): by_channel[one.pk] for one in channels},
                themes={str(one): by_theme[one.pk] for one in themes if not one.closed_on},
                days_quiet=(today - plain["last"]).days if plain["last"] else None,
                is_open=consultation.closes_on is None or consultation.closes_on >= today,
            )
        ),
    )


def _counted(rows: ContributionQuerySet, column: str) -> Counter[object]:
    return Counter(dict(rows.order_by().values_list(column).annotate(n=Count("pk"))))


def _per_nature(channels: Iterable[Channel], by_channel: Counter[object]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for one in channels:
        found[one.nature] += by_channel[one.pk]
    return dict(found)


def _bars(pairs: Iterable[tuple[object, int]]) -> list[Bar]:
    return _lengths(sorted(((str(label), n) for label, n in pairs), key=lambda pair: -pair[1]))


def _lengths(pairs: list[tuple[str, int]]) -> list[Bar]:
    most = max((count for _label, count in pairs), default=0) or 1
    return [Bar(label=label, count=n, length=round(100 * n / most, 1)) for label, n in pairs]


def _weeks(days: Counter[object]) -> list[Week]:
    per_week: Counter[date] = Counter()
    for day, count in days.items():
        if isinstance(day, date):
            per_week[day - timedelta(days=day.weekday())] += count
    if not per_week:
        return []
    last = max(per_week)
    first = max(min(per_week), last - timedelta(weeks=_MOST_WEEKS - 1))
    count = (last - first).days // 7 + 1
    mondays = [first + timedelta(weeks=week) for week in range(count)]
    return [Week(monday=monday, count=per_week[monday]) for monday in mondays]
