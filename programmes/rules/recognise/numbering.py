"""Numbers that only their order shows to be numbers: "1 Wonen … 2 Zorg", "a. … b. …", "II Zorg".

"30 km per uur" and "J. Jansen" begin in the same way, so nothing is split off unless the lines
count from the first one on. A heading loses its number in every case: numbering is a mark, not a
part of the title.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from programmes.rules import signs
from programmes.rules.recognise.units import Shape, Unit, title_like

_BARE = re.compile(r"(?P<sign>\d{1,3})(?:\s+|\s*[|:–—]\s*)(?=[\"'“‘(*]*[^\W\d_a-zß-ÿ])")
_LETTER = re.compile(r"(?P<sign>[a-zA-Z][.)]|\([A-Z]\))\s+(?=\S)")
_ROMAN = re.compile(r"(?P<sign>[IVX]{1,6}\.?)(?:\s+|\s*[|:–—]\s*)(?=\S)")
_LEAST: Final = 2
_LEAST_SENTENCES: Final = 3


@dataclass(slots=True)
class _Run:
    """Lines that count on from each other."""

    units: list[tuple[Unit, signs.Sign]] = field(default_factory=list)

    def is_sure(self, *, least: int) -> bool:
        """Say whether so many in order, and not all the same text, can be no coincidence.

        Two are enough if they are short; other lines need ``least``.
        """
        texts = {sign.text.casefold() for _, sign in self.units}
        if len(self.units) < _LEAST or len(texts) == 1:
            return False
        return len(self.units) >= least or all(_is_short(u) for u, _ in self.units)


def split_numbers(units: list[Unit]) -> None:
    """Split the numbers off, so that a numbered line is a list item and a heading has a title."""
    for unit in units:
        if unit.shape in {Shape.HEADING, Shape.TEXT}:
            _split_written(unit)
    for pattern in (_BARE, _LETTER, _ROMAN):
        for unit, sign in _in_order(units, pattern):
            unit.mark = sign.mark if unit.shape is not Shape.HEADING else unit.mark
            unit.number = sign.mark
            unit.put([sign.text])
            if unit.shape is Shape.TEXT:
                unit.shape = Shape.BULLET


def _split_written(unit: Unit) -> None:
    """Take "Hoofdstuk 2:" and the number that a heading begins with."""
    text = unit.text
    sign = signs.chapter(text) if unit.shape is Shape.HEADING or title_like(unit) else None
    put_together = unit.shape is Shape.TEXT and len(unit.blocks) > 1  # of words, just now
    if sign is None and (unit.shape is Shape.HEADING or put_together):
        sign = signs.number(text)
        if sign is not None and put_together:
            unit.shape, unit.mark = Shape.BULLET, sign.mark
    if sign is not None:
        unit.number = sign.mark
        unit.put([sign.text])


def _in_order(units: list[Unit], pattern: re.Pattern[str]) -> list[tuple[Unit, signs.Sign]]:
    """Return the lines whose signs count from the first on, with their signs."""
    runs: defaultdict[str, list[_Run]] = defaultdict(list)
    for unit in units:
        if unit.shape not in {Shape.TEXT, Shape.HEADING} or unit.number:
            continue
        match = pattern.match(unit.text)
        if match is None:
            continue
        sign = signs.Sign(match["sign"], unit.text[match.end() :])
        style = signs.family(sign.mark)
        value = signs.value(sign.mark)
        known = runs[style]
        if value == 1:
            known.append(_Run([(unit, sign)]))
        elif known and value == len(known[-1].units) + 1:
            known[-1].units.append((unit, sign))
    least = _LEAST if pattern is _LETTER else _LEAST_SENTENCES
    found: list[tuple[Unit, signs.Sign]] = []
    for known in runs.values():
        sure = [run for run in known if run.is_sure(least=least)]
        if sure and pattern is _LETTER:
            # A list of one item counts no further; the others of its kind vouch for it.
            sure += [run for run in known if len(run.units) == 1]
        found += [pair for run in sure for pair in run.units]
    return found


def _is_short(unit: Unit) -> bool:
    return unit.shape is Shape.HEADING or title_like(unit)
