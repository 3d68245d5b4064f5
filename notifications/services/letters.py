"""Letters to people outside: they become mails here, and what became of them is told back.

The rest of their way is that of every mail (``sending``, ``outcomes``). Nothing is planned for them
and no preference is looked at: a letter is right as long as its row is there.
"""

from __future__ import annotations

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
from consultation.models import Consultation, Contributor, Letter
from consultation.services import letters
from notifications.enums import DeliveryState
from notifications.models import Delivery
from notifications.services.inserting import insert_from, writing

MAIL_OF_KIND: Final = "letter_"
"""What the name of a letter's mail begins with; its kind follows."""
_STATES: Final = {
    DeliveryState.WAITING: LetterState.WAITING,
    DeliveryState.SENT: LetterState.SENT,
    DeliveryState.REFUSED: LetterState.REFUSED,
    DeliveryState.PARKED: LetterState.PARKED,
}


def compose(*, today: date, now: datetime) -> int:
    """Make mails of the letters that wait and have none, due at once; return how many are new.

    One statement, and harmless when two do it: a letter has one mail, and one key.
    """
    if not _without_mail(today).exists():
        return 0
    with writing():
        # Who is just being erased holds the row: that letter is left alone.
        held: QuerySet[Any, Any] = (
            _without_mail(today)
            .select_for_update(skip_locked=True)
            .order_by()
            .values(letter_id=F("pk"))
            .annotate(
                branch_id=Subquery(
                    Consultation.objects.filter(pk=OuterRef("contributor__consultation_id")).values(
                        "branch_id"
                    )
                ),
                key=Concat(Value("letter:"), F("key"), output_field=CharField()),
                mail=Concat(Value(MAIL_OF_KIND), F("kind"), output_field=CharField()),
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


def _without_mail(today: date) -> QuerySet[Letter]:
    there = Delivery.objects.filter(letter=OuterRef("pk")).exclude(state=DeliveryState.WITHDRAWN)
    return Letter.objects.filter(
        ~Exists(there),
        state=LetterState.WAITING.value,
        contributor__address_refused_on=None,
        written_on__lte=today,
    )


def hold(letter_id: int) -> None:
    """Keep the person whom a letter goes to where he is, before anything of him is changed."""
    letters.lock(Contributor.objects.filter(letters=letter_id))


def tell_back(*, letter_id: int | None, state: DeliveryState, today: date) -> None:
    """Let the input know what became of a letter; call it in the transaction that says so."""
    if letter_id is not None and state in _STATES:
        letters.mark(letter_id=letter_id, state=_STATES[state], today=today)


def tell_parked() -> None:
    """Let the input know of letters that were parked many at once."""
    stuck = Letter.objects.filter(delivery__state=DeliveryState.PARKED)
    letters.mark_all(letters=stuck, state=LetterState.PARKED)


def release(*, now: datetime) -> int:
    """Let letters go that were refused for an address that is to be tried again."""
    refused = Delivery.objects.filter(
        letter__contributor__address_refused_on=None,
        letter__isnull=False,
        state=DeliveryState.REFUSED,
    )
    if not refused.exists():
        return 0
    with writing():
        again = Letter.objects.filter(delivery__in=refused)
        letters.mark_all(letters=again, state=LetterState.WAITING)
        return refused.update(state=DeliveryState.WAITING, send_after=now, error="")
