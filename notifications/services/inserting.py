"""``INSERT … SELECT … ON CONFLICT`` of a queryset: what the ORM cannot say itself.

One statement however many rows, the same on SQLite and PostgreSQL, and harmless when two do it at
once: what is there already stays, or comes back to life under one condition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

# Any number that nothing else in this database uses: the planners of one installation queue up
# behind it while they write, so that two of them never wait for each other's rows crosswise.
_OUTBOX = 0x52440004


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
    table = into._meta.db_table  # noqa: SLF001 - Django's own documented name for it
    names = list(rows.query.values_select) + list(rows.query.annotation_select)
    compiler: SQLCompiler = rows.query.get_compiler(connection=connection)
    select, given = compiler.as_sql()
    quoted = ", ".join(_quoted(name) for name in names)
    sets = ", ".join(f"{_quoted(name)} = %s" for name in revive)
    column, value = only_if
    # WHERE 1 = 1: without a WHERE, SQLite takes ON for the beginning of a join.
    statement = (
        f"INSERT INTO {_quoted(table)} ({quoted}) "  # noqa: S608 - names of our own tables
        f"SELECT {', '.join('found.' + _quoted(name) for name in names)} "
        f"FROM ({select}) AS found WHERE 1 = 1 "
        f"ON CONFLICT ({', '.join(_quoted(name) for name in unique)}) "
        f"DO UPDATE SET {sets} WHERE {_quoted(table)}.{_quoted(column)} = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, *(_adapted(one) for one in revive.values()), value])
        return max(cursor.rowcount, 0)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _adapted(value: object) -> object:
    """Return a moment as this database stores it."""
    if hasattr(value, "tzinfo"):
        return connection.ops.adapt_datetimefield_value(value)
    return value
