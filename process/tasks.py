"""What the worker does for this room (see the setting ``JOB_HANDLERS``)."""

from __future__ import annotations

from django.utils import timezone

from core import clock
from core.statistics import learn_sizes
from jobs.services import outside_transaction
from process.errors import Refused
from process.models import Milestone, RollOut, Timeline
from process.services import calendar
from process.services import roll_out as service


def roll_out(*, roll_out_id: int) -> None:
    """Carry out a roll-out that a person asked for."""
    row = RollOut.objects.select_related("election", "template", "started_by").get(pk=roll_out_id)
    try:
        service.carry_out(roll_out=row, today=clock.today())
    except Refused as refused:
        # Trying again would be refused again: it is told, and the next one may be asked for.
        service.mark_failed(roll_out=row, reason=refused.sentence)
        return
    # Reminders of all these milestones are planned within minutes.
    learn_sizes(Timeline, Milestone)


@outside_transaction
def calendars() -> None:
    """Tell calendars what changed. In short transactions of its own: it can be a lot at once."""
    calendar.refresh(now=timezone.now(), today=clock.today())
