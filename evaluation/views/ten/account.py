"""The final account: a verdict on each of the ten, the whole programme, and giving it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from core.concurrency import Stale
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused
from evaluation.enums import Verdict
from evaluation.forms.ten.account import PledgeVerdictForm
from evaluation.models import Pledge, TopTen
from evaluation.queries.ten import account as queries
from evaluation.queries.ten.story import story
from evaluation.services.ten import account as services
from evaluation.views.ten.loading import get_pledge, get_top_ten, page
from process.views.conflicts import conflict


@require_safe
@branch_page("evaluation.view_ten")
def ten_account(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show how far the final account is, and what to do next."""
    top_ten = get_top_ten(request, branch, pk)
    return page(
        request,
        branch,
        "evaluation/ten/account/overview.html",
        {
            "account": queries.account_of(top_ten),
            "not_yet": _not_yet(top_ten, request),
            "may_deliver": may(request.viewer, "evaluation.deliver", branch),
        },
        top_ten=top_ten,
        tab="account",
    )


@require_POST
@branch_page("evaluation.deliver")
def ten_account_begin(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Begin to look back at the whole programme; then the measures are dealt out."""
    top_ten = get_top_ten(request, branch, pk)
    try:
        evaluation = services.begin(top_ten=top_ten, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("evaluation:ten_account", branch.slug, top_ten.pk)
    total = evaluation.promises.count()
    messages.success(
        request,
        ngettext(
            "%(count)s measure is ready; your verdicts on the ten went along. Who judges the rest?",
            "%(count)s measures are ready; your verdicts on the ten went along. Who judges the "
            "rest?",
            total,
        )
        % {"count": total},
    )
    return redirect("evaluation:deal", branch.slug, evaluation.pk)


@require_POST
@branch_page("evaluation.deliver")
def ten_account_give(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Give the final account to everybody."""
    top_ten = get_top_ten(request, branch, pk)
    try:
        services.give(top_ten=top_ten, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("The final account is given. Well done: you told it as it is."))
    return redirect("evaluation:ten_account", branch.slug, top_ten.pk)


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.deliver")
def pledge_verdict(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Say what came of one of the ten, with its updates and evidence beside it."""
    pledge = get_pledge(request, branch, pk)
    if request.method != "POST":
        return _verdict_page(request, branch, pledge, _form(pledge))
    form = PledgeVerdictForm(request.POST)
    if not form.is_valid():
        return _verdict_page(request, branch, pledge, form, status=UNPROCESSABLE)
    data = form.cleaned_data
    try:
        services.give_verdict(
            pledge=pledge,
            verdict=data["verdict"],
            reason=data["reason"],
            text=data["text"],
            revision=data["revision"],
            by=request.user,
            today=request.viewer.today,
        )
    except Stale as stale:
        return conflict(request, branch, stale=stale, form=form, section="ten", back=request.path)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _verdict_page(request, branch, pledge, form, status=UNPROCESSABLE)
    following = queries.next_without_verdict(pledge)
    if following is None:
        messages.success(request, _("Saved. All ten have a verdict."))
        return redirect("evaluation:ten_account", branch.slug, pledge.top_ten_id)
    messages.success(request, _("Saved. This is the next one."))
    return redirect("evaluation:pledge_verdict", branch.slug, following.pk)


def _not_yet(top_ten: TopTen, request: ViewerRequest) -> str:
    """Say why the final account cannot be worked on yet; nothing when it can."""
    try:
        services.check_open(top_ten=top_ten, today=request.viewer.today)
    except Refused as refused:
        return refused.sentence
    return ""


def _form(pledge: Pledge) -> PledgeVerdictForm:
    """Return the form as it was left; the first time with what the updates propose."""
    proposal = queries.proposal_for(pledge)
    judged = pledge.verdict != Verdict.NOT_ASSESSED
    return PledgeVerdictForm(
        initial={
            "verdict": pledge.verdict if judged else proposal.verdict.value,
            "reason": pledge.verdict_reason if judged else (proposal.reason or ""),
            "text": pledge.verdict_text,
            "revision": pledge.revision,
        }
    )


def _verdict_page(
    request: ViewerRequest,
    branch: Branch,
    pledge: Pledge,
    form: PledgeVerdictForm,
    *,
    status: int = 200,
) -> HttpResponse:
    top_ten = pledge.top_ten
    following = queries.next_without_verdict(pledge)
    back = reverse("evaluation:ten_account", args=[branch.slug, top_ten.pk])
    return page(
        request,
        branch,
        "evaluation/ten/account/verdict.html",
        {
            "pledge": pledge,
            "story": story(pledge),
            "form": form,
            "proposal": queries.proposal_for(pledge),
            "judged": pledge.verdict != Verdict.NOT_ASSESSED,
            "not_yet": _not_yet(top_ten, request),
            "back": back,
            "skip": following
            and reverse("evaluation:pledge_verdict", args=[branch.slug, following.pk]),
        },
        top_ten=top_ten,
        tab="account",
        status=status,
        more=[(_("Final account"), back)],
    )
