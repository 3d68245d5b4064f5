"""The ways by which people take part, and until when."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from consultation.enums import ChannelKind, Nature
from consultation.forms.setup import ChannelEditForm, ChannelForm, ClosingForm
from consultation.models import Channel
from consultation.queries.overview import overview as overview_of
from consultation.queries.overview import theme_lines
from consultation.services import channels as services
from consultation.services.closing import close_input as close
from consultation.views.conflict import second_saver
from consultation.views.loading import get_consultation, get_of_input, page, sent
from core.concurrency import Stale
from core.dates import day_words
from core.pages import CONFLICT, FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused


@require_safe
@branch_page("consultation.work")
def channels(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show themes and channels, each with its count, and what is missing."""
    consultation = get_consultation(request, branch)
    found = overview_of(
        consultation=consultation, viewer=request.viewer, today=request.viewer.today
    )
    lines = theme_lines(consultation).values()
    return page(
        request,
        branch,
        "consultation/channels.html",
        {
            "consultation": consultation,
            "page": found,
            "closed_themes": [line for line in lines if line.theme.closed_on],
        },
        tab="channels",
    )


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def channel_add(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Add a way to take part; it is open at once."""
    consultation = get_consultation(request, branch)
    form = ChannelForm(sent(request), consultation=consultation)
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        data = form.cleaned_data
        try:
            row = services.add(
                consultation=consultation,
                kind=ChannelKind(data["kind"]),
                nature=Nature(data["nature"]) if data["nature"] else None,
                name=data["name"],
                address=data["address"],
                partner=data["partner"],
                by=request.user,
                today=request.viewer.today,
            )
        except Refused as refused:
            form.add_error("name", refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("People can take part: %(channel)s.") % {"channel": row})
            return _back(branch)
    return _form_page(
        request,
        branch,
        form,
        heading=_("Another way to take part"),
        submit=_("Add and open"),
        status=status,
    )


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def channel(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Change what is said of a way to take part; a second saver sees both texts."""
    row = _get(request, branch, pk)
    form = ChannelEditForm(sent(request), channel=row)
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        try:
            services.change(
                channel=row,
                description=form.description(),
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=request.viewer.today,
            )
        except Stale as stale:
            back = reverse("consultation:channels", args=[branch.slug])
            return second_saver(request, branch, stale=stale, form=form, row=row, back=back)
        except Refused as refused:
            form.add_error("name", refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("Saved."))
            return _back(branch)
    return _form_page(
        request, branch, form, heading=str(row), submit=_("Save"), status=status, row=row
    )


@require_POST
@branch_page("consultation.work")
def channel_open(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Let input come in by this way."""
    row = _get(request, branch, pk)
    try:
        services.open_channel(channel=row, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Open: %(channel)s.") % {"channel": row})
    return _back(branch)


@require_POST
@branch_page("consultation.work")
def channel_close(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Close a way in; what came by it stays."""
    row = _get(request, branch, pk)
    try:
        services.close_channel(channel=row, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Closed: %(channel)s. What came in stays.") % {"channel": row})
    return _back(branch)


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def close_input(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Say until when people can bring something in, or take that day away."""
    consultation = get_consultation(request, branch)
    form = ClosingForm(
        sent(request),
        initial={"closes_on": consultation.closes_on, "revision": consultation.revision},
    )
    status = UNPROCESSABLE if form.is_bound else 200
    overview = reverse("consultation:overview", args=[branch.slug])
    if form.is_valid():
        day = form.cleaned_data["closes_on"]
        try:
            close(
                consultation=consultation,
                closes_on=day,
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=request.viewer.today,
            )
        except Stale as stale:
            return second_saver(
                request, branch, stale=stale, form=form, row=consultation, back=overview
            )
        except Refused as refused:
            form.add_error("closes_on", refused.sentence)
            status = CONFLICT
        else:
            said = (
                _("Input closes on %(day)s.") % {"day": day_words(day)}
                if day
                else _("Input stays open, without a last day.")
            )
            messages.success(request, said)
            return redirect(overview)
    return page(
        request,
        branch,
        "consultation/setup_form.html",
        {
            "form": form,
            "heading": _("Until when can people take part?"),
            "explanation": _(
                "A last day helps people to decide, and you to plan. Leave it empty to stay open."
            ),
            "submit": _("Save"),
            "back": overview,
        },
        tab="closing",
        status=status,
    )


def _get(request: ViewerRequest, branch: Branch, pk: int) -> Channel:
    return get_of_input(request, branch, Channel.objects.all(), pk)


def _back(branch: Branch) -> HttpResponse:
    return redirect(reverse("consultation:channels", args=[branch.slug]) + "#channels")


def _form_page(
    request: ViewerRequest,
    branch: Branch,
    form: ChannelForm | ChannelEditForm,
    *,
    heading: str,
    submit: str,
    status: int,
    row: Channel | None = None,
) -> HttpResponse:
    back = reverse("consultation:channels", args=[branch.slug])
    return page(
        request,
        branch,
        "consultation/setup_form.html",
        {
            "form": form,
            "heading": heading,
            "kicker": row.get_kind_display() if row else "",
            "submit": submit,
            "back": back,
        },
        tab="channels",
        status=status,
        more=[(_("Themes and channels"), back)],
    )
