"""The desk: the next promise that is mine, and saving what I found."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from core.concurrency import Stale, conflict_page, fill_again
from core.pages import FORM_METHODS, UNPROCESSABLE, whole_number
from core.refusal import Refused
from evaluation.forms.judging import JudgeForm
from evaluation.models import Assessment, Evaluation, Promise
from evaluation.queries import desk as queries
from evaluation.queries.desk import Whose
from evaluation.queries.ten.account import told_in_the_ten
from evaluation.rules.marks import mark
from evaluation.services.judging import save_card
from evaluation.views.loading import get_evaluation, get_promise, page

SHOWN_AT_THE_END = 10
"""Promises that the last page names of each kind that misses something."""


@require_safe
@branch_page("evaluation.assess")
def desk(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show the next promise to judge.

    The address says whose (``?wie=niemand``), of which chapter (``hoofdstuk``) and after which
    number (``na``): skipping leaves nothing behind, and what was skipped comes back at the end.
    """
    evaluation = get_evaluation(request, branch, pk)
    row = queries.next_to_judge(
        evaluation=evaluation,
        user=request.user,
        whose=_whose(request),
        after=whole_number(request, "na") or 0,
        chapter=whole_number(request, "hoofdstuk"),
    )
    if row is None:
        return _done(request, branch, evaluation)
    return _card(request, branch, row, _form(request, row))


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.assess")
def judge(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Judge one promise, and go on to the next; also to change what one found."""
    row = get_promise(request, branch, pk)
    if request.method != "POST":
        return _card(request, branch, row, _form(request, row), alone=True)
    form = JudgeForm(request.POST, request.FILES)
    if not form.is_valid():
        return _card(request, branch, row, form, status=UNPROCESSABLE)
    data = form.cleaned_data
    try:
        save_card(
            promise=row,
            verdict=data["verdict"],
            reason=data["reason"],
            timing=data["timing"],
            note=data["note"],
            seen=data["seen"],
            explanation=data["explanation"],
            explanation_seen=data["explanation_seen"],
            shown=form.shown,
            by=request.user,
            today=request.viewer.today,
        )
    except Stale as stale:
        return _conflict(request, branch, row, form, stale)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _card(request, branch, row, form, status=UNPROCESSABLE)
    if "stay" in request.POST:
        messages.success(request, _("Saved."))
        return redirect("evaluation:promise", branch.slug, row.pk)
    return redirect(_onward(request, branch, row))


def _card(
    request: ViewerRequest,
    branch: Branch,
    row: Promise,
    form: JudgeForm,
    *,
    status: int = 200,
    alone: bool = False,
) -> HttpResponse:
    """Answer with one promise to judge; ``alone`` if somebody came for this one and no other."""
    whose = _whose(request)
    standing = queries.standing(evaluation=row.evaluation, user=request.user)
    return page(
        request,
        branch,
        "evaluation/desk.html",
        {
            "evaluation": row.evaluation,
            "promise": row,
            "measure": row.measure,
            "form": form,
            "footnotes": queries.footnotes_of(row.measure),
            "told": told_in_the_ten(row),
            "others": _others(request, row),
            "evidence": list(row.evidence.order_by("pk")),
            "standing": standing,
            "chapters": queries.chapters_left(
                evaluation=row.evaluation, user=request.user, whose=whose
            ),
            "chapter": whole_number(request, "hoofdstuk"),
            "whose": whose.value,
            "alone": alone,
            "judge_url": f"{reverse('evaluation:judge', args=[branch.slug, row.pk])}"
            f"{_query(request)}",
            "skip_url": _onward(request, branch, row),
        },
        status=status,
    )


def _others(request: ViewerRequest, row: Promise) -> list[Assessment]:
    """Return what colleagues found: folded on the page, so that one judges on one's own first."""
    return list(
        row.assessments.exclude(assessor=request.user).select_related("assessor").order_by("pk")
    )


def _form(request: ViewerRequest, row: Promise) -> JudgeForm:
    """Return the form as this person left it."""
    mine = Assessment.objects.filter(promise=row, assessor=request.user).first()
    first: dict[str, Any] = {
        "explanation": row.explanation,
        "explanation_seen": mark(row.explanation),
        "seen": mine.revision if mine else 0,
    }
    if mine:
        first |= {
            "verdict": mine.verdict,
            "reason": mine.reason,
            "timing": mine.timing,
            "note": mine.note,
        }
    return JudgeForm(initial=first)


def _conflict(
    request: ViewerRequest, branch: Branch, row: Promise, form: JudgeForm, stale: Stale
) -> HttpResponse:
    """Show both texts; the form has mine again, and knows now what is stored."""
    stored = get_promise(request, branch, row.pk)
    mine = Assessment.objects.filter(promise=row, assessor=request.user).first()
    fill_again(form, seen=mine.revision if mine else 0, explanation_seen=mark(stored.explanation))
    return conflict_page(
        request,
        stale,
        back=reverse("evaluation:promise", args=[branch.slug, row.pk]),
        form=form,
        action=request.get_full_path(),
        branch=branch,
        section="evaluation",
    )


def _done(request: ViewerRequest, branch: Branch, evaluation: Evaluation) -> HttpResponse:
    """Say that nothing is left here, and what comes next."""
    standing = queries.standing(evaluation=evaluation, user=request.user)
    bare = queries.without_evidence(evaluation=evaluation, user=request.user)
    unexplained = queries.without_reason(evaluation=evaluation, user=request.user)
    return page(
        request,
        branch,
        "evaluation/desk_done.html",
        {
            "evaluation": evaluation,
            "standing": standing,
            "whose": _whose(request).value,
            "chapter": whole_number(request, "hoofdstuk"),
            "bare": bare[:SHOWN_AT_THE_END],
            "bare_count": bare.count(),
            "unexplained": unexplained[:SHOWN_AT_THE_END],
            "unexplained_count": unexplained.count(),
            "may_manage": may(request.viewer, "evaluation.manage", branch),
        },
    )


def _onward(request: HttpRequest, branch: Branch, row: Promise) -> str:
    """Return the address of the promise after this one, with the same filter."""
    desk_url = reverse("evaluation:desk", args=[branch.slug, row.evaluation_id])
    # Straight to the promise: on a phone the head of the page would be scrolled past each time.
    return f"{desk_url}{_query(request, na=row.measure.number)}#promise"


def _query(request: HttpRequest, **more: int) -> str:
    """Return the filter of this address for the next one, known names only."""
    kept: dict[str, object] = {}
    if (whose := _whose(request)) is not Whose.MINE:
        kept["wie"] = whose.value
    if (chapter := whole_number(request, "hoofdstuk")) is not None:
        kept["hoofdstuk"] = chapter
    query = urlencode(kept | more)
    return f"?{query}" if query else ""


def _whose(request: HttpRequest) -> Whose:
    return Whose.NOBODYS if request.GET.get("wie") == Whose.NOBODYS else Whose.MINE
