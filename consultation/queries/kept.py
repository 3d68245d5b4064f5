"""What is kept of people from outside, and until when; in totals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from branches.models import Branch
from consultation.models import Contributor, Stakeholder


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How many people are known, how many by address, and the first day on which some go."""

    people: int
    addresses: int
    waiting: int
    contacts: int
    first_day: date | None


def kept_of(*, branch: Branch) -> Kept:
    """Count over all elections of a branch."""
    people = Contributor.objects.filter(consultation__branch=branch).aggregate(
        people=Count("pk"),
        addresses=Count("pk", filter=~Q(email="")),
        waiting=Count("pk", filter=Q(wants_answer=True)),
        first_day=Min("delete_on"),
    )
    contacts = Stakeholder.objects.filter(consultation__branch=branch).exclude(
        contact_name="", contact_email="", contact_phone=""
    )
    return Kept(contacts=contacts.count(), **people)
