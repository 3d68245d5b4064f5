"""Dealing promises out over the council group, and naming portfolios: set-based."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.refusal import Refused
from evaluation.models import Assignment, Evaluation, Promise
from evaluation.queries.people import council_group
from evaluation.services import progress
from evaluation.services.rows import locked
from evaluation.services.starting import BATCH


@transaction.atomic
def deal_out(
    *, evaluation: Evaluation, plan: Mapping[int, Collection[int]], by: User, today: date
) -> int:
    """Say who judges which promise, in place of who had it; what people found already stays.

    Args:
        evaluation: whose promises.
        plan: id of a promise → ids of people of the council group; nobody takes it back. Promises
            that are not in it keep who they have.
        by: of the council group or the board.
        today: the day of dealing.

    Returns:
        How many promises went to somebody else than before.

    Raises:
        Refused: a promise of another evaluation, or somebody who is not in the council group.
            Nothing was dealt.
    """
    evaluation = (
        Evaluation.objects.select_related("branch", "timeline")
        .select_for_update(of=("self",))
        .get(pk=evaluation.pk)
    )
    known = set(evaluation.promises.values_list("pk", flat=True))
    if not known.issuperset(plan):
        raise Refused(_("One of these promises is not of this evaluation. Nothing was dealt out."))
    group = set(council_group(branch=evaluation.branch, today=today).values_list("pk", flat=True))
    wanted = {(promise, person) for promise, people in plan.items() for person in people}
    if not group.issuperset(person for _promise, person in wanted):
        raise Refused(
            _("Somebody you chose is not in the council group today. Nothing was dealt out.")
        )
    there = {
        (promise, person): pk
        for promise, person, pk in Assignment.objects.filter(
            promise__evaluation=evaluation
        ).values_list("promise", "person", "pk")
        if promise in plan
    }
    gone = [pk for pair, pk in there.items() if pair not in wanted]
    new = sorted(wanted - there.keys())
    Assignment.objects.filter(pk__in=gone).delete()
    Assignment.objects.bulk_create(
        (
            Assignment(promise_id=promise, person_id=person, assigned_by=by, assigned_on=today)
            for promise, person in new
        ),
        batch_size=BATCH,
    )
    changed = {promise for promise, _person in wanted.symmetric_difference(there)}
    if changed:
        audit.record(
            verb="evaluation.dealt_out",
            by=by,
            branch=evaluation.branch,
            today=today,
            subject=evaluation,
            count=len(changed),
            people=len({person for _promise, person in wanted}),
        )
        progress.report(evaluation=evaluation, today=today)
    return len(changed)


@transaction.atomic
def set_portfolio(
    *, promises: QuerySet[Promise] | Iterable[Promise], portfolio: str, by: User, today: date
) -> int:
    """Put promises of one evaluation in a portfolio; an empty name takes them out of theirs.

    Returns:
        How many changed.
    """
    rows = [row for row in locked(promises) if row.portfolio != portfolio]
    if not rows:
        return 0
    Promise.objects.filter(pk__in=[row.pk for row in rows]).update(
        portfolio=portfolio, revision=F("revision") + 1
    )
    evaluation = rows[0].evaluation
    audit.record(
        verb="evaluation.portfolio_set" if portfolio else "evaluation.portfolio_removed",
        by=by,
        branch=evaluation.branch,
        today=today,
        subject=evaluation,
        count=len(rows),
        portfolio=portfolio,
    )
    return len(rows)


@transaction.atomic
def name_portfolios(
    *, evaluation: Evaluation, names: Mapping[int, str], by: User, today: date
) -> int:
    """Put the promises of sections in portfolios; one act, however many sections.

    Args:
        evaluation: whose promises.
        names: id of a section → portfolio; empty takes its promises out of theirs.
        by: of the council group or the board.
        today: the day of it.

    Returns:
        How many promises changed.
    """
    sections: dict[str, list[int]] = defaultdict(list)
    for section, name in names.items():
        sections[name].append(section)
    return sum(
        set_portfolio(
            promises=evaluation.promises.current().filter(measure__section__in=rows),
            portfolio=name,
            by=by,
            today=today,
        )
        for name, rows in sections.items()
    )
