"""All branches for the office, those that merged or ended too, and mergers that are at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from branches.facts.tables import Extent, MergerFact, mergers
from branches.models import Branch, Membership, Municipality

LONG_AGO = timedelta(days=366)
"""So long after a merger of municipalities the office is still asked about its branches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHand:
    """Municipalities that merge, with branches of their own that did not yet.

    Attributes:
        day: on which they merge, or merged.
        polling_day: of the election before it; ``None`` where the sitting council goes on.
        into: the municipality after it.
        branches: at least two, by name.
    """

    day: date
    polling_day: date | None
    into: str
    branches: Sequence[Branch]


def branches(*, words: str, state: str, today: date) -> QuerySet[Branch]:
    """Return branches by name, each with ``people`` and its municipalities: two queries.

    Args:
        words: in the name of the branch or of a municipality; empty for all.
        state: "" for all, "is" for those that are there, "was" for those that are not.
        today: the day for whose roles are counted.
    """
    held = Membership.objects.active(today=today).filter(branch=OuterRef("pk")).order_by()
    people = held.values("branch").annotate(n=Count("user", distinct=True)).values("n")
    rows = Branch.objects.select_related("merged_into", "heir").prefetch_related("municipalities")
    rows = rows.annotate(people=Coalesce(Subquery(people, output_field=IntegerField()), 0))
    if words:
        named = Municipality.objects.filter(name__icontains=words)
        rows = rows.filter(Q(name__icontains=words) | Q(pk__in=named.values("branches")))
    if state:
        rows = rows.filter(closed_on__isnull=state == "is")
    return rows.order_by("name", "pk")


def at_hand(*, today: date) -> list[AtHand]:
    """Return the mergers of municipalities over several branches of today, the next one first.

    From the tables of facts: those announced, and those of the past year. Two queries.
    """
    wanted: dict[tuple[date, str], list[MergerFact]] = defaultdict(list)
    for fact in mergers():
        if fact.extent == Extent.WHOLE and fact.effective_date >= today - LONG_AGO:
            wanted[fact.effective_date, fact.into_code].append(fact)
    codes = {fact.from_code for facts in wanted.values() for fact in facts}
    codes |= {into for _day, into in wanted}
    names = dict(Municipality.objects.filter(code__in=codes).values_list("code", "short_name"))
    covering: dict[str, list[Branch]] = defaultdict(list)
    pairs = Branch.municipalities.through.objects.filter(
        branch__closed_on=None, municipality__code__in=codes
    ).select_related("branch", "municipality")
    for pair in pairs.order_by("branch__name"):
        covering[pair.municipality.code].append(pair.branch)
    found = []
    for (day, into), facts in sorted(wanted.items(), key=lambda item: item[0]):
        there = {branch.pk: branch for fact in facts for branch in covering.get(fact.from_code, ())}
        if len(there) > 1:
            found.append(
                AtHand(
                    day=day,
                    polling_day=facts[0].polling_day,
                    into=names.get(into, into),
                    branches=sorted(there.values(), key=lambda branch: branch.name),
                )
            )
    return found


def covered(chosen: Iterable[Branch], *, today: date) -> list[Municipality]:
    """Return what branches cover together, with what their municipalities become, by name.

    A municipality that vanished stays: who voted there votes with the successor.
    """
    own = list(Municipality.objects.filter(branches__in=list(chosen)).distinct())
    codes = {row.code for row in own}
    becomes = {
        fact.into_code
        for fact in mergers()
        if fact.from_code in codes
        and fact.extent == Extent.WHOLE
        and fact.effective_date >= today - LONG_AGO
    }
    new = list(Municipality.objects.filter(code__in=becomes - codes))
    return sorted([*own, *new], key=lambda row: row.name)
