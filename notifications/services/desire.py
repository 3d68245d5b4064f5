"""What the sources desire, as SQL to build statements of: worked out once a day, not once a minute.

A source's queryset is a pure function of the rule, its days and the window; turning it into SQL
takes longer than asking the database about fifty people, so the text is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from notifications.enums import DeliveryState, ReminderState
from notifications.models import Delivery, Reminder
from notifications.queries.recipients import preference_of
from notifications.rules.catalogue import Rule
from notifications.services.inserting import Statement, adapted, compiled, on_conflict, table_of
from notifications.sources.existing import EACH_BY_ITSELF, Found
from notifications.sources.protocol import ABOUT_THE_COUNTRY, Window
from notifications.sources.registry import source_of

_ONE = ("recipient_id", "rule", "subject_id", "subject_version", "due_on")
_WAITING, _WITHDRAWN = ReminderState.WAITING.value, ReminderState.WITHDRAWN.value
_REMINDER, _DELIVERY = table_of(Reminder), table_of(Delivery)
# Written out rather than given: the index of what waits serves only who asks in its own words.
_IS_WAITING = f"{_REMINDER}.state = '{_WAITING}'"
# A kept text may be of yesterday: a few days of all rules.
_KEPT = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Desire:
    """All that one rule wants told; each part a ``SELECT`` of ``sources.protocol.COLUMNS``."""

    rule: Rule
    parts: tuple[Statement, ...]
    last: date

    def missing(
        self, *, people: Sequence[int] | None, branches: Sequence[int] | None = None
    ) -> list[Statement]:
        """Return, per part, ``FROM …`` what is desired and neither waits nor was sent.

        Args:
            people: only what is theirs; ``None`` for everybody.
            branches: all in which these people hold a role; so the database need not look at what
                the others have to do. ``None`` leaves that to it.
        """
        whose, ids = _among("found.to_id", people)
        if branches is not None and self.rule.key not in ABOUT_THE_COUNTRY:
            there, pks = _among("found.for_branch_id", branches)
            whose, ids = f"{whose} AND {there}", (*ids, *pks)
        return [
            Statement(
                f"FROM ({part.sql}) AS found WHERE {whose} AND NOT EXISTS ("  # noqa: S608 - our own SQL
                f"SELECT 1 FROM {_REMINDER} AS there WHERE there.rule = %s "
                "AND there.recipient_id = found.to_id AND there.subject_id = found.about_id "
                "AND there.subject_version = found.about_version "
                f"AND there.due_on = found.told_on AND there.state <> %s LIMIT 1 {EACH_BY_ITSELF})",
                (*part.values, *ids, self.rule.key, _WITHDRAWN),
            )
            for part in self.parts
        ]

    def insertion(self, missing: Statement, *, now: datetime) -> Statement:
        """Return the statement that writes what is missing, or lets it wait again."""
        columns = (*_ONE, "branch_id", "state", "planned_at")
        moment = adapted(now)
        revival = on_conflict(
            Reminder,
            unique=_ONE,
            revive={"state": _WAITING, "delivery_id": None, "planned_at": now},
            only_if=("state", _WITHDRAWN),
        )
        return Statement(
            f"INSERT INTO {_REMINDER} ({', '.join(columns)}) "
            "SELECT found.to_id, %s, found.about_id, found.about_version, found.told_on, "
            # What a source says twice is one row.
            f"MIN(found.for_branch_id), %s, %s {missing.sql} "
            "GROUP BY found.to_id, found.about_id, found.about_version, found.told_on "
            f"{revival.sql}",
            (self.rule.key, _WAITING, moment, *missing.values, *revival.values),
        )

    def gone(self, *, people: Sequence[int] | None) -> Statement:
        """Return ``WHERE …``: what waits and is not desired. A mail on its way is left alone.

        What waited so long that nobody looks at its day any more (a long pause) is gone as well.
        """
        whose, ids = _among(f"{_REMINDER}.recipient_id", people)
        sql = (
            f"WHERE {_IS_WAITING} AND {_REMINDER}.rule = %s AND {_REMINDER}.due_on <= %s "  # noqa: S608 - our own names
            f"AND {whose} AND NOT EXISTS (SELECT 1 FROM {_DELIVERY} AS mail "
            f"WHERE mail.id = {_REMINDER}.delivery_id AND mail.state = %s)"
        )
        values: list[object] = [
            self.rule.key,
            connection.ops.adapt_datefield_value(self.last),
            *ids,
            DeliveryState.SENDING.value,
        ]
        for part in self.parts:
            sql += (
                f" AND NOT EXISTS (SELECT 1 FROM ({part.sql}) AS found "  # noqa: S608 - our own SQL
                f"WHERE found.to_id = {_REMINDER}.recipient_id "
                f"AND found.about_id = {_REMINDER}.subject_id "
                f"AND found.about_version = {_REMINDER}.subject_version "
                f"AND found.told_on = {_REMINDER}.due_on LIMIT 1 {EACH_BY_ITSELF})"
            )
            values += part.values
        return Statement(sql, tuple(values))

    @staticmethod
    def among_reminders(gone: Statement) -> Statement:
        """Return ``FROM …`` for what is gone."""
        return Statement(f"FROM {_REMINDER} {gone.sql}", gone.values)

    @staticmethod
    def withdrawal(gone: Statement) -> Statement:
        """Return the statement that takes back what is gone."""
        return Statement(
            f"UPDATE {_REMINDER} SET state = %s, delivery_id = NULL {gone.sql}",  # noqa: S608 - our own names
            (_WITHDRAWN, *gone.values),
        )


def nothing(rule: Rule, window: Window) -> Desire:
    """Return the desire of a rule that is switched off."""
    return Desire(rule=rule, parts=(), last=window.last)


@lru_cache(maxsize=_KEPT)
def desire(rule: Rule, days: int, window: Window, vendor: str) -> Desire:  # noqa: ARG001 - part of what is remembered
    """Return what a rule wants told on the days of a window, preferences looked at."""
    parts = []
    for rows in source_of(rule).rows(rule=rule, days=days, window=window):
        wanted = rows.filter(~_unwanted(rule), ~_told_later(rule))
        parts.append(compiled(wanted))
    return Desire(rule=rule, parts=tuple(parts), last=window.last)


def _among(column: str, ids: Sequence[int] | None) -> tuple[str, tuple[int, ...]]:
    if ids is None:
        # SQLite wants a WHERE between a SELECT and ON CONFLICT.
        return "1 = 1", ()
    if not ids:
        return "1 = 0", ()
    return f"{column} IN ({', '.join(['%s'] * len(ids))})", tuple(ids)


def _unwanted(rule: Rule) -> Exists:
    """The person switched this kind off for this branch, or for the country."""
    chosen = preference_of(person="to_id", branch="for_branch_id")
    return Found(chosen.filter(**{rule.kind: False}))


def _told_later(rule: Rule) -> Q:
    """The same rule told it for a later day already: its number of days grew, or the day moved."""
    if not rule.has_days:
        return Q(pk__in=[])
    return Q(
        Found(
            Reminder.objects.filter(
                recipient=OuterRef("to_id"),
                rule=rule.key,
                subject_id=OuterRef("about_id"),
                subject_version=OuterRef("about_version"),
                due_on__gt=OuterRef("told_on"),
                state=ReminderState.SENT,
            )
        )
    )
