"""The desk of the council group: what is stuck, what is silent, what comes, where we stand."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.concurrency import Stale
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused
from evaluation.enums_ten import Standing
from evaluation.forms.ten.standing import StandingForm
from evaluation.models import TopTen
from evaluation.queries.ten import desk as queries
from evaluation.queries.ten.rounds import Rounds, rounds_of
from evaluation.rules.attention import SITTING
from evaluation.services.ten import standings
from evaluation.ten_standing_words import expected_words
from evaluation.views.ten.loading import get_top_ten, page
from process.views.conflicts import conflict

TEMPLATE_WAITING = "evaluation/ten/desk_waiting.html"


@require_safe
@branch_page("evaluation.deliver")
def ten_desk(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show what asks for attention first, then what comes, then how all ten stand."""
    top_ten = get_top_ten(request, branch, pk)
    today = request.viewer.today
    if waiting := waits(request, branch, top_ten):
        return waiting
    rounds = rounds_of(top_ten=top_ten, today=today)
    since = told_since(rounds, today=today)
    found = queries.lines(
        top_ten=top_ten, person=request.user, coming=rounds.round, since=since, today=today
    )
    asking = queries.attention(found)
    context = {
        "rounds": rounds,
        "runs": rounds.round is not None and rounds.round.runs(today=today),
        "told": queries.told_of(found, since=since, today=today),
        "total": len(found),
        "asking": asking,
        "others": [line for line in queries.mine_first(found) if line not in asking],
        "steps": queries.next_steps(found, today=today),
    }
    return page(request, branch, "evaluation/ten/desk.html", context, top_ten=top_ten, tab="desk")


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.deliver")
def ten_standing(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Say where the branch stands after the election, and read what helps from there."""
    top_ten = get_top_ten(request, branch, pk)
    if waiting := waits(request, branch, top_ten):
        return waiting
    first = {"standing": top_ten.standing, "revision": top_ten.revision}
    form = StandingForm(request.POST if request.method == "POST" else None, initial=first)
    desk_url = reverse("evaluation:ten_desk", args=[branch.slug, top_ten.pk])
    if form.is_valid():
        try:
            standings.set_standing(
                top_ten=top_ten,
                standing=Standing(form.cleaned_data["standing"]),
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=request.viewer.today,
            )
        except Stale as stale:
            return conflict(
                request, branch, stale=stale, form=form, section="ten", back=request.path
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Saved. This is what helps from there."))
            return redirect(desk_url)
    return page(
        request,
        branch,
        "evaluation/ten/standing.html",
        {"form": form, "all_words": [expected_words(one) for one in Standing.values]},
        top_ten=top_ten,
        tab="desk",
        status=UNPROCESSABLE if form.is_bound else 200,
        more=[(_("At work"), desk_url)],
    )


def waits(request: ViewerRequest, branch: Branch, top_ten: TopTen) -> HttpResponse | None:
    """Return the page that says what comes first, as long as the work has not begun."""
    today = request.viewer.today
    if top_ten.is_agreed and top_ten.timeline.polling_day <= today:
        return None
    status = 200 if request.method in ("GET", "HEAD") else UNPROCESSABLE
    return page(request, branch, TEMPLATE_WAITING, {}, top_ten=top_ten, tab="desk", status=status)


def told_since(rounds: Rounds, *, today: date) -> date:
    """Return from which day on news counts as told: of the round, or lately between two rounds."""
    running = rounds.round is not None and rounds.round.runs(today=today)
    return rounds.round.since if running and rounds.round else today - SITTING
