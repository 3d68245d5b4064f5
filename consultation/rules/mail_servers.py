"""Where a mailbox probably is, and when it is looked into again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

_KNOWN: Final = {
    "imap.gmail.com": "gmail.com googlemail.com",
    "outlook.office365.com": "outlook.com outlook.nl hotmail.com hotmail.nl live.com live.nl",
    "imap.ziggo.nl": "ziggo.nl home.nl casema.nl upcmail.nl",
    "imap.kpnmail.nl": "kpnmail.nl kpnplanet.nl planet.nl hetnet.nl",
    "imap.xs4all.nl": "xs4all.nl",
    "imap.mail.me.com": "icloud.com me.com mac.com",
    "imap.mail.yahoo.com": "yahoo.com yahoo.nl",
    "imap.gmx.net": "gmx.net gmx.com gmx.de",
    "imap.fastmail.com": "fastmail.com fastmail.nl",
    "imap.soverin.net": "soverin.net",
}
_HOSTS: Final = {domain: host for host, domains in _KNOWN.items() for domain in domains.split()}

LOOKED_INTO_EVERY: Final = timedelta(minutes=5)
LONGEST_WAIT: Final = timedelta(hours=6)


def guess(address: str) -> str:
    """Return the name of the IMAP server that an address probably has; empty without a domain."""
    domain = address.rpartition("@")[2].strip().lower()
    return _HOSTS.get(domain, f"imap.{domain}" if domain else "")


def is_due(*, now: datetime, read_at: datetime | None, error_since: datetime | None) -> bool:
    """Tell whether a mailbox is to be looked into.

    One that cannot be read is left alone for as long as it was so at the last look: longer and
    longer, up to six hours. A provider may lock the mailbox of who keeps trying a wrong password.
    """
    if read_at is None or error_since is None:
        return True
    return now - read_at >= min(max(read_at - error_since, LOOKED_INTO_EVERY), LONGEST_WAIT)
