"""An election's statutory dates: the law, the reviewed national rows, and the office's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from branches.models import Branch
from process.enums import ElectionKind
from process.models import Election, TimetableOverride
from process.rules import timetable as law
from process.rules.overrides import national_overrides


def statutory_timetable(
    *,
    election: Election,
    branch: Branch | None = None,
    polling_day: date | None = None,
    rows: Iterable[TimetableOverride] | None = None,
) -> law.Timetable:
    """Return the statutory dates of an election, for one branch if it has its own exceptions.

    Args:
        election: which one.
        branch: adds this branch's own exceptions and those known for its municipalities.
        polling_day: instead of the stored one (for the preview of a move).
        rows: the stored exceptions, if the caller has them; one query otherwise.

    Raises:
        UnknownElection: no rule knows this polling day.
        InvalidOverride: the exceptions contradict each other or the order of the dates.
    """
    day = polling_day or election.polling_day
    stored = list(election.overrides.all() if rows is None else rows)
    overrides = [
        law.Override(
            key=law.StatutoryKey(row.key),
            date=row.date,
            reason=row.reason,
            source=row.source,
            scope=law.NATIONAL if row.branch_id is None else f"branch {row.branch_id}",
        )
        for row in stored
        if row.branch_id is None or (branch is not None and row.branch_id == branch.pk)
    ]
    lawful = lawful_polling_day(election, day)
    if branch is not None:
        # What the office recorded for this branch is newer than what the program came with.
        own = {row.key for row in overrides if row.scope != law.NATIONAL}
        overrides += [row for row in municipal_overrides(branch, lawful) if row.key not in own]
    if election.kind == ElectionKind.MERGER and election.merger_on is not None:
        return law.timetable_for_merger(
            effective_date=election.merger_on,
            overrides=_with_polling_day(overrides, lawful=lawful, day=day),
        )
    return law.timetable_for_polling_day(
        polling_day=lawful, overrides=_with_polling_day(overrides, lawful=lawful, day=day)
    )


def lawful_polling_day(election: Election, day: date) -> date:
    """Return the day that the rule gives, for an election held (or to be held) on ``day``.

    Reviewed exceptions are kept under this day, also when the vote itself was moved.

    Raises:
        UnknownElection: no rule gives one.
    """
    if election.kind == ElectionKind.MERGER and election.merger_on is not None:
        return law.merger_polling_day(effective_date=election.merger_on)
    return law.regular_polling_day(year=day.year)


def municipal_overrides(branch: Branch, lawful: date) -> tuple[law.Override, ...]:
    """Return the reviewed exceptions of a branch's municipalities (prefetched, or one query)."""
    codes = [municipality.code for municipality in branch.municipalities.all()]
    return law.municipal_overrides(polling_day=lawful, municipality_codes=codes)


def _with_polling_day(
    overrides: list[law.Override], *, lawful: date, day: date
) -> list[law.Override]:
    if day == lawful or any(row.key == law.StatutoryKey.POLLING_DAY for row in overrides):
        return overrides
    moved = law.Override(
        key=law.StatutoryKey.POLLING_DAY,
        date=day,
        reason=_("Polling day as recorded with the election"),
        source=_("national office"),
        scope=law.NATIONAL,
    )
    # A reviewed row for a date that hangs on the vote rests on the old day: it keeps its distance.
    hanging = law.dependents(key=law.StatutoryKey.POLLING_DAY)
    given = {row.key for row in overrides if row.scope == law.NATIONAL}
    along = [
        replace(row, date=row.date + (day - lawful))
        for row in national_overrides(polling_day=lawful)
        if row.key in hanging - given
    ]
    return [*overrides, moved, *along]
