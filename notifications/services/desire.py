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
_SAME = ("recipient_id", "subject_id", "subject_version", "due_on")
_WAITS = (
    f"{_IS_WAITING} AND {_REMINDER}.rule = %s AND {_REMINDER}.due_on <= %s "  # noqa: S608 - our own names
    f"AND NOT EXISTS (SELECT 1 FROM {_DELIVERY} AS mail "
    f"WHERE mail.id = {_REMINDER}.delivery_id AND mail.state = %s LIMIT 1 {EACH_BY_ITSELF})"
)
# A kept text may be of yesterday: a few days of all rules.
_KEPT = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Desire:
    """All that one rule wants told; each part a ``SELECT`` of ``sources.protocol.COLUMNS``."""

    rule: Rule
    parts: tuple[Statement, ...]
    first: date
    last: date

    def differs(
        self,
        *,
        people: Sequence[int] | None,
        branches: Sequence[int] | None = None,
        waits: bool = True,
    ) -> Statement:
        """Return ``SELECT`` whether anything is missing, and whether anything is gone.

        What is desired is worked out once for both questions. Nearly always both answers are no.

        Args:
            people: only what is theirs; ``None`` for everybody.
            branches: as for ``missing``.
            waits: whether anything of this rule waits: else nothing can be gone.
        """
        gone = self._waiting(people)
        if not self.parts:
            return Statement(f"SELECT FALSE, EXISTS ({gone.sql})", gone.values)
        desired, there = self._desired(people, branches), self._there(people)
        columns = "to_id, about_id, about_version, told_on"
        sql = (
            f"WITH desired ({columns}) AS ({desired.sql}) "  # noqa: S608 - our own SQL
            f"SELECT EXISTS (SELECT {columns} FROM desired EXCEPT {there.sql})"
        )
        if not waits:
            return Statement(f"{sql}, FALSE", (*desired.values, *there.values))
        return Statement(
            f"{sql}, EXISTS ({gone.sql} EXCEPT SELECT {columns} FROM desired)",  # noqa: S608 - our own SQL
            (*desired.values, *there.values, *gone.values),
        )

    def missing(
        self, *, people: Sequence[int] | None, branches: Sequence[int] | None = None
    ) -> list[Statement]:
        """Return, per part, ``FROM …`` what is desired and neither waits nor was sent.

        Args:
            people: only what is theirs; ``None`` for everybody.
            branches: all in which these people hold a role; so the database need not look at what
                the others have to do. ``None`` leaves that to it.
        """
        whose, ids = self._whose(people, branches)
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

    def gone(
        self, *, people: Sequence[int] | None, branches: Sequence[int] | None = None
    ) -> Statement:
        """Return ``SELECT`` recipient, subject, version and day of what waits and is not desired.

        Two whole sets, one taken off the other: neither database can make a search a row of that,
        whatever it believes of the sizes. What waited so long that nobody looks at its day any more
        (a long pause) is gone as well; a mail on its way is left alone.

        Args:
            people: only what is theirs; ``None`` for everybody.
            branches: as for ``missing``. What waits about other branches is looked at without them:
                whoever holds no role there is told nothing about them.
        """
        waiting = self._waiting(people)
        if not self.parts:
            return waiting
        desired = self._desired(people, branches)
        return Statement(
            f"{waiting.sql} EXCEPT SELECT * FROM ({desired.sql}) AS desired",  # noqa: S608 - our own SQL
            (*waiting.values, *desired.values),
        )

    def _waiting(self, people: Sequence[int] | None) -> Statement:
        whose, ids = _among(f"{_REMINDER}.recipient_id", people)
        return Statement(
            f"SELECT {', '.join(_SAME)} FROM {_REMINDER} WHERE {_WAITS} AND {whose}",  # noqa: S608 - our own names
            (*self._what_waits(), *ids),
        )

    def _there(self, people: Sequence[int] | None) -> Statement:
        """What waits or was sent, of the days that are looked at."""
        whose, ids = _among(f"{_REMINDER}.recipient_id", people)
        days = (connection.ops.adapt_datefield_value(day) for day in (self.first, self.last))
        return Statement(
            f"SELECT {', '.join(_SAME)} FROM {_REMINDER} "  # noqa: S608 - our own names
            "WHERE rule = %s AND state <> %s AND due_on BETWEEN %s AND %s "
            f"AND {whose}",
            (self.rule.key, _WITHDRAWN, *days, *ids),
        )

    def _desired(self, people: Sequence[int] | None, branches: Sequence[int] | None) -> Statement:
        whose, ids = self._whose(people, branches)
        sql = " UNION ALL ".join(
            "SELECT found.to_id, found.about_id, found.about_version, found.told_on "  # noqa: S608 - our own SQL
            f"FROM ({part.sql}) AS found WHERE {whose}"
            for part in self.parts
        )
        return Statement(sql, tuple(value for part in self.parts for value in (*part.values, *ids)))

    def withdrawal(self, gone: Statement) -> Statement:
        """Return the statement that takes back what is gone."""
        return Statement(
            f"UPDATE {_REMINDER} SET state = %s, delivery_id = NULL "  # noqa: S608 - our own names
            f"WHERE {_WAITS} AND ({', '.join(_SAME)}) IN ({gone.sql})",
            (_WITHDRAWN, *self._what_waits(), *gone.values),
        )

    def _what_waits(self) -> tuple[object, ...]:
        last = connection.ops.adapt_datefield_value(self.last)
        return self.rule.key, last, DeliveryState.SENDING.value

    def _whose(
        self, people: Sequence[int] | None, branches: Sequence[int] | None
    ) -> tuple[str, tuple[int, ...]]:
        whose, ids = _among("found.to_id", people)
        if branches is not None and self.rule.key not in ABOUT_THE_COUNTRY:
            there, pks = _among("found.for_branch_id", branches)
            whose, ids = f"{whose} AND {there}", (*ids, *pks)
        return whose, ids


def nothing(rule: Rule, window: Window) -> Desire:
    """Return the desire of a rule that is switched off."""
    return Desire(rule=rule, parts=(), first=window.first, last=window.last)


@lru_cache(maxsize=_KEPT)
def desire(rule: Rule, days: int, window: Window, vendor: str) -> Desire:  # noqa: ARG001 - part of what is remembered
    """Return what a rule wants told on the days of a window, preferences looked at."""
    parts = []
    for rows in source_of(rule).rows(rule=rule, days=days, window=window):
        wanted = rows.filter(~_unwanted(rule), ~_told_later(rule))
        parts.append(compiled(wanted))
    return Desire(rule=rule, parts=tuple(parts), first=window.first, last=window.last)


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
