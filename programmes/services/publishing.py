"""A version of the base programme is published: fixed, dated, signed, and there for everybody."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import Stale
from core.refusal import Refused
from programmes.enums import ProgrammeKind
from programmes.models import BasePublication, Programme
from programmes.services import versions
from programmes.services.opening import open_programme


@transaction.atomic
def publish(
    *,
    programme: Programme,
    dated_on: date,
    signatory: str,
    note: str,
    revision: int,
    by: User | None,
    today: date,
) -> BasePublication:
    """Freeze a base programme and write down its date and who answers for it (R74).

    Args:
        programme: of everybody, not frozen.
        dated_on: the day that the version bears.
        signatory: name and function of who answers for the text.
        note: what is new in it, for the branches; may be empty.
        revision: of the programme, as the page showed it.
        by: who publishes.
        today: the day.

    Raises:
        Frozen: it was published already.
        Stale: somebody changed the programme after the page was shown.
        Refused: it is no base programme of everybody, says nothing, or nobody signs.
    """
    opened = open_programme(programme)
    if opened.branch_id is not None or opened.kind != ProgrammeKind.BASE:
        raise Refused(_("Only the base programme of everybody is published here."))
    if opened.revision != revision:
        raise Stale(
            current={_("Title"): opened.title},
            yours={_("Title"): programme.title},
            revision=opened.revision,
        )
    if not opened.measures.current().exists():
        raise Refused(_("There are no measures in it yet. Read in a file first."))
    if not signatory.strip():
        raise Refused(_("Fill in who answers for this version."))
    versions.freeze(programme=programme, by=by, today=today)
    made = BasePublication.objects.create(
        programme=programme,
        dated_on=dated_on,
        signatory=signatory.strip(),
        note=note.strip(),
        published_on=today,
        published_by=by,
    )
    audit.record(
        verb="programme.base_published",
        by=by,
        branch=None,
        today=today,
        subject=programme,
        title=programme.title,
        version=programme.version,
    )
    return made
