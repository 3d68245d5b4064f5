"""Questions of branches to the office: who looks after whom, what waits, and how long (R52, R60).

Set-based: the desk asks the same number of questions for three branches and for ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from branches.enums import Role
from branches.models import Branch, Membership, NationalOfficer, User
from branches.models.membership import in_force
from monitor.enums_helping import HelpState
from monitor.models import ContactPerson, HelpMessage, HelpRequest
from monitor.rules.answering import AnswerTimes, answer_times, month_before
from process.models import Milestone, Timeline
from process.queries.timelines import current_timeline
from process.rules.restdays import rest_days, years_around

ASKS = (Role.BOARD, Role.COMMITTEE, Role.COUNCIL_GROUP)
"""Who asks the office, and reads what it answered (``monitor.ask_help``)."""

# Public holidays are the same in every region; the office keeps no school holidays.
_ANY_REGION = "midden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which questions somebody asked for; empty means all that are open.

    Attributes:
        state: a ``HelpState``, or empty: not closed.
        branch: part of the name of a branch.
        mine: the ones that ``mine`` handles, and of branches that it looks after without handler.
    """

    state: str = ""
    branch: str = ""
    mine: User | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """How quick first answers were in this month and in the one before."""

    now: AnswerTimes
    before: AnswerTimes


def colleagues(*, today: date) -> QuerySet[User, User]:
    """Return who works at the national office today, by name."""
    return (
        User.objects.filter(
            Exists(NationalOfficer.objects.filter(in_force(today), user=OuterRef("pk")))
        )
        .filter(is_active=True)
        .order_by("name", "email")
    )


def contact_of(branch: Branch, *, today: date) -> User | None:
    """Return the colleague who looks after a branch; who left the office does not any more."""
    row = (
        ContactPerson.objects.filter(branch=branch, person__in=colleagues(today=today))
        .select_related("person")
        .first()
    )
    return row.person if row is not None else None


def handler_of(request: HelpRequest, *, today: date) -> User | None:
    """Return the colleague who took a question; a question of who left is nobody's again."""
    if request.handler_id is None:
        return None
    return colleagues(today=today).filter(pk=request.handler_id).first()


def askers_of(branch: Branch, *, today: date) -> QuerySet[User, User]:
    """Return the people of a branch who may ask the office, and read what it answered."""
    held = Membership.objects.filter(
        in_force(today), user=OuterRef("pk"), branch=branch, role__in=ASKS
    )
    return User.objects.filter(Exists(held)).order_by("pk")


def board_of(branch: Branch, *, today: date) -> QuerySet[User, User]:
    """Return the board of a branch."""
    held = Membership.objects.filter(
        in_force(today), user=OuterRef("pk"), branch=branch, role=Role.BOARD
    )
    return User.objects.filter(Exists(held)).order_by("pk")


def of_branch(branch: Branch) -> QuerySet[HelpRequest, HelpRequest]:
    """Return the questions of a branch: open ones first, then the latest."""
    return (
        HelpRequest.objects.filter(branch=branch)
        .select_related("asked_by")
        .annotate(over=Q(state=HelpState.CLOSED))
        .order_by("over", "-last_on", "-pk")
    )


def desk(*, today: date) -> QuerySet[Any, Any]:
    """Return all questions as they lie at the office.

    What waits comes first: of those, what a colleague left behind who is gone, then what waits
    longest. Each has ``orphaned``, and ``handler`` is loaded (show it only where not orphaned).
    """
    works = NationalOfficer.objects.filter(in_force(today), user=OuterRef("handler"))
    rows = HelpRequest.objects.select_related("branch", "handler", "asked_by").annotate(
        orphaned=Q(handler__isnull=False) & ~Exists(works),
        turn=Case(
            When(state=HelpState.WAITING, then=Value(0)),
            When(state=HelpState.ANSWERED, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        ),
    )
    return rows.order_by(
        "turn",
        Case(When(state=HelpState.WAITING, orphaned=True, then=Value(0)), default=Value(1)),
        F("waiting_since").asc(nulls_last=True),
        # Of what waits, the first came first; of the others, the latest is of interest.
        Case(When(state=HelpState.WAITING, then=F("pk"))).asc(nulls_last=True),
        "-last_on",
        "-pk",
    )


def asked(rows: QuerySet[Any, Any], wanted: Wanted) -> QuerySet[Any, Any]:
    """Return those of the desk that were asked for."""
    rows = rows.filter(state=wanted.state) if wanted.state else rows.exclude(state=HelpState.CLOSED)
    if wanted.branch:
        rows = rows.filter(branch__name__icontains=wanted.branch)
    if wanted.mine is not None:
        looks_after = Q(branch__contact_person__person=wanted.mine)
        nobodys = Q(handler=None) | Q(orphaned=True)
        rows = rows.filter(Q(handler=wanted.mine) | looks_after & nobodys)
    return rows


def numbers(*, today: date) -> dict[str, int]:
    """Return how many questions wait, and how many of these are nobody's: one question."""
    works = NationalOfficer.objects.filter(in_force(today), user=OuterRef("handler"))
    taken = (
        HelpRequest.objects.waiting()
        .order_by()
        .annotate(taken=Exists(works))
        .values_list("taken", flat=True)
    )
    all_of_them = list(taken)
    return {"waiting": len(all_of_them), "nobodys": all_of_them.count(False)}


def messages_of(request: HelpRequest) -> list[HelpMessage]:
    """Return what was said, in order."""
    return list(request.messages.select_related("author"))


def months(*, today: date) -> Months:
    """Return how quick first answers were in the month of ``today`` and in the one before.

    A question counts in the month of its first answer. One question to the database.
    """
    first, before = today.replace(day=1), month_before(today)
    rows = HelpRequest.objects.filter(
        first_answered_at__gte=_begin(before), first_answered_at__isnull=False
    ).values_list("asked_on", "first_answered_at")
    spans = [
        (asked_on, timezone.localdate(moment)) for asked_on, moment in rows if moment is not None
    ]
    spans = [(asked_on, day) for asked_on, day in spans if day <= today]
    rest = rest_days(
        school_region=_ANY_REGION, years=years_around([day for span in spans for day in span])
    )
    return Months(
        now=answer_times([span for span in spans if span[1] >= first], rest=rest),
        before=answer_times([span for span in spans if span[1] < first], rest=rest),
    )


def milestones_to_ask_about(branch: Branch, *, today: date) -> list[tuple[str, str]]:
    """Return key and title of the milestones of the branch's own way, in order."""
    timeline = current_timeline(branch=branch, today=today)
    if timeline is None:
        return []
    rows = timeline.milestones.select_related("definition").order_by("target", "pk")
    return [(row.key, row.definition.title) for row in rows if not row.is_statutory]


def milestone_of(request: HelpRequest) -> Milestone | None:
    """Return the milestone that a question is about, on the way that the branch went then."""
    if not request.milestone_key:
        return None
    rows = Milestone.objects.filter(
        timeline__in=Timeline.objects.filter(branch=request.branch_id), key=request.milestone_key
    ).select_related("definition", "timeline")
    # An earlier way has the same milestones: the first whose end was still ahead.
    return (
        rows.filter(timeline__polling_day__gte=request.asked_on)
        .order_by("timeline__polling_day")
        .first()
        or rows.order_by("-timeline__polling_day").first()
    )


def said_since(messages: Iterable[HelpMessage], *, seen: int) -> list[HelpMessage]:
    """Return the messages after the last one that somebody had before their eyes."""
    return [message for message in messages if message.pk > seen]


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
