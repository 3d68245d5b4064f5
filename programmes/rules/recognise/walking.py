"""Walks through the units in order and puts each in its place: chapter, section, example, left out."""

from __future__ import annotations

import re
from typing import Final

from programmes.rules.blocks import Role
from programmes.rules.document import Why
from programmes.rules.recognise import language, tables
from programmes.rules.recognise.drafts import (
    ChapterDraft,
    ExampleDraft,
    Item,
    ProgrammeDraft,
    SectionDraft,
)
from programmes.rules.recognise.ranks import Rank, Ranks
from programmes.rules.recognise.units import (
    Shape,
    Unit,
    bare,
    has_url,
    is_capitals,
    is_finished,
    is_phone,
    is_stray,
    title_like,
    without_urls,
    words,
)

_LEAD = re.compile(
    r"(?:meer (?:informatie|info|weten|lezen)|zie(?: ook)?|lees (?:meer|verder)|bron(?:nen)?|"
    r"info(?:rmatie)?|website|links?|kijk (?:op|ook op)|en|of|via|op)?[\s:?.,;&()<>\[\]#*-]*",
    re.IGNORECASE,
)
_ADDRESS_SIGN = re.compile(r"[/._=%-]")
_LONG: Final = 14
_SENTENCE: Final = 6
_WIDE: Final = 3
_DEEPER: Final = 2
_LABELLED: Final = 3
_SHORT_LEAD: Final = 8
_LEAD_WORDS: Final = 3


