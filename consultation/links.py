"""Addresses that somebody outside gets by mail: signed, so that nobody can guess another's."""

from __future__ import annotations

from typing import Final

from django.core import signing
from django.urls import reverse

from consultation.models import Contributor, Gathering
from core.mail import absolute

_FORGET: Final = "consultation.forget"
_REPORT: Final = "consultation.report"


def forget_address(contributor: Contributor) -> str:
    """Return where this person takes back the consent and has the details removed."""
    return _address("consultation:forget", contributor.pk, _FORGET)


def read_forget(token: str) -> int | None:
    """Return the contributor's id that such an address names; None: it was made up."""
    return _read(token, _FORGET)


def report_address(gathering: Gathering) -> str:
    """Return where participants read the report of a gathering."""
    return _address("consultation:shared_report", gathering.pk, _REPORT)


def read_report(token: str) -> int | None:
    """Return the gathering's id that such an address names; None: it was made up."""
    return _read(token, _REPORT)


def _address(name: str, pk: int, salt: str) -> str:
    return absolute(reverse(name, args=[signing.Signer(salt=salt).sign(str(pk))]))


def _read(token: str, salt: str) -> int | None:
    try:
        return int(signing.Signer(salt=salt).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
