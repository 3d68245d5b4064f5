"""All threads under each other on one scale, so that today is one needle through the cloth.

Pure string building: ``packed`` columns in, safe markup out; no database, no clock. Rows that
look the same are drawn once.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.dates import day_words, month_short
from monitor.enums import Stretch
from process.rules.packing import unpack
from process.rules.state import State
from process.thread import draw_row, draw_row_mark, state_word
from process.thread.rows import ROW_WIDTH

# Weeks from polling day at the two edges of the cloth: the windows of the national template, with
# air for the knots on the edge.
EDGES = {Stretch.WAY: (-66, 3), Stretch.DELIVERY: (-3, 184)}
_DAYS_PER_WEEK = 7
_EDGE = 10
_HEAD_HEIGHT = 34
# Months between two words on the axis, so that they stay apart.
_MONTHS_APART = {Stretch.WAY: 3, Stretch.DELIVERY: 12}
_LETTER = 5
_MONTHS = 12


def stretch_now(*, polling_day: date, today: date) -> Stretch:
    """Return the part of the way on which the branches are today.

    Once the polls have closed only the promises are left to do (as in ``process.rules.relevance``).
    """
    return Stretch.WAY if today <= polling_day else Stretch.DELIVERY


class Loom:
    """Draws the rows of one page.

    Args:
        polling_day: of the election; branches whose own day differs are laid along it.
        today: where the needle stands.
        stretch: which part of the way is shown.
    """

    def __init__(self, *, polling_day: date, today: date, stretch: Stretch) -> None:
        first, last = (weeks * _DAYS_PER_WEEK for weeks in EDGES[stretch])
        self.polling_day = polling_day
        self.today = today
        self.stretch = stretch
        self._first = first
        self._length = last - first
        self._drawn: dict[tuple[str, date], SafeString] = {}

    def thread(self, *, packed: str, polling_day: date) -> SafeString:
        """Return a branch's thread; its label tells in words what is drawn."""
        found = self._drawn.get((packed, polling_day))
        if found is None:
            knots = unpack(packed=packed, days_to_go=(polling_day - self.today).days)
            states = [
                (state.value, place)
                for state, day in sorted(knots, key=lambda knot: knot[1])
                if 0 <= (place := self._place(day)) <= 1
            ]
            found = draw_row(
                states=states,
                today=self._place((self.today - polling_day).days),
                label=_label([state for state, _day in knots]),
            )
            self._drawn[packed, polling_day] = found
        return found

    def head(self) -> SafeString:
        """Return the months above the threads, polling day, and the eye of the needle."""
        words = []
        month = (self._day(0) + timedelta(days=31)).replace(day=1)
        while (place := self._place((month - self.polling_day).days)) <= 1:
            word = month_short(month)
            x = self._x(place)
            if (month.month - 1) % _MONTHS_APART[self.stretch] == 0 and self._is_free(x, word):
                words.append(
                    f'<path class="fabric-tick" d="M{x} 22V34"/>'
                    f'<text x="{x + 3}" y="31">{escape(word)}</text>'
                )
            month = _next_month(month)
        return mark_safe(  # noqa: S308 - the texts are escaped
            f'<svg class="fabric-head" viewBox="0 0 {ROW_WIDTH} {_HEAD_HEIGHT}" '
            f'width="{ROW_WIDTH}" height="{_HEAD_HEIGHT}" role="img" '
            f'aria-label="{escape(self.words())}">{"".join(words)}{self._poll()}{self._needle()}</svg>'
        )

    def legend(self) -> list[tuple[SafeString, str]]:
        """Return (drawing, word) for each state, as the rows draw it."""
        return [(draw_row_mark(state.value), state_word(state.value)) for state in State]

    def words(self) -> str:
        """Say what the axis shows."""
        return _("From %(first)s to %(last)s; today is %(today)s, polling day %(polling_day)s.") % {
            "first": day_words(self._day(0)),
            "last": day_words(self._day(self._length)),
            "today": day_words(self.today),
            "polling_day": day_words(self.polling_day),
        }

    def _needle(self) -> str:
        place = self._place((self.today - self.polling_day).days)
        if not 0 <= place <= 1:
            return ""
        x = self._x(place)
        anchor, at = ("end", x - 6) if x > ROW_WIDTH / 2 else ("start", x + 6)
        return (
            f'<path class="fabric-needle" d="M{x} 1Q{x + 2.6} 1 {x + 2.6} 9L{x + 0.8} 34H{x - 0.8}'
            f'L{x - 2.6} 9Q{x - 2.6} 1 {x} 1Z"/><path class="fabric-eye" d="M{x} 4v6"/>'
            f'<text class="fabric-today" x="{at}" y="11" text-anchor="{anchor}">'
            f"{escape(_('today'))}</text>"
        )

    def _poll(self) -> str:
        x, word = self._x(self._place(0)), _("election day")
        room = len(word) * _LETTER
        today = self._x(self._place((self.today - self.polling_day).days))
        if x > ROW_WIDTH / 2:
            anchor, at, taken = "end", x - 4, x - 4 - room <= today <= x + 4
        else:
            anchor, at, taken = "start", x + 4, x - 4 <= today <= x + 4 + room
        words = f'<text x="{at}" y="20" text-anchor="{anchor}">{escape(word)}</text>'
        return f'<path class="fabric-poll" d="M{x} 12V34"/>{"" if taken else words}'

    def _is_free(self, x: int, word: str) -> bool:
        """Tell whether a word at ``x`` ends before the edge, off the needle and polling day."""
        end = x + len(word) * _LETTER
        today = self._x(self._place((self.today - self.polling_day).days))
        return end <= ROW_WIDTH and not any(
            x - _LETTER <= line <= end for line in (today, self._x(self._place(0)))
        )

    def _place(self, day: int) -> float:
        return (day - self._first) / self._length

    def _day(self, days: int) -> date:
        return self.polling_day + timedelta(days=self._first + days)

    def _x(self, place: float) -> int:
        return round(_EDGE + place * (ROW_WIDTH - 2 * _EDGE))


def _label(states: list[State]) -> str:
    count = Counter(states)
    words = _("%(done)s of %(total)s milestones done") % {
        "done": count[State.DONE],
        "total": len(states),
    }
    if late := count[State.LATE]:
        words += ", " + _("%(count)s late") % {"count": late}
    return words


def _next_month(month: date) -> date:
    return date(month.year + month.month // _MONTHS, month.month % _MONTHS + 1, 1)
