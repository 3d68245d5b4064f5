"""Rooms above that are told about programmes, as tests want them (``PROGRAMME_FOLLOWERS``)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from branches.models import User
from core.refusal import Refused
from programmes.models import Programme


class Refusing:
    """Lets nothing happen."""

    def written(self, *, programme: Programme, by: User | None, today: date) -> None:
        del programme, by, today
        raise Refused("nee")

    withdrawn = written


class Counting:
    """Notes how many measures it finds."""

    seen: ClassVar[list[tuple[str, int, date]]] = []

    def written(self, *, programme: Programme, by: User | None, today: date) -> None:
        del by
        self.seen.append(("written", programme.measures.current().count(), today))

    def withdrawn(self, *, programme: Programme, by: User | None, today: date) -> None:
        del by
        self.seen.append(("withdrawn", programme.measures.current().count(), today))
