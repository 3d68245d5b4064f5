"""Rows of a spreadsheet from outside, and what reading them may cost at most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.characters import Unstorable, clean
from core.spreadsheets import text_of

MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_CELLS = 250_000
"""Cells with something in them, over the whole file."""

MOST_CHARACTERS = 20_000_000
MOST_ELEMENTS = 800_000
"""Elements of XML: twice what 5,000 rows of 20 columns take, and some three seconds of work."""

LONGEST_CELL = 40_000
"""Characters that a cell may hold; Excel itself stops at 32,767."""


class TooMuch(Exception):
    """A bound was passed."""


class Damaged(Exception):
    """It is not what it says to be."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that a program would compute. It is never computed here; ``text`` is for showing."""

    text: str = ""


ReadCell = str | Formula


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A row with something in it. Its cells end with the last one that is not empty."""

    number: int  # as the program that made it counts, from 1
    cells: list[ReadCell]


class Budget:
    """What has been read of a file so far; each method raises ``TooMuch`` past its bound.

    Attributes:
        elements: of XML; whoever reads them counts, for a call each would cost as much as reading.
    """

    def __init__(self) -> None:
        self.elements = 0
        self._cells = 0
        self._characters = 0

    def text(self, text: str) -> str:
        """Count the characters of a text and return it."""
        self._characters += len(text)
        if self._characters > MOST_CHARACTERS or len(text) > LONGEST_CELL:
            raise TooMuch
        return text

    def row(self, number: int, cells: list[ReadCell]) -> Iterator[ReadRow]:
        """Yield a row when something is in it."""
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            return
        self._cells += sum(1 for cell in cells if cell)
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS or self._cells > MOST_CELLS:
            raise TooMuch
        yield ReadRow(number=number, cells=cells)


def kept(text: str) -> str:
    """Return the text of a cell as it may be stored (``core.characters.clean``)."""
    if text.isascii() and text.isprintable():  # nearly all cells, at a tenth of the cost
        return text.strip()
    try:
        return clean(text)
    except Unstorable:
        return clean(text_of(text))
