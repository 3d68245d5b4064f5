"""How two pieces of one text are put together: spaces, hyphens, addresses cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from programmes.rules.recognise.units import Unit, ends_in_url, starts_small

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u00ad‐]$")
_FIRST = re.compile(r"[^\W\d_]+")
_LABELLED = re.compile(r"\[([^\[\]\s]+)\]\(#?\)")
_URL_OPEN: Final = "/-_=?&%.+~"
_HALF_WORDS: Final = frozenset({"en", "of", "and", "or", "noch", "als", "tot"})
_SOFT: Final = "\u00ad"


class Stitcher:
    """Puts texts behind each other; knows how the document itself writes its words."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = units
        self._known: frozenset[str] | None = None

    def add(self, unit: Unit, text: str) -> None:
        """Put ``text`` behind the text of ``unit``."""
        before = unit.parts[-1]
        if is_url_tail(before, text):
            label = _LABELLED.fullmatch(text)
            unit.parts.append(label[1] if label is not None else text)
            return
        if before.endswith(_SOFT):
            unit.parts[-1] = before[:-1]
            unit.parts.append(text)
            return
        last = _LAST.search(before[-80:])
        first = _FIRST.match(text)
        if last is None or first is None or first[0].casefold() in _HALF_WORDS:
            unit.parts += [" ", text]
        elif not starts_small(text) or self._is_hyphened(last[1], first[0]):
            unit.parts.append(text)
        else:
            unit.parts[-1] = before[:-1]
            unit.parts.append(text)

    def _is_hyphened(self, last: str, first: str) -> bool:
        """Say whether the document writes this word with a hyphen elsewhere, and never without."""
        known = self._words()
        return f"{last}-{first}".casefold() in known and f"{last}{first}".casefold() not in known

    def _words(self) -> frozenset[str]:
        if self._known is None:
            self._known = frozenset(
                match[0].casefold()
                for unit in self._units
                for block in unit.blocks
                for match in _WORD.finditer(block.text)
            )
        return self._known


def is_url_tail(before: str, text: str) -> bool:
    """Say whether ``text`` is the rest of the web address on which ``before`` ends."""
    if not before or before[-1] not in _URL_OPEN or not ends_in_url(before[-300:]):
        return False
    label = _LABELLED.fullmatch(text)
    tail = label[1] if label is not None else text
    return (
        " " not in tail
        and not tail.startswith("[")
        and not tail.lower().startswith(("www.", "http"))
        and (label is not None or before[-1] != "." or tail[:1].islower())
        and (label is not None or before[-1] in "-_=?&%" or any(c in "/-_.=&?%" for c in tail))
    )
