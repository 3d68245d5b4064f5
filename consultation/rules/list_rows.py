"""Rows of a survey as things that were brought in: what is taken, what is not, and why.

Every row with something in it ends up in exactly one of two places: as one contribution for each
answer in words, or among those left out, with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from consultation.rules.columns import Meaning
from consultation.rules.words import words

LONGEST: Final = 20_000
"""Characters of one answer."""

OLDEST: Final = timedelta(days=5 * 366)
"""A day longer ago than this is a slip."""

_SHORT: Final = {Meaning.NAME: 120, Meaning.NEIGHBOURHOOD: 80, Meaning.ORGANISATION: 120}
_ADDRESS: Final = re.compile(r"[^\s@<>\"(),:;]+@[^\s@<>\"(),:;]+\.[^\s@<>\"(),:;.]{2,}")
_LONGEST_ADDRESS: Final = 254
_POSTCODE: Final = re.compile(r"\s*([1-9]\d{3})\s?[A-Za-z]{2}\b")
_ISO: Final = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_DUTCH: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
# How Excel keeps a day: days since the last one of 1899.
_EXCEL: Final = re.compile(r"(\d{5})(?:[.,]\d+)?")
_EXCEL_BEGINS: Final = date(1899, 12, 30)
_YES: Final = frozenset(
    ["ja", "yes", "j", "y", "x", "waar", "true", "1", "wel", "lid", "member", "graag"]
)
_NO: Final = frozenset(["nee", "no", "n", "onwaar", "false", "0", "niet", "geen"])
_ROLES: Final[Mapping[str, frozenset[str]]] = {
    "resident": frozenset(
        ["inwoner", "inwoonster", "bewoner", "bewoonster", "burger", "resident", "citizen"]
    ),
    "member": frozenset(["lid", "partijlid", "member"]),
    "organisation": frozenset(
        ["organisatie", "vereniging", "stichting", "club", "organisation", "organization"]
    ),
    "entrepreneur": frozenset(["ondernemer", "onderneemster", "bedrijf", "zzp", "entrepreneur"]),
    "professional": frozenset(
        ["werkt", "werk", "werknemer", "professional", "medewerker", "works"]
    ),
    "councillor": frozenset(["raadslid", "councillor", "gemeenteraadslid"]),
    "alderman": frozenset(["wethouder", "alderman", "alderwoman"]),
}


class LeftOut(StrEnum):
    """Why a row, or one answer in it, did not come in; values are stored."""

    NO_TEXT = "no_text"
    TOO_LONG = "too_long"
    DOUBLE = "double"


class Odd(StrEnum):
    """What was not understood of a row that did come in; values are stored."""

    THEME = "theme"
    ROLE = "role"
    MEMBER = "member"
    EMAIL = "email"
    DAY = "day"
    SHORTENED = "shortened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One answer that comes in. ``row`` is its row in the file; ``theme`` an id or None."""

    row: int
    text: str
    theme: int | None = None
    role: str = ""
    is_member: bool | None = None
    neighbourhood: str = ""
    name: str = ""
    email: str = ""
    organisation: str = ""
    day: date | None = None
    wants_answer: bool = False


@dataclass(slots=True, kw_only=True)
class Result:
    """What a list comes to.

    Attributes:
        taken: the answers that come in, in the order of the file.
        left_out: row → why nothing, or not all, of it comes in.
        odd: how often which kind of cell was not understood and left empty.
    """

    taken: list[Taken] = field(default_factory=list)
    left_out: list[tuple[int, LeftOut]] = field(default_factory=list)
    odd: Counter[Odd] = field(default_factory=Counter)


