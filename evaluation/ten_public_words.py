"""Sentences of the public top ten, put together from its facts."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.enums_ten import PledgeStatus, Standing
from evaluation.queries.ten.public_facts import PublicPledge, PublicTen
from evaluation.rules.pledge import TEN

ORDER = (
    PledgeStatus.DONE,
    PledgeStatus.PARTLY,
    PledgeStatus.UNDER_WAY,
    PledgeStatus.STARTED,
    PledgeStatus.STUCK,
    PledgeStatus.AGREED,
    PledgeStatus.GIVEN_UP,
)
"""What came of most of it first."""


def counts_words(ten: PublicTen) -> str:
    """Return how the ten stand, in one line: "2 done · 5 on its way · 1 stuck · 2 agreed"."""
    return " · ".join(
        f"{ten.counts[status]} {status.label}" for status in ORDER if ten.counts[status]
    )


def headline(ten: PublicTen) -> str:
    """Return the one sentence that answers what came of it so far."""
    done = ten.counts[PledgeStatus.DONE] + ten.counts[PledgeStatus.PARTLY]
    if done:
        return ngettext(
            "%(count)s of the ten is done, wholly or in part",
            "%(count)s of the ten are done, wholly or in part",
            done,
        ) % {"count": done}
    moving = TEN - ten.counts[PledgeStatus.AGREED]
    if moving:
        return ngettext(
            "We are working on %(count)s of the ten",
            "We are working on %(count)s of the ten",
            moving,
        ) % {"count": moving}
    return _("Ten proposals, agreed before the election")


def standing_words(ten: PublicTen) -> str:
    """Return where the branch stands in the council; empty while nobody said so."""
    sentences = {
        Standing.COALITION: _("%(name)s is in the coalition."),
        Standing.OPPOSITION: _("%(name)s is in the opposition."),
        Standing.NOT_ELECTED: _("%(name)s is not in the council, and works on it from outside."),
    }
    sentence = sentences.get(ten.standing, "")
    return sentence % {"name": ten.name} if sentence else ""


def status_words(pledge: PublicPledge) -> str:
    """Return how one of the ten stands, why, and whether it is late: "stuck: no money, late"."""
    words = str(pledge.status.label)
    if pledge.reason is not None:
        words = f"{words}: {pledge.reason.label}"
    return f"{words}, {pledge.timing.label}" if pledge.is_late else words
