"""Calls: what was promised for today, who needs one, and writing down what was said."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest
from branches.models import Branch
from core.dates import day_words
from core.pages import CONFLICT, FORM_METHODS, UNPROCESSABLE, whole_number
from core.refusal import Refused
from monitor.forms.calls import CallForm
from monitor.gate import national_page
from monitor.models import Call
from monitor.queries import calls as queries
from monitor.services import calls as services
from monitor.views.branch_card import page as card_page

CALLS_ON_A_PAGE = 30
MINE = "mij"


@require_safe
@national_page("monitor.help_branches")
def calls(request: ViewerRequest) -> HttpResponse:
    """Show follow-ups that are due, then who needs a call and had none, then what was said."""
    today = request.viewer.today
    mine = request.GET.get("van") == MINE
    everything = queries.open_follow_ups()
    own = everything.filter(queries.of_mine(person=request.user, today=today))
    rows = own if mine else everything
    number, first = queries.to_call(person=request.user if mine else None, today=today)
    paginator = Paginator(queries.recent(), CALLS_ON_A_PAGE)
    context = {
        "section": "help",
        "tab": "calls",
        "mine": mine,
        "due": queries.due(rows=rows, today=today),
        "coming": list(queries.coming(rows=rows, today=today)),
        "to_call": [(row, row.standing.why(today=today)) for row in first],
        "more": number - len(first),
        "number": number,
        "page": paginator.get_page(whole_number(request, "page") or 1),
        "query": f"van={MINE}&" if mine else "",
    }
    return render(request, "monitor/helping/calls.html", context)


@require_http_methods(FORM_METHODS)
@national_page("monitor.help_branches")
def call_log(request: ViewerRequest, slug: str) -> HttpResponse:
    """Write down a call with a branch; what is known of it stands beside the form."""
    today = request.viewer.today
    branch = get_object_or_404(Branch.objects.for_viewer(request.viewer), slug=slug)
    form = CallForm(request.POST if request.method == "POST" else None, today=today)
    status = 200
    if form.is_valid():
        try:
            call = services.log(
                branch=branch,
                spoken=form.spoken(),
                by=request.user,
                submission=form.cleaned_data["submission"],
                today=today,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
            status = CONFLICT
        else:
            messages.success(request, _said(call))
            return redirect("monitor:calls")
    elif form.is_bound:
        status = UNPROCESSABLE
    context = card_page(request, branch, form)
    return render(request, "monitor/helping/calls_log.html", context, status=status)


@require_POST
@national_page("monitor.help_branches")
def call_done(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say that somebody came back to a call."""
    call = get_object_or_404(Call.objects.select_related("branch"), pk=pk)
    if services.done(call=call, by=request.user, today=request.viewer.today):
        messages.success(
            request, _("Done: %(branch)s is off the list.") % {"branch": call.branch.name}
        )
    else:
        messages.info(request, _("A colleague did this already. Nothing was changed."))
    return redirect("monitor:calls")


def _said(call: Call) -> str:
    names = {"branch": call.branch.name}
    if call.follow_up_on is None:
        return _("Written down: the call with %(branch)s.") % names
    return _("Written down. On %(day)s %(branch)s stands at the top of the calls.") % {
        **names,
        "day": day_words(call.follow_up_on),
    }
