"""Choosing: candidates from the programme, and the order of the ten (R58)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from core.characters import shown
from core.concurrency import Stale, conflict_page
from core.refusal import Refused
from evaluation.concreteness_words import advice_for
from evaluation.forms.ten.choosing import MeasureForm, RankForm
from evaluation.models import TopTen
from evaluation.queries.ten import choosing as queries
from evaluation.queries.ten.overview import way_of
from evaluation.queries.ten.source import changed_sources
from evaluation.rules.pledge import TEN
from evaluation.services.ten import choosing as services
from evaluation.services.ten.choosing import Move
from evaluation.views.ten.loading import get_pledge, get_top_ten, page


def choosing_url(branch: Branch, top_ten: TopTen, place: str = "") -> str:
    """Return the address of the page on which a branch chooses, at a place on it."""
    return reverse("evaluation:ten_choosing", args=[branch.slug, top_ten.pk]) + place


@require_safe
@branch_page("evaluation.view_ten")
def ten_choosing(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show the ten so far, the other candidates, and the programme that they come from."""
    top_ten = get_top_ten(request, branch, pk)
    if top_ten.is_agreed:
        return redirect(f"{reverse('evaluation:ten', args=[branch.slug])}?tien={top_ten.pk}")
    search = shown(request.GET.get("zoek", ""))[: queries.MOST_SEARCHED].strip()
    rows = list(queries.candidates(top_ten))
    changed = changed_sources(top_ten)
    lines = [
        {"pledge": row, "advice": advice_for(row), "changed": row.pk in changed} for row in rows
    ]
    ranked = [line for line in lines if line["pledge"].rank is not None]  # type: ignore[attr-defined]
    may_choose = may(request.viewer, "evaluation.choose", branch)
    return page(
        request,
        branch,
        "evaluation/ten/choosing/choosing.html",
        {
            "way": way_of(top_ten, today=request.viewer.today),
            "ranked": ranked,
            "others": lines[len(ranked) :],
            "is_full": len(ranked) >= TEN,
            "chapters": queries.chapters(top_ten, search=search) if may_choose else [],
            "search": search,
            "may_choose": may_choose,
            "may_agree": may(request.viewer, "evaluation.agree", branch),
        },
        top_ten=top_ten,
        tab="choosing",
    )


@require_POST
@branch_page("evaluation.choose")
def candidate_add(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Make a measure of the programme a candidate."""
    top_ten = get_top_ten(request, branch, pk)
    form = MeasureForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a proposal from your programme."))
        return redirect(choosing_url(branch, top_ten))
    measure = get_object_or_404(top_ten.programme.measures, pk=form.cleaned_data["measure"])
    try:
        added = services.add(
            top_ten=top_ten, measure=measure, by=request.user, today=request.viewer.today
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(choosing_url(branch, top_ten))
    messages.success(request, _("“%(title)s” is a candidate.") % {"title": added.title})
    return redirect(choosing_url(branch, top_ten, f"#v{added.pk}"))


@require_POST
@branch_page("evaluation.choose")
def candidate_remove(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take a candidate from the list."""
    pledge = get_pledge(request, branch, pk)
    try:
        services.remove(pledge=pledge, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("“%(title)s” is off the list.") % {"title": pledge.title})
    return redirect(choosing_url(branch, pledge.top_ten))


@require_POST
@branch_page("evaluation.choose")
def ten_rank(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Move one candidate in the order of the ten."""
    top_ten = get_top_ten(request, branch, pk)
    form = RankForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose which proposal goes where."))
        return redirect(choosing_url(branch, top_ten))
    pledge = get_object_or_404(top_ten.pledges, pk=form.cleaned_data["pledge"])
    place = f"#v{pledge.pk}"
    try:
        services.move(
            pledge=pledge,
            to=Move(form.cleaned_data["to"]),
            by=request.user,
            today=request.viewer.today,
            revision=form.cleaned_data["revision"],
        )
    except Stale as stale:
        return conflict_page(
            request,
            stale,
            back=choosing_url(branch, top_ten, place),
            branch=branch,
            section="ten",
            message=_(
                "Somebody else changed the order at the same moment. Look at how it stands now, "
                "and move it again if you still want to."
            ),
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(choosing_url(branch, top_ten, place))
