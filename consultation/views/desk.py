"""All that came in: filtered, searched, and the same done to many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from consultation import bulk_words
from consultation.enums import Status
from consultation.forms.desk import BulkForm, FilterForm, ticked
from consultation.models import Consultation, Contribution
from consultation.models.contribution import ContributionQuerySet
from consultation.queries import desk as queries
from consultation.queries.desk_rows import lines
from consultation.queries.people import readers
from consultation.services import bulk as services
from consultation.services.bulk import BulkAction, BulkEdit
from consultation.views.loading import get_consultation, page, sent
from core.pages import UNPROCESSABLE
from core.refusal import Refused

ON_A_PAGE = 50
NAMED = 3
"""Contributions that the second look names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address and the form ask.

    Attributes:
        filters: from the address, also when something is sent.
        works: whether this person may do something with what stands here.
    """

    request: ViewerRequest
    branch: Branch
    consultation: Consultation
    known: queries.Choices
    filters: FilterForm
    form: BulkForm
    works: bool

    @property
    def list_address(self) -> str:
        """The list with this filter."""
        address = reverse("consultation:desk", args=[self.branch.slug])
        return f"{address}?{self.filters.query()}".rstrip("?&")

    def filtered(self) -> ContributionQuerySet:
        """Return what the filter lets through; nothing when it asks for what is not there."""
        wanted = self.filters.wanted
        if wanted is None:
            return Contribution.objects.none()
        return queries.filtered(
            consultation=self.consultation, wanted=wanted, user=self.request.user
        )


@require_safe
@branch_page("consultation.view_contributions")
def desk(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show what the filter in the address lets through."""
    works = may(request.viewer, "consultation.work", branch)
    return _list(_asked(request, branch, works=works))


