"""PDF files: lines to paragraphs, list items and footnotes, by where their letters stand.

``pdf_words`` finds the words, ``pdf_lines`` their lines and columns, ``pdf_paragraphs`` what goes
on with what. Headings stay lines in large or bold letters, unless bookmarks name them.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from programmes.reading.drafts import Draft, finished
from programmes.reading.errors import Code, Unreadable
from programmes.reading.pdf_lines import lines_of
from programmes.reading.pdf_paragraphs import Piece, Pieces, Seen, seen
from programmes.reading.pdf_words import Bookmark, PdfFile
from programmes.rules.blocks import Block, BlockKind
from programmes.rules.recognise.stitching import Stitcher
from programmes.rules.recognise.units import Shape, Unit

_LEAST_LETTERS = 20  # a scan may hold a stamp or a date
_CUT = re.compile(r"(\w+)([-/])$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_AFTER_HYPHEN = {"en", "én", "of", "óf", "als", "noch", "tot"}  # "zorg- en welzijn"
_KEY = re.compile(r"[\W_]+")


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
    pieces = Pieces([seen(line) for line in lines_of(pages)]).found
    drafts = _drafts(pieces)
    for page in pages:
        drafts += [
            Draft(kind=BlockKind.LINE, text=text, page=page.number, gap=True)
            for text in page.turned
        ]
    drafts.sort(key=lambda draft: draft.page or 0)  # stable: the order on a page stays
    _hint(drafts, bookmarks)
    return finished(drafts)


def _drafts(pieces: list[Piece]) -> list[Draft]:
    units = [
        [Unit(blocks=[_block(line)], parts=[line.text], shape=Shape.TEXT) for line in piece.lines]
        for piece in pieces
    ]
    stitcher = Stitcher([unit for of in units for unit in of])
    hyphenated = _is_hyphenated(pieces)
    drafts: list[Draft] = []
    for piece, (whole, *rest) in zip(pieces, units, strict=True):
        for line, unit in zip(piece.lines, rest, strict=False):
            if line.soft:
                whole.parts[-1] = whole.parts[-1].removesuffix("-")
                whole.parts.append(unit.text)
            elif _stays_whole(line, unit.text, hyphenated=hyphenated):
                whole.parts.append(unit.text)
            else:
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


def _is_hyphenated(pieces: list[Piece]) -> bool:
    """Tell whether words are cut at the ends of lines.

    Then most words that were cut occur elsewhere in the file without a hyphen; where words are
    never cut, a hyphen at the end of a line is one that belongs to the word.
    """
    words = Counter(
        match[0].casefold()
        for piece in pieces
        for line in piece.lines
        for match in _WORD.finditer(line.text)
    )
    balance = 0
    for piece in pieces:
        for line, after in pairwise(piece.lines):
            cut, rest = _CUT.search(line.text), _WORD.match(after.text)
            if cut and rest and cut[2] == "-":
                first, last = cut[1].casefold(), rest[0].casefold()
                balance += line.soft or first + last in words
                balance -= f"{first}-{last}" in words
    return balance > 0


def _stays_whole(line: Seen, after: str, *, hyphenated: bool) -> bool:
    """Tell whether a line ends on a sign within a word, which stays: "en/of", "PvdA-afdeling"."""
    match = _CUT.search(line.text)
    if match is None or not after[:1].isalpha():
        return False
    if match[2] == "/":
        return True
    if after.split(maxsplit=1)[0].casefold() in _AFTER_HYPHEN:
        return False
    return not hyphenated or any(map(str.isupper, match[1][1:]))


def _block(line: Seen) -> Block:
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
