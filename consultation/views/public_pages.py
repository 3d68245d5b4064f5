"""What the input's pages without account share: whose they are, and whom to ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from branches.models import Branch
from branches.naming import public_name
from branches.went_on import went_on
from consultation.models import Consultation
from consultation.queries.current import public_consultation
from consultation.queries.public import contact_of


def get_public(slug: str, *, today: date) -> tuple[Branch, Consultation]:
    """Return a branch and its collecting of input (404 before it has begun)."""
    branch = get_object_or_404(Branch.objects.active(), slug=slug)
    found = public_consultation(branch=branch, today=today)
    if found is None:
        raise Http404
    return branch, found


def public_context(consultation: Consultation) -> dict[str, Any]:
    """Return what each of these pages shows."""
    return {
        "of": consultation.branch,
        "name": public_name(consultation.branch),
        "contact": contact_of(consultation),
        "went_on": went_on(consultation.branch),
    }
