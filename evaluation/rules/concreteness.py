"""Is a proposal concrete: who, what, by when, and how do you see that it is done (R46, R59)?

A help, never a gate: it looks at words and fields, asks at most a few friendly questions, and says
what is good already. Programmes are in Dutch, so it knows Dutch words; of another language it sees
numbers, names and years.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Question(StrEnum):
    """What a reader would ask."""

    VAGUE = "vague"
    WHO = "who"
    WHAT = "what"
    WHEN = "when"
    MEASURED = "measured"


class Strength(StrEnum):
    """What makes it concrete already."""

    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    WHO = "who"
    MEASURED = "measured"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was seen.

    Attributes:
        questions: in the order in which one would ask them; empty: nothing to ask.
        strengths: what is there already.
        vague: the vague words as they stand in the text, each once, in order.
    """

    questions: tuple[Question, ...]
    strengths: tuple[Strength, ...]
    vague: tuple[str, ...]


# Stems of verbs and turns of phrase that say that one tries, not what one does. Each is matched as
# a whole word with the endings of its conjugation.
_VAGUE = re.compile(
    r"""\b(
        (?:willen\s+|gaan\s+|laten\s+)?(?:onderzoek(?:en|t)?|onderzochten)
      | bevorder(?:en|t)?
      | stimuler(?:en|t)|stimuleer
      | zet(?:ten)?\s+(?:ons\s+|zich\s+)?in\s+(?:op|voor)
      | (?:in\s+te\s+zetten|inzetten|inzet)\s+(?:op|voor)
      | (?:ons|zich)\s+(?:sterk|hard)\s+(?:te\s+)?(?:maken|voor)
      | maken\s+ons\s+(?:sterk|hard)
      | stre(?:ven|eft|ef)\s+(?:\w+\s+)?naar|nastreven
      | verken(?:nen|t)?
      | (?:meer\s+)?aandacht\s+(?:\w+\s+)?voor
      | faciliter(?:en|t)|faciliteer
      | waar\s+mogelijk|zo\s+veel\s+mogelijk|zoveel\s+mogelijk|indien\s+mogelijk
      | (?:kijken|bekijken)\s+(?:naar|of)
      | in\s+gesprek\s+(?:gaan\s+)?(?:met|over)
      | werken\s+aan
      | blijven\s+inzetten
      | aanmoedig(?:en|t)
      | ondersteun(?:en|t)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_MONTH = r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_YEAR = re.compile(r"\b20\d\d\b")
_TIME = re.compile(
    rf"""\b(
        20\d\d
      | \d{{1,2}}\s+(?:{_MONTH})
      | (?:vóór|voor|in|vanaf|tot|uiterlijk|eind|begin)\s+(?:{_MONTH}|de\s+zomer|de\s+winter)
      | binnen\s+(?:\w+\s+)?(?:dag|dagen|week|weken|maand|maanden|jaar|honderd\s+dagen)
      | eerste\s+(?:honderd|100)\s+dagen
      | (?:elk|ieder|per)\s+(?:jaar|maand|week|kwartaal)
      | (?:deze|komende)\s+(?:raads|bestuurs)?periode
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER_WORDS = (
    r"twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|twintig|dertig|veertig|vijftig|"
    r"honderd|duizend|miljoen|miljard|half|halve|helft|derde|kwart|dubbele|verdubbelen|halveren"
)
_TENS = "(?:twin|der|veer|vijf|zes|zeven|tach|negen)tig"
_NUMBER = re.compile(
    rf"€|\b\d|\b(?:{_NUMBER_WORDS})\b|\b\w{{0,20}}(?:{_TENS}|honderd|duizend)\b"
    r"|\b(?:procent|gratis)\b",
    re.IGNORECASE,
)
# A name inside a sentence: a street, a neighbourhood, a building, an organisation.
_NAME = re.compile(r"(?<=[\w,;:)]\s)(?:[A-ZÀ-Ý][\w’'-]+|'t\s+[A-Z]\w+)")
_PLACE = re.compile(
    r"\b(?:elke|iedere|alle)\s+(?:wijk|wijken|buurt|buurten|dorp|dorpen|kern|kernen|school|scholen)"
    r"\b|\b\w+(?:straat|plein|weg|laan|kade|park|wijk|buurt|gracht|haven)\b",
    re.IGNORECASE,
)
# "for young people", "together with the school": not "for 2024" and not "for the summer".
_WHO = re.compile(
    r"\b(?:samen\s+met|voor)\s+(?!\d|de\s+(?:zomer|winter|helft)\b|het\s+eind)"
    rf"(?!(?:{_MONTH})\b)[a-zà-ÿ]{{2,}}|\b(?:de\s+gemeente|de\s+wethouder|bewoners|inwoners|jongeren|"
    r"ouderen|kinderen|gezinnen|huurders|ondernemers|vrijwilligers|elke\s+inwoner|iedereen)\b",
    re.IGNORECASE,
)


def look(
    *, text: str, for_whom: str = "", by_when: date | None = None, measured_by: str = ""
) -> Look:
    """Look at a proposal as somebody who hears of it for the first time.

    Args:
        text: what we are going to do.
        for_whom: for whom and with whom, when that was filled in.
        by_when: ready by.
        measured_by: how one sees that it is done.
    """
    without_years = _YEAR.sub(" ", text)
    numbers = bool(_NUMBER.search(without_years))
    dated = by_when is not None or bool(_TIME.search(text))
    named = bool(_NAME.search(_without_first_words(text)) or _PLACE.search(text))
    who = bool(for_whom.strip() or _WHO.search(text))
    measured = bool(measured_by.strip())
    vague = tuple(dict.fromkeys(" ".join(hit[0].lower().split()) for hit in _VAGUE.finditer(text)))
    asked = {
        # Who says how it is measured or how much it is, says what will be there.
        Question.VAGUE: bool(vague) and not (numbers and dated),
        Question.WHO: not who,
        Question.WHAT: not (numbers or named),
        Question.WHEN: not dated,
        Question.MEASURED: not (measured or numbers),
    }
    there = {
        Strength.NUMBER: numbers,
        Strength.DATE: dated,
        Strength.PLACE: named,
        Strength.WHO: who,
        Strength.MEASURED: measured,
    }
    return Look(
        questions=tuple(one for one in Question if asked[one]),
        strengths=tuple(one for one in Strength if there[one]),
        vague=vague,
    )


def _without_first_words(text: str) -> str:
    """Return the text with a small letter at the start of each sentence: that is no name."""
    return re.sub(r"(^|[.!?:]\s+|\n\s*)([A-ZÀ-Ý])", lambda hit: hit[1] + hit[2].lower(), text)
