"""Signing in by e-mailed code: allauth's views, with words where allauth is silent."""

from __future__ import annotations

from typing import Any

from allauth.account.views import ConfirmLoginCodeView, LogoutView, RequestLoginCodeView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe


@method_decorator(login_not_required, name="dispatch")
class EnterCode(ConfirmLoginCodeView):  # type: ignore[misc]
    """The page for the code. Somebody whose code ran out is told so."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Handle the request; without a code to wait for there is only the way back."""
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        waiting = getattr(self, "_process", None) is not None
        if not waiting and not request.user.is_authenticated:
            messages.warning(
                request,
                _("That code is no longer valid. Ask for a new one; it is there in a minute."),
            )
        return response


@method_decorator(login_not_required, name="dispatch")
class SignOut(LogoutView):  # type: ignore[misc]
    """Signing out also ends a sign-in that is halfway (another address, say)."""


@require_safe
@login_not_required
def no_account(request: HttpRequest) -> HttpResponse:
    """Tell how to get an account: by invitation, and from whom."""
    return render(request, "account/no_account.html")


ask_code = login_not_required(RequestLoginCodeView.as_view())
enter_code = EnterCode.as_view()
sign_out = SignOut.as_view()
