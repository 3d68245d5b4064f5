"""A spreadsheet on its way back in: looked at first, taken over at once, undone as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches import audit
from branches.models import User
from core.concurrency import claim_revision
from core.refusal import Refused
from core.uploads import Document
from evaluation.enums import SheetState
from evaluation.models import Evaluation, Promise, SheetImport
from evaluation.queries import sheets as queries
from evaluation.rules.sheet import MINE, Column, same
from evaluation.rules.sheet_diff import Change, Difference, Rights, difference
from evaluation.services.sheet_writing import Edits, Unfit, Written, locked_lines, write
from evaluation.sheets.file import ReadSheet, read
from evaluation.sheets.words import labels, trouble_sentence, vocabulary

SHOWN_OF_CELL = 200
"""Characters that are kept of a cell that is not taken over."""


class SheetMoved(Refused):
    """Cells of the preview were changed here meanwhile; the preview now shows them as conflicts."""


class NotTheirSheet(Refused):
    """Only whoever brought a sheet takes it over or back: it may hold their own verdicts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What a sheet came to.

    Attributes:
        sheet: the preview; None when the sheet changes nothing, and then nothing is kept.
        remarks: what was not taken over, as ``SheetImport.remarks`` keeps it.
    """

    sheet: SheetImport | None
    remarks: dict[str, Any]


def receive(
    *, evaluation: Evaluation, document: Document, rights: Rights, by: User, today: date
) -> Received:
    """Read a spreadsheet and keep what it would change, for a person to look at.

    An earlier preview of the same person is thrown away: there is one sheet at a time to decide on.

    Args:
        evaluation: the sheet must be of this one.
        document: .xlsx or .csv.
        rights: what ``by`` may change.
        by: who brings it.
        today: the day of it.

    Raises:
        Refused: it cannot be read, or it is not a sheet of this evaluation.
    """
    words = vocabulary()
    sheet = read(document=document, vocabulary=words)
    _check_ours(sheet, evaluation)
    lines = queries.lines(evaluation=evaluation, person=by)
    found = difference(
        rows=sheet.rows,
        stands=sheet.stands,
        standings={line.promise: line.standing for line in lines},
        vocabulary=words,
        rights=rights,
    )
    remarks = _remarks(sheet, found)
    if not found.changes:
        return Received(sheet=None, remarks=remarks)
    # Reading takes seconds of the largest sheets: nobody who writes should wait for it.
    with transaction.atomic():
        SheetImport.objects.filter(
            evaluation=evaluation, uploaded_by=by, state=SheetState.PREVIEW
        ).update(state=SheetState.DISCARDED)
        kept = SheetImport.objects.create(
            evaluation=evaluation,
            file_name=document.name,
            changes=[_kept(change) for change in found.changes],
            remarks=remarks,
            uploaded_by=by,
            uploaded_on=today,
        )
    return Received(sheet=kept, remarks=remarks)


def apply(
    *,
    sheet: SheetImport,
    taken: Collection[str],
    rights: Rights,
    revision: int,
    by: User,
    today: date,
) -> SheetImport:
    """Take the cells of a preview over, all at once.

    Args:
        sheet: a preview.
        taken: keys (``key_of``) of the conflicts in which the sheet wins; in the others stays what
            stands here.
        rights: what ``by`` may change now.
        revision: that the page was opened with.
        by: who brought the sheet.
        today: the day of it.

    Raises:
        NotTheirSheet: somebody else brought it.
        SheetMoved: cells were changed here since the preview; it now shows them.
        Refused: taken over or thrown away already, no longer allowed, or two cells that do not go
            together.
        Stale: looked at in another window, in which it was changed.
    """
    with transaction.atomic():
        _claim(sheet, revision=revision, state=SheetState.PREVIEW, by=by)
        ids = {entry["promise"] for entry in sheet.changes}
        rows, lines = locked_lines(evaluation=sheet.evaluation, person=by, promises=ids)
        moved = _look_again(sheet, lines)
        if not moved:
            edits = _edits(sheet, set(taken), rights)
            written = _write(sheet, edits, rows, lines, by=by, today=today)
            sheet.before = [one.kept() for one in written]
            sheet.state = SheetState.APPLIED
        sheet.save(update_fields=["changes", "before", "state"])
    if moved:
        raise SheetMoved(
            ngettext(
                "%(count)s cell was changed here by somebody else since you brought the sheet. "
                "Look at it and choose.",
                "%(count)s cells were changed here by somebody else since you brought the sheet. "
                "Look at them and choose.",
                moved,
            )
            % {"count": moved}
        )
    return sheet


@transaction.atomic
def undo(*, sheet: SheetImport, revision: int, by: User, today: date) -> list[str]:
    """Take a whole sheet back, but for the cells that were changed again since.

    Returns:
        What was changed since and stays, in words: "3. My verdict".

    Raises:
        NotTheirSheet: somebody else brought it.
        Refused: it was not taken over, or is undone already.
        Stale: looked at in another window, in which it was changed.
    """
    _claim(sheet, revision=revision, state=SheetState.APPLIED, by=by)
    done = {one.promise: one for one in map(Written.of, sheet.before)}
    rows, lines = locked_lines(evaluation=sheet.evaluation, person=by, promises=done)
    edits: dict[int, dict[Column, str]] = defaultdict(dict)
    stays: list[str] = []
    known = labels()
    for promise, one in done.items():
        line = lines.get(promise)
        if line is None:
            continue  # no longer in the programme
        for name, (before, after) in one.cells.items():
            column = Column(name)
            if same(column, line.standing.values[column], after):
                edits[promise][column] = before
            else:
                stays.append(f"{line.shown[Column.NUMBER]}. {known.headers[column]}")
    _write(sheet, edits, rows, lines, by=by, today=today, undoes=done)
    sheet.state = SheetState.UNDONE
    sheet.save(update_fields=["state"])
    return stays


@transaction.atomic
def discard(*, sheet: SheetImport, revision: int, by: User) -> None:
    """Throw a preview away; nothing of it was ever taken over, so the history says nothing.

    Raises:
        NotTheirSheet: somebody else brought it.
        Refused: it was taken over or thrown away already.
        Stale: looked at in another window, in which it was changed.
    """
    _claim(sheet, revision=revision, state=SheetState.PREVIEW, by=by)
    sheet.state = SheetState.DISCARDED
    sheet.save(update_fields=["state"])


def key_of(entry: Mapping[str, Any]) -> str:
    """Return the name of a changed cell in a form."""
    return f"{entry['promise']}.{entry['column']}"


def _check_ours(sheet: ReadSheet, evaluation: Evaluation) -> None:
    if any(stand.evaluation != evaluation.pk for stand in sheet.stands.values()):
        raise Refused(
            _(
                "This sheet belongs to the evaluation of another programme. Nothing was taken "
                "over: bring it back on the page where it was downloaded."
            )
        )
    if not sheet.stands:
        raise Refused(
            _(
                "In this sheet is no row that we recognise: the cells under “stand” are empty or "
                "were changed. Download the sheet again and copy your work into it."
            )
        )
    ours = {str(pk) for pk in evaluation.promises.values_list("pk", flat=True)}
    for row in sheet.rows:
        text = row.text(Column.ID)
        if text.isdigit() and text.lstrip("0") not in ours:
            raise Refused(
                _(
                    "Row %(row)s is about a promise that is not of this evaluation. Nothing was "
                    "taken over. Download the sheet again and copy your work into it."
                )
                % {"row": row.number}
            )


def _kept(change: Change) -> dict[str, Any]:
    return {
        "row": change.row,
        "promise": change.promise,
        "column": change.column.value,
        "value": change.value,
        "current": change.current,
        "conflict": change.conflict,
    }


def _remarks(sheet: ReadSheet, found: Difference) -> dict[str, Any]:
    return {
        "unknown": [name[:SHOWN_OF_CELL] for name in sheet.layout.unknown],
        "doubled": [name[:SHOWN_OF_CELL] for name in sheet.layout.doubled],
        "missing": [column.value for column in sheet.layout.missing],
        "ignored": {column.value: rows for column, rows in found.ignored.items()},
        "problems": [
            {
                "row": problem.row,
                "trouble": problem.trouble.value,
                "column": problem.column.value if problem.column else "",
                "text": problem.text[:SHOWN_OF_CELL],
            }
            for problem in found.problems
        ],
    }


def _claim(sheet: SheetImport, *, revision: int, state: SheetState, by: User) -> None:
    """Lock a sheet, and see that it is where this page thought it was."""
    if sheet.uploaded_by_id != by.pk:
        raise NotTheirSheet(
            _("Only whoever brought this sheet can take it over or back: it is their work.")
        )
    claim_revision(sheet, expected=revision, yours={})
    if sheet.state != state:
        raise Refused(
            _("This sheet is “%(state)s” already. Nothing was changed.")
            % {"state": sheet.get_state_display()}
        )


def _look_again(sheet: SheetImport, lines: Mapping[int, queries.Line]) -> int:
    """Bring the preview up to date; return how many cells turned into conflicts since."""
    moved = 0
    changes = []
    for entry in sheet.changes:
        line = lines.get(entry["promise"])
        if line is None:
            continue  # no longer in the programme
        column = Column(entry["column"])
        now = line.standing.values[column]
        if same(column, now, entry["value"]):
            continue  # somebody made the same change
        if not same(column, now, entry["current"]):
            moved += 1
            changes.append({**entry, "current": now, "conflict": True})
        else:
            changes.append(entry)
    sheet.changes = changes
    return moved


def _edits(sheet: SheetImport, taken: set[str], rights: Rights) -> dict[int, dict[Column, str]]:
    """Return what is written of a preview; note at each cell whether it was."""
    edits: dict[int, dict[Column, str]] = defaultdict(dict)
    for entry in sheet.changes:
        column = Column(entry["column"])
        if not (rights.judge if column in MINE else rights.manage):
            raise Refused(
                _("Your role changed: you may no longer change “%(column)s”.")
                % {"column": labels().headers[column]}
            )
        entry["taken"] = not entry["conflict"] or key_of(entry) in taken
        if entry["taken"]:
            edits[entry["promise"]][column] = entry["value"]
    return edits


def _write(
    sheet: SheetImport,
    edits: Edits,
    rows: Mapping[int, Promise],
    lines: Mapping[int, queries.Line],
    *,
    by: User,
    today: date,
    undoes: Mapping[int, Written] | None = None,
) -> list[Written]:
    """Write the cells, and in the history that a sheet did it."""
    try:
        written = write(
            evaluation=sheet.evaluation,
            rows=rows,
            lines=lines,
            edits=edits,
            undoes=undoes,
            by=by,
            today=today,
        )
    except Unfit as wrong:
        known = labels()
        raise Refused(
            _("Promise %(number)s, “%(column)s”: %(why)s Nothing was changed.")
            % {
                "number": wrong.number,
                "column": known.headers[wrong.column],
                "why": trouble_sentence(wrong.trouble, wrong.column, known, 0),
            }
        ) from wrong
    audit.record(
        verb="sheet.undone" if undoes is not None else "sheet.applied",
        by=by,
        branch=sheet.evaluation.branch,
        today=today,
        subject=sheet,
        name=sheet.file_name,
        count=sum(len(one.cells) for one in written),
    )
    return written
