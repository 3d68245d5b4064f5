"""Who takes a list with names out of the house stands in the history."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from branches import audit
from branches.models import User
from consultation.models import Consultation


@transaction.atomic
def note_names_taken_out(*, consultation: Consultation, count: int, by: User, today: date) -> None:
    """Write down that somebody took out a list with names, and of how many contributions."""
    audit.record(
        verb="contributions.names_taken_out",
        by=by,
        branch=consultation.branch,
        today=today,
        subject=consultation,
        count=count,
    )
