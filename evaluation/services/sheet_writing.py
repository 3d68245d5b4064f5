"""Writing many cells of many promises at once: what a spreadsheet brings, and taking it back.

In the spirit of ``assessing``, ``describing`` and ``carrying``, with the same rules and the same
sentences in the history; but each promise has values of its own, so rows are written as rows, in a
number of queries that grows with the batches alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from branches import audit
from branches.models import AuditEntry, User
from evaluation.enums import CarryOver
from evaluation.models import Assessment, Evaluation, Promise
from evaluation.queries.sheets import Line, lines
from evaluation.rules import outcome as rule
from evaluation.rules import verdict as values
from evaluation.rules.sheet import EDITABLE, MINE, YES, Column, Trouble
from evaluation.rules.sheet_diff import Standing, finding_in, unfit
from evaluation.services import progress
from evaluation.services.assessing import finding_of
from evaluation.services.rows import named
from evaluation.services.starting import BATCH

Edits = Mapping[int, Mapping[Column, str]]
"""Promise → the cells that change, with their new values."""

_OWN_FIELDS = ("verdict", "reason", "timing", "note", "assessed_on", "revision")
_FIELDS = (
    "portfolio",
    "weight",
    "explanation",
    "good",
    "topical",
    "verdict",
    "reason",
    "timing",
    "disputed",
    "settled_by",
    "settled_on",
    "settled_because",
    "carry_over",
    "carry_reason",
    "carried_by",
    "carried_on",
    "revision",
)
# What settling wrote beside its day.
_SETTLED = ("settled_by_id", "settled_because", "verdict", "reason", "timing")
_DESCRIBED = (Column.EXPLANATION, Column.WEIGHT, Column.PORTFOLIO)
_DECIDED = (Column.CARRY_OVER, Column.CARRY_REASON)
_LOOKED_BACK = (Column.GOOD, Column.TOPICAL)


class Unfit(ValueError):
    """Two cells of one promise do not go together; nothing was written."""

    def __init__(self, *, number: str, column: Column, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.number = number
        self.column = column
        self.trouble = trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written of one promise, as much as taking it back asks for.

    Attributes:
        promise: its id.
        cells: column → value before and after, with what followed by itself: a verdict that can
            have no reason takes the reason along.
        settled: how a disagreement was settled that is open again now.
        decided: who had decided whether it goes on, and when, if that was written.
    """

    promise: int
    cells: dict[str, tuple[str, str]]
    settled: dict[str, Any] | None = None
    decided: tuple[int | None, str | None] | None = None

    def kept(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "promise": self.promise,
            "cells": {column: list(pair) for column, pair in self.cells.items()},
            "settled": self.settled,
            "decided": list(self.decided) if self.decided else None,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Written:
        """Return what ``kept`` kept."""
        return cls(
            promise=kept["promise"],
            cells={column: (before, after) for column, (before, after) in kept["cells"].items()},
            settled=kept["settled"],
            decided=tuple(kept["decided"]) if kept["decided"] else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _One:
    """One locked promise: how it stood, how it will, and what is being taken back of it."""

    promise: Promise
    line: Line
    after: Mapping[Column, str]
    back: Written | None
    settlement: dict[str, Any] | None  # how a disagreement was settled, until now

    @property
    def standing(self) -> Standing:
        """How it stood."""
        return self.line.standing

    def changed(self, columns: Sequence[Column]) -> list[Column]:
        """Return those of the columns that get another value."""
        return [one for one in columns if self.after[one] != self.standing.values[one]]

    @property
    def comes_back_settled(self) -> bool:
        """Tell whether taking back brings back how a disagreement was settled.

        Not when somebody settled it meanwhile, nor when part of the finding that opened it stays.
        """
        if self.back is None or self.back.settled is None or self.promise.settled_on is not None:
            return False
        cells = self.back.cells
        return all(self.after[one] == cells[one][0] for one in MINE if one in cells)


@dataclass(slots=True, kw_only=True)
class _Work:
    """What is being written."""

    evaluation: Evaluation
    by: User
    today: date
    revisions: dict[int, int]  # promise → that of what this person found before
    history: list[AuditEntry] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)

    def tell(self, one: _One, verb: str) -> None:
        """Put an act in the history."""
        shown = one.line.shown
        self.history.append(
            audit.entry(
                verb=verb,
                by=self.by,
                branch=self.evaluation.branch,
                today=self.today,
                subject=one.promise,
                promise=named(number=shown[Column.NUMBER], text=shown[Column.TEXT]),
            )
        )


def locked_lines(
    *, evaluation: Evaluation, person: User, promises: Collection[int]
) -> tuple[dict[int, Promise], dict[int, Line]]:
    """Lock promises of an evaluation until the transaction ends; return how they stand.

    Args:
        evaluation: whose; promises of another one, and those that left the programme, are left out.
        person: whose findings are the personal columns.
        promises: ids.

    Returns:
        id → row, without what it points at (5,000 promises would come with 20,000 other rows), and
        id → line of the sheet.
    """
    rows = {
        row.pk: row
        for row in Promise.objects.filter(pk__in=promises, evaluation=evaluation)
        .select_for_update()
        .order_by("pk")
    }
    found = lines(evaluation=evaluation, person=person, promises=list(rows))
    return rows, {line.promise: line for line in found}


def write(
    *,
    evaluation: Evaluation,
    rows: Mapping[int, Promise],
    lines: Mapping[int, Line],
    edits: Edits,
    undoes: Mapping[int, Written] | None = None,
    by: User,
    today: date,
) -> list[Written]:
    """Write cells, and what follows from them. Call it inside a transaction.

    Args:
        evaluation: whose promises.
        rows: the promises, locked, by id.
        lines: how they stand; a promise without one is left alone.
        edits: the cells. ``MINE`` are about what ``by`` found.
        undoes: promise → what is being taken back, so that a settled disagreement and who decided
            come back as well.
        by: who writes.
        today: the day of it.

    Returns:
        What changed.

    Raises:
        Unfit: two cells of a promise do not go together.
    """
    work = _Work(
        evaluation=evaluation,
        by=by,
        today=today,
        revisions=dict(
            Assessment.objects.filter(promise__in=list(edits), assessor=by).values_list(
                "promise", "revision"
            )
        ),
    )
    ones = [
        _one(rows[pk], lines[pk], edits[pk], (undoes or {}).get(pk)) for pk in edits if pk in lines
    ]
    judged = [one for one in ones if one.changed(MINE)]
    _write_findings(judged, work)
    _apply_outcomes(judged, work)
    for one in ones:
        if one.comes_back_settled:
            _settle_again(one)
        if one.changed(EDITABLE):
            _put(one, work)
    _save([one.promise for one in ones if one.changed(EDITABLE)])
    audit.record_many(work.history)
    progress.report(evaluation=evaluation, today=today)
    return work.written


def _one(promise: Promise, line: Line, edits: Mapping[Column, str], back: Written | None) -> _One:
    standing = line.standing
    for column, trouble in unfit(standing, edits).items():
        raise Unfit(number=line.shown[Column.NUMBER], column=column, trouble=trouble)
    after = {**standing.values, **edits}
    finding = finding_in(after).tidy()
    after[Column.MY_REASON] = finding.reason or ""
    after[Column.MY_TIMING] = finding.timing.value
    if finding.verdict is values.Verdict.NOT_ASSESSED:
        after[Column.MY_NOTE] = ""
    if after[Column.CARRY_OVER] == CarryOver.OPEN:
        after[Column.CARRY_REASON] = ""
    return _One(
        promise=promise,
        line=line,
        after=after,
        back=back,
        settlement=_settlement(promise) if promise.settled_on else None,
    )


def _write_findings(judged: Sequence[_One], work: _Work) -> None:
    """Write this person's own rows: new ones, changed ones, or none at all when taken back."""
    gone, rows = [], []
    for one in judged:
        cells = one.after
        if cells[Column.MY_VERDICT] == values.Verdict.NOT_ASSESSED:
            gone.append(one.promise.pk)
            continue
        rows.append(
            Assessment(
                promise=one.promise,
                assessor=work.by,
                verdict=cells[Column.MY_VERDICT],
                reason=cells[Column.MY_REASON],
                timing=cells[Column.MY_TIMING],
                note=cells[Column.MY_NOTE],
                assessed_on=work.today,
                revision=work.revisions.get(one.promise.pk, 0) + 1,
            )
        )
    Assessment.objects.filter(promise__in=gone, assessor=work.by).delete()
    Assessment.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["promise", "assessor"],
        update_fields=_OWN_FIELDS,
    )


