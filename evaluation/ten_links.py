"""Addresses of the public top ten that stand in mails."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from core.mail import absolute
from core.public_pages import in_language
from evaluation.models import Follower, Pledge, TopTen
from evaluation.ten_addresses import YEAR


def language_of(follower: Follower) -> str:
    """Return the language of a follower's mails and pages; one that we do not speak is Dutch."""
    known = {code for code, _name in settings.LANGUAGES}
    return follower.language if follower.language in known else settings.LANGUAGE_CODE


def ten_address(top_ten: TopTen, *, language: str) -> str:
    """Return the page of all ten. ``top_ten`` comes with its branch and timeline."""
    return _address("public_ten", top_ten, language=language)


def pledge_address(pledge: Pledge, *, top_ten: TopTen, language: str) -> str:
    """Return the page of one of the ten."""
    return _address("public_pledge", top_ten, pledge.rank, language=language)


def confirm_address(follower: Follower) -> str:
    """Return the page on which somebody says yes from the mailbox."""
    return absolute(reverse("evaluation:follow_confirm", args=[follower.key]))


def stop_address(follower: Follower) -> str:
    """Return the page on which one stops; a mail program posts to the same (RFC 8058)."""
    return absolute(reverse("evaluation:follow_stop", args=[follower.key]))


def _address(name: str, top_ten: TopTen, *args: object, language: str) -> str:
    # The year: a branch may show the ten of a later election by the time that this is read.
    year = str(top_ten.timeline.polling_day.year)
    path = reverse(f"evaluation:{name}", args=[top_ten.branch.slug, *args])
    return absolute(in_language(path, language, **{YEAR: year}))
