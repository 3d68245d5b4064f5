"""Footnotes: which chapter each belongs to, and which marks point at it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

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
    marks: list[Mark] = field(default_factory=list)


def printed_number(unit: Unit) -> int | None:
    """Return the number before a note, or ``None``."""
    number = signs.superscript(unit.mark.strip())
    if number is not None:
        return number
    digits = _DIGITS.search(unit.mark)
    return int(digits[0][:6]) if digits is not None else None


def settle(notes: list[Note], marks: list[Mark]) -> list[Remark]:
    """Give each note its chapter and its number there, and each mark its note.

    Notes restart per chapter (or per page) and may stand after a later heading. A note belongs to
    the nearest unanswered mark of its number before it: in its own chapter, else in an earlier
    one. Where a number comes back within a chapter, its notes are counted anew.
    """
    open_marks: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in sorted(marks, key=lambda mark: mark.place, reverse=True):
        open_marks[mark.printed].append(mark)  # the first one is last, to be popped
    later: dict[int, list[Mark]] = {number: found for number, found in open_marks.items()}
    passed: defaultdict[int, list[Mark]] = defaultdict(list)
    remarks: list[Remark] = []
    lonely: list[Note] = []
    for note in notes:
        waiting = later.get(note.printed, [])
        before = passed[note.printed]
        while waiting and waiting[-1].place < note.place:
            before.append(waiting.pop())
        own = [mark for mark in before if mark.chapter == note.chapter]
        if own:
            _answer(note, own)
        elif before:
            home = before[-1].chapter
            _answer(note, [mark for mark in before if mark.chapter == home])
        else:
            lonely.append(note)
        answered = {id(mark) for mark in note.marks}
        passed[note.printed] = [mark for mark in before if id(mark) not in answered]
    for note in lonely:
        after = [m for m in later.get(note.printed, []) if m.chapter == note.chapter and not m.note]
        if after:
            _answer(note, after)
        else:
            remarks.append(
                Remark(
                    doubt=Doubt.FOOTNOTE_WITHOUT_MARK, text=note.unit.text, source=note.unit.keys[0]
                )
            )
    _number(notes)
    known = {(note.chapter, note.printed): note for note in reversed(notes)}
    for mark in marks:
        if mark.note is None:
            mark.note = known.get((mark.chapter, mark.printed))
        if mark.note is None:
            remarks.append(
                Remark(
                    doubt=Doubt.FOOTNOTE_WITHOUT_TEXT, text=str(mark.printed), source=mark.source
                )
            )
    return remarks


def _answer(note: Note, marks: list[Mark]) -> None:
    """One note answers one mark; the other marks of its number may have notes of their own."""
    first = min(marks, key=lambda mark: mark.place)
    note.chapter = first.chapter
    note.marks.append(first)
    first.note = note


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
