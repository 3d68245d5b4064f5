"""A file on its way into a programme: taken in, read, corrected, saved, undone or thrown away.

Reading takes seconds and is the worker's (``programmes.tasks``). Until it is saved nothing of a
file is a programme; saving is one transaction, and undoing it puts everything back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from branches.models import Branch, User
from core import uploads
from core.concurrency import Stale, claim_revision
from core.kinds import Kind
from core.refusal import Refused
from jobs.models import Job
from jobs.services import MAX_ATTEMPTS, put
from programmes.enums import ImportState
from programmes.models import Programme, ProgrammeImport
from programmes.queries.documents import document_of
from programmes.reading.errors import Code, Unreadable
from programmes.reading.sandbox import read_safely
from programmes.rules import corrections as rules
from programmes.rules.blocks import Block, dump, load
from programmes.rules.document import Document
from programmes.services import storing, undoing, versions
from programmes.services.keeping import file_follows, record, take_in
from programmes.services.opening import open_programme

MOST_CORRECTIONS = 5000
"""How many corrections one file takes: more than a person makes, fewer than a program could."""

Reader = Callable[[Path, Kind], list[Block]]


def receive(
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
    now: datetime,
) -> ProgrammeImport:
    """Keep a file and ask the worker to read it.

    Args:
        branch: whose programme it becomes; ``None`` for a base programme of everybody.
        kind: a ``ProgrammeKind``.
        document: what ``core.uploads`` looked at.
        origin: whose programme it is, when not the branch's own.
        year: of the election that it was made for.
        programme: the one that this is a corrected file of; ``None`` for a new one.
        next_of: the frozen one after which this comes; the version is made when it is saved.
        by: who brings it.
        today: the day.
        now: the machine's moment, for the job.

    Raises:
        Refused: the programme is frozen, or is not one of this branch; or the one before is not
            frozen, or has a next version already.
    """
    with file_follows(document) as kept, transaction.atomic():
        row = take_in(
            kept,
            branch=branch,
            kind=kind,
            document=document,
            origin=origin,
            year=year,
            programme=programme,
            next_of=next_of,
            by=by,
            today=today,
        )
        put(
            "programmes.read",
            payload={"import_id": row.pk},
            now=now,
            key=_job_key(row.pk),
        )
    return row


def bring(
    *,
    branch: Branch | None,
    kind: str,
    document: uploads.Document,
    blocks: Sequence[Block],
    title: str = "",
    year: int | None = None,
    by: User | None,
    today: date,
) -> ProgrammeImport:
    """Keep a file that was read already, and save it as a new programme, all at once.

    For whoever looked at it before, as the command ``import_programme`` does. It can be undone.

    Args:
        branch: as in ``receive``.
        kind: as in ``receive``.
        document: as in ``receive``.
        blocks: what was read from it.
        title: of the programme; empty: as the file says.
        year: as in ``receive``.
        by: who brings it.
        today: the day.

    Raises:
        Refused: nothing in it became a chapter.
    """
    with file_follows(document) as kept, transaction.atomic():
        row = take_in(
            kept,
            branch=branch,
            kind=kind,
            document=document,
            year=year,
            by=by,
            today=today,
            state=ImportState.PREVIEW,
            blocks=[dump(block) for block in blocks],
        )
        _save(row=row, title=title, revision=row.revision, by=by, today=today)
    return row


def read(*, import_id: int, reader: Reader = read_safely) -> None:
    """Read a file that waits for it, and show what came of it or why it was refused.

    Called by the worker, outside a transaction: reading takes seconds. It may be called again when
    a worker died at it; the third time it is refused beforehand, so that a file that kills its
    reader does not stay "being read" for ever. Nothing happens to a file that is past reading.

    Args:
        import_id: which import.
        reader: another one than the sandbox, for tests.

    Raises:
        OSError: the file is not on this machine's disk; it is tried again later.
    """
    row = ProgrammeImport.objects.filter(pk=import_id).first()
    if row is None or row.state not in (ImportState.READING, ImportState.REFUSED):
        return
    waiting = ProgrammeImport.objects.filter(pk=row.pk, revision=row.revision)
    if _attempts(row.pk) >= MAX_ATTEMPTS:
        waiting.update(state=ImportState.REFUSED, refusal=Code.FAILED.value)
    try:
        blocks = reader(Path(row.file.path), uploads.kind_of_name(row.file.name))
    except Unreadable as unreadable:
        waiting.update(
            state=ImportState.REFUSED, refusal=unreadable.code.value, revision=row.revision + 1
        )
        return
    # Whoever threw it away meanwhile raised the revision: then this writes nothing.
    waiting.update(
        state=ImportState.PREVIEW,
        refusal="",
        blocks=[dump(block) for block in blocks],
        revision=row.revision + 1,
    )


@transaction.atomic
def correct(
    *,
    row: ProgrammeImport,
    correction: Mapping[str, Any],
    revision: int,
    by: User | None,
    today: date,
) -> None:
    """Add what a person says of a block (``programmes.rules.corrections``).

    Raises:
        Stale: somebody else corrected or saved it first.
        Refused: it is not open for corrections, or this one does not fit.
    """
    _claim(row, revision)
    said = [*row.corrections, dict(correction)]
    if len(said) > MOST_CORRECTIONS:
        raise Refused(_("This file has too many corrections. Correct the file itself instead."))
    try:
        rules.apply([load(block) for block in row.blocks], said)
    except rules.WrongCorrection as wrong:
        raise Refused(
            _("This cannot be done with this part of the text. Look at the page anew.")
        ) from wrong
    row.corrections = said
    row.save(update_fields=["corrections"])
    record(verb="programme.file_corrected", row=row, file=row.file_name, by=by, today=today)


@transaction.atomic
def take_back_correction(
    *, row: ProgrammeImport, revision: int, by: User | None, today: date
) -> None:
    """Take back the last correction; without one nothing changes.

    Raises:
        Stale: somebody else corrected or saved it first.
        Refused: it is not open for corrections.
    """
    _claim(row, revision)
    row.corrections = row.corrections[:-1]
    row.save(update_fields=["corrections"])
    record(verb="programme.correction_taken_back", row=row, file=row.file_name, by=by, today=today)


def save(
    *, row: ProgrammeImport, title: str, revision: int, by: User | None, today: date
) -> Programme:
    """Make the file into a programme, or into the one that it corrects; all of it or nothing.

    A corrected file keeps the rows of what was there before, and so what others recorded about it.

    Args:
        row: an import that was read.
        title: of the programme; empty: as the file says.
        revision: of the import, as the page showed it.
        by: who saves.
        today: the day.

    Raises:
        Stale: somebody else corrected or saved this import first.
        ProgrammeChanged: the programme was changed since this file was looked at. Nothing was
            written, and the next look shows the differences with the programme as it is now.
        Refused: it is past saving, holds nothing, or the programme is frozen.
    """
    # Recognising takes seconds of the largest files: nobody who writes should wait for it. A row
    # that is another one by then is refused, so this is the tree of the row that is saved.
    shown = row.state == ImportState.PREVIEW and row.revision == revision
    document = document_of(row) if shown else None
    try:
        return _save(row=row, title=title, revision=revision, by=by, today=today, document=document)
    except ProgrammeChanged as changed:
        ProgrammeImport.objects.filter(pk=row.pk, state=ImportState.PREVIEW).update(
            programme_revision=changed.revision
        )
        row.programme_revision = changed.revision
        raise


@transaction.atomic
def _save(
    *,
    row: ProgrammeImport,
    title: str,
    revision: int,
    by: User | None,
    today: date,
    document: Document | None = None,
) -> Programme:
    _claim(row, revision)
    document = document or document_of(row)
    if not document.chapters:
        raise Refused(_("Nothing of this file became a chapter. Say what is a chapter first."))
    title = title.strip() or document.title
    if row.next_of is not None:
        # The measures that are found again keep their identity, and what lapsed stays, retired.
        programme = versions.new_version(programme=row.next_of, by=by, today=today)
        storing.replace(
            programme=programme,
            document=document,
            title=title or programme.title,
            origin=row.origin,
            year=row.year,
            by=by,
            today=today,
        )
    elif row.programme is None:
        programme = storing.store(
            document=document,
            branch=row.branch,
            kind=row.kind,
            title=title or row.file_name,
            origin=row.origin,
            year=row.year,
            by=by,
            today=today,
        )
    else:
        programme = open_programme(row.programme)
        if row.programme_revision != programme.revision:
            raise ProgrammeChanged(programme)
        row.before = storing.replace(
            programme=programme,
            document=document,
            title=title or programme.title,
            origin=row.origin,
            year=row.year,
            by=by,
            today=today,
        )
    row.programme = programme
    row.programme_revision = programme.revision
    row.state = ImportState.SAVED
    row.saved_on = today
    row.save(update_fields=["programme", "programme_revision", "state", "saved_on", "before"])
    return programme


@transaction.atomic
def undo(*, row: ProgrammeImport, by: User | None, today: date) -> None:
    """Put everything back as it was before this file was saved.

    A new programme is taken away as a whole; a corrected one gets its earlier texts back.

    Raises:
        Refused: it is not saved (any more), another file was saved after it, the programme is
            frozen, was worked on since, or others recorded things about it.
    """
    _take(row)
    if row.state != ImportState.SAVED or row.programme is None:
        raise Refused(_("There is nothing to undo: this file is not saved, or was undone already."))
    if row.programme.imports.filter(state=ImportState.SAVED, pk__gt=row.pk).exists():
        raise Refused(_("A later file was saved into this programme. Undo that one first."))
    record(verb="programme.file_undone", row=row, file=row.file_name, by=by, today=today)
    if row.before is None:
        undoing.take_away(programme=row.programme, by=by, today=today)
        row.programme = None
    else:
        undoing.put_back(
            programme=row.programme,
            before=row.before,
            revision=row.programme_revision,
            by=by,
            today=today,
        )
    row.state = ImportState.UNDONE
    row.before = None
    row.save(update_fields=["state", "before"])


@transaction.atomic
def discard(*, row: ProgrammeImport, by: User | None, today: date) -> None:
    """Throw away a file that was not saved, from the disk too.

    Raises:
        Refused: it was saved; undo that instead.
    """
    _take(row)
    if row.state == ImportState.SAVED:
        raise Refused(_("This file was saved as a programme. Undo that instead."))
    record(verb="programme.file_discarded", row=row, file=row.file_name, by=by, today=today)
    storage, name = row.file.storage, row.file.name
    row.state = ImportState.DISCARDED
    row.file = ""
    row.blocks, row.corrections, row.before = [], [], None
    row.save(update_fields=["state", "file", "blocks", "corrections", "before"])
    if name:
        transaction.on_commit(partial(storage.delete, name))


class ProgrammeChanged(Refused):
    """The programme is not the one that this file was compared with; ``revision`` is its own."""

    def __init__(self, programme: Programme) -> None:
        super().__init__(
            _(
                "Somebody changed “%(title)s” after you brought this file. Nothing was saved. "
                "Look at the changes once more, and save again if they are right."
            )
            % {"title": programme.title}
        )
        self.revision = programme.revision


def _claim(row: ProgrammeImport, revision: int) -> None:
    """Take the import's row, as it is now, if it is open and still the one that was shown."""
    claim_revision(row, expected=revision, yours={"state": row.get_state_display()})
    if row.state != ImportState.PREVIEW:
        raise Refused(
            _("This file is not open any more: %(state)s.") % {"state": row.get_state_display()}
        )


def _take(row: ProgrammeImport) -> None:
    """Take the import's row, if it is still the one that was loaded."""
    try:
        claim_revision(row, expected=row.revision, yours={})
    except Stale as stale:
        raise Refused(_("Somebody else was just busy with this file. Look at it anew.")) from stale


def _job_key(import_id: int) -> str:
    return f"programmes.read:{import_id}"


def _attempts(import_id: int) -> int:
    """Tell how often reading was begun, this time included; 0 when no job asked for it."""
    counts = Job.objects.filter(key=_job_key(import_id)).values_list("attempts", flat=True)
    return counts.first() or 0
