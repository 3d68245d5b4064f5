"""Lines of a PDF to paragraphs, list items and footnotes.

A line goes on with the text before it unless something says otherwise: white space, a list sign,
other letters, another indent, or a line before it on which its first word would still have fitted.
Over the end of a column or page only a list item goes on, and only where it hangs under its own
text; sentences that were torn there are the recogniser's business.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby, pairwise

from programmes.reading.drafts import readable, sign, superscript, typed_sign
from programmes.reading.pdf_lines import Column, Line, main_word
from programmes.reading.pdf_words import Word
from programmes.rules.blocks import BlockKind

_LOOSE = 1.3  # times the usual distance between lines: white space
_OTHER_SIZE = 0.07
_INDENT = 0.7  # ems
_LARGE = 1.15  # times the size of running text: a heading
_SMALL_PRINT = 0.95  # of running text: a footnote
_ROOM = 0.6  # ems over, after the word that would have fitted
_MUCH_ROOM = 0.25  # of the width of the column
_ENDS = (".", "!", "?", ":", ";", "…")
_DIGITS_FIRST = re.compile(r"([⁰¹²³⁴-⁹]{1,3})\s*(?=\S)")
_RAISED = re.compile("[⁰¹²³⁴-⁹]+")
_FLAT_NUMBER = re.compile(r"(\d{1,3})\s+(?=\S)")


@dataclass(slots=True)
class Seen:
    """A line with what is asked of it often."""

    text: str
    mark: str
    x0: float
    x1: float
    text_x0: float
    first: float  # how wide its first word is
    y: float
    size: float
    bold: bool
    begins_bold: bool
    page: int
    column: Column
    edge: str
    entry: bool = False  # of a table of contents: a page number stands at its end
    soft: bool = False  # a hyphen at its end was put there to cut a word
    note: str = ""  # the number of the footnote that begins here

    @property
    def indent(self) -> float:
        """Ems from the edge of its column."""
        return (self.x0 - self.column.left) / self.size


@dataclass(slots=True)
class Piece:
    """A block under construction."""

    lines: list[Seen]
    kind: BlockKind
    mark: str = ""
    level: int = 0
    gap: bool = False
    hangs: float | None = None  # ems from the edge at which its lines go on

    @property
    def last(self) -> Seen:
        """Its last line."""
        return self.lines[-1]


def seen(line: Line) -> Seen:
    """Return a line with its list sign, or the number of its footnote, taken off."""
    whole = line.text
    text = readable(whole)
    words = line.words
    main = main_word(words)
    mark, text_x0 = "", words[0].x0
    lone = sign(words[0].text)
    apart = len(words) > 1 and words[1].x0 - words[0].x1 > 0.5 * main.size
    if (
        len(words) > 1
        and len(lone) == 1
        and (words[0].symbol or (lone == "o" and apart) or typed_sign(f"{lone} x"))
    ):
        # A sign font draws its own letters: "l" is a dot.
        mark = "•" if words[0].symbol and lone.isalnum() else lone
        text = readable(text[len(words[0].text) :])
        text_x0 = words[1].x0
    elif (typed := typed_sign(text)) is not None and not words[0].raised:
        mark, text = typed.mark, typed.text
        text_x0 = _after(words, len(mark))
    first = words[0].x1
    for word in words[1:]:
        if not word.glued:
            break
        first = word.x1
    return Seen(
        text=text,
        mark=mark,
        x0=line.x0,
        x1=line.x1,
        text_x0=text_x0,
        first=first - words[0].x0,
        y=main.y,
        size=main.size,
        bold=line.bold,
        begins_bold=words[0].bold,
        page=line.page,
        column=line.column,
        edge=line.edge,
        entry="\t" in whole,
        soft=whole.endswith(("\u2010", "\u00ad")),
    )


def _after(words: list[Word], letters: int) -> float:
    """Return where the word begins that comes after so many letters."""
    for before, word in pairwise(words):
        letters -= len(before.text)
        if letters <= 0:
            return word.x0
    return words[0].x0


class Pieces:
    """Puts the lines of a file together."""

    def __init__(self, lines: list[Seen]) -> None:
        self.found: list[Piece] = []
        self._body = _running(lines)
        _find_notes(lines, self._body)
        self._pitch = _pitch(lines, self._body)
        self._hanging = _usually_hangs(lines)
        self._main: Piece | None = None  # what text may go on with
        self._note: Piece | None = None
        self._levels: list[float] = []  # indents of the list that is open, in ems
        before: Seen | None = None
        for line in lines:
            self._add(line, before)
            before = line

    def _add(self, line: Seen, before: Seen | None) -> None:
        if line.edge:
            self.found.append(Piece([line], BlockKind.LINE, line.mark, gap=True))
            return
        near = (
            before is not None
            and before.column is line.column
            and before.page == line.page
            and not before.edge
        )
        if line.note:
            self._note = Piece([line], BlockKind.FOOTNOTE, line.note, gap=True)
            self.found.append(self._note)
            return
        if near and before is not None and self._note is not None:
            if self._note.last is before and self._note_goes_on(line, before):
                self._note.lines.append(line)
                return
        elif not near and self._note is not None and self._note.last is not before:
            self._note = None
        if self._main is not None and self._goes_on(self._main, line, before, near=near):
            self._main.lines.append(line)
            if self._main.hangs is None:
                self._main.hangs = line.indent
            return
        self._begin(line, before, near=near)

    def _begin(self, line: Seen, before: Seen | None, *, near: bool) -> None:
        gap = True
        if near and before is not None:
            gap = line.y - before.y > _LOOSE * self._distance(line, before)
        kind = BlockKind.BULLET if line.mark else BlockKind.LINE
        piece = Piece([line], kind, line.mark, gap=gap)
        if line.mark:
            piece.level = self._level(line.indent)
        elif gap or line.indent < _INDENT:
            self._levels = []
        self.found.append(piece)
        self._main, self._note = piece, None

    def _level(self, indent: float) -> int:
        while self._levels and self._levels[-1] > indent + _INDENT:
            self._levels.pop()
        if not self._levels or self._levels[-1] < indent - _INDENT:
            self._levels.append(indent)
        return len(self._levels) - 1

    def _distance(self, line: Seen, before: Seen) -> float:
        return self._pitch * max(line.size, before.size)

    def _note_goes_on(self, line: Seen, before: Seen) -> bool:
        return (
            not line.mark
            and abs(line.size - before.size) <= _OTHER_SIZE * before.size
            and line.y - before.y <= _LOOSE * self._distance(line, before)
            and not _would_fit(before, line)
        )

    def _goes_on(self, main: Piece, line: Seen, before: Seen | None, *, near: bool) -> bool:
        last = main.last
        other_size = abs(line.size - last.size) > _OTHER_SIZE * last.size
        if line.mark or other_size or (before is last and _changes_weight(last, line)):
            return False
        if not near or before is not last:
            return self._goes_on_elsewhere(main, line)
        if not 0 <= line.y - last.y <= _LOOSE * self._distance(line, last):
            return False
        full = not _would_fit(last, line)
        if main.kind is BlockKind.BULLET:
            return self._item_goes_on(main, line, full=full)
        if line.size > _LARGE * self._body:
            return full and line.bold == last.bold  # titles may stand in the middle
        begins_further_in = len(main.lines) == 1 and line.indent < last.indent
        return full and (begins_further_in or abs(line.indent - last.indent) <= _INDENT)

    def _goes_on_elsewhere(self, main: Piece, line: Seen) -> bool:
        """Over the end of a column or page: where a list item hangs under its own text."""
        if main.kind is not BlockKind.BULLET or main.last.bold != line.bold:
            return False
        hangs = self._text_indent(main)
        return (
            hangs - main.lines[0].indent > _INDENT
            and abs(line.indent - hangs) < _INDENT
            and line.indent > _INDENT
        )

    def _text_indent(self, main: Piece) -> float:
        first = main.lines[0]
        return (first.text_x0 - first.column.left) / first.size

    def _item_goes_on(self, main: Piece, line: Seen, *, full: bool) -> bool:
        hangs = main.hangs if main.hangs is not None else self._text_indent(main)
        if abs(line.indent - hangs) < _INDENT:
            return full or main.hangs is not None or hangs - main.lines[0].indent > _INDENT
        if main.hangs is not None or not full:
            return False
        # Its second line may begin under its sign, unless the lists of this file do otherwise.
        return not self._hanging and abs(line.indent - main.lines[0].indent) < _INDENT


def _find_notes(lines: list[Seen], body: float) -> None:
    """Take the numbers off the lines at which footnotes begin.

    They are raised, or they stand, as raised digits in the text of the page refer to them, before
    the last paragraphs of a column.
    """
    for _page, group in groupby(lines, key=lambda line: line.page):
        page = [line for line in group if not line.edge]
        raised = {digits for line in page for digits in _RAISED.findall(line.text[1:])}
        for line in page:
            found = _DIGITS_FIRST.match(line.text)
            if found and (found[1] in raised or line.size <= _SMALL_PRINT * body):
                line.note, line.text = found[1], line.text[found.end() :]
        for _column, of in groupby(page, key=lambda line: id(line.column)):
            _find_flat_notes(list(of), raised, body)


def _find_flat_notes(column: list[Seen], raised: set[str], body: float) -> None:
    found: list[tuple[Seen, str, str]] = []
    for line in reversed(column):
        if line.mark or line.bold or line.size > _LARGE * body:
            break
        match = _FLAT_NUMBER.match(line.text)
        if match and superscript(match[1]) in raised:
            found.append((line, superscript(match[1]), line.text[match.end() :]))
    for line, note, text in found:
        line.note, line.text = note, text


def _would_fit(before: Seen, line: Seen) -> bool:
    """Tell whether the first word of ``line`` would have fitted on the line before it."""
    if before.entry or line.entry:
        return True
    room = before.column.right - before.x1
    over = room - line.first - 0.25 * line.size
    if over <= _ROOM * line.size:
        return False
    if before.text.endswith(_ENDS) or not line.text[:1].islower():
        return True
    return over > _MUCH_ROOM * (before.column.right - before.column.left)


def _changes_weight(before: Seen, line: Seen) -> bool:
    """Tell whether a bold heading ends here, or begins: not a sentence that is bold in part."""
    if before.bold and not line.begins_bold:
        return not before.text.endswith(_ENDS)
    return line.bold and not before.bold and before.text.endswith(_ENDS)


def _running(lines: list[Seen]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _pitch(lines: list[Seen], body: float) -> float:
    """Return the usual distance between lines, in ems."""
    steps: Counter[float] = Counter()
    for before, line in pairwise(lines):
        if before.column is line.column and before.size == line.size == body and not line.edge:
            step = round((line.y - before.y) / body, 2)
            if 0.8 < step < 3:  # noqa: PLR2004 - closer is the same line, further is white space
                steps[step] += len(before.text)
    return steps.most_common(1)[0][0] if steps else 1.3


def _usually_hangs(lines: list[Seen]) -> bool:
    """Tell whether list items go on under their text rather than under their sign."""
    hanging = other = 0
    for before, line in pairwise(lines):
        if before.mark and not line.mark and before.column is line.column:
            hanging += abs(line.x0 - before.text_x0) < _INDENT * line.size
            other += abs(line.x0 - before.x0) < _INDENT * line.size
    return hanging > other
