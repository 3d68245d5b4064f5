"""The first page: what this is, and whose eyes to look through."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import clock
from demo import queries
from demo.models import DemoPersona
from demo.personas import BY_KEY, READER, SESSION_KEY
from demo.views.gate import back_to, demo_page
from process.models import Timeline
from process.rules.state import shown_state
from process.thread import Knot, draw_thread

SIGN_IN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_AFTER_POLLING = timedelta(weeks=16)
_AIR = timedelta(days=14)


@demo_page
@require_safe
def personas(request: HttpRequest) -> HttpResponse:
    """Tell in a few sentences what this is, and offer every persona."""
    today = clock.today()
    cast = queries.cast()
    timeline = queries.lead_timeline(players=cast, today=today)
    context = {
        "cast": cast,
        "timeline": timeline,
        "thread": _thread(timeline, today=today) if timeline else "",
        "branch_count": queries.branch_count(),
        "result": queries.public_result(),
        "form": queries.open_form(),
        "session": queries.live_session(),
        "outcome": queries.shown_outcome(),
        "preference": queries.open_preference(today=today),
        "public_ten": queries.public_ten(),
        "reader": next((one for one in cast if one.persona.key == READER), None),
    }
    return render(request, "demo/personas.html", context)


def _thread(timeline: Timeline, *, today: date) -> SafeString:
    """Draw the whole thread of one branch up to its election's first months."""
    rows = [
        row
        for row in timeline.milestones.all()
        if row.target <= timeline.polling_day + _AFTER_POLLING
    ]
    if not rows:
        return SafeString()
    knots = [
        Knot(
            key=row.key,
            label=row.definition.title,
            state=shown_state(
                status=row.status,
                is_statutory=row.is_statutory,
                window_start=row.window_start,
                deadline=row.deadline,
                today=today,
            ).value,
            day=row.done_on or row.target,
        )
        for row in rows
    ]
    days = [knot.day for knot in knots]
    return draw_thread(
        knots=knots,
        today=today,
        start=min(days) - _AIR,
        end=max(days) + _AIR,
        title=_("The thread of %(branch)s") % {"branch": timeline.branch.name},
        desc=_(
            "Solid where the work is done, open where it is planned, frayed where it is late. "
            "The needle is today."
        ),
        ident="demo-thread",
    )


@demo_page
@require_POST
def step_in(request: HttpRequest, key: str) -> HttpResponse:
    """Be this person: one click, no code; on the page that the form names, or on their own."""
    persona = BY_KEY.get(key)
    if persona is None:
        raise Http404
    row = get_object_or_404(DemoPersona.objects.select_related("user", "branch"), key=key)
    own = reverse(persona.page, args=[row.branch.slug] if row.branch else [])
    # Read first: a form that cannot be read signs nobody in.
    onward = back_to(request, otherwise=own)
    login(request, row.user, backend=SIGN_IN_BACKEND)
    request.session[SESSION_KEY] = key
    return redirect(onward)
