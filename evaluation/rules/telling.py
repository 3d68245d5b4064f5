"""What an update may say of which day, what it has to bring along, and which links are links (R59).

Pure: what is wrong comes back as a value; the sentence belongs to the service.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from evaluation.rules.pledge import EVIDENCE_ASKED, REASON_ASKED, PledgeStatus

SAYS_WHY: Final = 5
"""So many words explain something; fewer, and a reason has to be chosen."""

LONGEST_LINK: Final = 1000


class Wrong(StrEnum):
    """What is wrong with an update."""

    NOT_AGREED = "not_agreed"
    NOT_OF_THE_TEN = "not_of_the_ten"
    TOO_EARLY = "too_early"
    FUTURE = "future"
    SAYS_NOTHING = "says_nothing"
    NO_REASON = "no_reason"
    NO_EVIDENCE = "no_evidence"


def first_wrong(
    *,
    agreed: bool,
    rank: int | None,
    day: date,
    polling_day: date,
    today: date,
    status: PledgeStatus,
    reason: str,
    text: str,
    shown: bool,
) -> Wrong | None:
    """Return the first thing that keeps an update from being told; None: it can be.

    Args:
        agreed: the members' meeting agreed the ten.
        rank: of the pledge; None: it was a candidate only.
        day: the day that the update is about.
        polling_day: the first day that there is something to tell of.
        today: the day.
        status: how it stands, says the update.
        reason: the chosen reason, or nothing.
        text: what happened.
        shown: something shows it: with the update, or with the pledge already.
    """
    checks = (
        (Wrong.NOT_AGREED, not agreed),
        (Wrong.NOT_OF_THE_TEN, rank is None),
        (Wrong.TOO_EARLY, day < polling_day),
        (Wrong.FUTURE, day > today),
        (Wrong.SAYS_NOTHING, not text.strip()),
        (
            Wrong.NO_REASON,
            status in REASON_ASKED and not reason and len(text.split()) < SAYS_WHY,
        ),
        (Wrong.NO_EVIDENCE, status in EVIDENCE_ASKED and not shown),
    )
    return next((wrong for wrong, holds in checks if holds), None)


def is_link(url: str) -> bool:
    """Tell whether this is an address of the web that everybody may click on.

    Only http and https, with a host, without a name or password in it, and without characters that
    make one address look like another.
    """
    if not url or len(url) > LONGEST_LINK or not url.isprintable() or any(map(str.isspace, url)):
        return False
    if "\\" in url:
        return False
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(host)
        and "@" not in parts.netloc
        and url[len(parts.scheme) :].startswith("://")
    )
