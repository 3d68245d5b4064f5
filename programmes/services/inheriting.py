"""Taking over what a branch promised that merged into this one, to look back at it here."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, User
from branches.naming import public_name
from core.refusal import Refused
from programmes.enums import ProgrammeKind
from programmes.models import Measure, Programme
from programmes.services.deriving import derive


@transaction.atomic
def inherit(*, programme: Programme, into: Branch, by: User, today: date) -> Programme:
    """Copy a predecessor's programme as a previous programme; each measure knows its source.

    The original stays as it is, with everything that was found of it there.

    Args:
        programme: adopted by, or a previous one of, a branch whose heir ``into`` is.
        into: the branch that goes on.
        by: who takes it over.
        today: the day.

    Raises:
        Refused: it is no such programme, it was taken over before, or it says nothing.
    """
    # Its row is held: two who take it over at once make one.
    source = (
        Programme.objects.select_for_update(of=("self",))
        .select_related("branch")
        .get(pk=programme.pk)
    )
    owner = source.branch
    if owner is None or owner.heir_id != into.pk or source.kind == ProgrammeKind.DRAFT:
        raise Refused(_("Only what a branch promised that merged into yours can be taken over."))
    copies = Measure.objects.filter(
        programme__branch=into,
        programme__kind=ProgrammeKind.PREVIOUS,
        derived_from__programme=source,
    )
    if copies.exists():
        raise Refused(_("“%(title)s” was taken over already.") % {"title": source.title})
    measures = list(source.measures.current().order_by("number"))
    if not measures:
        raise Refused(_("There is no measure in “%(title)s”.") % {"title": source.title})
    made = Programme.objects.create(
        branch=into,
        kind=ProgrammeKind.PREVIOUS,
        title=source.title,
        origin=public_name(owner),
        year=source.year,
        created_on=today,
        created_by=by,
    )
    audit.record(
        verb="programme.inherited",
        by=by,
        branch=into,
        today=today,
        subject=made,
        title=made.title,
        origin=owner.name,
    )
    derive(measures=measures, into=made, by=by, today=today)
    return made
