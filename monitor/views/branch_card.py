"""One branch as the office sees it before it dials."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches.facts.provinces import Province
from branches.gate import ViewerRequest
from branches.models import Branch
from monitor.fabric import Loom, stretch_now
from monitor.forms.calls import CallForm
from monitor.forms.contacts import AssignForm
from monitor.gate import national_page
from monitor.queries.branch_card import card as load
from monitor.queries.help import colleagues
from process.thread import row_symbols

_PROVINCES = {row.value: row.dutch_name for row in Province}


@require_safe
@national_page("monitor.help_branches")
def branch_card(request: ViewerRequest, slug: str) -> HttpResponse:
    """Show how it stands and why, whom to call, and what was said and sent before."""
    today = request.viewer.today
    branch = get_object_or_404(Branch.objects.for_viewer(request.viewer), slug=slug)
    form = CallForm(today=today)
    return render(request, "monitor/helping/branch_card.html", page(request, branch, form))


def page(request: ViewerRequest, branch: Branch, form: CallForm) -> dict[str, Any]:
    """Return what the card shows, with the form for a call in it."""
    today = request.viewer.today
    card = load(branch=branch, today=today)
    timeline = card.standing.timeline
    thread: dict[str, Any] = {}
    if timeline is not None:
        stretch = stretch_now(polling_day=timeline.polling_day, today=today)
        loom = Loom(polling_day=timeline.polling_day, today=today, stretch=stretch)
        thread = {
            "symbols": row_symbols(),
            "loom": loom,
            "thread": loom.thread(packed=timeline.packed, polling_day=timeline.polling_day),
        }
    contact = card.contact
    assign = AssignForm(
        people=list(colleagues(today=today)),
        initial={"person": str(contact.person_id) if contact is not None else ""},
    )
    return {
        "section": "help",
        "tab": "calls",
        "branch": branch,
        "province": _PROVINCES.get(branch.province, branch.province),
        "card": card,
        "why": card.standing.why(today=today)
        if timeline is not None
        else _("This branch has no timeline yet, so nothing can be late."),
        "form": form,
        "assign": assign,
        **thread,
    }
