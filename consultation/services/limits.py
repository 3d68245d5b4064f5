"""How much one place may send through the public form, without knowing who or where.

Of the address from which something comes only a number is kept, made with the installation's
secret and the day: nobody can turn it back, tomorrow's is another, and after a day it is deleted.
The address itself is neither stored nor logged. Counted is what was taken in.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final

from django.db.models import F
from django.utils.crypto import salted_hmac

from consultation.models import Consultation, FormUse

HOUR: Final = timedelta(hours=1)
KEPT_HOURS: Final = 24
MAILS_A_DAY: Final = 3
"""Confirmations to one address: who types in another's address fills no mailbox."""

_SALT: Final = "consultation.limits"
_SIGNS: Final = 32
# One household, and what one provider hands out to a street.
_V4, _V6 = (32, 24), (64, 48)


class Room(Enum):
    """What a place may still do this hour."""

    FREE = "free"
    CROWDED = "crowded"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limit:
    """So many an hour are taken; above ``soft`` a person of the branch looks first."""

    soft: int
    hard: int


# A hall of people with one wifi is no flood, but who looks at the thirty-first loses little. Phones
# of one provider share addresses: nobody is refused before it cannot be people any more.
ADDRESS: Final = _Limit(soft=30, hard=300)
NETWORK: Final = _Limit(soft=60, hard=600)


def room_for(*, consultation: Consultation, address: str, now: datetime) -> Room:
    """Tell whether something may come in from an address.

    Args:
        consultation: of the branch that is addressed; each branch counts for itself.
        address: of the network, as the web server says; empty: it does not know.
        now: the machine's moment, aware.
    """
    limits = dict(zip(_places(consultation, address, now), (ADDRESS, NETWORK), strict=True))
    used = FormUse.objects.filter(place__in=limits, hour=_hour(now)).values_list("place", "count")
    counts = dict(used)
    if any(counts.get(place, 0) >= limit.hard for place, limit in limits.items()):
        return Room.FULL
    if any(counts.get(place, 0) >= limit.soft for place, limit in limits.items()):
        return Room.CROWDED
    return Room.FREE


def again_at(*, now: datetime) -> datetime:
    """Return when a full place has room again: at the next whole hour."""
    return now.replace(minute=0, second=0, microsecond=0) + HOUR


def count(*, consultation: Consultation, address: str, now: datetime) -> None:
    """Count one that was taken in; what is older than a day is forgotten."""
    forget(now=now)
    for place in _places(consultation, address, now):
        _one_more(place, _hour(now))


def forget(*, now: datetime) -> None:
    """Delete what is older than a day."""
    FormUse.objects.filter(hour__lt=_hour(now) - KEPT_HOURS).delete()


def may_mail(*, email: str, now: datetime) -> bool:
    """Count a confirmation to an address, and tell whether it may still go out today."""
    hour = _hour(now)
    first_hour = hour - hour % KEPT_HOURS
    return _one_more(_number("mail", email.casefold(), now), first_hour) <= MAILS_A_DAY


def _one_more(place: str, hour: int) -> int:
    """Count one; two at the same moment count two. Return how many there are."""
    rows = FormUse.objects.filter(place=place, hour=hour)
    if not rows.update(count=F("count") + 1):
        FormUse.objects.bulk_create([FormUse(place=place, hour=hour)], ignore_conflicts=True)
        rows.update(count=F("count") + 1)
    return rows.get().count


def _places(consultation: Consultation, address: str, now: datetime) -> list[str]:
    whom = str(consultation.pk)
    return [_number(whom, network, now) for network in networks_of(address)]


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


def _number(whom: str, what: str, now: datetime) -> str:
    # Another one each day; salted_hmac adds the installation's own.
    secret = f"{_SALT}.{now.astimezone(UTC).date()}"
    return salted_hmac(secret, f"{whom} {what}", algorithm="sha256").hexdigest()[:_SIGNS]


def _hour(now: datetime) -> int:
    return int(now.timestamp()) // int(HOUR.total_seconds())
