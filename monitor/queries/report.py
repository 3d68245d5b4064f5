"""The figures of a month, taken from what the branches recorded; a constant number of questions."""

from __future__ import annotations

from datetime import date

from django.db.models import Count

from monitor.queries import line, national
from monitor.rules.report import Figures, LastElection, first_of_month, last_of_month
from process.models import Decision, Election


def figures_of(*, election: Election, month: date, today: date) -> Figures:
    """Return how the branches of an election stood at the end of a month.

    Steps and decisions count up to the last day of the month. Forecasts are those of ``today``:
    what a branch had recorded on an earlier day is not kept day by day.

    Args:
        election: whose branches; those that ended are left out.
        month: any day of the month.
        today: the day on which the figures are taken; after the month.
    """
    first, until = first_of_month(month), last_of_month(month)
    last = line.last_of_kind(national.elections(), election=election)
    regions = line.provinces(election=election, today=today, active_since=first, until=until)
    country = line.together(regions)
    return Figures(
        until=until,
        branches=country.total,
        active=country.active,
        steps=line.national_line(election=election, last=last, until=until),
        in_month=line.in_period(election=election, first=first, until=until),
        outlooks=country.outlooks,
        provinces={code: dict(found.outlooks) for code, found in sorted(regions.items())},
        decisions=_decisions(election, first=first, until=until),
        last=None
        if last is None
        else LastElection(
            name=last.name, polling_day=last.polling_day, branches=line.timelines_of(last)
        ),
    )


def _decisions(election: Election, *, first: date, until: date) -> dict[str, int]:
    rows = (
        Decision.objects.current()
        .filter(
            timeline__election=election,
            timeline__branch__closed_on=None,
            decided_on__gte=first,
            decided_on__lte=until,
        )
        .order_by()
        .values_list("kind")
        .annotate(n=Count("pk"))
    )
    return dict(rows)
