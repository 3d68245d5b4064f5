"""Gatherings: the list, one of them, planning and changing it, and who came."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from consultation.forms.gatherings import GatheringEditForm, GatheringForm, WriteDownForm
from consultation.models import Gathering
from consultation.queries import gatherings as queries
from consultation.rules.gathering_state import state_of
from consultation.services import gatherings as services
from consultation.services.participants import write_down
from consultation.views.loading import Trail, get_consultation, get_of_input, page, sent
from core.concurrency import Stale, conflict_page, fill_again
from core.pages import CONFLICT, FORM_METHODS
from core.refusal import Refused

TAB = "gatherings"


@require_safe
@branch_page("consultation.view_input")
def gatherings(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show what is coming and what has been."""
    consultation = get_consultation(request, branch)
    today = request.viewer.today
    rows = list(queries.of_consultation(consultation, viewer=request.viewer))
    context = {
        "consultation": consultation,
        "coming": sorted(
            (row for row in rows if row.meeting.day >= today),
            key=lambda row: (row.meeting.day, row.pk),
        ),
        "been": [row for row in rows if row.meeting.day < today],
        "may_work": may(request.viewer, "consultation.work", branch),
    }
    return page(request, branch, "consultation/gatherings.html", context, tab=TAB)


@require_safe
@branch_page("consultation.view_input")
def gathering(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show one gathering: when and where, its sessions, who came."""
    row = get_gathering(request, branch, pk)
    sessions = list(queries.sessions_of(row))
    context = {
        "gathering": row,
        "meeting": row.meeting,
        "sessions": sessions,
        "attendance": queries.attendance(row),
        "state": state_of(
            status=row.meeting.status,
            day=row.meeting.day,
            of_sessions=[session.phase for session in sessions],
            today=request.viewer.today,
        ).value,
        "has_been": row.meeting.day <= request.viewer.today,
        "may_read": may(request.viewer, "consultation.view_contributions", branch),
        "may_work": may(request.viewer, "consultation.work", branch),
        "may_meet": may(request.viewer, "process.manage_meetings", branch),
    }
    return page(
        request, branch, "consultation/gathering.html", context, tab=TAB, more=trail_of(branch)
    )


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def gathering_add(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Plan a gathering."""
    consultation = get_consultation(request, branch)
    form = GatheringForm(
        sent(request),
        initial={
            "contact_name": request.user.name,
            "contact_email": _mailbox_of(consultation) or request.user.email,
        },
    )
    status = 200
    if form.is_valid():
        try:
            row = services.plan_gathering(
                consultation=consultation,
                plan=form.plan(),
                by=request.user,
                today=request.viewer.today,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(
                request, _("The gathering is planned. Now say what its sessions are about.")
            )
            return redirect("consultation:gathering", branch.slug, row.pk)
    context = {
        "form": form,
        "heading": _("New gathering"),
        "lede": _(
            "It stands in everybody’s calendar at once, and with the public meetings if all are "
            "welcome."
        ),
        "submit": _("Plan the gathering"),
        "back": reverse("consultation:gatherings", args=[branch.slug]),
    }
    return page(
        request,
        branch,
        "consultation/gathering_form.html",
        context,
        tab=TAB,
        status=status,
        more=trail_of(branch),
    )


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def gathering_edit(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Change a gathering and its meeting."""
    row = get_gathering(request, branch, pk)
    back = reverse("consultation:gathering", args=[branch.slug, row.pk])
    form = GatheringEditForm(sent(request), initial=GatheringEditForm.initial_of(row))
    status = 200
    if form.is_valid():
        news = row.meeting.news
        try:
            services.change_gathering(
                gathering=row,
                plan=form.plan(),
                revision=form.cleaned_data["revision"],
                meeting_revision=form.cleaned_data["meeting_revision"],
                by=request.user,
                today=request.viewer.today,
            )
        except Stale as stale:
            now = get_gathering(request, branch, pk)
            fill_again(form, revision=now.revision, meeting_revision=now.meeting.revision)
            return conflict_page(
                request, stale, back=back, form=form, action=request.path, branch=branch
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(
                request,
                _("Saved. Whoever it is for and has an account gets a mail about it.")
                if row.meeting.news != news
                else _("Saved."),
            )
            return redirect(back)
    context = {
        "form": form,
        "heading": _("Change the gathering"),
        "submit": _("Save"),
        "back": back,
    }
    return page(
        request,
        branch,
        "consultation/gathering_form.html",
        context,
        tab=TAB,
        status=status,
        more=trail_of(branch, row),
    )


@require_POST
@branch_page("consultation.work")
def gathering_held(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Write down that it took place."""
    row = get_gathering(request, branch, pk)
    try:
        services.hold_gathering(gathering=row, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Written down: it took place."))
    return redirect("consultation:gathering", branch.slug, row.pk)


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def people_add(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Add people who were there without a phone."""
    row = get_gathering(request, branch, pk)
    back = reverse("consultation:gathering", args=[branch.slug, row.pk])
    form = WriteDownForm(sent(request))
    status = 200
    if form.is_valid():
        count = form.cleaned_data["count"]
        try:
            write_down(
                gathering=row,
                role=form.cleaned_data["role"],
                is_member=form.is_member,
                count=count,
                by=request.user,
                today=request.viewer.today,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(
                request,
                ngettext("%(count)s person added.", "%(count)s people added.", count)
                % {"count": count},
            )
            return redirect(back)
    context: dict[str, Any] = {
        "form": form,
        "heading": _("Who was there without a phone?"),
        "lede": _("Only how many and as what: no names. One kind of people at a time."),
        "submit": _("Add"),
        "back": back,
    }
    return page(
        request,
        branch,
        "consultation/gathering_form.html",
        context,
        tab=TAB,
        status=status,
        more=trail_of(branch, row),
    )


def get_gathering(request: ViewerRequest, branch: Branch, pk: int) -> Gathering:
    """Return a gathering of this branch (404 otherwise)."""
    return get_of_input(request, branch, Gathering.objects.all(), pk, "meeting__branch", "channel")


def trail_of(branch: Branch, row: Gathering | None = None) -> Trail:
    """Return the way to a page about a gathering."""
    trail: Trail = [(_("Gatherings"), reverse("consultation:gatherings", args=[branch.slug]))]
    if row is not None:
        address = reverse("consultation:gathering", args=[branch.slug, row.pk])
        trail.append((row.meeting.title, address))
    return trail


def _mailbox_of(consultation: Any) -> str:
    mailbox = getattr(consultation, "mailbox", None)
    return str(mailbox.address) if mailbox else ""
