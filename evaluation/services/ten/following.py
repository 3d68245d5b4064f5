"""Following a top ten by mail: asked, confirmed from one's own mailbox, stopped with one click.

Whatever somebody fills in, the answer on the screen is the same: nobody learns who follows. Of a
follower nothing is known but an address and a language; who stops is deleted, and with that every
mail still on its way.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from branches.services import place_limits
from branches.services.place_limits import Limit, Limits, Room
from evaluation.enums_ten import BulletinKind
from evaluation.models import Bulletin, Follower, TopTen

LIMITS: Final = Limits(
    household=Limit(soft=60, hard=60),
    network=Limit(soft=200, hard=200),
)
"""A full hall on one wifi can follow; who tries out addresses is stopped."""

MAILS_A_DAY: Final = 3
"""Questions to one address, of all top tens together: nobody fills another's mailbox."""

UNCONFIRMED_KEPT: Final = timedelta(days=7)
REFUSED_KEPT: Final = timedelta(days=30)
"""So long stands an address that does not work, so that the branch can have it tried again."""


class Full(Exception):
    """So much came from one place within the hour that this cannot be people.

    Args:
        again_at: from when on something is taken again (aware).
    """

    def __init__(self, again_at: datetime) -> None:
        super().__init__("full")
        self.again_at = again_at


def ask(
    *, top_ten: TopTen, email: str, language: str, address: str, today: date, now: datetime
) -> None:
    """Send somebody the question whether this address wants to follow; once a day at most.

    Who follows already gets a mail that says so. Nothing is sent to an address that was refused.

    Args:
        top_ten: public.
        email: a bare address, as it was typed.
        language: in which the mails are.
        address: of the network, as the web server says; used to count and kept nowhere.
        today: the product's day.
        now: the machine's moment (aware): limits follow it.

    Raises:
        Full: nothing more is taken from this place this hour.
    """
    who = f"ten.follow {top_ten.pk}"
    room = place_limits.room_for(who=who, address=address, now=now, limits=LIMITS)
    if room is Room.FULL:
        raise Full(place_limits.again_at(now=now))
    with transaction.atomic():
        place_limits.count(who=who, address=address, now=now)
        follower = _follower(top_ten, email=email, language=language, today=today)
        key = f"{BulletinKind.CONFIRM}:{follower.pk}:{today.isoformat()}"
        if follower.refused_on is not None or Bulletin.objects.filter(key=key).exists():
            return
        if not place_limits.may_mail(who="ten.follow", email=email, now=now, most=MAILS_A_DAY):
            return
        Bulletin.objects.bulk_create(
            [Bulletin(follower=follower, kind=BulletinKind.CONFIRM, day=today, key=key)],
            ignore_conflicts=True,
        )


def _follower(top_ten: TopTen, *, email: str, language: str, today: date) -> Follower:
    """Return who has this address, in whatever capitals; made when there is none yet."""
    rows = top_ten.followers.select_for_update(of=("self",)).filter(email__iexact=email)
    there = rows.first()
    if there is None:
        made = Follower(top_ten=top_ten, email=email, language=language, asked_on=today)
        # Asked at the same moment twice, it is one.
        Follower.objects.bulk_create([made], ignore_conflicts=True)
        return rows.get()
    if there.confirmed_on is None and (there.asked_on, there.language) != (today, language):
        there.asked_on, there.language = today, language
        there.save(update_fields=["asked_on", "language"])
    return there


@transaction.atomic
def confirm(*, key: str, today: date) -> Follower | None:
    """Let somebody follow who said yes from the mailbox; twice is once.

    Returns:
        Who follows now; None: the link is of nobody any more, or the ten are not public any more.
    """
    row = Follower.objects.select_for_update(of=("self",)).filter(key=key).first()
    if row is None or not TopTen.objects.alive().filter(pk=row.top_ten_id).exists():
        return None
    if row.confirmed_on is None:
        row.confirmed_on = today
        # The mail arrived: the address works.
        row.refused_on = None
        row.save(update_fields=["confirmed_on", "refused_on"])
    return row


@transaction.atomic
def stop(*, key: str) -> bool:
    """Delete who does not want to follow any more; tell whether there was anybody."""
    row = Follower.objects.select_for_update(of=("self",)).filter(key=key).first()
    if row is None:
        return False
    row.delete()
    return True


def forget(*, today: date) -> int:
    """Delete who never confirmed, and addresses that do not work; return how many.

    They are not mailed again: who wants to follow after all asks anew.
    """
    silent = Q(confirmed_on=None, asked_on__lt=today - UNCONFIRMED_KEPT)
    broken = Q(refused_on__lt=today - REFUSED_KEPT)
    with transaction.atomic():
        held = Follower.objects.filter(silent | broken).select_for_update(of=("self",))
        found = list(held.order_by("pk").values_list("pk", flat=True))
        Follower.objects.filter(pk__in=found).delete()
    return len(found)
