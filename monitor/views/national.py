"""All branches as threads: which ones need a call today, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches.facts.provinces import Province
from branches.gate import ViewerRequest
from core.dates import distance
from monitor.enums import Sort, Stretch
from monitor.fabric import Loom, stretch_now
from monitor.forms.national import ADDRESS, FilterForm, left_out, read_filter
from monitor.gate import national_page
from monitor.queries import national as queries
from monitor.queries.national import Overview, Row
from monitor.wording import reason
from process.models import Timeline
from process.rules.forecast import ForecastResult
from process.thread import draw_forecast, forecast_word, row_symbols

PAGE_LENGTH = 500
FIRST_TO_CALL = 5

_ROW = (
    '<tr><th scope="row"><a href="{}">{}</a><span class="forecast-word">{}{}</span></th>'
    '<td class="fabric-thread">{}</td><td class="fabric-why">{}</td><td>{}</td>'
    '<td class="soft">{}</td></tr>'
)


@require_safe
@national_page("monitor.view")
def national(request: ViewerRequest) -> HttpResponse:
    """Show every thread of an election, filtered and sorted as the address says."""
    today = request.viewer.today
    known = queries.elections()
    current = queries.current_election(known, today=today)
    if current is None:
        return render(request, "monitor/no_election.html", {"section": "national"})
    form, remarks = read_filter(request.GET, elections=known, election=current)
    chosen = form.cleaned_data["election"] or current.slug
    election = next((row for row in known if row.slug == chosen), current)
    wanted = form.wanted()
    rows = queries.timelines(election=election, today=today)
    overview = queries.overview(rows=rows, wanted=wanted)
    page, page_remark = _page(request, queries.in_order(rows=rows, wanted=wanted), overview)
    found = [Row(*values) for values in cast("Iterable[Any]", page.object_list)]
    stretch = _stretch(form, polling_day=election.polling_day, today=today)
    loom = Loom(polling_day=election.polling_day, today=today, stretch=stretch)
    lines = [(row, row.forecast(today=today)) for row in found]
    context = {
        "section": "national",
        "election": election,
        "form": form,
        "wanted": wanted,
        "remarks": [*remarks, *page_remark],
        "overview": overview,
        "counts": _counts(request, overview),
        "first": _first_to_call(lines, today=today)
        if wanted.sort == Sort.CALL and page.number == 1
        else [],
        "without": queries.without_timeline(election),
        "page": page,
        "query": _query(request),
        "loom": loom,
        "symbols": row_symbols(),
        "rows": _rows(lines, loom=loom, today=today),
    }
    return render(request, "monitor/national.html", context)


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
        data[ADDRESS[name]] = value
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


def _first_to_call(lines: list[tuple[Row, ForecastResult]], *, today: date) -> list[dict[str, Any]]:
    calling = [line for line in lines if line[1].outlook in queries.CALL][:FIRST_TO_CALL]
    return [
        {
            "name": row.name,
            "slug": row.slug,
            "province": _province(row.province),
            "outlook": result.outlook.value,
            "reason": reason(result=result, title=row.title or "", today=today),
        }
        for row, result in calling
    ]


def _rows(lines: list[tuple[Row, ForecastResult]], *, loom: Loom, today: date) -> SafeString:
    """Join the rows of the table; a template loop would take ten times as long."""
    address = reverse("process:today", args=["SLUG"])
    marks: dict[str, tuple[SafeString, str]] = {}
    reasons: dict[tuple[ForecastResult, str], str] = {}
    ago: dict[date | None, SafeString | str] = {None: _("nothing yet")}

    def cells() -> Iterable[tuple[Any, ...]]:
        for row, result in lines:
            name = result.outlook.value
            if name not in marks:
                marks[name] = (draw_forecast(name), forecast_word(name))
            why = (result, row.title or "")
            if why not in reasons:
                reasons[why] = reason(result=result, title=why[1], today=today)
            heard = row.last_activity_on
            if heard not in ago and heard is not None:
                ago[heard] = format_html(
                    '<time datetime="{}">{}</time>', heard.isoformat(), distance(heard, today=today)
                )
            yield (
                address.replace("SLUG", row.slug),
                row.name,
                *marks[name],
                loom.thread(packed=row.packed, polling_day=row.polling_day),
                reasons[why],
                _province(row.province),
                ago[heard],
            )

    return format_html_join("", _ROW, cells())


_PROVINCES = {row.value: row.dutch_name for row in Province}


def _province(code: str) -> str:
    return _PROVINCES.get(code, code)
