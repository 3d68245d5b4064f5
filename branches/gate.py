"""The one door to a branch's pages: scope first (404), then permission (403)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from branches.models import Branch, User
from branches.viewer import Viewer

P = ParamSpec("P")
READING = frozenset({"GET", "HEAD", "OPTIONS"})
REFUSED = 409


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
    permission: str, *, also_closed: bool = False
) -> Callable[
    [Callable[Concatenate[ViewerRequest, Branch, P], HttpResponse]],
    Callable[..., HttpResponse],
]:
    """Hand a view the branch that ``slug`` names, if the viewer may see it and may do this.

    Outsiders get 404: they do not learn that the branch exists. Insiders without the right get 403.
    A branch that merged or ended is there to be read, by the office and by who works in the branch
    that it merged into (``Viewer.inherited``); whatever would write is refused here, with a page.

    Args:
        permission: asked of the viewer and the branch.
        also_closed: it may be done of a branch that is no longer there: what people have a right
            to for ever (their data taken out, a page taken down).
    """

    def decorate(
        view: Callable[Concatenate[ViewerRequest, Branch, P], HttpResponse],
    ) -> Callable[..., HttpResponse]:
        @wraps(view)
        def inner(
            request: ViewerRequest, slug: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            rows = Branch.objects.for_viewer(request.viewer)
            branch = get_object_or_404(rows.select_related("heir"), slug=slug)
            writes = request.method not in READING
            if branch.closed_on is not None and writes and not also_closed:
                return render(request, "branches/ended.html", {"branch": branch}, status=REFUSED)
            check(request.viewer, permission, branch)
            return view(request, branch, *args, **kwargs)

        return inner

    return decorate
