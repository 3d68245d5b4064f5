"""The committee: its commission, its seats, the people approached, diversity in totals."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch, Membership, User
from core.concurrency import Stale
from process.enums import CommitteeRole
from process.errors import Refused
from process.forms.committee import (
    ANSWER_LABELS,
    QUESTION_LABELS,
    ApproachedEditForm,
    ApproachedForm,
    DiversityForm,
    SeatEndForm,
    SeatForm,
)
from process.models import ApproachedPerson, CommitteeSeat, Timeline
from process.queries import committee as queries
from process.queries.timelines import current_timeline
from process.services import committee as services
from process.services.diversity import declare
from process.views.conflicts import CONFLICT, conflict
from process.views.meetings import FORM_METHODS


@require_safe
@branch_page("process.view_committee")
def committee(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show the commission, who sits, whom we asked, and how mixed we are."""
    timeline = current_timeline(branch=branch, today=request.viewer.today)
    context = {
        "branch": branch,
        "section": "committee",
        "timeline": timeline,
        "manage": may(request.viewer, "process.manage_committee", branch),
        "decide": may(request.viewer, "process.record_decision", branch),
    }
    if timeline is not None:
        seats = list(CommitteeSeat.objects.filter(timeline=timeline))
        people = list(ApproachedPerson.objects.filter(timeline=timeline).select_related("asked_by"))
        now = [seat for seat in seats if seat.ended_on is None]
        context |= {
            "commission": queries.commission_of(timeline),
            "seats": now,
            "former_seats": [seat for seat in seats if seat.ended_on is not None],
            "has_writer": any(seat.role == CommitteeRole.WRITER for seat in now),
            "people": people,
            "mix": queries.mix_of(people),
            "diversity": queries.diversity_of(timeline),
            "own_seat": next((seat for seat in now if seat.user_id == request.user.pk), None),
        }
    return render(request, "process/committee.html", context)


