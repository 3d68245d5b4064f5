"""What came of programmes and top tens, over all branches that show it, with what is behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches.gate import ViewerRequest
from monitor import benchmark_words, figures_sheets
from monitor.benchmark_words import RowWords
from monitor.forms.figures import BenchmarksForm
from monitor.gate import national_page
from monitor.queries import benchmarks as queries
from monitor.queries import national, top_tens
from monitor.queries.benchmarks import Shown
from monitor.rules.benchmark import Sought, Subject, compared
from monitor.rules.line import TOO_FEW
from process.models import Election


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is compared, and its rows."""

    form: BenchmarksForm
    election: Election
    sought: Sought
    shown: Shown
    rows: list[RowWords]


@require_safe
@national_page("monitor.view")
def benchmarks(request: ViewerRequest) -> HttpResponse:
    """Show results side by side by theme, province or size."""
    found = _found(request)
    if found is None:
        return render(request, "monitor/no_election.html", {"section": "figures"})
    subject = found.sought.subject
    *rows, whole = found.rows
    context: dict[str, Any] = {
        "section": "figures",
        "tab": "benchmarks",
        "form": found.form,
        "election": found.election,
        "sought": found.sought,
        "is_tens": subject is Subject.TENS,
        "shown": found.shown,
        "few": TOO_FEW,
        "rows": rows,
        "whole": whole,
        "judged": benchmark_words.judged_names(subject),
        "beside": benchmark_words.beside_names(subject),
        "first_head": benchmark_words.table_head(subject=subject, group=found.sought.group)[0],
        "query": request.GET.urlencode(),
    }
    return render(request, "monitor/benchmarks.html", context)


@require_safe
@national_page("monitor.view")
def benchmarks_export(request: ViewerRequest, ending: str) -> HttpResponse:
    """Give the same as a spreadsheet."""
    kind = figures_sheets.kind_of(ending)
    found = _found(request)
    if found is None:
        return redirect("monitor:benchmarks")
    head = benchmark_words.table_head(subject=found.sought.subject, group=found.sought.group)
    rows = benchmark_words.table_rows(found.rows)
    return figures_sheets.answer(
        lambda: [figures_sheets.sheet(_("Comparison"), head, rows)],
        kind=kind,
        name=f"{_('comparison')}-{found.election.slug}-{request.viewer.today.isoformat()}",
    )


def _found(request: ViewerRequest) -> Found | None:
    """Read the address and compare; None where there is no election."""
    today = request.viewer.today
    known = national.elections()
    form = BenchmarksForm(request.GET, elections=known)
    sought = form.sought()
    if sought.subject is Subject.TENS:
        # The ten of the last election is worked on, while its programme is looked back on later.
        current = top_tens.current_election(top_tens.elections(), today=today)
    else:
        current = None
    current = current or national.current_election(known, today=today)
    if current is None:
        return None
    election = form.election(known, otherwise=current)
    shown = queries.shown(subject=sought.subject, election=election)
    tally = compared(shown.pieces, sought=sought, judged=benchmark_words.JUDGED[sought.subject])
    return Found(
        form=BenchmarksForm(_again(sought, election), elections=known),
        election=election,
        sought=sought,
        shown=shown,
        rows=benchmark_words.rows(tally, subject=sought.subject, group=sought.group),
    )


def _again(sought: Sought, election: Election) -> dict[str, str]:
    """Return what the form shows as chosen."""
    return {
        "wat": sought.subject.value,
        "per": sought.group.value,
        "thema": sought.theme,
        "provincie": sought.province,
        "grootte": sought.size,
        "verkiezing": election.slug,
    }
