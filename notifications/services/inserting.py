"""``INSERT … SELECT … ON CONFLICT``: what the ORM cannot say itself.

One statement however many rows, the same on SQLite and PostgreSQL, and harmless when two do it at
once: what is there already stays, or comes back to life under one condition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet

# Any number that nothing else in this database uses: the planners of one installation queue up
# behind it while they write, so that two of them never wait for each other's rows crosswise.
_OUTBOX = 0x52440004


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL, or a piece of it, with its values."""

    sql: str
    values: tuple[Any, ...]


@contextmanager
def joining_as_written() -> Iterator[None]:
    """Let PostgreSQL join in the order in which a statement names its tables.

    The sources begin at what has a day in the window and go from there to its branch and people.
    Where PostgreSQL chooses by itself it does well with statistics; in tables that were just filled
    it has none, takes every table for nearly empty and multiplies them. A short transaction.

    Nor does it write machine code for these statements: they are long, and with statistics it
    spends ten seconds on that for one that then runs for half a second.

    SQLite joins as it is asked, and is given no transaction: there it would begin with the lock for
    writing, and looking must keep nobody waiting.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            # What an index points at lies in memory: no dearer than any other page.
            cursor.execute(
                "SET LOCAL join_collapse_limit = 1; SET LOCAL random_page_cost = 1; "
                "SET LOCAL jit = off"
            )
        yield


@contextmanager
def writing() -> Iterator[None]:
    """Write to the outbox: a short transaction, one writer at a time.

    SQLite has one writer by itself; PostgreSQL is asked for a lock that ends with the transaction.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_OUTBOX])
        yield


def written(statement: Statement) -> int:
    """Execute a statement and return how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.values)
        count: int = cursor.rowcount
    return max(count, 0)


def answers(statement: Statement) -> tuple[bool, bool]:
    """Return the two answers of a ``SELECT`` that asks two questions: looking takes no lock."""
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.values)
        first, second = cursor.fetchone()
    return bool(first), bool(second)


def insert_from(
    rows: QuerySet[Any, Any],
    *,
    into: type[Model],
    unique: tuple[str, ...],
    revive: Mapping[str, object],
    only_if: tuple[str, object],
) -> int:
    """Insert what a queryset returns; return how many rows were written or came back to life.

    Args:
        rows: ``values(…)`` whose names are the table's columns.
        into: the table.
        unique: the columns of which the table holds each combination once.
        revive: column → value: written over a row that is there already …
        only_if: … when this column of it holds this value; else that row is left alone.
    """
    selected = compiled(rows)
    names = [*rows.query.values_select, *rows.query.annotation_select]
    revival = on_conflict(into, unique=unique, revive=revive, only_if=only_if)
    columns = ", ".join(quoted(name) for name in names)
    taken = ", ".join(f"found.{quoted(name)}" for name in names)
    # WHERE 1 = 1: without a WHERE, SQLite takes ON for the beginning of a join.
    sql = (
        f"INSERT INTO {table_of(into)} ({columns}) "  # noqa: S608 - names of our own tables
        f"SELECT {taken} FROM ({selected.sql}) AS found WHERE 1 = 1 {revival.sql}"
    )
    return written(Statement(sql, (*selected.values, *revival.values)))


def on_conflict(
    into: type[Model],
    *,
    unique: tuple[str, ...],
    revive: Mapping[str, object],
    only_if: tuple[str, object],
) -> Statement:
    """Return the end of an ``INSERT``; arguments as for ``insert_from``."""
    sets = ", ".join(f"{quoted(name)} = %s" for name in revive)
    column, value = only_if
    sql = (
        f"ON CONFLICT ({', '.join(quoted(name) for name in unique)}) "
        f"DO UPDATE SET {sets} WHERE {table_of(into)}.{quoted(column)} = %s"
    )
    return Statement(sql, (*(adapted(one) for one in revive.values()), value))


def compiled(rows: QuerySet[Any, Any]) -> Statement:
    """Return a queryset's ``SELECT``."""
    sql, values = rows.query.get_compiler(connection=connection).as_sql()
    return Statement(sql, tuple(values))


def table_of(model: type[Model]) -> str:
    """Return a table's name, quoted."""
    return quoted(model._meta.db_table)  # noqa: SLF001 - Django's own documented name for it


def quoted(name: str) -> str:
    """Return a name as this database quotes it."""
    return connection.ops.quote_name(name)


def adapted(value: object) -> Any:
    """Return a moment as this database stores it; anything else as it is."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
