"""The top tens of all branches: how they stand, and what was promised by theme."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches.gate import ViewerRequest
from core.pages import whole_number
from evaluation.enums_ten import PledgeStatus, PledgeTheme
from evaluation.queries.ten import others
from monitor.enums import TenState
from monitor.forms.top_tens import PledgesForm, TopTensForm
from monitor.gate import national_page
from monitor.queries import top_tens as queries

BRANCHES_ON_A_PAGE = 100
PLEDGES_ON_A_PAGE = 50


@require_safe
@national_page("monitor.view")
def top_tens(request: ViewerRequest) -> HttpResponse:
    """Show how the top ten of each branch stands, and the numbers over all of them."""
    today = request.viewer.today
    known = queries.elections()
    current = queries.current_election(known, today=today)
    if current is None:
        return render(request, "monitor/no_election.html", {"section": "tens"})
    form = TopTensForm(request.GET, elections=known)
    election = form.election(known, otherwise=current)
    wanted = form.wanted()
    rows = queries.asked(queries.standing(election=election, today=today), wanted)
    page = Paginator(rows, BRANCHES_ON_A_PAGE).get_page(whole_number(request, "page") or 1)
    found = list(page.object_list)
    marks = queries.statuses_of(found)
    numbers = queries.numbers(election=election, today=today)
    context: dict[str, Any] = {
        "election": election,
        "form": form,
        "wanted": wanted,
        "numbers": numbers,
        "states": [
            {"value": state.value, "label": state.label, "n": numbers.states[state]}
            for state in TenState
            if numbers.states[state]
        ],
        "statuses": [
            {"value": status.value, "n": numbers.pledges[status]}
            for status in PledgeStatus
            if numbers.pledges[status]
        ],
        "rows": [
            {"timeline": row, "state": queries.state_of(row).label, "marks": marks[row.pk]}
            for row in found
        ],
    }
    return _answer(request, "monitor/top_tens.html", context, page=page, chosen=election.slug)


@require_safe
@national_page("monitor.view")
def pledges(request: ViewerRequest) -> HttpResponse:
    """Show what was promised in all branches, by theme or by what is searched."""
    known = queries.elections()
    current = queries.current_election(known, today=request.viewer.today)
    if current is None:
        return render(request, "monitor/no_election.html", {"section": "tens"})
    form = PledgesForm(request.GET, elections=known)
    election = form.election(known, otherwise=current)
    sought = form.sought()
    everything = queries.agreed_pledges(election=election)
    counts = others.by_theme(everything)
    rows = others.found(everything, sought)
    page = Paginator(rows, PLEDGES_ON_A_PAGE).get_page(whole_number(request, "page") or 1)
    context: dict[str, Any] = {
        "election": election,
        "form": form,
        "sought": sought,
        "themes": [
            {"value": value, "label": label, "n": counts[value]}
            for value, label in PledgeTheme.choices
            if counts.get(value)
        ],
    }
    context["trail"] = [(_("Top tens"), reverse("monitor:top_tens"))]
    return _answer(request, "monitor/pledges.html", context, page=page, chosen=election.slug)


def _answer(
    request: ViewerRequest, template: str, context: dict[str, Any], *, page: Any, chosen: str
) -> HttpResponse:
    """Answer with a list in parts; ``of_election`` begins an address that keeps the election."""
    address = request.GET.copy()
    address.pop("page", None)
    of_election = QueryDict(mutable=True)
    of_election["verkiezing"] = chosen
    return render(
        request,
        template,
        {
            "section": "tens",
            "page": page,
            "query": f"{address.urlencode()}&" if address else "",
            "of_election": of_election.urlencode(),
            **context,
        },
    )
