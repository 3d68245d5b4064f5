"""The words of a PDF with their place and letter, as PDFium finds them on the page.

Places are in points from the top left corner of the page as it is shown; ``y`` is the line on
which the letters stand.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from pypdfium2 import raw

from programmes.reading.errors import Code, Unreadable

MOST_PAGES = 2_000
"""Pages that a PDF may have."""

_BOLD = re.compile(r"bold|black|heavy|demi(?!t)", re.IGNORECASE)
_SYMBOL_FONT = re.compile(r"symbol|dingbat", re.IGNORECASE)
_FORCED_BOLD = 1 << 18
_STROKED = 2  # filled and stroked: how some programs make letters bold
_SPACE = 0.35  # ems between words, without a space, that part them
_BACK = 0.05  # ems back from where the last letter began: both of a ligature begin at one place
_STEP = 1.4  # ems from one letter to the next
_SHIFT = 0.12  # ems up or down: another line, or a raised digit
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\uffff": "", "\x00": ""}
_WHITE = set(" \t\r\n\u00a0\u2007\u202f\u3000")
_UPRIGHT = 0.2
_DRAWN = (0.12, 0.75)  # ems: how large a drawn list sign may be
_MOST_SHAPES = 400  # on one page; more is a drawing


@dataclass(slots=True)
class Word:
    """Letters of one look that stand together.

    ``glued`` tells that no space stands between it and the word before it; ``symbol`` that its
    font holds signs instead of letters; ``raised`` that it stands higher than its line.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    symbol: bool = False
    glued: bool = False
    raised: bool = False


