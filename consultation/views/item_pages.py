"""What asks a page of its own: which one says the same, cutting, putting right, answering."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from consultation.forms.item import AnswerForm, CorrectForm, CutForm, OtherForm
from consultation.models import Contribution
from consultation.queries.desk import Filter, filtered
from consultation.queries.doubles import alike
from consultation.queries.measures import taken_up_by
from consultation.queries.sources import audience_of
from consultation.rules.merging import Candidate, leader
from consultation.rules.parts import MOST_SENTENCES, grouped, sentences
from consultation.services import answering, correcting, cutting, merging
from consultation.views.item import list_trail
from consultation.views.item_acts import not_done, overtaken
from consultation.views.loading import get_contribution, page, sent
from consultation.views.way import way_of
from core.characters import shown
from core.concurrency import Stale
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused

FOUND = 20
LONGEST_SEARCH = 100
# Before which sentences another part may begin, as the address says it.
_PLACES = frozenset(str(place) for place in range(1, MOST_SENTENCES))


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def merge(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Find which contribution says the same, by number or words, and merge the two."""
    row = get_contribution(request, branch, pk)
    way = way_of(request, branch)
    if request.method == "POST":
        form = OtherForm(request.POST)
        if not form.is_valid():
            raise Http404
        other = get_contribution(request, branch, form.cleaned_data["other"])
        if other.consultation_id != row.consultation_id:
            raise Http404
        pair = {one.pk: one for one in (row, other)}
        first = leader(
            [Candidate(pk=one.pk, status=one.status, sources=one.sources) for one in pair.values()]
        )
        try:
            lead = merging.merge(
                into=pair[first],
                others=[one for one in pair.values() if one.pk != first],
                by=request.user,
                today=request.viewer.today,
            )
        except Refused as refused:
            return not_done(request, branch, row, refused)
        messages.success(
            request,
            ngettext(
                "Merged. %(count)s thing that came in stands behind this one now.",
                "Merged. %(count)s things that came in stand behind this one now.",
                lead.sources,
            )
            % {"count": lead.sources},
        )
        return way.go("contribution", lead.pk)
    words = shown(request.GET.get("vind", ""), many_lines=False)[:LONGEST_SEARCH].strip()
    rows = filtered(
        consultation=row.consultation, wanted=Filter(text=words), user=request.user
    ).exclude(pk=row.pk)
    context = {
        "row": row,
        "way": way,
        "words": words,
        "found": list(rows.select_related("channel", "theme").order_by("-sources", "-pk")[:FOUND])
        if words
        else [],
        "most": FOUND,
        "alike": [] if words else alike(contribution=row, limit=FOUND),
    }
    return page(
        request,
        branch,
        "consultation/merge.html",
        context,
        tab="list",
        more=list_trail(way, row),
    )


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def cut(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Say between which sentences to cut, look at the parts, and keep them."""
    row = get_contribution(request, branch, pk)
    way = way_of(request, branch)
    pieces = sentences(row.text)
    starts = {int(place) for place in request.GET.getlist("hier") if place in _PLACES}
    form = CutForm(
        sent(request),
        parts=grouped(pieces, starts, most=cutting.MOST_PARTS),
        initial={"revision": row.revision},
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            parts = cutting.cut(
                contribution=row,
                texts=form.texts,
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=request.viewer.today,
            )
        except Stale as stale:
            return overtaken(request, branch, row, stale, form)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(
                request,
                _("Cut into %(count)s parts. This is the first; the original is kept.")
                % {"count": len(parts)},
            )
            return way.go("contribution", parts[0].pk)
    if form.errors:
        status = UNPROCESSABLE
    return page(
        request,
        branch,
        "consultation/cut.html",
        {
            "row": row,
            "way": way,
            "form": form,
            "pieces": pieces,
            "asks": request.method != "POST" and "hier" not in request.GET and len(pieces) > 1,
        },
        tab="list",
        status=status,
        more=list_trail(way, row),
    )


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def correct(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Put right what was filed wrongly; the words only of what was typed in here."""
    row = get_contribution(request, branch, pk)
    way = way_of(request, branch)
    form = CorrectForm(sent(request), row=row, mend=correcting.text_may_change(row))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            correcting.correct(
                contribution=row,
                theme=data["theme"],
                role=data["role"],
                neighbourhood=data["neighbourhood"],
                text=data.get("text"),
                revision=data["revision"],
                by=request.user,
                today=request.viewer.today,
            )
        except Stale as stale:
            return overtaken(request, branch, row, stale, form)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Saved."))
            return way.go("contribution", pk)
    return page(
        request,
        branch,
        "consultation/correct.html",
        {"row": row, "way": way, "form": form},
        tab="list",
        status=UNPROCESSABLE if form.errors else 200,
        more=list_trail(way, row),
    )


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def answer(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Write what became of it; shows first to whom it goes, and how it reads."""
    row = get_contribution(request, branch, pk)
    way = way_of(request, branch)
    form = AnswerForm(sent(request), initial={"text": row.answer, "revision": row.revision})
    preview = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if "look" in request.POST:
            preview = data["text"]
        else:
            try:
                done = answering.answer(
                    contribution=row,
                    text=data["text"],
                    revision=data["revision"],
                    by=request.user,
                    today=request.viewer.today,
                )
            except Stale as stale:
                return overtaken(request, branch, row, stale, form)
            except Refused as refused:
                form.add_error(None, refused.sentence)
            else:
                messages.success(request, _told(done))
                return way.go("contribution", pk, place="#answer")
    return page(
        request,
        branch,
        "consultation/answer.html",
        {
            "row": row,
            "way": way,
            "form": form,
            "audience": audience_of(row),
            "preview": preview,
            "taken_up": taken_up_by(row) if preview else [],
            "quoted": _first(row),
        },
        tab="list",
        status=UNPROCESSABLE if form.errors else 200,
        more=list_trail(way, row),
    )


def _first(row: Contribution) -> str:
    return row.text if row.erased_on is None else ""


def _told(done: answering.Answered) -> str:
    if done.letters:
        return ngettext(
            "Your answer is kept, and goes by mail to %(count)s person.",
            "Your answer is kept, and goes by mail to %(count)s people.",
            done.letters,
        ) % {"count": done.letters}
    if done.told:
        return _("Your answer is changed. Who already had a mail gets no second one.")
    return _("Your answer is kept. Nobody asked for a mail, so none goes out.")
