"""Many rows as one text, made by the database: to see at once whether anything in them changed."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, Expression, Field, Func, QuerySet, TextField
from django.db.models.sql.compiler import SQLCompiler

BETWEEN = "\x1f"
"""Stands between the fields of a row; no text of people can hold it (``core.characters``)."""


class Gathered(Aggregate):
    """The rows' texts behind each other, in no order that is promised."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s)"
    output_field = TextField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any
    ) -> tuple[str, Any]:
        """Write it as PostgreSQL has it: the texts stay there, what comes back is their digest."""
        return self.as_sql(
            compiler,
            connection,
            function="STRING_AGG",
            template="MD5(%(function)s(%(expressions)s, ',' ORDER BY %(expressions)s))",
            **more,
        )


def _may_be_null(source: Expression) -> bool:
    field = getattr(source, "target", None)
    return field is None or field.null


class RowText(Func):
    """The fields of a row as one text; null is an empty text."""

    output_field = TextField()

    def as_sql(  # type: ignore[override] # what else a function may be told is not asked
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,  # noqa: ARG002 - as Django calls it
        **_more: Any,
    ) -> tuple[str, tuple[Any, ...]]:
        """Write the fields behind each other with ``||``: no nesting however many there are.

        The first operand is a text, so that every database makes texts of the others.
        """
        parts = ["''"]
        params: tuple[Any, ...] = ()
        for source in self.get_source_expressions():
            sql, given = compiler.compile(source)
            filled = f"COALESCE(CAST({sql} AS text), '')" if _may_be_null(source) else sql
            parts.append(f"{filled} || '{BETWEEN}'")
            params = (*params, *given)
        return f"({' || '.join(parts)})", params


class Given(Expression):
    """A value that is known only when the question is asked; see ``Asked``."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(
        self,
        compiler: SQLCompiler,  # noqa: ARG002 - as Django calls it
        connection: BaseDatabaseWrapper,  # noqa: ARG002
    ) -> tuple[str, tuple[Any, ...]]:
        """Leave a place for the value."""
        return "%s", (self,)


class Asked:
    """A question that is written as SQL once and asked often: writing it takes longer than asking.

    Args:
        rows: as ``values_list`` gives them; values that differ each time are ``Given``.
    """

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self._sql, self._params = rows.query.sql_with_params()

    def rows(self, **given: Any) -> list[tuple[Any, ...]]:
        """Ask it, with the values by name."""
        params = [given[one.name] if isinstance(one, Given) else one for one in self._params]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            return list(cursor.fetchall())
