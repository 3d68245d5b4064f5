"""Writing down what was said by telephone, and that somebody came back to it.

These notes are for the office alone: the branch's own history does not speak of them.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, User
from core.refusal import Refused
from monitor.enums_helping import CallOutcome
from monitor.models import Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What somebody says about a call.

    Attributes:
        made_on: today or earlier.
        outcome: what came of it.
        note: for colleagues; names nobody outside.
        follow_up_on: the day to look again, not before the call; ``None``: no need.
    """

    made_on: date
    outcome: CallOutcome
    note: str = ""
    follow_up_on: date | None = None


@transaction.atomic
def log(*, branch: Branch, spoken: Spoken, by: User, submission: uuid.UUID, today: date) -> Call:
    """Write down a call; sent twice with one ``submission``, it is there once.

    Whoever was spoken with, or gets a new day, has nothing left from before: follow-ups that were
    due by then are done.

    Raises:
        Refused: the call lies in the future, the day to look again before it, the branch does not
            exist any more, or the form was used for another branch.
    """
    if branch.closed_on is not None:
        raise Refused(_("This branch does not exist any more, so nothing was written down."))
    if spoken.made_on > today:
        raise Refused(_("A call that is still to come cannot be written down yet."))
    if spoken.follow_up_on is not None and spoken.follow_up_on < spoken.made_on:
        raise Refused(_("The day to look again lies before the call. Choose a later one."))
    try:
        with transaction.atomic():
            call = Call.objects.create(
                branch=branch,
                made_by=by,
                made_on=spoken.made_on,
                outcome=spoken.outcome,
                note=spoken.note,
                follow_up_on=spoken.follow_up_on,
                submission=submission,
            )
    except IntegrityError:
        there = Call.objects.filter(submission=submission, branch=branch, made_by=by).first()
        if there is None:
            raise Refused(_("This form was used already. Open a new one.")) from None
        return there
    if spoken.outcome == CallOutcome.SPOKEN or spoken.follow_up_on is not None:
        Call.objects.filter(
            branch=branch, follow_up_on__lte=spoken.made_on, followed_up_on=None
        ).exclude(pk=call.pk).update(followed_up_on=spoken.made_on)
    audit.record(
        verb="helping.called", by=by, branch=None, today=today, subject=call, name=branch.name
    )
    return call


@transaction.atomic
def done(*, call: Call, by: User, today: date) -> bool:
    """Say that somebody came back to a call; tell whether that was still to be done."""
    waiting = Call.objects.filter(pk=call.pk, follow_up_on__isnull=False, followed_up_on=None)
    if not waiting.update(followed_up_on=today):
        return False
    audit.record(
        verb="helping.followed_up",
        by=by,
        branch=None,
        today=today,
        subject=call,
        name=call.branch.name,
    )
    return True
