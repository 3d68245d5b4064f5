"""PDF files: lines to paragraphs, list items and footnotes, by where their letters stand.

A line goes on with the text before it unless something says otherwise: white space, a list sign,
other letters, another indent, or a line before it on which its first word would still have fitted.
Over the end of a column or page only a list item goes on, and only where it hangs under its own
text; sentences that were torn there are the recogniser's business. Headings are lines in large or
bold letters, unless the file has bookmarks that name them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby, pairwise

from programmes.reading.drafts import Draft, finished, readable, sign, superscript, typed_sign
from programmes.reading.errors import Code, Unreadable
from programmes.reading.pdf_lines import Column, Line, lines_of, main_word
from programmes.reading.pdf_words import Bookmark, PdfFile, Word
from programmes.rules.blocks import Block, BlockKind
from programmes.rules.recognise.stitching import Stitcher
from programmes.rules.recognise.units import Shape, Unit

_LEAST_LETTERS = 20  # a scan may hold a stamp or a date
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
_KEY = re.compile(r"[\W_]+")


@dataclass(slots=True)
class _Seen:
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
    page: int
    column: Column
    edge: str
    entry: bool = False  # of a table of contents: a page number stands at its end
    note: str = ""  # the number of the footnote that begins here

    @property
    def indent(self) -> float:
        """Ems from the edge of its column."""
        return (self.x0 - self.column.left) / self.size


@dataclass(slots=True)
class _Piece:
    """A block under construction."""

    lines: list[_Seen]
    kind: BlockKind
    mark: str = ""
    level: int = 0
    gap: bool = False
    hangs: float | None = None  # ems from the edge at which its lines go on

    @property
    def last(self) -> _Seen:
        """Its last line."""
        return self.lines[-1]


def read_pdf(content: bytes) -> list[Block]:
    """Return the blocks of a PDF.

    Raises:
        Unreadable: it is damaged, or holds no text but only pictures.
    """
    file = PdfFile(content)
    try:
        pages = list(file.pages())
        bookmarks = file.bookmarks()
    finally:
        file.close()
    letters = sum(len(word.text) for page in pages for word in page.words)
    if letters + sum(len(text) for page in pages for text in page.turned) < _LEAST_LETTERS:
        raise Unreadable(Code.NO_TEXT)
    pieces = _Pieces([_seen(line) for line in lines_of(pages)]).found
    drafts = _drafts(pieces)
    for page in pages:
        drafts += [
            Draft(kind=BlockKind.LINE, text=text, page=page.number, gap=True)
            for text in page.turned
        ]
    drafts.sort(key=lambda draft: draft.page or 0)  # stable: the order on a page stays
    _hint(drafts, bookmarks)
    return finished(drafts)


def _seen(line: Line) -> _Seen:
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
    return _Seen(
        text=text,
        mark=mark,
        x0=line.x0,
        x1=line.x1,
        text_x0=text_x0,
        first=first - words[0].x0,
        y=main.y,
        size=main.size,
        bold=line.bold,
        page=line.page,
        column=line.column,
        edge=line.edge,
        entry="\t" in whole,
    )


def _after(words: list[Word], letters: int) -> float:
    """Return where the word begins that comes after so many letters."""
    for before, word in pairwise(words):
        letters -= len(before.text)
        if letters <= 0:
            return word.x0
    return words[0].x0


class _Pieces:
    """Puts the lines of a file together."""

    def __init__(self, lines: list[_Seen]) -> None:
        self.found: list[_Piece] = []
        self._body = _running(lines)
        _find_notes(lines, self._body)
        self._pitch = _pitch(lines, self._body)
        self._hanging = _usually_hangs(lines)
        self._main: _Piece | None = None  # what text may go on with
        self._note: _Piece | None = None
        self._levels: list[float] = []  # indents of the list that is open, in ems
        before: _Seen | None = None
        for line in lines:
            self._add(line, before)
            before = line

    def _add(self, line: _Seen, before: _Seen | None) -> None:
        if line.edge:
            self.found.append(_Piece([line], BlockKind.LINE, line.mark, gap=True))
            return
        near = (
            before is not None
            and before.column is line.column
            and before.page == line.page
            and not before.edge
        )
        if line.note:
            self._note = _Piece([line], BlockKind.FOOTNOTE, line.note, gap=True)
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

    def _begin(self, line: _Seen, before: _Seen | None, *, near: bool) -> None:
        gap = True
        if near and before is not None:
            gap = line.y - before.y > _LOOSE * self._distance(line, before)
        kind = BlockKind.BULLET if line.mark else BlockKind.LINE
        piece = _Piece([line], kind, line.mark, gap=gap)
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

    def _distance(self, line: _Seen, before: _Seen) -> float:
        return self._pitch * max(line.size, before.size)

    def _note_goes_on(self, line: _Seen, before: _Seen) -> bool:
        return (
            not line.mark
            and abs(line.size - before.size) <= _OTHER_SIZE * before.size
            and line.y - before.y <= _LOOSE * self._distance(line, before)
            and not _would_fit(before, line)
        )

    def _goes_on(self, main: _Piece, line: _Seen, before: _Seen | None, *, near: bool) -> bool:
        last = main.last
        if line.mark or abs(line.size - last.size) > _OTHER_SIZE * last.size:
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

    def _goes_on_elsewhere(self, main: _Piece, line: _Seen) -> bool:
        """Over the end of a column or page: where a list item hangs under its own text."""
        if main.kind is not BlockKind.BULLET or main.last.bold != line.bold:
            return False
        hangs = self._text_indent(main)
        return (
            hangs - main.lines[0].indent > _INDENT
            and abs(line.indent - hangs) < _INDENT
            and line.indent > _INDENT
        )

    def _text_indent(self, main: _Piece) -> float:
        first = main.lines[0]
        return (first.text_x0 - first.column.left) / first.size

    def _item_goes_on(self, main: _Piece, line: _Seen, *, full: bool) -> bool:
        hangs = main.hangs if main.hangs is not None else self._text_indent(main)
        if abs(line.indent - hangs) < _INDENT:
            return full or main.hangs is not None or hangs - main.lines[0].indent > _INDENT
        if main.hangs is not None or not full:
            return False
        # Its second line may begin under its sign, unless the lists of this file do otherwise.
        return not self._hanging and abs(line.indent - main.lines[0].indent) < _INDENT


def _find_notes(lines: list[_Seen], body: float) -> None:
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


def _find_flat_notes(column: list[_Seen], raised: set[str], body: float) -> None:
    found: list[tuple[_Seen, str, str]] = []
    for line in reversed(column):
        if line.mark or line.bold or line.size > _LARGE * body:
            break
        match = _FLAT_NUMBER.match(line.text)
        if match and superscript(match[1]) in raised:
            found.append((line, superscript(match[1]), line.text[match.end() :]))
    for line, note, text in found:
        line.note, line.text = note, text


def _would_fit(before: _Seen, line: _Seen) -> bool:
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


def _running(lines: list[_Seen]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _pitch(lines: list[_Seen], body: float) -> float:
    """Return the usual distance between lines, in ems."""
    steps: Counter[float] = Counter()
    for before, line in pairwise(lines):
        if before.column is line.column and before.size == line.size == body and not line.edge:
            step = round((line.y - before.y) / body, 2)
            if 0.8 < step < 3:  # noqa: PLR2004 - closer is the same line, further is white space
                steps[step] += len(before.text)
    return steps.most_common(1)[0][0] if steps else 1.3


def _usually_hangs(lines: list[_Seen]) -> bool:
    """Tell whether list items go on under their text rather than under their sign."""
    hanging = other = 0
    for before, line in pairwise(lines):
        if before.mark and not line.mark and before.column is line.column:
            hanging += abs(line.x0 - before.text_x0) < _INDENT * line.size
            other += abs(line.x0 - before.x0) < _INDENT * line.size
    return hanging > other


def _drafts(pieces: list[_Piece]) -> list[Draft]:
    units = [
        [Unit(blocks=[_block(line)], parts=[line.text], shape=Shape.TEXT) for line in piece.lines]
        for piece in pieces
    ]
    stitcher = Stitcher([unit for of in units for unit in of])
    drafts: list[Draft] = []
    for piece, (whole, *rest) in zip(pieces, units, strict=True):
        for unit in rest:
            stitcher.add(whole, unit.text)
        first = piece.lines[0]
        letters = [line for line in piece.lines if line.text]
        # A number at the edge of a page is no list number.
        is_edge = bool(first.edge) and piece.kind is BlockKind.LINE
        drafts.append(
            Draft(
                kind=piece.kind,
                text=f"{piece.mark} {whole.text}".strip() if is_edge else whole.text,
                mark="" if is_edge else piece.mark,
                level=piece.level,
                page=first.page,
                gap=piece.gap,
                bold=bool(letters) and all(line.bold for line in letters),
                points=first.size,
                indent=0 if piece.kind is BlockKind.FOOTNOTE else max(round(first.indent), 0),
            )
        )
    return drafts


def _block(line: _Seen) -> Block:
    return Block(number=0, kind=BlockKind.LINE, text=line.text or "-")


def _hint(drafts: list[Draft], bookmarks: list[Bookmark]) -> None:
    """Make headings of the lines that bookmarks name, on the page that they name.

    What stands before them in larger letters than any of them is the title, one level higher.
    """
    named: dict[tuple[int | None, str], int] = {}
    for bookmark in bookmarks:
        named.setdefault((bookmark.page, _key(bookmark.title)), bookmark.level)
    found: list[Draft] = []
    for draft in drafts:
        if draft.kind in {BlockKind.LINE, BlockKind.BULLET} and named:
            key = (draft.page, _key(f"{draft.mark} {draft.text}"))
            level = named.pop(key, None) or named.pop((draft.page, _key(draft.text)), None)
            if level is not None:
                draft.kind, draft.level = BlockKind.HEADING, level
                found.append(draft)
    largest = max((draft.points or 0 for draft in found), default=0)
    before = drafts[: next((at for at, draft in enumerate(drafts) if draft in found), 0)]
    title = max(before, key=lambda draft: draft.points or 0, default=None)
    if title is not None and (title.points or 0) > largest:
        for draft in found:
            draft.level += 1
        title.kind, title.level = BlockKind.HEADING, 1


def _key(text: str) -> str:
    return _KEY.sub("", text).casefold()
