"""Meetings: the list, one meeting, and what a board does with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from core.concurrency import Stale
from core.dates import day_words
from process.enums import MeetingStatus
from process.errors import Refused
from process.forms.meetings import (
    CancelForm,
    MeetingEditForm,
    MeetingForm,
    MinutesForm,
    NoticeForm,
    RevisionForm,
)
from process.models import Decision, Meeting
from process.post import invitation_post
from process.queries import meetings as queries
from process.rules.notice import NoticeState
from process.services import meetings as services
from process.views.conflicts import CONFLICT, conflict

FORM_METHODS = ["GET", "HEAD", "POST"]
PAST_ON_A_PAGE = 25


@require_safe
@branch_page("process.view_timeline")
def meetings(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show what is coming, what is still asked for it, and what has been."""
    today = request.viewer.today
    rows = queries.of_branch(viewer=request.viewer, branch=branch)
    coming = queries.lines(rows.filter(day__gte=today), today=today)
    been = rows.filter(day__lt=today).order_by("-day", "-id")
    page = Paginator(been, PAST_ON_A_PAGE).get_page(request.GET.get("page"))
    first = page.start_index() - 1 if page.paginator.count else 0
    context = {
        "branch": branch,
        "section": "meetings",
        "coming": coming,
        "page": page,
        "been": queries.lines(been[first : first + PAST_ON_A_PAGE], today=today),
        "manage": may(request.viewer, "process.manage_meetings", branch),
        "decide": may(request.viewer, "process.record_decision", branch),
    }
    return render(request, "process/meetings.html", context)


