"""Who at the office looks after which branch. Whoever has left the office looks after nobody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from branches.models import Branch, User
from monitor.models import ContactPerson
from monitor.queries.help import colleagues

NOBODY = "niemand"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One branch on the page; ``person`` is ``None`` when nobody looks after it."""

    branch: Branch
    person: User | None


@dataclass(frozen=True, kw_only=True)
class Share:
    """A colleague, and how many branches that one looks after."""

    person: User
    branches: int


def in_charge(*, today: date) -> QuerySet[ContactPerson]:
    """Return who looks after a branch and still works at the office."""
    return ContactPerson.objects.filter(person__in=colleagues(today=today)).select_related("person")


def contact_of(*, branch: Branch, today: date) -> ContactPerson | None:
    """Return who looks after one branch."""
    return in_charge(today=today).filter(branch=branch).first()


def contacts_of(*, branches: Collection[int], today: date) -> dict[int, User]:
    """Return branch → who looks after it; branches without somebody are left out. One query."""
    rows = in_charge(today=today).filter(branch__in=branches)
    return {row.branch_id: row.person for row in rows}


def looked_after_by(*, who: str, today: date) -> Q:
    """Return the condition on ``Branch`` "looked after by", for a filter.

    Args:
        who: the number of a person, or ``NOBODY``; empty: everybody.
        today: the day.
    """
    if not who:
        return Q()
    held = in_charge(today=today).filter(branch=OuterRef("pk")).order_by()
    if who == NOBODY:
        return ~Q(Exists(held))
    return Q(Exists(held.filter(person=int(who))))


def shares(*, today: date) -> list[Share]:
    """Return every colleague with the number of existing branches: one query."""
    existing = Q(branches_looked_after__branch__closed_on=None)
    rows = colleagues(today=today).annotate(number=Count("branches_looked_after", filter=existing))
    return [Share(person=row, branches=row.number) for row in rows]


def lines(*, province: str, who: str, today: date) -> list[Line]:
    """Return the existing branches with who looks after them, by province and name: two queries."""
    rows = Branch.objects.active().filter(looked_after_by(who=who, today=today))
    if province:
        rows = rows.filter(province=province)
    branches = list(rows.order_by("province", "name", "pk"))
    people = {row.branch_id: row.person for row in in_charge(today=today)}
    return [Line(branch=row, person=people.get(row.pk)) for row in branches]
