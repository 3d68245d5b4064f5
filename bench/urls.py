"""The product's addresses, and bare pages as floors."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import path

from bench.asking import ask_again
from config.urls import urlpatterns as product

# Set by the bench before it asks for the bare page: as many characters as the page beside it.
bare_text = {"text": ""}
# The same for a page that was drawn before: its bytes.
bare_kept = {"text": b""}
# The question for the stored texts of a feed.
bare_joined: dict[str, Any] = {"question": None}
# What a page asked the database, and its bytes.
bare_same: dict[str, Any] = {"questions": [], "content": b""}


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """Render a template of a given size through the same middleware."""
    return render(request, "bench_bare.html", bare_text)


@login_not_required
def kept(request: HttpRequest) -> HttpResponse:
    """Send bytes as they are through the same middleware."""
    del request
    return HttpResponse(bare_kept["text"])


@login_not_required
def same(request: HttpRequest) -> HttpResponse:
    """Ask the database what a page asked, read all of it, and send that page's bytes."""
    del request
    ask_again(bare_same["questions"])
    return HttpResponse(bare_same["content"])


@login_not_required
def joined(request: HttpRequest) -> HttpResponse:
    """Read the stored texts of events, which stand in the last column, and join them."""
    del request
    with connection.cursor() as cursor:
        cursor.execute(bare_joined["question"].sql, bare_joined["question"].values)
        return HttpResponse("".join(row[-1] for row in cursor.fetchall()))


@login_not_required
def unchanged(request: HttpRequest) -> HttpResponse:
    """Say that there is nothing new, without looking."""
    del request
    return HttpResponseNotModified()


class SignIn(LoginView):
    """Django's own sign-in page, with a template of a given size."""

    template_name = "bench_sign_in.html"
    extra_context = bare_text


urlpatterns = [
    *product,
    path("bare/", bare),
    path("bare/kept/", kept),
    path("bare/same/", same),
    path("bare/joined/", joined),
    path("bare/unchanged/", unchanged),
    path("bare/sign-in/", login_not_required(SignIn.as_view())),
]
