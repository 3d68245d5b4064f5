"""Tables: which column holds the measures, and which say chapter and section.

A first row with words such as "hoofdstuk" and "voorstel" says so. Without one, in a file that is a
table and nothing else, the column with the longest texts holds the measures, and a column before
it that repeats itself names the chapters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from programmes.rules.recognise.units import Shape, Unit, words

_CHAPTER = re.compile(
    r"(?:hoofdstuk|thema|domein|programma|portefeuille|chapter|theme|categorie|beleidsterrein)(?:naam|titel)?",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"(?:paragraaf|sectie|onderwerp|sub\s?thema|onderdeel|section|kopje)(?:naam|titel)?",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"(?:verkiezings)?(?:voorstel|belofte|maatregel|tekst|actie|actiepunt|afspraak|ambitie|measure|"
    r"promise|doelstelling|wat gaan we doen|omschrijving|standpunt)(?:en|s|n)?",
    re.IGNORECASE,
)
_SAMPLE: Final = 400
_LEAST_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row the texts stand; ``None`` for what the table does not say."""

    measure: int
    chapter: int | None = None
    section: int | None = None


def head(unit: Unit) -> Columns | None:
    """Return the columns that a head row names, or ``None`` for another row."""
    found: dict[str, int] = {}
    for column, cell in enumerate(unit.first.cells):
        name = cell.strip(" .:*").split("/")[0].strip()
        for part, pattern in (("measure", _MEASURE), ("chapter", _CHAPTER), ("section", _SECTION)):
            if part not in found and pattern.fullmatch(name):
                found[part] = column
                break
    if "measure" not in found:
        return None
    return Columns(found["measure"], found.get("chapter"), found.get("section"))


def guess(units: list[Unit]) -> Columns | None:
    """Guess the columns of a file that is mostly rows, or return ``None``."""
    rows = [unit.first.cells for unit in units if unit.shape is Shape.ROW]
    if len(rows) * 5 < len(units) * 4 or not rows:
        return None
    rows = rows[:_SAMPLE]
    width = max(len(row) for row in rows)
    columns = [[row[column] for row in rows if column < len(row)] for column in range(width)]
    lengths = [sum(words(cell) for cell in cells) / len(rows) for cells in columns]
    measure = lengths.index(max(lengths))
    if lengths[measure] < _LEAST_WORDS:
        return None
    for column in range(measure):
        filled = [cell for cell in columns[column] if cell]
        if filled and len(set(filled)) * 2 <= len(rows) and not all(c.isdigit() for c in filled):
            return Columns(measure, column)
    return Columns(measure)


def cell(unit: Unit, column: int | None) -> str:
    """Return the text of one cell of a row; empty for a column that is not there."""
    cells = unit.first.cells
    return cells[column].strip() if column is not None and column < len(cells) else ""
