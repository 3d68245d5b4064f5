"""One contribution: what was said, by whom, and what is done with it."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches import audit
from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from consultation.forms.item import AssignForm, NoteForm, StatusForm
from consultation.models import Contribution
from consultation.queries import sources
from consultation.queries.doubles import alike
from consultation.queries.measures import taken_up_by
from consultation.queries.people import readers
from consultation.views.loading import Trail, get_contribution, page
from consultation.views.way import Way, around, way_of

ALIKE = 3
ALL = "alles"


@require_safe
@branch_page("consultation.view_contributions")
def contribution(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show one contribution; who works on the input also gets the forms."""
    return item_page(request, branch, get_contribution(request, branch, pk))


def item_page(
    request: ViewerRequest,
    branch: Branch,
    row: Contribution,
    *,
    status: int = 200,
    refused: str = "",
    sort: Form | None = None,
    note: Form | None = None,
    assign: Form | None = None,
) -> HttpResponse:
    """Answer with the page of a contribution; a form that was sent comes back as it was filled in.

    Args:
        request: who looks.
        branch: whose.
        row: which one.
        status: of the answer.
        refused: why something was not done, in a sentence.
        sort: the form of status and theme.
        note: the form of the note.
        assign: the form of who takes care of it.
    """
    work = may(request.viewer, "consultation.work", branch)
    way = way_of(request, branch)
    behind = sources.sources_of(row)
    every = request.GET.get("bronnen") == ALL
    stands = row.merged_into_id is None and not row.cut_up and not row.held
    context: dict[str, Any] = {
        "row": row,
        "work": work,
        "stands": stands,
        "way": way,
        "around": around(request, row),
        "sources": list(behind if every else behind[: sources.SHOWN_AT_ONCE + 1]),
        "source_count": behind.count(),
        "all_sources": f"{way.to('contribution', row.pk)}{'&' if way.query else '?'}bronnen={ALL}",
        "audience": sources.audience_of(row),
        "taken_up": taken_up_by(row),
        "parts": list(row.parts.order_by("pk")) if row.cut_up else [],
        "history": [(entry, audit.sentence(entry)) for entry in sources.history_of(row)],
        "refused": refused,
    }
    if work and stands:
        context |= {
            "alike": alike(contribution=row, limit=ALIKE),
            "sort": sort or StatusForm(row=row),
            "note_form": note
            or NoteForm(initial={"note": row.note, "revision": row.revision}, auto_id="note_%s"),
            "assign_form": assign
            or AssignForm(
                initial={"to": row.assigned_to_id, "revision": row.revision},
                people=readers(branch=branch, today=request.viewer.today),
                auto_id="assign_%s",
            ),
        }
    return page(
        request,
        branch,
        "consultation/contribution.html",
        context,
        tab="list",
        status=status,
        more=list_trail(way),
    )


def list_trail(way: Way, row: Contribution | None = None) -> Trail:
    """Return the steps between the overview and a page about one contribution."""
    steps = [(_("Everything that came in"), way.to("desk"))]
    if row is not None:
        steps.append((title(row), way.to("contribution", row.pk)))
    return steps


def title(row: Contribution) -> str:
    """Return what a contribution is called: by its number, for nobody gave it a title."""
    return _("Contribution %(number)s") % {"number": row.pk}


def address(branch: Branch, row: Contribution) -> str:
    """Return where a contribution is shown, without a filter."""
    return reverse("consultation:contribution", args=[branch.slug, row.pk])
