"""What happens to a milestone: done, opened again, dropped, put back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.concurrency import Stale, conflict_page
from process.enums import MilestoneStatus
from process.errors import Refused
from process.forms.meetings import RevisionForm
from process.forms.milestone import FinishForm, ReasonForm
from process.models import Milestone
from process.services import milestones as services
from process.views.milestone import UNPROCESSABLE, get_milestone, milestone_page, refused_page


@require_POST
@branch_page("process.work")
def milestone_finish(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Mark a milestone done."""
    row = get_milestone(request, branch, pk, work=True)
    today = request.viewer.today
    form = FinishForm(request.POST, today=today, auto_id="finish_%s")
    if not form.is_valid():
        return milestone_page(request, branch, row, finish=form, status=UNPROCESSABLE)
    data = form.cleaned_data
    try:
        services.finish(
            milestone=row,
            by=request.user,
            today=today,
            revision=data["revision"],
            day=data["day"],
        )
    except Stale as stale:
        again = FinishForm(initial={**data, "revision": stale.revision}, today=today)
        return _conflict(request, branch, row, stale, again, wanted=MilestoneStatus.DONE)
    except Refused as refused:
        return refused_page(request, branch, row, refused, finish=form)
    return _thank(
        request,
        branch,
        row,
        _("“%(milestone)s” is done. Well done, all of you!") % {"milestone": row.definition.title},
    )


@require_POST
@branch_page("process.work")
def milestone_reopen(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Open a done milestone again, with a reason."""
    row = get_milestone(request, branch, pk, work=True)
    return _with_reason(
        request,
        branch,
        row,
        act=services.reopen,
        name="reopen",
        wanted=MilestoneStatus.STARTED,
        thanks=_("“%(milestone)s” is open again. What was recorded is still there.")
        % {"milestone": row.definition.title},
    )


@require_POST
@branch_page("process.plan")
def milestone_drop(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Say that a milestone does not apply here, with a reason."""
    row = get_milestone(request, branch, pk)
    return _with_reason(
        request,
        branch,
        row,
        act=services.drop,
        name="drop",
        wanted=MilestoneStatus.DROPPED,
        thanks=_("“%(milestone)s” does not apply to you; it no longer asks anything.")
        % {"milestone": row.definition.title},
    )


@require_POST
@branch_page("process.plan")
def milestone_restore(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take back that a milestone does not apply."""
    row = get_milestone(request, branch, pk)
    form = RevisionForm(request.POST)
    if not form.is_valid():
        return milestone_page(
            request, branch, row, refused=_unknown_version(), status=UNPROCESSABLE
        )
    try:
        services.restore(
            milestone=row,
            by=request.user,
            today=request.viewer.today,
            revision=form.cleaned_data["revision"],
        )
    except Stale as stale:
        again = RevisionForm(initial={"revision": stale.revision})
        return _conflict(request, branch, row, stale, again, wanted=MilestoneStatus.PLANNED)
    except Refused as refused:
        return refused_page(request, branch, row, refused)
    return _thank(
        request,
        branch,
        row,
        _("“%(milestone)s” is back on your timeline.") % {"milestone": row.definition.title},
    )


def _with_reason(
    request: ViewerRequest,
    branch: Branch,
    row: Milestone,
    *,
    act: Callable[..., None],
    name: str,
    wanted: MilestoneStatus,
    thanks: str,
) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id=f"{name}_%s")
    if not form.is_valid():
        return milestone_page(request, branch, row, reason_forms={name: form}, status=UNPROCESSABLE)
    data = form.cleaned_data
    try:
        act(
            milestone=row,
            by=request.user,
            today=request.viewer.today,
            reason=data["reason"],
            revision=data["revision"],
        )
    except Stale as stale:
        again = ReasonForm(initial={**data, "revision": stale.revision})
        return _conflict(request, branch, row, stale, again, wanted=wanted)
    except Refused as refused:
        return refused_page(request, branch, row, refused, reason_forms={name: form})
    return _thank(request, branch, row, thanks)


def _conflict(
    request: ViewerRequest,
    branch: Branch,
    row: Milestone,
    stale: Stale,
    form: FinishForm | ReasonForm | RevisionForm,
    *,
    wanted: MilestoneStatus,
) -> HttpResponse:
    both = Stale(
        current={
            _("State"): str(MilestoneStatus(row.status).label),
            _("Note"): row.note or "–",
        },
        yours={_("State"): str(wanted.label)},
        revision=stale.revision,
    )
    return conflict_page(
        request,
        both,
        back=reverse("process:milestone", args=[branch.slug, row.pk]),
        form=form,
        branch=branch,
        section="timeline",
    )


def _thank(request: ViewerRequest, branch: Branch, row: Milestone, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("process:milestone", branch.slug, row.pk)


def _unknown_version() -> str:
    return _("We cannot tell which version you saw. Look at it as it is now, and try again.")
