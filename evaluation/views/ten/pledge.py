"""One pledge: its whole story, for people of the branch."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches import audit
from branches.gate import ViewerRequest, branch_page, may
from branches.models import AuditEntry, Branch
from evaluation.enums import Verdict
from evaluation.forms.ten.pledge import PledgeDocumentForm
from evaluation.models import Pledge
from evaluation.queries.ten import story as queries
from evaluation.queries.ten.people import leaders
from evaluation.rules.pledge import EVIDENCE_ASKED
from evaluation.ten_people import delivers
from evaluation.views.ten.loading import get_pledge, page


@require_safe
@branch_page("evaluation.view_ten")
def pledge(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show one pledge; who works on it also gets the forms."""
    return pledge_page(request, branch, get_pledge(request, branch, pk))


def pledge_page(
    request: ViewerRequest,
    branch: Branch,
    row: Pledge,
    *,
    document: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the page of a pledge; a form that was sent comes back as it was filled in."""
    deliver = row.rank is not None and delivers(viewer=request.viewer, branch=branch, pledge=row)
    told = queries.story(row)
    measure = queries.source_of(row)
    top_ten = row.top_ten
    agreed = top_ten.is_agreed and row.rank is not None
    history = deliver or may(request.viewer, "branches.view_history", branch)
    return page(
        request,
        branch,
        "evaluation/ten/pledge/pledge.html",
        {
            "pledge": row,
            "story": told,
            "measure": measure,
            "old_promise": queries.old_promise_of(measure, branch_id=branch.pk),
            "deliver": deliver,
            "led": bool(leaders([row], branch=branch, today=request.viewer.today)),
            "choose": may(request.viewer, "evaluation.choose", branch),
            "agreed": agreed,
            # Updates begin with the term.
            "open": agreed and top_ten.timeline.polling_day <= request.viewer.today,
            "evidence_missing": row.status in EVIDENCE_ASKED
            and not any(one.public for one in told.evidence),
            "judged": row.verdict != Verdict.NOT_ASSESSED,
            "document": document or PledgeDocumentForm(auto_id="document_%s"),
            "history": [(entry, _sentence(entry)) for entry in queries.history_of(row)]
            if history
            else [],
        },
        top_ten=top_ten,
        tab="pledge",
        status=status,
    )


def pledge_url(branch: Branch, row: Pledge, place: str = "") -> str:
    """Return the address of a pledge's page, or of a place on it."""
    return f"{reverse('evaluation:pledge', args=[branch.slug, row.pk])}{place}"


def _sentence(entry: AuditEntry) -> str:
    """Return an act without the title of the pledge on whose own page it stands."""
    return audit.sentence(entry).removesuffix(f": {entry.params.get('pledge', '')}")
