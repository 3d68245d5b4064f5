"""Moving the clock from the bar on every page."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from branches.gate import ViewerRequest
from core import clock, travel
from core.dates import day_words
from demo import queries
from demo.forms import ClockForm
from demo.views.gate import back_to, demo_page

# How many seconds a visitor waits for the days in between; then the worker goes on.
PATIENCE = 6


@demo_page
@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """Move the clock a day, a week, to the next deadline, to a chosen day, or to its start."""
    if not clock.is_movable():
        raise Http404
    before = clock.today()
    reason = ""
    try:
        after, reason = _destination(cast("ViewerRequest", request), today=before)
    except travel.UnreadableDay:
        messages.error(
            request,
            _("That is not a day. The clock was not moved: choose a day, as in 16-03-2022."),
        )
    except travel.OutOfReach:
        messages.error(
            request,
            _("The clock goes from %(first)s to %(last)s and no further. It was not moved.")
            % {"first": day_words(travel.FIRST_DAY), "last": day_words(travel.LAST_DAY)},
        )
    else:
        clock.set_today(day=after, seconds=PATIENCE)
        _tell(request, before=before, after=after, reason=reason)
    return redirect(back_to(request, otherwise="demo:personas"))


def _destination(request: ViewerRequest, *, today: date) -> tuple[date, str]:
    """Return the day to go to, and a sentence on why that day."""
    form = ClockForm(request.POST)
    if not form.is_valid():
        raise travel.UnreadableDay
    match form.cleaned_data["move"]:
        case "day":
            return travel.ahead(today=today, days=1), ""
        case "week":
            return travel.ahead(today=today, days=7), ""
        case "deadline":
            return _deadline(request, slug=form.cleaned_data["branch"], today=today)
        case "reset":
            return date.fromisoformat(settings.DEMO_START), ""
    day = form.cleaned_data["day"]
    if day is None:
        raise travel.UnreadableDay
    return travel.reachable(day), ""


def _deadline(request: ViewerRequest, *, slug: str, today: date) -> tuple[date, str]:
    found = queries.next_deadline(viewer=request.viewer, slug=slug, today=today)
    if found is None:
        return today, _("There is no deadline after today.")
    return travel.reachable(found.day), _("Due today: %(title)s (%(branch)s).") % {
        "title": found.title,
        "branch": found.branch,
    }


def _tell(request: HttpRequest, *, before: date, after: date, reason: str) -> None:
    if clock.destination():
        messages.info(
            request,
            _(
                "On the way to %(day)s: each day in between is lived, and its mail goes out. The "
                "bar above tells how far it is; you can go on meanwhile."
            )
            % {"day": day_words(after)},
        )
        return
    sentences = [_("It is now %(day)s.") % {"day": day_words(after)}, reason]
    if after < before:
        sentences.append(
            _(
                "The clock went back. What was recorded on later days is kept and stands in the "
                "future now; mail of later days has not been sent yet."
            )
        )
    messages.info(request, " ".join(filter(None, sentences)))
