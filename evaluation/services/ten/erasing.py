"""Taking out of the top ten what was found of a person (GDPR art. 17)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, User
from evaluation.models import Follower, ProgressUpdate, ProposedUpdate, TopTen, Turn
from evaluation.services.ten import standing


@transaction.atomic
def erase_traces(
    *,
    branch: Branch,
    followers: Collection[int],
    proposals: Collection[int],
    turns: Collection[int],
    updates: Collection[int],
    by: User,
    today: date,
) -> int:
    """Take out addresses, words of residents, names of turns, and words of old updates.

    What is of another branch, what is gone already, a turn that still runs and an update that still
    stands are left alone: the last two are changed on their own pages first. The history says how
    many, and names nobody.

    Args:
        branch: whose.
        followers: ids of addresses; they go, with the mails that wait for them.
        proposals: ids of what residents saw; what the branch itself wrote of it stays.
        turns: ids of turns that ended: the days stay, the name and the note go.
        updates: ids of updates that were corrected or withdrawn: their words go.
        by: who does it.
        today: the day.

    Returns:
        In how many places something was taken out.
    """
    count = 0
    for rows in (
        Follower.objects.filter(top_ten__branch=branch, pk__in=followers),
        ProposedUpdate.objects.filter(pledge__top_ten__branch=branch, pk__in=proposals),
    ):
        count += rows.count()
        rows.delete()
    count += Turn.objects.filter(
        pledge__top_ten__branch=branch, pk__in=turns, until_on__isnull=False
    ).update(person=None, note="")
    old = ProgressUpdate.objects.filter(
        ~Q(withdrawn_on=None, corrected_by=None),
        pledge__top_ten__branch=branch,
        pk__in=updates,
    )
    found = dict(old.values_list("pk", "pledge__top_ten"))
    count += ProgressUpdate.objects.filter(pk__in=found).update(
        text=_("These words were taken out."), correction_note=""
    )
    for top_ten in TopTen.objects.filter(pk__in=set(found.values())):
        standing.new_edition(top_ten=top_ten)
    if count:
        audit.record(verb="ten.traces_erased", by=by, branch=branch, today=today, count=count)
    return count
