"""What a spreadsheet changes: what went out, what came back, and what stands here meanwhile.

A cell that came back as it went out changes nothing, whatever happened here meanwhile. One that was
edited changes exactly that cell; where somebody changed the same cell here since, and into
something else, both are shown and a person chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from evaluation.rules.carrying import may_be_decided
from evaluation.rules.outcome import outcome, reopens
from evaluation.rules.sheet import (
    DROP,
    EDITABLE,
    MINE,
    OPEN,
    READ_ONLY,
    Column,
    Computed,
    Stand,
    Trouble,
    Vocabulary,
    parse,
    same,
)
from evaluation.rules.sheet_layout import Row
from evaluation.rules.verdict import REASON_FITS, TIMING_FITS, Finding, Reason, Timing, Verdict

_LONGEST_ID = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one promise stands here now.

    Attributes:
        values: the value of each editable column; ``MINE`` are those of whoever brings the sheet.
        others: what the others found, the first given first.
        verdict: the outcome.
        settled: whether that outcome ended a disagreement.
    """

    values: Mapping[Column, str]
    others: Sequence[Finding] = ()
    verdict: Verdict = Verdict.NOT_ASSESSED
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One cell that somebody edited.

    Attributes:
        value: what the sheet says.
        current: what stands here now.
        conflict: whether that is something else than when the sheet went out.
    """

    row: int
    promise: int
    column: Column
    value: str
    current: str
    conflict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A cell, or a whole row (no column), that is not taken over; all the rest is."""

    row: int
    trouble: Trouble
    column: Column | None = None
    text: str = ""