def read(
    *,
    header: Sequence[str],
    rows: Sequence[tuple[int, Sequence[str]]],
    mapping: Mapping[int, Meaning],
    themes: Mapping[str, int],
    today: date,
) -> Result:
    """Return what the rows come to.

    Args:
        header: texts above the columns: with several columns of text, each answer keeps its
            question above it.
        rows: number in the file, and its cells; a row may be shorter than the header.
        mapping: column → meaning.
        themes: name of a theme, as ``plain`` makes it → its id.
        today: the day; later days are slips.
    """
    result = Result()
    questions = [place for place, meaning in mapping.items() if meaning is Meaning.TEXT]
    once: dict[Meaning, int] = {
        meaning: place for place, meaning in mapping.items() if meaning is not Meaning.TEXT
    }
    seen: set[tuple[str, str]] = set()
    for number, cells in rows:
        row = _Row(cells, once, result.odd)
        answers = [(place, cells[place]) for place in questions if place < len(cells)]
        answers = [(place, text) for place, text in answers if text.strip()]
        if not answers:
            result.left_out.append((number, LeftOut.NO_TEXT))
            continue
        who = row.person(themes=themes, today=today)
        for place, answer in answers:
            text = f"{header[place]}\n{answer}" if len(questions) > 1 else answer
            same = (text.casefold(), str(who["email"]) or str(who["name"]))
            if len(text) > LONGEST:
                result.left_out.append((number, LeftOut.TOO_LONG))
            elif same[1] and same in seen:
                # Of nobody in particular the same words may well come from two people.
                result.left_out.append((number, LeftOut.DOUBLE))
            else:
                seen.add(same)
                result.taken.append(Taken(row=number, text=text, **who))  # type: ignore[arg-type]
    return result


def plain(name: str) -> str:
    """Return a name by which it is recognised: small letters, no accents, single spaces."""
    return " ".join(words(name))


class _Row:
    def __init__(
        self, cells: Sequence[str], once: Mapping[Meaning, int], odd: Counter[Odd]
    ) -> None:
        self.cells, self.once, self.odd = cells, once, odd

    def cell(self, meaning: Meaning) -> str:
        place = self.once.get(meaning)
        text = self.cells[place] if place is not None and place < len(self.cells) else ""
        return " ".join(text.split())

    def short(self, meaning: Meaning) -> str:
        text = self.cell(meaning)
        if len(text) > _SHORT[meaning]:
            self.odd[Odd.SHORTENED] += 1
        return text[: _SHORT[meaning]]

    def person(self, *, themes: Mapping[str, int], today: date) -> dict[str, object]:
        email = self.email()
        return {
            "theme": self.theme(themes),
            "role": self.role(),
            "is_member": self.member(),
            "neighbourhood": self.neighbourhood(),
            "name": self.short(Meaning.NAME),
            "email": email,
            "organisation": self.short(Meaning.ORGANISATION),
            "day": self.day(today),
            "wants_answer": bool(email) and plain(self.cell(Meaning.ANSWER)).split(" ")[0] in _YES,
        }

    def theme(self, themes: Mapping[str, int]) -> int | None:
        text = plain(self.cell(Meaning.THEME))
        found = themes.get(text)
        if text and found is None:
            self.odd[Odd.THEME] += 1
        return found

    def role(self) -> str:
        said = set(words(self.cell(Meaning.ROLE)))
        found = next((role for role, telling in _ROLES.items() if said & telling), "")
        if said and not found:
            self.odd[Odd.ROLE] += 1
        return found

    def member(self) -> bool | None:
        said = words(self.cell(Meaning.MEMBER))
        if not said:
            return None
        if said[0] in _NO or "geen" in said:
            return False
        if said[0] in _YES or "lid" in said:
            return True
        self.odd[Odd.MEMBER] += 1
        return None

    def email(self) -> str:
        text = self.cell(Meaning.EMAIL)
        if not text:
            return ""
        if len(text) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(text):
            self.odd[Odd.EMAIL] += 1
            return ""
        return text

    def neighbourhood(self) -> str:
        text = self.short(Meaning.NEIGHBOURHOOD)
        # The letters of a postcode point at a few front doors; its figures at a neighbourhood.
        found = _POSTCODE.match(text)
        return found[1] if found else text

    def day(self, today: date) -> date | None:
        text = self.cell(Meaning.DAY)
        if not text:
            return None
        day = _day(text)
        if day is None or day > today or day < today - OLDEST:
            self.odd[Odd.DAY] += 1
            return None
        return day


def _day(text: str) -> date | None:
    try:
        if found := _ISO.match(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DUTCH.match(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _EXCEL.fullmatch(text):
            return _EXCEL_BEGINS + timedelta(days=int(found[1]))
    except (ValueError, OverflowError):
        return None
    return None
