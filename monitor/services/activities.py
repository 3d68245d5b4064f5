"""Activities: put on the calendar, changed, called off (R54)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches import audit
from branches.models import Branch, User
from core.concurrency import claim_revision
from core.dates import day_words
from core.refusal import Refused
from monitor.models import Activity
from monitor.queries.activities import going, has_been
from monitor.rules.moments import local
from monitor.services import activity_news
from monitor.services.once import one_at_a_time

FURTHEST: Final = timedelta(days=3 * 366)
"""How far away an activity may be; further is a slip of the finger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an organiser says about an activity; the moments are aware."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    about: str = ""
    place: str = ""
    link: str = ""
    seats: int | None = None


@transaction.atomic
def plan_activity(
    *, plan: Plan, branch: Branch | None, by: User, today: date, now: datetime
) -> Activity:
    """Put an activity on the calendar; sent twice, the same one is there once.

    Args:
        plan: what it is.
        branch: whose own it is; ``None``: of the national office, open to all branches.
        by: who makes it.
        today: the product's day.
        now: the machine's moment, for calendars.

    Raises:
        Refused: it is over, or years away.
    """
    one_at_a_time(by)
    same = Activity.objects.filter(
        branch=branch,
        kind=plan.kind,
        title=plan.title,
        starts_at=plan.starts_at,
        made_by=by,
        cancelled_on=None,
    )
    if (row := same.first()) is not None:
        return row
    _check_days(plan, today=today)
    row = Activity.objects.create(**asdict(plan), branch=branch, made_by=by, changed_at=now)
    audit.record(
        verb="together.activity_made",
        by=by,
        branch=branch,
        today=today,
        subject=row,
        title=row.title,
        day=local(row.starts_at).date(),
    )
    return row


@transaction.atomic
def change_activity(
    *, activity: Activity, plan: Plan, revision: int, by: User, today: date, now: datetime
) -> int:
    """Change an activity. Who said to come is mailed when it has another time or place.

    Returns:
        How many people are told.

    Raises:
        Stale: somebody else saved it in the meantime.
        Refused: called off or over; its new day is; or there are fewer chairs than people.
    """
    claim_revision(activity, expected=revision, yours={})
    _check_open(activity, today=today)
    _check_days(plan, today=today)
    coming = going(today=today).filter(activity=activity).count()
    if plan.seats is not None and plan.seats < coming:
        raise Refused(
            ngettext(
                "%(count)s person comes already: there must be at least as many seats.",
                "%(count)s people come already: there must be at least as many seats.",
                coming,
            )
            % {"count": coming}
        )
    elsewhere = activity_news.spot_of(activity)
    for name, value in asdict(plan).items():
        setattr(activity, name, value)
    activity.changed_at = now
    activity.save()
    moved = elsewhere != activity_news.spot_of(activity)
    audit.record(
        verb="together.activity_moved" if moved else "together.activity_changed",
        by=by,
        branch=activity.branch,
        today=today,
        subject=activity,
        title=activity.title,
        day=local(activity.starts_at).date(),
    )
    return activity_news.moved(activity, by=by, today=today, now=now) if moved else 0


@transaction.atomic
def cancel_activity(
    *, activity: Activity, reason: str, revision: int, by: User, today: date, now: datetime
) -> int:
    """Call an activity off; it stays on the calendar, and who said to come is mailed.

    Args:
        activity: to come.
        reason: for the mail; may be empty.
        revision: the one that the form was opened with.
        by: who calls it off.
        today: the product's day.
        now: the machine's moment.

    Returns:
        How many people are told.

    Raises:
        Stale: somebody else saved it in the meantime.
        Refused: called off or over already.
    """
    claim_revision(activity, expected=revision, yours={})
    _check_open(activity, today=today)
    activity.cancelled_on = today
    activity.changed_at = now
    activity.save()
    audit.record(
        verb="together.activity_cancelled",
        by=by,
        branch=activity.branch,
        today=today,
        subject=activity,
        title=activity.title,
        day=local(activity.starts_at).date(),
    )
    return activity_news.cancelled(activity, reason=reason, by=by, today=today, now=now)


def _check_days(plan: Plan, *, today: date) -> None:
    first, last = local(plan.starts_at).date(), local(plan.ends_at).date()
    if last < today:
        raise Refused(_("%(day)s is over. Choose a day to come.") % {"day": day_words(last)})
    if last - today > FURTHEST:
        raise Refused(
            _("%(day)s is years away from today. Check the year.") % {"day": day_words(first)}
        )


def _check_open(activity: Activity, *, today: date) -> None:
    if activity.cancelled_on is not None:
        raise Refused(_("This activity was called off. Make a new one instead."))
    if has_been(activity, today=today):
        raise Refused(_("This activity has been: it stays as it was."))
