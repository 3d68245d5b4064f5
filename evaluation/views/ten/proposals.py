"""What residents saw: the branch takes it over in its own words, or does not."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused
from evaluation.enums_ten import ProposalState
from evaluation.forms.ten.pledge import UpdateForm
from evaluation.models import ProposedUpdate
from evaluation.queries.ten.proposals import PAGE_SIZE, decided, proposals_of, waiting
from evaluation.services.ten import proposals as services
from evaluation.views.ten.loading import get_top_ten, page

_ABOVE = (
    "pledge__top_ten__branch",
    "pledge__top_ten__timeline__branch",
    "pledge__top_ten__timeline__election",
    "pledge__top_ten__programme",
)


@require_safe
@branch_page("evaluation.deliver")
def ten_proposals(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show what residents saw."""
    top_ten = get_top_ten(request, branch, pk)
    rows = proposals_of(viewer=request.viewer, top_ten=top_ten)
    pages = Paginator(waiting(rows), PAGE_SIZE)
    return page(
        request,
        branch,
        "evaluation/ten/proposals/list.html",
        {
            "page": pages.get_page(request.GET.get("page")),
            "decided": decided(rows),
            "kept": services.REFUSED_KEPT.days,
        },
        top_ten=top_ten,
        tab="proposals",
    )


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.deliver")
def proposal_accept(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show it as an update to edit; sent, it is told."""
    proposal = _proposal(request, branch, pk)
    if proposal.state != ProposalState.WAITING and request.method != "POST":
        messages.info(request, _("A colleague decided about this already."))
        return _back(branch, proposal)
    first = {
        "day": min(proposal.received_on, request.viewer.today),
        "status": proposal.pledge.status,
        "reason": proposal.pledge.reason,
        "timing": proposal.pledge.timing,
        "text": proposal.text,
        "url": proposal.url,
    }
    if request.method != "POST":
        return _form(request, branch, proposal, UpdateForm(initial=first))
    form = UpdateForm(request.POST, request.FILES, initial=first)
    if not form.is_valid():
        return _form(request, branch, proposal, form, UNPROCESSABLE)
    data = form.cleaned_data
    told = {**form.said, "next_step": data["next_step"], "next_on": data["next_on"]}
    try:
        services.accept(proposal=proposal, by=request.user, today=request.viewer.today, told=told)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _form(request, branch, proposal, form, UNPROCESSABLE)
    messages.success(request, _("Taken over. With it stands that a resident saw it."))
    return _back(branch, proposal)


@require_POST
@branch_page("evaluation.deliver")
def proposal_refuse(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Do not take it over."""
    proposal = _proposal(request, branch, pk)
    try:
        services.refuse(proposal=proposal, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Not taken over. It is deleted by itself after a month."))
    return _back(branch, proposal)


def _proposal(request: ViewerRequest, branch: Branch, pk: int) -> ProposedUpdate:
    rows = ProposedUpdate.objects.for_viewer(request.viewer).filter(pledge__top_ten__branch=branch)
    return get_object_or_404(rows.select_related(*_ABOVE), pk=pk)


def _back(branch: Branch, proposal: ProposedUpdate) -> HttpResponse:
    return redirect("evaluation:ten_proposals", branch.slug, proposal.pledge.top_ten_id)


def _form(
    request: ViewerRequest,
    branch: Branch,
    proposal: ProposedUpdate,
    form: UpdateForm,
    status: int = 200,
) -> HttpResponse:
    top_ten = proposal.pledge.top_ten
    polling_day = top_ten.timeline.polling_day
    above = reverse("evaluation:ten_proposals", args=[branch.slug, top_ten.pk])
    return page(
        request,
        branch,
        "evaluation/ten/proposals/accept.html",
        {
            "proposal": proposal,
            "pledge": proposal.pledge,
            "form": form,
            "polling_day": polling_day,
            "open": polling_day <= request.viewer.today,
            # A browser does not send a file twice by itself.
            "photo_gone": form.is_bound and bool(form.files),
        },
        top_ten=top_ten,
        tab="proposals",
        status=status,
        more=[(_("From residents"), above)],
    )
