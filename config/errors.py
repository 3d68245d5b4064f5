"""Calm pages for what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tell that the form was too old to accept, and what to do."""
    del reason
    return render(request, "403_csrf.html", status=403)
