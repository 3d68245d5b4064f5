"""Gatherings, their sessions and who came: totals alone, so that everybody inside may see them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from branches.scope import Eyes
from consultation.enums import PersonRole
from consultation.models import Consultation, Gathering, Participant, PostIt, Session


def of_consultation(consultation: Consultation, *, viewer: Eyes) -> QuerySet[Gathering]:
    """Return the gatherings of a consultation, each with ``people`` and ``notes``."""
    rows: QuerySet[Gathering] = (
        Gathering.objects.for_viewer(viewer)
        .filter(consultation=consultation)
        .select_related("meeting", "channel")
        .annotate(
            people=_count(Participant.objects.filter(gathering=OuterRef("pk")), "gathering"),
            notes=_count(
                PostIt.objects.filter(session__gathering=OuterRef("pk")), "session__gathering"
            ),
            tables=_count(Session.objects.filter(gathering=OuterRef("pk")), "gathering"),
        )
    )
    return rows


def sessions_of(gathering: Gathering) -> QuerySet[Session]:
    """Return the sessions of a gathering, each with ``people`` and ``notes``."""
    rows: QuerySet[Session] = (
        Session.objects.filter(gathering=gathering)
        .select_related("theme", "reporter")
        .annotate(
            people=_count(Participant.objects.filter(session=OuterRef("pk")), "session"),
            notes=_count(PostIt.objects.filter(session=OuterRef("pk")), "session"),
        )
        .order_by("position", "id")
    )
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Who came, in totals.

    Attributes:
        total: everybody.
        members: of the party.
        others: who said not to be a member.
        unsaid: of whom it is not known.
        roles: word → how many, the most first.
    """

    total: int
    members: int
    others: int
    unsaid: int
    roles: list[tuple[str, int]]


def attendance(gathering: Gathering) -> Attendance:
    """Count who took part in a gathering, in one query."""
    rows = (
        Participant.objects.filter(gathering=gathering)
        .order_by()
        .values_list("role", "is_member")
        .annotate(count=Count("pk"))
    )
    roles: Counter[str] = Counter()
    membership: Counter[bool | None] = Counter()
    for role, is_member, count in rows:
        roles[role] += count
        membership[is_member] += count
    words = {str(value): str(label) for value, label in PersonRole.choices}
    return Attendance(
        total=membership.total(),
        members=membership[True],
        others=membership[False],
        unsaid=membership[None],
        roles=[(words.get(role, role), count) for role, count in roles.most_common()],
    )


def _count(rows: QuerySet[Any], per: str) -> Coalesce:
    counted = rows.order_by().values(per).annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
