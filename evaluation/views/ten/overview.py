"""The first page of the top ten, and where choosing begins."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from core.pages import FORM_METHODS, UNPROCESSABLE, whole_number
from core.refusal import Refused
from evaluation.forms.ten.choosing import TenStartForm
from evaluation.queries.ten.current import programmes_for_ten, timeline_for_ten, top_tens
from evaluation.queries.ten.overview import overview, way_of
from evaluation.services.ten.agreeing import replaced_by
from evaluation.services.ten.starting import start
from evaluation.views.loading import sent
from evaluation.views.ten.loading import page


@require_safe
@branch_page("evaluation.view_ten")
def ten(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show the ten and what came of them; before that, what comes first."""
    today = request.viewer.today
    found = overview(viewer=request.viewer, branch=branch, asked=whole_number(request, "tien"))
    timeline = timeline_for_ten(branch=branch, today=today)
    return page(
        request,
        branch,
        "evaluation/ten/choosing/overview.html",
        {
            "found": found,
            "way": way_of(found.choosing, today=today) if found.choosing else None,
            "replaced": replaced_by(found.shown) if found.shown else None,
            "next_timeline": timeline,
            "may_start": timeline is not None and may(request.viewer, "evaluation.choose", branch),
            "may_choose": may(request.viewer, "evaluation.choose", branch),
            "may_agree": may(request.viewer, "evaluation.agree", branch),
        },
        top_ten=found.shown or found.choosing,
        tab="overview",
    )


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.choose")
def ten_start(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Choose the programme from which the ten come, and begin."""
    today = request.viewer.today
    timeline = timeline_for_ten(branch=branch, today=today)
    rows = programmes_for_ten(viewer=request.viewer, branch=branch)
    first = rows.first()
    form = TenStartForm(sent(request), programmes=rows, initial={"programme": first and first.pk})
    refused = ""
    if request.method == "POST" and form.is_valid():
        if timeline is None:
            # Pressed twice: the first press began it.
            return _to_what_is_there(request, branch)
        try:
            top_ten = start(
                timeline=timeline,
                programme=form.cleaned_data["programme"],
                by=request.user,
                today=today,
            )
        except Refused as error:
            refused = error.sentence
        else:
            messages.success(request, _("You can begin to choose."))
            return redirect("evaluation:ten_choosing", branch.slug, top_ten.pk)
    return page(
        request,
        branch,
        "evaluation/ten/choosing/start.html",
        {
            "form": form,
            "programmes": rows,
            "next_timeline": timeline,
            "refused": refused,
            "may_import": may(request.viewer, "programmes.import_programme", branch),
        },
        top_ten=None,
        tab="start",
        status=UNPROCESSABLE if request.method == "POST" else 200,
    )


def _to_what_is_there(request: ViewerRequest, branch: Branch) -> HttpResponse:
    there = top_tens(viewer=request.viewer, branch=branch).filter(agreed_on=None).first()
    if there is None:
        return redirect("evaluation:ten", branch.slug)
    return redirect("evaluation:ten_choosing", branch.slug, there.pk)