class Walk:
    """One walk through a document; ``draft`` is what it made."""

    def __init__(self, units: list[Unit], ranks: Ranks) -> None:
        self.draft = ProgrammeDraft()
        self._units = units
        self._ranks = ranks
        self._chapter: ChapterDraft | None = None
        self._section: SectionDraft | None = None
        self._group: Unit | None = None
        self._example: ExampleDraft | None = None
        self._in_examples = False
        self._lead: Unit | None = None
        self._top: Unit | None = None  # the item that deeper ones belong to
        self._after_lone = False
        self._orphans: list[Unit] = []
        self._columns = tables.guess(units)
        self._tabled: dict[str, ChapterDraft] = {}
        self.draft.labels = sum(rank is Rank.LABEL for rank in ranks.by_place.values())
        self._ahead = self._look_ahead()

    def run(self) -> ProgrammeDraft:
        """Walk."""
        self._choose_title()
        for place, unit in enumerate(self._units):
            self._step(place, unit)
        self._close_chapter()
        if self._orphans:
            self._need_chapter()  # it takes them
        return self.draft

    # -- looking ahead -------------------------------------------------------------------------

    def _look_ahead(self) -> dict[int, str]:
        """For each short line: what comes first after it, a label, a list or another such line."""
        ahead: dict[int, str] = {}
        coming = ""
        for place in range(len(self._units) - 1, -1, -1):
            unit, rank = self._units[place], self._ranks.get(place)
            if unit.shape in {Shape.OUT, Shape.NOTE}:
                continue
            if rank is Rank.LABEL:
                coming = "label"
            elif unit.shape is Shape.BULLET and rank is None:
                coming = coming if coming == "label" else "list"
            elif rank in {Rank.CHAPTER, Rank.EXAMPLES}:
                coming = ""
            elif rank is not None or title_like(unit):
                ahead[place] = coming
                coming = "line"
        return ahead

    def _leaves_examples(self, place: int) -> bool:
        """Say whether a heading among the examples begins a section of its own."""
        if self._units[place].role is Role.SECTION:
            return True
        wanted = "label" if self.draft.labels >= _LABELLED else "list"
        return self._ahead.get(place) == wanted

    def _has_text(self, place: int) -> bool:
        for unit in self._units[place + 1 :]:
            if unit.shape in {Shape.OUT, Shape.NOTE}:
                continue
            return unit.entry is None and unit.shape in {Shape.TEXT, Shape.BULLET} and (
                not title_like(unit)
            )
        return False

    # -- the front -----------------------------------------------------------------------------

    def _choose_title(self) -> None:
        """The title is the largest of the short lines before anything begins."""
        if Rank.TITLE in self._ranks.by_place.values():
            return
        best: tuple[int, Unit] | None = None
        for place, unit in enumerate(self._units):
            if unit.shape in {Shape.OUT, Shape.NOTE}:
                continue
            rank = self._ranks.get(place)
            if rank not in {None, Rank.COLOPHON} or not self._is_front_line(unit):
                break
            if rank is None and title_like(unit) and not is_phone(unit.text):
                heavy = unit.first.size + (unit.shape is Shape.HEADING)
                if best is None or heavy > best[1].first.size + (best[1].shape is Shape.HEADING):
                    best = (place, unit)
        if best is not None:
            self._ranks.by_place[best[0]] = Rank.TITLE

    @staticmethod
    def _is_front_line(unit: Unit) -> bool:
        if unit.role is not None or unit.shape not in {Shape.TEXT, Shape.HEADING}:
            return False
        count = words(unit.text)
        return count <= _LONG and not (count >= _SENTENCE and bare(unit.text)[-1:] in ".!?")

    # -- one unit ------------------------------------------------------------------------------

    def _step(self, place: int, unit: Unit) -> None:
        if unit.shape is Shape.OUT:
            self._leave_out(unit, unit.why or Why.UNPLACED)
            self._after_lone = self._after_lone or unit.why is Why.LONE_MARK
            return
        if unit.shape is Shape.NOTE:
            (self._chapter.notes if self._chapter else self._orphans).append(unit)
            return
        if unit.shape is not Shape.BULLET:
            self._after_lone = False
        rank = self._ranks.get(place)
        if rank is not None:
            self._ranked(place, unit, rank)
        elif unit.role is Role.EXAMPLE:
            self._example_by_hand(unit)
        elif unit.role is Role.MEASURE:
            self._item(unit, listed=True, measure=True)
        elif unit.role is Role.TEXT:
            self._text(unit)
        elif unit.shape is Shape.ROW:
            self._row(unit)
        elif self._chapter is None and self._is_front_line(unit):
            self._leave_out(unit, Why.TITLE_PAGE)
        elif self._in_examples:
            self._in_example(place, unit)
        elif unit.shape is Shape.BULLET:
            self._item(unit, listed=True)
        else:
            self._line(place, unit)

    def _ranked(self, place: int, unit: Unit, rank: Rank) -> None:
        if rank is Rank.TITLE:
            self.draft.titles.append(unit)
        elif rank is Rank.COLOPHON:
            self._leave_out(unit, Why.COLOPHON)
        elif rank is Rank.CHAPTER:
            self._open_chapter(ChapterDraft(unit))
        elif rank is Rank.LABEL:
            self._leave_out(unit, Why.LIST_LABEL)
            self._need_section().labelled = True
            self._in_examples, self._example, self._group, self._lead = False, None, None, None
        elif rank is Rank.EXAMPLES:
            self._need_chapter()
            self._leave_out(unit, Why.LIST_LABEL)
            self._in_examples, self._example = True, None
        elif rank is Rank.LISTED:
            self._item(unit, listed=True)
        elif self._in_examples and unit.role is None and not self._leaves_examples(place):
            self._in_example(place, unit)
        elif rank is Rank.SECTION:
            self._open_section(SectionDraft(unit))
        else:
            self._open_group(unit)

    def _line(self, place: int, unit: Unit) -> None:
        """A paragraph, or a short line that is nobody's heading."""
        lead = bare(unit.text).endswith(":") and words(unit.text) <= _SHORT_LEAD
        if (title_like(unit) or lead) and self._before_list(place) and self._section is not None:
            self._open_group(unit)
            self._lead = unit if lead else None
        elif is_stray(unit) and (is_capitals(unit.text) or is_phone(unit.text)):
            if self._chapter is not None and self._rest_is_stray(place):
                self._text(unit)  # closing the chapter finds out what it is
            else:
                self._leave_out(unit, Why.CAPTION)
        else:
            self._text(unit)

    def _rest_is_stray(self, place: int) -> bool:
        for unit in self._units[place + 1 : place + 40]:
            if unit.entry is not None or unit.role is Role.CHAPTER:
                return True
            if unit.shape in {Shape.OUT, Shape.NOTE}:
                continue
            if not is_stray(unit):
                return False
        return True

    def _before_list(self, place: int) -> bool:
        after = next((u for u in self._units[place + 1 :] if _in_text(u)), None)
        return after is not None and after.shape is Shape.BULLET

    def _text(self, unit: Unit) -> None:
        if self._example is not None and unit.role is Role.TEXT:
            self._example.text.append(unit)
            self._example.in_order.append(unit)
            return
        self._item(unit, listed=False)
        self._lead = unit if bare(unit.tail).endswith(":") else None

    def _item(self, unit: Unit, *, listed: bool, measure: bool | None = None) -> None:
        section = self._need_section()
        item = Item(unit, listed, section.labelled, self._lead is not None, measure=measure)
        if listed:
            item.group = self._group
            item.level = self._level(unit)
        else:
            self._top = None
        section.items.append(item)

    def _open_group(self, unit: Unit) -> None:
        self._group, self._lead, self._top = unit, None, None
        self._need_section().items.append(Item(unit, heads=True))

    def _level(self, unit: Unit) -> int:
        block, top = unit.first, self._top
        deeper = (
            top is not None
            and not self._after_lone
            and unit.role is None
            and (
                block.level > top.first.level
                or (block.line is not None and block.indent >= top.first.indent + _DEEPER)
            )
        )
        if deeper:
            return 1
        self._top = unit
        return 0

    # -- examples ------------------------------------------------------------------------------

    def _in_example(self, place: int, unit: Unit) -> None:
        if title_like(unit) and self._has_text(place):
            self._open_example(unit)
            return
        if self._example is None:
            self._open_example(None)
        self._to_example(unit)

    def _open_example(self, heading: Unit | None) -> None:
        chapter = self._need_chapter()
        self._example = ExampleDraft(heading)
        chapter.examples.append(self._example)

    def _to_example(self, unit: Unit) -> None:
        example = self._example
        if example is None:
            return
        example.in_order.append(unit)
        if is_link(unit):
            example.links.append(unit)
        else:
            example.text.append(unit)

    def _example_by_hand(self, unit: Unit) -> None:
        fresh = title_like(unit) and not is_link(unit)
        if fresh or self._example is None:
            self._open_example(unit)
        else:
            self._to_example(unit)
        self._in_examples = True

    # -- tables --------------------------------------------------------------------------------

    def _row(self, unit: Unit) -> None:
        columns = tables.head(unit)
        if columns is not None:
            self._columns = columns
            self._leave_out(unit, Why.TABLE_HEAD)
            return
        if self._columns is None:
            self._leave_out(unit, Why.UNPLACED)
            return
        chapter = tables.cell(unit, self._columns.chapter)
        section = tables.cell(unit, self._columns.section)
        whole = len(unit.blocks) > 1  # a person joined it with what follows
        text = unit.text if whole else tables.cell(unit, self._columns.measure)
        filled = sum(bool(cell.strip()) for cell in unit.first.cells)
        if not text:
            if chapter and filled == 1:
                unit.put([chapter])
                self._open_chapter(ChapterDraft(unit))
            elif section and filled == 1:
                unit.put([section])
                self._open_section(SectionDraft(unit))
            else:
                self._leave_out(unit, Why.UNPLACED)
            return
        if chapter:
            self._table_chapter(chapter)
        if section:
            self._table_section(section)
        unit.put([text])
        self._item(unit, listed=True, measure=True)

    def _table_chapter(self, name: str) -> None:
        key = language.key(name)
        current = self._chapter
        if current is not None and key == language.key(_name(current)):
            return
        known = self._tabled.get(key)
        if known is None:
            known = self._tabled[key] = ChapterDraft(None, name)
            self._open_chapter(known)
        else:
            self._chapter, self._section = known, known.sections[-1]

    def _table_section(self, name: str) -> None:
        chapter = self._need_chapter()
        for section in chapter.sections:
            if section.name == name:
                self._section = section
                return
        self._open_section(SectionDraft(name=name))

    # -- opening and closing -------------------------------------------------------------------

    def _leave_out(self, unit: Unit, why: Why) -> None:
        self.draft.left_out.append((unit, why))

    def _need_chapter(self) -> ChapterDraft:
        """Return the chapter that is open; before the first one, one under the document's title."""
        if self._chapter is None:
            self.draft.implicit = ChapterDraft(None)
            self._open_chapter(self.draft.implicit)
        assert self._chapter is not None  # noqa: S101 - opened above
        return self._chapter

    def _need_section(self) -> SectionDraft:
        chapter = self._need_chapter()
        return self._section if self._section is not None else chapter.root

    def _open_chapter(self, chapter: ChapterDraft) -> None:
        self._close_chapter()
        chapter.sections.append(SectionDraft())
        chapter.notes += self._orphans
        self._orphans = []
        self.draft.chapters.append(chapter)
        self._chapter, self._section = chapter, chapter.root
        self._forget()

    def _open_section(self, section: SectionDraft) -> None:
        self._need_chapter().sections.append(section)
        self._section = section
        self._forget()

    def _forget(self) -> None:
        self._group = self._example = self._lead = self._top = None
        self._in_examples = self._after_lone = False

    def _close_chapter(self) -> None:
        """Leave out the lines at a chapter's end under which nothing stands: captions, names."""
        chapter = self._chapter
        if chapter is None:
            return
        stray: list[Unit] = []
        if self._example is not None:
            text, in_order = self._example.text, self._example.in_order
            while text and text[-1] is in_order[-1] and _is_loose(text[-1]):
                in_order.pop()
                stray.append(text.pop())
        elif self._section is not None:
            items = self._section.items
            while items and not (items[-1].listed or items[-1].heads) and _is_loose(items[-1].unit):
                stray.append(items.pop().unit)
        stray.reverse()
        signed = language.key(_name(chapter)) in language.FRONT
        before: Unit | None = None
        for unit in stray:
            if is_capitals(unit.text) or is_phone(unit.text) or has_url(unit.text):
                signed = False
            if before is not None and _is_far(before, unit):
                signed = False
            self._leave_out(unit, Why.SIGNATURE if signed else Why.CAPTION)
            before = unit


