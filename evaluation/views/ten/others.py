"""What other branches agreed, by theme, and taking it over into the own draft."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from core.pages import UNPROCESSABLE, whole_number
from core.refusal import Refused
from evaluation.enums_ten import PledgeTheme
from evaluation.forms.ten.others import CopyForm, OthersForm
from evaluation.queries.ten import others as queries
from evaluation.queries.ten.current import current_top_ten
from evaluation.services.ten.copying import copy
from evaluation.views.ten.loading import page

ON_A_PAGE = 20


@require_safe
@branch_page("evaluation.view_ten")
def others(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show pledges of other branches, by theme or by what is searched."""
    return _page(request, branch)


def _page(request: ViewerRequest, branch: Branch, *, refused: str = "") -> HttpResponse:
    form = OthersForm(request.GET)
    sought = form.sought()
    everything = queries.shown_by_others(branch=branch, sought=queries.Sought())
    counts = queries.by_theme(everything)
    rows = queries.shown_by_others(branch=branch, sought=sought)
    may_copy = may(request.viewer, "programmes.edit_programme", branch)
    drafts = queries.drafts(viewer=request.viewer, branch=branch)
    address = request.GET.copy()
    address.pop("page", None)
    return page(
        request,
        branch,
        "evaluation/ten/others.html",
        {
            "form": form,
            "sought": sought,
            "themes": [
                {"value": value, "label": label, "count": counts[value]}
                for value, label in PledgeTheme.choices
                if counts.get(value)
            ],
            "page": Paginator(rows, ON_A_PAGE).get_page(whole_number(request, "page") or 1),
            "query": f"{address.urlencode()}&" if address else "",
            "drafts": list(drafts) if may_copy else [],
            "may_copy": may_copy,
            "refused": refused,
        },
        top_ten=current_top_ten(viewer=request.viewer, branch=branch),
        tab="others",
        status=UNPROCESSABLE if refused else 200,
    )


@require_POST
@branch_page("programmes.edit_programme")
def others_copy(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take a pledge over into a draft of one's own."""
    shown = queries.shown_by_others(branch=branch, sought=queries.Sought())
    pledge = get_object_or_404(shown.select_related("measure", "top_ten__branch"), pk=pk)
    drafts = queries.drafts(viewer=request.viewer, branch=branch)
    form = CopyForm(request.POST, drafts=drafts)
    if not form.is_valid():
        sentence = _("Nothing was taken over: that draft can no longer change. Choose another.")
        return _page(request, branch, refused=sentence)
    draft = form.cleaned_data["concept"]
    try:
        copy(pledge=pledge, into=draft, by=request.user, today=request.viewer.today)
    except Refused as error:
        return _page(request, branch, refused=error.sentence)
    messages.success(
        request,
        _("“%(pledge)s” of %(branch)s stands in “%(draft)s” now. Make it fit your own place.")
        % {"pledge": pledge.title, "branch": pledge.top_ten.branch.name, "draft": draft.title},
    )
    return redirect("evaluation:ten_others", branch.slug)