@dataclass(slots=True, kw_only=True)
class Difference:
    """All of it.

    Attributes:
        changes: the edited cells, row by row.
        problems: the refused ones, row by row.
        ignored: column for reading only → the rows in which it was edited all the same.
    """

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored: dict[Column, list[int]] = field(default_factory=dict)

    def into(self, other: Difference) -> None:
        """Add these cells to those of other rows."""
        other.changes += self.changes
        other.problems += self.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What whoever brings the sheet may change.

    Attributes:
        person: their id: the personal columns of a sheet are of whoever took it out.
        judge: may judge promises at all.
        manage: may change what is said about a promise.
    """

    person: int
    judge: bool
    manage: bool

    def refusal(self, column: Column, *, owner: int) -> Trouble | None:
        """Return why this person may not change a column of a sheet that ``owner`` took out."""
        if column not in MINE:
            return None if self.manage else Trouble.NOT_ALLOWED
        if not self.judge:
            return Trouble.NOT_ALLOWED
        return None if owner == self.person else Trouble.NOT_YOURS


def difference(
    *,
    rows: Iterable[Row],
    stands: Mapping[int, Stand],
    standings: Mapping[int, Standing],
    vocabulary: Vocabulary,
    rights: Rights,
) -> Difference:
    """Compare a sheet with how its rows went out and with how things stand.

    Args:
        rows: as they came back.
        stands: promise → how it went out, of this evaluation alone; from any row of the sheet, so
            that rows may be sorted and their hidden cells torn from them.
        standings: promise → how it stands here, for every promise that counts.
        vocabulary: the words.
        rights: what this person may change.
    """
    found = Difference()
    seen: set[int] = set()
    for row in rows:
        promise = _promise_of(row)
        stand = stands.get(promise) if promise is not None else None
        if stand is None:
            found.problems.append(Problem(row=row.number, trouble=Trouble.NO_STAND))
        elif stand.promise in seen:
            found.problems.append(Problem(row=row.number, trouble=Trouble.TWICE))
        elif _torn(row, stand):
            found.problems.append(Problem(row=row.number, trouble=Trouble.TORN))
        elif stand.promise not in standings:
            found.problems.append(Problem(row=row.number, trouble=Trouble.RETIRED))
        else:
            seen.add(stand.promise)
            _ignore(row, stand, found)
            _compare(row, stand, standings[stand.promise], vocabulary, rights).into(found)
    return found


def _promise_of(row: Row) -> int | None:
    text = row.text(Column.ID)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID else None


def _torn(row: Row, stand: Stand) -> bool:
    """Tell whether the row is of two promises: sorted without taking all columns along.

    People may well correct a typing error in a promise's text, or renumber: that is ignored. Both
    at once, number and text, is another promise.
    """
    both = (Column.NUMBER, Column.TEXT)
    return all(column in row.cells and not stand.was(column, row.text(column)) for column in both)


def _compare(
    row: Row,
    stand: Stand,
    standing: Standing,
    vocabulary: Vocabulary,
    rights: Rights,
) -> Difference:
    found = Difference()
    changes: dict[Column, Change] = {}
    for column in EDITABLE:
        if column not in row.cells:
            continue
        cell = row.cells[column]
        value = parse(column, cell, vocabulary)
        trouble = value if isinstance(value, Trouble) else None
        if trouble is None:
            now = standing.values[column]
            if stand.was(column, value) or same(column, value, now):
                continue
            trouble = rights.refusal(column, owner=stand.person)
        if trouble is not None:
            text = cell.text if isinstance(cell, Computed) else cell
            found.problems.append(
                Problem(row=row.number, trouble=trouble, column=column, text=text)
            )
            continue
        changes[column] = Change(
            row=row.number,
            promise=stand.promise,
            column=column,
            value=value,
            current=standing.values[column],
            conflict=not stand.was(column, standing.values[column]),
        )
    for column, trouble in unfit(standing, {one: changes[one].value for one in changes}).items():
        change = changes.pop(column)
        found.problems.append(
            Problem(row=row.number, trouble=trouble, column=column, text=change.value)
        )
    found.changes += changes.values()
    return found


def _ignore(row: Row, stand: Stand, found: Difference) -> None:
    """Note which cells for reading only were edited all the same."""
    for column in READ_ONLY:
        cell = row.cells.get(column)
        if cell is not None and (isinstance(cell, Computed) or not stand.was(column, cell)):
            found.ignored.setdefault(column, []).append(row.number)


def unfit(standing: Standing, edits: Mapping[Column, str]) -> dict[Column, Trouble]:
    """Return the edited cells that do not go together with the rest, and why.

    Args:
        standing: how the promise stands.
        edits: column → the value that it would get.
    """
    values = {**standing.values, **edits}
    verdict = Verdict(values[Column.MY_VERDICT])
    fits = {
        Column.MY_REASON: verdict in REASON_FITS,
        Column.MY_TIMING: verdict in TIMING_FITS,
        Column.MY_NOTE: True,
    }
    wrong: dict[Column, Trouble] = {}
    for column, fitting in fits.items():
        if column not in edits or edits[column] in ("", Timing.UNKNOWN):
            continue
        if verdict is Verdict.NOT_ASSESSED:
            wrong[column] = Trouble.NO_VERDICT
        elif not fitting:
            wrong[column] = Trouble.DOES_NOT_FIT
    decided = Column.CARRY_OVER if Column.CARRY_OVER in edits else Column.CARRY_REASON
    if decided in edits:
        carry = values[Column.CARRY_OVER]
        undecidable = not may_be_decided(expected(standing, finding_in(values)))
        if Column.CARRY_OVER in edits and carry != OPEN and undecidable:
            wrong[Column.CARRY_OVER] = Trouble.NOT_ASSESSED
        elif carry == DROP and not values[Column.CARRY_REASON]:
            wrong[decided] = Trouble.NO_REASON
        if carry == OPEN and edits.get(Column.CARRY_REASON):
            wrong[Column.CARRY_REASON] = Trouble.NO_DECISION
    return wrong


def finding_in(values: Mapping[Column, str]) -> Finding:
    """Return what somebody found, by the values of the personal columns."""
    reason = values[Column.MY_REASON]
    return Finding(
        verdict=Verdict(values[Column.MY_VERDICT]),
        reason=Reason(reason) if reason else None,
        timing=Timing(values[Column.MY_TIMING]),
    )


def expected(standing: Standing, mine: Finding) -> Verdict:
    """Return the outcome once this person finds ``mine``."""
    before = Verdict(standing.values[Column.MY_VERDICT])
    if standing.settled and not reopens(
        settled=standing.verdict,
        before=None if before is Verdict.NOT_ASSESSED else before,
        now=mine.verdict,
    ):
        return standing.verdict
    own = [] if mine.verdict is Verdict.NOT_ASSESSED else [mine]
    return outcome([*standing.others, *own]).verdict
