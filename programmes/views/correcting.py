"""What people say of a file that is looked at: corrections, saving, undoing, throwing away."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from branches.gate import ViewerRequest
from core.concurrency import Stale, conflict_page, fill_again
from core.pages import CONFLICT, UNPROCESSABLE, whole_number
from core.refusal import Refused
from programmes import preview_words
from programmes.enums import ImportState
from programmes.forms.importing import CorrectionForm, RevisionForm, SaveForm
from programmes.models import ProgrammeImport
from programmes.queries.documents import document_of
from programmes.queries.previews import rest_of
from programmes.rules.outline import anchor_of, outline
from programmes.services import importing as services
from programmes.views.doors import Door
from programmes.views.importing import show_import
from programmes.views.loading import confirm, own_import


def correct(request: ViewerRequest, door: Door, pk: int) -> HttpResponse:
    """Take a correction, and go back to the same place."""
    row = own_import(request, door, pk)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _not_done(request, door, row, _first_error(form), status=UNPROCESSABLE)
    correction = form.correction()
    if correction["op"] == "role" and row.state == ImportState.PREVIEW:
        rest = rest_of(row, correction["block"])
        correction |= {"rest": rest} if rest else {}
    try:
        services.correct(
            row=row,
            correction=correction,
            revision=form.cleaned_data["revision"],
            by=request.user,
            today=request.viewer.today,
        )
    except Stale as stale:
        yours = preview_words.correction_words(correction, row.blocks)
        return _overtaken(request, door, row, stale, form=form, yours=yours)
    except Refused as refused:
        return _not_done(request, door, row, refused.sentence, status=CONFLICT)
    return redirect(_place(request, door, row, correction["block"]))


def take_back(request: ViewerRequest, door: Door, pk: int) -> HttpResponse:
    """Take the last correction back, and go to where it was made."""
    row = own_import(request, door, pk)
    form = RevisionForm(request.POST)
    if not form.is_valid():
        return _not_done(request, door, row, _first_error(form), status=UNPROCESSABLE)
    block = row.corrections[-1]["block"] if row.corrections else ""
    try:
        services.take_back_correction(
            row=row,
            revision=form.cleaned_data["revision"],
            by=request.user,
            today=request.viewer.today,
        )
    except Stale as stale:
        yours = _("The last correction is taken back.")
        return _overtaken(request, door, row, stale, form=form, yours=yours)
    except Refused as refused:
        return _not_done(request, door, row, refused.sentence, status=CONFLICT)
    return redirect(_place(request, door, row, block))


def save(request: ViewerRequest, door: Door, pk: int) -> HttpResponse:
    """Make the file into a programme."""
    row = own_import(request, door, pk)
    form = SaveForm(request.POST)
    if not form.is_valid():
        return show_import(request, door, row, save_form=form, status=UNPROCESSABLE)
    try:
        programme = services.save(
            row=row,
            title=form.cleaned_data["title"],
            revision=form.cleaned_data["revision"],
            by=request.user,
            today=request.viewer.today,
        )
    except Stale as stale:
        yours = _("Saved as “%(title)s”.") % {"title": form.cleaned_data["title"]}
        return _overtaken(request, door, row, stale, form=form, yours=yours)
    except Refused as refused:
        row.refresh_from_db()
        return show_import(
            request, door, row, save_form=form, refused=refused.sentence, status=CONFLICT
        )
    messages.success(
        request,
        _("“%(title)s” is saved. Not right after all? You can undo it below.")
        % {"title": programme.title},
    )
    return redirect(door.url("programme", programme.pk))


def undo(request: ViewerRequest, door: Door, pk: int) -> HttpResponse:
    """Ask, and then put everything back as it was before this file was saved."""
    row = own_import(request, door, pk)
    page = door.url("import", row.pk)
    refused = ""
    if request.method == "POST":
        try:
            services.undo(row=row, by=request.user, today=request.viewer.today)
        except Stale:
            refused = _("Somebody was just before you. Look at the file once more.")
        except Refused as refusal:
            refused = refusal.sentence
        else:
            messages.success(request, _("Undone: everything is as it was before this file."))
            return redirect(page)
    new = row.before is None
    title = row.programme.title if row.programme else row.file_name
    return confirm(
        request,
        door,
        question=_("Undo reading this file in?"),
        explanation=_("You brought it as “%(file)s”.") % {"file": row.file_name},
        consequences=(
            _("“%(title)s” goes away, with all its chapters and measures.") % {"title": title}
            if new
            else _("“%(title)s” gets back the texts it had before.") % {"title": title},
            _("It cannot be done any more once somebody works on with these measures."),
        ),
        yes=_("Yes, undo it"),
        back=page,
        refused=refused,
        way=door.trail((row.file_name, page)),
    )


def discard(request: ViewerRequest, door: Door, pk: int) -> HttpResponse:
    """Ask, and then throw a file away that was not saved."""
    row = own_import(request, door, pk)
    page = door.url("import", row.pk)
    refused = ""
    if request.method == "POST":
        try:
            services.discard(row=row, by=request.user, today=request.viewer.today)
        except Stale:
            refused = _("Somebody was just before you. Look at the file once more.")
        except Refused as refusal:
            refused = refusal.sentence
        else:
            messages.success(request, _("“%(file)s” is thrown away.") % {"file": row.file_name})
            return redirect(door.url("programmes"))
    return confirm(
        request,
        door,
        question=_("Throw this file away?"),
        explanation=row.file_name,
        consequences=(
            _("The file and all corrections in it go away. That cannot be undone."),
            _("Programmes that were saved before stay as they are."),
        ),
        yes=_("Yes, throw it away"),
        back=page,
        refused=refused,
        way=door.trail((row.file_name, page)),
    )


def _place(request: ViewerRequest, door: Door, row: ProgrammeImport, block: str) -> str:
    """Return the address of the preview at a block, or the same page of what was left out."""
    page = door.url("import", row.pk)
    away = whole_number(request, "weg")
    if away is not None:
        return f"{page}?{urlencode({'weg': away})}"
    if row.state != ImportState.PREVIEW:
        return page
    # The page that follows asks for the same tree, which is kept by then.
    found = outline(document_of(row)).find(block)
    if found is None:
        return page
    index, holder = found
    return f"{page}?{urlencode({'deel': index + 1, 'bij': holder})}#{anchor_of(holder)}"


def _first_error(form: RevisionForm) -> str:
    return str(next(iter(form.errors.values()))[0])


def _not_done(
    request: ViewerRequest, door: Door, row: ProgrammeImport, sentence: str, *, status: int
) -> HttpResponse:
    """Show the preview again with the reason; htmx, which swaps no error, is sent to it."""
    if request.htmx:  # type: ignore[attr-defined]
        messages.warning(request, sentence)
        answer = HttpResponse(status=status)
        answer["HX-Redirect"] = door.url("import", row.pk)
        return answer
    row.refresh_from_db()
    return show_import(request, door, row, refused=sentence, status=status)


def _overtaken(
    request: ViewerRequest,
    door: Door,
    row: ProgrammeImport,
    stale: Stale,
    *,
    form: RevisionForm,
    yours: str,
) -> HttpResponse:
    """Show the second of two people what the first one did, and let them do theirs after all."""
    page = door.url("import", row.pk)
    if request.htmx:  # type: ignore[attr-defined]
        return _not_done(
            request,
            door,
            row,
            _("Somebody else corrected this file just before you. Look, and do yours once more."),
            status=CONFLICT,
        )
    is_open = row.state == ImportState.PREVIEW
    fill_again(form, revision=stale.revision)
    label = _("In the file")
    shown = Stale(
        current={
            label: preview_words.last_correction(row)
            if is_open
            else row.get_state_display().capitalize()
        },
        yours={label: yours},
        revision=stale.revision,
    )
    return conflict_page(
        request,
        shown,
        back=page,
        form=form if is_open else None,
        action=request.path,
        **door.context(),
    )
