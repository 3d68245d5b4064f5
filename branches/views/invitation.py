"""The page behind the link in an invitation."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import cast

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from branches.forms import AcceptForm
from branches.gate import ViewerRequest
from branches.models import Branch
from branches.services import invitations
from branches.services.errors import (
    InvitationUnknown,
    InvitationUnusable,
    Refused,
    SomebodyElse,
)
from core import clock

NOT_FOUND, GONE, CONFLICT = 404, 410, 409


def token_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep the address, which holds a secret, out of other people's logs and search engines.

    ``strict-origin`` rather than ``no-referrer``: it tells where a request comes from without the
    path. With ``no-referrer`` browsers send ``Origin: null`` with a form, which the CSRF check
    refuses.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return inner


@require_http_methods(["GET", "HEAD", "POST"])
@token_page
@never_cache
@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows who asks what; POST accepts, signs in, and goes to the branch."""
    viewer = cast("ViewerRequest", request).viewer
    today = clock.today()
    try:
        found = invitations.find_invitation(token=token, today=today)
        invitations.check_reader(invitation=found, signed_in=viewer.user)
    except Refused as refused:
        return _refuse(request, refused)
    initial = {"name": found.name or (viewer.user.name if viewer.user else "")}
    form = AcceptForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.is_valid():
        return render(request, "branches/invitation.html", {"invitation": found, "form": form})
    try:
        user = invitations.accept_invitation(
            token=token,
            name=form.cleaned_data["name"],
            language=translation.get_language() or "nl",
            today=today,
            signed_in=viewer.user,
        )
    except Refused as refused:
        return _refuse(request, refused)
    messages.success(
        request, _("Welcome! You now take part in %(branch)s.") % {"branch": found.branch}
    )
    onward = _onward(found.branch)
    if viewer.user is not None:
        return redirect(onward)
    # Through allauth's stages: whoever has a second step is still asked for it.
    return cast(
        "HttpResponse",
        perform_login(request, Login(user=user, email=user.email, redirect_url=onward)),
    )


def _onward(branch: Branch) -> str:
    return reverse("process:today", args=[branch.slug])


def _refuse(request: HttpRequest, refused: Refused) -> HttpResponse:
    if isinstance(refused, InvitationUnknown):
        status = NOT_FOUND
    elif isinstance(refused, InvitationUnusable):
        status = GONE
    else:
        status = CONFLICT
    return render(
        request,
        "branches/invitation_refused.html",
        {"sentence": str(refused), "somebody_else": isinstance(refused, SomebodyElse)},
        status=status,
    )
