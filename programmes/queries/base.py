"""The base programme of everybody: its versions, what differs between them, and who uses what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from branches.models import Branch
from branches.models.branch import BranchQuerySet
from programmes.enums import ProgrammeKind
from programmes.models import Measure, Programme, ProgrammeImport
from programmes.models.programme import MeasureQuerySet
from programmes.queries.listing import ON_THEIR_WAY, with_counts
from programmes.rules.three_way import Fate, fates

WRITTEN_ON = (ProgrammeKind.DRAFT, ProgrammeKind.ADOPTED)
"""Kinds of programme that a branch makes itself, of the base among other things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseDocument:
    """One base programme; ``versions`` are its versions, the newest first."""

    versions: Sequence[Programme]

    @property
    def newest(self) -> Programme:
        """The last version, published or not."""
        return self.versions[0]

    @property
    def published(self) -> Programme | None:
        """The last version that is there for everybody."""
        return next((row for row in self.versions if row.is_frozen), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseChange:
    """What became of one measure.

    Attributes:
        fate: see there.
        number: in the new version; of a lapsed one the number that it had.
        chapter: the title of the one that it stands or stood in.
        before: empty for a new one.
        after: empty for a lapsed one.
        users: how many branches have it in their own programme.
    """

    identity: UUID
    fate: Fate
    number: int
    chapter: str
    before: str
    after: str
    users: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseChanges:
    """What a version changes; ``changes`` leaves out what stays the same.

    Attributes:
        same: how many measures say what they said.
        users: how many branches use anything of this document.
        touched: how many of those use something that is changed or lapsed.
    """

    changes: Sequence[BaseChange]
    same: int
    users: int
    touched: int

    def of(self, fate: Fate) -> list[BaseChange]:
        """Return the changes of one kind; those that most branches use first."""
        found = [change for change in self.changes if change.fate is fate]
        return sorted(found, key=lambda change: (-change.users, change.number))


def base_programmes() -> QuerySet[Programme]:
    """Return every version of every base programme of everybody, with ``publication`` at hand."""
    return Programme.objects.filter(branch=None).select_related(
        "publication", "created_by", "previous_version"
    )


def documents() -> list[BaseDocument]:
    """Return the base programmes with their versions, the latest first: one query.

    Each version carries ``chapter_count`` and ``measure_count``.
    """
    rows = list(
        with_counts(Programme.objects.filter(branch=None))
        .select_related("publication", "created_by")
        .order_by("-version", "-pk")
    )
    chains = _chains(rows)
    return [BaseDocument(versions=chain) for chain in sorted(chains, key=_latest, reverse=True)]


def document_of(programme: Programme) -> BaseDocument:
    """Return the document that a base programme is a version of: one query."""
    rows = list(base_programmes().order_by("-version", "-pk"))
    return next(
        BaseDocument(versions=chain)
        for chain in _chains(rows)
        if any(row.pk == programme.pk for row in chain)
    )


def waiting() -> QuerySet[ProgrammeImport]:
    """Return the files of base programmes that still ask something of somebody."""
    return (
        ProgrammeImport.objects.filter(branch=None, state__in=ON_THEIR_WAY)
        .select_related("uploaded_by", "programme", "next_of")
        .light()
        .order_by("-pk")
    )


def used() -> MeasureQuerySet:
    """Return the measures of branches' own programmes, in their newest versions."""
    return Measure.objects.current().filter(
        programme__branch__closed_on=None,
        programme__branch__isnull=False,
        programme__next_version=None,
        programme__kind__in=WRITTEN_ON,
    )


def using(
    versions: Collection[int], *, identities: Collection[UUID] | None = None
) -> BranchQuerySet:
    """Return the branches that have something of these versions in a programme of their own.

    Args:
        versions: ids of all versions of one document.
        identities: only who has one of these measures.
    """
    taken = used().filter(derived_from__programme__in=versions)
    if identities is not None:
        taken = taken.filter(derived_from__identity__in=identities)
    return Branch.objects.active().filter(pk__in=taken.values("programme__branch"))


def changes_of(programme: Programme) -> BaseChanges:
    """Return what a version changes against the one before it; of a first one all is new.

    A constant number of queries, however many measures and branches there are.
    """
    versions = [row.pk for row in document_of(programme).versions]
    before, after = programme.previous_version_id, programme.pk
    rows: dict[int, dict[UUID, tuple[int, str, str]]] = {after: {}}
    for owner, identity, number, text, chapter in (
        Measure.objects.current()
        .filter(programme__in=[pk for pk in (before, after) if pk])
        .order_by("number", "pk")
        .values_list("programme", "identity", "number", "text", "section__chapter__title")
    ):
        rows.setdefault(owner, {})[identity] = number, text, chapter or ""
    old, new = rows.get(before or 0, {}), rows[after]
    found = fates(
        old={key: text for key, (_number, text, _chapter) in old.items()},
        new={key: text for key, (_number, text, _chapter) in new.items()},
    )
    counts = dict(
        used()
        .filter(derived_from__programme__in=versions)
        .order_by()
        .values_list("derived_from__identity")
        .annotate(branches=Count("programme__branch", distinct=True))
    )
    changes = []
    for key, fate in found.items():
        if fate is Fate.SAME:
            continue
        number, _text, chapter = new.get(key) or old[key]
        changes.append(
            BaseChange(
                identity=key,
                fate=fate,
                number=number,
                chapter=chapter,
                before=old[key][1] if key in old else "",
                after=new[key][1] if key in new else "",
                users=counts.get(key, 0),
            )
        )
    return BaseChanges(
        changes=changes,
        same=sum(fate is Fate.SAME for fate in found.values()),
        users=using(versions).count(),
        touched=_touched(versions, [c.identity for c in changes if c.users]),
    )


def _touched(versions: Collection[int], identities: Sequence[UUID]) -> int:
    """Count the branches that use one of these, which may be many: a thousand ids at a time."""
    found: set[int] = set()
    for first in range(0, len(identities), 1000):
        part = identities[first : first + 1000]
        found |= set(using(versions, identities=part).values_list("pk", flat=True))
    return len(found)


def _chains(rows: Sequence[Programme]) -> list[list[Programme]]:
    """Return versions that follow one another together, each the newest first."""
    by_pk = {row.pk: row for row in rows}
    after = {row.previous_version_id for row in rows}
    chains = []
    for row in rows:
        if row.pk in after:
            continue
        chain = [row]
        while (before := by_pk.get(chain[-1].previous_version_id or 0)) is not None:
            chain.append(before)
        chains.append(chain)
    return chains


def _latest(chain: Sequence[Programme]) -> tuple[int, int]:
    return chain[0].year or 0, chain[0].pk
