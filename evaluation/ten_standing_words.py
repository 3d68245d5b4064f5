"""What is expected of a branch after the election, in words, from where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evaluation.rules.standing import Means, Standing, Way, expected

Words = str | Promise

LEADS: Mapping[Standing, Words] = {
    Standing.UNKNOWN: _(
        "You do not know yet whether you will be in the coalition. Bring the ten to every talk."
    ),
    Standing.COALITION: _(
        "You are in the coalition: you have a say in the money and in the alderman’s work."
    ),
    Standing.OPPOSITION: _(
        "You are in the opposition: you propose, you ask, and you look for a majority."
    ),
    Standing.NOT_ELECTED: _(
        "You are not in the council. You can still get things done from outside."
    ),
}
"""What a branch hears about where it stands."""

WAYS: Mapping[Way, Words] = {
    Way.AGREEMENT: _("Get it into the coalition agreement, in its own words."),
    Way.BUDGET: _("Ask for money in the next budget."),
    Way.PORTFOLIO: _("Agree with the alderman who has it in the portfolio."),
    Way.MOTION: _("Propose a motion."),
    Way.AMENDMENT: _("Propose an amendment, with the money for it."),
    Way.QUESTION: _("Ask a written question: an answer is news as well."),
    Way.ALLY: _("Find another council group that proposes it with you."),
    Way.SPEAK: _("Speak in the council’s committee: every resident may."),
    Way.INITIATIVE: _("Begin a citizens’ initiative."),
    Way.TALK: _("Talk to council members, the alderman and the neighbourhood."),
}
"""What helps, one sentence a way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedWords:
    """What a page says about where a branch stands.

    Attributes:
        standing: where it stands.
        lead: in a sentence.
        ways: what helps, what helps most first.
        means: the values of ``enums_ten.Means`` that go with it.
    """

    standing: Standing
    lead: Words
    ways: list[Words]
    means: tuple[Means, ...]


def expected_words(standing: str) -> ExpectedWords:
    """Return what is expected, for a page.

    Args:
        standing: a value of ``Standing``; another one counts as not known yet.
    """
    where = Standing(standing) if standing in set(Standing) else Standing.UNKNOWN
    known = expected(where)
    return ExpectedWords(
        standing=where,
        lead=LEADS[where],
        ways=[WAYS[way] for way in known.ways],
        means=known.means,
    )
