"""A file comes in: chosen, read, looked at."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.pages import CONFLICT, FORM_METHODS, whole_number
from core.refusal import Refused
from programmes import preview_words
from programmes.enums import ImportState, ProgrammeKind
from programmes.forms.importing import FileForm, ImportForm, SaveForm
from programmes.models import Programme, ProgrammeImport
from programmes.queries.comparing import comparison_of
from programmes.queries.documents import document_of
from programmes.queries.previews import controls_of_left_out, piles, preview
from programmes.services import importing as services
from programmes.views.loading import asked_programme, own_import, trail
from programmes.wording import refusal_words

LEFT_OUT_ON_A_PAGE = 100


@require_http_methods(FORM_METHODS)
@branch_page("programmes.import_programme")
def import_new(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Choose a file and say what it is; ``?programme=`` makes it a corrected file of that one."""
    corrected = asked_programme(request, branch)
    form = _file_form(request, corrected)
    status = 200
    if form.is_valid():
        try:
            row = _receive(request, branch, form, corrected)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            return redirect("programmes:import", branch.slug, row.pk)
    context = {
        "branch": branch,
        "section": "programmes",
        "form": form,
        "corrected": corrected,
        "trail": trail(branch),
    }
    return render(request, "programmes/import_new.html", context, status=status)


@require_safe
@branch_page("programmes.import_programme")
def import_page(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show how far a file is; when it has been read, what was recognised in it."""
    return show_import(request, branch, own_import(request, branch, pk))


def show_import(
    request: ViewerRequest,
    branch: Branch,
    row: ProgrammeImport,
    *,
    refused: str = "",
    save_form: SaveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page of a file, in whichever state it is.

    Args:
        request: whose address says which part is looked at: ``deel`` (a leaf), ``item`` (opened),
            ``bij`` (pointed at), ``weg`` (a page of what was left out).
        branch: whose file it is.
        row: the file.
        refused: why what was asked was not done.
        save_form: filled in, when saving was refused.
        status: of the answer.
    """
    context: dict[str, Any] = {
        "branch": branch,
        "section": "programmes",
        "row": row,
        "refused": refused,
        "trail": trail(branch),
        "again": _again(branch, row),
    }
    template = f"programmes/import_{_TEMPLATES[ImportState(row.state)]}.html"
    if row.state == ImportState.REFUSED:
        context["reason"] = refusal_words(row.refusal)
    if row.state == ImportState.PREVIEW:
        context |= _preview_context(request, row)
        context["save_form"] = save_form or SaveForm(
            initial={"title": context["document"].title, "revision": row.revision}
        )
    return render(request, template, context, status=status)


# States in which there is nothing left to do share a page.
_TEMPLATES = {
    ImportState.READING: "reading",
    ImportState.PREVIEW: "preview",
    ImportState.REFUSED: "refused",
    ImportState.SAVED: "ended",
    ImportState.UNDONE: "ended",
    ImportState.DISCARDED: "ended",
}


def _file_form(request: ViewerRequest, corrected: Programme | None) -> FileForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    if corrected is not None:
        return FileForm(*sent)
    kind = request.GET.get("kind", "")
    first = kind if kind in ProgrammeKind.values else ProgrammeKind.PREVIOUS
    return ImportForm(*sent, today=request.viewer.today, initial={"kind": first})


def _receive(
    request: ViewerRequest, branch: Branch, form: FileForm, corrected: Programme | None
) -> ProgrammeImport:
    data = form.cleaned_data
    return services.receive(
        branch=branch,
        kind=corrected.kind if corrected else data["kind"],
        document=data["file"],
        origin="" if corrected else data["origin"],
        year=None if corrected else data["year"],
        programme=corrected,
        by=request.user,
        today=request.viewer.today,
        now=timezone.now(),
    )


def _again(branch: Branch, row: ProgrammeImport) -> str:
    """Return the address of the form for another file like this one."""
    path = reverse("programmes:import_new", args=[branch.slug])
    if row.programme_id and row.state != ImportState.UNDONE and row.before is not None:
        return f"{path}?programme={row.programme_id}"
    return f"{path}?kind={row.kind}"


def _preview_context(request: ViewerRequest, row: ProgrammeImport) -> dict[str, Any]:
    item, away = request.GET.get("item", ""), whole_number(request, "weg")
    document = document_of(row)
    context: dict[str, Any] = {
        "document": document,
        "totals": preview_words.totals(document),
        "last": preview_words.last_correction(row),
        "comparison": comparison_of(row),
    }
    if away is not None:
        page = Paginator(document.left_out, LEFT_OUT_ON_A_PAGE).get_page(away)
        near, lines = item or request.GET.get("bij", ""), list(page.object_list)
        return context | {
            "page": page,
            "piles": piles(lines, near=near),
            "near": near,
            "place": f"weg={page.number}",
            "controls": controls_of_left_out(row, lines, item),
        }
    shown = preview(
        row, leaf=whole_number(request, "deel"), item=item, near=request.GET.get("bij", "")
    )
    return context | {
        "shown": shown,
        "near": shown.near,
        "place": f"deel={shown.leaf.number}",
        "controls": shown.controls,
    }
