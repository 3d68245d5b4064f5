"""Surveys and lists: brought, given a meaning, looked at, taken over, undone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from consultation.enums import ListState
from consultation.forms.lists import ColumnsForm, ListActionForm, ListForm
from consultation.list_words import LEFT_OUT, ODD
from consultation.models import ListImport
from consultation.rules.list_rows import LeftOut, Odd
from consultation.services import lists as services
from consultation.views.loading import get_consultation, get_of_input, page
from core.concurrency import Stale
from core.pages import CONFLICT, FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused

SHOWN = 20
"""Rows of a preview that are shown; all of them come in."""

SHOWN_LEFT_OUT = 50
EARLIER = 20


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def lists(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Offer to bring a file, and show the earlier ones."""
    consultation = get_consultation(request, branch)
    sent = request.method == "POST"
    form = (
        ListForm(request.POST, request.FILES, consultation=consultation)
        if sent
        else ListForm(consultation=consultation)
    )
    if sent and form.is_valid():
        try:
            row = services.bring(
                consultation=consultation,
                channel=form.cleaned_data["channel"],
                survey=services.Survey(
                    name=form.cleaned_data["name"], partner=form.cleaned_data["partner"]
                ),
                document=form.cleaned_data["document"],
                by=request.user,
                today=request.viewer.today,
            )
        except Refused as refused:
            form.add_error("document", refused.sentence)
        else:
            return redirect("consultation:list", branch.slug, row.pk)
    earlier = (
        ListImport.objects.for_viewer(request.viewer)
        .filter(consultation=consultation)
        .select_related("uploaded_by", "channel")
        .defer("rows")[:EARLIER]
    )
    context = {"form": form, "earlier": earlier}
    return _page(
        request,
        branch,
        "consultation/lists.html",
        context,
        status=UNPROCESSABLE if form.errors else 200,
    )


@require_safe
@branch_page("consultation.work")
def listing(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show what a list comes to, or what became of it."""
    row = _get(request, branch, pk)
    return _list_page(request, branch, row, ColumnsForm(listing=row))


@require_POST
@branch_page("consultation.work")
def columns(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Say what the columns mean, and look again."""
    row = _get(request, branch, pk)
    form = ColumnsForm(request.POST, listing=row)
    if not form.is_valid():
        return _list_page(request, branch, row, form, status=UNPROCESSABLE)
    try:
        services.choose_columns(
            listing=row,
            mapping=form.mapping,
            revision=form.cleaned_data["revision"],
            by=request.user,
            today=request.viewer.today,
        )
    except Stale:
        return _elsewhere(request, branch, row)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _list_page(request, branch, row, form, status=UNPROCESSABLE)
    return redirect(f"{reverse('consultation:list', args=[branch.slug, row.pk])}#preview")


@require_POST
@branch_page("consultation.work")
def act(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take a list over, undo it, or throw it away."""
    row = _get(request, branch, pk)
    form = ListActionForm(request.POST)
    if not form.is_valid():
        return _list_page(request, branch, row, ColumnsForm(listing=row), status=UNPROCESSABLE)
    asked: dict[str, Any] = {
        "listing": row,
        "revision": form.cleaned_data["revision"],
        "by": request.user,
        "today": request.viewer.today,
    }
    try:
        match form.cleaned_data["action"]:
            case "take_over":
                services.take_over(**asked, now=timezone.now())
            case "undo":
                _say_undone(request, services.undo(**asked))
            case _:
                services.throw_away(**asked)
                messages.success(request, _("Thrown away. Nothing of it came in."))
                return redirect("consultation:lists", branch.slug)
    except Stale:
        return _elsewhere(request, branch, row)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("consultation:list", branch.slug, row.pk)


def _say_undone(request: ViewerRequest, undone: services.Undone) -> None:
    messages.success(
        request,
        ngettext(
            "Undone: %(count)s contribution is gone.",
            "Undone: %(count)s contributions are gone.",
            undone.removed,
        )
        % {"count": undone.removed},
    )
    if undone.kept:
        messages.warning(
            request,
            ngettext(
                "%(count)s stays, because somebody has worked on it.",
                "%(count)s stay, because somebody has worked on them.",
                undone.kept,
            )
            % {"count": undone.kept},
        )


def _get(request: ViewerRequest, branch: Branch, pk: int) -> ListImport:
    return get_of_input(request, branch, ListImport.objects.all(), pk, "channel", "uploaded_by")


def _elsewhere(request: ViewerRequest, branch: Branch, row: ListImport) -> HttpResponse:
    messages.error(
        request,
        _("This list was changed in another window meanwhile. This is how it is now."),
    )
    fresh = _get(request, branch, row.pk)
    return _list_page(request, branch, fresh, ColumnsForm(listing=fresh), status=CONFLICT)


def _list_page(
    request: ViewerRequest,
    branch: Branch,
    row: ListImport,
    form: ColumnsForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"listing": row, "form": form}
    if row.state == ListState.PREVIEW:
        found = services.result_of(row, today=request.viewer.today)
        themes = {theme.pk: theme for theme in row.consultation.themes.all()}
        context |= {
            "count": len(found.taken),
            "shown": [(one, themes.get(one.theme or 0)) for one in found.taken[:SHOWN]],
            "left_out": [(number, LEFT_OUT[why]) for number, why in found.left_out],
            "odd": [(ODD[what], count) for what, count in found.odd.most_common()],
            "earlier": services.taken_over_before(row),
        }
    else:
        told = row.remarks
        context |= {
            "count": told.get("taken", 0),
            "left_out": [
                (number, LEFT_OUT[LeftOut(why)]) for number, why in told.get("left_out", [])
            ],
            "odd": [(ODD[Odd(what)], count) for what, count in told.get("odd", {}).items()],
            "failed": row.state == ListState.RUNNING and services.has_failed(row),
        }
    context["left_out_count"] = len(context["left_out"])
    context["left_out"] = context["left_out"][:SHOWN_LEFT_OUT]
    more = [(_("Surveys and lists"), reverse("consultation:lists", args=[branch.slug]))]
    return _page(request, branch, "consultation/list.html", context, status=status, more=more)


def _page(
    request: ViewerRequest,
    branch: Branch,
    template: str,
    context: dict[str, Any],
    *,
    status: int,
    more: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    return page(
        request,
        branch,
        template,
        context,
        tab="channels",
        status=status,
        more=more,
    )
