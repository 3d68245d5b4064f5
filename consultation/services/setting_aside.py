"""What the form set aside: let through, or thrown away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from django.db import transaction
from django.db.models import F

from branches import audit
from branches.models import User
from consultation.enums import Held
from consultation.models import Attachment, Consultation, Contribution, Contributor
from consultation.models.contribution import ContributionQuerySet
from consultation.services import progress

_AT_ONCE = 500


@transaction.atomic
def let_through(
    *, consultation: Consultation, rows: ContributionQuerySet, by: User, today: date
) -> int:
    """Let what was set aside stand in the list; what is there already stays there.

    Args:
        consultation: whose.
        rows: which; those of another consultation and those not set aside are left alone.
        by: who looked at it.
        today: the day.

    Returns:
        How many came into the list.
    """
    count = _held(consultation, rows).update(held=Held.NOT_HELD, revision=F("revision") + 1)
    if count:
        _record("contributions.let_through", consultation, by, today, count)
        progress.report(consultation=consultation, today=today)
    return count


@transaction.atomic
def throw_away(
    *, consultation: Consultation, rows: ContributionQuerySet, by: User, today: date
) -> int:
    """Delete what was set aside, with who sent it; the history says how many and nothing more.

    Args:
        consultation: whose.
        rows: which; see ``let_through``.
        by: who looked at it.
        today: the day.

    Returns:
        How many are gone.
    """
    held = list(_held(consultation, rows).order_by("pk").values_list("pk", "contributor"))
    stored = []
    for some in _some([pk for pk, _person in held]):
        files = Attachment.objects.filter(contribution__in=some).exclude(file="")
        stored += [row.file for row in files]
        Contribution.objects.filter(pk__in=some).delete()
    for some in _some(sorted({person for _pk, person in held if person})):
        # Somebody who also brought in something that stays, stays.
        Contributor.objects.filter(pk__in=some, contributions=None, participants=None).delete()
    if held:
        _record("contributions.thrown_away", consultation, by, today, len(held))

    def remove() -> None:
        for file in stored:
            file.delete(save=False)

    # Only when it is certain: a row whose file is gone would be worse than a file without a row.
    transaction.on_commit(remove)
    return len(held)


def _held(consultation: Consultation, rows: ContributionQuerySet) -> ContributionQuerySet:
    return rows.filter(consultation=consultation).exclude(held=Held.NOT_HELD)


def _some(numbers: Sequence[int]) -> Iterator[list[int]]:
    rest = iter(numbers)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _record(verb: str, consultation: Consultation, by: User, today: date, count: int) -> None:
    audit.record(
        verb=verb,
        by=by,
        branch=consultation.branch,
        today=today,
        subject=consultation,
        count=count,
    )
