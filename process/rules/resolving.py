"""From rules and overrides to a timetable: the dates, walked along the graph of `regimes`.

The date of a step is: its own override, else the (overridden) date it hangs on plus the offset
of the law. `computed_date` is what the rules give with no override at all, so whenever the two
differ there is an `override_reason`: the one of its own row, or of the row that moved it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from process.rules.confidence import Confidence, confidence_for, least
from process.rules.election import ElectionKind
from process.rules.overrides import (
    NATIONAL,
    Override,
    national_overrides,
    note_for,
    source_remark,
)
from process.rules.regimes import (
    DAYS_TO_POLLING,
    RESOLVING_ORDER,
    Cited,
    Regime,
    StatutoryKey,
    council_cited,
    merger_council_day,
    new_council_day,
    nomination_cited,
    regime_for,
)

# What has to lie before what, in every regime and whatever is overridden.
_EARLIER_LATER: tuple[tuple[StatutoryKey, StatutoryKey], ...] = (
    (StatutoryKey.NAME_REGISTRATION, StatutoryKey.NOMINATION),
    (StatutoryKey.LIST_DEPOSIT, StatutoryKey.NOMINATION),
    (StatutoryKey.NOMINATION, StatutoryKey.EXAMINATION),
    (StatutoryKey.EXAMINATION, StatutoryKey.REPAIR),
    (StatutoryKey.EXAMINATION, StatutoryKey.VALIDITY),
    (StatutoryKey.VALIDITY, StatutoryKey.POLLING_DAY),
    (StatutoryKey.POLLING_CARDS, StatutoryKey.POLLING_DAY),
    (StatutoryKey.POLLING_DAY, StatutoryKey.RESULT),
    (StatutoryKey.RESULT, StatutoryKey.NEW_COUNCIL),
)


class InvalidOverride(ValueError):
    """An override that cannot hold: it breaks the order of the dates, or comes twice.

    Attributes:
        msgid: the English sentence with named places, for translation.
        params: what belongs in those places: keys of dates as `str`, and dates.
    """

    def __init__(self, *, msgid: str, params: Mapping[str, str | dt.date]) -> None:
        """Keep the parts; the text of the error is the English sentence with ISO dates."""
        super().__init__(msgid % params)
        self.msgid = msgid
        self.params = dict(params)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatutoryDate:
    """One date that the law fixes.

    Attributes:
        key: which of the ten dates.
        date: the day, or the last day of a period.
        starts: the first day of a period (only repair), else None.
        rule: the rule in words, an English msgid.
        article: the article that the rule stands in, also where an override departs from it.
        source: the act or, for an overridden date, where the override was found.
        confidence: how sure the date is.
        computed_date: what the rules give without any override.
        override_reason: why `date` is another day, else None.
        note: a remark that moves nothing, or an empty text.
    """

    key: StatutoryKey
    date: dt.date
    rule: str
    article: str
    source: str
    confidence: Confidence
    computed_date: dt.date
    override_reason: str | None
    starts: dt.date | None = None
    note: str = ""

    def as_record(self) -> dict[str, str | None]:
        """Give the eight fields that are published as JSON, dates in ISO 8601."""
        return {
            "key": self.key.value,
            "date": self.date.isoformat(),
            "rule": self.rule,
            "article": self.article,
            "source": self.source,
            "confidence": self.confidence.value,
            "computed_date": self.computed_date.isoformat(),
            "override_reason": self.override_reason,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """The ten statutory dates of one election; `effective_date` is that of a merger, or None."""

    kind: ElectionKind
    regime: str
    effective_date: dt.date | None
    dates: tuple[StatutoryDate, ...]

    def __iter__(self) -> Iterator[StatutoryDate]:
        """Go through the dates in the order of `StatutoryKey`."""
        return iter(self.dates)

    def __getitem__(self, key: StatutoryKey) -> StatutoryDate:
        """Give one date; every timetable has all keys."""
        return next(item for item in self.dates if item.key == key)

    @property
    def polling_day(self) -> dt.date:
        """The day of the vote, overrides included."""
        return self[StatutoryKey.POLLING_DAY].date


def resolve(
    *,
    kind: ElectionKind,
    nomination: dt.date,
    effective_date: dt.date | None,
    overrides: Sequence[Override],
) -> Timetable:
    """Walk the graph twice, without and with overrides, and put the outcomes side by side.

    `nomination` is the day that the calendar rule gives; `effective_date` is that of a merger.

    Raises:
        InvalidOverride: the overrides contradict each other or the order of the dates.
    """
    lawful_polling_day = nomination + DAYS_TO_POLLING
    regime = regime_for(polling_day=lawful_polling_day)
    council = (
        new_council_day(regime=regime, year=nomination.year)
        if effective_date is None
        else merger_council_day(effective_date=effective_date)
    )
    rows = _rows_by_key(
        national=national_overrides(polling_day=lawful_polling_day), given=overrides
    )
    roots = {StatutoryKey.NOMINATION: nomination, StatutoryKey.NEW_COUNCIL: council}
    computed = _walk(regime=regime, roots=roots, rows={})
    actual = _walk(regime=regime, roots=roots, rows=rows)
    _check_order(dates=actual, effective_date=effective_date)
    moved_by = _moved_by(regime=regime, rows=rows, computed=computed, actual=actual)
    cited = _cited_by_key(kind=kind, regime=regime)
    return Timetable(
        kind=kind,
        regime=regime.name,
        effective_date=effective_date,
        dates=tuple(
            _statutory_date(
                key=key,
                lawful_polling_day=lawful_polling_day,
                regime=regime,
                cited=cited[key],
                computed=computed[key],
                actual=actual,
                own=rows.get(key),
                moved_by=moved_by.get(key),
            )
            for key in StatutoryKey
        ),
    )


def _rows_by_key(
    *, national: Sequence[Override], given: Sequence[Override]
) -> dict[StatutoryKey, Override]:
    """Lay rows over each other: reviewed national ones, given national ones, narrower ones.

    Two rows of the same width for one date would hide one of them, and are refused.
    """
    rows = {row.key: row for row in national}
    for narrow in (False, True):
        seen: set[StatutoryKey] = set()
        for row in given:
            if (row.scope != NATIONAL) is not narrow:
                continue
            if row.key in seen:
                raise InvalidOverride(
                    msgid="Two overrides were given for %(key)s; give only one.",
                    params={"key": row.key.value},
                )
            seen.add(row.key)
            rows[row.key] = row
    return rows


def _walk(
    *,
    regime: Regime,
    roots: Mapping[StatutoryKey, dt.date],
    rows: Mapping[StatutoryKey, Override],
) -> dict[StatutoryKey, dt.date]:
    dates: dict[StatutoryKey, dt.date] = {}
    for key in RESOLVING_ORDER:
        if key in rows:
            dates[key] = rows[key].date
        elif key in roots:
            dates[key] = roots[key]
        else:
            step = regime.steps[key]
            dates[key] = dates[step.anchor] + dt.timedelta(days=step.days)
    return dates


def _check_order(*, dates: Mapping[StatutoryKey, dt.date], effective_date: dt.date | None) -> None:
    for earlier, later in _EARLIER_LATER:
        if dates[earlier] >= dates[later]:
            raise InvalidOverride(
                msgid=(
                    "%(earlier)s (%(earlier_date)s) has to come before %(later)s (%(later_date)s)."
                ),
                params={
                    "earlier": earlier.value,
                    "earlier_date": dates[earlier],
                    "later": later.value,
                    "later_date": dates[later],
                },
            )
    if effective_date is not None and dates[StatutoryKey.POLLING_DAY] >= effective_date:
        raise InvalidOverride(
            msgid="The vote (%(polling_day)s) has to come before the merger (%(merger)s).",
            params={
                "polling_day": dates[StatutoryKey.POLLING_DAY],
                "merger": effective_date,
            },
        )


def _moved_by(
    *,
    regime: Regime,
    rows: Mapping[StatutoryKey, Override],
    computed: Mapping[StatutoryKey, dt.date],
    actual: Mapping[StatutoryKey, dt.date],
) -> dict[StatutoryKey, Override]:
    """Tell for each date that has no row of its own but moved, which row moved it."""
    causes = dict(rows)
    for key in RESOLVING_ORDER:
        step = regime.steps.get(key)
        if key not in rows and step is not None and step.anchor in causes:
            causes[key] = causes[step.anchor]
    return {
        key: row for key, row in causes.items() if key not in rows and actual[key] != computed[key]
    }


def _cited_by_key(*, kind: ElectionKind, regime: Regime) -> dict[StatutoryKey, Cited]:
    return {
        **{key: step.cited for key, step in regime.steps.items()},
        StatutoryKey.NOMINATION: nomination_cited(kind=kind),
        StatutoryKey.NEW_COUNCIL: council_cited(kind=kind, regime=regime),
    }


def _statutory_date(
    *,
    key: StatutoryKey,
    lawful_polling_day: dt.date,
    regime: Regime,
    cited: Cited,
    computed: dt.date,
    actual: Mapping[StatutoryKey, dt.date],
    own: Override | None,
    moved_by: Override | None,
) -> StatutoryDate:
    confidence = confidence_for(polling_day=lawful_polling_day, key=key)
    if own is not None:
        confidence = own.confidence
    elif moved_by is not None:
        confidence = least(confidence, moved_by.confidence)
    row = own or moved_by
    remark = source_remark(polling_day=lawful_polling_day, key=key)
    return StatutoryDate(
        key=key,
        date=actual[key],
        rule=cited.rule,
        article=cited.article,
        source="; ".join(filter(None, (own.source if own is not None else cited.source, remark))),
        confidence=confidence,
        computed_date=computed,
        override_reason=row.reason if row is not None else None,
        starts=_starts(key=key, regime=regime, actual=actual),
        note=note_for(polling_day=lawful_polling_day, key=key),
    )


def _starts(
    *, key: StatutoryKey, regime: Regime, actual: Mapping[StatutoryKey, dt.date]
) -> dt.date | None:
    step = regime.steps.get(key)
    if step is None or step.starts_days is None:
        return None
    return min(actual[step.anchor] + dt.timedelta(days=step.starts_days), actual[key])
