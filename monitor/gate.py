"""The one door to the national office. That its pages exist is no secret: others get 403."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http.response import HttpResponseBase

from branches.gate import ViewerRequest, check
from monitor import permissions  # noqa: F401 - declares them before anything is asked

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


def national_page(
    permission: str,
) -> Callable[
    [Callable[Concatenate[ViewerRequest, P], R]],
    Callable[Concatenate[ViewerRequest, P], R],
]:
    """Let a view run only for whoever holds ``permission``; visitors are asked to sign in first."""

    def decorate(
        view: Callable[Concatenate[ViewerRequest, P], R],
    ) -> Callable[Concatenate[ViewerRequest, P], R]:
        @wraps(view)
        def inner(request: ViewerRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
            check(request.viewer, permission, None)
            return view(request, *args, **kwargs)

        return inner

    return decorate
