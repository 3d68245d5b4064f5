"""What people own in this room: dealt-out promises still to judge (see ``branches.ownership``)."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import ngettext

from branches import audit
from branches.models import Branch, User
from evaluation.models import Assessment, Assignment, Evaluation
from evaluation.models.judging import AssignmentQuerySet
from evaluation.queries.people import council_group
from evaluation.services import progress


class PromiseOwnership:
    """Promises that were dealt out to this person and that they did not judge yet."""

    def owned(self, *, user: User, branch: Branch) -> list[str]:
        """Return one line with how many: forty lines would hide the rest."""
        count = _rows(user=user, branch=branch).count()
        if not count:
            return []
        return [
            ngettext("%(count)s promise still to judge", "%(count)s promises still to judge", count)
            % {"count": count}
        ]

    def hand_over(
        self, *, user: User, branch: Branch, to: User | None, by: User, today: date
    ) -> int:
        """Give them to ``to``, who must be of the council group to judge; else deal out again."""
        rows = list(_rows(user=user, branch=branch).select_related("promise__evaluation"))
        if not rows:
            return 0
        if to is not None and council_group(branch=branch, today=today).filter(pk=to.pk).exists():
            has = set(
                Assignment.objects.filter(
                    person=to, promise__in=[row.promise_id for row in rows]
                ).values_list("promise", flat=True)
            )
            double = [row.pk for row in rows if row.promise_id in has]
            Assignment.objects.filter(pk__in=double).delete()
            Assignment.objects.filter(pk__in=[row.pk for row in rows]).update(
                person=to, assigned_by=by, assigned_on=today
            )
        else:
            to = None
            Assignment.objects.filter(pk__in=[row.pk for row in rows]).delete()
        counts: dict[int, int] = {}
        for row in rows:
            key = row.promise.evaluation_id
            counts[key] = counts.get(key, 0) + 1
        evaluations = Evaluation.objects.select_related("timeline").filter(pk__in=counts)
        for evaluation in evaluations:
            audit.record(
                verb="evaluation.handed_over" if to else "evaluation.handed_back",
                by=by,
                branch=branch,
                today=today,
                subject=evaluation,
                name=str(user),
                to=str(to or ""),
                count=counts[evaluation.pk],
            )
            progress.report(evaluation=evaluation, today=today)
        return len(rows)


def _rows(*, user: User, branch: Branch) -> AssignmentQuerySet:
    judged = Assessment.objects.filter(promise=OuterRef("promise"), assessor=user)
    return Assignment.objects.filter(
        ~Exists(judged),
        person=user,
        promise__evaluation__branch=branch,
        promise__measure__retired_on=None,
    ).order_by("promise__measure__number")
