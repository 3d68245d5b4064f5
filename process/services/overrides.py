"""Reviewed exceptions to an election's timetable. Timelines follow by a roll-out only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, User
from process.errors import Refused
from process.models import Election, TimetableOverride
from process.queries.timetables import statutory_timetable
from process.rules import timetable as law
from process.timetable_text import KEY_LABELS, explain


@transaction.atomic
def record_override(
    *,
    by: User,
    today: date,
    election: Election,
    key: law.StatutoryKey,
    day: date,
    reason: str,
    source: str,
    branch: Branch | None = None,
) -> TimetableOverride:
    """Record that one date differs from the rule.

    Args:
        by: who reviewed it.
        today: the day of reviewing.
        election: whose timetable.
        key: which date; polling day itself moves with ``services.replanning``.
        day: the day it becomes.
        reason: one sentence for a board.
        source: the decision or publication it rests on.
        branch: for this one only; ``None`` for the whole country.

    Raises:
        Refused: polling day, no reason or source, one is there already, or the dates would no
            longer follow each other.
    """
    if key == law.StatutoryKey.POLLING_DAY:
        raise Refused(_("Polling day is moved on its own page, which shows what moves along."))
    if not reason.strip() or not source.strip():
        raise Refused(_("Say why this date differs, and where that can be read."))
    Election.objects.select_for_update().get(pk=election.pk)
    rows = list(election.overrides.all())
    branch_id = branch.pk if branch else None
    if any(row.key == key and row.branch_id == branch_id for row in rows):
        raise Refused(_("There is an exception for this date already. Take that one back first."))
    override = TimetableOverride(
        election=election,
        branch=branch,
        key=key,
        date=day,
        reason=reason,
        source=source,
        reviewed_by=by,
        reviewed_on=today,
    )
    _check(election, [*rows, override])
    override.save()
    audit.record(
        verb="override.recorded",
        by=by,
        branch=branch,
        today=today,
        subject=override,
        election=election.name,
        key=str(KEY_LABELS[key]),
        day=day,
        reason=reason,
    )
    return override


@transaction.atomic
def withdraw_override(*, by: User, today: date, override: TimetableOverride) -> None:
    """Take an exception back: the rule holds again.

    Raises:
        Refused: another exception needs this one.
    """
    election = Election.objects.select_for_update().get(pk=override.election_id)
    _check(election, [row for row in election.overrides.all() if row.pk != override.pk])
    audit.record(
        verb="override.withdrawn",
        by=by,
        branch=override.branch,
        today=today,
        subject=override,
        election=election.name,
        key=str(KEY_LABELS[law.StatutoryKey(override.key)]),
    )
    override.delete()


def _check(election: Election, rows: Sequence[TimetableOverride]) -> None:
    """Refuse a set of exceptions with which the dates no longer follow each other."""
    own = {row.branch_id: row.branch for row in rows if row.branch_id is not None}
    try:
        for branch in [None, *own.values()]:
            statutory_timetable(election=election, branch=branch, rows=rows)
    except (law.InvalidOverride, law.UnknownElection) as error:
        raise Refused(explain(error=error)) from error
