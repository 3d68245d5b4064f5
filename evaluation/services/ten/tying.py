"""A look back that began before the next timeline was there, and the timeline that comes after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from branches import audit
from branches.models import User
from evaluation.models import Evaluation
from evaluation.queries.starting import own_timelines
from evaluation.services import progress
from process.models import Timeline
from programmes.enums import ProgrammeKind


class TimelineFollower:
    """Named in ``settings.TIMELINE_FOLLOWERS``; called inside the transaction of a roll-out."""

    def rolled_out(self, *, timelines: Sequence[Timeline], by: User | None, today: date) -> None:
        """Let evaluations of adopted programmes that have no timeline yet tell the new ones.

        Two queries for a roll-out over thousands of branches, and some more for each branch that
        began its final account before the next election was there.

        Args:
            timelines: of different branches, just made.
            by: who rolled out.
            today: the day.
        """
        of_branch = {timeline.branch_id: timeline for timeline in timelines}
        waiting = (
            Evaluation.objects.filter(
                branch__in=of_branch, timeline=None, programme__kind=ProgrammeKind.ADOPTED
            )
            .select_related("branch", "programme")
            .select_for_update(of=("self",))
            .order_by("pk")
        )
        for evaluation in waiting:
            timeline = of_branch[evaluation.branch_id]
            own = own_timelines(evaluation.programme)
            if own.filter(polling_day__gte=timeline.polling_day).exists():
                continue
            Evaluation.objects.filter(pk=evaluation.pk).update(timeline=timeline)
            evaluation.timeline = timeline
            audit.record(
                verb="ten.account_tied",
                by=by,
                branch=evaluation.branch,
                today=today,
                subject=evaluation,
                programme=evaluation.programme.title,
            )
            progress.report(evaluation=evaluation, today=today)
