"""All milestones of many branches as one table: a column a milestone, a cell a link to it.

Pure string building, as ``monitor.fabric``: columns and packed rows in, safe markup out. What looks
the same is drawn once; of a cell only its branch and its address differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final, NamedTuple
from urllib.parse import quote

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.dates import day_words
from process.enums import Phase
from process.rules.packing import unpack
from process.rules.state import State
from process.thread import state_word
from process.thread.marks import KNOTS
from process.way_back import BACK

_SIDE: Final = 28
_MIDDLE: Final = _SIDE / 2


class Head(NamedTuple):
    """A column: a milestone by its key, with its title in the reader's language."""

    key: str
    title: str
    phase: int


Knot = tuple[str, int]
"""Key and id of a milestone of one branch; its place among its branch's is that in ``packed``."""


def cell_symbols() -> SafeString:
    """Return the shapes of all states; put it on the page once, before the first cell."""
    shapes = "".join(
        f'<symbol id="cel-{state.value}" viewBox="0 0 {_SIDE} {_SIDE}">'
        f"{KNOTS[state.value](x=_MIDDLE, y=_MIDDLE)}</symbol>"
        for state in State
    )
    return mark_safe(  # noqa: S308 - numbers only
        '<svg class="thread-symbols" width="0" height="0" aria-hidden="true" focusable="false">'
        f"<defs>{shapes}</defs></svg>"
    )


def cell_mark(state: str) -> SafeString:
    """Draw one shape as decoration beside its word."""
    return mark_safe(  # noqa: S308 - constants only
        f'<svg class="cel {escape(state)}" aria-hidden="true" focusable="false">'
        f'<use href="#cel-{escape(state)}"/></svg>'
    )


class Grid:
    """Draws the cells of one page.

    Args:
        heads: the columns, from left to right.
        today: the day.
        address: of a milestone, with ``SLUG`` and ``0`` where its branch and its id come.
        back: the query string of the page that is looked at: the way back to it.
    """

    def __init__(self, *, heads: Sequence[Head], today: date, address: str, back: str) -> None:
        self.heads = heads
        self._today = today
        self._before, self._after = address.replace("/0/", "/\0/").split("\0")
        self._after += f"?{BACK}={quote(back, safe='')}"
        self._places = {head.key: place for place, head in enumerate(heads)}
        self._titles = [escape(head.title) for head in heads]
        self._drawn: dict[tuple[int, str, date], str] = {}
        nothing = escape(_("not in this timeline"))
        self._none = f'<td><span class="visually-hidden">{nothing}</span></td>'

    @property
    def phases(self) -> list[tuple[str, int]]:
        """Return (name, number of columns) for each stretch, for the head above the heads."""
        return [
            (str(Phase(phase).label), len(list(heads)))
            for phase, heads in groupby(self.heads, key=lambda head: head.phase)
        ]

    def legend(self) -> list[tuple[SafeString, str]]:
        """Return (drawing, word) for each state, as the cells draw it."""
        return [(cell_mark(state.value), state_word(state.value)) for state in State]

    def cells(
        self, *, slug: str, name: str, packed: str, polling_day: date, knots: Iterable[Knot]
    ) -> SafeString:
        """Return the cells of one branch, in the order of the columns.

        Args:
            slug: of the branch.
            name: of the branch; stands in the words of each link.
            packed: of its timeline.
            polling_day: of its timeline.
            knots: its milestones, in the order of ``packed``.
        """
        row = [self._none] * len(self.heads)
        before = f'<td><a href="{self._before.replace("SLUG", slug)}'
        after = f'{self._after}" title="{escape(name)}: '
        places, drawn = self._places, self._drawn
        for (key, pk), token in zip(knots, packed.split(), strict=False):
            place = places.get(key)
            if place is None:
                continue
            look = drawn.get((place, token, polling_day))
            if look is None:
                look = self._look(place, token, polling_day)
            row[place] = f"{before}{pk}{after}{look}"
        return mark_safe("".join(row))  # noqa: S308 - every text above is escaped

    def _look(self, place: int, token: str, polling_day: date) -> str:
        """Draw what cells of one column with one packed milestone have in common."""
        ((state, days),) = unpack(packed=token, days_to_go=(polling_day - self._today).days)
        day = day_words(polling_day + timedelta(days=days))
        words = f"{self._titles[place]}, {escape(state_word(state.value).lower())} ({escape(day)})"
        look = (
            f'{words}" class="{state.value}"><svg><use href="#cel-{state.value}"/></svg></a></td>'
        )
        self._drawn[place, token, polling_day] = look
        return look


def heads_of(
    newest: Sequence[Head], *, known: Mapping[str, tuple[int, Head]], used: Iterable[str]
) -> list[Head]:
    """Return the columns of a table: the newest template's, and what older ones have besides.

    Args:
        newest: the columns of the newest template, in order.
        known: key → (position, column) over all versions that are followed.
        used: keys of the milestones that the branches on the page have.
    """
    columns = list(newest)
    there = {head.key for head in newest}
    older = sorted(known[key] for key in set(used) - there if key in known)
    for position, head in older:
        earlier = [
            place
            for place, column in enumerate(columns)
            if known.get(column.key, (position, column))[0] < position
        ]
        columns.insert(max(earlier, default=-1) + 1, head)
    return columns
