"""The plan of a pledge: its steps."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.concurrency import Stale
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused
from evaluation.forms.ten.pledge import StepForm
from evaluation.models import Pledge, Step
from evaluation.services.ten import steps as services
from evaluation.views.ten.delivering import pledge_to_deliver, step_to_deliver
from evaluation.views.ten.loading import page
from evaluation.views.ten.pledge import pledge_url
from process.views.conflicts import conflict


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.view_ten")
def step_add(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Add a step to the plan."""
    row = pledge_to_deliver(request, branch, pk)
    if request.method != "POST":
        return _form_page(request, branch, row, StepForm(new=True, standing=row.top_ten.standing))
    form = StepForm(request.POST, new=True, standing=row.top_ten.standing)
    if form.is_valid():
        try:
            services.add(pledge=row, by=request.user, today=request.viewer.today, **form.said)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("The step stands in the plan."))
            return redirect(pledge_url(branch, row, "#plan"))
    return _form_page(request, branch, row, form)


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.view_ten")
def step(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Change a step."""
    row = step_to_deliver(request, branch, pk)
    if request.method != "POST":
        form = StepForm(initial=StepForm.initial_of(row), standing=row.pledge.top_ten.standing)
        return _form_page(request, branch, row.pledge, form, step=row)
    form = StepForm(request.POST, standing=row.pledge.top_ten.standing)
    if form.is_valid():
        try:
            services.change(
                step=row,
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=request.viewer.today,
                **form.said,
            )
        except Stale as stale:
            back = pledge_url(branch, row.pledge, "#plan")
            return conflict(request, branch, stale=stale, form=form, section="ten", back=back)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect(pledge_url(branch, row.pledge, "#plan"))
    return _form_page(request, branch, row.pledge, form, step=row)


@require_POST
@branch_page("evaluation.view_ten")
def step_done(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Say that a step was done, or (``not_yet``) that it was not after all."""
    row = step_to_deliver(request, branch, pk)
    not_yet = "not_yet" in request.POST
    try:
        services.done(step=row, is_done=not not_yet, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(pledge_url(branch, row.pledge, "#plan"))
    messages.success(
        request,
        _("Open again.") if not_yet else _("Done: well done! Is it worth an update? Tell it."),
    )
    return redirect(pledge_url(branch, row.pledge, "#plan"))


@require_POST
@branch_page("evaluation.view_ten")
def step_remove(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take a step out of the plan."""
    row = step_to_deliver(request, branch, pk)
    services.remove(step=row, by=request.user, today=request.viewer.today)
    messages.success(request, _("Taken out of the plan: “%(title)s”.") % {"title": row.title})
    return redirect(pledge_url(branch, row.pledge, "#plan"))


def _form_page(
    request: ViewerRequest,
    branch: Branch,
    row: Pledge,
    form: StepForm,
    *,
    step: Step | None = None,
) -> HttpResponse:
    return page(
        request,
        branch,
        "evaluation/ten/pledge/step.html",
        {"pledge": row, "form": form, "step": step},
        top_ten=row.top_ten,
        tab="pledge",
        status=UNPROCESSABLE if form.is_bound else 200,
        more=[(row.title, pledge_url(branch, row))],
    )
