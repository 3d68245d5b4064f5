"""Which measure of a programme took up a contribution (R93)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.models import Contribution, MeasureLink
from consultation.queries.measures import LINKABLE
from consultation.services.rows import claim, opened
from core.refusal import Refused
from programmes.models import Measure


@transaction.atomic
def link(*, contribution: Contribution, measure: Measure, by: User, today: date) -> MeasureLink:
    """Say that a measure took up a contribution.

    The measure is meant by its identity: a later version of the programme shows it as well, and
    linking that version's measure too is saying it twice. A frozen programme may be linked: that
    does not change it. The status is a word of its own (``statuses.set_status``).

    Args:
        contribution: one that stands in the list by itself.
        measure: of a draft or adopted programme of the same branch.
        by: who says so.
        today: the day.

    Returns:
        The link; the one that was there when it had been said already.

    Raises:
        Refused: a measure of another branch or kind, or one that was taken out of its programme.
    """
    row = opened(contribution)
    programme = measure.programme
    if programme.branch_id != row.consultation.branch_id or programme.kind not in LINKABLE:
        raise Refused(_("Choose a measure from the draft or the adopted programme of your branch."))
    there = MeasureLink.objects.filter(contribution=row, measure__identity=measure.identity).first()
    if there is not None:
        return there
    if measure.retired_on is not None:
        raise Refused(_("This measure was taken out of the programme. Choose another one."))
    claim(row, revision=None, yours={})
    made = MeasureLink.objects.create(
        contribution=row, measure=measure, linked_by=by, linked_on=today
    )
    _record("contribution.linked", row, measure, by=by, today=today)
    return made


@transaction.atomic
def unlink(*, contribution: Contribution, measure: Measure, by: User, today: date) -> None:
    """Take back that a measure took up a contribution, whichever version was meant.

    Not linked, nothing happens.

    Raises:
        Refused: the contribution does not stand in the list by itself.
    """
    row = opened(contribution)
    rows = MeasureLink.objects.filter(contribution=row, measure__identity=measure.identity)
    keys = list(rows.values_list("pk", flat=True))
    if not keys:
        return
    MeasureLink.objects.filter(pk__in=keys).delete()
    claim(row, revision=None, yours={})
    _record("contribution.unlinked", row, measure, by=by, today=today)


def _record(verb: str, row: Contribution, measure: Measure, *, by: User, today: date) -> None:
    audit.record(
        verb=verb,
        by=by,
        branch=row.consultation.branch,
        today=today,
        subject=row,
        number=row.pk,
        measure=measure.number,
        programme=measure.programme.title,
    )
