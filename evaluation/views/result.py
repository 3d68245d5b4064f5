"""The evaluation at first glance: how much was delivered, what goes on, and what is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from core.concurrency import Stale
from evaluation.forms.result import WeighForm
from evaluation.models import Evaluation
from evaluation.printing.page import result_context
from evaluation.queries import desk, results
from evaluation.queries.carrying import draft_of
from evaluation.queries.promises import evaluations_of
from evaluation.queries.starting import previous, startable
from evaluation.services import progress
from evaluation.services.weighing import weigh as switch_weights
from evaluation.views.loading import get_evaluation, page
from process.counts import count_of
from process.queries.timelines import state_of
from process.thread import draw_step
from programmes.enums import ProgrammeKind
from programmes.models import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that this reader can do now; the first one is the main one."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A milestone of the evaluation: its piece of the thread, and how far it is."""

    drawing: Any
    title: str
    words: str
    state: str
    url: str


@require_safe
@branch_page("evaluation.view_evaluation")
def evaluation(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show the latest evaluation of the branch, or what to do when there is none."""
    rows = list(evaluations_of(viewer=request.viewer, branch_id=branch.pk))
    if not rows:
        return _none_yet(request, branch)
    return _overview(request, branch, rows[0], earlier=rows[1:])


@require_safe
@branch_page("evaluation.view_evaluation")
def result(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show one evaluation, also an earlier one."""
    return _overview(request, branch, get_evaluation(request, branch, pk))


@require_POST
@branch_page("evaluation.manage")
def weigh(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Tell the result by weight too, or no longer."""
    row = get_evaluation(request, branch, pk)
    form = WeighForm(request.POST)
    if form.is_valid():
        try:
            switch_weights(
                evaluation=row,
                weighted=form.cleaned_data["weighted"],
                by=request.user,
                today=request.viewer.today,
                revision=form.cleaned_data["revision"],
            )
        except Stale:
            messages.warning(request, _("Somebody else changed this just now. Look again."))
        else:
            messages.success(
                request,
                _("The result is told by weight too.")
                if row.weighted
                else _("Every promise counts as one again. The weights are kept."),
            )
    return redirect("evaluation:result", branch.slug, row.pk)


def _none_yet(request: ViewerRequest, branch: Branch) -> HttpResponse:
    return page(
        request,
        branch,
        "evaluation/result/none.html",
        {
            "may_manage": may(request.viewer, "evaluation.manage", branch),
            "previous": previous(viewer=request.viewer, branch=branch).first(),
            "trail": [],
        },
    )


def _overview(
    request: ViewerRequest,
    branch: Branch,
    row: Evaluation,
    *,
    earlier: list[Evaluation] | None = None,
) -> HttpResponse:
    found = results.result_of(row)
    return page(
        request,
        branch,
        "evaluation/result/overview.html",
        {
            **result_context(row, found),
            "steps": _steps(request, branch, row),
            "steps_shared": _counts_together(row),
            "actions": _actions(request, branch, row, found),
            "draft": draft_of(row) if found.carry.carried else None,
            "earlier": earlier or [],
            "to_begin": _to_begin(request, branch) if earlier is not None else None,
            "may_manage": may(request.viewer, "evaluation.manage", branch),
            "may_publish": may(request.viewer, "evaluation.publish", branch),
            "trail": [],
        },
    )


def _to_begin(request: ViewerRequest, branch: Branch) -> Programme | None:
    """Return the adopted programme of an election that has been, which nobody looks back at yet."""
    if not may(request.viewer, "evaluation.manage", branch):
        return None
    rows = startable(viewer=request.viewer, branch=branch)
    return rows.filter(kind=ProgrammeKind.ADOPTED).first()


def _actions(
    request: ViewerRequest, branch: Branch, row: Evaluation, found: results.Result
) -> list[Action]:
    """Return what this reader can do next, what is most needed first."""
    actions: list[Action] = []
    address = [branch.slug, row.pk]
    manage = may(request.viewer, "evaluation.manage", branch)
    if may(request.viewer, "evaluation.assess", branch):
        left = desk.standing(evaluation=row, user=request.user).mine_left
        if left:
            label = ngettext(
                "Judge the %(count)s promise that is yours",
                "Judge the %(count)s promises that are yours",
                left,
            )
            actions.append(
                Action(
                    label=label % {"count": left},
                    # Past the head of the page, as from one promise to the next.
                    url=f"{reverse('evaluation:desk', args=address)}#promise",
                )
            )
    if manage and found.disputed:
        label = ngettext(
            "Settle %(count)s disagreement", "Settle %(count)s disagreements", found.disputed
        )
        actions.append(
            Action(
                label=label % {"count": found.disputed},
                url=reverse("evaluation:disputes", args=address),
            )
        )
    if manage and found.carry.open:
        label = ngettext(
            "Decide whether %(count)s promise goes on",
            "Decide whether %(count)s promises go on",
            found.carry.open,
        )
        actions.append(
            Action(
                label=label % {"count": found.carry.open},
                url=reverse("evaluation:carry_over", args=address),
            )
        )
    if manage and found.score.unknown and not actions:
        actions.append(
            Action(label=_("Deal the promises out"), url=reverse("evaluation:deal", args=address))
        )
    if found.score.assessed:
        actions.append(
            Action(
                label=_("Open the report for the members"),
                url=reverse("evaluation:report", args=address),
            )
        )
    return actions


def _counts_together(row: Evaluation) -> bool:
    """Tell whether the milestones count more than this evaluation: a branch made by a merger."""
    if row.timeline is None:
        return False
    return Evaluation.objects.filter(timeline=row.timeline).exclude(pk=row.pk).exists()


def _steps(request: ViewerRequest, branch: Branch, row: Evaluation) -> list[Step]:
    """Return the piece of the red thread that this evaluation is: three milestones."""
    if row.timeline is None:
        return []
    keys = (progress.DEALT_OUT, progress.ASSESSED, progress.DECIDED)
    milestones = list(
        row.timeline.milestones.select_related("definition")
        .filter(key__in=keys)
        .order_by("position")
    )
    states = [state_of(one, today=request.viewer.today).value for one in milestones]
    steps = []
    for place, (one, state) in enumerate(zip(milestones, states, strict=True)):
        count = count_of(one, slug=branch.slug)
        steps.append(
            Step(
                drawing=draw_step(
                    state=state,
                    following=states[place + 1] if place + 1 < len(states) else "",
                    first=place == 0,
                ),
                title=one.definition.title,
                words=count.words if count else "",
                state=state,
                url=reverse("process:milestone", args=[branch.slug, one.pk]),
            )
        )
    return steps
