"""Claiming a row by its revision: the one conditional update behind ``core.concurrency.Stale``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import F

from core.concurrency import Stale


def claim_revision(instance: models.Model, *, expected: int, yours: Mapping[str, Any]) -> None:
    """Raise the revision of a row if it is still the one that the form was opened with.

    Call it first inside the service's transaction; ``instance`` is then locked and up to date.

    Args:
        instance: a saved row of a table with an integer column ``revision``.
        expected: the revision that the form carried.
        yours: field name → the value about to be saved; tells people what differs.

    Raises:
        Stale: another revision is stored.
    """
    rows = type(instance)._default_manager.filter(  # noqa: SLF001 - the documented way to a manager
        pk=instance.pk, revision=expected
    )
    claimed = rows.update(revision=F("revision") + 1)
    instance.refresh_from_db()
    if not claimed:
        labels = {
            name: str(getattr(instance._meta.get_field(name), "verbose_name", name))  # noqa: SLF001
            for name in yours
        }
        raise Stale(
            current={labels[name]: str(getattr(instance, name) or "") for name in yours},
            yours={labels[name]: str(value or "") for name, value in yours.items()},
            revision=instance.revision,  # type: ignore[attr-defined]
        )
