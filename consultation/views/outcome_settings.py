"""The branch's side of the public result: look first, then switch it on or off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from consultation.forms.publicity import OutcomeForm, RevisionForm
from consultation.models import Consultation
from consultation.services import outcome as services
from consultation.views.loading import get_consultation, page, sent
from consultation.views.public_outcome import outcome_page
from core.concurrency import Stale
from core.mail import absolute
from core.pages import FORM_METHODS, UNPROCESSABLE
from process.views.conflicts import conflict


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def outcome_settings(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Make the result public, write what stands above it, or take it off line."""
    consultation = get_consultation(request, branch)
    if request.method == "POST" and request.POST.get("act") == "withdraw":
        return _withdraw(request, branch, consultation)
    was_public = consultation.outcome_public_since is not None
    first = {"outcome_text": consultation.outcome_text, "revision": consultation.revision}
    form = OutcomeForm(sent(request), initial=first)
    if form.is_valid():
        try:
            services.publish(
                consultation=consultation,
                text=form.cleaned_data["outcome_text"],
                by=request.user,
                today=request.viewer.today,
                revision=form.cleaned_data["revision"],
            )
        except Stale as stale:
            return conflict(
                request,
                branch,
                stale=stale,
                form=form,
                section="input",
                back=reverse("consultation:outcome_settings", args=[branch.slug]),
            )
        messages.success(
            request,
            _("The introduction is changed.")
            if was_public
            else _("The page is public. Share its address with whoever you like."),
        )
        return redirect("consultation:outcome_settings", branch.slug)
    public_url = reverse("consultation:outcome", args=[branch.slug])
    context = {
        "consultation": consultation,
        "form": form,
        "public_url": public_url,
        "address": absolute(public_url),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return page(
        request,
        branch,
        "consultation/outcome_settings.html",
        context,
        tab="overview",
        status=status,
    )


@require_safe
@branch_page("consultation.work")
def preview(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show the branch what anybody would see, before it is public."""
    consultation = get_consultation(request, branch)
    back = reverse("consultation:outcome_settings", args=[branch.slug])
    return outcome_page(request, consultation, kept="private, no-store", preview=back)


def _withdraw(request: ViewerRequest, branch: Branch, consultation: Consultation) -> HttpResponse:
    form = RevisionForm(request.POST)
    if form.is_valid():
        try:
            services.withdraw(
                consultation=consultation,
                by=request.user,
                today=request.viewer.today,
                revision=form.cleaned_data["revision"],
            )
        except Stale:
            messages.warning(request, _("Somebody else changed this just now. Look again."))
        else:
            messages.success(request, _("The page is no longer public. Its text is kept."))
    return redirect("consultation:outcome_settings", branch.slug)
