"""The themes: each with its three questions, what came in on it, and its place in the list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from consultation.forms.setup import MoveForm, ThemeEditForm, ThemeForm
from consultation.models import Gathering, Theme
from consultation.queries.overview import by_status, theme_lines
from consultation.services import themes as services
from consultation.views.conflict import second_saver
from consultation.views.loading import get_consultation, get_of_input, page, sent
from core.concurrency import Stale
from core.pages import CONFLICT, FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused


@require_safe
@branch_page("consultation.view_input")
def theme(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show one theme: the three questions, what came in by status, the gatherings about it."""
    row = _get(request, branch, pk)
    return page(
        request,
        branch,
        "consultation/theme.html",
        {
            "theme": row,
            "line": theme_lines(row.consultation)[row.pk],
            "statuses": by_status(row),
            "gatherings": Gathering.objects.filter(sessions__theme=row)
            .select_related("meeting")
            .distinct(),
            "work": may(request.viewer, "consultation.work", branch),
            "read": may(request.viewer, "consultation.view_contributions", branch),
        },
        tab="themes",
    )


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def theme_add(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Add a theme of the branch's own."""
    consultation = get_consultation(request, branch)
    form = ThemeForm(sent(request))
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        try:
            row = services.add_theme(
                consultation=consultation,
                answers=form.answers(),
                by=request.user,
                today=request.viewer.today,
            )
        except Refused as refused:
            form.add_error("name", refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("“%(theme)s” is on the list.") % {"theme": row})
            return _back(branch)
    return _form_page(request, branch, form, heading=_("A theme of your own"), status=status)


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def theme_change(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Answer a theme's three questions, or give it another name; a second saver sees both."""
    row = _get(request, branch, pk)
    form = ThemeEditForm(sent(request), theme=row)
    status = UNPROCESSABLE if form.is_bound else 200
    own = reverse("consultation:theme", args=[branch.slug, row.pk])
    if form.is_valid():
        try:
            services.change_theme(
                theme=row,
                answers=form.answers(),
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=request.viewer.today,
            )
        except Stale as stale:
            return second_saver(request, branch, stale=stale, form=form, row=row, back=own)
        except Refused as refused:
            form.add_error("name", refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("Saved."))
            return redirect(own)
    return _form_page(request, branch, form, heading=str(row), status=status, back=own)


@require_POST
@branch_page("consultation.work")
def theme_close(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take a theme out of what people can choose."""
    row = _get(request, branch, pk)
    try:
        services.close_theme(theme=row, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(
            request,
            _("“%(theme)s” is closed. What came in on it stays where it is.") % {"theme": row},
        )
    return _back(branch)


@require_POST
@branch_page("consultation.work")
def theme_reopen(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Let people choose a theme again."""
    row = _get(request, branch, pk)
    services.reopen_theme(theme=row, by=request.user, today=request.viewer.today)
    messages.success(request, _("“%(theme)s” can be chosen again.") % {"theme": row})
    return _back(branch)


@require_POST
@branch_page("consultation.work")
def theme_move(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Change places with the theme above or below."""
    row = _get(request, branch, pk)
    form = MoveForm(request.POST)
    if form.is_valid():
        up = form.cleaned_data["way"] == "up"
        services.move_theme(theme=row, up=up, by=request.user, today=request.viewer.today)
    return _back(branch)


def _get(request: ViewerRequest, branch: Branch, pk: int) -> Theme:
    return get_of_input(request, branch, Theme.objects.all(), pk)


def _back(branch: Branch) -> HttpResponse:
    return redirect(reverse("consultation:channels", args=[branch.slug]) + "#themes")


def _form_page(
    request: ViewerRequest,
    branch: Branch,
    form: ThemeForm,
    *,
    heading: str,
    status: int,
    back: str = "",
) -> HttpResponse:
    channels = reverse("consultation:channels", args=[branch.slug])
    return page(
        request,
        branch,
        "consultation/setup_form.html",
        {
            "form": form,
            "heading": heading,
            "explanation": _(
                "Answer the three questions before you write: they tell what the text must say. "
                "You can do that later, too."
            ),
            "submit": _("Save"),
            "back": back or channels,
        },
        tab="channels",
        status=status,
        more=[(_("Themes and channels"), channels)],
    )
