"""Handing over: nobody leaves a pledge behind without somebody being asked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch, User
from core.concurrency import Stale
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused
from evaluation.forms.ten.people import HandOverPledgeForm
from evaluation.models import Pledge
from evaluation.queries.ten import people as queries
from evaluation.queries.ten.current import current_top_ten
from evaluation.services.ten.people import set_people
from evaluation.views.ten.delivering import pledge_to_deliver
from evaluation.views.ten.loading import page
from process.views.conflicts import conflict


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.view_ten")
def pledge_hand_over(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Hand one pledge over: by whoever is in the lead of it, the council group or the board."""
    pledge = pledge_to_deliver(request, branch, pk)
    pledge_url = reverse("evaluation:pledge", args=[branch.slug, pledge.pk])
    people = queries.possible_people(branch=branch, today=request.viewer.today)
    here = {person.pk: person for person in people}
    form = HandOverPledgeForm(
        request.POST if request.method == "POST" else None,
        pledge=pledge,
        people=people,
        initial=_first(pledge, here=here, by=request.user),
    )
    if form.is_valid():
        try:
            saved = set_people(
                pledge=pledge,
                owner=form.cleaned_data["owner"],
                deputy=form.cleaned_data["deputy"],
                note=form.cleaned_data["note"],
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=request.viewer.today,
            )
        except Stale as stale:
            return conflict(
                request, branch, stale=stale, form=form, section="ten", back=request.path
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _done(saved.owner, by=request.user))
            return redirect(pledge_url)
    return page(
        request,
        branch,
        "evaluation/ten/people/hand_over.html",
        {
            "pledge": pledge,
            "form": form,
            "gone": pledge.owner is not None and pledge.owner_id not in here,
            "left": queries.left_for_the_next(pledge=pledge),
        },
        top_ten=pledge.top_ten,
        tab="desk",
        status=UNPROCESSABLE if form.is_bound else 200,
        more=[(pledge.title, pledge_url)],
    )


@require_safe
@branch_page("evaluation.deliver")
def ten_orphans(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """List the pledges of which nobody is in the lead, each with the page that solves it."""
    return page(
        request,
        branch,
        "evaluation/ten/people/orphans.html",
        {"pledges": list(queries.without_owner(branch, request.viewer.today))},
        top_ten=current_top_ten(viewer=request.viewer, branch=branch),
        tab="desk",
    )


def _first(pledge: Pledge, *, here: dict[int, User], by: User) -> dict[str, Any]:
    """Return what the form proposes: the deputy moves up where the owner is gone or hands over."""
    owner, deputy = here.get(pledge.owner_id or 0), here.get(pledge.deputy_id or 0)
    if owner is None or owner == by:
        owner, deputy = deputy, None
    return {"owner": owner, "deputy": deputy, "revision": pledge.revision}


def _done(owner: User | None, *, by: User) -> str:
    if owner is None:
        return _("Nobody is in the lead now. The board is asked to find somebody.")
    if owner == by:
        return _("You are in the lead now.")
    return _(
        "%(name)s is in the lead now and hears it in the next daily mail. Call too: that helps "
        "most."
    ) % {"name": owner}
