"""Holding that the database itself refuses something, because of one named constraint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

ROOMS = (
    "branches",
    "programmes",
    "process",
    "evaluation",
    "consultation",
    "jobs",
    "notifications",
    "monitor",
    "demo",
)


def constraints() -> Iterator[tuple[type[models.Model], models.BaseConstraint]]:
    """Yield each constraint of our own tables, with its model."""
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            for constraint in model._meta.constraints:
                yield model, constraint


def refuses(name: str, act: Callable[[], Any]) -> None:
    """Hold that the database refuses ``act`` because of this one constraint."""
    model, constraint = next(found for found in constraints() if found[1].name == name)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        act()
    # SQLite names a check by its name and a unique rule by its columns or its index.
    text = str(error.value)
    table = model._meta.db_table
    columns = [f"{table}.{column}" for column in getattr(constraint, "fields", ())]
    assert name in text or (columns and all(column in text for column in columns)), text


def same(row: models.Model, **changes: Any) -> Callable[[], None]:
    """Return an act that inserts a copy of a row."""

    def act() -> None:
        fields = {
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if not field.primary_key
        }
        type(row)._default_manager.create(**{**fields, **changes})

    return act


def setting(row: models.Model, **changes: Any) -> Callable[[], Any]:
    """Return an act that changes a row past its service."""
    manager = models.Manager.from_queryset(models.QuerySet)()
    manager.model = type(row)
    return lambda: manager.filter(pk=row.pk).update(**changes)
