"""The plan of a pledge: steps, what each takes, its day, and the document that belongs to it.

Steps that everybody may see stand in the public calendar; their revision is the sequence number
there.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import claim_revision
from core.refusal import Refused
from evaluation.enums_ten import Means
from evaluation.models import Pledge, Step
from evaluation.services.ten import standing
from evaluation.services.ten.evidence import check_link
from evaluation.services.ten.locking import locked_pledge

LONGEST_TITLE: Final = 300


@transaction.atomic
def add(
    *,
    pledge: Pledge,
    title: str,
    by: User,
    today: date,
    means: str = Means.OTHER,
    due_on: date | None = None,
    url: str = "",
    public: bool = True,
) -> Step:
    """Add a step to the plan; the same one that is still to do is added once.

    Args:
        pledge: of an agreed ten.
        title: what has to happen, in a line.
        by: who adds it.
        today: the day.
        means: a value of ``Means``: what it takes.
        due_on: when; None: not known yet.
        url: of the council document that belongs to it.
        public: whether everybody may see it.

    Raises:
        Refused: the ten were not agreed, nothing is said, or the link is none.
    """
    row = locked_pledge(pledge)
    if not row.top_ten.is_agreed or row.rank is None:
        raise Refused(_("First the members’ meeting agrees the ten; then the steps follow."))
    title = _checked(title=title, means=means, url=url)
    there = row.steps.filter(
        title=title, due_on=due_on, means=means, url=url, public=public, done_on=None
    ).first()
    if there is not None:
        return there
    step = Step.objects.create(
        pledge=row,
        title=title,
        means=means,
        due_on=due_on,
        url=url,
        public=public,
        added_by=by,
        added_on=today,
    )
    _made_known(pledge=row, public=public, verb="ten.step_added", by=by, today=today)
    return step


@transaction.atomic
def change(
    *,
    step: Step,
    title: str,
    means: str,
    due_on: date | None,
    url: str,
    public: bool,
    revision: int,
    by: User,
    today: date,
) -> None:
    """Change a step.

    Args:
        step: not done yet, or done.
        title: as in ``add``.
        means: as in ``add``.
        due_on: as in ``add``.
        url: as in ``add``.
        public: as in ``add``.
        revision: that the form was opened with.
        by: who changes it.
        today: the day.

    Raises:
        Refused: as in ``add``, or the step is gone.
        Stale: somebody else changed it first.
    """
    pledge = locked_pledge(step.pledge)
    row = _there(step, pledge)
    title = _checked(title=title, means=means, url=url)
    values = {"title": title, "means": means, "due_on": due_on, "url": url, "public": public}
    claim_revision(row, expected=revision, yours=values)
    was_public = row.public
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    _made_known(
        pledge=pledge, public=public or was_public, verb="ten.step_changed", by=by, today=today
    )


@transaction.atomic
def done(*, step: Step, by: User, today: date, is_done: bool = True) -> None:
    """Say that a step was done, or that it was not after all; said twice, it is said once.

    Raises:
        Refused: the step is gone.
    """
    pledge = locked_pledge(step.pledge)
    row = _there(step, pledge)
    if (row.done_on is not None) == is_done:
        return
    Step.objects.filter(pk=row.pk).update(
        done_on=today if is_done else None, revision=F("revision") + 1
    )
    _made_known(
        pledge=pledge,
        public=row.public,
        verb="ten.step_done" if is_done else "ten.step_reopened",
        by=by,
        today=today,
    )


@transaction.atomic
def remove(*, step: Step, by: User, today: date) -> None:
    """Take a step out of the plan; taken out twice, it is taken out once."""
    pledge = locked_pledge(step.pledge)
    row = pledge.steps.filter(pk=step.pk).first()
    if row is None:
        return
    row.delete()
    _made_known(pledge=pledge, public=row.public, verb="ten.step_removed", by=by, today=today)


def _there(step: Step, pledge: Pledge) -> Step:
    row = pledge.steps.select_for_update(of=("self",)).filter(pk=step.pk).first()
    if row is None:
        raise Refused(_("Somebody took this step out of the plan."))
    return row


def _checked(*, title: str, means: str, url: str) -> str:
    """Return the title as it is kept.

    Raises:
        Refused: nothing is said, it is too long, or the link is none.
    """
    title = " ".join(title.split())
    if not title:
        raise Refused(_("Say in a few words what has to happen."))
    if len(title) > LONGEST_TITLE:
        raise Refused(_("Say in one line what has to happen."))
    if means not in Means.values:
        raise Refused(_("Choose from the list what it takes."))
    check_link(url)
    return title


def _made_known(*, pledge: Pledge, public: bool, verb: str, by: User, today: date) -> None:
    if public:
        standing.new_edition(top_ten=pledge.top_ten)
    audit.record(
        verb=verb,
        by=by,
        branch=pledge.top_ten.branch,
        today=today,
        subject=pledge,
        pledge=pledge.title,
    )
