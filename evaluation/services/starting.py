"""Starting to look back at a previous programme."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.refusal import Refused
from evaluation.models import Evaluation, Promise
from evaluation.queries.starting import looked_back_at
from evaluation.services import progress
from process.models import Timeline
from programmes.enums import ProgrammeKind
from programmes.models import Programme

BATCH = 1000


@transaction.atomic
def start(*, programme: Programme, timeline: Timeline | None, by: User, today: date) -> Evaluation:
    """Make a promise of every measure of a previous programme; started twice, it is started once.

    Of an adopted programme with a top ten this is the final account, which knows more: begin it
    through ``evaluation.services.ten.account.look_back``.

    Args:
        programme: a branch's previous one, or the adopted one of an election that has been; with
            measures.
        timeline: the way to the next election, which hears how far this is; of the same branch.
        by: of the council group or the board.
        today: the first day of the evaluation.

    Returns:
        The evaluation, which may have been there already.

    Raises:
        Refused: it is not a programme to look back at, or there is nothing promised in it.
    """
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    branch = programme.branch
    if branch is None or programme.kind not in (ProgrammeKind.PREVIOUS, ProgrammeKind.ADOPTED):
        raise Refused(_("Only a previous programme of your own branch can be evaluated."))
    if not Programme.objects.filter(looked_back_at(today=today), pk=programme.pk).exists():
        raise Refused(
            _("The election of this programme is still to come. You look back at it afterwards.")
        )
    if timeline is not None and timeline.branch_id != branch.pk:
        raise Refused(_("That timeline is of another branch."))
    there = Evaluation.objects.filter(programme=programme).first()
    if there is not None:
        return there
    measures = list(programme.measures.current())
    if not measures:
        raise Refused(
            _("There is no promise in this programme yet. Correct what was read from it first.")
        )
    evaluation = Evaluation.objects.create(
        branch=branch, programme=programme, timeline=timeline, started_on=today, started_by=by
    )
    Promise.objects.bulk_create(
        (Promise(evaluation=evaluation, measure=measure) for measure in measures), batch_size=BATCH
    )
    audit.record(
        verb="evaluation.started",
        by=by,
        branch=branch,
        today=today,
        subject=evaluation,
        programme=programme.title,
        count=len(measures),
    )
    progress.report(evaluation=evaluation, today=today)
    return evaluation
