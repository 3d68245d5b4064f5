"""Puts together what the layout tore apart: wrapped lines, sentences over pages, words one by one.

A text may go on in the next block when it has not ended (no full stop) and the next block does
not begin anything (a small letter, or a rest in the middle of a list). Footnotes, page numbers
and stray signs may stand between. A person's ``joins`` is followed before anything is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from programmes.rules import signs
from programmes.rules.blocks import BlockKind, Role
from programmes.rules.document import Why
from programmes.rules.recognise import language
from programmes.rules.recognise.stitching import Stitcher, is_url_tail
from programmes.rules.recognise.units import (
    Shape,
    Unit,
    bare,
    is_capitals,
    is_finished,
    starts_small,
    title_like,
    words,
)

_OPEN_ENDS: Final = ("-", ",", "\u00ad", "/", "(", "&")
_LAST_WORD = re.compile(r"([^\W\d_]+)$")
_SENTENCE_WORDS: Final = 5
_WIDEST: Final = 130
_SHORTEST_WIDTH: Final = 20
_NARROWEST: Final = 30
_ENOUGH: Final = 3
_LEAST_BROKEN: Final = 2
_FULL: Final = 0.72
_BROKEN: Final = 0.8
_TITLE_SIZE: Final = 1.15
_SAME_SIZE: Final = 0.1
_LONGEST_LABEL: Final = 60
_HEADS: Final = frozenset({Role.TITLE, Role.CHAPTER, Role.SECTION, Role.GROUP, Role.LEFT_OUT})


@dataclass(slots=True)
class _Open:
    """What the next block may go on with."""

    main: Unit | None = None
    note: Unit | None = None
    last: Unit | None = None  # whatever came last, for a person's word
    torn: bool = False  # a note, a page break or a stray sign stands between
    swallowed: Unit | None = None  # a short line that may be a caption in a torn sentence


def join(units: list[Unit]) -> list[Unit]:
    """Return the units with those that belong together made one, in linear time."""
    stitcher = Stitcher(units)
    width = wrap_width(units)
    state = _Open()
    result: list[Unit] = []
    for place, unit in enumerate(units):
        joins = unit.first.joins
        target: Unit | None
        if joins and state.last is not None and unit.role is not Role.LEFT_OUT:
            target = state.last
        elif joins is None and unit.shape is not Shape.OUT:
            following = next((u for u in units[place + 1 : place + 5] if _in_text(u)), None)
            target = _target(unit, state, width, following)
        else:
            target = None
        if target is None:
            _advance(state, unit)
            result.append(unit)
            continue
        if target is state.main and state.swallowed is not None and not joins:
            state.swallowed.drop(Why.CAPTION)
        _absorb(stitcher, target, unit)
        state.last = target
        state.torn = False
        state.swallowed = None
        if target is state.main:
            state.note = None
    return result


def _in_text(unit: Unit) -> bool:
    return unit.shape not in {Shape.OUT, Shape.NOTE}


def _absorb(stitcher: Stitcher, target: Unit, unit: Unit) -> None:
    text = unit.text
    if unit.shape is Shape.BULLET and signs.number(f"{unit.mark} x"):
        text = f"{unit.mark} {text}"
    stitcher.add(target, text)
    target.blocks += unit.blocks


def _advance(state: _Open, unit: Unit) -> None:
    if unit.shape is Shape.OUT:
        if unit.why is not Why.BY_HAND:
            state.torn = True
        return
    state.last = unit
    if unit.shape is Shape.NOTE:
        state.note, state.torn = unit, True
        return
    if (
        state.main is not None
        and state.swallowed is None
        and _may_be_caption(unit, state.main)
        and _unfinished_sentence(state.main)
    ):
        state.swallowed = unit  # the sentence before it stays open for one block more
        return
    closed = unit.role in _HEADS or _is_label(unit) or unit.shape in {Shape.HEADING, Shape.ROW}
    state.main = None if closed or unit.entry is not None else unit
    state.note, state.torn, state.swallowed = None, False, None


def _may_be_caption(unit: Unit, main: Unit) -> bool:
    """Say whether a short line may be printed on a picture: in capitals, or at a page's edge."""
    return (
        (is_capitals(unit.text) or unit.first.page != main.last.page)
        and not is_capitals(main.tail)
        and unit.shape is Shape.TEXT
        and unit.role is None
        and unit.entry is None
        and not unit.bold
        and title_like(unit)
    )