@require_POST
@branch_page("consultation.work")
def desk_many(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Do the same to what is ticked, or after a second look to all that the filter found."""
    asked = _asked(request, branch, works=True)
    form = asked.form
    seen = _ticked(asked)
    if not form.is_valid():
        return _list(asked, status=UNPROCESSABLE)
    everything = form.cleaned_data["everything"] == "1"
    if not everything and not seen:
        form.add_error(None, _("Tick something in the list first, or choose all of this list."))
        return _list(asked, status=UNPROCESSABLE)
    edit = _edit(form)
    try:
        if everything:
            return _all(asked, edit)
        outcome = services.apply_to_ticked(
            consultation=asked.consultation,
            seen=seen,
            edit=edit,
            by=request.user,
            today=request.viewer.today,
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _list(asked, status=UNPROCESSABLE)
    return _done(asked, outcome)


def _asked(request: ViewerRequest, branch: Branch, *, works: bool) -> Asked:
    consultation = get_consultation(request, branch)
    known = queries.choices(consultation=consultation)
    people = list(readers(branch=branch, today=request.viewer.today)) if works else []
    return Asked(
        request=request,
        branch=branch,
        consultation=consultation,
        known=known,
        filters=FilterForm(request.GET, known=known),
        form=BulkForm(sent(request), known=known, people=people),
        works=works,
    )


def _ticked(asked: Asked) -> dict[int, int]:
    """Return what is ticked; something of another branch is not there at all (404)."""
    seen = ticked(asked.request.POST.getlist("row"))
    if seen is None:
        raise Http404
    there = Contribution.objects.filter(consultation=asked.consultation, pk__in=list(seen))
    if there.count() != len(seen):
        raise Http404
    return seen


def _edit(form: BulkForm) -> BulkEdit:
    data = form.cleaned_data
    return BulkEdit(
        action=BulkAction(data["action"]),
        theme=form.themes.get(data["theme"]),
        person=form.people.get(data["person"]),
    )


def _all(asked: Asked, edit: BulkEdit) -> HttpResponse:
    """Do it to all of the list once somebody looked twice, and while it is still that list."""
    request = asked.request
    rows = asked.filtered()
    moved = False
    if "stand" in request.POST:
        try:
            outcome = services.apply_to_all(
                consultation=asked.consultation,
                rows=rows,
                stand=request.POST["stand"],
                edit=edit,
                by=request.user,
                today=request.viewer.today,
            )
        except services.Moved:
            moved = True
        else:
            return _done(asked, outcome)
    stand = services.stand_of(rows)
    context = {
        "question": bulk_words.question(edit, stand.count),
        "yes": bulk_words.yes(stand.count),
        "consequences": bulk_words.consequences(edit),
        "moved": moved,
        "named": lines(queries.numbers(rows, asked.filters.order)[:NAMED], known=asked.known),
        "asked": asked.filters.asked,
        "sent": [
            (name, request.POST.get(name, ""))
            for name in ("action", "theme", "person", "everything")
        ],
        "stand": str(stand),
        "back": asked.list_address,
    }
    more = [(_("Everything that came in"), asked.list_address)]
    return page(
        request, asked.branch, "consultation/desk_many.html", context, tab="list", more=more
    )


def _done(asked: Asked, outcome: services.Outcome) -> HttpResponse:
    for sentence in bulk_words.done(outcome):
        messages.success(asked.request, sentence)
    return redirect(asked.list_address)


def _list(asked: Asked, *, status: int = 200) -> HttpResponse:
    request, branch, filters = asked.request, asked.branch, asked.filters
    totals = queries.totals(consultation=asked.consultation, user=request.user)
    here = _pages(asked, totals).get_page(request.GET.get("page"))
    searched = filters.wanted.text if filters.wanted else ""
    context: dict[str, Any] = {
        "consultation": asked.consultation,
        "filters": filters,
        "page": here,
        "lines": lines(list(here), known=asked.known, text=searched),
        "searched": searched,
        "query": filters.query(),
        "totals": totals,
        "shortcuts": _shortcuts(asked, totals),
        "neighbourhoods": asked.known.neighbourhoods,
        "form": asked.form,
        "everything": asked.form.data.get("everything", ""),
        "ticked": set(request.POST.getlist("row")),
        "may_work": asked.works,
        "may_name": may(request.viewer, "consultation.privacy", branch),
    }
    return page(request, branch, "consultation/desk.html", context, tab="list", status=status)


@dataclass(frozen=True, slots=True)
class _Whole:
    """The whole list, of which the count is known, as a paginator asks for it."""

    rows: QuerySet[Contribution, int]
    known: int

    def count(self) -> int:
        return self.known

    def __len__(self) -> int:
        return self.known

    def __getitem__(self, part: slice) -> list[int]:
        return list(self.rows[part])


def _pages(asked: Asked, totals: queries.Totals) -> Paginator[int]:
    rows = queries.ordered(asked.filtered(), asked.filters.order).values_list("pk", flat=True)
    if asked.filters.is_used:
        # All numbers in order at once: one question tells the count as well.
        return Paginator(list(rows), ON_A_PAGE)
    whole: Any = _Whole(rows, totals.all)
    return Paginator(whole, ON_A_PAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """A filter that people ask for most; chosen: it is what the page shows."""

    label: str
    count: int
    query: str
    chosen: bool


def _shortcuts(asked: Asked, totals: queries.Totals) -> list[Shortcut]:
    now = asked.filters.query(without="volgorde").rstrip("&")
    known = [
        (_("All"), totals.all, ""),
        (_("Not looked at yet"), totals.untouched, f"status={Status.NEW}"),
        (_("Mine to look at"), totals.mine, f"status={Status.NEW}&wie={queries.Whose.MINE}"),
        (_("No theme yet"), totals.without_theme, f"thema={queries.NO_THEME}"),
        (_("Waits for an answer"), totals.waiting, "antwoord=on"),
    ]
    return [
        Shortcut(label=label, count=count, query=query, chosen=query == now)
        for label, count, query in known
    ]
