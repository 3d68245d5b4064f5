"""The public page: what anybody reads, and the board's switch for it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from branches.went_on import went_on
from core import clock
from core.concurrency import Stale
from core.pages import FORM_METHODS, UNPROCESSABLE
from evaluation.forms.result import PublicForm
from evaluation.models import Evaluation
from evaluation.printing.page import report_context
from evaluation.queries.results import public_evidence, public_report_of
from evaluation.services import publishing as services
from evaluation.views.evidence import file_response
from evaluation.views.loading import get_evaluation, page
from evaluation.views.switching_off import switch_off
from process.views.conflicts import conflict

KEPT = 300
"""Seconds that caches on the way may keep a public page: a switch takes so long to be seen."""


@login_not_required
@require_safe
def public(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show anybody what came of the promises, once the board has switched this page on."""
    del request
    row = get_object_or_404(
        Evaluation.objects.public().select_related("branch__heir", "programme"),
        branch__slug=slug,
        pk=pk,
    )
    # Without the request: nothing of the person who looks may end up in a shared cache.
    answer = HttpResponse(render_to_string("evaluation/result/public.html", _public(row)))
    answer["Cache-Control"] = f"public, max-age={KEPT}"
    return answer


@login_not_required
@require_safe
def public_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give anybody a file that the branch shows as evidence on its public page."""
    del request
    row = get_object_or_404(
        public_evidence().exclude(file=""), promise__evaluation__branch__slug=slug, pk=pk
    )
    return file_response(row)


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.publish")
def publish(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Switch the public page on, and write what stands above it."""
    row = get_evaluation(request, branch, pk)
    was_public = row.public_since is not None
    first = {"public_text": row.public_text, "revision": row.revision}
    form = PublicForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        try:
            services.publish(
                evaluation=row,
                text=form.cleaned_data["public_text"],
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
                section="evaluation",
                back=reverse("evaluation:publish", args=[branch.slug, row.pk]),
            )
        messages.success(
            request,
            _("The introduction is changed.")
            if was_public
            else _("The page is public. Share its address with whoever you like."),
        )
        return redirect("evaluation:publish", branch.slug, row.pk)
    address = reverse("evaluation:public", args=[branch.slug, row.pk])
    return page(
        request,
        branch,
        "evaluation/result/publish.html",
        {
            "evaluation": row,
            "form": form,
            "address": f"{settings.SITE_URL.rstrip('/')}{address}",
            "public_url": address,
        },
        status=UNPROCESSABLE if form.is_bound else 200,
    )


@require_POST
@branch_page("evaluation.publish", also_closed=True)
def unpublish(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Switch the public page off."""
    row = get_evaluation(request, branch, pk)
    switch_off(request, withdraw=partial(services.withdraw, evaluation=row))
    return redirect("evaluation:publish", branch.slug, row.pk)


@require_safe
@branch_page("evaluation.publish")
def public_preview(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show the board what anybody would see, before it is public."""
    row = get_evaluation(request, branch, pk)
    return render(
        request,
        "evaluation/result/public.html",
        _public(row) | {"preview": reverse("evaluation:publish", args=[branch.slug, row.pk])},
    )


def _public(row: Evaluation) -> dict[str, Any]:
    found = public_report_of(row)
    return report_context(row, found) | {
        "of": row.branch,
        "went_on": went_on(row.branch),
        "public": True,
        "today": clock.today(),
        "help_contact": settings.HELP_CONTACT,
    }