@require_http_methods(FORM_METHODS)
@branch_page("process.manage_committee")
def seat_new(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Give somebody a seat. Only who manages roles can give the role that goes with an account."""
    timeline = _timeline(request, branch)
    accounts = None
    if may(request.viewer, "branches.manage_people", branch):
        accounts = _people_here(request, branch)
    form = SeatForm(
        request.POST if request.method == "POST" else None,
        accounts=accounts,
        initial={"started_on": request.viewer.today},
    )
    status = 200
    if form.is_valid():
        data = form.cleaned_data
        try:
            seat = services.add_seat(
                timeline=timeline,
                name=data["name"],
                role=CommitteeRole(data["role"]),
                is_party_member=data["is_party_member"],
                started_on=data["started_on"],
                user=data.get("user"),
                by=request.user,
                today=request.viewer.today,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("%(name)s is on the committee.") % {"name": seat.name})
            return redirect("process:committee", branch.slug)
    context = _form_context(
        branch, form, _("Somebody joins the committee"), _("Add to the committee")
    )
    return render(request, "process/committee_form.html", context, status=status)


@require_http_methods(FORM_METHODS)
@branch_page("process.manage_committee")
def seat_end(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """End a seat. With an account a role ends too: that is for who manages roles, or oneself."""
    seat = get_object_or_404(
        CommitteeSeat.objects.for_viewer(request.viewer).select_related("timeline__branch"),
        pk=pk,
        timeline__branch=branch,
    )
    form = SeatEndForm(
        request.POST if request.method == "POST" else None,
        today=request.viewer.today,
        initial={"ended_on": request.viewer.today},
    )
    status = 200
    if form.is_valid():
        try:
            if not _may_end(request, branch, seat):
                raise services.SeatRefused(
                    _("%(name)s works along with an account of their own. Ask the board to end it.")
                    % {"name": seat.name}
                )
            services.end_seat(
                seat=seat,
                ended_on=form.cleaned_data["ended_on"],
                by=request.user,
                today=request.viewer.today,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("The seat of %(name)s has ended.") % {"name": seat.name})
            return redirect("process:committee", branch.slug)
    heading = _("%(name)s leaves the committee") % {"name": seat.name}
    context = _form_context(branch, form, heading, _("End the seat"))
    if seat.user_id:
        context["explanation"] = _("The role that goes with the account ends today as well.")
    return render(request, "process/committee_form.html", context, status=status)


@require_http_methods(FORM_METHODS)
@branch_page("process.manage_committee")
def approached_new(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Put somebody on the list of people to ask."""
    timeline = _timeline(request, branch)
    form = ApproachedForm(
        request.POST if request.method == "POST" else None,
        accounts=_people_here(request, branch),
        initial={"asked_by": request.user.pk},
    )
    status = 200
    if form.is_valid():
        try:
            person = services.add_approached(
                timeline=timeline,
                approach=form.approach(),
                by=request.user,
                today=request.viewer.today,
            )
        except Refused as refused:
            form.add_error("name", refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("%(name)s is on the list.") % {"name": person.name})
            return redirect("process:committee", branch.slug)
    context = _form_context(branch, form, _("Somebody to ask"), _("Put on the list"))
    return render(request, "process/approached_form.html", context, status=status)


@require_http_methods(FORM_METHODS)
@branch_page("process.manage_committee")
def approached_edit(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Change what is known of somebody who was asked."""
    person = get_object_or_404(
        ApproachedPerson.objects.for_viewer(request.viewer).select_related("timeline__branch"),
        pk=pk,
        timeline__branch=branch,
    )
    form = ApproachedEditForm(
        request.POST if request.method == "POST" else None,
        accounts=_people_here(request, branch),
        initial=ApproachedEditForm.initial_of(person),
    )
    if form.is_valid():
        try:
            services.change_approached(
                person=person,
                approach=form.approach(),
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=request.viewer.today,
            )
        except Stale as stale:
            return conflict(
                request,
                branch,
                stale=stale,
                form=form,
                section="committee",
                back=reverse("process:committee", args=[branch.slug]),
            )
        messages.success(request, _("Saved."))
        return redirect("process:committee", branch.slug)
    context = _form_context(branch, form, person.name, _("Save"))
    return render(request, "process/approached_form.html", context)


@require_http_methods(FORM_METHODS)
@branch_page("process.view_committee")
def diversity(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Ask a committee member about themselves, once; show totals from five people up."""
    timeline = _timeline(request, branch)
    seat = CommitteeSeat.objects.filter(timeline=timeline, user=request.user, ended_on=None).first()
    form = DiversityForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            if seat is None:
                raise services.SeatRefused(
                    _("Only members of the committee with an account answer these questions.")
                )
            declare(
                seat=seat, answers=form.cleaned_data, by=request.user, today=request.viewer.today
            )
        except Refused as refused:
            messages.error(request, refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("Thank you. Your answers are counted, and not kept."))
            return redirect("process:diversity", branch.slug)
    totals = queries.diversity_of(timeline)
    context = {
        "branch": branch,
        "section": "committee",
        "form": form if seat is not None and not seat.has_declared else None,
        "seat": seat,
        "diversity": totals,
        "tables": [
            (
                QUESTION_LABELS[question],
                [(ANSWER_LABELS[answer], count) for answer, count in counts.items() if count],
            )
            for question, counts in totals.totals.items()
        ],
        "trail": [(_("Committee"), reverse("process:committee", args=[branch.slug]))],
    }
    return render(request, "process/committee_diversity.html", context, status=status)


def _timeline(request: ViewerRequest, branch: Branch) -> Timeline:
    timeline = current_timeline(branch=branch, today=request.viewer.today)
    if timeline is None:
        raise Http404
    return timeline


def _people_here(request: ViewerRequest, branch: Branch) -> QuerySet[User]:
    """Return the people who hold a role in this branch today."""
    active = Membership.objects.for_viewer(request.viewer).active(today=request.viewer.today)
    return User.objects.filter(pk__in=active.filter(branch=branch).values("user")).order_by(
        "name", "email"
    )


def _may_end(request: ViewerRequest, branch: Branch, seat: CommitteeSeat) -> bool:
    return (
        seat.user_id is None
        or seat.user_id == request.user.pk
        or may(request.viewer, "branches.manage_people", branch)
    )


def _form_context(branch: Branch, form: object, heading: str, submit: str) -> dict[str, object]:
    back = reverse("process:committee", args=[branch.slug])
    return {
        "branch": branch,
        "section": "committee",
        "form": form,
        "heading": heading,
        "submit": submit,
        "back": back,
        "trail": [(_("Committee"), back)],
    }
