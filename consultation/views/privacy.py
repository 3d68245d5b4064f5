"""What is known of one person: found, handed over, taken out.

All of it by POST: no name may end up in an address, and with it in a log or a browser's history.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from branches import personal_data
from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from branches.personal_data import Sought
from consultation.forms.privacy import FindForm, TracesForm
from consultation.queries.current import current_consultation
from consultation.queries.kept import kept_of
from consultation.services.erasing_person import erase_person
from consultation.services.handing_over import hand_over
from consultation.views.loading import page
from core.pages import UNPROCESSABLE


@require_safe
@branch_page("consultation.privacy", also_closed=True)
def privacy(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Say what is kept of people and until when, and offer to look for one."""
    return _page(request, branch, FindForm())


@require_POST
@branch_page("consultation.privacy", also_closed=True)
def privacy_find(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show every place in which somebody is found."""
    form = FindForm(request.POST)
    if not form.is_valid():
        return _page(request, branch, form, status=UNPROCESSABLE)
    sought = Sought(text=form.cleaned_data["sought"])
    traces = personal_data.find(branch=branch, sought=sought)
    return _page(
        request,
        branch,
        form,
        looked=True,
        here=[trace for trace in traces if not trace.by_hand],
        by_hand=[trace for trace in traces if trace.by_hand],
    )


@require_POST
@branch_page("consultation.privacy", also_closed=True)
def privacy_export(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Hand over what was ticked, as a file for that person."""
    form = TracesForm(request.POST)
    if not form.is_valid():
        return _nothing_ticked(request, branch, form)
    content = hand_over(branch=branch, keys=form.keys, by=request.user, today=request.viewer.today)
    # The tool that finds texts does not look into the braces of an f-string.
    name = _("data")
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.zip"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


@require_POST
@branch_page("consultation.privacy", also_closed=True)
def privacy_erase(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Ask once more, then take out what was ticked."""
    form = TracesForm(request.POST)
    if not form.is_valid():
        return _nothing_ticked(request, branch, form)
    if request.POST.get("sure") != "yes":
        context = {"keys": form.keys, "count": len(form.keys)}
        return page(request, branch, "consultation/privacy_erase.html", context, tab="privacy")
    count = erase_person(branch=branch, keys=form.keys, by=request.user, today=request.viewer.today)
    messages.success(
        request,
        ngettext(
            "Taken out in %(count)s place. Look once more whether anything is left.",
            "Taken out in %(count)s places. Look once more whether anything is left.",
            count,
        )
        % {"count": count},
    )
    return redirect("consultation:privacy", branch.slug)


def _nothing_ticked(request: ViewerRequest, branch: Branch, form: TracesForm) -> HttpResponse:
    messages.error(request, " ".join(map(str, form.non_field_errors())))
    return _page(request, branch, FindForm(), status=UNPROCESSABLE)


def _page(
    request: ViewerRequest,
    branch: Branch,
    form: FindForm,
    *,
    status: int = 200,
    **context: object,
) -> HttpResponse:
    consultation = current_consultation(
        branch=branch, viewer=request.viewer, today=request.viewer.today
    )
    kept = kept_of(branch=branch)
    return page(
        request,
        branch,
        "consultation/privacy.html",
        {"form": form, "consultation": consultation, "kept": kept, **context},
        tab="privacy",
        status=status,
    )
