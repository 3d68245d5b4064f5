"""Calm pages for what went wrong. None of them may need the database: it can be what went wrong."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Tell that the request could not be read: too many fields, broken text, too large."""
    del request, exception
    return _calm("400.html", 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Tell that it is our fault, and whom to call."""
    del request
    return _calm("500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tell that the form was too old to accept, and what to do."""
    del request, reason
    return _calm("403_csrf.html", 403)


def _calm(template: str, status: int) -> HttpResponse:
    page = render_to_string(template, {"help_contact": settings.HELP_CONTACT})
    return HttpResponse(page, status=status)
