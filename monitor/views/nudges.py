"""Encouragements: choosing branches, the words, who gets them, and sending."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest
from branches.models import Branch
from core.pages import CONFLICT, FORM_METHODS, UNPROCESSABLE, whole_number
from core.refusal import Refused
from monitor.forms.national import ADDRESS, election_asked, read_filter
from monitor.forms.nudges import NudgeForm
from monitor.forms.ticked import slugs_of
from monitor.gate import national_page
from monitor.nudge_words import READY, ready_for
from monitor.queries import national_lists
from monitor.queries import nudges as queries
from monitor.queries.national import in_order, timelines
from monitor.queries.nudges import MOST, Target
from monitor.services import nudges as services
from process.thread import forecast_word

ON_A_PAGE = 30
LOOK, SEND = "bekijken", "versturen"
EVERYTHING = "alle"


@require_safe
@national_page("monitor.help_branches")
def nudges(request: ViewerRequest) -> HttpResponse:
    """Show what was sent, and how much of it arrived."""
    page = Paginator(queries.sent(), ON_A_PAGE).get_page(whole_number(request, "page") or 1)
    context = {"section": "help", "tab": "nudges", "page": page}
    return render(request, "monitor/helping/nudges.html", context)


@require_http_methods(FORM_METHODS)
@national_page("monitor.help_branches")
def nudge(request: ViewerRequest) -> HttpResponse:
    """Ask for the words, show who gets them and who is spared, and send.

    Branches are named by their slugs (``afdeling``), in the address or, as an address holds no 350
    of them, in a form: without a step (``stap``) it only brings them along. An address with
    ``alle`` means all that the national page shows with the same filters.
    """
    given = request.POST if request.method == "POST" else request.GET
    asked = shown_slugs(request) if EVERYTHING in request.GET else slugs_of(given)
    branches = queries.chosen(slugs=asked)
    step = given.get("stap", "") if request.method == "POST" else ""
    if not branches or len(branches) > MOST:
        context = {"section": "help", "tab": "nudges", "asked": asked, "most": MOST}
        status = UNPROCESSABLE if step or len(branches) > MOST else 200
        return render(request, "monitor/helping/nudge_nobody.html", context, status=status)
    rows = queries.targets(branches=branches, today=request.viewer.today)
    form = _form(given, rows, step)
    context = {
        "section": "help",
        "tab": "nudges",
        "branches": branches,
        "rows": rows,
        "form": form,
        "lost": len(asked) - len(branches),
    }
    if step not in (LOOK, SEND) or not form.is_valid():
        context["situations"] = _situations(given, rows)
        status = UNPROCESSABLE if step in (LOOK, SEND) else 200
        return render(request, "monitor/helping/nudge.html", context, status=status)
    if step == LOOK:
        return _preview(request, context, rows, form)
    return _send(request, context, branches, form)


def shown_slugs(request: ViewerRequest) -> list[str]:
    """Return the branches that the national page shows for these filters; one more than ``MOST``.

    Filters that make no sense are left out there as well.
    """
    today = request.viewer.today
    lists = national_lists.read(
        person=request.user.pk, today=today, asked=request.GET.get(ADDRESS["election"], "")
    ).lists
    election = election_asked(request.GET, lists=lists, today=today)
    if election is None:
        return []
    form, _remarks = read_filter(request.GET, lists=lists, election=election)
    wanted = form.wanted(person=request.user.pk, today=today)
    rows = in_order(rows=timelines(election=election, today=today), wanted=wanted)
    return list(rows.values_list("branch__slug", flat=True)[: MOST + 1])


def _form(given: QueryDict, rows: list[Target], step: str) -> NudgeForm:
    if step:
        # Going back to the words keeps them as they were typed.
        return NudgeForm(given)
    situation = given.get("situatie", "")
    ready = ready_for(situation if situation in READY else queries.situation_of(rows))
    return NudgeForm(
        initial={"subject": ready.subject, "text": ready.text, "submission": uuid.uuid4()}
    )


def _situations(given: QueryDict, rows: list[Target]) -> list[dict[str, Any]]:
    """Return the ready words to choose from; ``now`` are those that were filled in."""
    asked = given.get("situatie", "")
    now = asked if asked in READY else queries.situation_of(rows)
    return [{"value": name, "label": forecast_word(name), "now": name == now} for name in READY]


def _preview(
    request: ViewerRequest, context: dict[str, Any], rows: list[Target], form: NudgeForm
) -> HttpResponse:
    data = form.cleaned_data
    seen = queries.preview(
        rows=rows, subject=data["subject"], text=data["text"], today=request.viewer.today
    )
    going = [row for row in seen if row.told]
    example = going[0] if going else None
    context |= {
        "going": going,
        "staying": [row for row in seen if not row.told],
        "people": sum(len(row.told) for row in seen),
        "spared": sum(len(row.spared) for row in seen),
        "example": example,
        "mail": example.target.draft(subject=data["subject"], text=data["text"], batch="preview")
        if example is not None
        else None,
    }
    return render(request, "monitor/helping/nudge_preview.html", context)


def _send(
    request: ViewerRequest, context: dict[str, Any], branches: list[Branch], form: NudgeForm
) -> HttpResponse:
    data = form.cleaned_data
    try:
        sent = services.send(
            branches=branches,
            subject=data["subject"],
            text=data["text"],
            by=request.user,
            submission=data["submission"],
            today=request.viewer.today,
            now=timezone.now(),
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return render(request, "monitor/helping/nudge.html", context, status=CONFLICT)
    if not sent.is_new:
        messages.info(request, _("This was sent already, so nothing goes out a second time."))
    elif not sent.people:
        messages.info(request, _("Nobody gets a mail: everybody was spared. Call instead?"))
    else:
        messages.success(request, _told(sent))
    return redirect("monitor:nudges")


def _told(sent: services.Sent) -> str:
    text = ngettext(
        "%(people)s person in %(branches)s gets a mail within a few minutes.",
        "%(people)s people in %(branches)s get a mail within a few minutes.",
        sent.people,
    ) % {
        "people": sent.people,
        "branches": ngettext("%(count)s branch", "%(count)s branches", sent.branches)
        % {"count": sent.branches},
    }
    if sent.spared:
        text += " " + ngettext(
            "%(count)s person was spared.", "%(count)s people were spared.", sent.spared
        ) % {"count": sent.spared}
    return text
