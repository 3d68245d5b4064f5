"""One branch as the office sees it before it dials: how it stands, whom to call, what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from branches.enums import Role
from branches.models import Branch, Membership
from monitor.enums_helping import HelpState
from monitor.models import Call, ContactPerson, HelpRequest
from monitor.queries.contacts import contact_of
from monitor.queries.nudges import of_branch
from monitor.queries.standing import NOTHING, Standing, standings
from notifications.models import Message
from process.models import Milestone
from process.queries.asking import asks

CALLS: Final = 10
MAILS: Final = 8
COMING: Final = 3


@dataclass(frozen=True, kw_only=True)
class Card:
    """All that the card tells.

    Attributes:
        standing: how the branch stands.
        late: milestones past their last day, the oldest first.
        coming: the next ones.
        board: whom to call, those with a function first.
        contact: the colleague who looks after it.
        calls: the latest of them.
        follow_ups: the calls to which somebody still comes back.
        mails: what the office wrote to the branch, the latest first.
        questions: that are not closed.
    """

    standing: Standing
    late: list[Milestone]
    coming: list[Milestone]
    board: list[Membership]
    contact: ContactPerson | None
    calls: list[Call]
    follow_ups: list[Call]
    mails: list[Message]
    questions: list[HelpRequest]


def card(*, branch: Branch, today: date) -> Card:
    """Return the card of a branch: nine queries."""
    standing = standings(branches=[branch.pk], today=today).get(branch.pk, NOTHING)
    calls = Call.objects.filter(branch=branch).select_related("made_by")
    open_ones = (
        list(
            Milestone.objects.filter(asks(today=today), timeline=standing.timeline)
            .select_related("definition", "owner")
            .order_by("deadline", "position")
        )
        if standing.timeline is not None
        else []
    )
    late = [row for row in open_ones if row.deadline < today]
    return Card(
        standing=standing,
        late=late,
        coming=[row for row in open_ones if row.deadline >= today][:COMING],
        board=board_of(branch=branch, today=today),
        contact=contact_of(branch=branch, today=today),
        calls=list(calls[:CALLS]),
        follow_ups=list(
            calls.filter(follow_up_on__isnull=False, followed_up_on=None).order_by("follow_up_on")
        ),
        mails=list(of_branch(branch)[:MAILS]),
        questions=list(
            HelpRequest.objects.filter(branch=branch)
            .exclude(state=HelpState.CLOSED)
            .select_related("handler")
        ),
    )


def board_of(*, branch: Branch, today: date) -> list[Membership]:
    """Return the board, whoever has a function first: mostly chair and secretary."""
    rows = (
        Membership.objects.active(today=today)
        .filter(branch=branch, role=Role.BOARD, user__is_active=True)
        .select_related("user")
        .order_by("started_on", "user__name", "pk")
    )
    return sorted(rows, key=lambda row: not row.function)
