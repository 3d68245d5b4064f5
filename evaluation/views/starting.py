"""Starting to look back: which previous programme?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused
from evaluation.forms.starting import StartForm
from evaluation.queries.promises import evaluations_of
from evaluation.queries.starting import previous, startable
from evaluation.services.ten.account import look_back
from evaluation.views.loading import page, sent


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.manage")
def start(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Choose a previous programme and begin."""
    rows = startable(viewer=request.viewer, branch=branch)
    first = rows.first()
    form = StartForm(
        sent(request),
        # Sent twice, it leads twice to the same evaluation.
        programmes=previous(viewer=request.viewer, branch=branch)
        if request.method == "POST"
        else rows,
        initial={"programme": first and first.pk},
    )
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            evaluation = look_back(
                programme=form.cleaned_data["programme"],
                by=request.user,
                today=request.viewer.today,
            )
        except Refused as error:
            refused = error.sentence
        else:
            total = evaluation.promises.count()
            messages.success(
                request,
                ngettext(
                    "%(count)s promise is ready. Who judges it?",
                    "%(count)s promises are ready. Who judges what?",
                    total,
                )
                % {"count": total},
            )
            return redirect("evaluation:deal", branch.slug, evaluation.pk)
    return page(
        request,
        branch,
        "evaluation/start.html",
        {
            "form": form,
            "programmes": rows,
            "refused": refused,
            "under_way": None
            if first
            else evaluations_of(viewer=request.viewer, branch_id=branch.pk).first(),
            "may_import": may(request.viewer, "programmes.import_programme", branch),
        },
        status=UNPROCESSABLE if request.method == "POST" else 200,
    )
