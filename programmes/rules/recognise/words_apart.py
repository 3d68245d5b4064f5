"""Exports that give one word per line: put together again before anything else is looked at."""

from __future__ import annotations

import re
from typing import Final

from programmes.rules import signs
from programmes.rules.blocks import BlockKind
from programmes.rules.recognise.units import Shape, Unit, is_capitals, starts_small, words

_MOST_WORDS: Final = 2
_SHORTEST_RUN: Final = 15
_LONGEST: Final = 60
_SMALL_SHARE: Final = 0.4
_MOST_LABEL_WORDS: Final = 7
_MOST_HEADING_WORDS: Final = 8
_NUMBER: Final = re.compile(r"\d{1,2}\.")
_DASHES: Final = "-–—"
_SHORTEST_HEADING: Final = 4
_CAPITALS: Final = re.compile(r"[^a-zß-ÿ]*[A-ZÀ-Þ][^a-zß-ÿ]*")


def reassemble(units: list[Unit]) -> list[Unit]:
    """Join runs of lines of one or two words, most of which begin with a small letter.

    A run is divided at white space (unless every line has it), at bullet signs, and around
    words in capitals that stand between two sentences: those are a heading.
    """
    result: list[Unit] = []
    run: list[Unit] = []
    for unit in units:
        if _is_word(unit):
            run.append(unit)
            continue
        result += _joined(run)
        run = []
        result.append(unit)
    result += _joined(run)
    return result


def _is_word(unit: Unit) -> bool:
    return (
        unit.shape in {Shape.TEXT, Shape.BULLET}
        and unit.role is None
        and unit.first.joins is None
        and unit.first.kind in {BlockKind.LINE, BlockKind.BULLET}
        and len(unit.text) <= _LONGEST
        and words(unit.text) <= _MOST_WORDS
    )


def _joined(run: list[Unit]) -> list[Unit]:
    if len(run) < _SHORTEST_RUN:
        return run
    small = sum(starts_small(unit.text) for unit in run)
    if small < _SMALL_SHARE * len(run):
        return run
    spaced = sum(unit.first.gap for unit in run) * 2 > len(run)
    starts = {place for place, unit in enumerate(run) if unit.first.gap and not spaced}
    items = _items(run)
    starts |= items | _headings(run, items) | _numbered(run, items)
    starts |= _leads(run, starts, items)
    result: list[Unit] = []
    for place, unit in enumerate(run):
        if not result or place in starts:
            result.append(unit)
            continue
        current = result[-1]
        if len(current.blocks) == 1 and signs.is_lone(current.text) and place - 1 in items:
            current.shape, current.mark = Shape.BULLET, current.text
            current.put([unit.text])
        else:
            current.parts += [" ", _whole(unit)]
        current.blocks += unit.blocks
    return result


def _whole(unit: Unit) -> str:
    return f"{unit.mark} {unit.text}" if unit.shape is Shape.BULLET else unit.text


def _items(run: list[Unit]) -> set[int]:
    """Return the places of the signs that begin a list item.

    A dash in the middle of a sentence does not, unless the text after it ends as an item does
    before the next dash: then it is the first of its list.
    """
    found: set[int] = set()
    ended_before_next = False  # a sentence or item ends between here and the next dash
    closes = False  # the last word before the next dash, or of all, ends a text
    for place in range(len(run) - 1, -1, -1):
        unit = run[place]
        lone = unit.shape is Shape.TEXT and signs.is_lone(unit.text)
        if lone and unit.text in _DASHES:
            first = closes and ended_before_next
            if not place or _ends(run[place - 1]) or first:
                found.add(place)
            ended_before_next, closes = False, bool(place) and _ends(run[place - 1])
            continue
        if unit.shape is Shape.BULLET or lone:
            found.add(place)
            ended_before_next = closes = False  # where other signs make the lists, dashes do not
        elif _ends(unit):
            ended_before_next = True
    return found


def _headings(run: list[Unit], items: set[int]) -> set[int]:
    """Return where headings in capitals begin and where the text after them does."""
    found: set[int] = set()
    place = 0
    first_end = next((at for at, unit in enumerate(run) if _ends(unit)), len(run))
    while place < len(run):
        end = place
        while end < len(run) and end not in items and _is_capital(run[end]):
            end += 1
        if end > place:
            text = " ".join(unit.text for unit in run[place:end])
            after = end >= len(run) or end in items or not starts_small(run[end].text)
            # A first word of one letter ("WONEN A …") is the sentence's own.
            # Before the first sentence ends there is a title page, whose lines do not end.
            before = place <= first_end or _ends(run[place - 1])
            if before and after and len(text) >= _SHORTEST_HEADING and is_capitals(text):
                found |= {place, end}
        place = max(end, place + 1)
    return found


def _numbered(run: list[Unit], items: set[int]) -> set[int]:
    """Return where headings with a number begin, and where the text after them does.

    A number after the end of a sentence, one more than the one before it. Its heading is taken
    to end before the next capital.
    """
    found: set[int] = set()
    last = 0
    for place, unit in enumerate(run[:-1]):
        text = unit.text
        counts = _NUMBER.fullmatch(text) is not None and int(text[:-1]) == last + 1
        if not counts or unit.shape is not Shape.TEXT or place + 1 in items:
            continue
        if last and not _ends(run[place - 1]):
            continue
        last += 1
        end = place + 2
        while end < min(len(run), place + _MOST_HEADING_WORDS) and end not in items:
            if not starts_small(run[end].text) and run[end].text[:1].isalpha():
                break
            end += 1
        found |= {place, end}
    return found if last > 1 else set()


def _is_capital(unit: Unit) -> bool:
    text = unit.text
    return (
        unit.shape is Shape.TEXT
        and not signs.is_lone(text)
        and (_CAPITALS.fullmatch(text) is not None or text in {"&", "/"})
        and text[-1] not in ".!?;:,"
    )


def _leads(run: list[Unit], starts: set[int], items: set[int]) -> set[int]:
    """Return where the short last sentence before a list begins: "Onze partij wil daarom dat"."""
    found: set[int] = set()
    for place in items:
        if place - 1 in items or not place:
            continue
        begin = place - 1
        while begin > 0 and begin not in starts and not _ends(run[begin - 1]):
            begin -= 1
            if place - begin > _MOST_LABEL_WORDS:
                break
        if (
            place - begin <= _MOST_LABEL_WORDS
            and begin not in starts
            and begin > 0
            and not starts_small(run[begin].text)
            and (run[place - 1].text.endswith(":") or not _ends(run[place - 1]))
        ):
            found.add(begin)
    return found


def _ends(unit: Unit) -> bool:
    return unit.parts[-1].rstrip("\"')")[-1:] in {".", "!", "?", ";", ":"}
