"""Addresses at which calendars ask for events: made when a person asks, and replaced."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import translation

from branches import audit
from branches.models import Branch, User
from process.enums import FeedScope
from process.feeds import keys
from process.models import CalendarFeed


@transaction.atomic
def open_feed(*, by: User, scope: FeedScope, branch: Branch | None, today: date) -> CalendarFeed:
    """Make an address for this person, or return the one that is there.

    One whose key no secret of today makes gets another: nobody can show its address any more.

    Args:
        by: whose calendar it is.
        scope: what it holds; the caller has checked that this person may have it.
        branch: of a branch's feed; ``None`` for the others.
        today: the day of making.
    """
    feed, made = CalendarFeed.objects.select_for_update().get_or_create(
        user=by, scope=scope, branch=branch, defaults=_fresh(by, scope, branch, today)
    )
    if made:
        audit.record(
            verb="calendar.opened",
            by=by,
            branch=feed.branch,
            today=today,
            subject=feed,
            feed=_names(feed),
        )
    elif keys.key_of(feed) is None:
        _replace(feed, by=by, today=today)
    return feed


@transaction.atomic
def rotate(*, feed: CalendarFeed, by: User, today: date) -> CalendarFeed:
    """Give a feed another address: at the old one there is nothing from now on.

    Args:
        feed: one of this person's own.
        by: its person.
        today: the day of replacing.
    """
    feed = CalendarFeed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
    _replace(feed, by=by, today=today)
    return feed


def _fresh(by: User, scope: FeedScope, branch: Branch | None, today: date) -> dict[str, str | date]:
    nonce = keys.new_nonce()
    draft = CalendarFeed(user=by, scope=scope, branch=branch, nonce=nonce)
    return {"nonce": nonce, "key_hash": keys.new_hash(draft), "made_on": today}


def _replace(feed: CalendarFeed, *, by: User, today: date) -> None:
    feed.nonce = keys.new_nonce()
    feed.key_hash = keys.new_hash(feed)
    feed.rotated_on = today
    feed.save(update_fields=["nonce", "key_hash", "rotated_on"])
    audit.record(
        verb="calendar.rotated",
        by=by,
        branch=feed.branch,
        today=today,
        subject=feed,
        feed=_names(feed),
    )


def _names(feed: CalendarFeed) -> dict[str, str]:
    """What the feed is called, in each language: readers of the history come later."""
    names = {}
    for language in ("nl", "en"):
        with translation.override(language):
            names[language] = str(FeedScope(feed.scope).label)
    return names
