"""The links in mails with which somebody stops what they no longer want, without signing in.

A link names the person and, per branch, the kinds: ``12-34dm-0w`` is person 12, branch 34,
deadlines and meetings, and the week about the country. It is signed, so nobody makes one for
somebody else, and it does not expire: an old mail must still be able to stop the next (RFC 8058).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from core.mail import absolute
from notifications.enums import Kind

# What is signed here counts nowhere else, and nothing signed elsewhere counts here.
_SALT: Final = "notifications.stop"
# One letter a kind. They stand in mails that were sent: never give one another meaning.
_LETTERS: Final[dict[str, str]] = {
    Kind.DEADLINES: "d",
    Kind.MEETINGS: "m",
    Kind.ASSIGNMENTS: "a",
    Kind.PEOPLE: "p",
    Kind.WEEKLY: "w",
    Kind.INPUT: "i",
    Kind.TEN: "t",
    Kind.OFFICE: "o",
}
_KINDS: Final = {letter: kind for kind, letter in _LETTERS.items()}
# Far longer than any link of ours; what is longer is not even looked at.
_LONGEST: Final = 2000
_SHAPE: Final = re.compile(r"[0-9]{1,18}(?:-[0-9]{1,18}[a-z]{1,9})+\.[A-Za-z0-9_-]{20,90}")
# No row has this number, so it can stand for "no branch".
_COUNTRY: Final = 0

Item = tuple[int | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """What a link stops.

    Attributes:
        user_id: whose mail it is.
        items: (branch id, or ``None`` for the country; a value of ``Kind``), each pair once.
    """

    user_id: int
    items: tuple[Item, ...]


def stop_token(*, user_id: int, items: Sequence[Item]) -> str:
    """Return the signed part of a stop link.

    Raises:
        KeyError: a kind that does not exist.
        ValueError: nothing to stop.
    """
    letters: dict[int, set[str]] = {}
    for branch_id, kind in items:
        letters.setdefault(branch_id or _COUNTRY, set()).add(_LETTERS[kind])
    if not letters:
        raise ValueError(items)
    parts = [f"{branch}{''.join(sorted(letters[branch]))}" for branch in sorted(letters)]
    return _signer().sign("-".join([str(user_id), *parts]))


def stop_address(*, user_id: int, items: Sequence[Item]) -> str:
    """Return the full address of the page that stops these kinds for this person.

    Args:
        user_id: whose mail it is.
        items: (branch id, or ``None`` for the country; a value of ``Kind``).

    Raises:
        KeyError: a kind that does not exist.
        ValueError: nothing to stop.
    """
    token = stop_token(user_id=user_id, items=items)
    return absolute(reverse("notifications:stop", args=[token]))


def read_stop(token: str) -> Stop | None:
    """Return what a link stops; ``None`` for whatever is not a link of ours."""
    # The shape first: signatures are compared as bytes, and not every text can become some.
    if len(token) > _LONGEST or not _SHAPE.fullmatch(token):
        return None
    try:
        user_id, *parts = _signer().unsign(token).split("-")
    except BadSignature:
        return None
    items: list[Item] = []
    for part in parts:
        branch = part.rstrip("abcdefghijklmnopqrstuvwxyz")
        for letter in part[len(branch) :]:
            if letter not in _KINDS:
                return None
            items.append((int(branch) or None, _KINDS[letter]))
    return Stop(user_id=int(user_id), items=tuple(items))


def _signer() -> Signer:
    # The dot stands in no payload and survives in links that mail programs make.
    return Signer(sep=".", salt=_SALT)
