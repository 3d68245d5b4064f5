"""Exports that give one word per line: put together again before anything else is looked at."""

from __future__ import annotations

from typing import Final

from programmes.rules import signs
from programmes.rules.blocks import BlockKind
from programmes.rules.recognise.units import Shape, Unit, starts_small, words

_MOST_WORDS: Final = 2
_SHORTEST_RUN: Final = 15
_LONGEST: Final = 60
_SMALL_SHARE: Final = 0.4


def reassemble(units: list[Unit]) -> list[Unit]:
    """Join runs of lines of one or two words, most of which begin with a small letter.

    A run is divided at white space (unless every line has it), at bullet signs and after the
    end of a page only if a sentence ended there.
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
    result: list[Unit] = []
    current: Unit | None = None
    for unit in run:
        sign = unit.shape is Shape.BULLET or signs.is_lone(unit.text)
        dash = sign and unit.shape is Shape.TEXT and unit.text in "-–—" and current is not None
        starts = (sign and not (dash and not _ended(current))) or (unit.first.gap and not spaced)
        if current is None or starts:
            current = unit
            result.append(unit)
        elif len(current.blocks) == 1 and signs.is_lone(current.text):
            current.shape, current.mark = Shape.BULLET, current.text
            current.put([unit.text])
            current.blocks += unit.blocks
        else:
            current.parts += [" ", unit.text]
            current.blocks += unit.blocks
    return result


def _ended(unit: Unit | None) -> bool:
    return unit is None or unit.parts[-1].rstrip("\"')")[-1:] in ".!?;:"
