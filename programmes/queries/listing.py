"""What a branch has of programmes, and what is on its way in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from branches.models import Branch
from branches.scope import Eyes
from programmes.enums import ImportState, ProgrammeKind
from programmes.models import Chapter, Measure, Programme, ProgrammeImport
from programmes.models.importing import ProgrammeImportQuerySet
from programmes.models.programme import ProgrammeQuerySet

ON_THEIR_WAY = (ImportState.READING, ImportState.PREVIEW, ImportState.REFUSED)
"""States in which a file still asks something of somebody."""


PUBLISHED = Q(branch=None, frozen_on__isnull=False)
"""Versions of the base programme that are there for everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The programmes of one kind; ``kind`` in words is ``ProgrammeKind(kind).label``."""

    kind: ProgrammeKind
    programmes: Sequence[Programme]

    @property
    def label(self) -> str:
        """The kind in words."""
        return str(self.kind.label)


def of_branch(*, viewer: Eyes, branch: Branch | None) -> ProgrammeQuerySet:
    """Return a branch's programmes, and what is published of the base programme."""
    return Programme.objects.for_viewer(viewer).filter(Q(branch=branch) | PUBLISHED)


def with_counts(programmes: ProgrammeQuerySet) -> ProgrammeQuerySet:
    """Add ``chapter_count`` and ``measure_count`` to each programme: still one query."""
    return programmes.annotate(
        chapter_count=_count(Chapter.objects.filter(programme=OuterRef("pk"))),
        measure_count=_count(Measure.objects.current().filter(programme=OuterRef("pk"))),
    )


def shelves(*, viewer: Eyes, branch: Branch | None) -> list[Shelf]:
    """Return the newest version of each document, by kind in the order of ``ProgrammeKind``.

    Each programme carries ``chapter_count`` and ``measure_count``. One query.
    """
    rows = list(
        with_counts(of_branch(viewer=viewer, branch=branch))
        # The next version of the base programme is there once it is published.
        .filter(Q(next_version=None) | PUBLISHED & Q(next_version__frozen_on=None))
        .select_related("created_by")
        .order_by("-year", "-created_on", "-pk")
    )
    found = [
        Shelf(kind=kind, programmes=[row for row in rows if row.kind == kind])
        for kind in ProgrammeKind
    ]
    return [shelf for shelf in found if shelf.programmes]


def imports_of(*, viewer: Eyes, branch: Branch | None) -> ProgrammeImportQuerySet:
    """Return a branch's files, whatever became of them."""
    return ProgrammeImport.objects.for_viewer(viewer).filter(branch=branch)


def on_their_way(*, viewer: Eyes, branch: Branch | None) -> ProgrammeImportQuerySet:
    """Return the files that still ask something of somebody, the newest first."""
    return (
        imports_of(viewer=viewer, branch=branch)
        .filter(state__in=ON_THEIR_WAY)
        .select_related("uploaded_by", "programme")
        .light()
        .order_by("-pk")
    )


def _count(rows: QuerySet[Chapter] | QuerySet[Measure]) -> Coalesce:
    counted = rows.order_by().values("programme").annotate(rows=Count("pk")).values("rows")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