def _is_label(unit: Unit) -> bool:
    """Say whether a line is one of the customary list labels; those stand by themselves."""
    return (
        unit.shape is Shape.TEXT
        and len(unit.text) <= _LONGEST_LABEL
        and not starts_small(unit.text)
        and language.key(unit.text) in language.LABELS
    )


def _unfinished_sentence(unit: Unit) -> bool:
    return words(unit.tail) >= _SENTENCE_WORDS and not is_finished(unit.tail)


def _target(  # noqa: PLR0911 - one answer per case, the first that fits
    unit: Unit, state: _Open, width: int, following: Unit | None
) -> Unit | None:
    """Return the unit that this one goes on with, or ``None``."""
    if unit.role is not None or unit.entry is not None or _is_label(unit):
        return None
    if unit.shape is Shape.HEADING or (unit.shape is Shape.TEXT and unit.first.size > _TITLE_SIZE):
        return _heading_target(unit, state)
    if unit.shape is Shape.BULLET:
        return state.main if _is_no_item(unit, state, following) else None
    if unit.shape is not Shape.TEXT:
        return None
    if state.swallowed is not None:
        apart = unit.first.gap or unit.first.page != state.swallowed.last.page
        if state.main is not None and starts_small(unit.text) and apart:
            return state.main
        state.main, state.swallowed = state.swallowed, None
    if state.main is not None and _goes_on(state.main, unit, state, width, following):
        return state.main
    if state.note is not None and _note_goes_on(state.note, unit, width):
        return state.note
    return None


def _heading_target(unit: Unit, state: _Open) -> Unit | None:
    """A heading in large letters over two lines."""
    before = state.last
    alike = (
        before is not None
        and unit.shape is Shape.TEXT
        and before is state.main
        and before.shape is Shape.TEXT
        and before.first.size == unit.first.size
        and not unit.first.gap
        and before.first.page == unit.first.page
        and not is_finished(before.tail)
        and not state.torn
    )
    return before if alike else None


def _is_no_item(unit: Unit, state: _Open, following: Unit | None) -> bool:
    """Say whether a "bullet" is a dash or a number at which a line of prose was broken."""
    main = state.main
    if following is not None and following.mark == unit.mark and is_finished(unit.text):
        return False  # the first of a list
    if main is None or unit.first.gap or is_finished(main.tail) or state.torn:
        return False
    if unit.first.kind is BlockKind.BULLET and unit.first.line is None:
        return False
    if signs.number(f"{unit.mark} x"):
        return main.shape is Shape.TEXT and words(main.tail) >= _SENTENCE_WORDS
    dash = unit.mark in "–—" and main.mark != unit.mark and starts_small(unit.text)
    return dash and words(main.tail) >= _SENTENCE_WORDS


def _goes_on(  # noqa: C901, PLR0911 - one answer per case, the first that fits
    main: Unit, unit: Unit, state: _Open, width: int, following: Unit | None
) -> bool:
    """Say whether a line goes on with the text before it; the surest signs come first."""
    before, text = main.tail, unit.text
    if is_url_tail(before, text):
        return True
    if unit.first.gap and _is_address_line(text):
        return False
    if main.shape is Shape.BULLET and _is_hanging(main, unit):
        return True
    if before.rstrip("*_ ").endswith(":") and not starts_small(text):
        return False
    near = not unit.first.gap and not state.torn and main.last.kind is not BlockKind.PARAGRAPH
    if near and title_like(unit) and title_like(main) and _has_open_end(before.casefold()):
        return True  # a heading over two lines: "Economie, werk en | Ondernemen"
    finished = is_finished(before)
    if near and width and _is_full(main, text, width):
        return not (finished and _is_heading_next(unit, main))
    if finished:
        return False
    if starts_small(text):
        return (near and unit.first.kind is not BlockKind.PARAGRAPH) or _is_open(main, before)
    if near and width:
        return False
    if title_like(main) and words(before) < _SENTENCE_WORDS:
        return False
    return _is_open(main, before) and (
        _has_open_end(before) or _is_rest(main, unit, state, following)
    )


