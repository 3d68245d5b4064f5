"""Mails to whoever said to come: it is elsewhere, or called off.

Each person is told by the branch for which they come, so that the button leads to a page that they
may see. The text is written once, in the language of who organises: the mails of the office are.
"""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from branches.models import User
from monitor.activity_words import when_words
from monitor.models import Activity
from monitor.queries.activities import by_branch
from notifications.enums import MessageKind
from notifications.services.messages import Draft, write_all

SUBJECT_LENGTH = 150

Spot = tuple[datetime, datetime, str, str]


def spot_of(activity: Activity) -> Spot:
    """Return when and where somebody has to be for it."""
    return activity.starts_at, activity.ends_at, activity.place, activity.link


def moved(activity: Activity, *, by: User, today: date, now: datetime) -> int:
    """Tell that it has another time or place; return to how many people."""
    lines = [
        _("You said that you come to “%(title)s”. It has another time or place now:")
        % {"title": activity.title},
        _where_and_when(activity),
        _("Can you not come any more? Then say so on the page: somebody else can have your seat."),
    ]
    subject = _("Changed: %(title)s") % {"title": activity.title}
    key = f"activity-moved:{activity.pk}:{activity.revision}"
    return _tell(activity, subject, lines, key=key, by=by, today=today, now=now)


def cancelled(activity: Activity, *, reason: str, by: User, today: date, now: datetime) -> int:
    """Tell that it is called off; return to how many people."""
    lines = [
        _("You said that you come to “%(title)s” (%(when)s). It does not take place.")
        % {"title": activity.title, "when": when_words(activity)},
        reason,
    ]
    subject = _("Called off: %(title)s") % {"title": activity.title}
    key = f"activity-cancelled:{activity.pk}"
    return _tell(activity, subject, lines, key=key, by=by, today=today, now=now)


def _where_and_when(activity: Activity) -> str:
    return "\n".join(filter(None, (when_words(activity), activity.place, activity.link)))


def _tell(
    activity: Activity,
    subject: str,
    lines: list[str],
    *,
    key: str,
    by: User,
    today: date,
    now: datetime,
) -> int:
    """Write to all of them, but not to who does it."""
    drafts = [
        Draft(
            branch=branch,
            recipients=[person for person in people if person.pk != by.pk],
            subject=subject[:SUBJECT_LENGTH],
            text="\n\n".join(filter(None, lines)),
            link=reverse("together:activity", args=[branch.slug, activity.pk]),
            key=f"{key}:{branch.pk}",
        )
        for branch, people in by_branch(activity, today=today)
    ]
    written = write_all(
        drafts=[draft for draft in drafts if draft.recipients],
        kind=MessageKind.NEWS,
        by=by,
        today=today,
        now=now,
    )
    return sum(len(one.told) for one in written)
