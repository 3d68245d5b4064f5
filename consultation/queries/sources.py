"""What stands behind a contribution: each source in its own words, and who waits for news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from branches.models import AuditEntry
from consultation.enums import LetterKind, LetterState
from consultation.models import Contribution, Contributor, Letter
from consultation.models.contribution import ContributionQuerySet

SHOWN_AT_ONCE = 20
"""Sources that a page shows before somebody asks for all of them."""

HISTORY = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Whom an answer goes to.

    Attributes:
        asked: how many addresses behind it asked for an answer.
        waiting: one person for each of those that got none yet: to these it goes now.
        told: how many got one already, or have it on its way.
        unreachable: how many addresses do not work.
        people: how many people behind it are known at all.
    """

    asked: int
    waiting: Sequence[Contributor]
    told: int
    unreachable: int
    people: int


def family_of(lead: Contribution) -> ContributionQuerySet:
    """Return a contribution and what is merged into it, the lead first, then as they came in."""
    return Contribution.objects.filter(Q(pk=lead.pk) | Q(merged_into=lead.pk)).order_by(
        F("merged_into").asc(nulls_first=True), "pk"
    )


def sources_of(lead: Contribution) -> ContributionQuerySet:
    """Return the same with all that a page shows of each: two queries, however many."""
    return (
        family_of(lead)
        .select_related(
            "channel",
            "contributor",
            "stakeholder",
            "entered_by",
            "mail",
            "post_it__session__gathering__meeting",
            "point__session__gathering__meeting",
        )
        .prefetch_related("attachments")
    )


def people_behind(lead: Contribution) -> QuerySet[Contributor]:
    """Return who brought in a contribution or what is merged into it, each row once."""
    return Contributor.objects.filter(
        pk__in=family_of(lead).exclude(contributor=None).order_by().values("contributor")
    )


def audience_of(lead: Contribution) -> Audience:
    """Return whom an answer to a contribution goes to, in two queries.

    Parts have the person of what they were cut from. One address gets one answer, however often it
    brought in the same.
    """
    people = list(people_behind(lead).order_by("pk"))
    letters = Letter.objects.filter(
        kind=LetterKind.ANSWER, contribution__in=family_of(lead).order_by().values("pk")
    ).exclude(state=LetterState.REFUSED)
    told = {address.casefold() for address in letters.values_list("contributor__email", flat=True)}
    wanting: dict[str, Contributor] = {}
    refused: set[str] = set()
    for one in people:
        address = one.email.casefold()
        if one.wants_answer and address:
            wanting.setdefault(address, one)
        if one.address_refused_on is not None:
            refused.add(address)
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


def history_of(row: Contribution) -> list[AuditEntry]:
    """Return what was done with a contribution, and with what it was cut from, latest first."""
    keys = [str(pk) for pk in (row.pk, row.split_from_id) if pk]
    return list(
        AuditEntry.objects.filter(subject_type="consultation.contribution", subject_id__in=keys)
        .select_related("actor")
        .order_by("-pk")[:HISTORY]
    )
