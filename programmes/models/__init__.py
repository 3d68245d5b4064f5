"""The tables of this room."""

from __future__ import annotations

from programmes.models.base import BaseDecision, BasePublication
from programmes.models.importing import ProgrammeImport
from programmes.models.programme import (
    Chapter,
    CrossReference,
    Example,
    Footnote,
    Measure,
    Programme,
    Section,
)

__all__ = [
    "BaseDecision",
    "BasePublication",
    "Chapter",
    "CrossReference",
    "Example",
    "Footnote",
    "Measure",
    "Programme",
    "ProgrammeImport",
    "Section",
]
