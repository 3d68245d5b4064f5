"""Results side by side, in words: who has a row, and what each number is of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from branches.facts.provinces import Province
from core.spreadsheets import Cell
from evaluation.enums import Verdict
from evaluation.enums_ten import PledgeStatus, PledgeTheme
from monitor.line_drawing import draw_share
from monitor.rules.benchmark import Benchmark, Group, Row, Subject
from monitor.rules.size import Size
from monitor.size_words import size_name

# Of these a share is taken, in this order; what stands beside them is in no share.
JUDGED: dict[Subject, tuple[str, ...]] = {
    Subject.EVALUATIONS: (
        Verdict.DELIVERED,
        Verdict.PARTLY,
        Verdict.UNDER_WAY,
        Verdict.NOT_DELIVERED,
    ),
    Subject.TENS: (
        PledgeStatus.DONE,
        PledgeStatus.PARTLY,
        PledgeStatus.UNDER_WAY,
        PledgeStatus.STARTED,
        PledgeStatus.STUCK,
        PledgeStatus.GIVEN_UP,
    ),
}
BESIDE: dict[Subject, tuple[str, ...]] = {
    Subject.EVALUATIONS: (Verdict.NOT_TESTABLE, Verdict.NOT_ASSESSED),
    Subject.TENS: (PledgeStatus.AGREED,),
}
# Drawn solid, and drawn open.
_SOLID = {Subject.EVALUATIONS: Verdict.DELIVERED, Subject.TENS: PledgeStatus.DONE}
_OPEN = {
    Subject.EVALUATIONS: (Verdict.PARTLY, Verdict.UNDER_WAY),
    Subject.TENS: (PledgeStatus.PARTLY, PledgeStatus.UNDER_WAY, PledgeStatus.STARTED),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWords:
    """A row as it is shown.

    Attributes:
        name: theme, province or size.
        shares: outcome's word, number, percentage (None: of nothing) for each judged outcome.
        beside: outcome's word and number for what is in no share.
        bar: solid what was delivered, open what is on its way or done in part.
    """

    name: str
    row: Row
    shares: Sequence[tuple[str, int, int | None]]
    beside: Sequence[tuple[str, int]]
    bar: SafeString


def judged_names(subject: Subject) -> list[str]:
    """Return the words of the outcomes that a share is taken of."""
    return [_outcome(subject, one) for one in JUDGED[subject]]


def beside_names(subject: Subject) -> list[str]:
    """Return the words of what is in no share."""
    return [_outcome(subject, one) for one in BESIDE[subject]]


def rows(found: Benchmark, *, subject: Subject, group: Group) -> list[RowWords]:
    """Return the rows in the order in which people know them, and all together last."""
    order = {key: place for place, key in enumerate(_names(group))}
    named = sorted(found.rows, key=lambda row: order.get(row.key, len(order)))
    return [
        *(_row(row, _names(group).get(row.key, row.key), subject) for row in named),
        _row(found.whole, _("All together"), subject),
    ]


def table_head(*, subject: Subject, group: Group) -> list[str]:
    """Return the headings of the spreadsheet."""
    names = {Group.THEME: _("Theme"), Group.PROVINCE: _("Province"), Group.SIZE: _("Size")}
    return [
        names[group],
        _("Branches"),
        _("Promises"),
        _("Base of the shares"),
        *judged_names(subject),
        *beside_names(subject),
    ]


def table_rows(shown: Iterable[RowWords]) -> list[list[Cell]]:
    """Return the rows of the spreadsheet; a row over too few branches says so."""
    found: list[list[Cell]] = []
    for one in shown:
        if one.row.too_few:
            numbers: list[Cell] = [_("too few")] * (2 + len(one.shares) + len(one.beside))
        else:
            numbers = [
                one.row.total,
                one.row.base,
                *(count for _word, count, _share in one.shares),
                *(count for _word, count in one.beside),
            ]
        found.append([one.name, one.row.branches, *numbers])
    return found


def _row(row: Row, name: str, subject: Subject) -> RowWords:
    return RowWords(
        name=name,
        row=row,
        shares=[
            (_outcome(subject, one), row.counts.get(one, 0), row.percentages.get(one))
            for one in JUDGED[subject]
        ],
        beside=[(_outcome(subject, one), row.counts.get(one, 0)) for one in BESIDE[subject]],
        bar=SafeString()
        if row.too_few
        else draw_share(
            solid=row.percentages.get(_SOLID[subject], 0),
            open_too=sum(row.percentages.get(one, 0) for one in _OPEN[subject]),
        ),
    )


def _outcome(subject: Subject, value: str) -> str:
    if subject is Subject.EVALUATIONS:
        return str(Verdict(value).label)
    if value == PledgeStatus.AGREED:
        return _("nothing told yet")
    return str(PledgeStatus(value).label)


def _names(group: Group) -> dict[str, str]:
    match group:
        case Group.THEME:
            return {value: str(label) for value, label in PledgeTheme.choices}
        case Group.PROVINCE:
            return {row.value: row.dutch_name for row in Province}
        case Group.SIZE:
            return {size.value: str(size_name(size)) for size in Size}
