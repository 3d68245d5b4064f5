"""The one door to a branch's pages: scope first (404), then permission (403)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from branches.models import Branch, User
from branches.viewer import Viewer

P = ParamSpec("P")


class ViewerRequest(HttpRequest):
    """A request after ``config.middleware.ViewerMiddleware``."""

    viewer: Viewer
    user: User


def check(viewer: Viewer, permission: str, branch: Branch | None) -> None:
    """Let pass or raise ``PermissionDenied`` (403)."""
    if not viewer.has_perm(permission, branch):
        raise PermissionDenied(permission)


def may(viewer: Viewer, permission: str, branch: Branch | None) -> bool:
    """Tell whether ``check`` would let pass."""
    return viewer.has_perm(permission, branch)


def branch_page(
    permission: str,
) -> Callable[
    [Callable[Concatenate[ViewerRequest, Branch, P], HttpResponse]],
    Callable[..., HttpResponse],
]:
    """Hand a view the branch that ``slug`` names, if the viewer may see it and may do this.

    Outsiders get 404: they do not learn that the branch exists. Insiders without the right get 403.
    """

    def decorate(
        view: Callable[Concatenate[ViewerRequest, Branch, P], HttpResponse],
    ) -> Callable[..., HttpResponse]:
        @wraps(view)
        def inner(
            request: ViewerRequest, slug: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            branch = get_object_or_404(
                Branch.objects.active().for_viewer(request.viewer), slug=slug
            )
            check(request.viewer, permission, branch)
            return view(request, branch, *args, **kwargs)

        return inner

    return decorate
