"""How much one place may send through a form for everybody, without knowing who or where.

Of the address from which something comes only a number is kept, made with the installation's
secret and the day: nobody can turn it back, tomorrow's is another, and after a day it is deleted.
The address itself is neither stored nor logged. Counted is what was taken in. Each form of each
branch counts for itself: ``who`` names it.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final

from django.db.models import F
from django.utils.crypto import salted_hmac

from branches.models import PlaceUse

HOUR: Final = timedelta(hours=1)
KEPT_HOURS: Final = 24

_SALT: Final = "branches.place_limits"
_SIGNS: Final = 32
# One household, and what one provider hands out to a street.
_V4, _V6 = (32, 24), (64, 48)


class Room(Enum):
    """What a place may still do this hour."""

    FREE = "free"
    CROWDED = "crowded"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many an hour are taken; above ``soft`` a person of the branch looks first."""

    soft: int
    hard: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one form takes an hour from one household, and from the network around it."""

    household: Limit
    network: Limit


# A hall of people with one wifi is no flood, but who looks at the thirty-first loses little. Phones
# of one provider share addresses: nobody is refused before it cannot be people any more.
USUAL: Final = Limits(
    household=Limit(soft=30, hard=300),
    network=Limit(soft=60, hard=600),
)


def room_for(*, who: str, address: str, now: datetime, limits: Limits = USUAL) -> Room:
    """Tell whether something may come in from an address.

    Args:
        who: names the form and whose it is, for example ``"consultation.form 12"``.
        address: of the network, as the web server says; empty: it does not know.
        now: the machine's moment, aware.
        limits: of this form.
    """
    each = (limits.household, limits.network)
    allowed = dict(zip(_places(who, address, now), each, strict=True))
    used = PlaceUse.objects.filter(place__in=allowed, hour=_hour(now)).values_list("place", "count")
    counts = dict(used)
    if any(counts.get(place, 0) >= limit.hard for place, limit in allowed.items()):
        return Room.FULL
    if any(counts.get(place, 0) >= limit.soft for place, limit in allowed.items()):
        return Room.CROWDED
    return Room.FREE


def again_at(*, now: datetime) -> datetime:
    """Return when a full place has room again: at the next whole hour."""
    return now.replace(minute=0, second=0, microsecond=0) + HOUR


def count(*, who: str, address: str, now: datetime) -> None:
    """Count one that was taken in; what is older than a day is forgotten."""
    forget(now=now)
    for place in _places(who, address, now):
        _one_more(place, _hour(now))


def forget(*, now: datetime) -> None:
    """Delete what is older than a day."""
    PlaceUse.objects.filter(hour__lt=_hour(now) - KEPT_HOURS).delete()


def may_mail(*, who: str, email: str, now: datetime, most: int) -> bool:
    """Count a mail that a visitor asks for, and tell whether it may still go out today.

    Who types in another's address fills no mailbox.

    Args:
        who: names the kind of mail.
        email: a bare address.
        now: the machine's moment, aware.
        most: so many a day (UTC) to one address.
    """
    hour = _hour(now)
    first_hour = hour - hour % KEPT_HOURS
    return _one_more(_number(f"mail {who}", email.casefold(), now), first_hour) <= most


def _one_more(place: str, hour: int) -> int:
    """Count one; two at the same moment count two. Return how many there are."""
    rows = PlaceUse.objects.filter(place=place, hour=hour)
    if not rows.update(count=F("count") + 1):
        PlaceUse.objects.bulk_create([PlaceUse(place=place, hour=hour)], ignore_conflicts=True)
        rows.update(count=F("count") + 1)
    return rows.get().count


def _places(who: str, address: str, now: datetime) -> list[str]:
    return [_number(who, network, now) for network in networks_of(address)]


def networks_of(address: str) -> tuple[str, str]:
    """Return the household and the network to which an address belongs, as texts."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown", "unknown/"
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    narrow, wide = _V4 if found.version == 4 else _V6  # noqa: PLR2004 - IP's own number
    return tuple(  # type: ignore[return-value]
        str(ipaddress.ip_network(f"{found}/{size}", strict=False)) for size in (narrow, wide)
    )


def _number(who: str, what: str, now: datetime) -> str:
    # Another one each day; salted_hmac adds the installation's own.
    secret = f"{_SALT}.{now.astimezone(UTC).date()}"
    return salted_hmac(secret, f"{who} {what}", algorithm="sha256").hexdigest()[:_SIGNS]


def _hour(now: datetime) -> int:
    return int(now.timestamp()) // int(HOUR.total_seconds())
