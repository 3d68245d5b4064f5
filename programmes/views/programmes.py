"""One programme: read, fixed, copied into a next version."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from branches.gate import ViewerRequest
from core.concurrency import Stale
from core.pages import whole_number
from core.refusal import Refused
from programmes.enums import ImportState, ProgrammeKind
from programmes.models import Programme
from programmes.queries import listing
from programmes.queries.showing import shown
from programmes.services import versions
from programmes.views.doors import Door
from programmes.views.loading import confirm, own_programme


def programme(request: ViewerRequest, door: Door, pk: int) -> HttpResponse:
    """Show a programme as a whole, or a large one chapter by chapter."""
    rows = listing.of_branch(viewer=request.viewer, branch=door.branch).select_related(
        "created_by", "previous_version", "next_version"
    )
    row = get_object_or_404(rows, pk=pk)
    is_ours = row.branch_id == (door.branch.pk if door.branch else None)
    page = shown(
        row,
        viewer=request.viewer,
        branch=door.branch,
        chapter=whole_number(request, "hoofdstuk"),
        whole="alles" in request.GET,
    )
    after = _next(row, door)
    may_import = is_ours and door.may(request.viewer, "programmes.import_programme")
    context = {
        **door.context(),
        "programme": row,
        "shown": page,
        "next": after,
        # The last published version of the base programme is what a branch takes over from.
        "may_take": row.branch_id is None
        and door.branch is not None
        and after is None
        and door.may(request.viewer, "programmes.edit_programme"),
        "may_edit": is_ours and door.may(request.viewer, "programmes.edit_programme"),
        "may_import": may_import,
        "may_judge": is_ours and row.kind == ProgrammeKind.PREVIOUS,
        "is_draft": row.kind == ProgrammeKind.DRAFT,
        "last_import": row.imports.filter(state=ImportState.SAVED).light().order_by("-pk").first()
        if may_import
        else None,
        "today": request.viewer.today,
        "trail": door.trail(),
    }
    return render(request, "programmes/programme.html", context)


def _next(row: Programme, door: Door) -> Programme | None:
    """Return the next version, if it may be seen behind this door."""
    following: Programme | None = getattr(row, "next_version", None)
    if following is not None and following.branch_id is None and door.branch is not None:
        return following if following.is_frozen else None
    return following


def programme_freeze(request: ViewerRequest, door: Door, pk: int) -> HttpResponse:
    """Ask, and then fix this version for good."""
    row = own_programme(request, door, pk)

    def act() -> Programme:
        versions.freeze(programme=row, by=request.user, today=request.viewer.today)
        messages.success(request, _("“%(title)s” is frozen.") % {"title": row.title})
        return row

    return _ask(
        request,
        door,
        row,
        act=act,
        question=_("Freeze this version?"),
        consequences=(
            _("Nobody can change it any more, also not the board. This cannot be undone."),
            _("Do it when the text goes to the members: then everybody talks about the same text."),
            _("To write on, you begin a next version; that is a copy."),
        ),
        yes=_("Yes, freeze it"),
    )


def programme_version(request: ViewerRequest, door: Door, pk: int) -> HttpResponse:
    """Ask, and then begin the next version as a copy."""
    row = own_programme(request, door, pk)

    def act() -> Programme:
        made = versions.new_version(programme=row, by=request.user, today=request.viewer.today)
        messages.success(
            request,
            _("Version %(version)s is there. Write on in this one.") % {"version": made.version},
        )
        return made

    return _ask(
        request,
        door,
        row,
        act=act,
        question=_("Begin a next version?"),
        consequences=(
            _("You get a copy to write on in. Each measure keeps where it came from."),
            _("This version stays as it is, to look back at."),
        ),
        yes=_("Yes, begin the next version"),
    )


def _ask(
    request: ViewerRequest,
    door: Door,
    row: Programme,
    *,
    act: Callable[[], Programme],
    question: str,
    consequences: tuple[str, ...],
    yes: str,
) -> HttpResponse:
    back = door.url("programme", row.pk)
    refused = ""
    if request.method == "POST":
        try:
            done = act()
        except Stale:
            refused = _("Somebody was just before you. Look at the programme once more.")
        except Refused as refusal:
            refused = refusal.sentence
        else:
            return redirect(door.url("programme", done.pk))
    return confirm(
        request,
        door,
        question=question,
        explanation=_("%(title)s, version %(version)s")
        % {"title": row.title, "version": row.version},
        consequences=consequences,
        yes=yes,
        back=back,
        refused=refused,
        way=door.trail((row.title, back)),
    )
