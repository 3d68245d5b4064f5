"""What somebody without an account may know of a branch's collecting of input."""

from __future__ import annotations

from datetime import date
from enum import Enum

from branches.models import Branch
from branches.models.branch import reads_on
from consultation.enums import ChannelKind
from consultation.models import Channel, Consultation


class FormState(Enum):
    """How the public form stands today."""

    NEVER = "never"  # nobody outside knows of it yet
    CLOSED = "closed"
    OPEN = "open"
    LATE = "late"  # open, after the closing day (R94)


def form_state(*, consultation: Consultation, today: date) -> FormState:
    """Return how a branch's public form stands."""
    since = consultation.form_open_since
    if since is not None and since <= today:
        closes_on = consultation.closes_on
        return FormState.LATE if closes_on is not None and closes_on < today else FormState.OPEN
    form = Channel.objects.filter(consultation=consultation, kind=ChannelKind.FORM)
    was_open = form.filter(opened_on__isnull=False).exists()
    return FormState.CLOSED if was_open else FormState.NEVER


def contact_of(consultation: Consultation) -> str:
    """Return the branch's own mail address for input, if that channel is open; else empty."""
    if consultation.branch.closed_on is not None:
        return ""  # nobody reads it any more
    mail = Channel.objects.open().filter(consultation=consultation, kind=ChannelKind.MAIL).first()
    return mail.address if mail is not None and "@" in mail.address else ""


def public_outcome_of(branch: Branch) -> Consultation | None:
    """Return the newest collecting of input whose result the branch made public."""
    return (
        Consultation.objects.filter(
            reads_on("branch__"), branch=branch, outcome_public_since__isnull=False
        )
        .select_related("branch__heir", "timeline__branch", "timeline__election")
        .order_by("-timeline__polling_day")
        .first()
    )
