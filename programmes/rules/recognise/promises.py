"""A programme of prose alone: which paragraphs promise something.

A programme without any list still promises. The paragraph is the measure and not the sentence: a
reason and its promise stand together, and a council group can cut a paragraph in the preview, but
cannot see what was cut away wrongly. A remark asks to have a look.
"""

from __future__ import annotations

import re
from typing import Final

from programmes.rules.recognise import language
from programmes.rules.recognise.drafts import ChapterDraft, Item, ProgrammeDraft
from programmes.rules.recognise.units import bare, words

_LEAST_WORDS: Final = 3
_NO_DEEDS: Final = (
    r"(?:zijn|waren|hebben|hadden|vinden|vonden|geloven|weten|zien|denken|leven|wonen|danken|"
    r"kennen|merken|horen|voelen|houden van|wensen|begrijpen|hopen|deden|doen wat|zeggen|"
    r"luisteren|staan (?:achter|voor)|kunnen trots|mogen|are|have|believe|think|know|see|live|"
    r"thank)\b"
)
_WE: Final = r"(?:we|wij|onze (?:partij|fractie|lijst))"
_PROMISE = re.compile(
    rf"\b{_WE}\s+(?:\w+\s+)?(?!{_NO_DEEDS})(?:\w{{2,}}en|gaan|doen|zien|wil|gaat|zal)\b"
    rf"|\b(?!{_NO_DEEDS})(?:\w{{2,}}en|gaan|doen|gaat|zal|wil)\s+{_WE}\b"
    r"|\ber\s+(?:komt|komen|moet|moeten)\b|\b(?:komt|komen|moet|moeten)\s+er\b"
    r"|\b(?:de gemeente|het college|de gemeenteraad)\s+(?:moet|gaat|zal|zorgt|blijft|krijgt|maakt|"
    r"geeft|bouwt|stelt|helpt|legt|neemt|betaalt|onderzoekt|ondersteunt|investeert|stimuleert)\b"
    r"|\b(?:wil|willen|zal|zullen|pleit(?:en)?|kiest|kiezen|krijgt|krijgen)\b"
    r"|\bblij(?:ft|ven)[.!]"
    r"|\b(?:we|the (?:council|municipality))\s+(?:will|want|shall|must)\b",
    re.IGNORECASE,
)


def from_prose(draft: ProgrammeDraft) -> None:
    """Make measures of the paragraphs that promise, in a document without any list."""
    if any(item.listed or item.measure for item in _items(draft.chapters)):
        return
    for chapter in draft.chapters:
        title = chapter.heading.text if chapter.heading is not None else chapter.name
        key = language.key(title)
        if key in language.FRONT or language.ADVICE.fullmatch(key):
            continue
        for item in _items([chapter]):
            if item.measure is None and not item.heads and promises(item.unit.text):
                item.measure = draft.of_prose = True


def promises(text: str) -> bool:
    """Say whether a paragraph says what somebody shall do."""
    plain = bare(text)
    return words(plain) >= _LEAST_WORDS and plain[-1:] in ".!" and bool(_PROMISE.search(plain))


def _items(chapters: list[ChapterDraft]) -> list[Item]:
    return [item for chapter in chapters for section in chapter.sections for item in section.items]
