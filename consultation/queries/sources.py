"""What stands behind a contribution: each source in its own words, and who waits for news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from consultation.enums import LetterKind
from consultation.models import Contribution, Contributor, Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Whom an answer goes to.

    Attributes:
        asked: addresses of people behind it who asked for an answer.
        waiting: one of their rows for each address that got none yet: to these it goes now.
        told: addresses that got one already, or to which it is on its way.
        unreachable: addresses that do not work.
        people: people behind it at all, also those without an address or a question.
    """

    asked: int
    waiting: Sequence[Contributor]
    told: int
    unreachable: int
    people: int


def family_of(lead: Contribution) -> Q:
    """Return the condition of a contribution and what is merged into it."""
    return Q(pk=lead.pk) | Q(merged_into=lead.pk)


def audience_of(lead: Contribution) -> Audience:
    """Return whom an answer to a contribution goes to, in two queries.

    Parts have the person of what they were cut from. One address gets one answer, however often it
    brought in the same.
    """
    people = list(
        Contributor.objects.filter(
            contributions__in=Contribution.objects.filter(family_of(lead)).values("pk")
        )
        .distinct()
        .order_by("pk")
    )
    letters = Letter.objects.filter(
        kind=LetterKind.ANSWER,
        contribution__in=Contribution.objects.filter(family_of(lead)).values("pk"),
    )
    told = {address.casefold() for address in letters.values_list("contributor__email", flat=True)}
    wanting: dict[str, Contributor] = {}
    for one in people:
        if one.wants_answer and one.email:
            wanting.setdefault(one.email.casefold(), one)
    refused = {
        one.email.casefold() for one in people if one.email and one.address_refused_on is not None
    }
    return Audience(
        asked=len(wanting),
        waiting=[
            one
            for address, one in wanting.items()
            if address not in told and address not in refused
        ],
        told=len(told & wanting.keys()),
        unreachable=len((refused - told) & wanting.keys()),
        people=len(people),
    )
