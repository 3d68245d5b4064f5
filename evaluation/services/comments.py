"""What people of the branch say to each other about a promise."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.refusal import Refused
from evaluation.models import Comment, Promise
from evaluation.services.rows import locked_one, name_of


@transaction.atomic
def comment(
    *, promise: Promise, text: str, by: User, today: date, submission: uuid.UUID | None = None
) -> Comment:
    """Say something about a promise; the same form sent twice says it once.

    Raises:
        Refused: nothing was said.
    """
    if not text.strip():
        raise Refused(_("Write something first."))
    row = locked_one(promise)
    if submission is not None:
        there = Comment.objects.filter(submission=submission).first()
        if there is not None:
            return there
    said = Comment.objects.create(
        promise=row, author=by, text=text, written_on=today, submission=submission
    )
    audit.record(
        verb="promise.commented",
        by=by,
        branch=row.evaluation.branch,
        today=today,
        subject=row,
        promise=name_of(row),
    )
    return said
