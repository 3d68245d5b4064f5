"""The top ten as a spreadsheet: out, in again, looked at, told."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.kinds import CONTENT_TYPES, Kind
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused
from evaluation.forms.ten.sheets import TellSheetForm, TenSheetForm
from evaluation.models import TopTen
from evaluation.queries.ten import desk as queries
from evaluation.services.ten import sheets as services
from evaluation.sheets import ten_preview as preview
from evaluation.sheets.ten_file import KINDS, written
from evaluation.views.ten.desk import waits
from evaluation.views.ten.loading import get_top_ten, page


@require_safe
@branch_page("evaluation.deliver")
def ten_sheet_out(request: ViewerRequest, branch: Branch, pk: int, ending: str) -> HttpResponse:
    """Send the ten as a spreadsheet, with room for an update of each."""
    if ending not in KINDS:
        raise Http404(ending)
    kind = Kind(ending)
    top_ten = get_top_ten(request, branch, pk)
    if waiting := waits(request, branch, top_ten):
        return waiting
    today = request.viewer.today
    lines = queries.lines(
        top_ten=top_ten, person=request.user, coming=None, since=today, today=today
    )
    name = slugify(f"{_('top ten')} {branch.slug} {today:%Y-%m-%d}")
    return HttpResponse(
        written(lines=lines, top_ten=top_ten, kind=kind),
        content_type=CONTENT_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{kind}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.deliver")
def ten_sheet_in(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Offer the spreadsheet and take it back: first as a preview, which the next form tells."""
    top_ten = get_top_ten(request, branch, pk)
    if waiting := waits(request, branch, top_ten):
        return waiting
    if request.method != "POST":
        return _shown(request, branch, top_ten, TenSheetForm())
    if "packed" in request.POST:
        return _told(request, branch, top_ten)
    form = TenSheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, branch, top_ten, form, status=UNPROCESSABLE)
    try:
        received = services.receive(
            top_ten=top_ten,
            document=form.cleaned_data["document"],
            today=request.viewer.today,
        )
    except Refused as refused:
        form.add_error("document", refused.sentence)
        return _shown(request, branch, top_ten, form, status=UNPROCESSABLE)
    return _preview(request, branch, top_ten, received)


def _told(request: ViewerRequest, branch: Branch, top_ten: TopTen) -> HttpResponse:
    tell_form = TellSheetForm(request.POST)
    packed = tell_form.cleaned_data["packed"] if tell_form.is_valid() else ""
    try:
        count = services.apply(
            top_ten=top_ten,
            packed=packed,
            by=request.user,
            today=request.viewer.today,
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
        return _shown(request, branch, top_ten, TenSheetForm(), status=UNPROCESSABLE)
    if count:
        messages.success(
            request,
            ngettext("%(count)s update was told.", "%(count)s updates were told.", count)
            % {"count": count},
        )
    else:
        messages.info(request, _("All of it was told before. Nothing was told twice."))
    return redirect("evaluation:ten_desk", branch.slug, top_ten.pk)


def _preview(
    request: ViewerRequest, branch: Branch, top_ten: TopTen, received: services.Received
) -> HttpResponse:
    shown = preview.shown_entries(entries=received.entries, top_ten=top_ten)
    fresh = [one for one in shown if not one.entry.there]
    packed = services.pack(entries=[one.entry for one in fresh], top_ten=top_ten, by=request.user)
    return _shown(
        request,
        branch,
        top_ten,
        TenSheetForm(),
        looked=True,
        fresh=fresh,
        there=[one for one in shown if one.entry.there],
        tell_form=TellSheetForm(initial={"packed": packed}),
        refused=preview.refused(received.reading),
        ignored=preview.ignored(received.reading),
        missing=preview.missing(received.sheet.missing),
    )


def _shown(
    request: ViewerRequest,
    branch: Branch,
    top_ten: TopTen,
    form: TenSheetForm,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    desk_url = reverse("evaluation:ten_desk", args=[branch.slug, top_ten.pk])
    return page(
        request,
        branch,
        "evaluation/ten/sheet.html",
        {"form": form, **context},
        top_ten=top_ten,
        tab="desk",
        status=status,
        more=[(_("At work"), desk_url)],
    )
