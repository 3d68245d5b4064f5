"""Branches: all of them, new ones, those that merge and those that end. First a look, then the act.

A look is the act itself, rolled back (``branches.services.merging.preview``), so it is a POST.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest
from branches.models import Branch
from branches.services import merging
from branches.services.merging import Done
from core.pages import CONFLICT, FORM_METHODS, UNPROCESSABLE, whole_number
from core.refusal import Refused
from monitor.forms.branches import BranchesForm, BranchForm, CloseForm, MergeForm, first_words
from monitor.gate import national_page
from monitor.queries import branches as queries

ON_A_PAGE = 25
CHOSEN = "afdeling"
SURE = "zeker"
MOST_CHOSEN = 60
MOST_DIGITS = 9


@require_safe
@national_page("monitor.view")
def branches(request: ViewerRequest) -> HttpResponse:
    """List all branches, also those that merged or ended, and the mergers that are at hand."""
    form = BranchesForm(request.GET)
    today = request.viewer.today
    rows = queries.branches(**form.sought(), today=today)
    page = Paginator(rows, ON_A_PAGE).get_page(whole_number(request, "page") or 1)
    may_change = request.viewer.has_perm("monitor.change_branches")
    asked = {key: value for key, value in form.cleaned_data.items() if value}
    context = {
        "section": "branches",
        "form": form,
        "page": page,
        "at_hand": queries.at_hand(today=today),
        "query": f"{urlencode(asked)}&" if asked else "",
        "searched": bool(asked),
        "may_change": may_change,
        "may_tick": may_change and any(row.closed_on is None for row in page),
    }
    return render(request, "monitor/branches.html", context)


@require_http_methods(FORM_METHODS)
@national_page("monitor.change_branches")
def branch_new(request: ViewerRequest) -> HttpResponse:
    """Make a branch that has nobody yet."""
    form = BranchForm(request.POST if request.method == "POST" else None)
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = merging.open_branch(
                by=request.user,
                name=data["name"],
                municipalities=data["municipalities"],
                today=request.viewer.today,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(
                request,
                _(
                    "%(branch)s is there. Invite its board here; its timeline starts with the "
                    "election (“Elections”)."
                )
                % {"branch": made.name},
            )
            return redirect("branches:people", made.slug)
    context = {"section": "branches", "form": form}
    return render(request, "monitor/branch_new.html", context, status=status)


@require_http_methods(FORM_METHODS)
@national_page("monitor.change_branches")
def branch_merge(request: ViewerRequest) -> HttpResponse:
    """Ask which branches merge, show what would happen, and do it."""
    today = request.viewer.today
    if request.method == "POST":
        form = MergeForm(request.POST)
    else:
        form = MergeForm(initial=first_words(_chosen(request), today=today))
    act = _merging(request, form) if form.is_valid() else None
    return _ask(request, "monitor/branch_merge.html", form, act, {"mergers": True})


@require_http_methods(FORM_METHODS)
@national_page("monitor.change_branches")
def branch_close(request: ViewerRequest, slug: str) -> HttpResponse:
    """Ask why a branch ends, show what would happen, and do it."""
    branch = get_object_or_404(Branch.objects.all(), slug=slug)
    today = request.viewer.today
    form = (
        CloseForm(request.POST) if request.method == "POST" else CloseForm(initial={"day": today})
    )
    act = None
    if form.is_valid():
        data = form.cleaned_data
        act = partial(
            merging.close,
            by=request.user,
            branch=branch,
            because=data["because"],
            day=data["day"],
            today=today,
        )
    return _ask(request, "monitor/branch_close.html", form, act, {"which": branch})


def _merging(request: ViewerRequest, form: MergeForm) -> Callable[[], Done]:
    data = form.cleaned_data
    into = form.into
    together = [*data["branches"], *([into] if into else [])]
    today = request.viewer.today
    return partial(
        merging.merge,
        by=request.user,
        branches=data["branches"],
        into=into,
        name=data["name"] if into is None else "",
        municipalities=data["municipalities"] or queries.covered(together, today=today),
        because=data["because"],
        day=data["day"],
        today=today,
    )


def _ask(
    request: ViewerRequest,
    template: str,
    form: forms.Form,
    act: Callable[[], Done] | None,
    context: dict[str, Any],
) -> HttpResponse:
    """Answer with the question, with what would happen, or by doing it."""
    status = UNPROCESSABLE if form.is_bound else 200
    context |= {"section": "branches", "form": form}
    if act is not None:
        try:
            done = act() if SURE in request.POST else merging.preview(act)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            if SURE in request.POST:
                messages.success(request, _said(done))
                return redirect("monitor:branches")
            status = 200
            context["done"] = done
            context["given"] = [
                (name, value) for name in form.fields if (value := request.POST.get(name, ""))
            ]
    return render(request, template, context, status=status)


def _said(done: Done) -> str:
    if done.branch.closed_on is not None:
        return _("%(branch)s ended. The office can still read it.") % {"branch": done.branch.name}
    return _("Done. Everybody works in %(branch)s from now on.") % {"branch": done.branch.name}


def _chosen(request: HttpRequest) -> list[Branch]:
    """Return the branches that the list was left with; what is no branch of today is left out."""
    given = request.GET.getlist(CHOSEN)[:MOST_CHOSEN]
    pks = [
        int(text)
        for text in given
        if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    ]
    return list(Branch.objects.active().filter(pk__in=pks).order_by("name"))
