"""The forecast over many branches, in SQL; ``process.rules.forecast`` is the same in Python."""

from __future__ import annotations

from datetime import date

from django.db.models import (
    Case,
    CharField,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from process.enums import Forecast
from process.models import Timeline
from process.rules.forecast import SILENT_AFTER, ForecastResult, Outlook, Pulse, forecast

# Who needs a call first.
URGENCY: dict[str, int] = {
    Forecast.SILENT: 0,
    Forecast.LATE: 1,
    Forecast.TIGHT: 2,
    Forecast.ON_TIME: 3,
    Forecast.UNKNOWN: 4,
}


def with_forecast(rows: QuerySet[Timeline], *, today: date) -> QuerySet[Timeline]:
    """Annotate how each timeline stands.

    ``due_key``, ``due_target`` and ``due_deadline`` (see ``Timeline.due``), ``heard_on``,
    ``outlook`` and ``urgency`` (0 is who needs a call first).
    """
    silent = Q(due_target__lte=today, heard_on__lte=today - SILENT_AFTER)
    outlook = Case(
        When(due_target=None, then=Value(Forecast.ON_TIME.value)),
        When(silent, then=Value(Forecast.SILENT.value)),
        When(due_target__lte=today, last_activity_on=None, then=Value(Forecast.UNKNOWN.value)),
        When(due_deadline__lt=today, then=Value(Forecast.LATE.value)),
        When(due_target__lt=today, then=Value(Forecast.TIGHT.value)),
        default=Value(Forecast.ON_TIME.value),
        output_field=CharField(),
    )
    urgency = Case(
        *(When(Q(outlook=name), then=Value(rank)) for name, rank in URGENCY.items()),
        default=Value(len(URGENCY)),
        output_field=IntegerField(),
    )
    return (
        rows.annotate(
            **{f"due_{name}": _due(name, today) for name in ("key", "target", "deadline")}
        )
        .annotate(heard_on=Coalesce(F("last_activity_on"), F("created_on")))
        .annotate(outlook=outlook)
        .annotate(urgency=urgency)
    )


def forecast_of(timeline: Timeline | None, *, today: date) -> ForecastResult:
    """Return the forecast of one timeline from its own columns: no query."""
    if timeline is None:
        return ForecastResult(outlook=Outlook.UNKNOWN)
    key, target, deadline = timeline.due(today=today)
    return forecast(
        pulse=Pulse(
            next_key=key,
            next_target=target,
            next_deadline=deadline,
            last_activity_on=timeline.last_activity_on,
            created_on=timeline.created_on,
        ),
        today=today,
    )


def _due(name: str, today: date) -> Case:
    return Case(When(polling_day__lt=today, then=F(f"later_{name}")), default=F(f"next_{name}"))
