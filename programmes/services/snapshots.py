"""All rows of a programme as plain values, to put back exactly what was there."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from programmes.models import (
    Chapter,
    CrossReference,
    Example,
    Footnote,
    Measure,
    Programme,
    Section,
)
from programmes.services import bulk

HEAD = ("title", "origin", "year")


def rows_of(programme: Programme) -> dict[str, QuerySet[Any]]:
    """Return the tables of a programme, each before those that point at it."""
    return {
        "chapters": Chapter.objects.filter(programme=programme),
        "sections": Section.objects.filter(chapter__programme=programme),
        "measures": Measure.objects.filter(programme=programme),
        "footnotes": Footnote.objects.filter(chapter__programme=programme),
        "examples": Example.objects.filter(chapter__programme=programme),
        "cross_references": CrossReference.objects.filter(measure__programme=programme),
    }


def take(programme: Programme) -> dict[str, Any]:
    """Return what stands in a programme, in one question a table."""
    return {
        "programme": {name: getattr(programme, name) for name in HEAD},
        **{
            name: [bulk.plain(row) for row in rows.order_by("pk")]
            for name, rows in rows_of(programme).items()
        },
    }


def put_back(programme: Programme, before: dict[str, Any], *, keep: set[int]) -> None:
    """Let a programme be what ``take`` saw.

    Args:
        programme: not frozen; its own columns too are put back.
        before: what ``take`` returned.
        keep: measures that are not in ``before`` and must stay as they are (retired).
    """
    for name, value in before["programme"].items():
        setattr(programme, name, value)
    programme.save(update_fields=list(HEAD))
    tables = rows_of(programme)
    for name, rows in tables.items():
        bulk.upsert([bulk.from_plain(rows.model, values) for values in before[name]])
    for name, rows in reversed(tables.items()):
        there = {values["id"] for values in before[name]}
        there |= keep if name == "measures" else set()
        surplus = [pk for pk in rows.values_list("pk", flat=True) if pk not in there]
        if surplus:
            rows.model._default_manager.filter(pk__in=surplus).delete()  # noqa: SLF001
