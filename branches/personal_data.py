"""What is known of one person in a branch, over all rooms: found, handed over, taken out.

A room that keeps words about people names a class here through the setting ``PERSONAL_DATA``: this
room stands below the others and may not import them. (GDPR art. 15, 17 and 20.)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils.module_loading import import_string

from branches.models import Branch, User

SHORTEST = 3
"""Characters that a search needs: of fewer, half the branch is found."""

MOST = 200
"""Traces of one kind that are shown; who finds more looks for too little."""

_AROUND = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Whom somebody looks for: an address, or a name with all its words."""

    text: str

    @property
    def is_address(self) -> bool:
        """Tell whether it is an e-mail address."""
        return "@" in self.text

    def named(self, *names: str, address: str = "") -> Q:
        """Return the condition that a row is this person's.

        Args:
            names: columns in which a name may stand, each with all words of it.
            address: the column of the address, if there is one.
        """
        if self.is_address:
            return Q(**{f"{address}__iexact": self.text}) if address else Q(pk__in=[])
        found = Q(pk__in=[])
        for column in names:
            each = Q()
            for word in self.text.split():
                each &= Q(**{f"{column}__icontains": word})
            found |= each
        return found

    def mentioned(self, *columns: str) -> Q:
        """Return the condition that a row's words hold it as it is."""
        found = Q(pk__in=[])
        for column in columns:
            found |= Q(**{f"{column}__icontains": self.text})
        return found

    def excerpt(self, text: str) -> str:
        """Return the words around it."""
        place = max(text.casefold().find(self.text.casefold()), 0)
        first, last = max(place - _AROUND, 0), place + len(self.text) + _AROUND
        before, after = "…" if first else "", "…" if last < len(text) else ""
        return f"{before}{' '.join(text[first:last].split())}{after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One place where somebody was found.

    Attributes:
        key: names it among all traces: room, kind and id.
        what: what it is, for a heading.
        words: what stands there.
        url: its page; empty when it has none.
        by_hand: why it is not taken out here, and how it is; empty: it is taken out here.
    """

    key: str
    what: str
    words: str
    url: str = ""
    by_hand: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is handed over of one trace: facts in order, and files by name."""

    title: str
    facts: dict[str, str]
    files: list[tuple[str, Any]] = field(default_factory=list)


class PersonalData(Protocol):
    """What one room keeps about people."""

    room: str

    def find(self, *, branch: Branch, sought: Sought) -> list[Trace]:
        """Return where somebody is found, in a number of queries that does not grow with rows."""

    def export(self, *, branch: Branch, keys: Collection[str]) -> list[Record]:
        """Return what is known at these traces of this branch; keys of others are left alone."""

    def erase(self, *, branch: Branch, keys: Collection[str], by: User, today: date) -> int:
        """Take out what stands at these traces of this branch; return how many that were."""


@cache
def rooms() -> tuple[PersonalData, ...]:
    """Return what the rooms have named."""
    return tuple(import_string(path)() for path in settings.PERSONAL_DATA)


def find(*, branch: Branch, sought: Sought) -> list[Trace]:
    """Return every place in the branch where this person is found."""
    return [trace for room in rooms() for trace in room.find(branch=branch, sought=sought)]


def export(*, branch: Branch, keys: Collection[str]) -> list[Record]:
    """Return what is known at these places."""
    return [
        record
        for room in rooms()
        for record in room.export(branch=branch, keys=of_room(keys, room.room))
    ]


def erase(*, branch: Branch, keys: Collection[str], by: User, today: date) -> int:
    """Take it out, inside the caller's transaction; return how many places that were."""
    return sum(
        room.erase(branch=branch, keys=of_room(keys, room.room), by=by, today=today)
        for room in rooms()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTexts:
    """Texts of the branch itself in which somebody may be named.

    Attributes:
        kind: for the key of a trace.
        what: what they are, for a heading.
        rows: of the branch.
        columns: in which the words stand.
        url: from a row, its page.
    """

    kind: str
    what: str
    rows: QuerySet[Any]
    columns: tuple[str, ...]
    url: Callable[[Any], str]


def mentions(texts: Iterable[OwnTexts], *, room: str, sought: Sought, by_hand: str) -> list[Trace]:
    """Return where the branch's own texts hold it, to be looked at by hand; one query a kind."""
    return [
        Trace(
            key=key_of(room, one.kind, row.pk),
            what=one.what,
            words=words_of(row, one.columns, sought),
            url=one.url(row),
            by_hand=by_hand,
        )
        for one in texts
        for row in one.rows.filter(sought.mentioned(*one.columns))[:MOST]
    ]


def words_of(row: Model, columns: Iterable[str], sought: Sought) -> str:
    """Return the words around it in the first of a row's columns that holds it; else nothing."""
    for column in columns:
        text = str(getattr(row, column))
        if sought.text.casefold() in text.casefold():
            return sought.excerpt(text)
    return ""


def key_of(room: str, kind: str, pk: object) -> str:
    """Return the key of a trace."""
    return f"{room}.{kind}:{pk}"


def of_room(keys: Iterable[str], room: str) -> list[str]:
    """Return the keys that are a room's."""
    return [key for key in keys if key.startswith(f"{room}.")]


def ids(keys: Iterable[str], room: str, kind: str) -> list[int]:
    """Return the ids of a kind among keys; what is none is left out."""
    start = f"{room}.{kind}:"
    found = [key.removeprefix(start) for key in keys if key.startswith(start)]
    return [int(pk) for pk in found if pk.isascii() and pk.isdigit() and len(pk) < 19]  # noqa: PLR2004 - what a bigint holds
