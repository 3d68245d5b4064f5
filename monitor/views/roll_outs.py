"""One act for all branches: look first, ask for it, watch it happen."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest
from jobs.models import Job
from monitor.forms.elections import PollingDayForm
from monitor.gate import national_page
from monitor.queries.elections import usual_days
from process.enums import RollOutState
from process.errors import Refused
from process.models import Election, RollOut, TemplateMilestone, TemplateVersion
from process.rules.planning import PlannedDays
from process.services import replanning
from process.services import roll_out as service
from process.services.templates import current_template

REFUSED = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """One milestone of a start, with its usual days."""

    milestone: TemplateMilestone
    days: PlannedDays


@require_http_methods(["GET", "HEAD", "POST"])
@national_page("monitor.roll_out")
def preview(request: ViewerRequest, slug: str) -> HttpResponse:
    """Show what a start would make, and ask for it."""
    election = get_object_or_404(Election, slug=slug)
    template = current_template()
    context: dict[str, Any] = {"section": "elections", "election": election, "template": template}
    if template is None:
        return render(request, "monitor/no_template.html", context, status=REFUSED)
    if request.method == "POST":
        return _request(request, election, template, RollOut.Kind.START)
    found = service.preview_start(election=election, template=template)
    context["preview"] = found
    context["lines"] = [
        PlannedLine(milestone=row, days=found.days[row.key])
        for row in template.milestones.order_by("phase", "position")
    ]
    return render(request, "monitor/roll_out_preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@national_page("monitor.roll_out")
def polling_day(request: ViewerRequest, slug: str) -> HttpResponse:
    """Move polling day: ask for the day, show what moves, then ask for it."""
    election = get_object_or_404(Election, slug=slug)
    template = _template_of(election)
    context: dict[str, Any] = {"section": "elections", "election": election}
    if template is None:
        return render(request, "monitor/no_template.html", context, status=REFUSED)
    asked = request.POST if request.method == "POST" else request.GET
    form = PollingDayForm(asked if asked.get("dag") is not None else None)
    status = 200
    if form.is_valid():
        day: date = form.cleaned_data["day"]
        if request.method == "POST":
            return _request(request, election, template, RollOut.Kind.POLLING_DAY, day)
        try:
            replanning.check_polling_day(election=election, day=day)
        except Refused as refused:
            form.add_error("day", refused.sentence)
            status = REFUSED
        else:
            context |= {
                "day": day,
                "usual_weekday": day.weekday() == calendar.WEDNESDAY,
                **_replan(election, template, day),
            }
    elif request.method == "POST":
        status = REFUSED
    context["form"] = form
    return render(request, "monitor/polling_day.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@national_page("monitor.roll_out")
def template_roll_out(request: ViewerRequest, slug: str) -> HttpResponse:
    """Let an election's timelines follow the current template and the recorded exceptions."""
    election = get_object_or_404(Election, slug=slug)
    template = current_template()
    context: dict[str, Any] = {"section": "elections", "election": election, "template": template}
    if template is None:
        return render(request, "monitor/no_template.html", context, status=REFUSED)
    if request.method == "POST":
        return _request(request, election, template, RollOut.Kind.TEMPLATE)
    context["before"] = _template_of(election)
    context["timelines"] = election.timelines.filter(branch__closed_on=None).count()
    context |= _replan(election, template, None)
    return render(request, "monitor/template_roll_out.html", context)


@require_safe
@national_page("monitor.roll_out")
def roll_out(request: ViewerRequest, pk: int) -> HttpResponse:
    """Tell how far a roll-out is; the page looks again by itself until it has finished."""
    row = get_object_or_404(
        RollOut.objects.select_related("election", "template", "started_by"), pk=pk
    )
    job = service.job_of(row)
    parked = job is not None and job.state == Job.State.PARKED
    done = row.state == RollOutState.DONE
    failed = not done and (parked or job is None or row.state == RollOutState.FAILED)
    context = {
        "section": "elections",
        "roll_out": row,
        "election": row.election,
        "failed": failed,
        # What the service refused, in its own sentence; a technical reason stands in the log.
        "refused": "" if parked else row.result.get("reason", ""),
        "may_retry": failed and parked,
        "running": job is not None and job.state == Job.State.RUNNING,
        "waiting": not done and not failed,
        "attempts": job.attempts if job else 0,
        "result": _result(row) if done else [],
    }
    return render(request, "monitor/roll_out.html", context)


@require_POST
@national_page("monitor.roll_out")
def roll_out_retry(request: ViewerRequest, pk: int) -> HttpResponse:
    """Try a roll-out that failed for good once more."""
    row = get_object_or_404(RollOut.objects.select_related("election"), pk=pk)
    try:
        service.retry(by=request.user, today=request.viewer.today, now=timezone.now(), roll_out=row)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("monitor:roll_out", pk)


def _request(
    request: ViewerRequest,
    election: Election,
    template: TemplateVersion,
    kind: RollOut.Kind,
    day: date | None = None,
) -> HttpResponse:
    try:
        row = service.request_roll_out(
            by=request.user,
            today=request.viewer.today,
            now=timezone.now(),
            election=election,
            template=template,
            kind=kind,
            new_polling_day=day,
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("monitor:election", election.slug)
    return redirect("monitor:roll_out", row.pk)


def _template_of(election: Election) -> TemplateVersion | None:
    """Return the version that the election's timelines follow, else the current one."""
    living = election.timelines.filter(branch__closed_on=None)
    timeline = living.select_related("template").first()
    return timeline.template if timeline else current_template()


def _replan(election: Election, template: TemplateVersion, day: date | None) -> dict[str, Any]:
    """Return ``lines``: what changes, what stays left in place; ``moving``: days that move."""
    lines = replanning.preview(election=election, template=template, polling_day=day)
    now = usual_days(election)
    for line in lines:
        # What the branches have, which an exception recorded since the last roll-out does not show.
        line.old = now.get(line.key, line.old)
    return {"lines": lines, "moving": sum(line.moves for line in lines)}


def _result(row: RollOut) -> list[str]:
    """Say in words what a finished roll-out did."""
    result: dict[str, int] = row.result
    words = []
    if (n := result.get("created")) is not None:
        words.append(
            ngettext(
                "%(count)s branch has a timeline now that had none.",
                "%(count)s branches have a timeline now that had none.",
                n,
            )
            % {"count": n}
        )
    if n := result.get("kept"):
        words.append(
            ngettext(
                "%(count)s branch had one already and keeps it as it is.",
                "%(count)s branches had one already and keep it as it is.",
                n,
            )
            % {"count": n}
        )
    if n := result.get("moved"):
        words.append(
            ngettext(
                "%(count)s branch no longer votes in the election that it was on its way to: its "
                "timeline goes on to this one. What is done stays done.",
                "%(count)s branches no longer vote in the election that they were on their way "
                "to: their timelines go on to this one. What is done stays done.",
                n,
            )
            % {"count": n}
        )
    if (n := result.get("replanned")) is not None:
        words.append(
            ngettext(
                "The timeline of %(count)s branch follows.",
                "The timelines of %(count)s branches follow.",
                n,
            )
            % {"count": n}
        )
        words.append(_("What a branch set by hand kept its day, and what is done was not touched."))
    return words
