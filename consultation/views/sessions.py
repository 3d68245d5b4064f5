"""Sessions: planning them, the board, the screen, and moving through the phases."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from consultation.enums import SessionPhase
from consultation.forms.gatherings import SessionEditForm, SessionForm
from consultation.models import Gathering, Session
from consultation.queries.board import board_of
from consultation.queries.people import readers
from consultation.rules import session_phases as phases
from consultation.services import sessions as services
from consultation.session_words import three_questions
from consultation.views.gatherings import TAB, get_gathering, trail_of
from consultation.views.loading import page, sent
from core.concurrency import Stale, conflict_page, fill_again
from core.mail import absolute
from core.pages import CONFLICT, FORM_METHODS, whole_number
from core.qr import qr_svg
from core.refusal import Refused

NOTHING_NEW = 204


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def session_add(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Add a session to a gathering."""
    row = get_gathering(request, branch, pk)
    form = SessionForm(sent(request), **_choices(request, row))
    status = 200
    if form.is_valid():
        try:
            services.add(
                gathering=row, plans=[form.plan()], by=request.user, today=request.viewer.today
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("The session is added."))
            return redirect("consultation:gathering", branch.slug, row.pk)
    return _form_page(request, branch, row, form, heading=_("New session"), status=status)


@require_POST
@branch_page("consultation.work")
def sessions_ready(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Add three sessions, one for each of the three questions (R30)."""
    row = get_gathering(request, branch, pk)
    try:
        services.add(
            gathering=row,
            plans=[
                services.SessionPlan(title=title, question=question)
                for title, question in three_questions()
            ],
            by=request.user,
            today=request.viewer.today,
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Three sessions are added. Change them as you like."))
    return redirect("consultation:gathering", branch.slug, row.pk)


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def session_edit(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Change what is said about a session."""
    row = get_session(request, branch, pk)
    form = SessionEditForm(
        sent(request),
        initial=SessionEditForm.initial_of(row),
        **_choices(request, row.gathering, row),
    )
    status = 200
    if form.is_valid():
        try:
            services.change(
                session=row,
                plan=form.plan(),
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=request.viewer.today,
            )
        except Stale as stale:
            fill_again(form, revision=stale.revision)
            back = reverse("consultation:gathering", args=[branch.slug, row.gathering_id])
            return conflict_page(
                request, stale, back=back, form=form, action=request.path, branch=branch
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("Saved."))
            return redirect("consultation:gathering", branch.slug, row.gathering_id)
    return _form_page(
        request, branch, row.gathering, form, heading=_("Change the session"), status=status
    )


@require_POST
@branch_page("consultation.work")
def session_remove(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take away a session in which nothing happened."""
    row = get_session(request, branch, pk)
    try:
        services.remove(session=row, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("The session is taken away."))
    return redirect("consultation:gathering", branch.slug, row.gathering_id)


@require_safe
@branch_page("consultation.view_contributions")
def session(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show the board."""
    row = get_session(request, branch, pk)
    return page(
        request,
        branch,
        "consultation/session.html",
        board_context(request, branch, row),
        tab=TAB,
        more=trail_of(branch, row.gathering),
    )


@require_safe
@branch_page("consultation.view_contributions")
def session_board(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Answer who looks with the board as it is now, or that nothing changed (204).

    ``vanaf`` is the number of the board that the page shows; ``scherm`` asks for the large one.
    """
    since = whole_number(request, "vanaf")
    rows = Session.objects.for_viewer(request.viewer).filter(gathering__consultation__branch=branch)
    if since is not None and rows.filter(pk=pk, changes=since).exists():
        return HttpResponse(status=NOTHING_NEW)
    row = get_session(request, branch, pk)
    large = "scherm" in request.GET
    template = "consultation/_screen.html" if large else "consultation/_board.html"
    return render(request, template, {"branch": branch, **board_context(request, branch, row)})


@require_safe
@branch_page("consultation.view_contributions")
def session_screen(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show the board large, for a beamer: nothing to press, and it follows by itself."""
    row = get_session(request, branch, pk)
    context = {"of": branch, "branch_slug": branch.slug, **board_context(request, branch, row)}
    return render(request, "consultation/session_screen.html", context)


@require_POST
@branch_page("consultation.work")
def session_phase(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Bring the session to another phase."""
    row = get_session(request, branch, pk)
    try:
        moved = services.move(
            session=row,
            to=request.POST.get("to", ""),
            seen=request.POST.get("seen", ""),
            by=request.user,
            today=request.viewer.today,
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        if moved.phase == SessionPhase.CLOSED:
            messages.success(request, _("The session is closed. Its code does not work any more."))
    return redirect("consultation:session", branch.slug, row.pk)


def get_session(request: ViewerRequest, branch: Branch, pk: int) -> Session:
    """Return a session of this branch (404 otherwise)."""
    rows = Session.objects.for_viewer(request.viewer).filter(gathering__consultation__branch=branch)
    return get_object_or_404(
        rows.select_related(
            "theme",
            "reporter",
            "gathering__meeting__branch",
            "gathering__channel",
            "gathering__consultation__branch",
            "gathering__consultation__timeline__branch",
            "gathering__consultation__timeline__election",
        ),
        pk=pk,
    )


def board_context(request: ViewerRequest, branch: Branch, row: Session) -> dict[str, Any]:
    """Return what both boards show."""
    now = phases.ORDER.index(row.phase)
    address = ""
    if row.code:
        address = absolute(reverse("consultation:join_code", args=[row.code]))
    board = board_of(row)
    return {
        "branch": branch,
        "session": row,
        "gathering": row.gathering,
        "board": board,
        # While people write, what came last is what everybody looks for.
        "loose": board.loose[::-1] if phases.takes_notes(row.phase) else board.loose,
        "steps": [
            (SessionPhase(phase).label, phases.ORDER.index(phase) - now) for phase in phases.STEPS
        ],
        "onward": phases.onward(row.phase),
        "backward": phases.back(row.phase),
        "sorting": phases.may_sort(row.phase),
        "judges_talk": phases.judges_talk(row.phase),
        "types_in": phases.may_type_in(row.phase),
        "may_work": may(request.viewer, "consultation.work", branch),
        "join_address": address,
        "join_shown": address.partition("//")[2],
        "join_page": absolute(reverse("consultation:join")).partition("//")[2],
        "qr": _qr(address, _("QR code of the session")) if address else "",
        "grouped_code": f"{row.code[:3]} {row.code[3:]}" if row.code else "",
    }


@lru_cache(maxsize=256)
def _qr(address: str, label: str) -> SafeString:
    """Draw the address once: the screen asks for it every second."""
    return qr_svg(address, label=label)


def _choices(
    request: ViewerRequest, row: Gathering, session: Session | None = None
) -> dict[str, Any]:
    # A theme that was closed since stays with the session that had it.
    kept = Q(pk=session.theme_id) if session else Q(pk=None)
    return {
        "themes": row.consultation.themes.filter(Q(closed_on=None) | kept),
        "people": readers(branch=row.consultation.branch, today=request.viewer.today),
    }


def _form_page(
    request: ViewerRequest,
    branch: Branch,
    row: Gathering,
    form: SessionForm,
    *,
    heading: str,
    status: int,
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "submit": _("Save"),
        "back": reverse("consultation:gathering", args=[branch.slug, row.pk]),
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
