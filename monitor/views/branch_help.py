"""A branch asks the office for help or advice, and reads what was answered (R52, R60)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from core.pages import FORM_METHODS, UNPROCESSABLE
from monitor import permissions  # noqa: F401 - declares them before anything is asked
from monitor.enums_helping import HelpState
from monitor.forms.help import AskForm, MessageForm
from monitor.models import HelpRequest
from monitor.queries import help as queries
from monitor.services import help as services

LATEST = 30


@require_safe
@branch_page("monitor.view_together")
def help_page(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show whom to ask; and what the branch asked, to those who may ask."""
    today = request.viewer.today
    reads = may(request.viewer, "monitor.view_help", branch)
    rows = list(queries.of_branch(branch)[:LATEST]) if reads else []
    context = {
        "contact": queries.contact_of(branch, today=today),
        "reads": reads,
        "asks": may(request.viewer, "monitor.ask_help", branch),
        "open": [row for row in rows if row.state != HelpState.CLOSED],
        "closed": [row for row in rows if row.state == HelpState.CLOSED],
    }
    return _page(request, branch, "together/help.html", context)


@require_http_methods(FORM_METHODS)
@branch_page("monitor.ask_help")
def help_ask(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Ask a question; ``?mijlpaal=`` names the milestone that somebody comes from."""
    today = request.viewer.today
    milestones = queries.milestones_to_ask_about(branch, today=today)
    asked = request.GET.get("mijlpaal", "")
    initial = {"milestone": asked} if asked in dict(milestones) else {}
    form = AskForm(
        request.POST if request.method == "POST" else None, milestones=milestones, initial=initial
    )
    if form.is_valid():
        data = form.cleaned_data
        row = services.ask(
            branch=branch,
            subject=data["subject"],
            text=data["text"],
            milestone_key=data.get("milestone", ""),
            submission=data["submission"],
            by=request.user,
            today=today,
            now=timezone.now(),
        )
        messages.success(
            request, _("Your question is with the national office. The answer comes by mail.")
        )
        return redirect("together:help_request", branch.slug, row.pk)
    context = {"form": form, "contact": queries.contact_of(branch, today=today)}
    status = UNPROCESSABLE if form.is_bound else 200
    return _page(request, branch, "together/help_ask.html", context, deep=True, status=status)


@require_safe
@branch_page("monitor.view_help")
def help_request(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show the talk about one question."""
    return _talk(request, branch, _get(request, branch, pk), MessageForm())


@require_POST
@branch_page("monitor.ask_help")
def help_write(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Write once more; a closed question is open again."""
    row = _get(request, branch, pk)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _talk(request, branch, row, form, status=UNPROCESSABLE)
    services.write(
        request=row,
        text=form.cleaned_data["text"],
        submission=form.cleaned_data["submission"],
        by=request.user,
        today=request.viewer.today,
        now=timezone.now(),
    )
    messages.success(request, _("Sent. The answer comes by mail."))
    return redirect("together:help_request", branch.slug, row.pk)


@require_POST
@branch_page("monitor.ask_help")
def help_close(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Say that it is over."""
    row = _get(request, branch, pk)
    if services.close(request=row, by=request.user, today=request.viewer.today):
        messages.success(request, _("Closed. If it is not over yet, write once more."))
    return redirect("together:help", branch.slug)


def _get(request: ViewerRequest, branch: Branch, pk: int) -> HelpRequest:
    rows = HelpRequest.objects.for_viewer(request.viewer).filter(branch=branch)
    return get_object_or_404(rows.select_related("branch", "expert", "asked_by"), pk=pk)


def _talk(
    request: ViewerRequest, branch: Branch, row: HelpRequest, form: MessageForm, status: int = 200
) -> HttpResponse:
    context = {
        "row": row,
        "talk": queries.messages_of(row),
        "handler": queries.handler_of(row, today=request.viewer.today),
        "milestone": queries.milestone_of(row),
        "asks": may(request.viewer, "monitor.ask_help", branch),
        "form": form,
    }
    return _page(request, branch, "together/help_request.html", context, deep=True, status=status)


def _page(
    request: ViewerRequest,
    branch: Branch,
    template: str,
    context: dict[str, Any],
    *,
    deep: bool = False,
    status: int = 200,
) -> HttpResponse:
    trail = [(_("Ask the office"), reverse("together:help", args=[branch.slug]))] if deep else []
    shared = {"branch": branch, "section": "together", "tab": "help", "trail": trail}
    return render(request, template, shared | context, status=status)
