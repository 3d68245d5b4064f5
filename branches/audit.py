"""Writing the trail, and reading it back as sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from branches.models import AuditEntry, Branch, User
from core.dates import day_words

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def entry(
    *,
    verb: str,
    by: User | None,
    branch: Branch | None,
    today: date,
    subject: models.Model | None = None,
    **params: Any,
) -> AuditEntry:
    """Build one row without saving it (for set-based services)."""
    return AuditEntry(
        branch=branch,
        actor=by,
        verb=verb,
        subject_type=subject._meta.label_lower if subject is not None else "",  # noqa: SLF001
        subject_id=str(subject.pk) if subject is not None else "",
        params={key: _plain(value) for key, value in params.items()},
        day=today,
    )


def record(
    *,
    verb: str,
    by: User | None,
    branch: Branch | None,
    today: date,
    subject: models.Model | None = None,
    **params: Any,
) -> AuditEntry:
    """Write one row. Call it inside the transaction of the act itself."""
    row = entry(verb=verb, by=by, branch=branch, today=today, subject=subject, **params)
    row.save()
    return row


def record_many(rows: Iterable[AuditEntry]) -> None:
    """Write many rows at once."""
    AuditEntry.objects.bulk_create(rows, batch_size=1000)


@cache
def _words() -> dict[str, object]:
    words: dict[str, object] = {}
    for path in settings.AUDIT_WORDS:
        words |= import_string(path)
    return words


def sentence(row: AuditEntry) -> str:
    """Return the act in the reader's language; an unknown verb is shown as it is stored."""
    text = str(_words().get(row.verb, row.verb))
    params = {name: _shown(value) for name, value in row.params.items()}
    try:
        return text % params
    except (KeyError, TypeError, ValueError):
        # A row written by an older version may lack a name that today's sentence wants.
        return text


def _shown(value: object) -> object:
    # A text that was there in both languages is stored in both.
    if isinstance(value, dict):
        return value.get((get_language() or "nl")[:2]) or value.get("nl", "")
    # Days are stored as ISO texts and shown as people write them.
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        try:
            return day_words(date.fromisoformat(value))
        except ValueError:
            return value
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if value is None or isinstance(value, str | int | bool | float | list | dict):
        return value
    return str(value)
