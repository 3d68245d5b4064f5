"""What the law fixes for an election, each date with its rule, article and source."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from process import timetable_text
from process.queries import pages
from process.queries.timetables import statutory_timetable
from process.rules.timetable import (
    Confidence,
    InvalidOverride,
    StatutoryDate,
    StatutoryKey,
    UnknownElection,
)
from process.views.timeline import chosen_timeline


@require_safe
@branch_page("process.view_timeline")
def timetable(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show the statutory dates of the election, with this branch's own exceptions."""
    chosen = chosen_timeline(request, branch)
    context = {"branch": branch, "section": "timeline", "timeline": chosen}
    if chosen is not None:
        others = pages.timelines_of(branch=branch, viewer=request.viewer).exclude(pk=chosen.pk)
        context["others"] = list(others)
        try:
            dates = statutory_timetable(election=chosen.election, branch=branch)
        except (UnknownElection, InvalidOverride) as error:
            context["refused"] = timetable_text.explain(error=error)
        else:
            context["dates"] = [_line(item) for item in dates]
    return render(request, "process/timetable.html", context)


def _line(item: StatutoryDate) -> dict[str, object]:
    return {
        "label": timetable_text.KEY_LABELS[item.key],
        "key": item.key.value,
        "date": item.date,
        "starts": item.starts,
        "rule": timetable_text.sentence(item.rule),
        "article": item.article,
        "source": timetable_text.source_words(item.source),
        "confidence": timetable_text.CONFIDENCE_LABELS[item.confidence],
        "is_provisional": item.confidence is Confidence.C,
        "is_polling_day": item.key is StatutoryKey.POLLING_DAY,
        "reason": timetable_text.sentence(item.override_reason) if item.override_reason else "",
        "computed_date": item.computed_date,
        "is_moved": item.computed_date != item.date,
        "note": timetable_text.sentence(item.note) if item.note else "",
    }
