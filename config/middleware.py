"""Around every request: the viewer, bad text refused, a second factor for the national office."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from branches import second_step
from branches.viewer import Viewer
from config.errors import bad_request
from core import clock

Handler = Callable[[HttpRequest], HttpResponse]
PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
)


class PermissionsPolicyMiddleware:
    """Puts a Permissions-Policy on every answer, errors included."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class BadTextMiddleware:
    """Refuses NUL bytes in addresses and query strings: no database column can hold them."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request)
        return self.get_response(request)


class ViewerMiddleware:
    """Gives the request its ``viewer``: who looks, today, with which roles. Read at first use.

    What a signed-in person is shown is kept by no cache on the way.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""

        def load() -> Viewer:
            return Viewer.load(request.user, today=clock.today())

        request.viewer = SimpleLazyObject(load)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            # On a shared computer the back button must not show the pages of who signed out.
            response["Cache-Control"] = "private, no-store"
        return response


class NationalOfficeSecondFactorMiddleware:
    """Whoever sees all branches signs in with a passkey or TOTP, or sets one up first.

    A visitor of a demonstration who stepped into a persona is let through: the demonstration marks
    the session, and that mark counts only where ``DEMO`` is on, which production refuses.
    """

    # Setting up or using a second step, leaving, and the language; demo pages by their namespace.
    # Links that stop a mail ask nobody to sign in, so nor whoever happens to be halfway.
    always = frozenset(
        {
            "account_logout",
            "account_login",
            "set_language",
            "notifications:stop",
            "notifications:resume",
            # A calendar asks; whoever is signed in beside it does not matter.
            "process:feed",
            "process:feed_public",
            # For everybody, drawn without who looks.
            "consultation:form",
            "consultation:form_embedded",
            "consultation:thanks",
            "consultation:outcome",
            "consultation:forget",
            "evaluation:public_ten",
            "evaluation:public_pledge",
            "evaluation:ten_atom",
            "evaluation:ten_ical",
            "evaluation:ten_image",
            "evaluation:ten_embed",
            "evaluation:ten_file",
            "evaluation:follow",
            "evaluation:follow_confirm",
            "evaluation:follow_stop",
            "evaluation:propose_update",
            "evaluation:preference",
        }
    )

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Send a national officer without a second step in this session to it."""
        del view, args, kwargs
        match = request.resolver_match
        if match is None or not request.user.is_authenticated:
            return None
        if match.namespaces == ["demo"] or match.view_name in self.always:
            return None
        if (match.url_name or "").startswith("mfa_"):
            return None
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        if not viewer.is_national or self._second_step_taken(request):
            return None
        step = second_step.address(request)
        if step is None:
            return redirect("mfa_index")
        onward = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("home")
        return redirect(f"{step}?{urlencode({'next': onward})}")

    def _second_step_taken(self, request: HttpRequest) -> bool:
        if settings.DEMO and request.session.get("demo_persona"):
            return True
        return second_step.taken(request)
