"""What the leader and the reporter do on the board: sort, name, type in, take off."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from consultation.forms.gatherings import ClusterForm, TypedNotesForm
from consultation.models import Cluster, PostIt, Session
from consultation.services import clusters as services
from consultation.services.post_its import take_off, type_in
from consultation.views.gatherings import TAB, trail_of
from consultation.views.loading import page, sent
from consultation.views.sessions import get_session
from core.characters import Unstorable, clean
from core.concurrency import Stale, conflict_page, fill_again
from core.pages import CONFLICT, FORM_METHODS
from core.refusal import Refused

LOOSE = "loose"
NEW = "new"
_TITLE = 200
"""Characters of the name of a sub-theme."""


@require_POST
@branch_page("consultation.work")
def notes_move(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Hang the ticked notes under a sub-theme, under a new one, or loose."""
    row = get_session(request, branch, pk)
    to, title = request.POST.get("to", ""), _title(request.POST.get("title", ""))
    ticked = _notes(row, request.POST.getlist("note"))
    cluster = None
    # A name that was typed says enough, whatever the list says.
    is_new = bool(title) or to == NEW
    if not is_new and to != LOOSE:
        cluster = get_object_or_404(Cluster, pk=_number(to), session=row)
    try:
        if not ticked and not is_new:
            raise Refused(_("Tick the notes first, then say where they belong."))  # noqa: TRY301 - one place that says it
        if is_new:
            services.add(
                session=row,
                title=title,
                post_its=ticked,
                by=request.user,
                today=request.viewer.today,
            )
        else:
            services.gather(
                session=row,
                post_its=ticked,
                cluster=cluster,
                by=request.user,
                today=request.viewer.today,
            )
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("consultation:session", branch.slug, row.pk)


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def notes_typed(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Type in what stood on paper."""
    row = get_session(request, branch, pk)
    back = reverse("consultation:session", args=[branch.slug, row.pk])
    form = TypedNotesForm(sent(request), clusters=row.clusters.order_by("position", "id"))
    status = 200
    if form.is_valid():
        try:
            count = type_in(
                session=row,
                lines=form.lines,
                cluster=form.cleaned_data["cluster"],
                role=form.cleaned_data["role"],
                submission=form.cleaned_data["submission"],
                by=request.user,
                today=request.viewer.today,
            )
        except Refused as refused:
            form.add_error("notes", refused.sentence)
            status = CONFLICT
        else:
            messages.success(
                request,
                ngettext("%(count)s note added.", "%(count)s notes added.", count)
                % {"count": count}
                if count
                else _("These notes were added already."),
            )
            return redirect(back)
    context = {
        "form": form,
        "heading": _("Notes from paper"),
        "lede": _("Type them as they were written: whoever wrote it recognises it again."),
        "submit": _("Put them on the board"),
        "back": back,
    }
    return page(
        request,
        branch,
        "consultation/gathering_form.html",
        context,
        tab=TAB,
        status=status,
        more=[*trail_of(branch, row.gathering), (row.title, back)],
    )


@require_POST
@branch_page("consultation.work")
def note_off(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take a note off the board."""
    rows = PostIt.objects.for_viewer(request.viewer).filter(
        session__gathering__consultation__branch=branch
    )
    row = get_object_or_404(rows.select_related("session__gathering__consultation__branch"), pk=pk)
    session_id = row.session_id
    take_off(post_it=row, by=request.user, today=request.viewer.today)
    messages.success(
        request, _("The note is off the board. It still stands among all that came in.")
    )
    return redirect("consultation:session", branch.slug, session_id)


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def cluster(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Write down what a sub-theme is called, what was asked and what was answered."""
    row = _cluster(request, branch, pk)
    back = reverse("consultation:session", args=[branch.slug, row.session_id])
    form = ClusterForm(
        sent(request),
        initial={
            "title": row.title,
            "question": row.question,
            "answer": row.answer,
            "discussed": row.discussed,
            "revision": row.revision,
        },
    )
    if form.is_valid():
        try:
            services.change(
                cluster=row, by=request.user, today=request.viewer.today, **form.cleaned_data
            )
        except Stale as stale:
            fill_again(form, revision=stale.revision)
            return conflict_page(
                request, stale, back=back, form=form, action=request.path, branch=branch
            )
        messages.success(request, _("Saved."))
        return redirect(back)
    context = {
        "form": form,
        "cluster": row,
        "notes": row.post_its.select_related("contribution").order_by("id"),
        "back": back,
    }
    return page(
        request,
        branch,
        "consultation/cluster.html",
        context,
        tab=TAB,
        more=[*trail_of(branch, row.session.gathering), (row.session.title, back)],
    )


@require_POST
@branch_page("consultation.work")
def cluster_discussed(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Say whether a sub-theme was talked about."""
    row = _cluster(request, branch, pk)
    services.say_discussed(
        cluster=row,
        discussed=request.POST.get("discussed") == "yes",
        by=request.user,
        today=request.viewer.today,
    )
    return redirect("consultation:session", branch.slug, row.session_id)


@require_POST
@branch_page("consultation.work")
def cluster_dissolve(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take a sub-theme apart."""
    row = _cluster(request, branch, pk)
    session_id = row.session_id
    try:
        services.dissolve(cluster=row, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("The sub-theme is taken apart; its notes hang loose again."))
    return redirect("consultation:session", branch.slug, session_id)


def _cluster(request: ViewerRequest, branch: Branch, pk: int) -> Cluster:
    rows = Cluster.objects.for_viewer(request.viewer).filter(
        session__gathering__consultation__branch=branch
    )
    return get_object_or_404(
        rows.select_related(
            "session__gathering__meeting", "session__gathering__consultation__branch"
        ),
        pk=pk,
    )


def _notes(row: Session, ticked: list[str]) -> list[PostIt]:
    """Return the ticked notes; another session's is not found.

    One that was taken back or taken off meanwhile is gone, and the others are moved.
    """
    numbers = {_number(text) for text in ticked}
    found = list(row.post_its.filter(pk__in=numbers))
    missing = numbers - {note.pk for note in found}
    if PostIt.objects.filter(pk__in=missing).exists():
        raise Http404
    return found


def _number(text: str) -> int:
    """Return an id from a form; what cannot be one is not found."""
    if text.isascii() and text.isdigit() and len(text) <= 18:  # noqa: PLR2004 - digits of a bigint
        return int(text)
    raise Http404


def _title(text: str) -> str:
    if len(text) > 2 * _TITLE:
        text = text[: 2 * _TITLE]
    try:
        return clean(text, many_lines=False)[:_TITLE]
    except Unstorable as unstorable:
        raise Http404 from unstorable
