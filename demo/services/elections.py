"""The elections of the demonstration, and the two that are rolled out."""

from __future__ import annotations

from datetime import date

from branches import audit
from branches.facts.tables import voting_in_merger_election
from branches.models import Municipality, User
from process.enums import ElectionKind, RollOutState
from process.models import Election, RollOut
from process.services import roll_out as rolling
from process.services.elections import record_election
from process.services.templates import load_default_template

RECORDED_ON = date(2020, 9, 7)
# Before the first window of each: 64 weeks before polling day.
MERGER_ROLLED_OUT_ON = date(2020, 9, 7)
REGULAR_ROLLED_OUT_ON = date(2020, 12, 14)

REGULAR_2022 = date(2022, 3, 16)
_LATER_REGULAR = (date(2026, 3, 18), date(2030, 3, 20))
# Polling day and the 1 January on which the new municipality exists.
MERGER_2022 = (date(2021, 11, 24), date(2022, 1, 1))
_LATER_MERGERS = (
    (date(2022, 11, 23), date(2023, 1, 1)),
    (date(2026, 11, 18), date(2027, 1, 1)),
)


def make_elections(*, by: User) -> tuple[Election, Election]:
    """Record all elections; return the regular one of 2022 and the merger one before it."""
    regular = _regular(REGULAR_2022, by=by)
    for day in _LATER_REGULAR:
        _regular(day, by=by)
    merger = _merger(*MERGER_2022, by=by)
    for day, merger_on in _LATER_MERGERS:
        _merger(day, merger_on, by=by)
    return regular, merger


def roll_out(*, election: Election, by: User, today: date) -> int:
    """Give every participating branch that is there its timeline; return how many."""
    row = RollOut.objects.create(
        election=election,
        template=load_default_template(by=by, today=today),
        kind=RollOut.Kind.START,
        state=RollOutState.WAITING,
        started_by=by,
        started_on=today,
    )
    audit.record(
        verb="roll_out.requested",
        by=by,
        branch=None,
        today=today,
        subject=row,
        election=election.name,
        kind=row.kind,
    )
    return int(rolling.carry_out(roll_out=row, today=today)["created"])


def _regular(day: date, *, by: User) -> Election:
    return record_election(by=by, today=RECORDED_ON, kind=ElectionKind.REGULAR, polling_day=day)


def _merger(day: date, merger_on: date, *, by: User) -> Election:
    codes = [fact.code for fact in voting_in_merger_election(effective_date=merger_on)]
    return record_election(
        by=by,
        today=RECORDED_ON,
        kind=ElectionKind.MERGER,
        polling_day=day,
        merger_on=merger_on,
        municipalities=Municipality.objects.filter(code__in=codes),
    )
