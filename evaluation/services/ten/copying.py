"""Taking over what another branch agreed, with where it comes from (R42)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.refusal import Refused
from evaluation.models import Pledge, TopTen
from programmes.enums import ProgrammeKind
from programmes.models import Measure, Programme
from programmes.services.deriving import derive


@transaction.atomic
def copy(*, pledge: Pledge, into: Programme, by: User, today: date) -> Measure:
    """Put the measure behind a pledge into a draft; taken over twice, it stands there once.

    Args:
        pledge: of a top ten that another branch shows to everybody.
        into: a draft of one's own, not fixed.
        by: may edit that draft.
        today: the day.

    Returns:
        The measure in the draft; it knows where it was derived from.

    Raises:
        Refused: it is not shown any more, or the programme is no draft that can change.
    """
    shown = TopTen.objects.alive().filter(pk=pledge.top_ten_id)
    if not shown.exists() or pledge.rank is None:
        raise Refused(_("That branch does not show this proposal any more. Choose another one."))
    if into.branch is None or into.kind != ProgrammeKind.DRAFT:
        raise Refused(_("You can take this over into a draft of your own only."))
    had = into.measures.current().filter(derived_from=pledge.measure_id).first()
    if had is not None:
        return had
    (made,) = derive(measures=[pledge.measure], into=into, by=by, today=today)
    audit.record(
        verb="ten.copied",
        by=by,
        branch=into.branch,
        today=today,
        subject=made,
        pledge=pledge.title,
        origin=pledge.top_ten.branch.name,
        programme=into.title,
    )
    return made
