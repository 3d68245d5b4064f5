"""A top ten that is public, who follows it, and filling in its forms as a resident does."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import form_tokens
from evaluation.models import Bulletin, Follower, Pledge, TopTen
from tests.clock import FixedClock
from tests.ten_factories import KICK_OFF, top_ten_of

TODAY = KICK_OFF + timedelta(days=1)
EMAIL = "bep@voorbeeld.nl"


def public_ten(**fields: Any) -> TopTen:
    """Return an agreed top ten with its page on since the kick-off; the clock is a day later."""
    FixedClock.day = TODAY
    return top_ten_of(public_since=KICK_OFF, **fields)


def follower_of(
    top_ten: TopTen, email: str = EMAIL, *, confirmed_on: date | None = KICK_OFF, **fields: Any
) -> Follower:
    """Return who follows, confirmed on the day of the kick-off."""
    given = {"language": "nl", "asked_on": KICK_OFF, "confirmed_on": confirmed_on} | fields
    return Follower.objects.create(top_ten=top_ten, email=email, **given)


def follow_path(top_ten: TopTen) -> str:
    return reverse("evaluation:follow", args=[top_ten.branch.slug])


def propose_path(pledge: Pledge) -> str:
    return reverse("evaluation:propose_update", args=[pledge.top_ten.branch.slug, pledge.rank])


def key_path(name: str, follower: Follower) -> str:
    """Return a link in a mail: ``follow_confirm`` or ``follow_stop``."""
    return reverse(f"evaluation:{name}", args=[follower.key])


def token_for(form: str, about: int, *, drawn_at: datetime | None = None) -> str:
    """Return what a browser sends back of a form that was drawn a minute ago."""
    drawn = drawn_at or timezone.now() - timedelta(minutes=1)
    return form_tokens.issue(form=form, about=about, now=drawn)


def ask(top_ten: TopTen, email: str = EMAIL, *, by: Client | None = None, **fields: Any) -> Any:
    """Ask to follow, as somebody who was never here before."""
    data = {"email": email, "token": token_for("ten.follow", top_ten.pk)} | fields
    return (by or Client()).post(follow_path(top_ten), data)


def propose(pledge: Pledge, *, by: Client | None = None, **fields: Any) -> Any:
    """Tell what was seen, as somebody who was never here before."""
    given = {"text": "De paal staat er.", "token": token_for("ten.propose", pledge.pk)}
    return (by or Client()).post(propose_path(pledge), given | fields)


def news() -> list[tuple[str, date]]:
    """Return to whom news goes, and of which day."""
    rows = Bulletin.objects.filter(kind="news").order_by("day", "follower__email")
    return list(rows.values_list("follower__email", "day"))
