"""A file and its row: kept together, gone together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, User
from core import uploads
from core.refusal import Refused
from programmes.models import Programme, ProgrammeImport
from programmes.services.opening import open_programme


def take_in(
    kept: list[ProgrammeImport],
    *,
    branch: Branch | None,
    kind: str,
    document: uploads.Document,
    origin: str = "",
    year: int | None = None,
    programme: Programme | None = None,
    next_of: Programme | None = None,
    by: User | None,
    today: date,
    **fields: Any,
) -> ProgrammeImport:
    """Write the row of a file, and the file (see ``importing.receive``); ``kept`` is told first.

    Raises:
        Refused: see there.
    """
    if programme is not None:
        programme = open_programme(programme)
        _same_branch(programme, branch)
    if next_of is not None:
        _same_branch(next_of, branch)
        _last_and_frozen(next_of)
    follows = programme or next_of
    row = ProgrammeImport(
        branch=branch,
        kind=kind if follows is None else follows.kind,
        file=File(document.file, name=document.stored_name),
        file_name=document.name,
        origin=origin.strip() or (follows.origin if follows else ""),
        year=year if year is not None else (follows.year if follows else None),
        programme=programme,
        next_of=next_of,
        programme_revision=programme.revision if programme else None,
        uploaded_by=by,
        uploaded_on=today,
        **fields,
    )
    kept.append(row)
    row.save()
    record(verb="programme.file_received", row=row, file=row.file_name, by=by, today=today)
    return row


def _same_branch(programme: Programme, branch: Branch | None) -> None:
    if programme.branch_id != (branch.pk if branch else None):
        raise Refused(_("This programme is not one of your branch. Choose another one."))


def _last_and_frozen(programme: Programme) -> None:
    if not programme.is_frozen:
        raise Refused(
            _("“%(title)s” can still change: bring a corrected file of it instead.")
            % {"title": programme.title}
        )
    if Programme.objects.filter(previous_version=programme).exists():
        raise Refused(
            _("There is a next version of “%(title)s” already. Go on with that one.")
            % {"title": programme.title}
        )


def record(*, verb: str, row: ProgrammeImport, file: str, by: User | None, today: date) -> None:
    """Write into the history what was done with a file of this name."""
    audit.record(verb=verb, by=by, branch=row.branch, today=today, subject=row, file=file)


@contextmanager
def file_follows(document: uploads.Document) -> Iterator[list[ProgrammeImport]]:
    """Take the stored file away again when the transaction it belongs to does not come through."""
    kept: list[ProgrammeImport] = []
    try:
        yield kept
    except BaseException:
        for row in kept:
            if row.file and getattr(row.file, "_committed", False):
                row.file.storage.delete(str(row.file.name))
        raise
    finally:
        document.file.seek(0)
