"""From a branch's page back to where somebody of the national office came from: the same rows.

The address carries no address but the filters of the national page, so it can lead nowhere else.
"""

from __future__ import annotations

from typing import Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from branches.gate import ViewerRequest
from branches.models import Branch

BACK: Final = "terug"
LONGEST: Final = 600
"""Characters that filters may have; what is longer nobody of us wrote."""


def row_of(slug: str) -> str:
    """Return the id of a branch's row on the national page."""
    return f"rij-{slug}"


def way_back(request: ViewerRequest, branch: Branch) -> list[tuple[str, str]]:
    """Return the link back as (label, url), for the trail of a page; nothing for anybody else."""
    filters = request.GET.get(BACK)
    if filters is None or len(filters) > LONGEST or not request.viewer.is_national:
        return []
    # Read and written anew: what is no filter is at most a strange one, which that page leaves out.
    query = QueryDict(filters.encode(errors="ignore")).urlencode()
    address = reverse("monitor:national")
    return [
        (
            _("Back to all branches"),
            f"{address}?{query}#{row_of(branch.slug)}"
            if query
            else f"{address}#{row_of(branch.slug)}",
        )
    ]
