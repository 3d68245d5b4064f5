"""Deciding what goes on: the list, one promise at a time, all of a list at once, and the draft."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.concurrency import Stale, fill_again
from core.pages import CONFLICT, FORM_METHODS, UNPROCESSABLE, whole_number
from core.refusal import Refused
from evaluation.enums import CarryOver, Verdict
from evaluation.forms.result import CarryForm, CarryManyForm
from evaluation.models import Evaluation, Promise
from evaluation.queries import carrying as queries
from evaluation.queries.carrying import CarryFilter, Which, draft_of
from evaluation.queries.desk import chapters
from evaluation.queries.results import result_of
from evaluation.rules.carrying import may_be_decided
from evaluation.services import carrying as services
from evaluation.services.drafting import put_in_draft
from evaluation.views.loading import get_evaluation, get_promise, page
from process.views.conflicts import conflict

ON_A_PAGE = 25


@require_safe
@branch_page("evaluation.manage")
def carry_over(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show the promises that ask whether they go on, by chapter, with filters."""
    return _list(request, branch, get_evaluation(request, branch, pk))


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.manage")
def carry(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Decide on one promise, and go on to the next of the same list."""
    row = get_promise(request, branch, pk)
    form = CarryForm(
        request.POST if request.method == "POST" else None, initial=CarryForm.initial_of(row)
    )
    if request.method != "POST":
        return _card(request, branch, row, form)
    if "undo" in request.POST:
        return _take_back(request, branch, row)
    if not form.is_valid():
        return _card(request, branch, row, form, status=UNPROCESSABLE)
    onward = _onward(request, branch, row)
    try:
        services.decide(
            promise=row,
            **form.answers(),
            by=request.user,
            today=request.viewer.today,
            revision=form.cleaned_data["revision"],
        )
    except Stale as stale:
        return conflict(
            request,
            branch,
            stale=stale,
            form=form,
            section="evaluation",
            back=reverse("evaluation:promise", args=[branch.slug, row.pk]),
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _card(request, branch, row, form, status=UNPROCESSABLE)
    messages.success(request, _praise(row, form.cleaned_data["carry_over"]))
    return redirect(onward)


@require_POST
@branch_page("evaluation.manage")
def carry_many(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Decide the same on everything in a list that is still to be decided."""
    evaluation = get_evaluation(request, branch, pk)
    form = CarryManyForm(request.POST, auto_id="many_%s")
    if not form.is_valid():
        return _list(request, branch, evaluation, many=form, status=UNPROCESSABLE)
    rows = queries.undecided_in(evaluation, _asked(request))
    if rows.count() != form.cleaned_data["count"]:
        form.add_error(
            None, _("This list changed while you looked at it. Look at it anew, then decide.")
        )
        fill_again(form, count=rows.count())
        return _list(request, branch, evaluation, many=form, status=CONFLICT)
    try:
        count = services.decide_many(
            promises=rows,
            carry_over=form.cleaned_data["carry_over"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            today=request.viewer.today,
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _list(request, branch, evaluation, many=form, status=UNPROCESSABLE)
    messages.success(
        request,
        ngettext("Decided for %(count)s promise.", "Decided for %(count)s promises.", count)
        % {"count": count},
    )
    return redirect("evaluation:carry_over", branch.slug, evaluation.pk)


@require_POST
@branch_page("evaluation.manage")
def carry_draft(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Put what goes on in a draft of the new programme."""
    evaluation = get_evaluation(request, branch, pk)
    try:
        drafted = put_in_draft(evaluation=evaluation, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.warning(request, refused.sentence)
        return redirect("evaluation:carry_over", branch.slug, evaluation.pk)
    if drafted.added:
        said = ngettext(
            "%(count)s promise was put in the draft, with where it comes from.",
            "%(count)s promises were put in the draft, each with where it comes from.",
            drafted.added,
        )
    else:
        said = _("Everything that goes on was in the draft already.")
    messages.success(request, said % {"count": drafted.added})
    return redirect("programmes:programme", branch.slug, drafted.draft.pk)


def _list(
    request: ViewerRequest,
    branch: Branch,
    evaluation: Evaluation,
    *,
    many: CarryManyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = _asked(request)
    rows = queries.promises_in(evaluation, asked)
    shown = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    undecided = queries.undecided_in(evaluation, asked)
    open_count = undecided.count()
    first = undecided.first()
    found = result_of(evaluation)
    query = _query(asked)
    by_which = queries.counts(evaluation)
    return page(
        request,
        branch,
        "evaluation/result/carry_over.html",
        {
            "evaluation": evaluation,
            "carry": found.carry,
            "page": shown,
            "groups": [
                (chapter, list(promises)) for chapter, promises in groupby(shown, key=_chapter)
            ],
            "asked": asked,
            "whiches": [(one, _which_word(one), by_which[one]) for one in Which],
            "chapters": chapters(evaluation),
            "verdicts": [
                (one.value, one.label) for one in Verdict if one is not Verdict.NOT_ASSESSED
            ],
            "query": f"{query}&" if query else "",
            "query_only": f"?{query}" if query else "",
            "open_count": open_count,
            "begin": _address(branch, first, asked) if first else "",
            "many": many or CarryManyForm(initial={"count": open_count}, auto_id="many_%s"),
            "draft": draft_of(evaluation) if found.carry.carried else None,
        },
        status=status,
    )


def _card(
    request: ViewerRequest, branch: Branch, row: Promise, form: CarryForm, *, status: int = 200
) -> HttpResponse:
    """Answer with one promise to decide on."""
    asked = _asked(request)
    left = queries.undecided_in(row.evaluation, asked)
    return page(
        request,
        branch,
        "evaluation/result/carry.html",
        {
            "promise": row,
            "measure": row.measure,
            "form": form,
            "left": left.count(),
            "may_decide": may_be_decided(row.verdict),
            "evidence": list(row.evidence.order_by("pk")),
            "skip_url": _onward(request, branch, row),
            "list_url": _list_url(branch, row.evaluation_id, asked),
            "more_query": f"?{_query(asked)}" if _query(asked) else "",
        },
        status=status,
        more=[(_("What goes on"), _list_url(branch, row.evaluation_id, asked))],
    )


def _take_back(request: ViewerRequest, branch: Branch, row: Promise) -> HttpResponse:
    services.decide(
        promise=row, carry_over=CarryOver.OPEN, by=request.user, today=request.viewer.today
    )
    messages.success(request, _("Taken back: it is to be decided again."))
    return redirect(_address(branch, row, _asked(request)))


def _onward(request: HttpRequest, branch: Branch, row: Promise) -> str:
    """Return the address of the next promise to decide in the same list, or of the list."""
    asked = _asked(request)
    rows = queries.undecided_in(row.evaluation, asked).exclude(pk=row.pk)
    number = row.measure.number
    following = rows.filter(measure__number__gt=number).first() or rows.first()
    if following is None:
        return _list_url(branch, row.evaluation_id, asked)
    return _address(branch, following, asked)


def _address(branch: Branch, row: Promise, asked: CarryFilter) -> str:
    query = _query(asked)
    path = reverse("evaluation:carry", args=[branch.slug, row.pk])
    return f"{path}?{query}" if query else path


def _list_url(branch: Branch, evaluation_id: int, asked: CarryFilter) -> str:
    query = _query(asked)
    path = reverse("evaluation:carry_over", args=[branch.slug, evaluation_id])
    return f"{path}?{query}" if query else path


def _asked(request: HttpRequest) -> CarryFilter:
    """Read the filter from the address; what is not known is not asked."""
    which = request.GET.get("welke", "")
    verdict = request.GET.get("oordeel", "")
    return CarryFilter(
        which=Which(which) if which in set(Which) else Which.OPEN,
        chapter=whole_number(request, "hoofdstuk"),
        verdict=verdict if verdict in Verdict.values else "",
    )


def _query(asked: CarryFilter) -> str:
    kept: dict[str, Any] = {}
    if asked.which is not Which.OPEN:
        kept["welke"] = asked.which.value
    if asked.chapter is not None:
        kept["hoofdstuk"] = asked.chapter
    if asked.verdict:
        kept["oordeel"] = asked.verdict
    return urlencode(kept)


def _chapter(row: Promise) -> str:
    section = row.measure.section
    return section.chapter.title if section else ""


def _which_word(which: Which) -> str:
    return {
        Which.OPEN: _("still to decide"),
        Which.CARRY: _("goes on"),
        Which.DROP: _("dropped"),
        Which.NEEDED: _("all that is not delivered"),
        Which.DELIVERED: _("delivered"),
    }[which]


def _praise(row: Promise, choice: str) -> str:
    if choice == CarryOver.CARRY:
        return _("Number %(number)s goes on.") % {"number": row.measure.number}
    return _("Number %(number)s is dropped; your reason stands beside it.") % {
        "number": row.measure.number
    }
