"""The way back to the list that somebody came from: its filter goes along in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from branches.gate import ViewerRequest
from branches.models import Branch
from consultation.forms.desk import FilterForm
from consultation.models import Contribution
from consultation.queries import desk
from consultation.queries.desk import Filter
from consultation.queries.neighbours import Neighbours, neighbours_of

# Questions of the pages about one contribution; not of the list.
_OWN: Final = ("vind", "programma", "bronnen", "hier", "page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where somebody came from.

    Attributes:
        query: the list's filter, with its question mark; empty without one.
        fields: the same as names and values, for a form that is sent by GET.
        branch: whose list.
    """

    query: str
    fields: Sequence[tuple[str, str]]
    branch: Branch

    def to(self, name: str, *args: object, place: str = "") -> str:
        """Return the address of a page that keeps the filter."""
        return (
            f"{reverse(f'consultation:{name}', args=[self.branch.slug, *args])}{self.query}{place}"
        )

    def go(self, name: str, *args: object, place: str = "") -> HttpResponse:
        """Answer with "go to that page"."""
        return redirect(self.to(name, *args, place=place))


def way_of(request: ViewerRequest, branch: Branch) -> Way:
    """Return where somebody came from, as the address says."""
    kept = request.GET.copy()
    for name in _OWN:
        kept.pop(name, None)
    return Way(
        query=f"?{kept.urlencode()}" if kept else "",
        fields=[(name, str(value)) for name, values in kept.lists() for value in values],
        branch=branch,
    )


def around(request: ViewerRequest, row: Contribution) -> Neighbours:
    """Return what stands around a contribution in the list that somebody came from."""
    consultation = row.consultation
    form = FilterForm(request.GET, known=desk.choices(consultation=consultation))
    wanted = form.wanted
    rows = desk.filtered(consultation=consultation, wanted=wanted or Filter(), user=request.user)
    return neighbours_of(row, desk.ordered(rows, form.order))
