"""To whom an encouragement would go, in which words; and what was sent before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import translation

from branches.enums import Role
from branches.models import Branch, Membership, User
from core.dates import day_words
from monitor.nudge_words import READY
from monitor.queries.standing import NOTHING, Standing, standings
from monitor.rules import filling
from notifications.enums import DeliveryState, MessageKind
from notifications.models import Message
from notifications.queries.messages import Draft, weigh
from process.enums import Forecast

MOST: Final = 500
"""So many branches at once; more are a list nobody can look over."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """One branch that is to be encouraged: how it stands, who its board is, and what is filled in.

    ``values`` has something for each blank, empty where the branch has nothing to say there.
    """

    branch: Branch
    standing: Standing
    board: Sequence[User]
    values: Mapping[str, str]

    def draft(self, *, subject: str, text: str, batch: str) -> Draft:
        """Return the message to this branch; ``batch`` is the number of the form."""
        return Draft(
            branch=self.branch,
            recipients=self.board,
            subject=filling.filled(subject, values=self.values),
            text=filling.filled(text, values=self.values),
            link=reverse("process:today", args=[self.branch.slug]),
            key=f"nudge:{batch}:{self.branch.pk}",
        )


@dataclass(frozen=True, kw_only=True)
class Spared:
    """Somebody who gets no mail; ``why`` is a word of ``notifications.enums.Spare`` on screen."""

    person: User
    why: str


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What would happen with one branch.

    Attributes:
        told, spared: of its board.
        empty: the blanks for which it has nothing; then nothing goes to it.
    """

    target: Target
    told: Sequence[User] = ()
    spared: Sequence[Spared] = ()
    empty: Sequence[str] = ()

    @property
    def blanks(self) -> str:
        """The empty blanks as people type them."""
        return filling.quoted(self.empty)


def chosen(*, slugs: Collection[str]) -> list[Branch]:
    """Return the existing branches with these slugs, by name; others are left out."""
    return list(Branch.objects.active().filter(slug__in=slugs).order_by("name", "pk"))


def targets(*, branches: Sequence[Branch], today: date) -> list[Target]:
    """Return how branches stand and who their board is: three queries, however many."""
    numbers = [row.pk for row in branches]
    standing = standings(branches=numbers, today=today)
    boards: dict[int, dict[int, User]] = {pk: {} for pk in numbers}
    held = Membership.objects.active(today=today).filter(branch__in=numbers, role=Role.BOARD)
    for row in held.select_related("user").order_by("started_on", "pk"):
        boards[row.branch_id][row.user_id] = row.user
    return [
        Target(
            branch=row,
            standing=standing.get(row.pk, NOTHING),
            board=list(boards[row.pk].values()),
            values=_values(row, standing.get(row.pk, NOTHING)),
        )
        for row in branches
    ]


def situation_of(rows: Sequence[Target]) -> str:
    """Return the situation of most of these branches for which there are ready words."""
    counts = Counter(row.standing.outlook for row in rows if row.standing.outlook in READY)
    return counts.most_common(1)[0][0] if counts else Forecast.SILENT


def preview(*, rows: Sequence[Target], subject: str, text: str, today: date) -> list[Seen]:
    """Return what would happen with each branch; writes nothing. A fixed number of queries."""
    empty = {row.branch.pk: filling.left_empty(subject, text, values=row.values) for row in rows}
    ready = [row for row in rows if not empty[row.branch.pk]]
    drafts = [row.draft(subject=subject, text=text, batch="preview") for row in ready]
    weighed = dict(
        zip(
            (row.branch.pk for row in ready),
            weigh(drafts=drafts, kind=MessageKind.NUDGE, today=today),
            strict=True,
        )
    )
    seen = []
    for row in rows:
        found = weighed.get(row.branch.pk)
        if found is None:
            seen.append(Seen(target=row, empty=empty[row.branch.pk]))
            continue
        spared = [
            Spared(person=user, why=str(found.reasons[user.pk].label)) for user in found.spared
        ]
        seen.append(Seen(target=row, told=found.told, spared=spared))
    return seen


def sent() -> QuerySet[Message]:
    """Return the encouragements, the latest first, with how many mails and how many arrived."""
    return with_mails(Message.objects.filter(kind=MessageKind.NUDGE))


def of_branch(branch: Branch) -> QuerySet[Message]:
    """Return all that the office wrote to a branch, the latest first, likewise."""
    return with_mails(Message.objects.filter(branch=branch))


def with_mails(rows: QuerySet[Message]) -> QuerySet[Message]:
    """Add ``mails`` (all of them) and ``gone`` (those handed over), ``back`` (refused)."""
    there = ~Q(deliveries__state=DeliveryState.WITHDRAWN)
    return (
        rows.select_related("branch", "author")
        .annotate(
            mails=Count("deliveries", filter=there),
            gone=Count("deliveries", filter=Q(deliveries__state=DeliveryState.SENT)),
            back=Count("deliveries", filter=Q(deliveries__state=DeliveryState.REFUSED)),
        )
        .order_by("-written_on", "-pk")
    )


def _values(branch: Branch, standing: Standing) -> dict[str, str]:
    # Mails to branches are Dutch (``monitor.nudge_words``), and so is what is filled in.
    with translation.override("nl"):
        day = day_words(standing.deadline) if standing.deadline is not None else ""
    return {
        filling.BRANCH: branch.name,
        filling.MILESTONE: standing.title_nl,
        filling.DAY: day,
    }