def _apply_outcomes(judged: Sequence[_One], work: _Work) -> None:
    """Say what everybody's findings make of each promise now."""
    everybody: dict[int, list[values.Finding]] = defaultdict(list)
    rows = Assessment.objects.filter(promise__in=[one.promise.pk for one in judged])
    for pk, verdict, reason, timing in rows.order_by("pk").values_list(
        "promise", "verdict", "reason", "timing"
    ):
        everybody[pk].append(finding_of(verdict, reason, timing))
    for one in judged:
        promise = one.promise
        old = values.Verdict(one.standing.values[Column.MY_VERDICT])
        now = values.Verdict(one.after[Column.MY_VERDICT])
        opens = promise.settled_on is not None and rule.reopens(
            settled=values.Verdict(promise.verdict),
            before=None if old is values.Verdict.NOT_ASSESSED else old,
            now=now,
        )
        work.tell(one, f"promise.{'reopened' if opens else 'assessed'}.{now}")
        if promise.settled_on is None or opens:
            outcome = rule.outcome(everybody[promise.pk])
            promise.verdict = outcome.verdict.value
            promise.reason = outcome.reason.value if outcome.reason else ""
            promise.timing = outcome.timing.value
            promise.disputed = outcome.disputed
            promise.settled_by = None
            promise.settled_on = None
            promise.settled_because = ""


