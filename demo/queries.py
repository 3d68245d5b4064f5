"""What the pages of the demonstration read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, prefetch_related_objects

from branches.models import Branch, User
from branches.viewer import Viewer
from consultation.enums import SessionPhase
from consultation.models import Consultation, Session
from demo.data.groups import DEN_HAAG
from demo.models import DemoMail, DemoPersona
from demo.personas import PERSONAS, Persona
from evaluation.models import Evaluation, TopTen
from process.enums import MilestoneStatus
from process.models import Milestone, Timeline
from process.queries.timelines import current_timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The next day on which a milestone is due, and which."""

    day: date
    title: str
    branch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """A persona with the invented person who plays it."""

    persona: Persona
    user: User
    branch: Branch | None

    @property
    def first_name(self) -> str:
        """The first name, for the button."""
        return self.user.name.split(" ")[0]


def cast() -> list[Cast]:
    """Return every persona that the demonstration data have filled, in the order of the page."""
    rows = {row.key: row for row in DemoPersona.objects.select_related("user", "branch")}
    return [
        Cast(persona=persona, user=rows[persona.key].user, branch=rows[persona.key].branch)
        for persona in PERSONAS
        if persona.key in rows
    ]


def open_form() -> Consultation | None:
    """Return the collecting of input whose form a visitor can fill in as a resident."""
    rows = Consultation.objects.public().exclude(form_open_since=None)
    return rows.filter(branch__slug=DEN_HAAG).select_related("branch").first()


def live_session() -> Session | None:
    """Return a session that a visitor can join with a phone."""
    rows = Session.objects.filter(phase=SessionPhase.COLLECT).exclude(code=None)
    return rows.select_related("gathering__consultation__branch").order_by("id").first()


def shown_outcome() -> Consultation | None:
    """Return one that shows everybody what happened with the input."""
    rows = Consultation.objects.public().exclude(outcome_public_since=None)
    return rows.select_related("branch").order_by("id").first()


def lead_timeline(*, players: list[Cast], today: date) -> Timeline | None:
    """Return the thread shown on the first page: the first persona's, milestones loaded."""
    branch = next((player.branch for player in players if player.branch is not None), None)
    timeline = current_timeline(branch=branch, today=today) if branch is not None else None
    if timeline is not None:
        prefetch_related_objects([timeline], "milestones__definition")
    return timeline


def public_result() -> Evaluation | None:
    """Return an evaluation whose branch shows its result to everybody, or ``None``."""
    return Evaluation.objects.public().select_related("branch").order_by("pk").first()


def public_ten() -> TopTen | None:
    """Return a top ten that everybody may follow; one of which something was told comes first."""
    rows = TopTen.objects.public().select_related("branch")
    return rows.annotate(told=Count("pledges__updates")).order_by("-told", "pk").first()


def open_preference(*, today: date) -> TopTen | None:
    """Return a top ten for which a member can give dots today."""
    rows = TopTen.objects.filter(agreed_on=None, preference_until__gte=today)
    return rows.select_related("branch").order_by("pk").first()


def branch_count() -> int:
    """Return how many branches there are."""
    return Branch.objects.active().count()


def next_deadline(*, viewer: Viewer, slug: str, today: date) -> Deadline | None:
    """Return the first open milestone's target or last day after ``today``.

    Of the branch that ``slug`` names when the viewer may see it; else of the viewer's own
    branches; else (a visitor, the national office) of the whole country.
    """
    rows = Milestone.objects.filter(
        status__in=(MilestoneStatus.PLANNED, MilestoneStatus.STARTED)
    ).exclude(target__lte=today, deadline__lte=today)
    branch = Branch.objects.active().for_viewer(viewer).filter(slug=slug).first() if slug else None
    if branch is not None:
        rows = rows.filter(timeline__branch=branch)
    elif viewer.roles and not viewer.is_national:
        rows = rows.filter(timeline__branch__in=list(viewer.roles))
    days = [
        day
        for field in ("target", "deadline")
        if (
            day := rows.filter(**{f"{field}__gt": today})
            .order_by(field)
            .values_list(field, flat=True)
            .first()
        )
    ]
    if not days:
        return None
    day = min(days)
    first = (
        rows.filter(Q(target=day) | Q(deadline=day))
        .select_related("definition", "timeline__branch")
        .order_by("position", "timeline__branch__name")[0]
    )
    return Deadline(day=day, title=first.definition.title, branch=first.timeline.branch.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody to whom mail went: the address, and the name where there is an account."""

    address: str
    name: str


def readers() -> list[Reader]:
    """Return to whom mail went, by name: two queries."""
    addresses = set(DemoMail.objects.order_by().values_list("recipients", flat=True).distinct())
    names = dict(User.objects.filter(email__in=addresses).values_list("email", "name"))
    found = [Reader(address=row, name=names.get(row) or row) for row in addresses]
    return sorted(found, key=lambda row: row.name.casefold())


def mails(*, words: str = "", to: str = "") -> QuerySet[DemoMail]:
    """Return the mails, the latest first, whose recipient or subject holds ``words``.

    Args:
        words: part of an address or a subject; empty for all.
        to: the whole address of one person; empty for everybody.
    """
    rows = DemoMail.objects.defer("raw", "html", "headers").order_by("-day", "-id")
    if to:
        rows = rows.filter(recipients=to)
    if words:
        rows = rows.filter(Q(recipients__icontains=words) | Q(subject__icontains=words))
    return rows
