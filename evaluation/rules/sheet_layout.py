"""Which column of a spreadsheet is which, and what stands in each row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from evaluation.rules.sheet import EDITABLE, READ_ONLY, Column, Computed, Given, Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the columns are. Their order is free; what is not there changes nothing.

    Attributes:
        places: column → place in a row, from 0.
        unknown: headers that name no column of ours.
        doubled: headers of columns that are there twice; the first one counts.
        missing: columns of ours that are not there.
    """

    places: dict[Column, int]
    unknown: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    @property
    def missing(self) -> list[Column]:
        """Columns of ours that are not there."""
        return [column for column in (*READ_ONLY, *EDITABLE) if column not in self.places]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its number in the sheet, and the cells of the columns that we know."""

    number: int
    cells: dict[Column, Given]

    def text(self, column: Column) -> str:
        """Return a cell's text; nothing for one that is not there or that is computed."""
        cell = self.cells.get(column, "")
        return "" if isinstance(cell, Computed) else cell


def layout(header: Sequence[Given], vocabulary: Vocabulary) -> Layout:
    """Return where the columns are."""
    found = Layout(places={})
    for place, cell in enumerate(header):
        name = cell.text if isinstance(cell, Computed) else cell
        if not name.strip():
            continue
        column = vocabulary.column(name)
        if column is None:
            found.unknown.append(name)
        elif column in found.places:
            found.doubled.append(name)
        else:
            found.places[column] = place
    return found


def rows(layout: Layout, lines: Iterable[tuple[int, Sequence[Given]]]) -> list[Row]:
    """Return the rows in which something stands in a column of ours."""
    found = []
    for number, cells in lines:
        row = Row(
            number=number,
            cells={
                column: cells[place] if place < len(cells) else ""
                for column, place in layout.places.items()
            },
        )
        if any(row.cells.values()):
            found.append(row)
    return found
