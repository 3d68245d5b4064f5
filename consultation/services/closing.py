"""The day on which input closes: set, moved, taken away (R94, R96)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.models import Consultation, Contribution
from consultation.services import progress
from core.concurrency import claim_revision
from core.dates import day_words
from core.refusal import Refused


@transaction.atomic
def close_input(
    *, consultation: Consultation, closes_on: date | None, revision: int, by: User, today: date
) -> Consultation:
    """Say until when people can bring something in, or take that day away.

    What comes later is taken too, with the mark "late". Moving the day on takes that mark from what
    is in time by now. Moving it back marks nothing: who came in time by what they were told, is in
    time. What a gathering brought keeps the mark by the gathering's own day.

    Args:
        consultation: whose.
        closes_on: the last day on which something is in time; None: there is no such day.
        revision: the one that the form was opened with.
        by: who says so.
        today: the day of saying it.

    Raises:
        Refused: a day that is over, or one after polling day.
        Stale: somebody else changed it meanwhile.
    """
    before = consultation.closes_on
    claim_revision(consultation, expected=revision, yours={"closes_on": closes_on})
    polling_day = consultation.timeline.polling_day
    if closes_on is not None and closes_on < today and closes_on != before:
        raise Refused(_("That day is over. Choose today or a day after it."))
    if closes_on is not None and closes_on > polling_day:
        raise Refused(
            _("The election is on %(day)s: choose a day before it.")
            % {"day": day_words(polling_day)}
        )
    consultation.closes_on = closes_on
    consultation.save(update_fields=["closes_on"])
    in_time = Q() if closes_on is None else Q(received_on__lte=closes_on)
    Contribution.objects.filter(
        in_time, consultation=consultation, late=True, post_it=None, point=None
    ).update(late=False)
    audit.record(
        verb="consultation.closes" if closes_on else "consultation.stays_open",
        by=by,
        branch=consultation.branch,
        today=today,
        subject=consultation,
        day=closes_on,
    )
    progress.report(consultation=consultation, today=today)
    return consultation
