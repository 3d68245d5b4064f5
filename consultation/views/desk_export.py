"""The list of all that came in as a file, as it is filtered in the address."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from consultation.desk_file import KINDS, written
from consultation.forms.desk import FilterForm
from consultation.models import Contribution
from consultation.queries import desk as queries
from consultation.queries.desk_export import export_rows
from consultation.services.taking_out import note_names_taken_out
from consultation.views.loading import get_consultation
from core.kinds import CONTENT_TYPES, Kind


@require_safe
@branch_page("consultation.view_contributions")
def desk_export(request: ViewerRequest, branch: Branch, ending: str) -> HttpResponse:
    """Send the list without names."""
    return _file(request, branch, ending, names=False)


@require_POST
@branch_page("consultation.privacy")
def desk_export_names(request: ViewerRequest, branch: Branch, ending: str) -> HttpResponse:
    """Send the list with names; who took it out stands in the history."""
    return _file(request, branch, ending, names=True)


def _file(request: ViewerRequest, branch: Branch, ending: str, *, names: bool) -> HttpResponse:
    if ending not in KINDS:
        raise Http404(ending)
    kind = Kind(ending)
    consultation = get_consultation(request, branch)
    known = queries.choices(consultation=consultation)
    filters = FilterForm(request.GET, known=known)
    wanted = filters.wanted
    rows = (
        Contribution.objects.none()
        if wanted is None
        else queries.filtered(consultation=consultation, wanted=wanted, user=request.user)
    )
    if names:
        note_names_taken_out(
            consultation=consultation,
            count=rows.count(),
            by=request.user,
            today=request.viewer.today,
        )
    content = written(
        export_rows(queries.ordered(rows, filters.order), known=known, names=names),
        kind=kind,
        names=names,
    )
    kind_of_list = _("input")
    name = slugify(f"{kind_of_list} {branch.slug} {request.viewer.today:%Y-%m-%d}")
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{kind}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
