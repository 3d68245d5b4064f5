"""A programme as its page shows it: chapters with numbers, each measure with what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from branches.models import Branch
from branches.scope import Eyes
from programmes.models import CrossReference, Footnote, Measure, Programme
from programmes.models.programme import MeasureQuerySet
from programmes.queries import listing
from programmes.queries.trees import Tree, TreeChapter, TreeSection, tree_of
from programmes.taking_up import taken_up

ON_ONE_PAGE = 800
"""Measures up to which a programme is shown as a whole; a larger one chapter by chapter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a measure was taken from.

    Attributes:
        measure: the older one.
        is_ours: its programme has a page that this viewer may open under this branch.
    """

    measure: Measure
    is_ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One measure on the page.

    Attributes:
        measure: which one.
        group: the heading above it, if another one than above the measure before.
        notes: number → the footnote in its chapter, ``None`` for a mark without a note.
        references: the chapters that it points at; ``target`` is ``None`` for a dead one.
        origin: where it was taken from, if anywhere.
        taken_up: how many contributions it took up.
    """

    measure: Measure
    group: str
    notes: Sequence[tuple[int, Footnote | None]]
    references: Sequence[CrossReference]
    origin: Origin | None
    taken_up: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSection:
    """A section with its lines."""

    section: TreeSection
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChapter:
    """A chapter with its number, from 1, and its sections; empty when another one is shown."""

    number: int
    chapter: TreeChapter
    sections: Sequence[ShownSection]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page shows.

    Attributes:
        tree: all of the programme.
        index: every chapter.
        chapters: those on this page: all, or one of a large programme.
        is_whole: all of them.
    """

    tree: Tree
    index: Sequence[tuple[int, TreeChapter]]
    chapters: Sequence[ShownChapter]
    is_whole: bool

    @property
    def chapter_of(self) -> Mapping[int, int]:
        """Id of a chapter → its number."""
        return {chapter.chapter.pk: number for number, chapter in self.index}


def shown(
    programme: Programme,
    *,
    viewer: Eyes,
    branch: Branch | None,
    chapter: int | None = None,
    whole: bool = False,
) -> Shown:
    """Return the page of a programme, in a number of queries that does not grow with it.

    Args:
        programme: which one.
        viewer: who looks; decides which origins are links.
        branch: under which it is looked at.
        chapter: number of the asked chapter of a large programme; the nearest if it is not there.
        whole: everything, also of a large one (to print).
    """
    tree = tree_of(programme)
    index = list(enumerate(tree.chapters, start=1))
    is_whole = whole or tree.measure_count <= ON_ONE_PAGE
    wanted = index
    if not is_whole and index:
        at = min(max(chapter or 1, 1), len(index))
        wanted = index[at - 1 : at]
    origins = _origins(programme, viewer=viewer, branch=branch)
    input_counts = taken_up(programme)
    return Shown(
        tree=tree,
        index=index,
        chapters=[_chapter(number, one, origins, input_counts) for number, one in wanted],
        is_whole=is_whole,
    )


def chapter_number(measure: Measure) -> int:
    """Return the number of the chapter that a measure stands in; 1 for one that is retired."""
    section = measure.section
    if section is None:
        return 1
    before = section.chapter.programme.chapters.filter(position__lt=section.chapter.position)
    return before.count() + 1


def measures_of(*, viewer: Eyes, branch: Branch | None) -> MeasureQuerySet:
    """Return the measures of a branch's own programmes that stand in them now."""
    return (
        Measure.objects.for_viewer(viewer)
        .current()
        .filter(programme__branch=branch)
        .select_related("programme__branch", "section__chapter__programme")
    )


def _origins(programme: Programme, *, viewer: Eyes, branch: Branch | None) -> dict[int, Origin]:
    rows = (
        Measure.objects.for_viewer(viewer)
        .filter(derived__programme=programme)
        .select_related("programme")
        .distinct()
    )
    ours = listing.of_branch(viewer=viewer, branch=branch).values_list("pk", flat=True)
    open_pages = set(ours)
    return {row.pk: Origin(measure=row, is_ours=row.programme_id in open_pages) for row in rows}


def _chapter(
    number: int,
    chapter: TreeChapter,
    origins: Mapping[int, Origin],
    counts: Mapping[int, int],
) -> ShownChapter:
    notes: dict[int, Footnote] = {}
    for footnote in chapter.footnotes:
        notes.setdefault(footnote.number, footnote)
    return ShownChapter(
        number=number,
        chapter=chapter,
        sections=[
            ShownSection(section=section, lines=_lines(section.measures, notes, origins, counts))
            for section in chapter.sections
        ],
    )


def _lines(
    measures: Sequence[Measure],
    notes: Mapping[int, Footnote],
    origins: Mapping[int, Origin],
    counts: Mapping[int, int],
) -> list[Line]:
    found: list[Line] = []
    group = ""
    for measure in measures:
        found.append(
            Line(
                measure=measure,
                group=measure.group if measure.group != group else "",
                notes=[(one, notes.get(one)) for one in measure.footnotes],
                references=list(measure.cross_references.all()),
                origin=origins.get(measure.derived_from_id or 0),
                taken_up=counts.get(measure.pk, 0),
            )
        )
        group = measure.group
    return found
