"""Words by which Dutch programmes are put together: hints only, structure decides.

No word here belongs to one document; a short line that stands before many lists is a list label
whatever it says (``labels``).
"""

from __future__ import annotations

import re
from typing import Final

from programmes.rules import signs

CONTENTS: Final = frozenset(
    {"inhoud", "inhoudsopgave", "inhoudsopgaaf", "inhoudstafel", "contents", "table of contents"}
)
COLOPHON: Final = frozenset({"colofon", "colophon", "impressum", "uitgave"})
EXAMPLES: Final = re.compile(
    r"(?:(?:een|onze|enkele) )?(?:goede?|mooie?|inspirerende?|lokale|praktische) "
    r"(?:praktijk)?voorbeeld(?:en)?"
    r"|(?:praktijk)?voorbeelden(?: (?:uit|van|in) (?:het|de|ons|onze|andere|elders)\b.*)?"
    r"|praktijkvoorbeeld|best practices?|zo kan het ook|zo doen anderen het"
)
FRONT: Final = frozenset(
    {
        "voorwoord",
        "woord vooraf",
        "ten geleide",
        "leeswijzer",
        "nawoord",
        "slotwoord",
        "dankwoord",
        "foreword",
        "preface",
        "verantwoording",
        "over dit programma",
    }
)
ADVICE: Final = re.compile(
    r"(?:onze |handige |praktische |enkele )?(?:tips|adviezen)\b.*|aan de slag"
)
LABELS: Final = frozenset(
    """
    onze keuzes|onze keuzen|onze voorstellen|onze punten|onze standpunten|onze inzet|onze plannen
    onze ambities|onze ambitie|onze speerpunten|onze doelen|onze beloften|onze maatregelen
    onze acties|onze actiepunten|onze afspraken|onze prioriteiten|onze oplossingen|onze aanpak
    keuzes|voorstellen|actiepunten|acties|maatregelen|speerpunten|ambities|afspraken|beloften
    concreet|heel concreet|concrete voorstellen|concrete maatregelen|concrete acties
    concrete actiepunten|concrete punten|daarom|daarom willen we|daarom willen wij
    wij willen dat|we willen dat|daarom gaan we
    daarom gaan wij|daarom kiezen we voor|daarom kiezen wij voor|wij willen|we willen|wij gaan
    we gaan|we kiezen voor|wij kiezen voor|wij kiezen|we kiezen|dit gaan we doen|dit gaan wij doen
    dit willen we|dit willen wij|dit doen we|dit doen wij|dit is wat we gaan doen
    wat gaan we doen|wat gaan wij doen|wat we gaan doen|wat wij gaan doen|wat willen we
    wat willen wij|wat wij willen|wat we willen|wat doen we|hoe doen we dat|hoe gaan we dat doen
    zo gaan we dat doen|zo doen we dat|wij stellen voor|we stellen voor|wij zetten in op
    we zetten in op|wij zetten ons in voor|we zetten ons in voor|wij pleiten voor|wij staan voor
    wat we afspreken|we spreken af|wij spreken af|we spreken het volgende af|in het kort|kort gezegd
    we will|we want|we propose|our plans|our proposals|our choices|we agree|what we will do
    de komende vier jaar|de komende periode|wat gaan we concreet doen|dit spreken we af
    """.replace("\n", "|")
    .replace("  ", "")
    .strip("|")
    .split("|")
)
PARTY_LABEL: Final = re.compile(
    r"(?:de |het |daarom )?[^\s]+(?: [^\s]+){0,2} "
    r"(?:wil|willen|kiest(?: voor)?|vindt|stelt voor|gaat|zet in op|pleit voor|staat voor|wil dat|"
    r"will|wants?(?: to)?)"
)
# Chapters that stand before or after the numbered ones, and have no number themselves.
UNNUMBERED: Final = FRONT | {
    "inleiding",
    "introductie",
    "introduction",
    "samenvatting",
    "summary",
    "tot slot",
    "slot",
    "slotbepalingen",
    "afsluiting",
    "onze visie",
    "visie",
}
NOTES: Final = frozenset(
    {"noten", "voetnoten", "eindnoten", "bronnen", "bronvermelding", "notes", "references"}
)
SIGNED: Final = re.compile(
    r"(?:ondertekening|ondertekenaars|ondertekend|getekend|aldus|namens|vastgesteld|overeengekomen|"
    r"handtekening|was getekend|(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|signed|"
    r"on behalf)\b.*"
)
# A programme is called by one of these, or by its years.
TITLE_WORDS: Final = re.compile(
    r"programma|akkoord|manifest|convenant|verkiezing|coalitie|\b20\d\d\b", re.IGNORECASE
)
_PLAIN_WORD: Final = re.compile(
    r"\d+|concept|ontwerp|definitieve?|versie|voor|de|het|van|en|tot|gemeente|raad|gemeenteraad|"
    r"raadsperiode|periode|bestuursperiode"
)
# Neither a sentence nor a heading can end on these; verbs and most prepositions can, in Dutch.
OPEN_WORDS: Final = frozenset(
    {"de", "een", "en", "of", "onze", "zoals", "stichting", "van", "tussen"}
)
_ADDRESSED = re.compile(r"\b(?:je|jij|jou|jouw|jullie|u|uw)\b", re.IGNORECASE)
_OURS = re.compile(r"\b(?:we|wij|ons|onze|gemeente|college|raad|komt|komen)\b", re.IGNORECASE)
_SUPERSCRIPTS = re.compile("[⁰¹²³⁴-⁹]+")
_CHAPTER_NUMBER = re.compile(
    r"(?:hoofdstuk|deel|thema|chapter)\s+[\divx]+\s*[.:–—-]?\s*", re.IGNORECASE
)
_MARKS = re.compile(r"[*_#`\"'’‘“”]+")


def key(text: str) -> str:
    """Return what two writings of one heading have in common.

    Without emphasis, footnote marks, its number ("2.", "Hoofdstuk 2:"), closing punctuation and
    the difference between capitals and small letters.
    """
    plain = " ".join(_MARKS.sub("", _SUPERSCRIPTS.sub("", text)).split())
    numbered = signs.number(plain)
    if numbered is not None:
        plain = numbered.text
    elif (match := _CHAPTER_NUMBER.match(plain)) and match.end() < len(plain):
        plain = plain[match.end() :]
    return plain.strip(" .:;,-–—").casefold()


def is_plain_title(text: str) -> bool:
    """Say whether a title only says what kind of document it is, and for which years."""
    found = re.findall(r"[^\W_]+", text.casefold())
    if TITLE_WORDS.search(text) is None:
        return False
    return all(_PLAIN_WORD.fullmatch(word) or TITLE_WORDS.search(word) for word in found)


def is_advice(texts: list[str]) -> bool:
    """Say whether texts speak to the reader ("je") rather than of what "we" shall do."""
    to_reader = sum(len(_ADDRESSED.findall(text)) for text in texts)
    of_us = sum(len(_OURS.findall(text)) for text in texts)
    return to_reader > of_us
