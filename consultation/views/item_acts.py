"""What is done with a contribution on its own page: status, note, who has it, taking apart."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from consultation.forms.item import AssignForm, NoteForm, StatusForm
from consultation.models import Contribution
from consultation.queries.people import readers
from consultation.rules.statuses import asks_why
from consultation.services import assigning, correcting, cutting, merging, sorting
from consultation.views.item import address, item_page
from consultation.views.loading import get_contribution
from consultation.views.way import around, way_of
from core.concurrency import Stale
from core.pages import CONFLICT, UNPROCESSABLE
from core.refusal import Refused
from process.views.conflicts import conflict


@require_POST
@branch_page("consultation.work")
def status(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Say what is done with it, and go on with the next one that nobody looked at."""
    row = get_contribution(request, branch, pk)
    form = StatusForm(request.POST, row=row)
    if not form.is_valid():
        return item_page(request, branch, row, sort=form, status=UNPROCESSABLE)
    # Before it is saved: then it still has its place in a list of what nobody looked at.
    beside = around(request, row)
    data = form.cleaned_data
    try:
        sorting.sort_out(
            contribution=row,
            status=data["status"],
            reason=data["reason"],
            theme=data["theme"],
            revision=data["revision"],
            by=request.user,
            today=request.viewer.today,
        )
    except Stale as stale:
        return overtaken(request, branch, row, stale, form)
    except Refused as refused:
        # A reason that is missing is said beside its field, with a way to it.
        without_why = asks_why(data["status"]) and not data["reason"]
        form.add_error("reason" if without_why else None, refused.sentence)
        return item_page(request, branch, row, sort=form, status=UNPROCESSABLE)
    way = way_of(request, branch)
    if "next" not in request.POST:
        messages.success(request, _("Saved."))
        return way.go("contribution", pk)
    if beside.untouched is None:
        messages.success(request, _("Saved. You have looked at everything here: well done."))
        return way.go("contribution", pk)
    messages.success(
        request,
        ngettext(
            "Saved. This is the last one that nobody looked at yet.",
            "Saved. Another %(count)s to look at; this is the next one.",
            beside.left,
        )
        % {"count": beside.left},
    )
    # Past the head of the page, to what was said: on a phone that is a screen away.
    return way.go("contribution", beside.untouched, place="#item")


@require_POST
@branch_page("consultation.work")
def note(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Write something for each other."""
    row = get_contribution(request, branch, pk)
    form = NoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return item_page(request, branch, row, note=form, status=UNPROCESSABLE)
    try:
        correcting.write_note(
            contribution=row,
            note=form.cleaned_data["note"],
            revision=form.cleaned_data["revision"],
            by=request.user,
            today=request.viewer.today,
        )
    except Stale as stale:
        return overtaken(request, branch, row, stale, form)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return item_page(request, branch, row, note=form, status=UNPROCESSABLE)
    messages.success(request, _("Your note is kept."))
    return way_of(request, branch).go("contribution", pk)


@require_POST
@branch_page("consultation.work")
def assign(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Say who takes care of it."""
    row = get_contribution(request, branch, pk)
    people = readers(branch=branch, today=request.viewer.today)
    form = AssignForm(request.POST, people=people, auto_id="assign_%s")
    if not form.is_valid():
        return item_page(request, branch, row, assign=form, status=UNPROCESSABLE)
    to = form.cleaned_data["to"]
    try:
        assigning.assign(
            contribution=row,
            to=to,
            revision=form.cleaned_data["revision"],
            by=request.user,
            today=request.viewer.today,
        )
    except Stale as stale:
        return overtaken(request, branch, row, stale, form)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return item_page(request, branch, row, assign=form, status=UNPROCESSABLE)
    messages.success(
        request,
        _("%(name)s takes care of it now.") % {"name": to} if to else _("Nobody has it now."),
    )
    return way_of(request, branch).go("contribution", pk)


@require_POST
@branch_page("consultation.work")
def take_apart(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Let a source stand by itself again."""
    row = get_contribution(request, branch, pk)
    try:
        merging.take_apart(contribution=row, by=request.user, today=request.viewer.today)
    except Refused as refused:
        return not_done(request, branch, row, refused)
    messages.success(request, _("It stands in the list by itself again, as it was before."))
    return way_of(request, branch).go("contribution", pk)


@require_POST
@branch_page("consultation.work")
def uncut(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Let the original stand in the list again instead of its parts."""
    row = get_contribution(request, branch, pk)
    try:
        whole = cutting.undo_cut(contribution=row, by=request.user, today=request.viewer.today)
    except Refused as refused:
        return not_done(request, branch, row, refused)
    messages.success(request, _("It is whole again."))
    return way_of(request, branch).go("contribution", whole.pk)


def not_done(
    request: ViewerRequest, branch: Branch, row: Contribution, refused: Refused
) -> HttpResponse:
    """Answer with the page as it is now and the sentence why something was not done."""
    fresh = get_contribution(request, branch, row.pk)
    return item_page(request, branch, fresh, refused=refused.sentence, status=CONFLICT)


def overtaken(
    request: ViewerRequest, branch: Branch, row: Contribution, stale: Stale, form: forms.Form
) -> HttpResponse:
    """Show both texts; the second saver may save after all."""
    return conflict(
        request, branch, stale=stale, form=form, section="input", back=address(branch, row)
    )
