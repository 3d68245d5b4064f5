"""The evaluation as a spreadsheet: out, in again, looked at, taken over, undone."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from core.concurrency import Stale
from core.kinds import CONTENT_TYPES, Kind
from core.pages import CONFLICT, FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused
from evaluation.enums import SheetState
from evaluation.forms.sheets import SheetActionForm, SheetForm
from evaluation.models import SheetImport
from evaluation.queries import sheets as queries
from evaluation.rules.sheet_diff import Rights
from evaluation.services import sheets as services
from evaluation.sheets import preview
from evaluation.sheets.file import KINDS, written
from evaluation.views.loading import get_evaluation, page

PROMISES_ON_A_PAGE = 50
EARLIER = 5
MOST_CHOICES = 200
"""Conflicts that are chosen one by one; of more, all are chosen at once."""


@require_safe
@branch_page("evaluation.manage")
def sheet_out(request: ViewerRequest, branch: Branch, pk: int, ending: str) -> HttpResponse:
    """Send the spreadsheet, with the personal columns of whoever asks for it."""
    if ending not in KINDS:
        raise Http404(ending)
    kind = Kind(ending)
    evaluation = get_evaluation(request, branch, pk)
    content = written(
        lines=queries.lines(evaluation=evaluation, person=request.user),
        evaluation=evaluation,
        person=request.user,
        judge=may(request.viewer, "evaluation.assess", branch),
        kind=kind,
    )
    name = slugify(f"{_('promises')} {branch.slug} {request.viewer.today:%Y-%m-%d}")
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{kind}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.manage")
def sheet_in(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Offer the spreadsheet, and take it back in: first as a preview."""
    evaluation = get_evaluation(request, branch, pk)
    sent = request.method == "POST"
    form = SheetForm(request.POST, request.FILES) if sent else SheetForm()
    status = UNPROCESSABLE if sent else 200
    remarks = None
    if sent and form.is_valid():
        try:
            received = services.receive(
                evaluation=evaluation,
                document=form.cleaned_data["document"],
                rights=_rights(request, branch),
                by=request.user,
                today=request.viewer.today,
            )
        except Refused as refused:
            form.add_error("document", refused.sentence)
        else:
            if received.sheet is not None:
                return redirect("evaluation:sheet", branch.slug, received.sheet.pk)
            status, remarks = 200, received.remarks
    earlier = (
        SheetImport.objects.for_viewer(request.viewer)
        .filter(evaluation=evaluation)
        .exclude(state=SheetState.DISCARDED)
        .select_related("uploaded_by")
        .defer("changes", "before", "remarks")[:EARLIER]
    )
    context = {
        "evaluation": evaluation,
        "form": form,
        "unchanged": remarks is not None,
        "judge": may(request.viewer, "evaluation.assess", branch),
        "earlier": earlier,
        **_remark_context(remarks or {}),
    }
    return page(request, branch, "evaluation/sheet_in.html", context, status=status)


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.manage")
def sheet(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show what a spreadsheet changes; take it over, undo it, or throw it away."""
    row = get_object_or_404(
        SheetImport.objects.for_viewer(request.viewer)
        .filter(evaluation__branch=branch)
        .select_related("evaluation__branch", "evaluation__timeline", "uploaded_by"),
        pk=pk,
    )
    status = 200
    if request.method == "POST":
        try:
            return _act(request, branch, row)
        except Refused as refused:
            messages.error(request, refused.sentence)
            status = CONFLICT
        except Stale:
            messages.error(
                request, _("This sheet was changed in another window. This is how it is now.")
            )
            status = CONFLICT
        row.refresh_from_db()
    return _shown(request, branch, row, status=status)


def _act(request: ViewerRequest, branch: Branch, row: SheetImport) -> HttpResponse:
    form = SheetActionForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Choose one of the buttons."))
    revision, today = form.cleaned_data["revision"], request.viewer.today
    match form.cleaned_data["action"]:
        case "apply":
            services.apply(
                sheet=row,
                taken=_taken(request, row),
                rights=_rights(request, branch),
                revision=revision,
                by=request.user,
                today=today,
            )
            messages.success(request, _("Taken over. You can still undo it as a whole."))
        case "undo":
            stays = services.undo(sheet=row, revision=revision, by=request.user, today=today)
            messages.success(request, _("Everything of this sheet was taken back."))
            if stays:
                messages.warning(request, _stays(stays))
        case _:
            services.discard(sheet=row, revision=revision, by=request.user)
            messages.success(request, _("Thrown away. Nothing was changed."))
            return redirect("evaluation:sheet_in", branch.slug, row.evaluation_id)
    return redirect("evaluation:sheet", branch.slug, row.pk)


def _taken(request: ViewerRequest, row: SheetImport) -> set[str]:
    """Return the conflicts in which the sheet wins."""
    conflicts = [services.key_of(entry) for entry in row.changes if entry["conflict"]]
    if len(conflicts) > MOST_CHOICES:
        return set(conflicts) if request.POST.get("choice-all") == "take" else set()
    return {key for key in conflicts if request.POST.get(f"choice-{key}") == "take"}


def _stays(stays: list[str]) -> str:
    named = ", ".join(stays[: preview.MOST_ROWS_NAMED])
    more = len(stays) - preview.MOST_ROWS_NAMED
    if more > 0:
        named = _("%(named)s and %(more)s more") % {"named": named, "more": more}
    return ngettext(
        "This was changed again since and stays as it is: %(named)s.",
        "These were changed again since and stay as they are: %(named)s.",
        len(stays),
    ) % {"named": named}


def _shown(
    request: ViewerRequest, branch: Branch, row: SheetImport, *, status: int
) -> HttpResponse:
    plain = [entry for entry in row.changes if not entry["conflict"]]
    conflicts = [entry for entry in row.changes if entry["conflict"]]
    promises = sorted({entry["promise"] for entry in plain})
    pages = Paginator(promises, PROMISES_ON_A_PAGE).get_page(request.GET.get("page"))
    here = set(pages)
    context = {
        "sheet": row,
        "evaluation": row.evaluation,
        "counts": preview.counts(row),
        "page": pages,
        "changes": preview.promise_changes(one for one in plain if one["promise"] in here),
        "conflicts": preview.promise_changes(conflicts[:MOST_CHOICES]),
        "many": len(conflicts) > MOST_CHOICES,
        "more_conflicts": max(0, len(conflicts) - MOST_CHOICES),
        "mine": row.uploaded_by_id == request.user.pk,
        "applied_cells": sum(len(one["cells"]) for one in row.before),
        **_remark_context(row.remarks),
    }
    back = reverse("evaluation:sheet_in", args=[branch.slug, row.evaluation_id])
    return page(
        request,
        branch,
        "evaluation/sheet.html",
        context,
        status=status,
        more=[(_("Spreadsheet"), back)],
    )


def _remark_context(remarks: dict[str, object]) -> dict[str, object]:
    return {
        "refused": preview.refused(remarks),
        "ignored": preview.ignored(remarks),
        "missing": preview.missing(remarks),
        "unknown": [*remarks.get("unknown", ())],  # type: ignore[misc]
        "doubled": [*remarks.get("doubled", ())],  # type: ignore[misc]
    }


def _rights(request: ViewerRequest, branch: Branch) -> Rights:
    return Rights(
        person=request.user.pk,
        judge=may(request.viewer, "evaluation.assess", branch),
        manage=may(request.viewer, "evaluation.manage", branch),
    )
