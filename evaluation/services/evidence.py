"""Evidence: what shows what came of a promise, added and taken away."""

from __future__ import annotations

import uuid
from datetime import date

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.refusal import Refused
from core.uploads import Document
from evaluation.enums import EvidenceKind
from evaluation.models import Evidence, Promise
from evaluation.services.rows import locked_one, name_of, raise_revision

LONGEST_TITLE = 300
"""Characters of a title; a longer one, taken from an address or a note, is cut."""


def add(
    *,
    promise: Promise,
    kind: str,
    title: str,
    url: str = "",
    note: str = "",
    document: Document | None = None,
    public: bool = True,
    by: User,
    today: date,
    submission: uuid.UUID | None = None,
) -> Evidence:
    """Add a link, a council document, a note or a file to a promise.

    Args:
        promise: whose evidence.
        kind: a value of ``EvidenceKind``; a link needs ``url``, a council document ``url`` or
            ``note``, a note ``note``, a file ``document``.
        title: what it is, in a line; empty takes the address, the file's name or the note's begin.
        url: http or https.
        note: what it shows.
        document: as ``core.uploads`` looked at it.
        public: whether it may stand on the public page.
        by: who adds it.
        today: the day of it.
        submission: of the form; the same one a second time adds nothing.

    Raises:
        Refused: what its kind needs is missing.
    """
    title = title or (document.name if document else "") or url or note.partition("\n")[0]
    _complete(kind, title=title, url=url, document=document)
    kept: list[Evidence] = []
    try:
        with transaction.atomic():
            return _add(
                promise=promise,
                kind=kind,
                title=title[:LONGEST_TITLE],
                url=url,
                note=note,
                document=document,
                public=public,
                by=by,
                today=today,
                submission=submission,
                kept=kept,
            )
    except BaseException:
        # The row is rolled back; a file is not.
        for row in kept:
            if row.file and getattr(row.file, "_committed", False):
                row.file.storage.delete(str(row.file.name))
        raise
    finally:
        if document is not None:
            document.file.seek(0)


@transaction.atomic
def remove(*, evidence: Evidence, by: User, today: date) -> None:
    """Take evidence away, with its file; taken away twice, it is taken away once."""
    row = Evidence.objects.select_for_update().filter(pk=evidence.pk).first()
    if row is None:
        return
    promise = locked_one(row.promise)
    if row.file:
        storage, name = row.file.storage, str(row.file.name)
        transaction.on_commit(lambda: storage.delete(name))
    row.delete()
    raise_revision([promise])
    audit.record(
        verb="promise.evidence_removed",
        by=by,
        branch=promise.evaluation.branch,
        today=today,
        subject=promise,
        promise=name_of(promise),
        title=row.title,
    )


def _add(
    *,
    promise: Promise,
    document: Document | None,
    by: User,
    today: date,
    submission: uuid.UUID | None,
    kept: list[Evidence],
    **fields: object,
) -> Evidence:
    row = locked_one(promise)
    if submission is not None:
        there = Evidence.objects.filter(submission=submission).first()
        if there is not None:
            return there
    evidence = Evidence(
        promise=row,
        file=File(document.file, name=document.stored_name) if document else "",
        file_name=document.name if document else "",
        added_by=by,
        added_on=today,
        submission=submission,
        **fields,
    )
    if document is not None:
        kept.append(evidence)
    evidence.save()
    raise_revision([row])
    audit.record(
        verb="promise.evidence_added",
        by=by,
        branch=row.evaluation.branch,
        today=today,
        subject=row,
        promise=name_of(row),
        title=evidence.title,
    )
    return evidence


def _complete(kind: str, *, title: str, url: str, document: Document | None) -> None:
    """Let pass what its kind needs.

    Raises:
        Refused: something is missing, or the kind is none of ours.
    """
    if kind not in EvidenceKind.values:
        raise Refused(_("That is not a kind of evidence that we know. Choose from the list."))
    if kind == EvidenceKind.LINK and not url:
        raise Refused(_("Paste the link that shows it."))
    if kind == EvidenceKind.FILE and document is None:
        raise Refused(_("Choose the file that shows it."))
    if url and not url.lower().startswith(("http://", "https://")):
        raise Refused(_("This is no whole address. It begins with https://."))
    if not title:
        raise Refused(_("Say in a few words what shows it."))
