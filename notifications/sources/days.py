"""Days that follow from other days, in SQL: on SQLite and PostgreSQL alike."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, Expression, F, Func, Q, Value
from django.db.models.sql.compiler import SQLCompiler

from notifications.rules.catalogue import Moment, Rule
from notifications.sources.protocol import Window


class Shifted(Func):
    """A day, so many days later (or, with a negative number, earlier)."""

    arity = 2
    output_field = DateField()
    # In standard SQL a day plus a number is a day.
    template = "(%(expressions)s)"
    arg_joiner = " + "

    def __init__(self, day: Expression | F | str, days: Expression | F | int) -> None:
        number = Value(days) if isinstance(days, int) else days
        super().__init__(day, number)

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> Any:
        """Write it with SQLite's own function; its days are texts."""
        template = "date(%(expressions)s || ' days')"
        return self.as_sql(compiler, connection, template=template, arg_joiner=", ", **extra)


def shift_of(rule: Rule, days: int) -> int:
    """Return how many days after its subject's own day a rule tells."""
    return {Moment.BEFORE: -days, Moment.AFTER: days}.get(rule.moment, 0)


def told(column: str, *, rule: Rule, days: int, window: Window) -> tuple[Q, Expression | F]:
    """Return the condition that the day of telling lies in the window, and that day.

    The condition is one on the column itself, so that an index on it serves.

    Args:
        column: the path of lookups to the subject's own day.
        rule: for whether it tells before or after.
        days: so many days.
        window: the days of telling.
    """
    shift = shift_of(rule, days)
    first, last = (day - timedelta(days=shift) for day in (window.first, window.last))
    inside = Q(**{f"{column}__range": (first, last)})
    return inside, Shifted(F(column), shift) if shift else F(column)


def mondays(window: Window) -> list[date]:
    """Return the Mondays that are still worth telling: the last one, and those to come.

    What stood in the week before it is no news any more: an older one falls silent by itself.
    """
    latest = window.today - timedelta(days=window.today.weekday())
    days = [latest + timedelta(weeks=week) for week in range((window.last - latest).days // 7 + 1)]
    return [day for day in days if window.first <= day <= window.last]
