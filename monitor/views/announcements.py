"""Announcements of the office: which branches see, writing, changing, withdrawing."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from branches.facts.provinces import Province
from branches.gate import ViewerRequest
from core.concurrency import Stale
from core.pages import CONFLICT, FORM_METHODS, whole_number
from core.refusal import Refused
from monitor.enums_together import Showing
from monitor.forms.announcements import AnnouncementEditForm, AnnouncementForm
from monitor.gate import national_page
from monitor.models import Announcement
from monitor.queries import announcements as queries
from monitor.services import announcements as services
from monitor.views.together_conflicts import conflict

ON_A_PAGE: Final = 25
SECTION: Final = {"section": "together", "tab": "announcements"}


@require_safe
@national_page("monitor.view")
def announcements(request: ViewerRequest) -> HttpResponse:
    """Show what branches see now; what comes, is over or was withdrawn stands one tap away."""
    today = request.viewer.today
    asked = request.GET.get("stand", "")
    showing = Showing(asked) if asked in Showing.values else Showing.SHOWN
    rows = queries.by_showing(showing, today=today).select_related("written_by")
    page = Paginator(rows, ON_A_PAGE).get_page(whole_number(request, "page") or 1)
    mailed = queries.mailed([services.mail_key(row) for row in page])
    context = {
        **SECTION,
        "showing": showing,
        "showings": Showing.choices,
        "page": page,
        "rows": [
            {
                "row": row,
                "where": Province(row.province).dutch_name if row.province else "",
                "mailed": mailed.get(services.mail_key(row)),
            }
            for row in page
        ],
        "query": f"stand={showing.value}&",
    }
    return render(request, "monitor/together/announcements.html", context)


@require_http_methods(FORM_METHODS)
@national_page("monitor.tell_everybody")
def announcement_new(request: ViewerRequest) -> HttpResponse:
    """Write one."""
    today = request.viewer.today
    form = AnnouncementForm(
        request.POST if request.method == "POST" else None,
        today=today,
        initial=AnnouncementForm.initial_on(today),
    )
    status = 200
    if form.is_valid():
        try:
            told = services.announce(
                telling=form.telling(), by=request.user, today=today, mail_at=_mail_at(form)
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            return _saved(request, told)
    words = {"heading": _("New announcement"), "submit": _("Tell the branches")}
    return _form(request, form, words, status=status)


@require_http_methods(FORM_METHODS)
@national_page("monitor.tell_everybody")
def announcement_edit(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change one, or mail it after all."""
    today = request.viewer.today
    row = get_object_or_404(Announcement, pk=pk, withdrawn_on=None)
    form = AnnouncementEditForm(
        request.POST if request.method == "POST" else None,
        today=today,
        mailed=bool(queries.mailed([services.mail_key(row)])),
        initial=AnnouncementForm.initial_of(row),
    )
    status = 200
    if form.is_valid():
        try:
            told = services.change_announcement(
                announcement=row,
                telling=form.telling(),
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=today,
                mail_at=_mail_at(form),
            )
        except Stale as stale:
            stored = AnnouncementForm.initial_of(row)
            back = reverse("monitor:announcements")
            return conflict(request, stale, form=form, stored=stored, back=back, **SECTION)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            return _saved(request, told)
    words = {"heading": _("Change the announcement"), "submit": _("Save")}
    withdraw = reverse("monitor:announcement_withdraw", args=[row.pk])
    return _form(request, form, words, status=status, remove=(withdraw, _("Withdraw it")))


@require_http_methods(FORM_METHODS)
@national_page("monitor.tell_everybody")
def announcement_withdraw(request: ViewerRequest, pk: int) -> HttpResponse:
    """Ask, then take it off all pages."""
    row = get_object_or_404(Announcement, pk=pk)
    if request.method == "POST":
        services.withdraw_announcement(
            announcement=row, by=request.user, today=request.viewer.today
        )
        messages.success(request, _("Branches do not see “%(title)s” any more.") % {"title": row})
        return redirect("monitor:announcements")
    context = {
        **SECTION,
        "question": _("Withdraw “%(title)s”?") % {"title": row},
        "explanation": _("Branches do not see it any more. A mail that left stays sent."),
        "yes": _("Yes, withdraw it"),
        "back": reverse("monitor:announcements"),
    }
    return render(request, "monitor/together/confirm.html", context)


def _mail_at(form: AnnouncementForm) -> Any:
    return timezone.now() if form.cleaned_data.get("by_mail") else None


def _saved(request: ViewerRequest, told: services.Told) -> HttpResponse:
    if told.mailed is None:
        messages.success(request, _("Saved: “%(title)s”.") % {"title": told.row})
    else:
        count = len(told.mailed.told)
        messages.success(
            request,
            ngettext(
                "Saved: “%(title)s”. %(count)s person gets a mail.",
                "Saved: “%(title)s”. %(count)s people get a mail.",
                count,
            )
            % {"title": told.row, "count": count},
        )
    today = request.viewer.today
    stand = queries.showing(told.row, today=today)
    return redirect(f"{reverse('monitor:announcements')}?stand={stand.value}")


def _form(
    request: ViewerRequest,
    form: AnnouncementForm,
    words: dict[str, str],
    *,
    status: int,
    **more: Any,
) -> HttpResponse:
    back = reverse("monitor:announcements")
    context = {
        **SECTION,
        "form": form,
        "back": back,
        "trail": [(_("Announcements"), back)],
        **words,
        **more,
    }
    return render(request, "monitor/together/form.html", context, status=status)
