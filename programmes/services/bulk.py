"""Many rows in few statements: insert, or bring up to date what is there, by primary key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def insert(rows: Sequence[Row]) -> None:
    """Insert rows; their primary keys are known afterwards."""
    if rows:
        type(rows[0])._default_manager.bulk_create(rows)  # noqa: SLF001 - the documented way


def upsert(rows: Sequence[Row]) -> None:
    """Bring rows with a primary key up to date, or insert them with that key.

    One statement for as many rows as the database takes in one (about seventy on SQLite), where
    ``bulk_update`` builds a case for each value.
    """
    if not rows:
        return
    model = type(rows[0])
    fields = [field.name for field in _columns(model) if not field.primary_key]
    model._default_manager.bulk_create(  # noqa: SLF001 - the documented way to a manager
        rows, update_conflicts=True, unique_fields=["pk"], update_fields=fields
    )


def changed(row: models.Model, **values: object) -> bool:
    """Set attributes of a row, and tell whether that made a difference."""
    before = [getattr(row, name) for name in values]
    for name, value in values.items():
        setattr(row, name, value)
    return before != list(values.values())


def _columns(model: type[models.Model]) -> list[models.Field]:  # type: ignore[type-arg]
    return list(model._meta.concrete_fields)  # noqa: SLF001 - the documented way to the columns


def plain(row: models.Model) -> dict[str, object]:
    """Return a row's columns as plain JSON values."""
    found: dict[str, object] = {}
    for field in _columns(type(row)):
        value = getattr(row, field.attname)
        is_plain = value is None or isinstance(value, str | int | float | bool | list | dict)
        found[field.attname] = value if is_plain else str(value)
    return found


def from_plain(model: type[Row], values: dict[str, object]) -> Row:
    """Return the row that ``plain`` was made of, unsaved."""
    row = model()
    for field in _columns(model):
        if field.attname in values:
            value = values[field.attname]
            setattr(row, field.attname, None if value is None else field.to_python(value))
    return row
