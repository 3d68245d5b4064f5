"""Footnotes given as ordinary lines: "[1] Zie …", "(1) Zie …", "1 Zie …" in small print.

A line counts as a note only if its number stands as a mark behind a word elsewhere: a list of
"(1) … (2) …" has none.
"""

from __future__ import annotations

import re
from typing import Final

from programmes.rules import signs
from programmes.rules.document import Why
from programmes.rules.recognise import language
from programmes.rules.recognise.units import Shape, Unit

_IN_TEXT: Final = {
    "[": re.compile(r"(?<=[^\s\[(])\s?\[\^?(\d{1,3})\](?!\()(?!:\s)"),
    "(": re.compile(r"(?<=[^\s\[(])\s?\((\d{1,2})\)(?=[\s.,;:!?]|$)"),
    "": re.compile(
        r"(?<=[a-zà-ÿ][.,;:!?)”’'\"])(\d{1,2})(?=\s|$)|(?<=[a-zà-ÿ]{3})(\d{1,2})(?=[\s.,;:]|$)"
    ),
}
_SQUARE = re.compile(r"(\[\^?(\d{1,3})\]):?\s*(?=\S)")
_BARE = re.compile(r"(\d{1,2})[.:]?\s+(?=\S)")
_POINTER = re.compile(r"(?:zie|bron|https?:|www\.)", re.IGNORECASE)
_SMALL: Final = 0.93
STARS = re.compile(r"(?<=[^\s*(])\s?(\*{1,3})\)")
_STAR_NOTE = re.compile(r"(\*{1,3})\)\s*(?=\S)")
_SUPERSCRIPTS = re.compile("[⁰¹²³⁴-⁹]+")
_LONGEST_HEADING: Final = 40


def find_note_lines(units: list[Unit]) -> None:
    """Make notes of the lines that are footnotes."""
    marked: dict[str, set[str]] = {style: set() for style in _IN_TEXT}
    for unit in units:
        if unit.shape is Shape.OUT:
            continue
        text = unit.text
        for style, pattern in _IN_TEXT.items():
            if style in text:
                marked[style].update(
                    match[match.lastindex or 1] for match in pattern.finditer(text)
                )
    for unit in units:
        if unit.role is None and unit.shape in {Shape.TEXT, Shape.BULLET}:
            _try(unit, marked)
    _star_notes(units)
    _note_lists(units)


def _star_notes(units: list[Unit]) -> None:
    """Make notes of "*) …" and "**) …", whose signs stand behind a word elsewhere."""
    used = {match[1] for unit in units if "*)" in unit.text for match in STARS.finditer(unit.text)}
    for unit in units:
        if unit.role is None and unit.shape is Shape.TEXT and unit.text.startswith("*"):
            match = _STAR_NOTE.match(unit.text)
            if match is not None and match[1] in used:
                unit.shape, unit.mark = Shape.NOTE, f"{match[1]})"
                unit.put([unit.text[match.end() :]])


def _note_lists(units: list[Unit]) -> None:
    """Make notes of a numbered list under "Noten", if its numbers stand as marks in the text."""
    used = {
        signs.superscript(digits)
        for unit in units
        if unit.shape is not Shape.NOTE
        for digits in _SUPERSCRIPTS.findall(unit.text)
    }
    heading: Unit | None = None
    for unit in units:
        if unit.shape in {Shape.TEXT, Shape.HEADING} and len(unit.text) <= _LONGEST_HEADING:
            known = unit.role is None and language.key(unit.text) in language.NOTES
            heading = unit if known else None
        elif unit.shape is Shape.BULLET and heading is not None and unit.role is None:
            if signs.value(unit.mark) in used and unit.mark.strip("().").isdigit():
                unit.shape = Shape.NOTE
                if heading.shape is not Shape.OUT:
                    heading.drop(Why.LIST_LABEL)
        elif unit.shape is Shape.NOTE and heading is not None:
            heading.drop(Why.LIST_LABEL)


def _try(unit: Unit, marked: dict[str, set[str]]) -> None:
    text = unit.text
    if unit.shape is Shape.BULLET:
        number = unit.mark.strip("().")
        style = "(" if unit.mark.startswith("(") else ""
        small = style == "(" or unit.first.size < _SMALL or _POINTER.match(text) is not None
        if small and number.isdigit() and number in marked[style]:
            unit.shape = Shape.NOTE
        return
    square = _SQUARE.match(text)
    if square is not None and (square[2] in marked["["] or square[1].startswith("[^")):
        unit.shape, unit.mark = Shape.NOTE, square[1]
        unit.put([text[square.end() :]])
        return
    bare = _BARE.match(text)
    if bare is not None and bare[1] in marked[""]:
        rest = text[bare.end() :]
        if unit.first.size < _SMALL or _POINTER.match(rest) is not None:
            unit.shape, unit.mark = Shape.NOTE, bare[1]
            unit.put([rest])
