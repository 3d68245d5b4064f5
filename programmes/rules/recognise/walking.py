"""Walks through the units in order and puts each in its place, or leaves it out."""

from __future__ import annotations

from typing import Final

from programmes.rules.blocks import Role
from programmes.rules.document import Why
from programmes.rules.recognise import language, tables
from programmes.rules.recognise.ahead import Ahead, choose_title, complete_title, is_front_line
from programmes.rules.recognise.building import Builder, chapter_name, is_link
from programmes.rules.recognise.drafts import ChapterDraft, ProgrammeDraft, SectionDraft
from programmes.rules.recognise.kinds import Rank, Ranks
from programmes.rules.recognise.units import (
    Shape,
    Unit,
    bare,
    is_capitals,
    is_phone,
    is_stray,
    title_like,
    words,
)

_LABELLED: Final = 3
_SHORT_LEAD: Final = 8


class Walk(Builder):
    """One walk through a document; ``draft`` is what it made."""

    def __init__(self, units: list[Unit], ranks: Ranks) -> None:
        super().__init__()
        self._units = units
        self._ranks = ranks
        self._columns = tables.guess(units)
        self._tabled: dict[str, ChapterDraft] = {}
        self._tabled_sections: dict[tuple[int, str], SectionDraft] = {}
        self.draft.labels = sum(rank is Rank.LABEL for rank in ranks.by_place.values())
        self._ahead = Ahead(units, ranks, labelled=self.draft.labels >= _LABELLED)

    def run(self) -> ProgrammeDraft:
        """Walk."""
        choose_title(self._units, self._ranks)
        complete_title(self._units, self._ranks)
        for place, unit in enumerate(self._units):
            self._step(place, unit)
        self._close_chapter()
        if self._orphans:
            self._need_chapter()  # it takes them
        return self.draft

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
        elif unit.role is not None:
            self._by_hand(unit)
        else:
            self._unranked(place, unit)

    def _by_hand(self, unit: Unit) -> None:
        """Put a unit where a person wants it; headings by hand have a rank."""
        if unit.role is Role.EXAMPLE:
            self._example_by_hand(unit)
        elif unit.role is Role.MEASURE:
            self._item(unit, listed=True, measure=True)
        else:
            self._text(unit)

    def _unranked(self, place: int, unit: Unit) -> None:
        if unit.shape is Shape.ROW:
            self._row(unit)
        elif self._chapter is None and is_front_line(unit):
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
        elif rank is Rank.REFRAIN:
            self._leave_out(unit, Why.LIST_LABEL)
            self._need_section()
            self._in_examples, self._example, self._group, self._lead = False, None, None, None
        elif rank is Rank.EXAMPLES:
            self._need_chapter()
            self._leave_out(unit, Why.LIST_LABEL)
            self._in_examples, self._example = True, None
        elif rank is Rank.LISTED:
            self._item(unit, listed=True)
        elif self._in_examples and unit.role is None and not self._ahead.leaves_examples(place):
            self._in_example(place, unit)
        elif rank is Rank.SECTION:
            self._open_section(SectionDraft(unit))
        else:
            self._open_group(unit)

    def _line(self, place: int, unit: Unit) -> None:
        """A paragraph, or a short line that is nobody's heading."""
        lead = bare(unit.text).endswith(":") and words(unit.text) <= _SHORT_LEAD
        if (
            (title_like(unit) or lead)
            and self._ahead.is_before_list(place)
            and self._section is not None
        ):
            self._open_group(unit)
            self._lead = unit if lead else None
        elif is_stray(unit) and (is_capitals(unit.text) or is_phone(unit.text)):
            if self._chapter is not None and self._ahead.only_stray(place):
                self._text(unit)  # closing the chapter finds out what it is
            else:
                self._leave_out(unit, Why.CAPTION)
        else:
            self._text(unit)

    def _in_example(self, place: int, unit: Unit) -> None:
        if title_like(unit) and self._ahead.is_before_text(place):
            self._open_example(unit)
            return
        if self._example is None:
            self._open_example(None)
        self._to_example(unit)

    def _example_by_hand(self, unit: Unit) -> None:
        fresh = title_like(unit) and not is_link(unit)
        if fresh or self._example is None:
            self._open_example(unit)
        else:
            self._to_example(unit)
        self._in_examples = True

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
        if current is not None and key == language.key(chapter_name(current)):
            return
        known = self._tabled.get(key)
        if known is None:
            known = self._tabled[key] = ChapterDraft(None, name)
            self._open_chapter(known)
        else:
            self._chapter, self._section = known, known.sections[-1]

    def _table_section(self, name: str) -> None:
        chapter = self._need_chapter()
        key = (id(chapter), name)
        known = self._tabled_sections.get(key)
        if known is None:
            known = self._tabled_sections[key] = SectionDraft(name=name)
            self._open_section(known)
        else:
            self._section = known