@require_safe
@branch_page("process.view_timeline")
def meeting(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show one meeting: when and where, its notice, agenda, decisions and minutes."""
    today = request.viewer.today
    row = meeting_of(request, branch, pk)
    manage = may(request.viewer, "process.manage_meetings", branch)
    context = {
        "branch": branch,
        "section": "meetings",
        "meeting": row,
        "to_come": row.status == MeetingStatus.PLANNED and row.day >= today,
        "post": invitation_post(row) if manage and row.invited_on else None,
        "notice": queries.notice_for(row, today=today),
        "decisions": Decision.objects.for_viewer(request.viewer)
        .filter(meeting=row)
        .select_related("superseded_by")
        .order_by("id"),
        "has_been": row.day <= today,
        "manage": manage,
        "decide": may(request.viewer, "process.record_decision", branch),
        "trail": [(_("Meetings"), reverse("process:meetings", args=[branch.slug]))],
    }
    return render(request, "process/meeting.html", context)


@require_http_methods(FORM_METHODS)
@branch_page("process.manage_meetings")
def meeting_new(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Put a meeting on the list."""
    form = MeetingForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            row = services.plan_meeting(
                branch=branch, plan=form.plan(), by=request.user, today=request.viewer.today
            )
        except Refused as refused:
            form.add_error("day", refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("The meeting is on the list."))
            return redirect("process:meeting", branch.slug, row.pk)
    context = {
        "branch": branch,
        "section": "meetings",
        "form": form,
        "heading": _("New meeting"),
        "submit": _("Put it on the list"),
        "back": reverse("process:meetings", args=[branch.slug]),
    }
    return render(request, "process/meeting_form.html", context, status=status)


@require_http_methods(FORM_METHODS)
@branch_page("process.manage_meetings")
def meeting_edit(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Change what is said about a meeting."""
    row = meeting_of(request, branch, pk)
    was_sent, old_day, old_news = row.notice_sent_on, row.day, row.news

    def save(form: MeetingEditForm) -> str:
        saved = services.change_meeting(
            meeting=row,
            plan=form.plan(),
            revision=form.cleaned_data["revision"],
            by=request.user,
            today=request.viewer.today,
        )
        if was_sent and saved.day != old_day:
            return _("Saved. The notice named another day: send a new one.")
        if saved.news != old_news:
            return _("Saved. Whoever it is for and has an account gets a mail about it.")
        return _("Saved.")

    form = MeetingEditForm(
        request.POST if request.method == "POST" else None, initial=MeetingEditForm.initial_of(row)
    )
    words = {"heading": _("Change the meeting"), "submit": _("Save")}
    return act_on(request, branch, row, form=form, save=save, words=words)


@require_http_methods(FORM_METHODS)
@branch_page("process.manage_meetings")
def meeting_notice(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Record that the convening notice left; too late is recorded too, with a warning."""
    row = meeting_of(request, branch, pk)
    today = request.viewer.today

    def save(form: NoticeForm) -> str:
        saved = services.record_notice(
            meeting=row,
            sent_on=form.cleaned_data["sent_on"],
            text=form.cleaned_data["text"],
            revision=form.cleaned_data["revision"],
            by=request.user,
            today=today,
        )
        notice = queries.notice_for(saved, today=today)
        if notice and notice.state is NoticeState.TOO_LATE:
            messages.warning(
                request,
                ngettext(
                    "The notice left %(days)s day too late: it should have gone by %(latest)s. "
                    "Let the meeting begin by agreeing that it may decide, or choose a later day.",
                    "The notice left %(days)s days too late: it should have gone by %(latest)s. "
                    "Let the meeting begin by agreeing that it may decide, or choose a later day.",
                    notice.days,
                )
                % {"days": notice.days, "latest": day_words(notice.latest)},
            )
        return _("Recorded: the notice left on %(day)s.") % {
            "day": day_words(form.cleaned_data["sent_on"])
        }

    form = NoticeForm(
        request.POST if request.method == "POST" else None,
        today=today,
        initial={
            "sent_on": row.notice_sent_on or today,
            "text": row.notice_text,
            "revision": row.revision,
        },
    )
    words = {
        "heading": _("The notice has left"),
        "submit": _("Record"),
        "explanation": _(
            "Your statutes ask for %(days)s days between the notice and the meeting, so it leaves "
            "by %(latest)s."
        )
        % {"days": branch.notice_days, "latest": day_words(row.latest_notice_day)},
    }
    return act_on(request, branch, row, form=form, save=save, words=words)


@require_http_methods(FORM_METHODS)
@branch_page("process.manage_meetings")
def meeting_minutes(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Write the minutes."""
    row = meeting_of(request, branch, pk)

    def save(form: MinutesForm) -> str:
        services.write_minutes(
            meeting=row,
            minutes=form.cleaned_data["minutes"],
            revision=form.cleaned_data["revision"],
            by=request.user,
            today=request.viewer.today,
        )
        return _("The minutes are saved.")

    form = MinutesForm(
        request.POST if request.method == "POST" else None,
        initial={"minutes": row.minutes, "revision": row.revision},
    )
    words = {"heading": _("Minutes"), "submit": _("Save the minutes")}
    return act_on(request, branch, row, form=form, save=save, words=words)


@require_http_methods(FORM_METHODS)
@branch_page("process.manage_meetings")
def meeting_cancel(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Cancel a meeting, with a reason."""
    row = meeting_of(request, branch, pk)
    to_come = row.day >= request.viewer.today

    def save(form: CancelForm) -> str:
        services.cancel_meeting(
            meeting=row,
            reason=form.cleaned_data["reason"],
            revision=form.cleaned_data["revision"],
            by=request.user,
            today=request.viewer.today,
        )
        if not to_come:
            return _("The meeting is cancelled.")
        return _(
            "The meeting is cancelled. Whoever it was for and has an account gets a mail; tell the "
            "others yourself."
        )

    form = CancelForm(
        request.POST if request.method == "POST" else None, initial={"revision": row.revision}
    )
    words = {
        "heading": _("Cancel this meeting?"),
        "submit": _("Yes, cancel it"),
        "explanation": _("It stays on the list, with your reason. This cannot be undone."),
        "notes": [_("Whoever it was for and has an account gets a mail.")] if to_come else [],
    }
    return act_on(request, branch, row, form=form, save=save, words=words)


def meeting_of(request: ViewerRequest, branch: Branch, pk: int) -> Meeting:
    """Return the meeting of that number, if it is this branch's and the viewer may see it."""
    return get_object_or_404(queries.of_branch(viewer=request.viewer, branch=branch), pk=pk)


def act_on(
    request: ViewerRequest,
    branch: Branch,
    row: Meeting,
    *,
    form: RevisionForm,
    save: Callable[[Any], str],
    words: Mapping[str, object],
) -> HttpResponse:
    """Show a form about one meeting, or let ``save`` do what it asks and go back to the meeting."""
    back = reverse("process:meeting", args=[branch.slug, row.pk])
    status = 200
    if form.is_valid():
        try:
            done = save(form)
        except Stale as stale:
            return conflict(
                request,
                branch,
                stale=stale,
                form=form,
                section="meetings",
                back=back,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, done)
            return redirect(back)
    context = {
        "branch": branch,
        "section": "meetings",
        "meeting": row,
        "form": form,
        "back": back,
        "trail": [
            (_("Meetings"), reverse("process:meetings", args=[branch.slug])),
            (row.title, back),
        ],
        **words,
    }
    return render(request, "process/meeting_form.html", context, status=status)
