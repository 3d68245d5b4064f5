"""Around every request: the viewer, bad text refused, a second factor for the national office."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from branches.viewer import Viewer
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
            return render(request, "400.html", status=400)
        return self.get_response(request)


class ViewerMiddleware:
    """Gives the request its ``viewer``: who looks, today, with which roles. Read at first use."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        def load() -> Viewer:
            return Viewer.load(request.user, today=clock.today())

        request.viewer = SimpleLazyObject(load)  # type: ignore[attr-defined]
        return self.get_response(request)


class NationalOfficeSecondFactorMiddleware:
    """Whoever sees all branches signs in with a passkey or TOTP, or sets one up first."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        return self.get_response(request)
