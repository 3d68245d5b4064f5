"""Telling who follows a top ten what is new: one mail a day, of all that everybody may read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from evaluation.enums_ten import BulletinKind, BulletinState
from evaluation.models import Bulletin, Follower, ProgressUpdate, TopTen
from evaluation.models.delivering import ProgressUpdateQuerySet

BATCH: Final = 1000
"""So many mails are asked for in one statement."""

KEPT: Final = timedelta(days=60)
"""So long is known which mails went: a report that one did not arrive comes within weeks."""


def tell_followers(*, today: date) -> int:
    """Ask for one mail a confirmed follower of each top ten in which something is new.

    What is new is told from this day on (``told_on``), also where nobody follows: who follows later
    is not told of before. Called twice, also at the same moment, it tells once; what comes in later
    on a day is told the next.

    Returns:
        How many mails were asked for.
    """
    news = _fresh(today).filter(pledge__top_ten=OuterRef("pk"))
    tens = TopTen.objects.alive().filter(Exists(news)).values_list("pk", flat=True)
    return sum(_tell(pk, today=today) for pk in list(tens))


def _fresh(today: date) -> ProgressUpdateQuerySet:
    """Return what everybody may read and nobody was told, of pledges of ten that are public.

    What was written before the page was there stood on it from its first day.
    """
    return (
        ProgressUpdate.objects.public()
        .standing()
        .filter(
            told_on=None,
            written_on__lte=today,
            pledge__rank__isnull=False,
            written_on__gte=F("pledge__top_ten__public_since"),
        )
    )


@transaction.atomic
def _tell(top_ten_id: int, *, today: date) -> int:
    """Tell of one top ten, whose row is held meanwhile: a second teller finds it told."""
    top_ten = TopTen.objects.alive().select_for_update(of=("self",)).filter(pk=top_ten_id).first()
    updates = ProgressUpdate.objects.filter(pledge__top_ten=top_ten_id)
    if top_ten is None or updates.filter(told_on__gte=today).exists():
        return 0
    fresh = _fresh(today).filter(pledge__top_ten=top_ten_id).values("pk")
    if not updates.filter(pk__in=list(fresh.values_list("pk", flat=True))).update(told_on=today):
        return 0
    followers = Follower.objects.confirmed().filter(top_ten=top_ten, confirmed_on__lte=today)
    return sum(_asked(batch, today=today) for batch in _batches(followers))


def _batches(followers: QuerySet[Follower]) -> Iterator[list[int]]:
    batch: list[int] = []
    rows = followers.order_by("pk").values_list("pk", flat=True)
    for pk in rows.iterator(chunk_size=BATCH):
        batch.append(pk)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _asked(followers: list[int], *, today: date) -> int:
    # Who stops at this moment is held until it is clear whether the mail is asked for.
    there = Follower.objects.filter(pk__in=followers).select_for_update(of=("self",))
    rows = [
        Bulletin(
            follower_id=pk,
            kind=BulletinKind.NEWS,
            day=today,
            key=f"{BulletinKind.NEWS}:{pk}:{today.isoformat()}",
        )
        for pk in there.order_by("pk").values_list("pk", flat=True)
    ]
    Bulletin.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def news_of(*, bulletin: Bulletin) -> ProgressUpdateQuerySet:
    """Return what a mail tells, the first of the ten first: what still stands and is public."""
    return (
        ProgressUpdate.objects.public()
        .standing()
        .filter(pledge__top_ten=bulletin.follower.top_ten_id, told_on=bulletin.day)
        .filter(pledge__rank__isnull=False)
        .select_related("pledge", "corrects", "proposal")
        .order_by("pledge__rank", "day", "pk")
    )


def forget_sent(*, today: date) -> int:
    """Delete what is known of mails that went long ago; return how many."""
    ended = [BulletinState.SENT, BulletinState.DROPPED]
    rows = Bulletin.objects.filter(state__in=ended, day__lt=today - KEPT)
    number = rows.count()
    rows.delete()
    return number


@transaction.atomic
def forget_after(*, day: date) -> None:
    """Take back what was told after ``day``: only for a demonstration whose clock goes back."""
    Bulletin.objects.filter(day__gt=day).delete()
    ProgressUpdate.objects.filter(told_on__gt=day).update(told_on=None)
