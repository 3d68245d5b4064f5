"""Which collecting of input a page is about."""

from __future__ import annotations

from datetime import date

from branches.models import Branch
from branches.scope import Eyes
from consultation.models import Consultation
from consultation.models.consultation import ConsultationQuerySet
from process.queries.timelines import current_timeline

# What every page and service needs of it, in the same question.
_WITH = ("branch", "timeline__branch", "timeline__election")


def current_consultation(*, branch: Branch, viewer: Eyes, today: date) -> Consultation | None:
    """Return the one on the way to the election that the branch lives in; None: not begun."""
    return _of(branch, today, Consultation.objects.for_viewer(viewer))


def public_consultation(*, branch: Branch, today: date) -> Consultation | None:
    """Return the same for somebody without an account."""
    return _of(branch, today, Consultation.objects.public())


def _of(branch: Branch, today: date, rows: ConsultationQuerySet) -> Consultation | None:
    timeline = current_timeline(branch=branch, today=today)
    if timeline is None:
        return None
    return rows.select_related(*_WITH).filter(branch=branch, timeline=timeline).first()
