"""Saying that you come, or cannot come after all."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, User
from core.refusal import Refused
from monitor.models import Activity, Attendance
from monitor.queries.activities import going, has_been


@transaction.atomic
def attend(*, activity: Activity, branch: Branch, by: User, today: date) -> Attendance:
    """Say that somebody comes, for a branch; said twice it is said once.

    The activity is locked while its chairs are counted: two people at once cannot take the last.

    Raises:
        Refused: called off, over, or full.
    """
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    _check_open(activity, today=today)
    said = Attendance.objects.filter(activity=activity, person=by).first()
    coming = going(today=today).filter(activity=activity)
    if said is not None and coming.filter(pk=said.pk).exists():
        return said
    if activity.seats is not None and coming.count() >= activity.seats:
        raise Refused(
            _("All seats are taken. Look again later: somebody may not be able to come after all.")
        )
    # What was said for a branch in which the role has ended since, is said anew for this one.
    row, _made = Attendance.objects.update_or_create(
        activity=activity, person=by, defaults={"branch": branch, "said_on": today}
    )
    audit.record(
        verb="together.attends",
        by=by,
        branch=branch,
        today=today,
        subject=activity,
        title=activity.title,
    )
    return row


@transaction.atomic
def stay_away(*, activity: Activity, by: User, today: date) -> None:
    """Say that somebody cannot come after all: the chair is free. Said twice it is said once.

    Raises:
        Refused: it is over; who was there, was there.
    """
    if has_been(activity, today=today):
        raise Refused(_("This activity has been: it stays as it was."))
    row = Attendance.objects.filter(activity=activity, person=by).select_related("branch").first()
    if row is None:
        return
    row.delete()
    audit.record(
        verb="together.attends_not",
        by=by,
        branch=row.branch,
        today=today,
        subject=activity,
        title=activity.title,
    )


def _check_open(activity: Activity, *, today: date) -> None:
    if activity.cancelled_on is not None:
        raise Refused(_("This activity was called off."))
    if has_been(activity, today=today):
        raise Refused(_("This activity has been."))
