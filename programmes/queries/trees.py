"""A stored programme as one tree, in as many questions as there are tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Prefetch

from programmes.models import (
    Chapter,
    CrossReference,
    Example,
    Footnote,
    Measure,
    Programme,
    Section,
)

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeSection:
    """A section and its measures, in order; each has its ``cross_references`` at hand."""

    section: Section
    measures: list[Measure]

    @property
    def title(self) -> str:
        """Its title; empty for what stands before the first heading in a chapter."""
        return self.section.title


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeChapter:
    """A chapter and everything in it, in order."""

    chapter: Chapter
    sections: list[TreeSection]
    footnotes: list[Footnote]
    examples: list[Example]

    @property
    def title(self) -> str:
        """Its title."""
        return self.chapter.title

    @property
    def measures(self) -> list[Measure]:
        """Its measures, over all sections."""
        return [measure for section in self.sections for measure in section.measures]

    @property
    def measure_count(self) -> int:
        """How many measures stand in it."""
        return sum(len(section.measures) for section in self.sections)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A whole programme as it is now; retired measures are not in it."""

    programme: Programme
    chapters: list[TreeChapter]

    @property
    def measures(self) -> list[Measure]:
        """All measures, in order."""
        return [measure for chapter in self.chapters for measure in chapter.measures]

    @property
    def measure_count(self) -> int:
        """How many measures it has."""
        return sum(chapter.measure_count for chapter in self.chapters)


def tree_of(programme: Programme) -> Tree:
    """Return a programme as a tree: six questions, however large it is."""
    chapters = list(Chapter.objects.filter(programme=programme).order_by("position", "pk"))
    of_chapters = [row.pk for row in chapters]
    references = CrossReference.objects.select_related("target").order_by("pk")
    measures = _by(
        "section_id",
        Measure.objects.current()
        .filter(programme=programme)
        .prefetch_related(Prefetch("cross_references", queryset=references))
        .order_by("number", "pk"),
    )
    sections = _by(
        "chapter_id",
        Section.objects.filter(chapter__in=of_chapters).order_by("position", "pk"),
    )
    footnotes = _by(
        "chapter_id",
        Footnote.objects.filter(chapter__in=of_chapters).order_by("position", "pk"),
    )
    examples = _by(
        "chapter_id", Example.objects.filter(chapter__in=of_chapters).order_by("position", "pk")
    )
    return Tree(
        programme=programme,
        chapters=[
            TreeChapter(
                chapter=chapter,
                sections=[
                    TreeSection(section=section, measures=measures[section.pk])
                    for section in sections[chapter.pk]
                ],
                footnotes=footnotes[chapter.pk],
                examples=examples[chapter.pk],
            )
            for chapter in chapters
        ],
    )


def _by(column: str, rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found
