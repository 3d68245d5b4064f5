"""What the database knows about the size of its tables."""

from __future__ import annotations

from django.db import connection
from django.db.models import Model


def learn_sizes(*models: type[Model]) -> None:
    """Let PostgreSQL look at tables into which many rows were just written.

    It takes a table that it has not looked at for nearly empty, and looks by itself only after a
    while; until then it may choose ways that take minutes. May be called inside the transaction
    that wrote the rows. Other databases do without.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")  # noqa: SLF001 - Django's documented way to a table's name
