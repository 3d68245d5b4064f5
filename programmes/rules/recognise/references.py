"""Pointers from one chapter to another: "(zie ook hoofdstuk **Onderwijs**, pagina 83)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from programmes.rules import signs
from programmes.rules.document import Reference
from programmes.rules.recognise import language
from programmes.rules.recognise.cleaning import tidy

_CHAPTER = re.compile(r"\b(?:hoofdstuk(?:ken)?|chapters?)\s+", re.IGNORECASE)
_MARKED = re.compile(r"\*{1,3}([^*\n]{1,120})\*{1,3}|['‘“\"]([^'’”\"\n]{1,120})['’”\"]")
_NUMBERED = re.compile(r"(\d{1,2}|[IVX]{1,6}\b)(?:[.:,]?\s*(?=[\"'‘“*]*[A-ZÀ-Þ]))?(?![\d.]\d)")
_PLAIN = re.compile(
    r"[A-ZÀ-Þ][^.;:()&\[\]]{1,100}?(?=\s*(?:,?\s*(?:pagina|pag\.|p\.|blz)|[.;:()&\[\]]|$))"
)
_PAGE = re.compile(
    r"[\s,.]*\(?\s*(?:zie\s+(?:(?:daarvoor|hiervoor|ook)\s+)?)?(?:op\s+|vanaf\s+)?"
    r"(?:pagina|pag\.?|p\.|blz\.?|bladzijde|page)\s*(\d{1,4})",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,|&|en)\s*(?=\*)")
_POINTING = re.compile(r"\b(?:zie|verwijzen|see)\b[^.]{0,60}$", re.IGNORECASE)
_NEAR: Final = 200
_MOST: Final = 300  # no programme has more chapters; a file made to be slow may


class Pointers:
    """Finds references, given the titles of the chapters of the document and their numbers."""

    def __init__(self, titles: Iterable[str], numbers: Mapping[int, str] | None = None) -> None:
        self._titles = [title for title in (tidy(title) for title in titles) if title]
        self._numbers = numbers or {}
        self._keys = {language.key(title) for title in self._titles}
        names = sorted({re.escape(title) for title in self._titles[:_MOST]}, key=len, reverse=True)
        self._named = re.compile("|".join(names), re.IGNORECASE) if names else None

    def find(self, text: str) -> tuple[Reference, ...]:
        """Return the references in a text (with its emphasis still in it), in order."""
        if "oofdstuk" not in text and "hapter" not in text:
            return ()
        found: list[Reference] = []
        for match in _CHAPTER.finditer(text):
            start = match.end()
            while True:
                name, end, sure = self._name(text, start)
                if name is None:
                    break
                page = _PAGE.match(text, end)
                pointed = _POINTING.search(text[max(0, match.start() - _NEAR) : match.start()])
                if sure or page is not None or pointed is not None:
                    found.append(Reference(chapter=name, page=int(page[1]) if page else None))
                more = _AND.match(text, page.end() if page else end)
                if more is None or not match[0].lower().startswith("hoofdstukken"):
                    break
                start = more.end()
        return tuple(found)

    def _name(self, text: str, start: int) -> tuple[str | None, int, bool]:
        marked = _MARKED.match(text, start)
        if marked is not None:
            return tidy(marked[1] or marked[2]).rstrip(",."), marked.end(), True
        if self._named is not None and (named := self._named.match(text, start)) is not None:
            return named[0], named.end(), True
        numbered = _NUMBERED.match(text, start)
        if numbered is not None:
            after = numbered.end()
            if self._named is not None and (named := self._named.match(text, after)) is not None:
                return named[0], named.end(), True
            return self._numbers.get(signs.value(numbered[1]), numbered[1]), after, False
        plain = _PLAIN.match(text, start)
        if plain is not None:
            return tidy(plain[0]).rstrip(","), plain.end(), False
        return None, start, False

    def knows(self, chapter: str) -> bool:
        """Say whether a chapter of that name is in the document, or so many chapters."""
        if chapter.isdigit():
            return 0 < int(chapter) <= len(self._titles)
        return language.key(chapter) in self._keys
