"""The members' preference, as those who choose see it: the link, until when, the result."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from core.mail import absolute
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.qr import qr_svg
from core.refusal import Refused
from evaluation.forms.ten.choosing import PreferenceForm
from evaluation.queries.ten.choosing import preferences
from evaluation.queries.ten.overview import way_of
from evaluation.services.ten import preferring as services
from evaluation.views.loading import sent
from evaluation.views.ten.choosing import choosing_url
from evaluation.views.ten.loading import get_top_ten, page


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.choose")
def ten_preference(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show the link and the result; open it, or move its last day."""
    top_ten = get_top_ten(request, branch, pk)
    today = request.viewer.today
    form = PreferenceForm(sent(request), initial={"until": top_ten.preference_until})
    if request.method == "POST" and form.is_valid():
        try:
            services.open_preference(
                top_ten=top_ten, until=form.cleaned_data["until"], by=request.user, today=today
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("The link is open. Send it to your members."))
            return redirect("evaluation:ten_preference", branch.slug, top_ten.pk)
    address = absolute(reverse("evaluation:preference", args=[top_ten.preference_key]))
    result, phones = preferences(top_ten)
    most = max((one.dots for one in result), default=0)
    return page(
        request,
        branch,
        "evaluation/ten/choosing/preference.html",
        {
            "form": form,
            "is_open": services.is_open(top_ten, today=today),
            "address": address,
            "qr": qr_svg(address, label=_("QR code of the link for preferences")),
            "result": result,
            "phones": phones,
            "most": most,
            "way": way_of(top_ten, today=today),
            "step": "preference",
            "may_agree": may(request.viewer, "evaluation.agree", branch),
        },
        top_ten=top_ten,
        tab="preference",
        status=UNPROCESSABLE if request.method == "POST" else 200,
        more=[(_("Choosing the ten"), choosing_url(branch, top_ten))],
    )


@require_POST
@branch_page("evaluation.choose")
def preference_close(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Close the link now."""
    top_ten = get_top_ten(request, branch, pk)
    services.close_preference(top_ten=top_ten, by=request.user, today=request.viewer.today)
    messages.success(request, _("The link is closed. The dots stay."))
    return redirect("evaluation:ten_preference", branch.slug, top_ten.pk)


@require_POST
@branch_page("evaluation.choose")
def preference_renew(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Give the link another address."""
    top_ten = get_top_ten(request, branch, pk)
    try:
        services.new_link(top_ten=top_ten, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("The link has another address. The old one is closed."))
    return redirect("evaluation:ten_preference", branch.slug, top_ten.pk)