def _settlement(promise: Promise) -> dict[str, Any]:
    settled_on = promise.settled_on
    return {name: getattr(promise, name) for name in _SETTLED} | {
        "settled_on": settled_on.isoformat() if settled_on else ""
    }


def _settle_again(one: _One) -> None:
    """Let a disagreement be settled as it was before somebody opened it."""
    settlement = one.back.settled if one.back else None
    if settlement is None:
        return
    for name in _SETTLED:
        setattr(one.promise, name, settlement[name])
    one.promise.settled_on = date.fromisoformat(settlement["settled_on"])
    one.promise.disputed = False


def _put(one: _One, work: _Work) -> None:
    """Put the cells about the promise itself in its row, and note what changed."""
    promise, cells, changed = one.promise, one.after, one.changed(EDITABLE)
    decided = None
    promise.revision += 1
    for column in changed:
        if column in _DESCRIBED:
            text = cells[column]
            setattr(promise, column, int(text) if column is Column.WEIGHT else text)
            work.tell(one, f"promise.described.{column}")
        elif column in _LOOKED_BACK:
            setattr(promise, column, _yes_no(cells[column]))
    if one.changed(_DECIDED):
        on = promise.carried_on
        decided = (promise.carried_by_id, on.isoformat() if on else None)
        promise.carry_over = cells[Column.CARRY_OVER]
        promise.carry_reason = cells[Column.CARRY_REASON]
        _sign(promise, one.back, work)
        work.tell(one, f"promise.carry_over.{promise.carry_over}")
    elif one.changed(_LOOKED_BACK):
        work.tell(one, "promise.looked_back")
    work.written.append(
        Written(
            promise=promise.pk,
            cells={
                column.value: (one.standing.values[column], cells[column]) for column in changed
            },
            settled=one.settlement if promise.settled_on is None else None,
            decided=decided,
        )
    )


def _sign(promise: Promise, back: Written | None, work: _Work) -> None:
    """Say who decided whether it goes on: as it was, when that is taken back."""
    if promise.carry_over == CarryOver.OPEN:
        promise.carried_by, promise.carried_on = None, None
    elif back is not None and back.decided is not None and back.decided[1]:
        promise.carried_by_id = back.decided[0]
        promise.carried_on = date.fromisoformat(back.decided[1])
    else:
        promise.carried_by, promise.carried_on = work.by, work.today


def _yes_no(value: str) -> bool | None:
    return value == YES if value else None


def _save(promises: Sequence[Promise]) -> None:
    """Write whole rows that are locked: as one statement a batch, whatever differs in them."""
    Promise.objects.bulk_create(
        promises,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_FIELDS,
    )
