"""From a draft to the document: texts cleaned, notes settled, doubts collected."""

from __future__ import annotations

from collections import Counter
from typing import Final

from programmes.rules.document import (
    Chapter,
    Document,
    Doubt,
    Example,
    Footnote,
    LeftOut,
    Measure,
    Passage,
    Remark,
    Section,
)
from programmes.rules.recognise import language
from programmes.rules.recognise.cleaning import Cleaned, placeholders, styles_of, take_marks, tidy
from programmes.rules.recognise.contents import Contents
from programmes.rules.recognise.drafts import (
    ChapterDraft,
    ExampleDraft,
    Item,
    ProgrammeDraft,
    SectionDraft,
)
from programmes.rules.recognise.notes import Mark, Note, printed_number, settle
from programmes.rules.recognise.references import Pointers
from programmes.rules.recognise.units import Unit, is_finished, urls, words

_LONG_MEASURE: Final = 1500
_LONG_SENTENCE: Final = 12
_MOSTLY: Final = 0.8
_JOINT: Final = " – "


class Assembler:
    """Makes one document of one draft."""

    def __init__(self, draft: ProgrammeDraft, contents: Contents, name: str) -> None:
        self._draft = draft
        self._contents = contents
        self._remarks: list[Remark] = []
        self._cleaned: dict[Unit, Cleaned] = {}
        self._marks: dict[Unit, list[Mark]] = {}
        self._notes: list[list[Note]] = [[] for _ in draft.chapters]
        title = tidy(_JOINT.join(unit.text for unit in draft.titles))
        self._title = title or self._only_heading() or name
        self._pointers = self._find_pointers()

    def document(self) -> Document:
        """Return the document."""
        self._settle_notes()
        chapters = tuple(
            self._chapter(chapter, self._notes[place])
            for place, chapter in enumerate(self._draft.chapters)
        )
        left_out = [
            LeftOut(
                text=f"{unit.number} {unit.text}".strip(),
                why=why,
                page=unit.first.page,
                line=unit.first.line,
                sources=unit.keys,
            )
            for unit, why in self._draft.left_out
        ]
        self._doubt(chapters)
        return Document(
            title=self._title,
            chapters=chapters,
            left_out=tuple(left_out),
            remarks=tuple(self._remarks),
            title_sources=tuple(key for unit in self._draft.titles for key in unit.keys),
        )

    def _only_heading(self) -> str:
        """Return the one heading that a short document has, which is its title as well."""
        headings = [chapter.heading for chapter in self._draft.chapters]
        only = headings[0] if len(headings) == 1 else None
        return tidy(only.text) if only is not None else ""

    def _name(self, chapter: ChapterDraft) -> str:
        if chapter.heading is not None:
            return tidy(self._clean(chapter.heading).text)
        return chapter.name or self._title

    def _find_pointers(self) -> Pointers:
        numbers: dict[int, str] = {}
        for chapter in self._draft.chapters:
            if (number := chapter.number) and number not in numbers:
                numbers[number] = self._name(chapter)
        return Pointers((self._name(chapter) for chapter in self._draft.chapters), numbers)

    # -- notes ---------------------------------------------------------------------------------

    def _settle_notes(self) -> None:
        all_units = [unit for chapter in self._draft.chapters for unit in chapter.notes]
        self._cleaned.clear()
        styles = styles_of(all_units)
        numbers = [printed_number(unit) for unit in all_units]
        known = frozenset(number for number in numbers if number is not None)
        notes: list[Note] = []
        marks: list[Mark] = []
        for place, chapter in enumerate(self._draft.chapters):
            last = 0
            for unit in _units(chapter):
                cleaned = take_marks(unit.text, styles, known)
                self._cleaned[unit] = cleaned
                found = [
                    Mark(number, place, unit.first.number, unit.first.key)
                    for number in cleaned.marks
                ]
                self._marks[unit] = found
                marks += found
            for unit in chapter.notes:
                printed = printed_number(unit)
                last = printed if printed is not None else last + 1
                notes.append(Note(unit, last, place, unit.first.number))
        self._remarks += settle(notes, marks)
        for note in notes:
            self._notes[note.chapter].append(note)
        self._pointers = self._find_pointers()

    def _clean(self, unit: Unit) -> Cleaned:
        found = self._cleaned.get(unit)
        return found if found is not None else Cleaned(unit.text, ())

    def _text(self, unit: Unit) -> str:
        return tidy(self._clean(unit).text)

    # -- parts ---------------------------------------------------------------------------------

    def _chapter(self, draft: ChapterDraft, notes: list[Note]) -> Chapter:
        introduction: list[Passage] = []
        sections: list[Section] = []
        for section in draft.sections:
            if section is draft.root:
                items, rest = _divide_root(section)
                introduction = [self._passage(item.unit) for item in items]
                if rest:
                    sections.append(self._section(section, rest))
            else:
                sections.append(self._section(section, section.items))
        return Chapter(
            title=self._name(draft),
            introduction=tuple(introduction),
            sections=tuple(sections),
            footnotes=tuple(
                Footnote(number=note.number, text=tidy(note.unit.text), sources=note.unit.keys)
                for note in notes
            ),
            examples=tuple(self._example(example) for example in draft.examples),
            sources=draft.heading.keys if draft.heading is not None else (),
        )

    def _section(self, draft: SectionDraft, items: list[Item]) -> Section:
        title = self._text(draft.heading) if draft.heading is not None else draft.name
        used = {item.group for item in items if item.measure and item.group is not None}
        groups = [item.unit for item in items if item.heads and item.unit in used]
        return Section(
            title=title,
            introduction=tuple(
                self._passage(item.unit)
                for item in items
                if not item.measure and not (item.heads and item.unit in used)
            ),
            measures=tuple(self._measure(item) for item in items if item.measure),
            sources=draft.heading.keys if draft.heading is not None else (),
            group_sources=tuple(key for unit in groups for key in unit.keys),
        )

    def _passage(self, unit: Unit) -> Passage:
        text = self._text(unit)
        if words(text) >= _LONG_SENTENCE and not is_finished(text):
            self._remarks.append(
                Remark(doubt=Doubt.TORN_SENTENCE, text=text, source=unit.first.key)
            )
        return Passage(text=text, sources=unit.keys)

    def _measure(self, item: Item) -> Measure:
        unit = item.unit
        marked = self._clean(unit).text
        text = tidy(marked)
        references = self._pointers.find(marked)
        for reference in references:
            if not self._pointers.knows(reference.chapter):
                self._remarks.append(
                    Remark(
                        doubt=Doubt.REFERENCE_NOT_FOUND,
                        text=reference.chapter,
                        source=unit.first.key,
                    )
                )
        if len(text) > _LONG_MEASURE:
            self._remarks.append(Remark(doubt=Doubt.LONG_MEASURE, text=text, source=unit.first.key))
        return Measure(
            text=text,
            placeholders=placeholders(text),
            footnotes=tuple(mark.number for mark in self._marks.get(unit, ())),
            cross_references=references,
            group=None if item.group is None else self._text(item.group).rstrip(":"),
            sources=unit.keys,
        )

    def _example(self, draft: ExampleDraft) -> Example:
        links: list[str] = []
        for unit in draft.in_order:
            links += urls(_addresses(unit.text))
        return Example(
            title=self._text(draft.heading) if draft.heading is not None else "",
            text=tuple(Passage(text=self._text(unit), sources=unit.keys) for unit in draft.text),
            links=tuple(dict.fromkeys(links)),
            sources=draft.heading.keys if draft.heading is not None else (),
            link_sources=tuple(key for unit in draft.links for key in unit.keys),
        )

    # -- doubts --------------------------------------------------------------------------------

    def _doubt(self, chapters: tuple[Chapter, ...]) -> None:
        real = [chapter for chapter in self._draft.chapters if chapter.heading or chapter.name]
        if not real:
            self._remarks.append(Remark(doubt=Doubt.NO_CHAPTERS))
        total = sum(len(section.measures) for chapter in chapters for section in chapter.sections)
        if self._draft.of_prose:
            self._remarks.append(Remark(doubt=Doubt.MEASURES_OF_PROSE))
        if not total:
            self._remarks.append(Remark(doubt=Doubt.NO_MEASURES))
        for chapter in chapters:
            key = language.key(chapter.title)
            expected = key not in language.UNNUMBERED and not language.ADVICE.fullmatch(key)
            if total and expected and not any(section.measures for section in chapter.sections):
                self._remarks.append(
                    Remark(
                        doubt=Doubt.CHAPTER_WITHOUT_MEASURES,
                        text=chapter.title,
                        source=next(iter(chapter.sources), ""),
                    )
                )
        for entry in self._contents.entries:
            if not entry.found and entry.unit.blocks and entry.key not in language.NOTES:
                self._remarks.append(
                    Remark(
                        doubt=Doubt.CHAPTER_NOT_FOUND, text=entry.title, source=entry.unit.first.key
                    )
                )
        self._doubt_measures(chapters)

    def _doubt_measures(self, chapters: tuple[Chapter, ...]) -> None:
        measures = [m for chapter in chapters for s in chapter.sections for m in s.measures]
        torn = [measure for measure in measures if not is_finished(measure.text)]
        if len(measures) - len(torn) >= _MOSTLY * len(measures):
            self._remarks += [
                Remark(doubt=Doubt.TORN_SENTENCE, text=measure.text, source=measure.sources[0])
                for measure in torn
            ]
        counts = Counter(measure.text.casefold() for measure in measures)
        self._remarks += [
            Remark(doubt=Doubt.SAME_TWICE, text=measure.text, source=measure.sources[0])
            for measure in measures
            if counts[measure.text.casefold()] > 1
        ]


def _units(chapter: ChapterDraft) -> list[Unit]:
    """Return every unit of a chapter in which a footnote mark may stand."""
    found: list[Unit] = [] if chapter.heading is None else [chapter.heading]
    for section in chapter.sections:
        found += [section.heading] if section.heading is not None else []
        found += [item.unit for item in section.items]
    for example in chapter.examples:
        found += [example.heading] if example.heading is not None else []
        found += example.text
    return found


def _divide_root(section: SectionDraft) -> tuple[list[Item], list[Item]]:
    """Divide what stands before the first section heading: introduction, and a list of measures.

    What comes before the first label or measure introduces the chapter; the rest is a section
    without a title.
    """
    if not any(item.measure for item in section.items):
        return section.items, []
    for place, item in enumerate(section.items):
        if item.measure or item.labelled or item.heads:
            return section.items[:place], section.items[place:]
    return section.items, []


def _addresses(text: str) -> str:
    """Return a text in which a Markdown link is its address, or its label where it has none."""
    return tidy(text)
