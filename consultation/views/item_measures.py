"""Which measure of the programme took a contribution up: looking for it, linking, unlinking."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from consultation.enums import Status
from consultation.forms.item import MeasureForm
from consultation.queries import measures
from consultation.services import linking
from consultation.views.item import list_trail
from consultation.views.item_acts import not_done
from consultation.views.item_pages import LONGEST_SEARCH
from consultation.views.loading import get_contribution, page
from consultation.views.way import way_of
from core.characters import shown
from core.pages import FORM_METHODS, whole_number
from core.refusal import Refused
from programmes.models import Measure


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def link_measure(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Look for the measure that took it up, and say so."""
    row = get_contribution(request, branch, pk)
    way = way_of(request, branch)
    if request.method == "POST":
        measure = _measure(request, branch)
        try:
            linking.link(
                contribution=row, measure=measure, by=request.user, today=request.viewer.today
            )
        except Refused as refused:
            return not_done(request, branch, row, refused)
        messages.success(
            request,
            _("Measure %(number)s took this up. Say below whether it was adopted wholly or partly.")
            % {"number": measure.number}
            if row.status in (Status.NEW, Status.CONSIDERED)
            else _("Measure %(number)s took this up.") % {"number": measure.number},
        )
        return way.go("contribution", pk, place="#measures")
    programmes = list(measures.programmes_of(viewer=request.viewer, branch=branch))
    asked = whole_number(request, "programma")
    chosen = next((one for one in programmes if one.pk == asked), None)
    if asked is not None and chosen is None:
        raise Http404
    chosen = chosen or next(iter(programmes), None)
    words = shown(request.GET.get("vind", ""), many_lines=False)[:LONGEST_SEARCH].strip()
    context = {
        "row": row,
        "way": way,
        "programmes": programmes,
        "chosen": chosen,
        "words": words,
        "found": measures.found(chosen, words) if chosen and words else [],
        "suggested": measures.suggested(row, chosen) if chosen and not words else [],
        "linked": {one.measure.identity for one in measures.taken_up_by(row)},
    }
    return page(
        request,
        branch,
        "consultation/link_measure.html",
        context,
        tab="list",
        more=list_trail(way, row),
    )


@require_POST
@branch_page("consultation.work")
def unlink_measure(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take back that a measure took it up."""
    row = get_contribution(request, branch, pk)
    measure = _measure(request, branch)
    try:
        linking.unlink(
            contribution=row, measure=measure, by=request.user, today=request.viewer.today
        )
    except Refused as refused:
        return not_done(request, branch, row, refused)
    messages.success(request, _("The link with that measure is gone."))
    return way_of(request, branch).go("contribution", pk, place="#measures")


def _measure(request: ViewerRequest, branch: Branch) -> Measure:
    form = MeasureForm(request.POST)
    if not form.is_valid():
        raise Http404
    return get_object_or_404(
        measures.linkable(viewer=request.viewer, branch=branch), pk=form.cleaned_data["measure"]
    )
