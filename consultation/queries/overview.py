"""How the input stands, in totals: what came in, from where, on what, and what is untouched.

No text of anybody: members and the national office see this too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from branches.viewer import Viewer
from consultation.enums import Classic, Nature, Status
from consultation.models import Channel, Consultation, Contribution, Gathering, Theme
from consultation.rules.first import Standing
from process.enums import MeetingStatus, Phase
from process.queries.pages import MilestoneRow, milestone_rows

A_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeLine:
    """A theme, and how much there is on it.

    Attributes:
        theme: which.
        came_in: what people brought in, merged ones included.
        listed: what stands in the list by itself.
        untouched: of these, what nobody looked at.
    """

    theme: Theme
    came_in: int = 0
    listed: int = 0
    untouched: int = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is there (R28: that is shown)."""
        return not self.came_in and not self.listed

    @property
    def answered(self) -> int:
        """How many of its three questions have an answer (R30)."""
        return sum(
            bool(text) for text in (self.theme.topical, self.theme.difference, self.theme.warms)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLine:
    """A way in, and how much came by it."""

    channel: Channel
    came_in: int

    @property
    def is_open(self) -> bool:
        """Tell whether input can come in by it."""
        return self.channel.opened_on is not None and self.channel.closed_on is None

    @property
    def link(self) -> str:
        """Return the address when it is one on the web, else nothing."""
        address = self.channel.address
        return address if address.startswith(("https://", "http://")) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How much came in.

    Attributes:
        all: everything that people brought in.
        today: of these, today.
        week: of these, in the last seven days.
        late: of these, after the closing day.
        listed: what stands in the list by itself.
        untouched: of these, what nobody looked at.
        set_aside: what the form set aside; it counts nowhere else.
    """

    all: int
    today: int
    week: int
    late: int
    listed: int
    untouched: int
    set_aside: int

    @property
    def looked_at(self) -> int:
        """How much of the list has a status."""
        return self.listed - self.untouched


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What the first page shows.

    Attributes:
        totals: how much.
        themes: those that people can choose, in their order.
        no_theme: how many things in the list have no theme yet.
        channels: every way in, also those not open.
        next_gathering: the next one that is planned.
        gatherings: how many are planned or were held.
        milestones: those of phase 3.
        closes_on: see ``Consultation.closes_on``.
        today: the day.
    """

    totals: Totals
    themes: Sequence[ThemeLine]
    no_theme: int
    channels: Sequence[ChannelLine]
    next_gathering: Gathering | None
    gatherings: int
    milestones: Sequence[MilestoneRow]
    closes_on: date | None
    today: date

    @property
    def open_channels(self) -> list[ChannelLine]:
        """The ways in that are open."""
        return [line for line in self.channels if line.is_open]

    @property
    def is_closed(self) -> bool:
        """Tell whether the closing day is over."""
        return self.closes_on is not None and self.closes_on < self.today

    @property
    def empty_themes(self) -> list[ThemeLine]:
        """The themes on which nothing came in."""
        return [line for line in self.themes if line.is_empty]

    @property
    def classic_missing(self) -> bool:
        """Tell whether one of the six classic themes is closed."""
        return len([line for line in self.themes if line.theme.classic]) < len(Classic)

    @property
    def digital(self) -> bool:
        """Tell whether people can take part online (R20)."""
        return any(line.channel.nature == Nature.DIGITAL for line in self.open_channels)

    @property
    def physical(self) -> bool:
        """Tell whether people can take part face to face (R20)."""
        return any(line.channel.nature == Nature.PHYSICAL for line in self.open_channels)

    @property
    def standing(self) -> Standing:
        """The same for the rule of what comes first."""
        return Standing(
            digital=self.digital,
            physical=self.physical,
            set_aside=self.totals.set_aside,
            untouched=self.totals.untouched,
            empty_themes=len(self.empty_themes),
            gatherings=self.gatherings,
            came_in=self.totals.all,
            is_closed=self.is_closed,
        )


def overview(*, consultation: Consultation, viewer: Viewer, today: date) -> Overview:
    """Return how the input of a branch stands: twelve queries."""
    lines = theme_lines(consultation)
    gatherings = Gathering.objects.filter(consultation=consultation)
    coming = gatherings.filter(meeting__status=MeetingStatus.PLANNED, meeting__day__gte=today)
    rows = milestone_rows(consultation.timeline, viewer=viewer, today=today)
    return Overview(
        totals=totals(consultation, today=today),
        themes=[line for line in lines.values() if line.theme.closed_on is None],
        no_theme=Contribution.objects.listed()
        .filter(consultation=consultation, theme=None)
        .count(),
        channels=channel_lines(consultation),
        next_gathering=coming.select_related("meeting")
        .order_by("meeting__day", "meeting__starts_at", "id")
        .first(),
        gatherings=gatherings.filter(
            meeting__status__in=(MeetingStatus.PLANNED, MeetingStatus.HELD)
        ).count(),
        milestones=[row for row in rows if row.milestone.phase == Phase.INPUT],
        closes_on=consultation.closes_on,
        today=today,
    )


def totals(consultation: Consultation, *, today: date) -> Totals:
    """Count what came in and what was done with it: two queries."""
    came_in = (
        Contribution.objects.came_in()
        .filter(consultation=consultation)
        .aggregate(
            all=Count("pk"),
            today=Count("pk", filter=Q(received_on=today)),
            week=Count("pk", filter=Q(received_on__gt=today - A_WEEK, received_on__lte=today)),
            late=Count("pk", filter=Q(late=True)),
        )
    )
    listed = Q(merged_into=None, cut_up=False, held="")
    rest = Contribution.objects.filter(consultation=consultation).aggregate(
        listed=Count("pk", filter=listed),
        untouched=Count("pk", filter=listed & Q(status=Status.NEW)),
        set_aside=Count("pk", filter=~Q(held="")),
    )
    return Totals(**came_in, **rest)


def theme_lines(consultation: Consultation) -> dict[int, ThemeLine]:
    """Return every theme by its id, in order, with its numbers: three queries.

    A merged contribution counts for the theme of the one that it was merged into.
    """
    rows = Contribution.objects.filter(consultation=consultation).order_by()
    came_in = dict(
        rows.came_in()
        .annotate(about=Coalesce("merged_into__theme", "theme"))
        .values_list("about")
        .annotate(count=Count("pk"))
    )
    listed: Counter[int | None] = Counter()
    untouched: Counter[int | None] = Counter()
    for theme, status, count in (
        rows.listed().values_list("theme", "status").annotate(count=Count("pk"))
    ):
        listed[theme] += count
        untouched[theme] += count if status == Status.NEW else 0
    return {
        theme.pk: ThemeLine(
            theme=theme,
            came_in=came_in.get(theme.pk, 0),
            listed=listed[theme.pk],
            untouched=untouched[theme.pk],
        )
        for theme in Theme.objects.filter(consultation=consultation).order_by("position", "id")
    }


def channel_lines(consultation: Consultation) -> list[ChannelLine]:
    """Return every way in with what came by it, open ones first: two queries."""
    counts = dict(
        Contribution.objects.came_in()
        .filter(consultation=consultation)
        .order_by()
        .values_list("channel")
        .annotate(count=Count("pk"))
    )
    lines = [
        ChannelLine(channel=row, came_in=counts.get(row.pk, 0))
        for row in Channel.objects.filter(consultation=consultation).order_by("id")
    ]
    return sorted(lines, key=lambda line: (not line.is_open, -line.came_in))


def by_status(theme: Theme) -> list[tuple[Status, int]]:
    """Return how much of what stands in the list on a theme has which status, none left out."""
    counts = dict(
        Contribution.objects.listed()
        .filter(theme=theme)
        .order_by()
        .values_list("status")
        .annotate(count=Count("pk"))
    )
    return [(status, counts.get(status.value, 0)) for status in Status]
