"""Two doors to the pages of a programme: a branch's own, and the national office's.

A branch keeps its own programmes; the base programme is kept by the national office, which has no
branch. The pages are the same ones. A view takes the door that it was opened through; who may come
in is decided before, by ``under_branch`` here and by a room above for the office.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from branches.viewer import Viewer
from core.pages import FORM_METHODS

P = ParamSpec("P")
Trail = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Through which pages somebody works on a programme.

    Attributes:
        branch: whose programmes these are; ``None``: the base programme of everybody.
        names: what the names of these pages begin with.
        layout: the template that the pages extend.
        section: the part of the navigation in which they stand.
    """

    branch: Branch | None
    names: str = "programmes:"
    layout: str = "base.html"
    section: str = "programmes"

    def url(self, name: str, *args: object) -> str:
        """Return the address of a page behind this door, such as ``import``."""
        own = [self.branch.slug] if self.branch else []
        return reverse(f"{self.names}{name}", args=[*own, *args])

    def may(self, viewer: Viewer, permission: str) -> bool:
        """Tell whether somebody may do this; at the office its own gate decided that."""
        return self.branch is None or may(viewer, permission, self.branch)

    def trail(self, *more: tuple[str, str]) -> Trail:
        """Return the way back: the programmes, and what comes between."""
        title = _("Programmes") if self.branch else _("Base programme")
        return [(title, self.url("programmes")), *more]

    def context(self) -> dict[str, Any]:
        """Return what every page behind it is given."""
        return {"door": self, "branch": self.branch, "section": self.section}


DoorView = Callable[Concatenate[ViewerRequest, Door, P], HttpResponse]
"""A page that is opened through a door."""


def under_branch(
    view: DoorView[P], permission: str, *, methods: Sequence[str] = FORM_METHODS
) -> Callable[..., HttpResponse]:
    """Make a page of a branch of a view: outsiders get 404, insiders without the right 403."""

    @require_http_methods(list(methods))
    @branch_page(permission)
    @wraps(view)
    def inner(
        request: ViewerRequest, branch: Branch, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        return view(request, Door(branch=branch), *args, **kwargs)

    return inner
