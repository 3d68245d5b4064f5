"""The product's addresses, and one bare page as the floor."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config.urls import urlpatterns as product

# Set by the bench before it asks for the bare page: as many characters as the page beside it.
bare_text = {"text": ""}
# The same for a page that was drawn before: its bytes.
bare_kept = {"text": b""}


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """Render a template of a given size through the same middleware."""
    return render(request, "bench_bare.html", bare_text)


@login_not_required
def kept(request: HttpRequest) -> HttpResponse:
    """Send bytes as they are through the same middleware."""
    del request
    return HttpResponse(bare_kept["text"])


urlpatterns = [*product, path("bare/", bare), path("bare/kept/", kept)]
