"""How sure we are of a statutory date: reviewed data, and a careful default.

A: two agreeing sources, or rule and practice. B: one source, or the rule alone. C: uncertain,
shown as *voorlopig*. Only people raise a confidence, by adding a row here; the program never
does, and it has no clock with which to turn a future date into a past one.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from process.rules.regimes import StatutoryKey


class Confidence(StrEnum):
    """How sure a date is; A before B before C."""

    A = "A"
    B = "B"
    C = "C"


_K = StatutoryKey


def _row(letters: str) -> dict[StatutoryKey, Confidence]:
    """Read ten letters in the order of `StatutoryKey`."""
    return dict(zip(StatutoryKey, map(Confidence, letters), strict=True))


# One row per reviewed election, keyed on the polling day that the rule gives; the letters stand
# in the order of StatutoryKey: name registration, list deposit, nomination, examination, repair,
# validity, polling cards, polling day, result, new council. Where no calendar of the time was
# found (list deposit and polling cards of 2018, list deposit of 2022), the letter is C.
_REVIEWED: dict[dt.date, dict[StatutoryKey, Confidence]] = {
    dt.date(2018, 3, 21): _row("ACAABACAAA"),
    dt.date(2018, 11, 21): _row("BCABBBCABB"),
    dt.date(2021, 11, 24): _row("BCBCCCCACB"),
    dt.date(2022, 3, 16): _row("ACAABABAAA"),
    dt.date(2022, 11, 23): _row("BCBCCCCACB"),
    dt.date(2026, 3, 18): _row("ABAABACABA"),
    dt.date(2026, 11, 18): _row("CCBCCCCBCB"),
    dt.date(2027, 11, 24): _row("CCBCCCCBCB"),
    dt.date(2030, 3, 20): _row("CCBBCBCBCB"),
}

# An election without a row: the days that the act itself names stand on the rule alone (B) as
# long as they lie within the reviewed span; what follows from them by practice is uncertain.
_REVIEWED_UNTIL = dt.date(2030, 12, 31)
_NAMED_BY_THE_ACT = frozenset({_K.NOMINATION, _K.POLLING_DAY, _K.NEW_COUNCIL})


def confidence_for(*, polling_day: dt.date, key: StatutoryKey) -> Confidence:
    """Give the reviewed confidence of a date, or the default for an election without a row.

    `polling_day` is the one that the rule gives, before overrides. Default: nomination, polling
    day and new council B up to and including 2030; everything else, and everything later, C.
    """
    reviewed = _REVIEWED.get(polling_day)
    if reviewed is not None:
        return reviewed[key]
    if polling_day <= _REVIEWED_UNTIL and key in _NAMED_BY_THE_ACT:
        return Confidence.B
    return Confidence.C


def least(*levels: Confidence) -> Confidence:
    """Give the least sure of some levels: a date is no surer than the one it hangs on."""
    return max(levels, key=lambda level: level.value)
