"""Footnotes: which chapter each belongs to, and which marks point at it."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from dataclasses import dataclass

from programmes.rules import signs
from programmes.rules.document import Doubt, Remark
from programmes.rules.recognise.units import Unit

_DIGITS = re.compile(r"\d+")


@dataclass(slots=True, eq=False)
class Mark:
    """A footnote mark in a text of a chapter, at a place in the order of the document."""

    printed: int
    chapter: int
    place: int
    source: str
    note: Note | None = None

    @property
    def number(self) -> int:
        """The number of its note; the printed one while it has none."""
        return self.printed if self.note is None else self.note.number


@dataclass(slots=True, eq=False)
class Note:
    """A footnote, where it stands, and the chapter it is found to belong to."""

    unit: Unit
    printed: int
    chapter: int
    place: int
    number: int = 0


def printed_number(unit: Unit) -> int | None:
    """Return the number before a note, or ``None``."""
    number = signs.superscript(unit.mark.strip())
    if number is not None:
        return number
    if unit.mark.startswith("*"):
        return unit.mark.count("*")
    digits = _DIGITS.search(unit.mark)
    return int(digits[0][:6]) if digits is not None else None


def settle(notes: list[Note], marks: list[Mark]) -> list[Remark]:
    """Give each note its chapter and its number there, and each mark its note.

    Notes restart per chapter (or per page) and may stand after a later heading. A note belongs to
    the nearest unanswered mark of its number before it: in its own chapter, else in an earlier
    one. Where a number comes back within a chapter, its notes are counted anew.
    """
    waiting = _Waiting(marks)
    lonely = [note for note in notes if not waiting.answer(note)]
    remarks = [
        Remark(doubt=Doubt.FOOTNOTE_WITHOUT_MARK, text=note.unit.text, source=note.unit.keys[0])
        for note in lonely
        if not waiting.answer_later(note)
    ]
    _number(notes)
    known = {(note.chapter, note.printed): note for note in reversed(notes)}
    for mark in marks:
        if mark.note is None:
            mark.note = known.get((mark.chapter, mark.printed))
    remarks += [
        Remark(doubt=Doubt.FOOTNOTE_WITHOUT_TEXT, text=str(mark.printed), source=mark.source)
        for mark in marks
        if mark.note is None
    ]
    return remarks


class _Waiting:
    """The marks that wait for a note, per number and chapter, the first one first."""

    def __init__(self, marks: list[Mark]) -> None:
        self._marks: defaultdict[int, dict[int, deque[Mark]]] = defaultdict(dict)
        for mark in sorted(marks, key=lambda mark: mark.place):
            self._marks[mark.printed].setdefault(mark.chapter, deque()).append(mark)
        self._answered: set[tuple[int, int]] = set()

    def answer(self, note: Note) -> bool:
        """Let a note answer a mark before it: in its own chapter, else in an earlier one.

        In an earlier chapter only a mark whose number was not answered there yet: a note may be
        named twice.
        """
        chapters = self._marks[note.printed]
        own = chapters.get(note.chapter)
        if own and own[0].place < note.place:
            return self._take(note, own)
        for chapter in reversed(chapters):
            if chapter < note.chapter and (note.printed, chapter) not in self._answered:
                return self._take(note, chapters[chapter])
        return False

    def answer_later(self, note: Note) -> bool:
        """Let a note that stands before its mark answer the first one left in its chapter."""
        own = self._marks[note.printed].get(note.chapter)
        return bool(own) and self._take(note, own)  # type: ignore[arg-type]

    def _take(self, note: Note, marks: deque[Mark]) -> bool:
        mark = marks.popleft()
        mark.note, note.chapter = note, mark.chapter
        self._answered.add((note.printed, mark.chapter))
        if not marks:
            del self._marks[note.printed][mark.chapter]
        return True


def _number(notes: list[Note]) -> None:
    chapters: defaultdict[int, list[Note]] = defaultdict(list)
    for note in notes:
        chapters[note.chapter].append(note)
    for found in chapters.values():
        printed = [note.printed for note in found]
        if len(set(printed)) == len(printed):
            for note in found:
                note.number = note.printed
            continue
        for number, note in enumerate(found, start=1):
            note.number = number
