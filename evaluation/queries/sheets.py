"""The rows of an evaluation's spreadsheet: what goes out, and how things stand when it comes back.

Three questions to the database, whatever the number of promises.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branches.models import User
from core.spreadsheet_rows import kept
from core.spreadsheets import text_of
from evaluation.enums import Reason, Verdict
from evaluation.models import Assessment, Assignment, Evaluation
from evaluation.rules import verdict as values
from evaluation.rules.sheet import EMPTY, MINE, NO, YES, Column, in_cell
from evaluation.rules.sheet_diff import Standing

_YES_NO = {True: YES, False: NO, None: ""}
_NOTHING_FOUND = {column: EMPTY.get(column, "") for column in MINE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One promise, as a row of the sheet shows it and as the rule compares it.

    Attributes:
        promise: its id.
        shown: the cells for reading only.
        standing: the values of the cells that may be edited, and what the others found.
    """

    promise: int
    shown: dict[Column, str]
    standing: Standing


@dataclass(frozen=True, slots=True)
class _Found:
    """An assessment, as far as a sheet needs it."""

    person: int | None
    name: str
    verdict: str
    reason: str
    timing: str
    note: str

    def finding(self) -> values.Finding:
        return values.Finding(
            verdict=values.Verdict(self.verdict),
            reason=values.Reason(self.reason) if self.reason else None,
            timing=values.Timing(self.timing),
        )

    def mine(self) -> dict[Column, str]:
        return {
            Column.MY_VERDICT: self.verdict,
            Column.MY_REASON: self.reason,
            Column.MY_TIMING: self.timing,
            Column.MY_NOTE: _kept(Column.MY_NOTE, self.note),
        }

    def words(self) -> str:
        verdict = str(Verdict(self.verdict).label)
        if self.reason:
            verdict = f"{verdict} ({Reason(self.reason).label})"
        return f"{self.name or _('somebody who left')}: {verdict}"


def lines(
    *, evaluation: Evaluation, person: User, promises: Collection[int] | None = None
) -> list[Line]:
    """Return the promises of an evaluation that count, in the order of the programme.

    Args:
        evaluation: whose promises.
        person: whose findings are the personal columns.
        promises: only these ids; None for all.
    """
    rows = evaluation.promises.current().order_by("measure__number", "pk")
    assessments = Assessment.objects.filter(promise__evaluation=evaluation)
    assignments = Assignment.objects.filter(promise__evaluation=evaluation)
    if promises is not None:
        rows = rows.filter(pk__in=promises)
        assessments = assessments.filter(promise__in=promises)
        assignments = assignments.filter(promise__in=promises)
    found: dict[int, list[_Found]] = defaultdict(list)
    for promise, person_id, name, *finding, note in assessments.order_by("pk").values_list(
        "promise", "assessor", "assessor__name", "verdict", "reason", "timing", "note"
    ):
        verdict, reason, timing = finding
        found[promise].append(_Found(person_id, name or "", verdict, reason, timing, note))
    who: dict[int, list[str]] = defaultdict(list)
    for promise, name, email in assignments.order_by("person__name", "pk").values_list(
        "promise", "person__name", "person__email"
    ):
        who[promise].append(name or email)
    return [_line(row, found[row["pk"]], who[row["pk"]], person) for row in rows.values(*_FIELDS)]


_SECTION = "measure__section__title"
_CHAPTER = "measure__section__chapter__title"
_FIELDS = (
    "pk",
    "measure__number",
    "measure__text",
    _SECTION,
    _CHAPTER,
    "portfolio",
    "weight",
    "verdict",
    "reason",
    "disputed",
    "settled_on",
    "explanation",
    "good",
    "topical",
    "carry_over",
    "carry_reason",
)


def _line(row: dict[str, object], found: Iterable[_Found], who: list[str], person: User) -> Line:
    mine = dict(_NOTHING_FOUND)
    others = []
    for one in found:
        if one.person == person.pk:
            mine = one.mine()
        else:
            others.append(one)
    return Line(
        promise=row["pk"],  # type: ignore[arg-type]
        shown={
            Column.NUMBER: str(row["measure__number"]),
            Column.CHAPTER: _kept(Column.CHAPTER, row[_CHAPTER]),
            Column.SECTION: _kept(Column.SECTION, row[_SECTION]),
            Column.TEXT: _kept(Column.TEXT, row["measure__text"]),
            Column.WHO: _kept(Column.WHO, ", ".join(who)),
            Column.OUTCOME: _outcome(row),
            Column.OTHERS: _kept(Column.OTHERS, "; ".join(one.words() for one in others)),
        },
        standing=Standing(
            values={
                **mine,
                Column.PORTFOLIO: _kept(Column.PORTFOLIO, row["portfolio"]),
                Column.WEIGHT: str(row["weight"]),
                Column.EXPLANATION: _kept(Column.EXPLANATION, row["explanation"]),
                Column.GOOD: _YES_NO[row["good"]],  # type: ignore[index]
                Column.TOPICAL: _YES_NO[row["topical"]],  # type: ignore[index]
                Column.CARRY_OVER: str(row["carry_over"]),
                Column.CARRY_REASON: _kept(Column.CARRY_REASON, row["carry_reason"]),
            },
            others=[one.finding() for one in others],
            verdict=values.Verdict(str(row["verdict"])),
            settled=row["settled_on"] is not None,
        ),
    )


def _kept(column: Column, text: object) -> str:
    """Return a text as a cell gives it back: without what no spreadsheet can hold."""
    return in_cell(column, kept(text_of(str(text or ""))))


def _outcome(row: dict[str, object]) -> str:
    """Return what came of it, in words; that assessors differ is no verdict yet."""
    if row["disputed"]:
        return pgettext("verdict", "not agreed on yet")
    words, reason = str(Verdict(str(row["verdict"])).label), str(row["reason"])
    return f"{words} ({Reason(reason).label})" if reason else words
