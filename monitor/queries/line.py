"""The national line: how many branches took each step, in one aggregate over their milestones.

Milestones are found by the index on their key, so that six steps cost six rows of each branch and
not all of its milestones. On both databases the plan begins there; then timelines and branches are
joined by number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from monitor.rules.line import Standing, Step, same_distance
from process.enums import Forecast, MilestoneStatus
from process.models import Election, Milestone, TemplateMilestone, Timeline
from process.queries.forecasts import with_forecast

Weeks = list[tuple[int, int]]
"""Days from polling day (negative: before it), and how many branches were there by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How one step went, day by day: three lines that only rise."""

    done: Weeks = field(default_factory=list)
    planned: Weeks = field(default_factory=list)
    last: Weeks = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """The branches of one province.

    Attributes:
        outlooks: forecast → branches; every forecast is there.
        active: who recorded something since the day that was asked for.
    """

    outlooks: Mapping[str, int]
    active: int = 0

    @property
    def total(self) -> int:
        """All branches on their way."""
        return sum(self.outlooks.values())


def last_of_kind(known: Sequence[Election], *, election: Election) -> Election | None:
    """Return the election before this one, of the same kind, that branches had a timeline for.

    Args:
        known: as ``monitor.queries.national.elections`` returns them.
        election: the one that is looked at.
    """
    earlier = [
        row
        for row in known
        if row.kind == election.kind
        and row.polling_day < election.polling_day
        and getattr(row, "has_timelines", False)
    ]
    return earlier[-1] if earlier else None


def national_line(
    *, election: Election, last: Election | None, until: date
) -> dict[Step, Standing]:
    """Return how far the branches are on a day; one statement.

    Args:
        election: whose branches; those that ended are left out.
        last: to compare with, at the same distance from polling day; None: with nothing.
        until: the last day that counts. A timeline that began after it does not count.
    """
    ours = _of(election, until)
    took = ours & Q(done_on__lte=until)
    counts = {
        "of": Count("pk", filter=ours),
        "done": Count("pk", filter=took),
        "planned": Count("pk", filter=ours & Q(target__lte=until)),
        "due": Count("pk", filter=ours & Q(deadline__lt=until)),
        "late": Count(
            "pk",
            filter=ours & Q(deadline__lt=until) & (Q(done_on=None) | Q(done_on__gt=until)),
        ),
    }
    if last is not None:
        then = Q(timeline__election=last)
        day = _same_day(election, last, until)
        counts["last_of"] = Count("pk", filter=then)
        counts["last_done"] = Count("pk", filter=then & Q(done_on__lte=day))
    rows: QuerySet[Any, Any] = _steps(election, last).values("key").annotate(**counts)
    found = {Step(row["key"]): Standing(**{name: row[name] for name in counts}) for row in rows}
    return {step: found.get(step, Standing()) for step in Step}


def courses(*, election: Election, last: Election | None, until: date) -> dict[Step, Course]:
    """Return how each step went, for a drawing; two statements."""
    done: dict[Step, dict[date, int]] = {step: {} for step in Step}
    then: dict[Step, dict[date, int]] = {step: {} for step in Step}
    planned: dict[Step, dict[date, int]] = {step: {} for step in Step}
    took = (
        _steps(election, last)
        .filter(_of(election, until) & Q(done_on__lte=until) | ~Q(timeline__election=election))
        .filter(done_on__isnull=False)
        .values_list("key", "timeline__election_id", "done_on")
        .annotate(n=Count("pk"))
    )
    for key, of, day, n in took:
        (done if of == election.pk else then)[Step(key)][day] = n
    plan = _steps(election, None).filter(_of(election, until)).values_list("key", "target")
    for key, day, n in plan.annotate(n=Count("pk")):
        planned[Step(key)][day] = n
    return {
        step: Course(
            done=_rising(done[step], election.polling_day),
            planned=_rising(planned[step], election.polling_day),
            last=_rising(then[step], last.polling_day) if last else [],
        )
        for step in Step
    }


def in_period(*, election: Election, first: date, until: date) -> dict[Step, int]:
    """Return how many branches took each step between two days, both included; one statement."""
    rows = (
        _steps(election, None)
        .filter(_of(election, until), done_on__gte=first, done_on__lte=until)
        .values_list("key")
        .annotate(n=Count("pk"))
    )
    return {Step(key): n for key, n in rows}


def titles(election: Election) -> dict[Step, str]:
    """Return step → the milestone's title in the reader's language, of the newest template."""
    rows = (
        TemplateMilestone.objects.filter(
            key__in=list(Step),
            version__in=Timeline.objects.filter(election=election).values("template"),
        )
        .order_by("version__number")
        .only("key", "title_nl", "title_en")
    )
    found = {Step(row.key): row.title for row in rows}
    return {step: found.get(step, step.value) for step in Step}


def provinces(
    *, election: Election, today: date, active_since: date, until: date | None = None
) -> dict[str, Province]:
    """Return code of a province → its branches, by forecast; one statement.

    Args:
        election: whose branches.
        today: the day of the forecasts.
        active_since: the first day on which recording something counts as active.
        until: timelines that began after it do not count; without it none is left out.
    """
    rows = Timeline.objects.filter(election=election, branch__closed_on=None)
    if until is not None:
        rows = rows.filter(created_on__lte=until)
    counted: QuerySet[Any, Any] = (
        with_forecast(rows, today=today)
        .order_by()
        .values("branch__province")
        .annotate(
            **{name: Count("pk", filter=Q(outlook=name)) for name in Forecast.values},
            active=Count("pk", filter=Q(last_activity_on__gte=active_since)),
        )
    )
    return {
        row["branch__province"]: Province(
            outlooks={name: row[name] for name in Forecast.values},
            active=row["active"],
        )
        for row in counted
    }


def together(found: Mapping[str, Province]) -> Province:
    """Return the whole country."""
    return Province(
        outlooks={
            name: sum(each.outlooks[name] for each in found.values()) for name in Forecast.values
        },
        active=sum(each.active for each in found.values()),
    )


def timelines_of(election: Election) -> int:
    """Count the timelines of an election, also of branches that ended since; one statement."""
    return Timeline.objects.filter(election=election).count()


def _steps(election: Election, last: Election | None) -> QuerySet[Milestone]:
    """Return the milestones of the steps that apply, in no order."""
    of = [row.pk for row in (election, last) if row is not None]
    return (
        Milestone.objects.filter(timeline__election__in=of, key__in=list(Step))
        .exclude(status=MilestoneStatus.DROPPED)
        .order_by()
    )


def _of(election: Election, until: date) -> Q:
    return Q(
        timeline__election=election,
        timeline__branch__closed_on=None,
        timeline__created_on__lte=until,
    )


def _same_day(election: Election, last: Election, day: date) -> date:
    return same_distance(
        day=day, polling_day=election.polling_day, last_polling_day=last.polling_day
    )


def _rising(counts: Mapping[date, int], polling_day: date) -> Weeks:
    """Return the counts as sums that rise, by distance from polling day."""
    found, total = [], 0
    for day in sorted(counts):
        total += counts[day]
        found.append(((day - polling_day) // timedelta(days=1), total))
    return found
