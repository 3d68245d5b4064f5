"""The signs with which a line begins: bullets, list numbers, footnote numbers. Pure text.

Readers use it to tell a bullet from a line; the recogniser uses it again for formats that give a
typed sign as part of a paragraph.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

BULLETS: Final = "-–—•‐‑‒−●○▪▫■□◦‣⁃∙►▶▸▹▻➢➤➔→✓✔✗✘❖◆◇♦·*+»›⇒★☆☑✅✱◉⦁❑❒➜➡"
"""Signs that stand before a list item; Symbol and Wingdings signs arrive as U+F000–U+F0FF."""

_PRIVATE = "\uf000-\uf0ff"
_BULLET = re.compile(rf"(?P<sign>[{re.escape(BULLETS)}{_PRIVATE}])(?P<space>\s*)(?=\S)")
_WORD_O = re.compile(r"(?P<sign>o)(?:\t| {2,})\s*(?=\S)")
_NUMBER = re.compile(
    r"(?P<sign>"
    r"\d{1,3}(?:\.\d{1,2}){1,3}[.)]?"  # 1.2, 3.4.1.
    r"|\d{1,3}[.)]"  # 1. or 1)
    r"|\(\d{1,3}\)|\([a-z]\)"  # (1), (a)
    r"|[a-z]\)"  # a)
    r")(?:\s+(?=\S)|(?<=[.)])(?=[A-ZÀ-Þ][a-zß-ÿ ]))"  # "1.We bouwen" too
)
_CHAPTER = re.compile(
    r"(?:hoofdstuk|deel|thema|chapter|part)\s+(?P<sign>\d{1,2}|[IVX]{1,6})(?:\s*[.:|–—-]\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"[IVX]{1,6}")
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10}
_LONE = re.compile(rf"[{re.escape(BULLETS)}{_PRIVATE}o]")
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TO_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")
# Only these need no space after them: "-5 graden" and "*nadruk*" are no list items.
_GLUED = frozenset("•●○▪▫■□◦‣⁃∙►▶▸▹▻➢➤✓✔✗✘❖◆◇♦☑✅❑❒➜")


class Sign(NamedTuple):
    """What a line begins with: the sign as printed, and the text after it."""

    mark: str
    text: str


def bullet(text: str) -> Sign | None:
    """Split a bullet sign off, or return ``None``.

    A dash or star needs a space after it; "-We bouwen" counts too, because a capital after a
    dash is no minus and no emphasis.
    """
    match = _BULLET.match(text) or _WORD_O.match(text)
    if match is None:
        return None
    sign, rest = match["sign"], text[match.end() :]
    glued = not match.groupdict().get("space", " ")
    if glued and not (
        sign in _GLUED or "\uf000" <= sign <= "\uf0ff" or (sign in "-–" and rest[:1].isupper())
    ):
        return None
    return Sign(sign, rest)


def number(text: str) -> Sign | None:
    """Split a list number ("1.", "3.4", "a)", "(2)") off, or return ``None``."""
    match = _NUMBER.match(text)
    return None if match is None else Sign(match["sign"], text[match.end() :])


def is_lone(text: str) -> bool:
    """Say whether the text is nothing but one bullet sign."""
    return len(text) == 1 and _LONE.match(text) is not None


def chapter(text: str) -> Sign | None:
    """Split "Hoofdstuk 2:" and the like off a title, or return ``None``; the mark is the number."""
    match = _CHAPTER.match(text)
    return None if match is None else Sign(match["sign"].upper(), text[match.end() :])


def depth(mark: str) -> int:
    """Return how deep a number is ("3." is 1, "3.4" is 2, "II" is 1); 0 for what is no number."""
    digits = mark.strip("().")
    if _ROMAN.fullmatch(digits):
        return 1
    return digits.count(".") + 1 if digits[:1].isdigit() else 0


def value(mark: str) -> int:
    """Return what a number, Roman number or letter counts: "3.4" is 4, "II" 2, "b)" 2; 0: none."""
    last = mark.strip("().").rpartition(".")[2]
    if last.isdecimal():
        return int(last[:6])
    if _ROMAN.fullmatch(last):
        return _roman(last)
    return ord(last.lower()) - ord("a") + 1 if len(last) == 1 and last.isascii() else 0


def family(mark: str) -> str:
    """Return what marks of one list have in common: "1", "I", "a" with their punctuation."""
    plain = mark.strip("().")
    if _ROMAN.fullmatch(plain):
        return mark.replace(plain, "I")
    if plain[:1].isdecimal():
        return "1" * depth(mark)
    return mark.replace(plain, "a" if plain.islower() else "A") if plain.isalpha() else mark


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(
        -one if one < following else one
        for one, following in zip(values, [*values[1:], 0], strict=True)
    )


def superscript(text: str) -> int | None:
    """Return the number that a text of superscript digits says, or ``None``."""
    if not text or any(letter not in _SUPERSCRIPTS for letter in text):
        return None
    return int(text.translate(_TO_DIGITS)[:6])


def leading_superscript(text: str) -> Sign | None:
    """Split superscript digits off the beginning of a text, or return ``None``."""
    end = 0
    while end < len(text) and text[end] in _SUPERSCRIPTS:
        end += 1
    rest = text[end:].lstrip()
    return Sign(text[:end], rest) if end and rest else None
