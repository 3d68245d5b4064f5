"""What came out of a session: the reporter makes points of sub-themes and post-its."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from consultation.forms.reports import NewPointForm, PointEditForm, SummaryForm
from consultation.models import Cluster, Point, PostIt, Session
from consultation.queries.gathering_report import report_of
from consultation.services import points as services
from consultation.views.gatherings import TAB, trail_of
from consultation.views.loading import Trail, page, sent
from consultation.views.sessions import get_session
from core.concurrency import Stale, conflict_page, fill_again
from core.pages import CONFLICT, FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused
from programmes.models import Example


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def points(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show what came out of a session so far, and take another point."""
    row = get_session(request, branch, pk)
    form = NewPointForm(sent(request), **_choices(request, row))
    status = 200
    if form.is_valid():
        try:
            services.add(
                session=row,
                plan=form.plan(),
                post_its=form.ticked,
                submission=form.cleaned_data["submission"],
                by=request.user,
                today=request.viewer.today,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("The point is noted."))
            return redirect("consultation:points", branch.slug, row.pk)
    elif form.is_bound:
        status = UNPROCESSABLE
    return _points_page(request, branch, row, form=form, status=status)


@require_POST
@branch_page("consultation.work")
def session_summary(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Write the summary of a session."""
    row = get_session(request, branch, pk)
    back = reverse("consultation:points", args=[branch.slug, row.pk])
    form = SummaryForm(request.POST)
    if not form.is_valid():
        return _points_page(
            request,
            branch,
            row,
            form=NewPointForm(**_choices(request, row)),
            summary_form=form,
            status=UNPROCESSABLE,
        )
    try:
        services.summarise(
            session=row,
            summary=form.cleaned_data["summary"],
            revision=form.cleaned_data["revision"],
            by=request.user,
            today=request.viewer.today,
        )
    except Stale as stale:
        fill_again(form, revision=stale.revision)
        return conflict_page(
            request, stale, back=back, form=form, action=request.path, branch=branch
        )
    messages.success(request, _("Saved."))
    return redirect(back)


@require_POST
@branch_page("consultation.work")
def point_of_cluster(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Make a point of a sub-theme in one tap: its post-its come along."""
    row = get_object_or_404(
        Cluster.objects.for_viewer(request.viewer)
        .filter(session__gathering__consultation__branch=branch)
        .select_related("session__gathering__consultation__branch"),
        pk=pk,
    )
    try:
        point = services.make_of_cluster(cluster=row, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("consultation:points", branch.slug, row.session_id)
    messages.success(request, _("It is a point now. Say in a sentence what people meant."))
    return redirect("consultation:point", branch.slug, point.pk)


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def point(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Change a point: its text, what it is, how many were behind it, and its post-its."""
    row = _get_point(request, branch, pk)
    back = reverse("consultation:points", args=[branch.slug, row.session_id])
    behind = [one.pk for one in services.gathered(row)]
    form = PointEditForm(
        sent(request),
        initial=PointEditForm.initial_of(row, notes=_notes_behind(row, behind)),
        **_choices(request, row.session, behind=behind),
    )
    status = 200
    if form.is_valid():
        try:
            services.change(
                point=row,
                plan=form.plan(),
                post_its=form.ticked,
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=request.viewer.today,
            )
        except Stale as stale:
            fill_again(form, revision=stale.revision)
            return conflict_page(
                request, stale, back=back, form=form, action=request.path, branch=branch
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    elif form.is_bound:
        status = UNPROCESSABLE
    return page(
        request,
        branch,
        "consultation/report/point.html",
        {"point": row, "session": row.session, "form": form, "back": back},
        tab=TAB,
        status=status,
        more=[*_trail(branch, row.session), (_("What came out of it"), back)],
    )


@require_POST
@branch_page("consultation.work")
def point_move(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Let a point change places with the one before or after it."""
    row = _get_point(request, branch, pk)
    services.move(
        point=row,
        up=request.POST.get("to") == "up",
        by=request.user,
        today=request.viewer.today,
    )
    address = reverse("consultation:points", args=[branch.slug, row.session_id])
    return redirect(f"{address}#punt-{row.pk}")


@require_POST
@branch_page("consultation.work")
def point_remove(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take a point away; its post-its stay."""
    row = _get_point(request, branch, pk)
    try:
        services.remove(point=row, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("The point is gone; the post-its that it gathered are there."))
    return redirect("consultation:points", branch.slug, row.session_id)


def _points_page(
    request: ViewerRequest,
    branch: Branch,
    row: Session,
    *,
    form: NewPointForm,
    summary_form: SummaryForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found = report_of(row.gathering)
    context: dict[str, Any] = {
        "session": row,
        "gathering": row.gathering,
        "part": next(part for part in found.sessions if part.session.pk == row.pk),
        "form": form,
        "summary_form": summary_form or SummaryForm(initial=SummaryForm.initial_of(row)),
    }
    return page(
        request,
        branch,
        "consultation/report/points.html",
        context,
        tab=TAB,
        status=status,
        more=_trail(branch, row),
    )


def _trail(branch: Branch, row: Session) -> Trail:
    board = reverse("consultation:session", args=[branch.slug, row.pk])
    return [*trail_of(branch, row.gathering), (row.title, board)]


def _get_point(request: ViewerRequest, branch: Branch, pk: int) -> Point:
    return get_object_or_404(
        Point.objects.for_viewer(request.viewer)
        .filter(session__gathering__consultation__branch=branch)
        .select_related(
            "contribution",
            "cluster",
            "session__theme",
            "session__gathering__meeting",
            "session__gathering__channel",
            "session__gathering__consultation__branch",
            "session__gathering__consultation__timeline__branch",
            "session__gathering__consultation__timeline__election",
        ),
        pk=pk,
    )


def _notes_behind(point: Point, behind: list[int]) -> list[int]:
    return list(
        PostIt.objects.filter(session=point.session, contribution__in=behind).values_list(
            "pk", flat=True
        )
    )


def _choices(
    request: ViewerRequest, row: Session, *, behind: list[int] | None = None
) -> dict[str, Any]:
    """Return what a form about a point of this session may choose from."""
    alone = Q(contribution__merged_into=None, contribution__cut_up=False, contribution__held="")
    examples: QuerySet[Example] = (
        Example.objects.for_viewer(request.viewer)
        .filter(services.readable_examples(row.gathering.consultation.branch_id))
        .filter(chapter__programme__next_version=None)
        .order_by("title", "pk")
    )
    return {
        "clusters": row.clusters.order_by("position", "id"),
        "notes": PostIt.objects.filter(session=row)
        .filter(alone | Q(contribution__in=behind or ()))
        .exclude(contribution__text="")
        .select_related("contribution")
        .order_by("pk"),
        "examples": examples,
    }
