"""Decisions: record, read, replace, and the document that hangs on one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from core.uploads import CONTENT_TYPES, kind_of_name
from process.enums import DecisionKind, MeetingKind
from process.errors import Refused
from process.forms.decision_options import kind_options
from process.forms.decisions import DecisionForm, ReplaceForm
from process.models import Decision, Meeting, Timeline
from process.queries import meetings as meeting_queries
from process.queries.timelines import current_timeline
from process.rules.notice import NoticeState
from process.services import decisions as services
from process.views.conflicts import CONFLICT
from process.views.meetings import FORM_METHODS

NOT_KEPT = 507


@require_http_methods(FORM_METHODS)
@branch_page("process.record_decision")
def decision_new(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Record what a meeting decided; what cannot be decided now is shown with its reason."""
    today = request.viewer.today
    timeline = current_timeline(branch=branch, today=today)
    meetings = meeting_queries.that_can_have_decided(
        viewer=request.viewer, branch=branch, today=today
    )
    if timeline is None or not (rows := list(meetings)):
        context = {"branch": branch, "section": "meetings", "timeline": timeline}
        return render(request, "process/decision_not_yet.html", context)
    for_members = [row for row in rows if row.kind == MeetingKind.MEMBERS]
    options = kind_options(
        timeline=timeline, meeting_days={row.day for row in for_members}, today=today
    )
    asked = request.GET.get("soort", "")
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        meetings=meetings,
        options=options,
        initial={
            "kind": asked,
            "meeting": _preselected(rows, for_members, request.GET.get("vergadering", "")),
        },
    )
    status = 200
    if form.is_valid():
        answer = _record(request, branch, timeline, form)
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    elif earlier := _sent_before(form, timeline):
        return _already(request, branch, earlier)
    context = {
        "branch": branch,
        "section": "meetings",
        "form": form,
        "refused_option": next(
            (option for option in options if option.value == asked and not option.is_open), None
        ),
        "back": reverse("process:meetings", args=[branch.slug]),
    }
    return render(request, "process/decision_form.html", context, status=status)


