"""Builds a draft: opens and closes chapters, sections and examples, and puts units in them."""

from __future__ import annotations

import re
from typing import Final

from programmes.rules.blocks import Role
from programmes.rules.document import Why
from programmes.rules.recognise import language
from programmes.rules.recognise.drafts import (
    ChapterDraft,
    ExampleDraft,
    Item,
    ProgrammeDraft,
    SectionDraft,
)
from programmes.rules.recognise.units import (
    Unit,
    bare,
    has_url,
    is_capitals,
    is_finished,
    is_phone,
    is_stray,
    without_urls,
    words,
)

_LEAD = re.compile(
    r"(?:meer (?:informatie|info|weten|lezen)|zie(?: ook)?|lees (?:meer|verder)|bron(?:nen)?|"
    r"info(?:rmatie)?|website|links?|kijk (?:op|ook op)|en|of|via|op)?[\s:?.,;&()<>\[\]#*-]*",
    re.IGNORECASE,
)
_ADDRESS_SIGN = re.compile(r"[/._=%-]")
_WIDE: Final = 3
_DEEPER: Final = 2
_LEAD_WORDS: Final = 3


class Builder:
    """A draft under construction, and what is open in it."""

    def __init__(self) -> None:
        self.draft = ProgrammeDraft()
        self._chapter: ChapterDraft | None = None
        self._section: SectionDraft | None = None
        self._group: Unit | None = None
        self._example: ExampleDraft | None = None
        self._in_examples = False
        self._lead: Unit | None = None  # the text that ended on a colon before this list
        self._top: Unit | None = None  # the item that deeper ones belong to
        self._after_lone = False  # a stray sign broke this list: its levels mean nothing
        self._orphans: list[Unit] = []  # notes before the first chapter

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
        self._leave_signing(chapter)
        signed = language.key(chapter_name(chapter)) in language.FRONT
        before: Unit | None = None
        for unit in stray:
            signed = signed or language.SIGNED.fullmatch(language.key(unit.text)) is not None
            if is_capitals(unit.text) or is_phone(unit.text) or has_url(unit.text):
                signed = False
            if before is not None and _is_far(before, unit):
                signed = False
            self._leave_out(unit, Why.SIGNATURE if signed else Why.CAPTION)
            before = unit

    def _leave_signing(self, chapter: ChapterDraft) -> None:
        """Leave the heading above signatures out: they are not in the programme either."""
        last = chapter.sections[-1]
        if last.items or chapter.examples:
            return
        if last is not chapter.root and last.heading is not None and _is_signing(last.heading):
            chapter.sections.pop()
            self._leave_out(last.heading, Why.SIGNATURE)
        elif len(chapter.sections) == 1 and not chapter.notes and len(self.draft.chapters) > 1:
            heading = chapter.heading
            if heading is not None and _is_signing(heading):
                self.draft.chapters.remove(chapter)
                self._leave_out(heading, Why.SIGNATURE)


def _is_signing(unit: Unit) -> bool:
    return unit.role is None and language.SIGNED.fullmatch(language.key(unit.text)) is not None


def chapter_name(chapter: ChapterDraft) -> str:
    """Return the title of a chapter as the document writes it."""
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
