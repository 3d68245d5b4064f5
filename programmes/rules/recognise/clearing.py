"""What belongs to the paper and not to the text: page numbers, running heads, rules."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import groupby
from typing import Final

from programmes.rules import signs
from programmes.rules.document import Why
from programmes.rules.recognise import language
from programmes.rules.recognise.units import Shape, Unit, has_url, is_finished, starts_small

_PAGE_NUMBER = re.compile(
    r"(?:[-–—|•]\s*)?(?:(?:pagina|pag\.?|p\.|blz\.?|page)\s*)?\d{1,3}"
    r"(?:\s*(?:/|van|of)\s*\d{1,3})?(?:\s*[-–—|•])?",
    re.IGNORECASE,
)
_ROMAN_PAGE = re.compile(r"(?:[-–—|•]\s*)?(?:[ivxl]{1,7}|[IVXL]{1,7})(?:\s*[-–—|•])?")
_NO_LETTERS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_EDGE: Final = 2
_LEAST: Final = 2
_OFTEN: Final = 3
_LONGEST_HEAD: Final = 100
_SMALL_PRINT: Final = 0.9
_MOST_CAPTION_WORDS: Final = 12


def clear(units: list[Unit]) -> None:
    """Leave out rules, page numbers, running heads and small print on pictures."""
    for unit in units:
        if unit.shape is not Shape.OUT and unit.role is None and unit.shape is not Shape.ROW:
            text = unit.text
            if len(text) > 1 and _NO_LETTERS.fullmatch(text):
                unit.drop(Why.RULE)
    if any(unit.blocks and unit.first.page is not None for unit in units):
        _clear_pages(units)
    else:
        _clear_lines(units)


def clear_numbered_heads(units: list[Unit]) -> None:
    """Leave out the running heads that count the pages, before anything else is looked at.

    A line at the edge of a page whose number runs along with the pages can be nothing else, so
    two of them are enough.
    """
    if not any(unit.blocks and unit.first.page is not None for unit in units):
        return
    found: defaultdict[str, list[Unit]] = defaultdict(list)
    for page in _pages(units):
        for unit in _edges(page):
            key = _head_key(unit) if _free(unit) else ""
            if "#" in key and not _PAGE_NUMBER.fullmatch(_whole(unit)):
                found[key].append(unit)
    for heads in found.values():
        if len({unit.first.page for unit in heads}) >= _LEAST and _numbered_by_page(heads):
            for unit in heads:
                unit.drop(Why.RUNNING_HEAD)


def _pages(units: list[Unit]) -> list[list[Unit]]:
    """Return the units of each page that are not left out."""
    pages = groupby((unit for unit in units if unit.blocks), key=lambda unit: unit.first.page)
    return [[unit for unit in page if unit.shape is not Shape.OUT] for _, page in pages]


def _edges(page: list[Unit]) -> list[Unit]:
    """Return the first and last lines of a page."""
    return page if len(page) <= 2 * _EDGE else [*page[:_EDGE], *page[-_EDGE:]]


def _free(unit: Unit) -> bool:
    return (
        unit.shape not in {Shape.OUT, Shape.ROW}
        and unit.role is None
        and unit.entry is None
        and bool(unit.blocks)
    )


def _whole(unit: Unit) -> str:
    return f"{unit.mark} {unit.text}".strip() if unit.shape is Shape.BULLET else unit.text


def _clear_pages(units: list[Unit]) -> None:
    edges: list[Unit] = []
    outermost: list[Unit] = []
    roman: list[Unit] = []
    for page in _pages(units):
        for unit in _edges(page):
            if _free(unit) and _PAGE_NUMBER.fullmatch(_whole(unit)):
                unit.drop(Why.PAGE_NUMBER)
        roman += [unit for unit in (*page[:1], *page[-1:]) if _is_roman_page(unit)]
    if len({unit.text for unit in roman}) >= _LEAST:
        for unit in roman:
            unit.drop(Why.PAGE_NUMBER)
    for page in _pages(units):
        rest = [unit for unit in page if unit.shape is not Shape.OUT]
        edges += _edges(rest)
        outermost += [*rest[:1], *rest[-1:]]
    _drop_heads(units, edges)
    for unit in outermost:
        if _free(unit) and _is_small_print(unit):
            unit.drop(Why.CAPTION)


def _is_roman_page(unit: Unit) -> bool:
    return _free(unit) and unit.shape is Shape.TEXT and bool(_ROMAN_PAGE.fullmatch(unit.text))


def _is_small_print(unit: Unit) -> bool:
    return (
        unit.shape is Shape.TEXT
        and unit.first.size < _SMALL_PRINT
        and len(unit.text.split()) <= _MOST_CAPTION_WORDS
        and not is_finished(unit.text)
        and not starts_small(unit.text)
    )


def _head_key(unit: Unit) -> str:
    text = _whole(unit)
    if is_finished(text) and not has_url(text):
        return ""
    return " ".join(_DIGITS.sub("#", text).split()).casefold() if len(text) < _LONGEST_HEAD else ""


def _drop_heads(units: list[Unit], edges: list[Unit]) -> None:
    # On the first page the same words may stand as a title too.
    start = units[0].first.page if units and units[0].blocks else None
    outer = set(edges)
    total = Counter(
        _head_key(unit)
        for unit in units
        if _free(unit) and (unit in outer or unit.first.page != start)
    )
    found: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in edges:
        if unit.shape is not Shape.OUT and unit.blocks and (key := _head_key(unit)):
            found[key].append(unit)
    pages = len({unit.first.page for unit in units if unit.blocks})
    for key, heads in found.items():
        free = [unit for unit in heads if _free(unit)]
        if not free or len(heads) < _OFTEN or len(free) * 5 < total[key] * 4 or _is_known(key):
            continue
        same = len({_whole(unit) for unit in heads}) == 1
        if "#" in key and not same and not _numbered_by_page(heads):
            continue
        everywhere = len(heads) * 2 > pages
        named = any(unit.entry is not None for unit in heads)
        kept = None if (everywhere and heads[0] is not edges[0]) or named else free[0]
        smallest = min(unit.first.size for unit in free)
        headings = all(unit.shape is Shape.HEADING for unit in free)
        styled = [unit for unit in free if _stands_out(unit, smallest, headings=headings)]
        known = {id(unit) for unit in styled}
        for unit in free:
            if unit is not kept and id(unit) not in known:
                unit.drop(Why.RUNNING_HEAD)
        if styled and kept is not None and id(kept) not in known:
            kept.drop(Why.RUNNING_HEAD)


def _stands_out(unit: Unit, smallest: float, *, headings: bool) -> bool:
    """Say whether a head is styled as the others of its text are not."""
    return unit.first.size > smallest + 0.15 or (unit.shape is Shape.HEADING and not headings)


def _is_known(key: str) -> bool:
    plain = language.key(key)
    return plain in language.LABELS or language.EXAMPLES.fullmatch(plain) is not None


def _numbered_by_page(heads: list[Unit]) -> bool:
    """Say whether one of the numbers in the texts runs along with the pages."""
    steps: Counter[int] = Counter()
    for unit in heads:
        page = unit.first.page or 0
        steps.update({int(digits[:6]) - page for digits in _DIGITS.findall(_whole(unit))})
    return bool(steps) and steps.most_common(1)[0][1] * 5 >= len(heads) * 4


def _clear_lines(units: list[Unit]) -> None:
    """Page numbers and running heads in a text that has lost its pages."""
    kept = [unit for unit in units if unit.shape is not Shape.OUT and unit.blocks]
    alone: list[tuple[int, Unit]] = []
    for place, unit in enumerate(kept):
        after = kept[place + 1] if place + 1 < len(kept) else None
        if (
            _free(unit)
            and _PAGE_NUMBER.fullmatch(_whole(unit))
            and unit.first.gap
            and (after is None or after.first.gap)
        ):
            alone.append((place, unit))
    numbers = [int(_DIGITS.search(unit.text)[0][:6]) for _, unit in alone]  # type: ignore[index]
    if len(alone) < _OFTEN or numbers != sorted(numbers):
        return
    edges: list[Unit] = []
    for place, unit in alone:
        unit.drop(Why.PAGE_NUMBER)
        edges += [kept[near] for near in (place - 1, place + 1) if 0 <= near < len(kept)]
    total = Counter(_head_key(unit) for unit in units if _free(unit))
    near = Counter(_head_key(unit) for unit in edges if _free(unit))
    for unit in edges:
        key = _head_key(unit)
        if (
            _free(unit)
            and near[key] >= _OFTEN
            and near[key] == total[key]
            and not _is_known(key)
            and "#" not in key
        ):
            unit.drop(Why.RUNNING_HEAD)


def lone_marks(units: list[Unit]) -> list[Unit]:
    """Put bullet signs that stand apart before their texts, and leave stray ones out.

    A sign before another list item only says that a list broke over two pages. Several signs in
    a row, as some exports give them, each take one of the lines that follow.
    """
    result: list[Unit] = []
    waiting: list[Unit] = []
    for unit in units:
        if unit.shape is Shape.TEXT and unit.role is None and signs.is_lone(unit.text):
            waiting.append(unit)
            result.append(unit)
            continue
        if unit.shape in {Shape.OUT, Shape.NOTE}:
            result.append(unit)
            continue
        takes = unit.shape is Shape.TEXT and unit.role is None and unit.entry is None
        if waiting and takes:
            sign = waiting.pop(0)
            unit.shape, unit.mark, unit.level = Shape.BULLET, sign.text, 0
            unit.blocks = [*sign.blocks, *unit.blocks]
            sign.blocks = []
        else:
            _stray(waiting)
        result.append(unit)
    _stray(waiting)
    return [unit for unit in result if unit.blocks]


def _stray(waiting: list[Unit]) -> None:
    for sign in waiting:
        sign.drop(Why.LONE_MARK)
    waiting.clear()
