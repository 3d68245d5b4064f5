"""One promise: what came of it, who found what, what shows it, and what was said."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from branches import audit
from branches.gate import ViewerRequest, branch_page, may
from branches.models import AuditEntry, Branch
from core.concurrency import Stale
from core.pages import UNPROCESSABLE
from core.refusal import Refused
from evaluation.enums import REASON_ASKED
from evaluation.forms.judging import CommentForm, DescribeForm, EvidenceForm, SettleForm
from evaluation.models import Promise
from evaluation.queries import promises as queries
from evaluation.queries.ten.account import told_in_the_ten
from evaluation.services.comments import comment as say
from evaluation.services.describing import describe
from evaluation.services.settling import settle as settle_promise
from evaluation.views.loading import get_evaluation, get_promise, page
from process.views.conflicts import conflict

PER_PAGE = 25


@require_safe
@branch_page("evaluation.view_evaluation")
def promise(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show one promise; who judges or manages also gets the forms."""
    return promise_page(request, branch, get_promise(request, branch, pk))


@require_POST
@branch_page("evaluation.manage")
def settle(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """End a disagreement, with a because."""
    row = get_promise(request, branch, pk)
    form = SettleForm(request.POST, auto_id="settle_%s")
    if not form.is_valid():
        return promise_page(request, branch, row, settle=form, status=UNPROCESSABLE)
    data = form.cleaned_data
    try:
        settle_promise(
            promise=row,
            verdict=data["verdict"],
            reason=data["reason"],
            timing=data["timing"],
            because=data["because"],
            revision=data["revision"],
            by=request.user,
            today=request.viewer.today,
        )
    except Stale as stale:
        return _conflict(request, branch, row, stale, form)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return promise_page(request, branch, row, settle=form, status=UNPROCESSABLE)
    left = queries.disputes(evaluation=row.evaluation).count()
    messages.success(
        request,
        ngettext(
            "Settled, with your reason beside it. %(count)s disagreement is left.",
            "Settled, with your reason beside it. %(count)s disagreements are left.",
            left,
        )
        % {"count": left}
        if left
        else _("Settled, with your reason beside it. Nobody differs any more."),
    )
    return _back(branch, row)


@require_POST
@branch_page("evaluation.manage")
def comment(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Say something about a promise to the others."""
    row = get_promise(request, branch, pk)
    form = CommentForm(request.POST, auto_id="comment_%s")
    if not form.is_valid():
        return promise_page(request, branch, row, comment=form, status=UNPROCESSABLE)
    data = form.cleaned_data
    try:
        say(
            promise=row,
            text=data["text"],
            submission=data["submission"],
            by=request.user,
            today=request.viewer.today,
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return promise_page(request, branch, row, comment=form, status=UNPROCESSABLE)
    messages.success(request, _("Your comment stands below."))
    return _back(branch, row, "#comments")


@require_POST
@branch_page("evaluation.manage")
def promise_describe(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Change the explanation, the portfolio, or the weight."""
    row = get_promise(request, branch, pk)
    form = DescribeForm(request.POST, weighted=row.evaluation.weighted, auto_id="describe_%s")
    if not form.is_valid():
        return promise_page(request, branch, row, describe=form, status=UNPROCESSABLE)
    data = form.cleaned_data
    try:
        describe(
            promise=row,
            explanation=data["explanation"],
            portfolio=data["portfolio"],
            weight=data.get("weight"),
            revision=data["revision"],
            by=request.user,
            today=request.viewer.today,
        )
    except Stale as stale:
        return _conflict(request, branch, row, stale, form)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return promise_page(request, branch, row, describe=form, status=UNPROCESSABLE)
    messages.success(request, _("Saved."))
    return _back(branch, row)


@require_safe
@branch_page("evaluation.manage")
def disputes(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show where people differ, and what was settled."""
    evaluation = get_evaluation(request, branch, pk)
    return page(
        request,
        branch,
        "evaluation/disputes.html",
        {
            "evaluation": evaluation,
            "disputes": Paginator(queries.disputes(evaluation=evaluation), PER_PAGE).get_page(
                request.GET.get("page")
            ),
            "settled": list(queries.settled(evaluation=evaluation)[:PER_PAGE]),
        },
    )


def promise_page(
    request: ViewerRequest,
    branch: Branch,
    row: Promise,
    *,
    status: int = 200,
    settle: Form | None = None,
    evidence: Form | None = None,
    comment: Form | None = None,
    describe: Form | None = None,
) -> HttpResponse:
    """Answer with the page of a promise; forms that were sent come back as they were filled in."""
    manage = may(request.viewer, "evaluation.manage", branch)
    shown = queries.promise_page(row)
    context: dict[str, Any] = {
        "evaluation": row.evaluation,
        "promise": row,
        "measure": row.measure,
        "page": shown,
        "told": told_in_the_ten(row),
        "manage": manage,
        "judge": may(request.viewer, "evaluation.assess", branch),
        "mine": any(one.assessor_id == request.user.pk for one in shown.assessments),
        "took_part": any(one.assessor_id == request.user.pk for one in shown.assessments),
        "reason_missing": row.verdict in REASON_ASKED and not row.reason,
        "history": [(entry, _sentence(entry)) for entry in queries.history_of(row)]
        if manage or may(request.viewer, "branches.view_history", branch)
        else [],
    }
    if manage:
        context |= {
            "settle": settle
            or SettleForm(
                initial={
                    "revision": row.revision,
                    "verdict": row.verdict if row.settled_on else None,
                    "reason": row.reason,
                    "timing": row.timing,
                    "because": row.settled_because,
                },
                auto_id="settle_%s",
            ),
            "evidence_form": evidence or EvidenceForm(auto_id="evidence_%s"),
            "comment": comment or CommentForm(auto_id="comment_%s"),
            "describe": describe
            or DescribeForm(
                initial={
                    "explanation": row.explanation,
                    "portfolio": row.portfolio,
                    "weight": row.weight,
                    "revision": row.revision,
                },
                weighted=row.evaluation.weighted,
                auto_id="describe_%s",
            ),
        }
    return page(request, branch, "evaluation/promise.html", context, status=status)


def _sentence(entry: AuditEntry) -> str:
    """Return an act without the name of the promise on whose own page it stands."""
    return audit.sentence(entry).removesuffix(f": {entry.params.get('promise', '')}")


def _conflict(
    request: ViewerRequest, branch: Branch, row: Promise, stale: Stale, form: Form
) -> HttpResponse:
    back = reverse("evaluation:promise", args=[branch.slug, row.pk])
    return conflict(request, branch, stale=stale, form=form, section="evaluation", back=back)


def _back(branch: Branch, row: Promise, place: str = "") -> HttpResponse:
    return redirect(f"{reverse('evaluation:promise', args=[branch.slug, row.pk])}{place}")
