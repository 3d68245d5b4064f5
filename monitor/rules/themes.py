"""What a chapter is about, read from its title: programmes have chapters of their own (R28).

A chapter belongs to the theme that its title names first. What names none stands under *something
else*, and a page says so; nothing is guessed from the promises in it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class Theme(StrEnum):
    """The themes of the top ten, so that both can be laid side by side."""

    HOUSING = "housing"
    WELFARE = "welfare"
    CARE = "care"
    WORK = "work"
    EDUCATION = "education"
    SUSTAINABILITY = "sustainability"
    SAFETY = "safety"
    TRAFFIC = "traffic"
    CULTURE = "culture"
    DEMOCRACY = "democracy"
    OTHER = "other"


# Parts of words, for Dutch puts words together; those that hide in others begin a word.
_WORDS: dict[Theme, str] = {
    Theme.HOUSING: r"wonen|\bwoon|woning|huisvesting|\bbouw|nieuwbouw|\bhuur",
    Theme.WELFARE: r"welzijn|armoede|bestaanszeker|schuld|socia(?:al|le)|samenlev|leefba",
    Theme.CARE: r"zorg|gezond|\bouderen|\bwmo\b",
    Theme.WORK: r"\bwerk(?!groep)|inkomen|econom|ondernem|arbeid|\bbanen\b",
    Theme.EDUCATION: r"onderwijs|school|scholen|\bjeugd(?!zorg)|\bjongeren|kinderopvang",
    Theme.SUSTAINABILITY: r"duurza|klimaat|energie|milieu|natuur|\bgroen|circulair",
    Theme.SAFETY: r"(?<!verkeers)veilig|handhaving|politie|ondermijning",
    Theme.TRAFFIC: r"verkeer|vervoer|mobiliteit|fiets|bereikba|parkeren",
    Theme.CULTURE: r"cultuur|culture|\bkunst|\bsport|bibliothe|erfgoed|recreatie",
    Theme.DEMOCRACY: r"democrat|bestuur|participatie|zeggenschap|inspraak|dienstverlening",
}
_PATTERNS = {theme: re.compile(words, re.IGNORECASE) for theme, words in _WORDS.items()}


@lru_cache(maxsize=4096)
def theme_of(title: str) -> Theme:
    """Return the theme that a title names first."""
    found = [
        (match.start(), place, theme)
        for place, (theme, pattern) in enumerate(_PATTERNS.items())
        if (match := pattern.search(title))
    ]
    return min(found)[2] if found else Theme.OTHER
