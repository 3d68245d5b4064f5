"""Which measures took up what was brought in, seen from the contribution and from the programme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from branches.models import Branch
from branches.scope import Eyes
from consultation.models import Contribution, MeasureLink
from consultation.rules.likeness import most_alike, words_of
from consultation.rules.words import searched, stems
from programmes.enums import ProgrammeKind
from programmes.models import Chapter, Measure, Programme
from programmes.models.programme import MeasureQuerySet, ProgrammeQuerySet

LINKABLE: Final = (ProgrammeKind.DRAFT, ProgrammeKind.ADOPTED)
"""What is made from input: not the previous, the base or a neighbour's programme."""

SUGGESTED = 5
FOUND = 30
LEAST_ALIKE = 0.12
"""A measure is worded otherwise than a wish: less likeness is asked than of two contributions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp:
    """A measure that took a contribution up.

    Attributes:
        measure: as it stands in the latest version of its programme, with ``chapter_number``.
        link: who said so and when.
    """

    measure: Measure
    link: MeasureLink


def programmes_of(*, viewer: Eyes, branch: Branch) -> ProgrammeQuerySet:
    """Return the programmes of a branch whose measures can be linked, the latest first."""
    return (
        Programme.objects.for_viewer(viewer)
        .filter(branch=branch, kind__in=LINKABLE)
        .newest()
        .order_by("-created_on", "-pk")
    )


def linkable(*, viewer: Eyes, branch: Branch) -> MeasureQuerySet:
    """Return the measures that can be linked, with their programme."""
    return (
        Measure.objects.for_viewer(viewer)
        .filter(programme__branch=branch, programme__kind__in=LINKABLE)
        .select_related("programme")
    )


def taken_up_by(row: Contribution) -> list[TakenUp]:
    """Return the measures that took a contribution up, each once, in two queries.

    A measure is shown as the latest version of its programme has it.
    """
    links = list(row.measure_links.select_related("measure", "linked_by").order_by("pk"))
    latest: dict[UUID, Measure] = {}
    versions = _placed(
        Measure.objects.filter(
            identity__in=[link.measure.identity for link in links],
            programme__branch=row.consultation.branch_id,
        )
    ).order_by("programme__version", "programme")
    for measure in versions:
        latest[measure.identity] = measure
    found: dict[UUID, TakenUp] = {}
    for link in links:
        identity = link.measure.identity
        if identity in latest:
            found.setdefault(identity, TakenUp(measure=latest[identity], link=link))
    return list(found.values())


def suggested(row: Contribution, programme: Programme) -> list[Measure]:
    """Return the measures of a programme that share most with a contribution: two queries."""
    asked = words_of(row.stems)
    if not asked:
        return []
    texts = {
        measure.pk: words_of(stems(measure.text))
        for measure in programme.measures.current().only("pk", "text")
    }
    best = [pk for pk, _score in most_alike(asked, texts, limit=SUGGESTED, least=LEAST_ALIKE)]
    rows = _placed(Measure.objects.filter(pk__in=best)).in_bulk()
    return [rows[pk] for pk in best if pk in rows]


def found(programme: Programme, words: str) -> list[Measure]:
    """Return the measures of a programme with these words in any form, or with this number."""
    rows = programme.measures.current()
    if words.isascii() and words.isdigit():
        # A longer number is in no programme, and may be too large for the database.
        return list(_placed(rows.filter(number=int(words[:9])))[:FOUND])
    asked = searched(words)
    if not asked:
        return []
    keys = [measure.pk for measure in rows.only("pk", "text") if _has(stems(measure.text), asked)]
    return list(_placed(Measure.objects.filter(pk__in=keys[:FOUND])))


def _has(text: str, asked: Sequence[tuple[str, ...]]) -> bool:
    return all(any(one in text for one in alternatives) for alternatives in asked)


def _placed(rows: MeasureQuerySet) -> MeasureQuerySet:
    """Add where a measure stands: ``chapter_number``, from 1."""
    before = (
        Chapter.objects.filter(
            programme=OuterRef("programme"),
            position__lte=OuterRef("section__chapter__position"),
        )
        .order_by()
        .values("programme")
        .annotate(many=Count("pk"))
        .values("many")
    )
    return rows.select_related("programme", "section__chapter").annotate(
        chapter_number=Coalesce(Subquery(before, output_field=IntegerField()), 1)
    )


def taken_up_counts(programme: Programme) -> Mapping[int, int]:
    """Return id of a measure → of how many things that came in it was made; see ``MEASURE_INPUT``.

    A later version of a programme is told what was said of an earlier one. A measure that took up
    nothing is not among them. Two queries, and none for a programme that is not made from input.
    """
    if programme.kind not in LINKABLE:
        return {}
    links = (
        MeasureLink.objects.filter(
            measure__identity__in=programme.measures.order_by().values("identity"),
            measure__programme__branch=programme.branch_id,
            contribution__in=Contribution.objects.listed().order_by().values("pk"),
        )
        .order_by()
        .values_list("measure__identity", "contribution", "contribution__sources")
        .distinct()
    )
    counts: Counter[UUID] = Counter()
    for identity, _contribution, sources in links:
        counts[identity] += sources
    if not counts:
        return {}
    measures = programme.measures.filter(identity__in=list(counts))
    return {pk: counts[identity] for pk, identity in measures.values_list("pk", "identity")}