def _is_address_line(text: str) -> bool:
    return text.lower().startswith(("www.", "http"))


def _is_open(main: Unit, before: str) -> bool:
    """Say whether a text without full stop reads as a sentence that was cut off."""
    return main.shape is Shape.BULLET or words(before) >= _SENTENCE_WORDS or before.endswith("-")


def _is_hanging(main: Unit, unit: Unit) -> bool:
    """Say whether a line stands under the text of the list item, not under its sign."""
    return (
        unit.first.kind is BlockKind.LINE
        and unit.first.line is not None
        and unit.first.indent >= main.first.indent + 2
        and (not unit.first.gap or unit.first.indent <= main.first.indent + 4)
    )


def _is_full(main: Unit, text: str, width: int) -> bool:
    """Say whether the first word of ``text`` would not have fitted on the line before."""
    block = main.last
    length = block.indent + len(block.text) + (len(block.mark) + 1 if block.mark else 0)
    first = text.split(maxsplit=1)[0]
    return length + 1 + len(first) > _FULL * width and length <= 1.5 * width


def _is_heading_next(unit: Unit, main: Unit) -> bool:
    """A bold line, or one in capitals, after a full line of another look starts something."""
    return title_like(unit) and (
        unit.bold != main.bold or is_capitals(unit.text) != is_capitals(main.parts[-1])
    )


def _has_open_end(before: str) -> bool:
    plain = bare(before[-200:])
    if plain.endswith(_OPEN_ENDS):
        return True
    last = _LAST_WORD.search(plain)
    return last is not None and last[1] in language.OPEN_WORDS


def _is_rest(main: Unit, unit: Unit, state: _Open, following: Unit | None) -> bool:
    """Say whether a paragraph in the middle of a list is the rest of the item before it."""
    return (
        main.shape is Shape.BULLET
        and main.bold == unit.bold
        and abs(main.first.size - unit.first.size) < _SAME_SIZE
        and (state.torn or unit.first.page != main.last.page)
        and following is not None
        and following.shape is Shape.BULLET
        and is_finished(unit.text)
    )


def _note_goes_on(note: Unit, unit: Unit, width: int) -> bool:
    before = note.tail
    if is_url_tail(before, unit.text):
        return True
    if unit.first.kind is not BlockKind.LINE:
        return False
    if not unit.first.gap and width and _is_full(note, unit.text, width):
        return not title_like(unit) or starts_small(unit.text)
    return not is_finished(before) and starts_small(unit.text)


def wrap_width(units: list[Unit]) -> int:
    """Return the width at which the lines of the file were broken; 0 if they are paragraphs."""
    lines = [unit for unit in units if unit.shape in {Shape.TEXT, Shape.BULLET, Shape.NOTE}]
    lines = [unit for unit in lines if unit.first.kind is not BlockKind.PARAGRAPH]
    lengths = sorted(
        unit.last.indent + len(unit.last.text)
        for unit in lines
        if len(unit.last.text) >= _SHORTEST_WIDTH
    )
    if not lengths:
        return 0
    width = lengths[min(len(lengths) - 1, len(lengths) * 95 // 100)]
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    pairs = broken = 0
    for before, unit in pairwise(lines):
        near = unit.shape is Shape.TEXT and not unit.first.gap
        if near and len(before.last.text) >= width / 2:
            pairs += 1
            first = unit.text.split(maxsplit=1)[0]
            length = before.last.indent + len(before.last.text) + 1 + len(first)
            broken += not is_finished(before.text) and length > _BROKEN * width
    return width if pairs >= _ENOUGH and broken >= _LEAST_BROKEN and broken * 3 >= pairs else 0