def _in_text(unit: Unit) -> bool:
    return unit.shape not in {Shape.OUT, Shape.NOTE}


def _name(chapter: ChapterDraft) -> str:
    return chapter.heading.text if chapter.heading is not None else chapter.name


def _is_loose(unit: Unit) -> bool:
    return is_stray(unit) and not is_finished(bare(unit.text) if not has_url(unit.text) else "x")


def _is_far(before: Unit, unit: Unit) -> bool:
    if before.last.page != unit.first.page:
        return True
    one, two = before.last.line, unit.first.line
    return one is not None and two is not None and two - one >= _WIDE


def is_link(unit: Unit) -> bool:
    """Say whether a unit is nothing but web addresses, perhaps with "Meer informatie:" before."""
    text = unit.text
    if not has_url(text):
        return False
    if len(unit.blocks) > 1:  # an address and its rest, or several addresses
        pieces = [block.text for block in unit.blocks]
        return _is_address(pieces[0]) and all(
            _is_address(piece) or (words(piece) == 1 and _ADDRESS_SIGN.search(piece))
            for piece in pieces[1:]
        )
    rest = without_urls(text).strip()
    return _LEAD.fullmatch(rest) is not None or (rest.endswith(":") and words(rest) <= _LEAD_WORDS)


def _is_address(text: str) -> bool:
    return has_url(text) and _LEAD.fullmatch(without_urls(text)) is not None
