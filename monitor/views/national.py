"""All branches, as threads or milestone by milestone: which ones need a call today, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches.gate import ViewerRequest
from core.dates import day_words, distance
from monitor.enums import Look, Sort, Stretch
from monitor.fabric import Loom, stretch_now
from monitor.forms.national import (
    ADDRESS,
    FilterForm,
    address_of,
    election_asked,
    is_filtered,
    left_out,
    read_filter,
)
from monitor.forms.national_views import ViewForm
from monitor.gate import national_page
from monitor.grid import Grid, cell_symbols
from monitor.national_rows import (
    Line,
    Words,
    branch_address,
    grid_rows,
    province_name,
    thread_rows,
)
from monitor.queries import national as queries
from monitor.queries import national_grid, national_lists
from monitor.queries.national import Overview, Row
from monitor.queries.national_lists import Called, Lists, View
from monitor.views.national_kept import Kept
from monitor.wording import reason
from process.models import Election, Timeline
from process.thread import row_symbols

PAGE_LENGTH = 500
FIRST_TO_CALL = 5


@require_safe
@national_page("monitor.view")
def national(request: ViewerRequest) -> HttpResponse:
    """Show the branches of an election, filtered and sorted as the address says."""
    today = request.viewer.today
    read = national_lists.read(
        person=request.user.pk, today=today, asked=request.GET.get(ADDRESS["election"], "")
    )
    kept = Kept(request, mark=read.mark)
    if answer := kept.answer():
        return answer
    lists = read.lists
    election = election_asked(request.GET, lists=lists, today=today)
    if election is None:
        return render(request, "monitor/no_election.html", {"section": "national"})
    page = _page_of(request, lists, election)
    return kept.draw("monitor/national.html", page, keep=lists.is_marked(election))


def _page_of(request: ViewerRequest, lists: Lists, election: Election) -> dict[str, Any]:
    """Return what the page shows; at most three queries."""
    today = request.viewer.today
    form, remarks = read_filter(request.GET, lists=lists, election=election)
    wanted = form.wanted(person=request.user.pk, today=today)
    rows = queries.timelines(election=election, today=today)
    overview = queries.overview(rows=rows, wanted=wanted, election=election, known=lists.elections)
    page, page_remark = _page(request, queries.in_order(rows=rows, wanted=wanted), overview)
    found = [Row(*values) for values in cast("Iterable[Any]", page.object_list)]
    lines = [(row, row.forecast(today=today)) for row in found]
    look = form.look_now
    stretch = _stretch(form, polling_day=election.polling_day, today=today)
    words = Words(today=today, officers=lists.officers)
    drawn = (
        _grid(request, lists, election, lines, words=words)
        if look is Look.GRID
        else _threads(election, lines, words=words, stretch=stretch)
    )
    asked = address_of(request.GET)
    return {
        "section": "national",
        "election": election,
        "form": form,
        "wanted": wanted,
        "look": look,
        "looks": [
            {"label": one.label, "href": f"?{_query(request, look=one.value)}#draden"}
            | {"now": one is look}
            for one in Look
        ],
        "remarks": [*remarks, *page_remark],
        "overview": overview,
        "counts": _counts(request, overview),
        "first": _first_to_call(lines, calls=lists.calls, today=today)
        if wanted.sort == Sort.CALL and page.number == 1
        else [],
        "due": sum(call.is_due(today=today) for call in lists.calls),
        "without": overview.without,
        "page": page,
        "query": _query(request),
        "filtered": is_filtered(request.GET),
        "asked": asked,
        "views": _views(request, lists, asked=asked),
        "view_form": ViewForm(initial={"query": asked}, auto_id="view-%s"),
        **drawn,
    }


def _threads(
    election: Election, lines: list[Line], *, words: Words, stretch: Stretch
) -> dict[str, Any]:
    loom = Loom(polling_day=election.polling_day, today=words.today, stretch=stretch)
    return {
        "loom": loom,
        "legend": loom.legend(),
        "symbols": row_symbols(),
        "rows": thread_rows(lines, words=words, loom=loom),
    }


def _grid(
    request: ViewerRequest, lists: Lists, election: Election, lines: list[Line], *, words: Words
) -> dict[str, Any]:
    knots = national_grid.knots_of([row.pk for row, _result in lines])
    back = _query(request, page=request.GET.get("page", "")).removesuffix("&")
    grid = Grid(
        heads=national_grid.columns(lists=lists, election=election, knots=knots.values()),
        today=words.today,
        address=reverse("process:milestone", args=["SLUG", 0]),
        back=back,
    )
    return {
        "grid": grid,
        "legend": grid.legend(),
        "symbols": cell_symbols(),
        "rows": grid_rows(lines, words=words, grid=grid, knots=knots),
    }


def _stretch(form: FilterForm, *, polling_day: date, today: date) -> Stretch:
    """Return the part that was asked for, or the one the branches are on; the form shows it."""
    stretch = Stretch(
        form.cleaned_data["stretch"] or stretch_now(polling_day=polling_day, today=today)
    )
    cast("QueryDict", form.data)[ADDRESS["stretch"]] = stretch.value
    return stretch


def _page(request: ViewerRequest, rows: Any, overview: Overview) -> tuple[Any, list[str]]:
    paginator: Paginator[Timeline] = Paginator(rows, PAGE_LENGTH)
    # Counted already, together with the outlooks.
    paginator.__dict__["count"] = overview.shown
    asked = request.GET.get("page", "")
    page = paginator.get_page(asked or 1)
    return page, [left_out(asked)] if asked and asked != str(page.number) else []


def _query(request: ViewerRequest, **changed: str) -> str:
    """Return the other parameters, encoded, ending in ``&`` unless there are none."""
    data = request.GET.copy()
    data.pop("page", None)
    for name, value in changed.items():
        data[ADDRESS.get(name, name)] = value
    for name in [name for name, value in data.items() if not value]:
        del data[name]
    encoded = data.urlencode()
    return f"{encoded}&" if encoded else ""


def _counts(request: ViewerRequest, overview: Overview) -> list[dict[str, Any]]:
    return [
        {
            "outlook": name,
            "n": n,
            "href": f"?{_query(request, outlook=name)}#draden",
        }
        for name, n in overview.counts.items()
    ]


def _views(request: ViewerRequest, lists: Lists, *, asked: str) -> list[dict[str, Any]]:
    """Return the saved views, each with whose it is where that matters."""

    def remark(view: View) -> str:
        if view.owner == request.user.pk:
            return _("for all") if view.is_shared else ""
        name = lists.officers.get(view.owner)
        return _("by %(name)s") % {"name": name} if name else ""

    return [
        {
            "row": view,
            "href": f"?{view.query}#draden",
            "now": view.query == asked,
            "is_own": view.owner == request.user.pk,
            "remark": remark(view),
        }
        for view in lists.views
    ]


def _first_to_call(
    lines: list[Line], *, calls: Iterable[Called], today: date
) -> list[dict[str, Any]]:
    """Return the first that need a call; who had one lately, or gets one later, comes last."""
    lately: dict[str, Called] = {}
    # The last one counts: what is due goes before what is agreed, and that before what is over.
    for call in sorted(calls, key=lambda call: _weight(call, today=today)):
        lately[call.branch] = call
    calling = [line for line in lines if line[1].outlook in queries.CALL]
    calling.sort(
        key=lambda line: (
            (call := lately.get(line[0].slug)) is not None and not call.is_due(today=today)
        )
    )
    address = branch_address()
    return [
        {
            "name": row.name,
            "slug": row.slug,
            "href": address.replace("SLUG", row.slug),
            "province": province_name(row.province),
            "outlook": result.outlook.value,
            "reason": reason(result=result, title=row.title or "", today=today),
            "called": _called(lately[row.slug], today=today) if row.slug in lately else "",
        }
        for row, result in calling[:FIRST_TO_CALL]
    ]


def _weight(call: Called, *, today: date) -> tuple[bool, bool, date]:
    return call.is_due(today=today), call.again_on is not None, call.made_on


def _called(call: Called, *, today: date) -> str:
    """Say in a few words what was said or agreed by telephone."""
    if call.again_on is None:
        return _("Called on %(day)s.") % {"day": day_words(call.made_on)}
    text = _("Call back: agreed for %(day)s (%(far)s).")
    return text % {"day": day_words(call.again_on), "far": distance(call.again_on, today=today)}
