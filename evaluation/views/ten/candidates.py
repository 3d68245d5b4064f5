"""One candidate: its words, the help to make it concrete, and what the programme says by now."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.concurrency import Stale
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused
from evaluation.concreteness_words import advice, advice_for
from evaluation.forms.ten.choosing import CandidateForm, RefreshForm
from evaluation.models import Pledge
from evaluation.queries.ten.choosing import candidates
from evaluation.queries.ten.source import newest_texts
from evaluation.rules.concreteness import look
from evaluation.services.ten import choosing as services
from evaluation.views.ten.choosing import choosing_url
from evaluation.views.ten.loading import get_pledge, page
from process.views.conflicts import conflict

LOOK = "kijk"
"""The button that looks at what was typed and saves nothing."""


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.choose")
def candidate(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Write what a candidate says, with a friendly look at how concrete it is."""
    pledge = get_pledge(request, branch, pk)
    if pledge.top_ten.is_agreed:
        messages.info(request, _("The ten were agreed: their text stays. This is its story."))
        return redirect("evaluation:pledge", branch.slug, pledge.pk)
    if request.method != "POST":
        return _page(
            request, branch, pledge, CandidateForm(initial=CandidateForm.initial_of(pledge))
        )
    form = CandidateForm(request.POST)
    if not form.is_valid() or LOOK in request.POST:
        status = UNPROCESSABLE if form.errors else 200
        return _page(request, branch, pledge, form, status=status)
    address = reverse("evaluation:candidate", args=[branch.slug, pledge.pk])
    try:
        services.describe(
            pledge=pledge,
            words=form.words,
            by=request.user,
            today=request.viewer.today,
            revision=form.cleaned_data["revision"],
        )
    except Stale as stale:
        return conflict(request, branch, stale=stale, form=form, section="ten", back=address)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _page(request, branch, pledge, form, status=UNPROCESSABLE)
    messages.success(request, _("Saved."))
    return redirect(address)


@require_POST
@branch_page("evaluation.choose")
def pledge_refresh_text(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take over what the programme says by now, or keep the own text and take the sign away."""
    pledge = get_pledge(request, branch, pk)
    name = "evaluation:pledge" if pledge.top_ten.is_agreed else "evaluation:candidate"
    address = reverse(name, args=[branch.slug, pledge.pk])
    form = RefreshForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Open the page once more and choose again."))
        return redirect(address)
    try:
        services.refresh_text(
            pledge=pledge,
            take_over=form.cleaned_data["take_over"],
            by=request.user,
            today=request.viewer.today,
            revision=form.cleaned_data["revision"],
        )
    except Stale as stale:
        return conflict(request, branch, stale=stale, form=form, section="ten", back=address)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Saved."))
    return redirect(address)


def _page(
    request: ViewerRequest,
    branch: Branch,
    pledge: Pledge,
    form: CandidateForm,
    *,
    status: int = 200,
) -> HttpResponse:
    newest = newest_texts(pledge.top_ten).get(pledge.pk)
    if form.is_bound and form.is_valid():
        words = form.words
        seen = advice(
            look(
                text=f"{words.title}. {words.text}",
                for_whom=words.for_whom,
                by_when=words.by_when,
                measured_by=words.measured_by,
            )
        )
    else:
        seen = advice_for(pledge)
    order = list(candidates(pledge.top_ten).values_list("pk", flat=True))
    here = order.index(pledge.pk) if pledge.pk in order else -1
    return page(
        request,
        branch,
        "evaluation/ten/choosing/candidate.html",
        {
            "pledge": pledge,
            "form": form,
            "advice": seen,
            "newest": newest,
            "is_changed": newest != pledge.source_text,
            "back": choosing_url(branch, pledge.top_ten, f"#v{pledge.pk}"),
            "next_pk": order[here + 1] if 0 <= here < len(order) - 1 else None,
        },
        top_ten=pledge.top_ten,
        tab="candidate",
        status=status,
        more=[(_("Choosing the ten"), choosing_url(branch, pledge.top_ten))],
    )
