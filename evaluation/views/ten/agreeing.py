"""Who is in the lead of each of the ten, and fixing them with the members' decision (R58)."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from core.concurrency import Stale, conflict_page
from core.pages import CONFLICT, FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused
from evaluation.forms.ten.choosing import OwnersForm
from evaluation.models import TopTen
from evaluation.queries.ten.choosing import the_ten
from evaluation.queries.ten.overview import way_of
from evaluation.queries.ten.people import possible_people
from evaluation.services.ten import agreeing as services
from evaluation.services.ten.people import set_people
from evaluation.views.loading import sent
from evaluation.views.ten.choosing import choosing_url
from evaluation.views.ten.loading import get_top_ten, page


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.choose")
def ten_owners(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Say who is in the lead of each of the ten, and who is second."""
    top_ten = get_top_ten(request, branch, pk)
    if top_ten.is_agreed:
        messages.info(request, _("The ten were agreed. Hand a proposal over on its own page."))
        return redirect("evaluation:ten", branch.slug)
    pledges = the_ten(top_ten)
    people = list(possible_people(branch=branch, today=request.viewer.today))
    form = OwnersForm(sent(request), pledges=pledges, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, form)
        except Stale as stale:
            return conflict_page(
                request,
                stale,
                back=request.path,
                branch=branch,
                section="ten",
                message=_(
                    "Somebody else said who is in the lead at the same moment. Look at how it "
                    "stands now; what you chose was not saved."
                ),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect("evaluation:ten_owners", branch.slug, top_ten.pk)
    here = {person.pk for person in people}
    return page(
        request,
        branch,
        "evaluation/ten/choosing/owners.html",
        {
            "form": form,
            "way": way_of(top_ten, today=request.viewer.today),
            "step": "owners",
            "gone": [
                person
                for row in pledges
                for person in (row.owner, row.deputy)
                if person is not None and person.pk not in here
            ],
            "people": people,
            "may_agree": may(request.viewer, "evaluation.agree", branch),
            "may_invite": may(request.viewer, "branches.manage_people", branch),
        },
        top_ten=top_ten,
        tab="owners",
        status=UNPROCESSABLE if request.method == "POST" else 200,
        more=[(_("Choosing the ten"), choosing_url(branch, top_ten))],
    )


@transaction.atomic
def _save(request: ViewerRequest, form: OwnersForm) -> None:
    """Save what changed; all of it or nothing."""
    for pledge in form.pledges:
        owner, deputy, revision = form.chosen(pledge)
        if (owner and owner.pk, deputy and deputy.pk) != (pledge.owner_id, pledge.deputy_id):
            set_people(
                pledge=pledge,
                owner=owner,
                deputy=deputy,
                by=request.user,
                today=request.viewer.today,
                revision=revision,
            )


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.agree")
def ten_agree(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show what is there and what is missing; with all of it, one button fixes the ten."""
    top_ten = get_top_ten(request, branch, pk)
    refused = ""
    if request.method == "POST":
        try:
            services.agree(top_ten=top_ten, by=request.user, today=request.viewer.today)
        except Refused as error:
            refused = error.sentence
        else:
            messages.success(request, _("The ten are agreed. Congratulations!"))
            return redirect("evaluation:ten", branch.slug)
    return _agree_page(request, branch, top_ten, refused=refused)


@require_POST
@branch_page("evaluation.agree")
def ten_reopen(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Open the ten again, because the members replaced their decision."""
    top_ten = get_top_ten(request, branch, pk)
    try:
        services.reopen(top_ten=top_ten, by=request.user, today=request.viewer.today)
    except Refused as error:
        return _agree_page(request, branch, top_ten, refused=error.sentence, status=CONFLICT)
    messages.success(request, _("The ten are open. Change what the members decided, and agree."))
    return redirect(choosing_url(branch, top_ten))


def _agree_page(
    request: ViewerRequest,
    branch: Branch,
    top_ten: TopTen,
    *,
    refused: str,
    status: int | None = None,
) -> HttpResponse:
    way = way_of(top_ten, today=request.viewer.today)
    decide = f"{reverse('process:decision_new', args=[branch.slug])}?soort=agree_top_ten"
    return page(
        request,
        branch,
        "evaluation/ten/choosing/agree.html",
        {
            "pledges": the_ten(top_ten),
            "way": way,
            "step": "agree",
            "refused": refused,
            "replaced": services.replaced_by(top_ten),
            "decide_url": decide,
            "may_agree": True,
        },
        top_ten=top_ten,
        tab="agree",
        status=status or (UNPROCESSABLE if refused else 200),
        more=[(_("Choosing the ten"), choosing_url(branch, top_ten))],
    )
