"""The rows of the national page, joined as text: a template loop would take ten times as long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from branches.facts.provinces import Province
from core.dates import distance
from monitor.fabric import Loom
from monitor.grid import Grid, Knot
from monitor.queries.national import Row
from monitor.wording import reason
from process.rules.forecast import ForecastResult
from process.thread import draw_forecast, forecast_word
from process.way_back import row_of

Line = tuple[Row, ForecastResult]

_PROVINCES = {row.value: row.dutch_name for row in Province}


def province_name(code: str) -> str:
    """Return a province's name; an unknown code is shown as it is."""
    return _PROVINCES.get(code, code)


@dataclass
class Words:
    """What rows of one page have in common, each said once.

    Attributes:
        today: the day.
        officers: id → name of who works for the office today.
    """

    today: date
    officers: Mapping[int, str]
    _heads: dict[str, str] = field(default_factory=dict)
    _reasons: dict[tuple[ForecastResult, str], str] = field(default_factory=dict)
    _ago: dict[date | None, str] = field(default_factory=dict)
    _people: dict[int | None, str] = field(default_factory=dict)

    def head(self, row: Row, result: ForecastResult, address: str) -> str:
        """Return the first cell: the branch and how it stands."""
        name = result.outlook.value
        if name not in self._heads:
            self._heads[name] = (
                '</a><span class="forecast-word">'
                f"{draw_forecast(name)}{escape(forecast_word(name))}</span></th>"
            )
        return (
            f'<tr id="{row_of(row.slug)}"><th scope="row">'
            f'<a href="{address.replace("SLUG", row.slug)}">{escape(row.name)}{self._heads[name]}'
        )

    def why(self, row: Row, result: ForecastResult) -> str:
        """Return the sentence about how a branch stands, escaped."""
        title = row.title or ""
        if (result, title) not in self._reasons:
            self._reasons[result, title] = escape(
                reason(result=result, title=title, today=self.today)
            )
        return self._reasons[result, title]

    def foot(self, row: Row) -> str:
        """Return the last two cells: who looks after it, and since when it is quiet."""
        return (
            f'<td class="soft">{self._person(row.contact)}</td>'
            f'<td class="soft">{self._heard(row.last_activity_on)}</td></tr>'
        )

    def _person(self, contact: int | None) -> str:
        if contact not in self._people:
            found = self.officers.get(contact) if contact is not None else None
            self._people[contact] = escape(found or "–")
        return self._people[contact]

    def _heard(self, heard: date | None) -> str:
        if heard not in self._ago:
            self._ago[heard] = (
                escape(_("nothing yet"))
                if heard is None
                else format_html(
                    '<time datetime="{}">{}</time>',
                    heard.isoformat(),
                    distance(heard, today=self.today),
                )
            )
        return self._ago[heard]


def branch_address() -> str:
    """Return the address of a branch's page for the office, with ``SLUG`` where its name comes."""
    return reverse("monitor:branch_card", args=["SLUG"])


def thread_rows(lines: Iterable[Line], *, words: Words, loom: Loom) -> SafeString:
    """Return the rows with a thread each."""
    provinces: dict[str, str] = {}

    def middle(row: Row, result: ForecastResult) -> str:
        if row.province not in provinces:
            provinces[row.province] = escape(province_name(row.province))
        thread = loom.thread(packed=row.packed, polling_day=row.polling_day)
        return (
            f'<td class="fabric-thread">{thread}</td>'
            f'<td class="fabric-why">{words.why(row, result)}</td>'
            f"<td>{provinces[row.province]}</td>"
        )

    return _joined(lines, words=words, middle=middle)


def grid_rows(
    lines: Iterable[Line], *, words: Words, grid: Grid, knots: Mapping[int, list[Knot]]
) -> SafeString:
    """Return the rows with a cell for each milestone.

    Args:
        lines: the branches.
        words: what they have in common.
        grid: draws the cells.
        knots: id of a timeline → its milestones, in template order.
    """

    def middle(row: Row, _result: ForecastResult) -> str:
        return grid.cells(
            slug=row.slug,
            name=row.name,
            packed=row.packed,
            polling_day=row.polling_day,
            knots=knots.get(row.pk, ()),
        )

    return _joined(lines, words=words, middle=middle)


def _joined(
    lines: Iterable[Line], *, words: Words, middle: Callable[[Row, ForecastResult], str]
) -> SafeString:
    address = branch_address()
    return mark_safe(  # noqa: S308 - every text is escaped where it is made
        "".join(
            f"{words.head(row, result, address)}{middle(row, result)}{words.foot(row)}"
            for row, result in lines
        )
    )
