"""Saving one card of the desk: verdict, evidence and explanation in one transaction."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from branches.models import User
from core.uploads import Document
from evaluation.enums import EvidenceKind, Timing
from evaluation.models import Promise
from evaluation.services import evidence
from evaluation.services.assessing import assess
from evaluation.services.describing import describe


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Evidence as somebody hands it in: what there is of it says what kind it is.

    Attributes:
        title: what it is, or the note itself when there is nothing else.
        url: a link.
        document: a file.
        council: whether it is a document of the council.
        public: whether it may stand on the public page.
        submission: of the form, so that sent twice it is added once.
    """

    title: str = ""
    url: str = ""
    document: Document | None = None
    council: bool = False
    public: bool = True
    submission: uuid.UUID | None = None

    @property
    def kind(self) -> EvidenceKind:
        """Return what it is."""
        if self.document is not None:
            return EvidenceKind.FILE
        if self.council:
            return EvidenceKind.COUNCIL_DOCUMENT
        return EvidenceKind.LINK if self.url else EvidenceKind.NOTE

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        return bool(self.title or self.url or self.document)


@transaction.atomic
def save_card(
    *,
    promise: Promise,
    verdict: str,
    reason: str = "",
    timing: str = Timing.UNKNOWN,
    note: str = "",
    seen: int | None = None,
    explanation: str = "",
    explanation_seen: str = "",
    shown: Shown | None = None,
    by: User,
    today: date,
) -> Promise:
    """Record everything that somebody filled in about one promise, or nothing of it.

    Args:
        promise: which one.
        verdict: see ``assessing.assess``, as are ``reason``, ``timing``, ``note`` and ``seen``.
        reason: see there.
        timing: see there.
        note: see there.
        seen: see there.
        explanation: see ``describing.describe``.
        explanation_seen: the mark of the explanation that the form was opened with.
        shown: evidence, if any.
        by: who judges.
        today: the day of it.

    Raises:
        Refused: as those services do.
        Stale: as those services do.
    """
    assess(
        promise=promise,
        verdict=verdict,
        reason=reason,
        timing=timing,
        note=note,
        seen=seen,
        by=by,
        today=today,
    )
    saved = describe(
        promise=promise, explanation=explanation, seen=explanation_seen, by=by, today=today
    )
    # Last: a stored file does not roll back by itself.
    if shown:
        add_shown(promise=promise, shown=shown, by=by, today=today)
    return saved


def add_shown(*, promise: Promise, shown: Shown, by: User, today: date) -> None:
    """Add evidence as somebody handed it in.

    Raises:
        Refused: as ``evidence.add`` does.
    """
    evidence.add(
        promise=promise,
        kind=shown.kind,
        title="" if shown.kind is EvidenceKind.NOTE else shown.title,
        url=shown.url,
        note=shown.title if shown.kind is EvidenceKind.NOTE else "",
        document=shown.document,
        public=shown.public,
        submission=shown.submission,
        by=by,
        today=today,
    )
