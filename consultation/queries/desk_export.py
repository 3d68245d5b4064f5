"""The list of all that came in, row by row, for a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from branches.models import User
from consultation.models import Contribution
from consultation.models.contribution import ContributionQuerySet
from consultation.queries.desk import Choices

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One contribution of the list; who brought it in is empty unless it was asked for."""

    pk: int
    received_on: date
    text: str
    sources: int
    theme: str
    status: str
    reason: str
    channel: str
    role: str
    is_member: bool | None
    neighbourhood: str
    late: bool
    assigned_to: str
    answer: str
    answered_on: date | None
    name: str = ""
    email: str = ""
    organisation: str = ""


def export_rows(rows: ContributionQuerySet, *, known: Choices, names: bool) -> Iterator[Row]:
    """Return the rows of a list: two queries, whatever its length.

    Args:
        rows: the contributions, in order.
        known: the themes and channels of the consultation.
        names: with who brought it in.
    """
    themes = {theme.pk: str(theme) for theme in known.themes}
    channels = {channel.pk: str(channel) for channel in known.channels}
    assigned = User.objects.filter(
        pk__in=Contribution.objects.filter(pk__in=rows.order_by().values("pk")).values(
            "assigned_to"
        )
    )
    people = {person.pk: str(person) for person in assigned}
    who = ("name", "email", "organisation") if names else ()
    columns = (
        "pk", "received_on", "text", "sources", "theme_id", "status", "reason", "channel_id",
        "role", "is_member", "neighbourhood", "late", "assigned_to_id", "answer", "answered_on",
        *(f"contributor__{name}" for name in who),
    )  # fmt: skip
    found: Iterator[dict[str, Any]] = rows.values(*columns).iterator(chunk_size=_AT_ONCE)
    for row in found:
        theme, channel, person = (
            row.pop(name) for name in ("theme_id", "channel_id", "assigned_to_id")
        )
        known_of: dict[str, Any] = {name: row.pop(f"contributor__{name}") or "" for name in who}
        yield Row(
            **row,
            **known_of,
            theme=themes.get(theme, ""),
            channel=channels.get(channel, ""),
            assigned_to=people.get(person, ""),
        )
