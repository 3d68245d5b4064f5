"""One measure of a programme that can still change: its text, its place, in or out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from branches.gate import ViewerRequest
from core.concurrency import Stale, conflict_page, fill_again
from core.pages import CONFLICT, UNPROCESSABLE
from core.refusal import Refused
from programmes.forms.importing import RevisionForm
from programmes.forms.measures import DerivedMeasureForm, MeasureForm, MoveForm
from programmes.models import Measure, Section
from programmes.queries.showing import chapter_number, measures_of
from programmes.services import editing
from programmes.views.doors import Door


def measure(request: ViewerRequest, door: Door, pk: int) -> HttpResponse:
    """Change what a measure says."""
    row = _measure(request, door, pk)
    form_class = MeasureForm if row.derived_from_id is None else DerivedMeasureForm
    form = form_class(request.POST or None, initial=MeasureForm.initial_of(row))
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            editing.edit(
                measure=row,
                text=data["text"],
                group=data["group"],
                author_note=data["author_note"],
                derived_change=data.get("derived_change"),
                revision=data["revision"],
                by=request.user,
                today=request.viewer.today,
            )
        except Stale as stale:
            return _overtaken(request, door, row, stale, form=form)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("Saved."))
            return redirect(_place(door, row))
    elif request.method == "POST":
        status = UNPROCESSABLE
    return _page(request, door, row, form=form, status=status)


def measure_move(request: ViewerRequest, door: Door, pk: int) -> HttpResponse:
    """Let a measure go up or down a place."""
    row = _measure(request, door, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _again(request, door, row, _("This choice is not known here."), UNPROCESSABLE)
    try:
        row = editing.move(
            measure=row,
            up=form.cleaned_data["up"],
            revision=form.cleaned_data["revision"],
            by=request.user,
            today=request.viewer.today,
        )
    except Stale:
        return _again(request, door, row, _changed_meanwhile(), CONFLICT)
    except Refused as refused:
        return _again(request, door, row, refused.sentence, CONFLICT)
    return redirect(door.url("measure", row.pk))


def measure_retire(request: ViewerRequest, door: Door, pk: int) -> HttpResponse:
    """Take a measure out of the programme."""
    row = _measure(request, door, pk)
    page = door.url("programme", row.programme_id)
    form = RevisionForm(request.POST)
    if not form.is_valid():
        return _again(request, door, row, _("This choice is not known here."), UNPROCESSABLE)
    try:
        editing.retire(
            measure=row,
            revision=form.cleaned_data["revision"],
            by=request.user,
            today=request.viewer.today,
        )
    except Stale:
        return _again(request, door, row, _changed_meanwhile(), CONFLICT)
    except Refused as refused:
        return _again(request, door, row, refused.sentence, CONFLICT)
    messages.success(request, _("Measure %(number)s is taken out.") % {"number": row.number})
    return redirect(page)


def measure_add(request: ViewerRequest, door: Door, pk: int) -> HttpResponse:
    """Add a measure at the end of a section."""
    section = get_object_or_404(
        Section.objects.for_viewer(request.viewer).select_related("chapter__programme__branch"),
        pk=pk,
        chapter__programme__branch=door.branch,
    )
    programme = section.chapter.programme
    form = MeasureForm(request.POST or None, initial={"revision": programme.revision})
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = editing.add(
                section=section,
                text=data["text"],
                group=data["group"],
                author_note=data["author_note"],
                revision=data["revision"],
                by=request.user,
                today=request.viewer.today,
            )
        except Stale as stale:
            form.add_error(None, _changed_meanwhile())
            fill_again(form, revision=stale.revision)
            status = CONFLICT
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("The measure is added."))
            return redirect(_place(door, made))
    elif request.method == "POST":
        status = UNPROCESSABLE
    back = door.url("programme", programme.pk)
    context = {
        **door.context(),
        "place": section,
        "programme": programme,
        "form": form,
        "back": back,
        "trail": door.trail((programme.title, back)),
    }
    return render(request, "programmes/measure.html", context, status=status)


def _measure(request: ViewerRequest, door: Door, pk: int) -> Measure:
    return get_object_or_404(measures_of(viewer=request.viewer, branch=door.branch), pk=pk)


def _changed_meanwhile() -> str:
    return _("Somebody changed this programme just before you. Look, and do it once more.")


def _place(door: Door, row: Measure) -> str:
    """Return the address of a measure on the page of its programme."""
    page = door.url("programme", row.programme_id)
    return f"{page}?hoofdstuk={chapter_number(row)}#voorstel-{row.pk}"


def _again(
    request: ViewerRequest, door: Door, row: Measure, sentence: str, status: int
) -> HttpResponse:
    row = _measure(request, door, row.pk)
    form_class = MeasureForm if row.derived_from_id is None else DerivedMeasureForm
    form = form_class(initial=MeasureForm.initial_of(row))
    return _page(request, door, row, form=form, refused=sentence, status=status)


def _page(
    request: ViewerRequest,
    door: Door,
    row: Measure,
    *,
    form: MeasureForm,
    refused: str = "",
    status: int,
) -> HttpResponse:
    programme = row.programme
    context = {
        **door.context(),
        "measure": row,
        "place": row.section,
        "programme": programme,
        "form": form,
        "refused": refused,
        "back": _place(door, row),
        "trail": door.trail(
            (programme.title, door.url("programme", programme.pk)),
        ),
    }
    return render(request, "programmes/measure.html", context, status=status)


def _overtaken(
    request: ViewerRequest, door: Door, row: Measure, stale: Stale, *, form: MeasureForm
) -> HttpResponse:
    """Show both texts; the second saver may save after all."""
    stored = _measure(request, door, row.pk)
    fill_again(form, revision=stale.revision)
    names = {name: str(field.label) for name, field in form.fields.items() if name != "revision"}
    differing = {
        name: label
        for name, label in names.items()
        if getattr(stored, name) != form.cleaned_data[name]
    }
    both = Stale(
        current={label: getattr(stored, name) or "–" for name, label in differing.items()},
        yours={label: form.cleaned_data[name] or "–" for name, label in differing.items()},
        revision=stale.revision,
    )
    return conflict_page(
        request,
        both,
        back=_place(door, stored),
        form=form,
        action=request.path,
        **door.context(),
    )
