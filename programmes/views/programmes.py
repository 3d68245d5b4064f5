"""One programme: read, fixed, copied into a next version."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from core.concurrency import Stale
from core.pages import FORM_METHODS, whole_number
from core.refusal import Refused
from programmes.enums import ImportState, ProgrammeKind
from programmes.models import Programme
from programmes.queries import listing
from programmes.queries.showing import shown
from programmes.services import versions
from programmes.views.loading import confirm, own_programme, trail


@require_safe
@branch_page("programmes.view_programmes")
def programme(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show a programme as a whole, or a large one chapter by chapter."""
    rows = listing.of_branch(viewer=request.viewer, branch=branch).select_related(
        "created_by", "previous_version", "next_version"
    )
    row = get_object_or_404(rows, pk=pk)
    is_ours = row.branch_id == branch.pk
    page = shown(
        row,
        viewer=request.viewer,
        branch=branch,
        chapter=whole_number(request, "hoofdstuk"),
        whole="alles" in request.GET,
    )
    may_import = is_ours and may(request.viewer, "programmes.import_programme", branch)
    context = {
        "branch": branch,
        "section": "programmes",
        "programme": row,
        "shown": page,
        "next": getattr(row, "next_version", None),
        "may_edit": is_ours and may(request.viewer, "programmes.edit_programme", branch),
        "may_import": may_import,
        "may_judge": is_ours and row.kind == ProgrammeKind.PREVIOUS,
        "is_draft": row.kind == ProgrammeKind.DRAFT,
        "last_import": row.imports.filter(state=ImportState.SAVED).light().order_by("-pk").first()
        if may_import
        else None,
        "today": request.viewer.today,
        "trail": trail(branch),
    }
    return render(request, "programmes/programme.html", context)


@require_http_methods(FORM_METHODS)
@branch_page("programmes.edit_programme")
def programme_freeze(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Ask, and then fix this version for good."""
    row = own_programme(request, branch, pk)

    def act() -> Programme:
        versions.freeze(programme=row, by=request.user, today=request.viewer.today)
        messages.success(request, _("“%(title)s” is frozen.") % {"title": row.title})
        return row

    return _ask(
        request,
        branch,
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


@require_http_methods(FORM_METHODS)
@branch_page("programmes.edit_programme")
def programme_version(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Ask, and then begin the next version as a copy."""
    row = own_programme(request, branch, pk)

    def act() -> Programme:
        made = versions.new_version(programme=row, by=request.user, today=request.viewer.today)
        messages.success(
            request,
            _("Version %(version)s is there. Write on in this one.") % {"version": made.version},
        )
        return made

    return _ask(
        request,
        branch,
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
    branch: Branch,
    row: Programme,
    *,
    act: Callable[[], Programme],
    question: str,
    consequences: tuple[str, ...],
    yes: str,
) -> HttpResponse:
    back = reverse("programmes:programme", args=[branch.slug, row.pk])
    refused = ""
    if request.method == "POST":
        try:
            done = act()
        except Stale:
            refused = _("Somebody was just before you. Look at the programme once more.")
        except Refused as refusal:
            refused = refusal.sentence
        else:
            return redirect("programmes:programme", branch.slug, done.pk)
    return confirm(
        request,
        branch,
        question=question,
        explanation=_("%(title)s, version %(version)s")
        % {"title": row.title, "version": row.version},
        consequences=consequences,
        yes=yes,
        back=back,
        refused=refused,
        way=trail(branch, (row.title, back)),
    )
