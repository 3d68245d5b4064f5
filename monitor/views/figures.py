"""How far the branches are: against the plan, against last time, by province, and in a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches.gate import ViewerRequest
from monitor import figures_sheets, figures_words
from monitor.figures_words import StepWords
from monitor.forms.figures import FiguresForm
from monitor.gate import national_page
from monitor.line_drawing import day_at, draw_course, edges_of
from monitor.queries import line, national
from monitor.queries.line import Province
from monitor.queries.week_news import ON_A_PAGE, Week, week_news
from monitor.rules.line import Standing, Step, same_distance
from monitor.rules.report import LastElection
from process.models import Election


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the page and the spreadsheet tell of an election."""

    election: Election
    last: Election | None
    steps: dict[Step, Standing]
    regions: dict[str, Province]
    week: Week

    @property
    def compared(self) -> bool:
        """Tell whether there is a last time to compare with."""
        return any(standing.has_last for standing in self.steps.values())


@require_safe
@national_page("monitor.view")
def figures(request: ViewerRequest) -> HttpResponse:
    """Show the national line, the provinces and what changed this week."""
    today = request.viewer.today
    known = national.elections()
    form, election = _chosen(request, known)
    if election is None:
        return render(request, "monitor/no_election.html", {"section": "figures"})
    found = _found(election, known, today=today, most=ON_A_PAGE)
    country = line.together(found.regions)
    words = figures_words.step_words(found.steps)
    lists = figures_words.week_lists(found.week)
    context: dict[str, Any] = {
        "section": "figures",
        "tab": "line",
        "form": form,
        "election": election,
        "country": country,
        "lead": figures_words.lead(found.steps),
        "steps": words,
        "comparison": _comparison(found, today=today),
        "compared": found.compared,
        "head": figures_words.table_head(compared=found.compared),
        "rows": figures_words.table_rows(words, compared=found.compared),
        "courses": _courses(found, words, today=today),
        "tiles": figures_words.tiles(_outlooks(found)),
        "week": found.week,
        "news": [one for one in lists if one[2].total],
        "quiet": [title for _kind, title, news in lists if not news.total],
    }
    return render(request, "monitor/figures.html", context)


@require_safe
@national_page("monitor.view")
def figures_export(request: ViewerRequest, ending: str) -> HttpResponse:
    """Give the same as a spreadsheet."""
    kind = figures_sheets.kind_of(ending)
    today = request.viewer.today
    known = national.elections()
    _form, election = _chosen(request, known)
    if election is None:
        return redirect("monitor:figures")
    found = _found(election, known, today=today, most=figures_sheets.MOST_NEWS)
    return figures_sheets.answer(
        lambda: [
            figures_sheets.steps_sheet(
                figures_words.step_words(found.steps), compared=found.compared
            ),
            figures_sheets.provinces_sheet(figures_words.tiles(_outlooks(found))),
            figures_sheets.week_sheet(found.week),
        ],
        kind=kind,
        name=f"{_('figures')}-{election.slug}-{today.isoformat()}",
    )


def _chosen(request: ViewerRequest, known: list[Election]) -> tuple[FiguresForm, Election | None]:
    """Return the form and the election that was asked for; the form shows which one it is."""
    current = national.current_election(known, today=request.viewer.today)
    form = FiguresForm(request.GET, elections=known)
    if current is None:
        return form, None
    election = form.election(known, otherwise=current)
    return FiguresForm({"verkiezing": election.slug}, elections=known), election


def _found(election: Election, known: list[Election], *, today: date, most: int) -> Found:
    week = week_news(election=election, today=today, most=most)
    last = line.last_of_kind(known, election=election)
    return Found(
        election=election,
        last=last,
        steps=line.national_line(election=election, last=last, until=today),
        regions=line.provinces(election=election, today=today, active_since=week.first),
        week=week,
    )


def _comparison(found: Found, *, today: date) -> str:
    election, last = found.election, found.last
    if last is None:
        return figures_words.comparison(None, day=today, enough=False)
    return figures_words.comparison(
        LastElection(
            name=last.name, polling_day=last.polling_day, branches=line.timelines_of(last)
        ),
        day=same_distance(
            day=today, polling_day=election.polling_day, last_polling_day=last.polling_day
        ),
        enough=found.compared,
    )


def _courses(found: Found, words: list[StepWords], *, today: date) -> dict[str, Any]:
    """Return the drawings of how each step went, and the days at their edges."""
    courses = line.courses(election=found.election, last=found.last, until=today)
    polling_day = found.election.polling_day
    now = (today - polling_day).days
    edges = edges_of(list(courses.values()), today=now)
    return {
        "first": day_at(edges[0], polling_day=polling_day),
        "until": day_at(edges[1], polling_day=polling_day),
        "drawn": [
            (
                one,
                draw_course(courses[one.step], one.standing, edges=edges, today=now),
            )
            for one in words
            if one.standing.of
        ],
    }


def _outlooks(found: Found) -> dict[str, dict[str, int]]:
    return {code: dict(region.outlooks) for code, region in found.regions.items()}
