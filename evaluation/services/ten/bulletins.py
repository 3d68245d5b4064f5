"""What became of mails to who follows a top ten, as the outbox tells it."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from evaluation.enums_ten import BulletinState
from evaluation.models import Bulletin, Follower


def hold(*, bulletin_id: int) -> list[int]:
    """Keep the follower of a mail as it is until the transaction ends; return the number.

    Call it before anything that hangs on the follower is touched.
    """
    rows = Follower.objects.filter(bulletins=bulletin_id).select_for_update(of=("self",))
    return [row.pk for row in rows.order_by("pk").only("pk")]


def mark(*, bulletin_id: int, state: BulletinState, today: date) -> None:
    """Write down what became of a mail; one whose follower stopped stays away.

    A refused address is flagged, and one that is tried again is not any more: nothing goes to a
    flagged address.
    """
    Bulletin.objects.filter(pk=bulletin_id).update(state=state)
    if state == BulletinState.REFUSED:
        Follower.objects.filter(bulletins=bulletin_id).update(refused_on=today)
    elif state == BulletinState.WAITING:
        Follower.objects.filter(bulletins=bulletin_id).update(refused_on=None)


def mark_all(*, bulletins: QuerySet[Bulletin], state: BulletinState) -> None:
    """Write down that these are on their way, or stuck: however many, one statement."""
    bulletins.exclude(state=state).update(state=state)
