"""The twelve provinces, each with a place on a map of equal tiles."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple


class Province(StrEnum):
    """A province; the value is its CBS code, ``PV20`` … ``PV31``.

    ``Province("PV26")`` gives a member; an unknown code raises ``ValueError``.
    """

    GRONINGEN = "PV20"
    FRYSLAN = "PV21"
    DRENTHE = "PV22"
    OVERIJSSEL = "PV23"
    FLEVOLAND = "PV24"
    GELDERLAND = "PV25"
    UTRECHT = "PV26"
    NOORD_HOLLAND = "PV27"
    ZUID_HOLLAND = "PV28"
    ZEELAND = "PV29"
    NOORD_BRABANT = "PV30"
    LIMBURG = "PV31"

    @property
    def code(self) -> str:
        """The CBS code, ``PV`` and two digits."""
        return self.value

    @property
    def dutch_name(self) -> str:
        """The name to show; Fryslân has its Frisian name, as CBS has it."""
        return _DETAILS[self].dutch_name

    @property
    def abbreviation(self) -> str:
        """Two capital letters."""
        return _DETAILS[self].abbreviation

    @property
    def column(self) -> int:
        """Tile column, from west (0) to east (3)."""
        return _DETAILS[self].column

    @property
    def row(self) -> int:
        """Tile row, from north (0) to south (3)."""
        return _DETAILS[self].row


class _Details(NamedTuple):
    dutch_name: str
    abbreviation: str
    column: int
    row: int


_DETAILS: Final = {
    Province.GRONINGEN: _Details("Groningen", "GR", 3, 0),
    Province.FRYSLAN: _Details("Fryslân", "FR", 2, 0),
    Province.DRENTHE: _Details("Drenthe", "DR", 3, 1),
    Province.OVERIJSSEL: _Details("Overijssel", "OV", 3, 2),
    Province.FLEVOLAND: _Details("Flevoland", "FL", 2, 1),
    Province.GELDERLAND: _Details("Gelderland", "GE", 2, 2),
    Province.UTRECHT: _Details("Utrecht", "UT", 1, 2),
    Province.NOORD_HOLLAND: _Details("Noord-Holland", "NH", 1, 1),
    Province.ZUID_HOLLAND: _Details("Zuid-Holland", "ZH", 0, 2),
    Province.ZEELAND: _Details("Zeeland", "ZE", 0, 3),
    Province.NOORD_BRABANT: _Details("Noord-Brabant", "NB", 1, 3),
    Province.LIMBURG: _Details("Limburg", "LI", 2, 3),
}
