"""Elections: the list, a new one, and what the law fixes for one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest
from monitor.forms.elections import ElectionForm
from monitor.gate import national_page
from monitor.queries.elections import election_lines
from process.enums import ElectionKind
from process.errors import Refused
from process.models import Election
from process.queries.timetables import statutory_timetable
from process.rules.timetable import StatutoryKey
from process.services.elections import record_election
from process.services.templates import current_template
from process.timetable_text import CONFIDENCE_LABELS, KEY_LABELS, sentence, source_words

REFUSED = 409


@require_safe
@national_page("monitor.view")
def elections(request: ViewerRequest) -> HttpResponse:
    """List the elections with how far each was rolled out."""
    context = {"section": "elections", "lines": election_lines()}
    return render(request, "monitor/elections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@national_page("monitor.roll_out")
def election_new(request: ViewerRequest) -> HttpResponse:
    """Record an election whose polling day the law knows."""
    form = ElectionForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = record_election(
                by=request.user,
                today=request.viewer.today,
                kind=ElectionKind(data["kind"]),
                polling_day=data["polling_day"],
                merger_on=data["merger_on"],
                municipalities=data["municipalities"],
                name=data["name"],
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = REFUSED
        else:
            messages.success(
                request,
                _("%(election)s is recorded. Look at its days below.") % {"election": made.name},
            )
            return redirect("monitor:election", made.slug)
    context = {"section": "elections", "form": form}
    return render(request, "monitor/election_new.html", context, status=status)


@require_safe
@national_page("monitor.view")
def election(request: ViewerRequest, slug: str) -> HttpResponse:
    """Show the statutory dates with their sources, exceptions, and what was rolled out."""
    row = get_object_or_404(Election, slug=slug)
    overrides = list(
        row.overrides.select_related("branch", "reviewed_by").order_by("branch__name", "key")
    )
    timetable = statutory_timetable(election=row, rows=overrides)
    line = next(line for line in election_lines() if line.election.pk == row.pk)
    context = {
        "section": "elections",
        "election": row,
        "line": line,
        "dates": [
            {
                "label": KEY_LABELS[item.key],
                "day": item.date,
                "computed": item.computed_date,
                "differs": item.date != item.computed_date,
                "rule": sentence(item.rule),
                "reason": sentence(item.override_reason or ""),
                "note": sentence(item.note),
                "starts": item.starts,
                "article": item.article,
                "source": source_words(item.source),
                "confidence": CONFIDENCE_LABELS[item.confidence],
            }
            for item in timetable
        ],
        "overrides": [(KEY_LABELS[StatutoryKey(item.key)], item) for item in overrides],
        "roll_outs": list(row.roll_outs.select_related("started_by", "template")[:20]),
        "template": current_template(),
    }
    return render(request, "monitor/election.html", context)
