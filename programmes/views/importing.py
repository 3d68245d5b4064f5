"""A file comes in: chosen, read, looked at."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from branches.gate import ViewerRequest
from core.pages import CONFLICT, whole_number
from core.refusal import Refused
from programmes import preview_words
from programmes.enums import ImportState, ProgrammeKind
from programmes.forms.importing import BaseForm, FileForm, ImportForm, SaveForm
from programmes.models import Programme, ProgrammeImport
from programmes.queries.comparing import comparison_of
from programmes.queries.documents import document_of
from programmes.queries.previews import controls_of_left_out, piles, preview
from programmes.services import importing as services
from programmes.views.doors import Door
from programmes.views.loading import asked_programme, own_import
from programmes.wording import refusal_words

LEFT_OUT_ON_A_PAGE = 100


def import_new(request: ViewerRequest, door: Door) -> HttpResponse:
    """Choose a file and say what it is.

    ``?programme=`` makes it a corrected file of that one, ``?na=`` the next version after that one.
    """
    corrected = asked_programme(request, door)
    before = None if corrected else asked_programme(request, door, "na")
    form = _file_form(request, door, corrected or before)
    status = 200
    if form.is_valid():
        try:
            row = _receive(request, door, form, corrected=corrected, before=before)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            return redirect(door.url("import", row.pk))
    context = {
        **door.context(),
        "form": form,
        "corrected": corrected,
        "before": before,
        "trail": door.trail(),
    }
    return render(request, "programmes/import_new.html", context, status=status)


def import_page(request: ViewerRequest, door: Door, pk: int) -> HttpResponse:
    """Show how far a file is; when it has been read, what was recognised in it."""
    return show_import(request, door, own_import(request, door, pk))


def show_import(
    request: ViewerRequest,
    door: Door,
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
        door: through which it is looked at.
        row: the file.
        refused: why what was asked was not done.
        save_form: filled in, when saving was refused.
        status: of the answer.
    """
    context: dict[str, Any] = {
        **door.context(),
        "row": row,
        "refused": refused,
        "trail": door.trail(),
        "again": _again(door, row),
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


def _file_form(request: ViewerRequest, door: Door, known: Programme | None) -> FileForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    if known is not None:
        return FileForm(*sent)
    if door.branch is None:
        return BaseForm(*sent, today=request.viewer.today)
    kind = request.GET.get("kind", "")
    first = kind if kind in ProgrammeKind.values else ProgrammeKind.PREVIOUS
    return ImportForm(*sent, today=request.viewer.today, initial={"kind": first})


def _receive(
    request: ViewerRequest,
    door: Door,
    form: FileForm,
    *,
    corrected: Programme | None,
    before: Programme | None,
) -> ProgrammeImport:
    data, known = form.cleaned_data, corrected or before
    return services.receive(
        branch=door.branch,
        kind=known.kind if known else data.get("kind", ProgrammeKind.BASE),
        document=data["file"],
        origin=data.get("origin", ""),
        year=data.get("year"),
        programme=corrected,
        next_of=before,
        by=request.user,
        today=request.viewer.today,
        now=timezone.now(),
    )


def _again(door: Door, row: ProgrammeImport) -> str:
    """Return the address of the form for another file like this one."""
    path = door.url("import_new")
    if row.next_of_id and row.state != ImportState.SAVED:
        return f"{path}?na={row.next_of_id}"
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
