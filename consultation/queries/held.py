"""What the form set aside, by the reason why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import Left

from consultation.models import Consultation, Contribution
from consultation.models.contribution import ContributionQuerySet

_SHOWN = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How many were set aside for one reason (a value of ``Held``), the last of them ``newest``."""

    reason: str
    count: int
    newest: int


def held_rows(*, consultation: Consultation) -> ContributionQuerySet:
    """Return what is set aside."""
    return Contribution.objects.filter(consultation=consultation, held__gt="")


def kinds(*, consultation: Consultation) -> Sequence[Kind]:
    """Return the reasons, the most frequent first: one query."""
    counted = (
        held_rows(consultation=consultation)
        .order_by()
        .values_list("held")
        .annotate(times=Count("pk"), newest=Max("pk"))
        .order_by("-times", "held")
    )
    return [Kind(reason=reason, count=times, newest=newest) for reason, times, newest in counted]


def shown(rows: ContributionQuerySet) -> QuerySet[Any, Any]:
    """Return ``pk``, ``held``, ``received_on`` and ``begin`` (of the text), newest first."""
    return (
        rows.annotate(begin=Left("text", _SHOWN))
        .order_by("-pk")
        .values("pk", "held", "received_on", "begin")
    )
