"""One address as each calendar wants to be given it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from core.mail import absolute
from process.feeds import keys
from process.models import CalendarFeed

GOOGLE: Final = "https://calendar.google.com/calendar/r"
OUTLOOK: Final = "https://outlook.live.com/calendar/0/addfromweb"
OFFICE: Final = "https://outlook.office.com/calendar/0/addfromweb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """The ways in.

    Attributes:
        address: https (or http while developing), to copy.
        webcal: the same for programs that open such addresses: Apple, Thunderbird.
        google: Google's page on which one says yes; it takes the webcal address.
        outlook: the same of Outlook.com.
        office: the same of Microsoft 365, for work and school.
    """

    address: str
    webcal: str
    google: str
    outlook: str
    office: str


def subscription(feed: CalendarFeed, *, name: str, query: str = "") -> Subscription | None:
    """Return the ways in to a feed, or ``None`` when nobody can show its key any more.

    Args:
        feed: whose key is shown: to its own person alone.
        name: what Outlook calls it.
        query: of the address, without its question mark.
    """
    key = keys.key_of(feed)
    if key is None:
        return None
    return of_path(reverse("process:feed", args=[key]), name=name, query=query)


def of_path(path: str, *, name: str, query: str = "") -> Subscription:
    """Return the ways in to an address of this site."""
    address = absolute(path) + (f"?{query}" if query else "")
    webcal = f"webcal://{address.partition('://')[2]}"
    outlook = urlencode({"url": address, "name": name})
    return Subscription(
        address=address,
        webcal=webcal,
        google=f"{GOOGLE}?{urlencode({'cid': webcal})}",
        outlook=f"{OUTLOOK}?{outlook}",
        office=f"{OFFICE}?{outlook}",
    )
