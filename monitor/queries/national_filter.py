"""Which branches somebody asked for on the national page, as conditions on their timelines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from branches.models import Branch, NationalOfficer
from monitor.enums import Sort, Standing
from monitor.models import ContactPerson
from monitor.rules.size import LARGEST, Size
from process.enums import OPEN_STATUSES, MilestoneStatus, TargetOrigin
from process.models import Milestone
from process.models.timeline import MilestoneQuerySet

NOBODY = "niemand"
"""Stands in the address for branches that nobody of the office looks after."""

MYSELF = "ik"
"""Stands in the address for whoever looks: one shared view, each colleague's own branches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which threads somebody asked for; empty means all.

    ``contact`` is the id of a colleague, or ``NOBODY``. ``standing`` without ``milestone`` is about
    any milestone; ``milestone`` without ``standing`` asks where it is not done yet.
    """

    today: date
    province: str = ""
    region: str = ""
    size: str = ""
    outlook: str = ""
    phase: int | None = None
    milestone: str = ""
    standing: str = ""
    contact: int | str = ""
    name: str = ""
    sort: str = Sort.CALL


def condition(wanted: Wanted) -> Q:
    """Return the condition on rows of ``monitor.queries.national.timelines``."""
    asked: list[Q | Exists] = [
        Q(**{path: value})
        for path, value in (
            ("branch__province", wanted.province),
            ("branch__school_region", wanted.region),
            ("outlook", wanted.outlook),
            ("next_phase", wanted.phase),
            ("branch__name__icontains", wanted.name),
        )
        if value
    ]
    if wanted.milestone or wanted.standing:
        asked.append(Exists(_milestones(wanted)))
    if wanted.size:
        asked.append(_of_size(Size(wanted.size)))
    if wanted.contact:
        asked.append(_looked_after(wanted.contact, today=wanted.today))
    return Q(*asked) if asked else Q(pk__isnull=False)


def population() -> Coalesce:
    """Return how many people live in a timeline's branch, over its municipalities."""
    links: QuerySet[Any] = Branch.municipalities.through.objects.filter(
        branch=OuterRef("branch_id")
    )
    grouped: QuerySet[Any, Any] = links.order_by().values("branch")
    total = grouped.annotate(n=Sum("municipality__population")).values("n")
    return Coalesce(
        Subquery(total, output_field=BigIntegerField()), Value(0), output_field=BigIntegerField()
    )


def late_count(*, today: date) -> Coalesce:
    """Return how many milestones of a timeline are late."""
    late = _standing(Milestone.objects.filter(timeline=OuterRef("pk")), Standing.LATE, today=today)
    counted = late.order_by().values("timeline").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _milestones(wanted: Wanted) -> MilestoneQuerySet:
    rows = Milestone.objects.filter(timeline=OuterRef("pk"))
    if wanted.milestone:
        rows = rows.filter(key=wanted.milestone)
    return _standing(rows, Standing(wanted.standing or Standing.OPEN), today=wanted.today)


def _standing(rows: MilestoneQuerySet, standing: Standing, *, today: date) -> MilestoneQuerySet:
    """Return the milestones that stand so today: ``process.rules.state`` as a condition."""
    by_law = Q(target_origin=TargetOrigin.STATUTORY)
    has_been = by_law & Q(status__in=OPEN_STATUSES, deadline__lt=today)
    match standing:
        case Standing.SKIPPED:
            return rows.filter(status=MilestoneStatus.DROPPED)
        case Standing.DONE:
            return rows.filter(Q(status=MilestoneStatus.DONE) | has_been)
        case Standing.LATE:
            return rows.filter(status__in=OPEN_STATUSES, deadline__lt=today).exclude(by_law)
        case Standing.OPEN:
            return rows.filter(status__in=OPEN_STATUSES).exclude(has_been)


def _of_size(size: Size) -> Q:
    people: Any = ExpressionWrapper(population(), output_field=BigIntegerField())
    classes = list(Size)
    place = classes.index(size)
    least = LARGEST[classes[place - 1]] if place else 0
    # Nobody lives where the number is not known: that is in no class.
    found = Q(GreaterThan(people, least))
    return found & ~Q(GreaterThan(people, LARGEST[size])) if size in LARGEST else found


def _looked_after(contact: int | str, *, today: date) -> Q:
    if contact != NOBODY:
        return Q(branch__contact_person__person_id=contact)
    here = NationalOfficer.objects.active(today=today).filter(user=OuterRef("person_id"))
    somebody = ContactPerson.objects.filter(Exists(here), branch=OuterRef("branch_id"))
    return ~Q(Exists(somebody))
