"""What may say the same, over the whole list: merge it, or say that it is not the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from consultation.forms.doubles import NOT_THE_SAME, GroupForm
from consultation.models import Consultation, Contribution
from consultation.queries import desk as list_queries
from consultation.queries.desk_rows import Line, lines
from consultation.queries.doubles import doubles as groups_of
from consultation.queries.doubles import shared_words
from consultation.rules.merging import Candidate, leader
from consultation.services.merging import merge
from consultation.services.telling_apart import tell_apart
from consultation.views.loading import get_consultation, page
from core.pages import FORM_METHODS
from core.refusal import Refused

GROUPS_ON_A_PAGE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Contributions that may say the same: the one that stays, and those like it."""

    lead: Line
    others: list[Line]


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def doubles(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show groups that may say the same; merge one, or remember that it is no group."""
    consultation = get_consultation(request, branch)
    if request.method == "POST":
        return _said(request, branch, consultation)
    pages = Paginator(groups_of(consultation=consultation), GROUPS_ON_A_PAGE)
    here = pages.get_page(request.GET.get("page"))
    context = {
        "consultation": consultation,
        "page": here,
        "groups": _shown(consultation, list(here)),
    }
    return page(
        request,
        branch,
        "consultation/doubles.html",
        context,
        tab="list",
        more=[(_("Everything that came in"), reverse("consultation:desk", args=[branch.slug]))],
    )


def _shown(consultation: Consultation, groups: list[list[int]]) -> list[Group]:
    numbers = [number for group in groups for number in group]
    known = list_queries.choices(consultation=consultation)
    marked = shared_words(groups)
    by_number = {line.pk: line for line in lines(numbers, known=known, marked=marked)}
    return [
        Group(lead=by_number[lead], others=[by_number[number] for number in others])
        for lead, *others in groups
    ]


def _said(request: ViewerRequest, branch: Branch, consultation: Consultation) -> HttpResponse:
    back = redirect(_address(request, branch))
    form = GroupForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tick at least one that says the same."))
        return back
    lead, others = _rows(consultation, form)
    doing: dict[str, Any] = {"by": request.user, "today": request.viewer.today}
    try:
        if form.cleaned_data["action"] == NOT_THE_SAME:
            tell_apart(consultation=consultation, lead=lead, others=others, **doing)
            messages.success(
                request, _("Noted: these are not the same. You will not see them again.")
            )
        else:
            kept = leader(
                [
                    Candidate(pk=row.pk, status=row.status, sources=row.sources)
                    for row in (lead, *others)
                ]
            )
            into = merge(
                into=next(row for row in (lead, *others) if row.pk == kept),
                others=[lead, *others],
                **doing,
            )
            messages.success(
                request,
                ngettext(
                    "Merged: %(count)s contribution now stands behind #%(number)s.",
                    "Merged: %(count)s contributions now stand behind #%(number)s.",
                    len(others),
                )
                % {"count": len(others), "number": into.pk},
            )
    except Refused as refused:
        messages.error(request, refused.sentence)
    return back


def _rows(consultation: Consultation, form: GroupForm) -> tuple[Contribution, list[Contribution]]:
    """Return what the form names; something of another branch is not there at all (404)."""
    number, numbers = form.cleaned_data["lead"], set(form.cleaned_data["other"])
    rows = Contribution.objects.filter(consultation=consultation).in_bulk([number, *numbers])
    if len(rows) != len({number, *numbers}):
        raise Http404
    return rows[number], [rows[one] for one in sorted(numbers - {number})]


def _address(request: ViewerRequest, branch: Branch) -> str:
    address = reverse("consultation:doubles", args=[branch.slug])
    number = request.GET.get("page", "")
    return f"{address}?page={number}" if number.isascii() and number.isdigit() else address
