"""Telling an update from a phone, correcting one, withdrawing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.concurrency import Stale, conflict_page
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused
from evaluation.forms.ten.pledge import CorrectionForm, UpdateForm
from evaluation.models import Pledge, ProgressUpdate
from evaluation.services.ten import updates as services
from evaluation.views.ten.delivering import pledge_to_deliver, update_to_deliver
from evaluation.views.ten.loading import page
from evaluation.views.ten.pledge import pledge_url


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.view_ten")
def update_add(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Tell what happened."""
    row = pledge_to_deliver(request, branch, pk)
    first = {
        "day": request.viewer.today,
        "status": row.status,
        "reason": row.reason,
        "timing": row.timing,
    }
    if request.method != "POST":
        return _form_page(request, branch, row, UpdateForm(initial=first))
    form = UpdateForm(request.POST, request.FILES, initial=first)
    if not form.is_valid():
        return _form_page(request, branch, row, form)
    data = form.cleaned_data
    try:
        services.tell(
            pledge=row,
            next_step=data["next_step"],
            next_on=data["next_on"],
            by=request.user,
            today=request.viewer.today,
            **form.said,
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _form_page(request, branch, row, form)
    messages.success(request, _thanks(row, public=data["public"]))
    return redirect(pledge_url(branch, row, "#told"))


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.view_ten")
def update_correct(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Write what it should have said; the old one stays, shown as corrected."""
    update = update_to_deliver(request, branch, pk)
    row = update.pledge
    initial = CorrectionForm.initial_of(update)
    if request.method != "POST":
        newer = ProgressUpdate.objects.filter(corrects=update).first()
        if newer is not None:
            # A link of before: the one that stands is the one to correct.
            return redirect("evaluation:update_correct", branch.slug, newer.pk)
        return _form_page(request, branch, row, CorrectionForm(initial=initial), update=update)
    form = CorrectionForm(request.POST, request.FILES, initial=initial)
    if not form.is_valid():
        return _form_page(request, branch, row, form, update=update)
    try:
        services.correct(
            update=update,
            note=form.cleaned_data["note"],
            by=request.user,
            today=request.viewer.today,
            **form.said,
        )
    except Stale as stale:
        # Saved after all, it corrects the correction.
        return conflict_page(
            request,
            stale,
            back=pledge_url(branch, row, "#told"),
            form=form,
            action=reverse("evaluation:update_correct", args=[branch.slug, stale.revision]),
            branch=branch,
            section="ten",
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _form_page(request, branch, row, form, update=update)
    messages.success(request, _("Corrected. The old one stays below, marked as corrected."))
    return redirect(pledge_url(branch, row, "#told"))


@require_POST
@branch_page("evaluation.view_ten")
def update_withdraw(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Withdraw an update: that something stood there stays visible, what it said does not."""
    update = update_to_deliver(request, branch, pk)
    services.withdraw(update=update, by=request.user, today=request.viewer.today)
    messages.success(request, _("Withdrawn. Only people of your branch can still read it."))
    return redirect(pledge_url(branch, update.pledge, "#told"))


def _form_page(
    request: ViewerRequest,
    branch: Branch,
    row: Pledge,
    form: UpdateForm,
    *,
    update: ProgressUpdate | None = None,
) -> HttpResponse:
    """Show the form of an update, or of the correction of one."""
    polling_day = row.top_ten.timeline.polling_day
    return page(
        request,
        branch,
        "evaluation/ten/pledge/update.html",
        {
            "pledge": row,
            "form": form,
            "update": update,
            "polling_day": polling_day,
            "open": row.rank is not None
            and row.top_ten.is_agreed
            and polling_day <= request.viewer.today,
            # A browser does not send a file twice by itself.
            "photo_gone": form.is_bound and bool(form.files),
        },
        top_ten=row.top_ten,
        tab="pledge",
        status=UNPROCESSABLE if form.is_bound else 200,
        more=[(row.title, pledge_url(branch, row))],
    )


def _thanks(row: Pledge, *, public: bool) -> str:
    """Say what happened with it."""
    if not public:
        return _("Told, for your branch alone. Thank you.")
    if row.top_ten.public_since is None:
        return _("Told. Thank you. Everybody can read it as soon as your public page is on.")
    return _("Told. Thank you: everybody can read it now.")
