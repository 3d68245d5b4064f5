"""What residents saw of a pledge: taken in, taken over as an update, or not."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from branches.services import place_limits
from branches.services.place_limits import Limit, Limits, Room
from core.refusal import Refused
from core.suspicion import why_set_aside
from evaluation.enums_ten import ProposalState
from evaluation.models import Pledge, ProgressUpdate, ProposedUpdate
from evaluation.services.ten import updates
from evaluation.services.ten.following import Full

LIMITS: Final = Limits(
    household=Limit(soft=5, hard=60),
    network=Limit(soft=20, hard=200),
)
REFUSED_KEPT: Final = timedelta(days=30)
SUSPICIOUS_KEPT: Final = timedelta(days=90)
"""What looks like an advertisement and nobody looked at goes by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How a form came in.

    Attributes:
        address: of the network, as the web server says; used to count and kept nowhere.
        took: from drawing the form to sending it.
        trap: what stands in the field that people do not see.
    """

    address: str
    took: timedelta
    trap: str = ""


def propose(
    *,
    pledge: Pledge,
    text: str,
    url: str,
    submission: uuid.UUID,
    sending: Sending,
    today: date,
    now: datetime,
) -> ProposedUpdate:
    """Take in what a resident saw; sent twice, also at the same moment, it is there once.

    Nobody but the branch sees it. What looks like the work of a robot goes to the bottom of the
    pile, and is thanked like anybody.

    Args:
        pledge: one of ten that are public.
        text: what was seen; nothing of who saw it is asked.
        url: that shows it; may be empty.
        submission: of the form.
        sending: how it came.
        today: the product's day.
        now: the machine's moment (aware): limits follow it.

    Raises:
        Full: nothing more is taken from this place this hour.
    """
    there = ProposedUpdate.objects.filter(submission=submission).first()
    if there is not None:
        return there
    who = f"ten.propose {pledge.top_ten_id}"
    room = place_limits.room_for(who=who, address=sending.address, now=now, limits=LIMITS)
    if room is Room.FULL:
        raise Full(place_limits.again_at(now=now))
    odd = why_set_aside(
        trap=sending.trap, took=sending.took, texts=(text,), crowded=room is Room.CROWDED
    )
    try:
        with transaction.atomic():
            row = ProposedUpdate.objects.create(
                pledge=pledge,
                text=text,
                url=url,
                received_on=today,
                suspicious=bool(odd),
                submission=submission,
            )
            place_limits.count(who=who, address=sending.address, now=now)
    except IntegrityError:
        # The same form came in beside this one, a moment earlier.
        there = ProposedUpdate.objects.filter(submission=submission).first()
        if there is None:
            raise
        return there
    return row


@transaction.atomic
def accept(
    *, proposal: ProposedUpdate, by: User, today: date, told: Mapping[str, Any]
) -> ProgressUpdate:
    """Take over what a resident saw, as an update in the branch's own words; twice is once.

    Args:
        proposal: it waits; or it was taken over already, and its update is returned.
        by: who takes it over.
        today: the day.
        told: what the update says, as ``updates.tell`` takes it.

    Raises:
        Refused: it was refused meanwhile, or the update itself is refused.
    """
    row = _held(proposal)
    if row.state == ProposalState.REFUSED:
        raise Refused(_("A colleague decided meanwhile not to take this over."))
    update = updates.tell(pledge=row.pledge, by=by, today=today, proposal=row, **told)
    if row.state == ProposalState.WAITING:
        _decide(row, ProposalState.ACCEPTED, by=by, today=today)
        audit.record(
            verb="ten.proposal_accepted",
            by=by,
            branch=row.pledge.top_ten.branch,
            today=today,
            subject=row.pledge,
            pledge=row.pledge.title,
        )
    return update


@transaction.atomic
def refuse(*, proposal: ProposedUpdate, by: User, today: date) -> None:
    """Do not take over what a resident saw: it is deleted in 30 days. Twice is once.

    Raises:
        Refused: it was taken over meanwhile.
    """
    row = _held(proposal)
    if row.state == ProposalState.ACCEPTED:
        raise Refused(_("A colleague took this over meanwhile."))
    if row.state == ProposalState.WAITING:
        _decide(row, ProposalState.REFUSED, by=by, today=today)
        audit.record(
            verb="ten.proposal_refused",
            by=by,
            branch=row.pledge.top_ten.branch,
            today=today,
            subject=row.pledge,
            pledge=row.pledge.title,
        )


def forget(*, today: date) -> int:
    """Delete what was refused long ago, and what looks like an advertisement; return how many."""
    refused = Q(state=ProposalState.REFUSED, decided_on__lt=today - REFUSED_KEPT)
    ignored = Q(
        state=ProposalState.WAITING, suspicious=True, received_on__lt=today - SUSPICIOUS_KEPT
    )
    number, _rows = ProposedUpdate.objects.filter(refused | ignored).delete()
    return number


def _held(proposal: ProposedUpdate) -> ProposedUpdate:
    row = (
        ProposedUpdate.objects.select_for_update(of=("self",))
        .select_related("pledge__top_ten__branch")
        .filter(pk=proposal.pk)
        .first()
    )
    if row is None:
        raise Refused(_("This is no longer there: it was deleted."))
    return row


def _decide(row: ProposedUpdate, state: str, *, by: User, today: date) -> None:
    row.state, row.decided_by, row.decided_on = state, by, today
    row.save(update_fields=["state", "decided_by", "decided_on"])
