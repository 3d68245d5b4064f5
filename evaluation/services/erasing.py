"""Taking out of the evaluation what was found of a person (GDPR art. 17)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, User
from evaluation.models import Comment, SheetImport


@transaction.atomic
def erase_traces(
    *,
    branch: Branch,
    comments: Collection[int],
    sheets: Collection[int],
    by: User,
    today: date,
) -> int:
    """Take out words of comments, and spreadsheets; of another branch nothing is touched.

    Nobody can change a comment afterwards, so its words go here; that there was one, stays.

    Args:
        branch: whose.
        comments: ids of comments.
        sheets: ids of spreadsheets: they go whole. What one changed stays, and cannot be undone
            in one go any more.
        by: who does it.
        today: the day.

    Returns:
        In how many places something was taken out.
    """
    count = Comment.objects.filter(promise__evaluation__branch=branch, pk__in=comments).update(
        text=_("These words were taken out."), author=None
    )
    rows = SheetImport.objects.filter(evaluation__branch=branch, pk__in=sheets)
    count += rows.count()
    rows.delete()
    if count:
        audit.record(verb="evaluation.erased", by=by, branch=branch, today=today, count=count)
    return count
