"""A programme while it is being put together: units in their places, texts not yet cleaned."""

from __future__ import annotations

from dataclasses import dataclass, field

from programmes.rules import signs
from programmes.rules.document import Why
from programmes.rules.recognise.units import Unit


@dataclass(slots=True, eq=False)
class Item:
    """A text or list item of a section, in order.

    Attributes:
        listed: it is an item of a list; whether it is a measure is decided at the end.
        labelled: a list label stood before it.
        led: the text before its list ends on a colon.
        level: 0, or 1 for an item under the item before it.
        measure: it is a measure; ``None`` while nobody knows.
        heads: it is the heading of a group.
    """

    unit: Unit
    listed: bool = False
    labelled: bool = False
    led: bool = False
    level: int = 0
    group: Unit | None = None
    measure: bool | None = None
    heads: bool = False


@dataclass(slots=True, eq=False)
class SectionDraft:
    """A section; without ``heading`` it is what stands before the first one of its chapter."""

    heading: Unit | None = None
    name: str | None = None  # of a section that a column of a table names
    items: list[Item] = field(default_factory=list)
    labelled: bool = False


@dataclass(slots=True, eq=False)
class ExampleDraft:
    """A good example."""

    heading: Unit | None
    text: list[Unit] = field(default_factory=list)
    links: list[Unit] = field(default_factory=list)
    in_order: list[Unit] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class ChapterDraft:
    """A chapter; ``heading`` is ``None`` where a table or the document's title names it."""

    heading: Unit | None
    name: str = ""
    sections: list[SectionDraft] = field(default_factory=list)
    notes: list[Unit] = field(default_factory=list)
    examples: list[ExampleDraft] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The number printed before its title; 0 if there is none."""
        if self.heading is None:
            return 0
        printed = self.heading.number or self.heading.mark
        return signs.value(printed) if signs.depth(printed) == 1 else 0

    @property
    def root(self) -> SectionDraft:
        """What stands before the first section."""
        return self.sections[0]


@dataclass(slots=True, eq=False)
class ProgrammeDraft:
    """The whole document."""

    titles: list[Unit] = field(default_factory=list)
    chapters: list[ChapterDraft] = field(default_factory=list)
    left_out: list[tuple[Unit, Why]] = field(default_factory=list)
    implicit: ChapterDraft | None = None
    labels: int = 0
    of_prose: bool = False  # its measures are paragraphs, because it has no list
