"""Programmes of the branches that merged into this one: to read, and to take over."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from branches.models import Branch
from branches.scope import Eyes
from programmes.enums import ProgrammeKind
from programmes.models import Measure, Programme
from programmes.models.programme import ProgrammeQuerySet

KINDS = (ProgrammeKind.ADOPTED, ProgrammeKind.PREVIOUS)
"""What was promised to voters; a draft stays where it was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inherited:
    """A branch that merged into this one; each programme says whether it is ``taken`` over."""

    branch: Branch
    programmes: list[Programme]


def inheritable(*, viewer: Eyes, branch: Branch) -> ProgrammeQuerySet:
    """Return what predecessors promised: the newest version of each document, with ``taken``."""
    copies = Measure.objects.filter(
        programme__branch=branch.pk,
        programme__kind=ProgrammeKind.PREVIOUS,
        derived_from__programme=OuterRef("pk"),
    )
    rows = Programme.objects.for_viewer(viewer).newest()
    return rows.filter(branch__heir=branch, kind__in=KINDS).annotate(taken=Exists(copies))


def inherited(*, viewer: Eyes, branch: Branch) -> list[Inherited]:
    """Return the predecessors with their programmes, the last that merged first: two queries."""
    predecessors = Branch.objects.for_viewer(viewer).filter(heir=branch)
    found = {
        row.pk: Inherited(branch=row, programmes=[])
        for row in predecessors.order_by("-closed_on", "name")
    }
    if found:
        rows = inheritable(viewer=viewer, branch=branch).order_by("-year", "-pk")
        for programme in rows:
            if programme.branch_id in found:
                found[programme.branch_id].programmes.append(programme)
    return list(found.values())
