"""Who at the office looks after which branches."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from branches.facts.provinces import Province
from branches.gate import ViewerRequest
from branches.models import Branch, User
from core.refusal import Refused
from monitor.forms.contacts import AssignForm, ContactsFilter
from monitor.forms.ticked import slugs_of
from monitor.gate import national_page
from monitor.queries import contacts as queries
from monitor.queries.help import colleagues
from monitor.services import contacts as services

CARD = "kaart"
_PROVINCES = {row.value: row.dutch_name for row in Province}


@require_safe
@national_page("monitor.help_branches")
def contacts(request: ViewerRequest) -> HttpResponse:
    """Show how many branches each colleague looks after, and all branches with their person."""
    today = request.viewer.today
    shares = queries.shares(today=today)
    people = [share.person for share in shares]
    wanted = ContactsFilter(request.GET, people=people)
    province, who = wanted.wanted()
    lines = queries.lines(province=province, who=who, today=today)
    total = Branch.objects.active().count()
    context = {
        "section": "help",
        "tab": "contacts",
        "shares": shares,
        "total": total,
        "without": total - sum(share.branches for share in shares),
        "nobody": queries.NOBODY,
        "filter": wanted,
        "assign": AssignForm(people=people),
        "number": len(lines),
        "is_filtered": bool(province or who),
        "provinces": [
            (_PROVINCES.get(code, code), code, list(rows))
            for code, rows in groupby(lines, key=lambda line: line.branch.province)
        ],
    }
    return render(request, "monitor/helping/contacts.html", context)


@require_POST
@national_page("monitor.help_branches")
def contact_assign(request: ViewerRequest) -> HttpResponse:
    """Let a colleague look after the branches that were ticked, or after a whole province."""
    today = request.viewer.today
    form = AssignForm(request.POST, people=list(colleagues(today=today)))
    if not form.is_valid():
        messages.error(request, _("Choose a colleague first. Nothing was changed."))
        return redirect("monitor:contacts")
    branches = _branches(request, form.cleaned_data["province"])
    if not branches:
        messages.error(request, _("Tick at least one branch. Nothing was changed."))
        return redirect("monitor:contacts")
    person = form.chosen()
    try:
        changed = services.assign(branches=branches, person=person, by=request.user, today=today)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _changed(changed, person))
    if form.cleaned_data["back"] == CARD and len(branches) == 1:
        return redirect("monitor:branch_card", branches[0].slug)
    return redirect(reverse("monitor:contacts"))


def _branches(request: ViewerRequest, province: str) -> list[Branch]:
    rows = Branch.objects.active().order_by("pk")
    if province:
        return list(rows.filter(province=province))
    return list(rows.filter(slug__in=slugs_of(request.POST)))


def _changed(number: int, person: User | None) -> str:
    if not number:
        return _("It was so already. Nothing was changed.")
    if person is None:
        return ngettext(
            "Nobody in particular looks after %(count)s branch any more.",
            "Nobody in particular looks after %(count)s branches any more.",
            number,
        ) % {"count": number}
    return ngettext(
        "%(name)s looks after %(count)s more branch now.",
        "%(name)s looks after %(count)s more branches now.",
        number,
    ) % {"name": person, "count": number}
