"""Taking over a programme of a branch that merged into this one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.refusal import Refused
from programmes.queries.inheriting import inheritable
from programmes.services.inheriting import inherit


@require_POST
@branch_page("programmes.import_programme")
def programme_inherit(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Make a previous programme of what a predecessor promised."""
    row = get_object_or_404(inheritable(viewer=request.viewer, branch=branch), pk=pk)
    try:
        made = inherit(programme=row, into=branch, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("programmes:programmes", branch.slug)
    messages.success(
        request,
        _("“%(title)s” is now a previous programme of yours, too: you can look back at it here.")
        % {"title": made.title},
    )
    return redirect("programmes:programme", branch.slug, made.pk)
