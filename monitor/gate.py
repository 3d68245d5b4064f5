"""The one door to the national office. That its pages exist is no secret: others get 403."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse

from branches.gate import ViewerRequest, check
from monitor import permissions  # noqa: F401 - declares them before anything is asked

P = ParamSpec("P")


def national_page(
    permission: str,
) -> Callable[
    [Callable[Concatenate[ViewerRequest, P], HttpResponse]],
    Callable[Concatenate[ViewerRequest, P], HttpResponse],
]:
    """Let a view run only for whoever holds ``permission``; visitors are asked to sign in first."""

    def decorate(
        view: Callable[Concatenate[ViewerRequest, P], HttpResponse],
    ) -> Callable[Concatenate[ViewerRequest, P], HttpResponse]:
        @wraps(view)
        def inner(request: ViewerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            check(request.viewer, permission, None)
            return view(request, *args, **kwargs)

        return inner

    return decorate
