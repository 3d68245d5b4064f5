"""Letters to people outside: they become mails here, and what became of them is told back.

A letter is whatever a lower room asked to be mailed to somebody without an account
(``notifications.outsiders``): an answer to a contributor, news to who follows a top ten. The rest
of their way is that of every mail (``sending``, ``outcomes``). Nothing is planned for them and no
preference is looked at: a letter is right as long as its row is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Concat

from consultation.enums import LetterState
from consultation.models import Contributor
from consultation.services import letters
from evaluation.enums_ten import BulletinState
from evaluation.services.ten import bulletins
from notifications.enums import DeliveryState
from notifications.models import Delivery
from notifications.outsiders import BULLETINS, LETTERS, OUTSIDERS, Outsiders
from notifications.services.inserting import insert_from, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writers:
    """How the room that asked hears what became of its letters.

    Attributes:
        states: what its own states are called; a state that is not here is not told.
        hold: keeps the person as he is until the transaction ends.
        mark: one letter; by its number, with the state and the day.
        mark_all: a queryset of letters.
    """

    states: Mapping[DeliveryState, Any]
    hold: Callable[[int], object]
    mark: Callable[[int, Any, date], None]
    mark_all: Callable[[QuerySet[Any], Any], None]


_WRITERS: Final[Mapping[str, _Writers]] = {
    LETTERS.field: _Writers(
        states={
            DeliveryState.WAITING: LetterState.WAITING,
            DeliveryState.SENT: LetterState.SENT,
            DeliveryState.REFUSED: LetterState.REFUSED,
            DeliveryState.PARKED: LetterState.PARKED,
        },
        hold=lambda pk: letters.lock(Contributor.objects.filter(letters=pk)),
        mark=lambda pk, state, today: letters.mark(letter_id=pk, state=state, today=today),
        mark_all=lambda rows, state: letters.mark_all(letters=rows, state=state),
    ),
    BULLETINS.field: _Writers(
        states={
            DeliveryState.WAITING: BulletinState.WAITING,
            DeliveryState.SENT: BulletinState.SENT,
            DeliveryState.REFUSED: BulletinState.REFUSED,
            DeliveryState.PARKED: BulletinState.PARKED,
            # All that it told was taken back before it went.
            DeliveryState.WITHDRAWN: BulletinState.DROPPED,
        },
        hold=lambda pk: bulletins.hold(bulletin_id=pk),
        mark=lambda pk, state, today: bulletins.mark(bulletin_id=pk, state=state, today=today),
        mark_all=lambda rows, state: bulletins.mark_all(bulletins=rows, state=state),
    ),
}


def compose(*, today: date, now: datetime) -> int:
    """Make mails of the letters that wait and have none, due at once; return how many are new.

    One statement a kind, and harmless when two do it: a letter has one mail, and one key.
    """
    return sum(_composed(kind, today=today, now=now) for kind in OUTSIDERS)


def _composed(kind: Outsiders, *, today: date, now: datetime) -> int:
    if not _without_mail(kind, today).exists():
        return 0
    branch = kind.owner._default_manager.filter(pk=OuterRef(kind.owner_path))  # noqa: SLF001 - the documented way to a manager
    with writing():
        # Who is just being erased holds the row: that letter is left alone.
        held: QuerySet[Any, Any] = (
            _without_mail(kind, today)
            .select_for_update(skip_locked=True)
            .order_by()
            .values(**{f"{kind.field}_id": F("pk")})
            .annotate(
                branch_id=Subquery(branch.values("branch_id")),
                key=Concat(Value(f"{kind.field}:"), F("key"), output_field=CharField()),
                mail=Concat(Value(f"{kind.field}_"), F("kind"), output_field=CharField()),
                day=Value(today, DateField()),
                state=Value(DeliveryState.WAITING.value, CharField()),
                attempts=Value(0),
                doubts=Value(0),
                error=Value("", CharField()),
                send_after=Value(now, DateTimeField()),
                created_at=Value(now, DateTimeField()),
            )
        )
        return insert_from(
            held,
            into=Delivery,
            unique=("key",),
            revive={"state": DeliveryState.WAITING.value, "send_after": now},
            only_if=("state", DeliveryState.WITHDRAWN.value),
        )


def _without_mail(kind: Outsiders, today: date) -> QuerySet[Any]:
    there = Delivery.objects.filter(**{kind.field: OuterRef("pk")}).exclude(
        state=DeliveryState.WITHDRAWN
    )
    return kind.model._default_manager.filter(  # noqa: SLF001 - the documented way to a manager
        ~Exists(there),
        state=_WRITERS[kind.field].states[DeliveryState.WAITING],
        **{kind.refused: None, f"{kind.written}__lte": today},
    )


def hold(delivery: Delivery) -> None:
    """Keep the person whom a letter goes to where he is, before anything of him is changed."""
    for writers, pk in _of(delivery):
        writers.hold(pk)


def tell_back(*, delivery: Delivery, state: DeliveryState, today: date) -> None:
    """Let the room that asked know what became of a letter; in the transaction that says so."""
    for writers, pk in _of(delivery):
        if state in writers.states:
            writers.mark(pk, writers.states[state], today)


def tell_parked() -> None:
    """Let the rooms that asked know of letters that were parked many at once."""
    for kind in OUTSIDERS:
        stuck = kind.model._default_manager.filter(delivery__state=DeliveryState.PARKED)  # noqa: SLF001 - as above
        writers = _WRITERS[kind.field]
        writers.mark_all(stuck, writers.states[DeliveryState.PARKED])


def release(*, now: datetime) -> int:
    """Let letters go that were refused for an address that is to be tried again."""
    return sum(_released(kind, now=now) for kind in OUTSIDERS)


def _released(kind: Outsiders, *, now: datetime) -> int:
    refused = Delivery.objects.filter(
        **{f"{kind.field}__isnull": False, f"{kind.field}__{kind.refused}": None},
        state=DeliveryState.REFUSED,
    )
    if not refused.exists():
        return 0
    writers = _WRITERS[kind.field]
    with writing():
        again = kind.model._default_manager.filter(delivery__in=refused)  # noqa: SLF001 - as above
        writers.mark_all(again, writers.states[DeliveryState.WAITING])
        return refused.update(state=DeliveryState.WAITING, send_after=now, error="")


def _of(delivery: Delivery) -> list[tuple[_Writers, int]]:
    """Return how the room behind a letter hears, with the letter's number; empty: it is none."""
    numbers = {kind.field: getattr(delivery, f"{kind.field}_id") for kind in OUTSIDERS}
    return [(_WRITERS[field], pk) for field, pk in numbers.items() if pk is not None]
