"""One milestone: what must be there, what is, what helps; its parts, note and owner."""

from __future__ import annotations

from typing import Any, cast

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from branches import audit
from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from core.concurrency import Stale, conflict_page
from core.text import inside
from process import hints
from process.counts import count_of
from process.enums import OWN_DAYS, Phase
from process.errors import Refused, order_sentence
from process.forms.milestone import DescribeForm, FinishForm, PartForm, ReasonForm
from process.models import Milestone, TemplatePart
from process.queries import pages
from process.services import milestones as services
from process.way_back import way_back

UNPROCESSABLE = 422


@require_safe
@branch_page("process.view_timeline")
def milestone(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show one milestone; whoever works on it also gets the forms."""
    return milestone_page(request, branch, get_milestone(request, branch, pk))


@require_POST
@branch_page("process.work")
def part(request: ViewerRequest, branch: Branch, pk: int, part_key: str) -> HttpResponse:
    """Record that a part is there, or change its note and link."""
    row = get_milestone(request, branch, pk, work=True)
    definition = _definition_of(row, part_key)
    form = PartForm(request.POST, auto_id=part_ids(part_key))
    if not form.is_valid():
        return milestone_page(
            request, branch, row, part_forms={part_key: form}, status=UNPROCESSABLE
        )
    data = form.cleaned_data
    try:
        services.record_part(
            milestone=row,
            part_key=part_key,
            by=request.user,
            today=request.viewer.today,
            note=data["note"],
            link=data["link"],
            seen=data["seen"],
        )
    except Stale as stale:
        record = row.part_records.filter(part_key=part_key).first()
        again = PartForm(initial={**data, "seen": pages.part_mark(record)})
        return conflict_page(
            request,
            stale,
            back=_address(branch, row),
            form=again,
            branch=branch,
            section="timeline",
        )
    except Refused as refused:
        return refused_page(request, branch, row, refused, part_forms={part_key: form})
    messages.success(request, _part_praise(request, branch, pk, definition))
    return redirect(f"{_address(branch, row)}#parts")


@require_POST
@branch_page("process.work")
def part_remove(request: ViewerRequest, branch: Branch, pk: int, part_key: str) -> HttpResponse:
    """Take back that a part is there."""
    row = get_milestone(request, branch, pk, work=True)
    _definition_of(row, part_key)
    try:
        services.remove_part(
            milestone=row, part_key=part_key, by=request.user, today=request.viewer.today
        )
    except Refused as refused:
        return refused_page(request, branch, row, refused)
    messages.success(request, _("Taken back. You can record it again at any time."))
    return redirect(f"{_address(branch, row)}#parts")


@require_POST
@branch_page("process.work")
def milestone_describe(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Save the note and the owner; a second saver sees both texts."""
    row = get_milestone(request, branch, pk, work=True)
    form = describe_form(request, row, data=request.POST)
    if not form.is_valid():
        return milestone_page(request, branch, row, describe=form, status=UNPROCESSABLE)
    data = form.cleaned_data
    try:
        services.describe(
            milestone=row,
            by=request.user,
            today=request.viewer.today,
            note=data["note"],
            owner=data["owner"],
            revision=data["revision"],
        )
    except Stale as stale:
        again = describe_form(
            request,
            row,
            initial={
                "note": data["note"],
                "owner": data["owner"],
                "revision": stale.revision,
            },
        )
        both = Stale(
            current={_("Who does it?"): hints.who(row), _("Note"): row.note or "–"},
            yours={
                _("Who does it?"): str(data["owner"] or hints.roles_of(row)),
                _("Note"): data["note"] or "–",
            },
            revision=stale.revision,
        )
        return conflict_page(
            request,
            both,
            back=_address(branch, row),
            form=again,
            branch=branch,
            section="timeline",
        )
    messages.success(request, _("Saved. Now everybody knows where this stands."))
    return redirect("process:milestone", branch.slug, row.pk)


def get_milestone(
    request: ViewerRequest, branch: Branch, pk: int, *, work: bool = False
) -> Milestone:
    """Return a milestone of this branch.

    Raises:
        Http404: it is not of this branch.
        PermissionDenied: ``work`` is asked and the viewer has no part in this milestone.
    """
    found: Milestone = get_object_or_404(
        pages.milestones_of(branch=branch, viewer=request.viewer), pk=pk
    )
    if work and not may_work_on(request, found):
        raise PermissionDenied
    return found


def may_work_on(request: ViewerRequest, row: Milestone) -> bool:
    """Tell whether the viewer works on this milestone."""
    return cast("bool", rules.has_perm("process.work_milestone", request.viewer, row))


def refused_page(
    request: ViewerRequest, branch: Branch, row: Milestone, refused: Refused, **given: Any
) -> HttpResponse:
    """Show the milestone as it is stored, with what the service refused and what was typed."""
    stored = get_milestone(request, branch, row.pk)
    return milestone_page(
        request, branch, stored, refused=refused.sentence, status=UNPROCESSABLE, **given
    )


def milestone_page(
    request: ViewerRequest,
    branch: Branch,
    row: Milestone,
    *,
    status: int = 200,
    refused: str = "",
    describe: Form | None = None,
    finish: Form | None = None,
    reason_forms: dict[str, Form] | None = None,
    part_forms: dict[str, PartForm] | None = None,
) -> HttpResponse:
    """Answer with the milestone's page; forms that were sent come back as they were filled in.

    Args:
        request: of the reader.
        branch: whose page it is.
        row: from ``get_milestone``.
        status: of the answer.
        refused: what a service refused, in one sentence.
        describe: the sent form of note and owner.
        finish: the sent form of finishing.
        reason_forms: ``reopen`` or ``drop`` → its sent form.
        part_forms: part key → its sent form.
    """
    today = request.viewer.today
    page = pages.milestone_page(row, viewer=request.viewer, today=today)
    work = may_work_on(request, row)
    plan = may(request.viewer, "process.plan", branch)
    shows_history = work or may(request.viewer, "branches.view_history", branch)
    first = {"revision": row.revision}
    sent = reason_forms or {}
    context = {
        "branch": branch,
        "section": "timeline",
        "page": page,
        "row": page.row,
        "milestone": row,
        "refused": refused,
        "work": work,
        "plan": plan,
        "decide": may(request.viewer, "process.record_decision", branch),
        "phase": Phase(row.phase).label,
        "who": hints.who(row),
        "count": count_of(row, slug=branch.slug),
        "roles": hints.roles_of(row),
        "shift": hints.shift_reason(row.shift_reason) if row.is_open else "",
        "own_day": row.target_origin in OWN_DAYS,
        "parts": [
            (line, _part_form(line, (part_forms or {}).get(line.part.key)))
            for line in page.row.parts
        ],
        "problems": [order_sentence(problem) for problem in page.order_problems],
        "history": [(entry, audit.sentence(entry)) for entry in pages.history_of(row)]
        if shows_history
        else [],
        "trail": [
            *way_back(request, branch),
            (_("Timeline"), f"{reverse('process:timeline', args=[branch.slug])}"),
        ],
    }
    if work:
        context |= {
            "describe": describe or describe_form(request, row),
            "finish": finish or FinishForm(initial=first, today=today, auto_id="finish_%s"),
            "reopen": sent.get("reopen") or ReasonForm(initial=first, auto_id="reopen_%s"),
        }
    if plan:
        context["drop"] = sent.get("drop") or ReasonForm(initial=first, auto_id="drop_%s")
    return render(request, "process/milestone.html", context, status=status)


def describe_form(
    request: ViewerRequest, row: Milestone, *, data: Any = None, initial: Any = None
) -> DescribeForm:
    """Return the form of note and owner, filled in as stored unless said otherwise."""
    return DescribeForm(
        data,
        initial=initial or {"note": row.note, "owner": row.owner_id, "revision": row.revision},
        people=pages.possible_owners(row, today=request.viewer.today),
        nobody=_("Nobody by name: %(roles)s") % {"roles": hints.roles_of(row)},
        auto_id="describe_%s",
    )


def part_ids(part_key: str) -> str:
    """Return the pattern of ids for a part's form: several stand on one page."""
    return f"part-{part_key}-%s"


def _definition_of(row: Milestone, part_key: str) -> TemplatePart:
    for definition in row.definition.parts.all():
        if definition.key == part_key:
            return definition
    raise Http404


def _part_form(line: pages.PartLine, sent: PartForm | None) -> PartForm:
    if sent is not None:
        return sent
    record = line.record
    return PartForm(
        initial={
            "seen": line.seen,
            "note": record.note if record else "",
            "link": record.link if record else "",
        },
        auto_id=part_ids(line.part.key),
    )


def _part_praise(request: ViewerRequest, branch: Branch, pk: int, definition: TemplatePart) -> str:
    row = pages.milestone_page(
        get_milestone(request, branch, pk), viewer=request.viewer, today=request.viewer.today
    ).row
    left = len(row.missing)
    label = {"part": inside(definition.label)}
    if not left:
        return _("Recorded: %(part)s. Everything is there now!") % label
    return ngettext(
        "Recorded: %(part)s. Well done, %(count)s to go.",
        "Recorded: %(part)s. Well done, %(count)s to go.",
        left,
    ) % {**label, "count": left}


def _address(branch: Branch, row: Milestone) -> str:
    return reverse("process:milestone", args=[branch.slug, row.pk])
