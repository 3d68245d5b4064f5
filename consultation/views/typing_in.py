"""Typing in what somebody said elsewhere."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from consultation.consent import last_day
from consultation.enums import ChannelKind
from consultation.forms.typing_in import TypeInForm
from consultation.models import Consultation, Contribution
from consultation.services.receiving import NOBODY, Incoming, Person
from consultation.services.typing_in import type_in
from consultation.views.loading import get_consultation, page, sent
from core.dates import day_words
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused

# What stays filled in for the next note of the same stall or door.
_KEPT = ("channel", "theme", "role", "neighbourhood", "received_on")


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def contribution_add(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Type in what came by hand; several after each other if need be."""
    consultation = get_consultation(request, branch)
    today = request.viewer.today
    form = TypeInForm(
        sent(request),
        consultation=consultation,
        today=today,
        initial={name: request.GET[name] for name in _KEPT if name in request.GET},
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = _take_in(request, consultation, form)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _done(branch, row))
            if "another" in request.POST:
                return redirect(_again(branch, row, form))
            return redirect("consultation:contribution", branch.slug, row.pk)
    return page(
        request,
        branch,
        "consultation/contribution_add.html",
        {
            "consultation": consultation,
            "form": form,
            "deleted_on": last_day(consultation, today=today),
        },
        tab="list",
        status=UNPROCESSABLE if form.errors else 200,
        more=[(_("Everything that came in"), reverse("consultation:desk", args=[branch.slug]))],
    )


def _take_in(request: ViewerRequest, consultation: Consultation, form: TypeInForm) -> Contribution:
    data = form.cleaned_data
    today = request.viewer.today
    return type_in(
        consultation=consultation,
        channel=form.channel_row or ChannelKind(data["channel"]),
        incoming=Incoming(
            text=data["text"],
            theme=data["theme"],
            role=data["role"],
            neighbourhood=data["neighbourhood"],
            person=_person(consultation, data, form) if data["agreed"] else NOBODY,
            received_on=data["received_on"],
            submission=data["submission"],
        ),
        by=request.user,
        today=today,
    )


def _person(consultation: Consultation, data: dict[str, Any], form: TypeInForm) -> Person:
    return Person(
        name=data["name"],
        email=data["email"],
        organisation=data["organisation"],
        wants_answer=data["wants_answer"],
        consent=_("Agreed orally that %(branch)s keeps this until %(day)s.")
        % {
            "branch": consultation.branch.name,
            "day": day_words(last_day(consultation, today=form.today)),
        },
    )


def _done(branch: Branch, row: Contribution) -> SafeString:
    return format_html(
        '{} <a href="{}">{}</a>',
        _("It stands in the list."),
        reverse("consultation:contribution", args=[branch.slug, row.pk]),
        _("Contribution %(number)s") % {"number": row.pk},
    )


def _again(branch: Branch, row: Contribution, form: TypeInForm) -> str:
    data = form.cleaned_data
    kept = {
        "channel": f"c{row.channel_id}",
        "theme": data["theme"].pk if data["theme"] else "",
        "role": data["role"],
        "neighbourhood": data["neighbourhood"],
        "received_on": data["received_on"].isoformat(),
    }
    asked = urlencode({name: value for name, value in kept.items() if value})
    return f"{reverse('consultation:contribution_add', args=[branch.slug])}?{asked}"
