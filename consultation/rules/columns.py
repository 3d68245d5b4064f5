"""What the columns of a survey mean: guessed from their headers and what stands under them.

A person looks at the guess and corrects it; the correction is remembered for the next file with the
same columns (``fingerprint``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from consultation.rules.words import words


class Meaning(StrEnum):
    """What stands in a column; values are stored."""

    IGNORE = "ignore"
    TEXT = "text"
    THEME = "theme"
    ROLE = "role"
    MEMBER = "member"
    NEIGHBOURHOOD = "neighbourhood"
    NAME = "name"
    EMAIL = "email"
    ORGANISATION = "organisation"
    DAY = "day"
    ANSWER = "answer"


# Only one column can mean such a thing; of texts there may be as many as there are questions.
ONCE: Final = frozenset(Meaning) - {Meaning.IGNORE, Meaning.TEXT}

# Words of a header, Dutch and English, without accents; the first meaning that fits is guessed.
_HEADERS: Final[Mapping[Meaning, frozenset[str]]] = {
    Meaning.EMAIL: frozenset(["email", "mail", "mailadres", "emailadres"]),
    Meaning.DAY: frozenset(
        [
            "datum",
            "date",
            "tijdstempel",
            "timestamp",
            "tijd",
            "time",
            "ingevuld",
            "submitted",
            "verzonden",
            "startdatum",
        ]
    ),
    Meaning.THEME: frozenset(
        ["thema", "theme", "onderwerp", "topic", "subject", "categorie", "category"]
    ),
    Meaning.NEIGHBOURHOOD: frozenset(
        [
            "wijk",
            "buurt",
            "dorp",
            "kern",
            "stadsdeel",
            "postcode",
            "neighbourhood",
            "neighborhood",
            "district",
        ]
    ),
    Meaning.MEMBER: frozenset(["lid", "partijlid", "member", "lidmaatschap", "membership"]),
    Meaning.ORGANISATION: frozenset(
        [
            "organisatie",
            "vereniging",
            "bedrijf",
            "stichting",
            "club",
            "organisation",
            "organization",
            "company",
        ]
    ),
    Meaning.ROLE: frozenset(["rol", "role", "hoedanigheid", "functie"]),
    Meaning.NAME: frozenset(["naam", "name", "voornaam", "achternaam"]),
    Meaning.TEXT: frozenset(
        [
            "idee",
            "inbreng",
            "wens",
            "opmerking",
            "opmerkingen",
            "toelichting",
            "bericht",
            "antwoord",
            "voorstel",
            "reactie",
            "tekst",
            "idea",
            "comment",
            "comments",
            "message",
            "answer",
            "proposal",
            "text",
            "suggestion",
        ]
    ),
}
# Numbers that a survey tool adds; they tell nothing.
_TOOLS: Final = frozenset(
    ["id", "nr", "nummer", "ip", "respondent", "respondentid", "responseid", "volgnummer"]
)
_A_LABEL: Final = 4
"""Words of a header that is a label; a longer one is a question."""

_AN_ANSWER: Final = 25
"""Characters that an answer in words has on average."""

_LOOKED_AT: Final = 50


def guess(*, header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[int, Meaning]:
    """Return what each column probably means, by its place from 0.

    Args:
        header: the texts above the columns.
        rows: what stands under them; rows may be shorter than the header.
    """
    found: dict[int, Meaning] = {}
    for place, text in enumerate(header):
        cells = [row[place] for row in rows[:_LOOKED_AT] if place < len(row) and row[place]]
        meaning = _guess_one(text, cells)
        taken = meaning in ONCE and meaning in found.values()
        found[place] = Meaning.IGNORE if taken else meaning
    return found


def fingerprint(header: Sequence[str]) -> str:
    """Return what files with the same columns share, whatever their capitals and spaces."""
    plain = [" ".join(words(text)) for text in header]
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()


def _guess_one(header: str, cells: Sequence[str]) -> Meaning:
    if not cells:
        return Meaning.IGNORE
    if sum("@" in cell and " " not in cell for cell in cells) * 2 > len(cells):
        return Meaning.EMAIL
    said = words(header)
    wordy = sum(map(len, cells)) / len(cells) >= _AN_ANSWER
    # "e-mail" is two words.
    known = {*said, "".join(said[:2])}
    if len(said) <= _A_LABEL and not (known & _TOOLS):
        for meaning, telling in _HEADERS.items():
            if known & telling:
                return meaning
    return Meaning.TEXT if wordy and not (known & _TOOLS) else Meaning.IGNORE
