"""Beginning to choose the ten (R58)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.refusal import Refused
from evaluation.models import TopTen
from evaluation.services.ten import progress
from process.models import Timeline
from programmes.enums import ProgrammeKind
from programmes.models import Programme
from programmes.services import versions


@transaction.atomic
def start(*, timeline: Timeline, programme: Programme, by: User, today: date) -> TopTen:
    """Begin the top ten of a branch for one election; begun twice, it is one.

    A draft becomes the adopted programme here, once the members' meeting adopted it, and is fixed:
    what is chosen from must not change any more (R45, R58).

    Args:
        timeline: the way to the election; polling day is still to come.
        programme: the adopted one of the same branch, or the draft that was adopted.
        by: of the committee, the council group or the board.
        today: the day.

    Raises:
        Refused: it is another branch's, it is not adopted, nothing stands in it, or the election
            has been.
    """
    timeline = Timeline.objects.select_for_update(of=("self",)).get(pk=timeline.pk)
    there = TopTen.objects.filter(timeline=timeline).first()
    if there is not None:
        return there
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if programme.branch_id != timeline.branch_id:
        raise Refused(_("That programme is of another branch."))
    if timeline.polling_day <= today:
        raise Refused(_("Polling day has been: a top ten is agreed before it."))
    if not programme.measures.current().exists():
        raise Refused(_("There is no measure in this programme yet."))
    if programme.kind == ProgrammeKind.DRAFT:
        if timeline.programme_adopted_on is None:
            raise Refused(
                _(
                    "The members’ meeting has not adopted a programme yet. Record that decision "
                    "first: you choose from what was adopted."
                )
            )
        if not programme.is_frozen:
            Programme.objects.filter(pk=programme.pk).update(kind=ProgrammeKind.ADOPTED)
            programme.refresh_from_db()
    elif programme.kind != ProgrammeKind.ADOPTED:
        raise Refused(_("You choose the ten from your adopted programme."))
    if not programme.is_frozen:
        versions.freeze(programme=programme, by=by, today=today)
    top_ten = TopTen.objects.create(
        branch=timeline.branch,
        timeline=timeline,
        programme=programme,
        started_on=today,
        started_by=by,
    )
    audit.record(
        verb="ten.started",
        by=by,
        branch=timeline.branch,
        today=today,
        subject=top_ten,
        programme=programme.title,
    )
    progress.report(top_ten=top_ten, today=today)
    return top_ten
