"""What lines about input need to know: counts per branch, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Upper

from branches.models import User
from consultation.enums import Status
from consultation.models import Consultation, Contribution, Contributor, Gathering
from notifications.sources.input import OPEN, owed_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much there is of what, in one branch's input.

    Attributes:
        came_in: what people brought in.
        untouched, since: what nobody looked at, and when the first of it came in.
        mine: what the reader was given and has not settled.
        held, held_since: what the form set aside, and when the first of it came in.
    """

    came_in: int = 0
    untouched: int = 0
    since: date | None = None
    mine: int = 0
    held: int = 0
    held_since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFacts:
    """What was loaded.

    Attributes:
        consultations: by primary key, with branch, timeline and mailbox.
        counts: by consultation.
        owed: by consultation, how many people wait for an answer.
        known: by consultation, of how many people a name or address is kept.
        gatherings: by primary key, with their meeting.
    """

    consultations: Mapping[int, Consultation] = field(default_factory=dict)
    counts: Mapping[int, Counts] = field(default_factory=dict)
    owed: Mapping[int, int] = field(default_factory=dict)
    known: Mapping[int, int] = field(default_factory=dict)
    gatherings: Mapping[int, Gathering] = field(default_factory=dict)


NOTHING = InputFacts()


def load(
    *, consultations: Collection[int], gatherings: Collection[int], reader: User, today: date
) -> InputFacts:
    """Read what lines about these need: five queries at most, and none for nothing."""
    if not consultations and not gatherings:
        return NOTHING
    return InputFacts(
        consultations=Consultation.objects.select_related("branch", "timeline", "mailbox").in_bulk(
            consultations
        ),
        counts=_counts(consultations, reader),
        owed=_people(consultations, owed_to(settled_until=today)),
        known=_people(consultations, Contributor.objects.all()),
        gatherings=Gathering.objects.select_related("meeting", "consultation__branch").in_bulk(
            gatherings
        ),
    )


def _counts(consultations: Collection[int], reader: User) -> dict[int, Counts]:
    rows = Contribution.objects.filter(consultation__in=list(consultations))
    by_itself = Q(merged_into=None, cut_up=False, held="")
    untouched, aside = by_itself & Q(status=Status.NEW), ~Q(held="")
    found = (
        rows.order_by()
        .values("consultation")
        .annotate(
            came_in=Count("pk", filter=Q(counts=True, split_from=None, held="")),
            untouched=Count("pk", filter=untouched),
            since=Min("received_on", filter=untouched),
            mine=Count("pk", filter=by_itself & Q(assigned_to=reader, status__in=OPEN)),
            # A second name: "held" is a column.
            aside=Count("pk", filter=aside),
            held_since=Min("received_on", filter=aside),
        )
    )
    return {
        row["consultation"]: Counts(
            came_in=row["came_in"],
            untouched=row["untouched"],
            since=row["since"],
            mine=row["mine"],
            held=row["aside"],
            held_since=row["held_since"],
        )
        for row in found
    }


def _people(consultations: Collection[int], rows: QuerySet[Contributor]) -> dict[int, int]:
    """Return of each how many people: an address that is there twice is one."""
    counted = (
        rows.filter(consultation__in=list(consultations))
        .order_by()
        .values_list("consultation")
        .annotate(number=Count(Upper("email"), distinct=True))
    )
    return dict(counted)