@dataclass(slots=True)
class Page:
    """One page: its words in the order in which the file draws them."""

    number: int  # from 1
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    turned: list[str] = field(default_factory=list)  # texts that stand on their side


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; 1 is the highest level."""

    title: str
    level: int
    page: int | None


@dataclass(frozen=True, slots=True)
class _Look:
    size: float
    bold: bool
    symbol: bool
    upright: bool


class PdfFile:
    """A PDF that is open; close it after use."""

    def __init__(self, content: bytes) -> None:
        try:
            self._file = pdfium.PdfDocument(content)
            self.page_count = len(self._file)
        except pdfium.PdfiumError as wrong:
            raise Unreadable(Code.DAMAGED) from wrong
        if self.page_count > MOST_PAGES:
            raise Unreadable(Code.TOO_MANY_BLOCKS)

    def close(self) -> None:
        """Give its memory back."""
        self._file.close()

    def pages(self) -> Iterator[Page]:
        """Yield the pages one by one; a page that PDFium cannot open is left out."""
        for at in range(self.page_count):
            try:
                page = self._file[at]
                letters = page.get_textpage()
            except pdfium.PdfiumError:
                continue
            yield _Letters(page, letters, at + 1).read()
            letters.close()
            page.close()

    def bookmarks(self) -> list[Bookmark]:
        """Return the outline, in order; nothing when it is broken."""
        found: list[Bookmark] = []
        try:
            for entry in self._file.get_toc(max_depth=6):
                target = entry.get_dest()
                page = None if target is None else target.get_index()
                title = entry.get_title()
                found.append(Bookmark(title, entry.level + 1, None if page is None else page + 1))
        except (pdfium.PdfiumError, UnicodeError, ValueError):
            return []
        return found


class _Letters:
    """Gathers the letters of one page to words."""

    def __init__(self, page: pdfium.PdfPage, letters: pdfium.PdfTextPage, number: int) -> None:
        self._page = page
        self._letters = letters
        self._raw = letters.raw
        self._count = letters.count_chars()
        self._turn = page.get_rotation() // 90 % 4
        # As it is shown, and as its letters are placed.
        width, height = page.get_width(), page.get_height()
        self._across, self._up = (height, width) if self._turn % 2 else (width, height)
        left, bottom, _right, top = page.get_mediabox()
        self._left, self._bottom = min(left, _right), min(bottom, top)
        self.page = Page(number=number, width=width, height=height)
        self._looks: dict[int, _Look] = {}
        self._fonts: dict[int, tuple[bool, bool]] = {}
        self._turned = ""
        self._last = 0  # the index of the last letter of the word that is open
        self._box = raw.FS_RECTF()

    def read(self) -> Page:
        """Return the page.

        PDFium itself puts a space or a line end where letters of two words or lines meet, except
        after a hyphen. So a letter that follows a letter belongs to its word, and only the others
        are asked where they stand: calls into the library are what reading costs.
        """
        word: Word | None = None
        apart, lettered = True, False
        for index, letter in enumerate(self._text()):
            if letter in _WHITE:
                apart, lettered = True, False
                continue
            both, lettered = lettered, letter.isalpha()
            if word is not None and not apart:
                if (both and lettered) or self._goes_on(word, index):
                    word.text += letter
                    self._last = index
                    continue
                word.x1 = self._right(word)
            elif word is not None:
                word.x1 = self._right(word)
            self._last = index
            look = self._look(index)
            if not look.upright:
                self._turned += (" " if apart else "") + letter
                word, apart = None, False
                continue
            x0, y = self._origin(index)
            near = word is not None and abs(x0 - word.x1) < _SPACE * look.size
            glued = near and not apart
            word = Word(letter, x0, x0, y, look.size, look.bold, look.symbol, glued)
            # The letters of a sign font are signs of their own.
            lettered = lettered and not look.symbol
            self.page.words.append(word)
            apart = False
        if word is not None:
            word.x1 = self._right(word)
        if self._turned.strip():
            self.page.turned.append(self._turned.strip())
        self.page.words += self._drawn_signs()
        return self.page

    def _text(self) -> list[str]:
        """Return the letters by their index."""
        text = self._letters.get_text_range() if self._count else ""
        if len(text) != self._count:  # some letter has no place in it
            codes = (raw.FPDFText_GetUnicode(self._raw, index) for index in range(self._count))
            text = "".join(chr(min(code, 0x10FFFF)) for code in codes)
        return [_HYPHENS.get(letter, letter) for letter in text]

    def _origin(self, index: int) -> tuple[float, float]:
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self._raw, index, ctypes.byref(x), ctypes.byref(y))
        return self._placed(x.value, y.value)

    def _goes_on(self, word: Word, index: int) -> bool:
        x0, y = self._origin(index)
        step = (x0 - self._origin(self._last)[0]) / word.size
        signs = word.symbol and len(word.text) == 1
        return -_BACK < step < _STEP and abs(y - word.y) < _SHIFT * word.size and not signs

    def _right(self, word: Word) -> float:
        """Return where the last letter of ``word`` ends."""
        box = self._box
        raw.FPDFText_GetLooseCharBox(self._raw, self._last, ctypes.byref(box))
        ends = (
            self._placed(box.left, box.bottom)[0],
            self._placed(box.right, box.top)[0],
        )
        return max(*ends, word.x0)

    def _placed(self, x: float, y: float) -> tuple[float, float]:
        """Return a place as it is shown, from the top left corner."""
        if self._turn == 0:
            return x - self._left, self._up + self._bottom - y
        x, y = x - self._left, y - self._bottom
        if self._turn == 1:
            return y, x
        if self._turn == 2:  # noqa: PLR2004 - upside down
            return self._across - x, y
        return self._up - y, self._across - x

    def _look(self, index: int) -> _Look:
        drawn = raw.FPDFText_GetTextObject(self._raw, index)
        key = ctypes.cast(drawn, ctypes.c_void_p).value or 0
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._new_look(index, drawn)
        return look

    def _new_look(self, index: int, drawn: object) -> _Look:
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._raw, index, matrix)
        size = raw.FPDFText_GetFontSize(self._raw, index)
        tall = (matrix.c**2 + matrix.d**2) ** 0.5
        size = round(abs(size * tall), 1) or 1.0
        font = raw.FPDFTextObj_GetFont(drawn) if drawn else None
        key = ctypes.cast(font, ctypes.c_void_p).value if font else None
        bold = symbol = False
        if font and key:
            if key not in self._fonts:
                self._fonts[key] = _font(font)
            bold, symbol = self._fonts[key]
            bold = bold or raw.FPDFTextObj_GetTextRenderMode(drawn) == _STROKED
        a, b = matrix.a, matrix.b
        along, across = ((a, -b), (b, a), (-a, b), (-b, -a))[self._turn]
        return _Look(size, bold, symbol, along > 0 and abs(across) <= _UPRIGHT * along)

    def _drawn_signs(self) -> Iterator[Word]:
        """Yield a word "•" for each small round or square shape that stands before a line."""
        if self._turn:
            return
        starts = [word for word in self.page.words if not word.glued]
        count = 0
        for shape in self._page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=2):
            count += 1
            if count > _MOST_SHAPES:
                return
            try:
                left, bottom, right, top = shape.get_bounds()
            except pdfium.PdfiumError:
                continue
            x0, high = self._placed(left, top)
            x1, low = self._placed(right, bottom)
            wide, tall = x1 - x0, low - high
            if not (wide > 0 and tall > 0 and abs(wide - tall) <= 0.25 * max(wide, tall)):
                continue
            for word in starts:
                small, large = (share * word.size for share in _DRAWN)
                if (
                    small <= wide <= large
                    and word.y - word.size < high
                    and low < word.y + 0.1 * word.size
                    and 0 < word.x0 - x1 < 3 * word.size
                    and not any(
                        abs(other.y - word.y) < word.size / 2
                        and other.x0 < word.x0 - 0.1
                        and other.x1 > x0 - 3 * word.size
                        for other in starts
                    )
                ):
                    yield Word("•", x0, x1, word.y, word.size)
                    break


def _font(font: object) -> tuple[bool, bool]:
    """Tell whether a font is bold, and whether it holds signs."""
    room = ctypes.create_string_buffer(200)
    length = raw.FPDFFont_GetBaseFontName(font, room, 200)
    name = room.raw[: max(min(length, 200) - 1, 0)].decode("utf-8", "replace")
    bold = bool(_BOLD.search(name)) or bool(raw.FPDFFont_GetFlags(font) & _FORCED_BOLD)
    return bold, bool(_SYMBOL_FONT.search(name))
