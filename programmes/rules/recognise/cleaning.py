"""From a text as it was printed to a text to read: without footnote marks and emphasis signs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from programmes.rules import signs
from programmes.rules.recognise.note_lines import STARS
from programmes.rules.recognise.units import Unit

_SUP = re.compile(r"(?P<space>\s?)(?P<mark>[⁰¹²³⁴-⁹]+(?:,\s?[⁰¹²³⁴-⁹]+)*)")
_UNIT_BEFORE = re.compile(r"(?<![^\W\d_])(?:[kcdmh]?m|co|ha)$", re.IGNORECASE)
_LONGEST_UNIT: Final = 4
_CARET = re.compile(r"\s?\[\^(\d{1,3})\]")
_SQUARE = re.compile(r"(?<=\S)\s?\[(\d{1,3})\]")
_ROUND = re.compile(r"(?<=\S)\s?\((\d{1,2})\)(?=[\s.,;:!?]|$)")
_PLAIN = re.compile(
    r"(?<=[a-zà-ÿ)][.,;:!?)”’'\"])(\d{1,2})(?=\s|$)|(?<=[a-zà-ÿ]{3})(\d{1,2})(?=[\s.,;:]|$)"
)
_LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]*)\)")
_STARS = re.compile(r"(\*{1,3})(?=[^\s*])([^*]*[^\s*])\1")
_UNDERSCORES = re.compile(r"(?<![\w/.=&?-])(_{1,2})(?=[^\s_])([^_]*[^\s_])\1(?![\w/])")
_STRAY_STARS = re.compile(r"(?<!\S)\*\*(?=\S)|(?<=\S)\*\*(?!\S)")
_SPACE = re.compile(r"\s+")
_PLACE = re.compile(r"\[[^\[\]]{1,80}\]")
_DIGITS = re.compile(r"\d+")
_EXPONENTS: Final = frozenset({"²", "³"})


class Cleaned(NamedTuple):
    """A text with emphasis still in it, and the footnote marks taken from it, in order."""

    text: str
    marks: tuple[int, ...]


class Styles(NamedTuple):
    """How this document prints its footnote marks, beside superscripts."""

    square: bool = False
    round: bool = False
    plain: bool = False
    stars: bool = False


def styles_of(notes: Iterable[Unit]) -> Styles:
    """Return how the marks are printed, from the signs before the notes."""
    square = rounded = plain = stars = False
    for note in notes:
        mark = note.mark.strip()
        if mark.startswith("["):
            square = True
        elif mark.startswith("*"):
            stars = True
        elif mark.startswith("("):
            rounded = True
        elif mark.strip(".):").isdecimal():
            plain = square = True
    return Styles(square, rounded, plain, stars)


def take_marks(text: str, styles: Styles, known: frozenset[int]) -> Cleaned:
    """Take the footnote marks out of a text; ``known`` are the numbers that have a note.

    m², km³ and CO² are no footnotes. "[1]", "(1)" and a bare 1 count only in a document whose
    notes are printed so, and only if such a note exists.
    """
    found: list[tuple[int, int]] = []
    pieces: list[str] = []
    end = 0
    for match in _SUP.finditer(text):
        start = match.start()
        before = text[max(0, start - _LONGEST_UNIT) : start]
        if not match["space"] and match["mark"] in _EXPONENTS and _UNIT_BEFORE.search(before):
            continue
        pieces.append(text[end:start])
        end = match.end()
        found += [(start, signs.superscript(m.strip()) or 0) for m in match["mark"].split(",")]
    plain = "".join((*pieces, text[end:])) if pieces else text
    patterns = [_CARET]
    patterns += [_SQUARE] if styles.square else []
    patterns += [_ROUND] if styles.round else []
    patterns += [_PLAIN] if styles.plain else []
    patterns += [STARS] if styles.stars else []
    for pattern in patterns:
        always = pattern is _CARET

        def take(match: re.Match[str], *, always: bool = always) -> str:
            printed = match[match.lastindex or 1]
            number = len(printed) if printed.startswith("*") else int(printed)
            if not always and number not in known:
                return match[0]
            found.append((match.start(), number))
            return ""

        plain = pattern.sub(take, plain)
    return Cleaned(plain, tuple(number for _, number in sorted(found)))


def tidy(text: str) -> str:
    """Return a text without emphasis signs and link syntax, with single spaces."""
    if "](" in text:
        text = _LINK.sub(_link, text)
    if "*" in text:
        text = _STRAY_STARS.sub("", _STARS.sub(r"\2", _STARS.sub(r"\2", text)))
    if "_" in text:
        text = _UNDERSCORES.sub(r"\2", text)
    return _SPACE.sub(" ", text).strip()


def _link(match: re.Match[str]) -> str:
    label, target = match[1], match[2]
    if not target.startswith(("http", "www.")):
        return label
    bare = target.split("://")[-1].removeprefix("www.").rstrip("/")
    if label.split("://")[-1].removeprefix("www.").rstrip("/") == bare:
        return target
    return f"{label} ({target})"


def placeholders(text: str) -> tuple[str, ...]:
    """Return the places to fill in ("[...]", "[plaatsnaam]"), in order, as often as they occur."""
    return tuple(
        match[0] for match in _PLACE.finditer(text) if not _DIGITS.fullmatch(match[0][1:-1].strip())
    )
