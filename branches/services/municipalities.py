"""Municipalities into the database, from the project's own table of facts."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from branches.facts.tables import MunicipalityFact, municipalities
from branches.models import Municipality

_FIELDS = [
    "name",
    "short_name",
    "province",
    "school_region",
    "population",
    "valid_from",
    "valid_until",
]


@transaction.atomic
def load_municipalities(*, today: date) -> int:
    """Bring the table of municipalities in step with ``branches.facts``; safe to repeat.

    Nothing is deleted: a vanished municipality keeps its row, with the day on which it ended.

    Args:
        today: the day that the returned number is about; all rows are loaded, whatever the day.

    Returns:
        How many of the municipalities in the table exist on ``today``.

    Raises:
        BrokenTable: the table was edited and no longer reads; nothing was changed.
    """
    facts = municipalities()
    Municipality.objects.bulk_create(
        [_row(fact) for fact in facts],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=_FIELDS,
    )
    return sum(fact.exists_on(today) for fact in facts)


def _row(fact: MunicipalityFact) -> Municipality:
    return Municipality(
        code=fact.code,
        name=fact.name,
        short_name=fact.short_name,
        province=fact.province.value,
        school_region=fact.school_region.value.lower(),
        population=fact.population,
        valid_from=fact.valid_from,
        valid_until=fact.valid_until,
    )