@require_safe
@branch_page("process.view_timeline")
def decision(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show one decision and the chain that it stands in."""
    row = _decision(request, branch, pk)
    context = {
        "branch": branch,
        "section": "meetings",
        "decision": row,
        "chain": _chain(row),
        "notice": meeting_queries.notice_for(row.meeting, today=request.viewer.today),
        "decide": may(request.viewer, "process.record_decision", branch),
        "trail": [
            (_("Meetings"), reverse("process:meetings", args=[branch.slug])),
            (row.meeting.title, reverse("process:meeting", args=[branch.slug, row.meeting_id])),
        ],
    }
    return render(request, "process/decision.html", context)


@require_http_methods(FORM_METHODS)
@branch_page("process.record_decision")
def decision_replace(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Replace a decision by another of its kind, with a reason."""
    today = request.viewer.today
    row = _decision(request, branch, pk)
    meetings = meeting_queries.that_can_have_decided(
        viewer=request.viewer, branch=branch, today=today
    )
    if row.kind != DecisionKind.OTHER:
        meetings = meetings.filter(kind=MeetingKind.MEMBERS)
    form = ReplaceForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        meetings=meetings,
        initial={
            "meeting": row.meeting_id,
            "text": row.text,
            "by_acclamation": row.by_acclamation,
            "votes_for": row.votes_for,
            "votes_against": row.votes_against,
            "votes_abstained": row.votes_abstained,
        },
    )
    status = 200
    if form.is_valid():
        try:
            recorded = services.supersede(
                decision=row,
                meeting=form.cleaned_data["meeting"],
                proposal=form.proposal(kind=DecisionKind(row.kind), text=form.cleaned_data["text"]),
                reason=form.cleaned_data["reason"],
                submission=form.cleaned_data["submission"],
                by=request.user,
                today=today,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        except OSError:
            status = _not_kept(form)
        else:
            messages.success(request, _("The decision is replaced. The old one stays readable."))
            return redirect("process:decision", branch.slug, recorded.decisions[0].pk)
    context = {
        "branch": branch,
        "section": "meetings",
        "decision": row,
        "form": form,
        "back": reverse("process:decision", args=[branch.slug, row.pk]),
    }
    return render(request, "process/decision_replace.html", context, status=status)


@require_safe
@branch_page("process.view_timeline")
def decision_document(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Hand over the document: always as a download, never shown inside the product."""
    row = _decision(request, branch, pk)
    if not row.document:
        raise Http404
    try:
        with row.document.open("rb") as stored:
            content = stored.read()
        content_type = CONTENT_TYPES[kind_of_name(row.document.name)]
    except (FileNotFoundError, ValueError) as gone:
        raise Http404 from gone
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=row.document_name
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def _record(
    request: ViewerRequest, branch: Branch, timeline: Timeline, form: DecisionForm
) -> HttpResponse | int:
    """Record, and go to the decision; or leave the reason in the form and return its status."""
    meeting = form.cleaned_data["meeting"]
    try:
        recorded = services.record_decisions(
            timeline=timeline,
            meeting=meeting,
            proposals=form.proposals(),
            submission=form.cleaned_data["submission"],
            by=request.user,
            today=request.viewer.today,
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return CONFLICT
    except OSError:
        return _not_kept(form)
    if not recorded.is_new:
        return _already(request, branch, recorded.decisions[0])
    first = recorded.decisions[0]
    if first.kind == DecisionKind.APPOINT_COMMITTEE:
        messages.success(request, _("Recorded. Now add who is on the committee."))
    else:
        messages.success(request, _("Recorded. The timeline follows by itself."))
    _warn_about_notice(request, meeting)
    return _onward(branch, first)


def _onward(branch: Branch, decision: Decision) -> HttpResponse:
    """Go to what was decided; for an appointment to the committee, where the people come next."""
    if decision.kind == DecisionKind.APPOINT_COMMITTEE:
        return redirect("process:committee", branch.slug)
    return redirect("process:decision", branch.slug, decision.pk)


def _sent_before(form: DecisionForm, timeline: Timeline) -> Decision | None:
    """Return what this very form recorded before: its choices are closed now, so it looks wrong."""
    submission = getattr(form, "cleaned_data", {}).get("submission")
    if submission is None:
        return None
    return Decision.objects.filter(timeline=timeline, submission=submission).first()


def _already(request: ViewerRequest, branch: Branch, decision: Decision) -> HttpResponse:
    messages.info(request, _("This was recorded already: here it is."))
    return _onward(branch, decision)


def _warn_about_notice(request: ViewerRequest, meeting: Meeting) -> None:
    notice = meeting_queries.notice_for(meeting, today=request.viewer.today)
    if notice is None or notice.state is NoticeState.IN_TIME:
        return
    if notice.state is NoticeState.TOO_LATE:
        text = _(
            "The notice of this meeting left too late. Check that its members agreed to decide."
        )
    else:
        text = _("No notice of this meeting is recorded yet. Record when it left.")
    messages.warning(request, text)


def _not_kept(form: DecisionForm | ReplaceForm) -> int:
    form.add_error(
        "document",
        _("The document could not be kept, so nothing was recorded. Try again in a while."),
    )
    return NOT_KEPT


def _preselected(rows: list[Meeting], for_members: list[Meeting], asked: str) -> int:
    """Return the meeting asked for, else the last members' meeting."""
    named = next((row.pk for row in rows if str(row.pk) == asked), None)
    return named or (for_members or rows)[0].pk


def _decisions(request: ViewerRequest, branch: Branch) -> QuerySet[Decision]:
    return (
        Decision.objects.for_viewer(request.viewer)
        .filter(timeline__branch=branch)
        .select_related("meeting__branch", "recorded_by", "timeline__election", "superseded_by")
    )


def _decision(request: ViewerRequest, branch: Branch, pk: int) -> Decision:
    return get_object_or_404(_decisions(request, branch), pk=pk)


def _chain(row: Decision) -> list[Any]:
    """Return the decisions that replaced each other, the oldest first; none for a single one."""
    same = Decision.objects.filter(timeline_id=row.timeline_id, kind=row.kind)
    by_pk = {one.pk: one for one in same.select_related("meeting")}
    first = by_pk[row.pk]
    while first.supersedes_id:
        first = by_pk[first.supersedes_id]
    follows = {one.supersedes_id: one for one in by_pk.values() if one.supersedes_id}
    chain = [first]
    while chain[-1].pk in follows:
        chain.append(follows[chain[-1].pk])
    return chain if len(chain) > 1 else []
