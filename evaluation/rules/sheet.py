"""The spreadsheet of an evaluation: its columns, what their cells may say, and what they said.

The same columns go out and come in. Each row carries a *stand*: a short mark of every cell as it
went out, who took it out and of which promise and evaluation, so that what somebody edited can be
told from what changed here meanwhile. Nothing in it can be read; ``evaluation.services`` sign it.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evaluation.rules.verdict import Timing, Verdict


class Column(StrEnum):
    """The columns, in their order."""

    ID = "id"
    NUMBER = "number"
    CHAPTER = "chapter"
    SECTION = "section"
    TEXT = "text"
    WHO = "who"
    MY_VERDICT = "my_verdict"
    MY_REASON = "my_reason"
    MY_TIMING = "my_timing"
    MY_NOTE = "my_note"
    OUTCOME = "outcome"
    OTHERS = "others"
    PORTFOLIO = "portfolio"
    WEIGHT = "weight"
    EXPLANATION = "explanation"
    GOOD = "good"
    TOPICAL = "topical"
    CARRY_OVER = "carry_over"
    CARRY_REASON = "carry_reason"
    STAND = "stand"


MINE = (Column.MY_VERDICT, Column.MY_REASON, Column.MY_TIMING, Column.MY_NOTE)
"""Columns about what one person found: they belong to whoever took the sheet out."""

SHARED = (
    Column.PORTFOLIO,
    Column.WEIGHT,
    Column.EXPLANATION,
    Column.GOOD,
    Column.TOPICAL,
    Column.CARRY_OVER,
    Column.CARRY_REASON,
)
"""Columns about the promise itself."""

EDITABLE = (*MINE, *SHARED)
READ_ONLY = (
    Column.NUMBER,
    Column.CHAPTER,
    Column.SECTION,
    Column.TEXT,
    Column.WHO,
    Column.OUTCOME,
    Column.OTHERS,
)

MARKED = tuple(column for column in Column if column not in (Column.ID, Column.STAND))
"""Columns whose cells the stand remembers, in the order of their marks in it."""

WORDED = frozenset(EDITABLE) - {
    Column.MY_NOTE,
    Column.PORTFOLIO,
    Column.EXPLANATION,
    Column.CARRY_REASON,
}
"""Columns in which a cell says one of a few words."""

LONGEST = {
    Column.MY_NOTE: 5000,
    Column.PORTFOLIO: 80,
    Column.EXPLANATION: 5000,
    Column.CARRY_REASON: 1000,
}
"""Characters that a text may have."""

ONE_LINE = frozenset({Column.PORTFOLIO, Column.CARRY_REASON})

OPEN, DROP = "open", "drop"
YES, NO = "yes", "no"

EMPTY = {
    Column.MY_VERDICT: Verdict.NOT_ASSESSED.value,
    Column.MY_TIMING: Timing.UNKNOWN.value,
    Column.WEIGHT: "1",
    Column.CARRY_OVER: OPEN,
}
"""What an empty cell says; where it is not named here: nothing."""

_BYTES_OF_MARK = 6
_SIGNS_OF_MARK = 8
_SPACES = re.compile(r"\s+")
# An apostrophe before what looks like a formula: put there by one program, taken off by another.
_APOSTROPHES = re.compile(r"^'+(?=[=+\-@])")


class Trouble(StrEnum):
    """Why a cell or a row is not taken over."""

    UNKNOWN_WORD = "unknown_word"
    FORMULA = "formula"
    TOO_LONG = "too_long"
    NOT_YOURS = "not_yours"  # the personal columns of somebody else's sheet
    NOT_ALLOWED = "not_allowed"  # what this person may not change at all
    NO_VERDICT = "no_verdict"  # a reason, a moment or a note without a verdict
    DOES_NOT_FIT = "does_not_fit"  # a reason or a moment that this verdict cannot have
    NO_REASON = "no_reason"  # dropped without saying why
    NO_DECISION = "no_decision"  # why it goes on or not, without saying which
    NOT_ASSESSED = "not_assessed"  # a decision about what has no outcome yet
    TWICE = "twice"  # a row for a promise that another row is about
    NO_STAND = "no_stand"  # a row whose hidden cell is gone or is no longer what we wrote
    TORN = "torn"  # a row of which one half belongs to another promise
    RETIRED = "retired"  # the promise is no longer in the programme


@dataclass(frozen=True, slots=True)
class Computed:
    """A cell with a formula: what it says is known to nobody here."""

    text: str = ""


Given = str | Computed


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """How people call columns and values, in every language at once; all of it casefolded.

    Attributes:
        headers: header → column.
        words: column → word → value, for the columns of ``WORDED``.
    """

    headers: Mapping[str, Column]
    words: Mapping[Column, Mapping[str, str]]

    def column(self, header: str) -> Column | None:
        """Return which column a header names, if any."""
        return self.headers.get(_folded(header))


def mark(column: Column, value: str) -> str:
    """Return the short mark of what a cell said: equal for equal values, and not to be read."""
    hashed = hashlib.blake2b(
        f"{column}\0{plain(value)}".encode("utf-8", "replace"), digest_size=_BYTES_OF_MARK
    )
    return binascii.b2a_base64(hashed.digest(), newline=False).decode("ascii")


def plain(text: str) -> str:
    """Return a text without the differences that programs make of themselves."""
    text = text.strip()
    return _APOSTROPHES.sub("", text) if text[:1] == "'" else text


def parse(column: Column, cell: Given, vocabulary: Vocabulary) -> str | Trouble:
    """Return the value that an editable cell says, or why it says none.

    Args:
        column: one of ``EDITABLE``.
        cell: its text, as read; an empty one says what ``EMPTY`` says.
        vocabulary: the words.
    """
    if isinstance(cell, Computed):
        return Trouble.FORMULA
    if column in WORDED:
        word = _folded(cell)
        if not word:
            return EMPTY.get(column, "")
        return vocabulary.words[column].get(word, Trouble.UNKNOWN_WORD)
    text = in_cell(column, cell)
    return text if len(text) <= LONGEST[column] else Trouble.TOO_LONG


def in_cell(column: Column, text: str) -> str:
    """Return a text as a cell of this column holds it: some hold one line alone."""
    return _SPACES.sub(" ", text).strip() if column in ONE_LINE else text.strip()


def same(column: Column, one: str, other: str) -> bool:
    """Tell whether two values of a column are the same to a reader."""
    return one == other or (column not in WORDED and plain(one) == plain(other))


def _folded(text: str) -> str:
    return _SPACES.sub(" ", plain(text)).strip().casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How one row went out, to whom, and of which promise."""

    evaluation: int
    person: int
    promise: int
    marks: Mapping[Column, str] = field(default_factory=dict)

    def was(self, column: Column, value: str) -> bool:
        """Tell whether this is what the cell said when it went out."""
        return self.marks[column] == mark(column, value)

    def written(self) -> str:
        """Return it as a text without spaces, to be signed."""
        marks = "".join(self.marks[column] for column in MARKED)
        return f"{self.evaluation}.{self.person}.{self.promise}.{marks}"

    @classmethod
    def read(cls, text: str) -> Stand:
        """Return what ``written`` wrote.

        Raises:
            ValueError: it is something else, or was written for other columns than there are now.
        """
        evaluation, person, promise, marks = text.split(".")
        if len(marks) != _SIGNS_OF_MARK * len(MARKED):
            raise ValueError(text)
        pieces = (marks[at : at + _SIGNS_OF_MARK] for at in range(0, len(marks), _SIGNS_OF_MARK))
        return cls(
            evaluation=int(evaluation),
            person=int(person),
            promise=int(promise),
            marks=dict(zip(MARKED, pieces, strict=True)),
        )
