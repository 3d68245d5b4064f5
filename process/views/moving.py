"""A board sets a milestone's day: first what moves along, then yes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.concurrency import Stale
from core.dates import day_words
from process import hints
from process.errors import Refused
from process.forms.meetings import RevisionForm
from process.forms.moving import DayForm, MoveForm
from process.models import Milestone
from process.rules.moving import MovePlan
from process.services import planning
from process.views.conflicts import CONFLICT
from process.views.milestone import UNPROCESSABLE, get_milestone, milestone_page


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page("process.plan")
def milestone_move(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Ask for a day, show what would happen, and set it."""
    row = get_milestone(request, branch, pk)
    polling_day = row.timeline.polling_day
    if request.method != "POST":
        asked = DayForm(request.GET or None, polling_day=polling_day, initial={"dag": row.target})
        return _page(request, branch, row, asked)
    form = MoveForm(request.POST, polling_day=polling_day)
    if not form.is_valid():
        asked = DayForm(request.POST, polling_day=polling_day)
        refused = "" if asked.errors else _unknown_version()
        return _page(request, branch, row, asked, refused=refused, status=UNPROCESSABLE)
    day = form.cleaned_data["dag"]
    try:
        plan = planning.move(
            milestone=row,
            day=day,
            by=request.user,
            today=request.viewer.today,
            revision=form.cleaned_data["revision"],
        )
    except Stale:
        row.timeline.refresh_from_db(fields=["revision"])
        refused = _(
            "Somebody else changed days just before you. Nothing of yours was saved; look at what "
            "would happen now, and choose again."
        )
        return _page(
            request,
            branch,
            row,
            DayForm(request.POST, polling_day=polling_day),
            refused=refused,
            status=CONFLICT,
        )
    except Refused as problem:
        row.timeline.refresh_from_db(fields=["revision"])
        asked = DayForm(request.POST, polling_day=polling_day)
        return _page(request, branch, row, asked, refused=problem.sentence, status=UNPROCESSABLE)
    messages.success(request, _moved(row, plan))
    return redirect("process:milestone", branch.slug, row.pk)


@require_POST
@branch_page("process.plan")
def milestone_follow(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Give up the branch's own day: the national office may move it again."""
    row = get_milestone(request, branch, pk)
    form = RevisionForm(request.POST)
    if not form.is_valid():
        return milestone_page(
            request, branch, row, refused=_unknown_version(), status=UNPROCESSABLE
        )
    try:
        planning.follow_template(
            milestone=row,
            by=request.user,
            today=request.viewer.today,
            revision=form.cleaned_data["revision"],
        )
    except Stale:
        refused = _("Somebody else changed days just before you. Look at them as they are now.")
        stored = get_milestone(request, branch, pk)
        return milestone_page(request, branch, stored, refused=refused, status=CONFLICT)
    except Refused as problem:
        stored = get_milestone(request, branch, pk)
        return milestone_page(
            request, branch, stored, refused=problem.sentence, status=UNPROCESSABLE
        )
    messages.success(
        request,
        _(
            "“%(milestone)s” follows the national timeline again. Its day stays as it is until the "
            "national office moves it."
        )
        % {"milestone": row.definition.title},
    )
    return redirect("process:milestone", branch.slug, row.pk)


def _page(
    request: ViewerRequest,
    branch: Branch,
    row: Milestone,
    form: DayForm,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "branch": branch,
        "section": "timeline",
        "milestone": row,
        "timeline": row.timeline,
        "form": form,
        "refused": refused,
        "shift": hints.shift_reason(row.shift_reason),
        "trail": [
            (_("Timeline"), reverse("process:timeline", args=[branch.slug])),
            (row.definition.title, reverse("process:milestone", args=[branch.slug, row.pk])),
        ],
    }
    if form.is_bound and form.is_valid():
        context |= _preview(request, row, form)
    return render(request, "process/move.html", context, status=status)


def _preview(request: ViewerRequest, row: Milestone, form: DayForm) -> dict[str, Any]:
    day = form.cleaned_data["dag"]
    today = request.viewer.today
    plan = planning.preview_move(milestone=row, day=day, today=today)
    rows = row.timeline.milestones.select_related("definition")
    titles = {other.key: other.definition.title for other in rows}
    polling_day = row.timeline.polling_day
    return {
        "day": day,
        "is_possible": plan.is_possible,
        "is_same": day == row.target,
        "along": [
            {"title": titles[move.key], "old": move.old, "new": move.new}
            for move in plan.moves
            if move.key != row.key
        ],
        "hindrances": [
            hints.hindrance(item, titles=titles, polling_day=polling_day)
            for item in plan.hindrances
        ],
        "remarks": [
            hints.remark(kind, reason, milestone=row, day=day) for kind, reason in plan.remarks
        ],
    }


def _moved(row: Milestone, plan: MovePlan) -> str:
    along = len(plan.moves) - 1
    new = next(move.new for move in plan.moves if move.key == row.key)
    words = {"milestone": row.definition.title, "day": day_words(new)}
    if not along:
        return _("“%(milestone)s” now stands on %(day)s.") % words
    return ngettext(
        "“%(milestone)s” now stands on %(day)s, and %(count)s other milestone moved along.",
        "“%(milestone)s” now stands on %(day)s, and %(count)s other milestones moved along.",
        along,
    ) % {**words, "count": along}


def _unknown_version() -> str:
    return _("We cannot tell which version you saw. Look at it as it is now, and try again.")
