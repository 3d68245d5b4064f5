"""The door of the demonstration: it does not exist anywhere else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

P = ParamSpec("P")


def demo_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Open a view to every visitor of a demonstration; elsewhere it is not found.

    Its addresses exist in a demonstration only (``config.urls``); this is the second lock.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(inner)


def back_to(request: HttpRequest, *, otherwise: str) -> str:
    """Return the page that the form names, when it is one of ours; else ``otherwise``."""
    asked = request.POST.get("next", "")
    # A path from the root: "redirect" would take anything shorter for the name of a page.
    if asked.startswith("/") and url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return asked
    return resolve_url(otherwise)
