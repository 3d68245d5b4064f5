"""What a spreadsheet changes, as a page tells it: promise by promise, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.models import Promise, SheetImport
from evaluation.rules.sheet import LONGEST, Column, Trouble
from evaluation.rules.verdict import Verdict
from evaluation.services.sheets import key_of
from evaluation.sheets.words import Labels, labels, trouble_sentence

MOST_ROWS_NAMED = 12
"""Rows of the sheet that a remark names; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """One cell: what it is now and what the sheet says.

    Attributes:
        key: its name in a form.
        takes_back: whether somebody's own verdict goes, with its reason and note.
        taken: whether it was taken over; None as long as that is not decided.
    """

    key: str
    column: str
    now: str
    sheet: str
    conflict: bool
    takes_back: bool
    taken: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseChange:
    """One promise with its changed cells."""

    pk: int
    number: int
    text: str
    cells: list[CellChange]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something that was not taken over, and where."""

    title: str
    why: str
    rows: list[int]
    more: int  # rows that are not named
    texts: list[str]


def promise_changes(entries: Iterable[Mapping[str, Any]]) -> list[PromiseChange]:
    """Return the changed cells of ``SheetImport.changes`` by promise: one query."""
    known = labels()
    by_promise: dict[int, list[CellChange]] = defaultdict(list)
    for entry in entries:
        by_promise[entry["promise"]].append(_cell(entry, known))
    rows = Promise.objects.filter(pk__in=by_promise).order_by("measure__number", "pk")
    return [
        PromiseChange(pk=pk, number=number, text=text, cells=by_promise[pk])
        for pk, number, text in rows.values_list("pk", "measure__number", "measure__text")
    ]


def counts(sheet: SheetImport) -> dict[str, int]:
    """Return how many cells, promises and conflicts there are."""
    return {
        "cells": len(sheet.changes),
        "promises": len({entry["promise"] for entry in sheet.changes}),
        "conflicts": sum(1 for entry in sheet.changes if entry["conflict"]),
        "taken_back": sum(1 for entry in sheet.changes if _takes_back(entry)),
    }


def refused(remarks: Mapping[str, Any]) -> list[Remark]:
    """Return the cells and rows that were not taken over, equal ones together."""
    known = labels()
    together: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for problem in remarks.get("problems", ()):
        together[problem["trouble"], problem["column"]].append(problem)
    found = []
    for (trouble, name), problems in together.items():
        column = Column(name) if name else None
        limit = LONGEST.get(column, 0) if column else 0
        rows, more = _named([problem["row"] for problem in problems])
        found.append(
            Remark(
                title=known.headers[column] if column else "",
                why=trouble_sentence(Trouble(trouble), column, known, limit),
                rows=rows,
                more=more,
                texts=sorted({one["text"] for one in problems if one["text"]})[:3],
            )
        )
    return found


def ignored(remarks: Mapping[str, Any]) -> list[Remark]:
    """Return the columns for reading only that were edited all the same."""
    known = labels()
    found = []
    for name, numbers in remarks.get("ignored", {}).items():
        rows, more = _named(numbers)
        found.append(
            Remark(title=known.headers[Column(name)], why="", rows=rows, more=more, texts=[])
        )
    return found


def missing(remarks: Mapping[str, Any]) -> list[str]:
    """Return the headers of columns that were not in the sheet."""
    known = labels()
    return [known.headers[Column(name)] for name in remarks.get("missing", ())]


def _named(rows: Sequence[int]) -> tuple[list[int], int]:
    return list(rows[:MOST_ROWS_NAMED]), max(0, len(rows) - MOST_ROWS_NAMED)


def _takes_back(entry: Mapping[str, Any]) -> bool:
    return bool(
        entry["column"] == Column.MY_VERDICT and entry["value"] == Verdict.NOT_ASSESSED.value
    )


def _cell(entry: Mapping[str, Any], known: Labels) -> CellChange:
    column = Column(entry["column"])
    return CellChange(
        key=key_of(entry),
        column=known.headers[column],
        now=known.named(column, entry["current"]),
        sheet=known.named(column, entry["value"]),
        conflict=entry["conflict"],
        takes_back=_takes_back(entry),
        taken=entry.get("taken"),
    )
