"""How the spreadsheet of an evaluation calls its columns and values, in every language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from evaluation.enums import CarryOver, Reason, Timing, Verdict
from evaluation.models.evaluation import HEAVIEST
from evaluation.rules.sheet import (
    EMPTY,
    NO,
    WORDED,
    YES,
    Column,
    Trouble,
    Vocabulary,
)

Words = Mapping[Column, Mapping[str, str]]

FIXED_HEADERS = {Column.ID: "id", Column.STAND: "stand"}
"""Headers that are the same in every language: by them a sheet is known as ours."""

HEADERS: dict[Column, str | Lazy] = {
    **FIXED_HEADERS,
    Column.NUMBER: gettext_lazy("No."),
    Column.CHAPTER: gettext_lazy("Chapter"),
    Column.SECTION: gettext_lazy("Section"),
    Column.TEXT: gettext_lazy("Promise"),
    Column.WHO: gettext_lazy("Dealt out to"),
    Column.MY_VERDICT: gettext_lazy("My verdict"),
    Column.MY_REASON: gettext_lazy("My reason"),
    Column.MY_TIMING: gettext_lazy("My on time or late"),
    Column.MY_NOTE: gettext_lazy("My note"),
    Column.OUTCOME: gettext_lazy("Outcome"),
    Column.OTHERS: gettext_lazy("Verdicts of others"),
    Column.PORTFOLIO: gettext_lazy("Portfolio"),
    Column.WEIGHT: gettext_lazy("Weight"),
    Column.EXPLANATION: gettext_lazy("Explanation for the public"),
    Column.GOOD: gettext_lazy("Was it good?"),
    Column.TOPICAL: gettext_lazy("Still topical?"),
    Column.CARRY_OVER: gettext_lazy("Carry over?"),
    Column.CARRY_REASON: gettext_lazy("Why carry over or drop"),
}

TROUBLES: dict[Trouble, str | Lazy] = {
    Trouble.UNKNOWN_WORD: gettext_lazy("We do not know this word here. You can choose: %(words)s."),
    Trouble.FORMULA: gettext_lazy("This is a formula: we do not compute. Type what it should say."),
    Trouble.TOO_LONG: gettext_lazy("This text is too long: %(limit)s characters fit."),
    Trouble.NOT_YOURS: gettext_lazy(
        "Somebody else downloaded this sheet: its personal columns are theirs. "
        "Download one of your own to judge."
    ),
    Trouble.NOT_ALLOWED: gettext_lazy("This column is for the council group to fill in."),
    Trouble.NO_VERDICT: gettext_lazy("There is no verdict of yours to go with it. Judge as well."),
    Trouble.DOES_NOT_FIT: gettext_lazy("This does not go together with your verdict."),
    Trouble.NO_REASON: gettext_lazy("Say in a few words why you drop it: members will ask."),
    Trouble.NO_DECISION: gettext_lazy("Say as well whether it goes on or is dropped."),
    Trouble.NOT_ASSESSED: gettext_lazy(
        "First the verdict, then whether it goes on: this promise has no outcome yet."
    ),
    Trouble.TWICE: gettext_lazy("This promise is in the sheet twice. We took the first row."),
    Trouble.NO_STAND: gettext_lazy(
        "We cannot tell which promise this row is about: its cell under “id” or “stand” was "
        "changed. Download the sheet again and copy your work into it."
    ),
    Trouble.TORN: gettext_lazy(
        "The number and the text are of another promise than the rest of this row. Was only part "
        "of the sheet sorted? Download it again."
    ),
    Trouble.RETIRED: gettext_lazy("This promise is no longer in the programme."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Headers and words in one language, to write a sheet with and to show its cells.

    Attributes:
        headers: column → header.
        words: column → value → word; a value that an empty cell says has none, but in a list.
    """

    headers: Mapping[Column, str]
    words: Words

    def shown(self, column: Column, value: str) -> str:
        """Return what a cell with this value says."""
        if column is Column.WEIGHT or column is Column.CARRY_OVER:
            return self.words[column].get(value, value)
        if column not in WORDED:
            return value
        return "" if value == EMPTY.get(column, "") else self.words[column][value]

    def named(self, column: Column, value: str) -> str:
        """Return a value in words, for a page: an empty one too."""
        if column in WORDED:
            return self.words[column].get(value) or "–"
        return value or "–"

    def choices(self, column: Column) -> list[str]:
        """Return the words that a cell may say; none for a column of free text."""
        return [word for value, word in self.words.get(column, {}).items() if word and value]


def labels() -> Labels:
    """Return the headers and words of the language of now."""
    return Labels(
        headers={column: str(header) for column, header in HEADERS.items()},
        words={column: words() for column, words in _WORDS.items()},
    )


def vocabulary() -> Vocabulary:
    """Return the headers and words of every language: a sheet comes back as it went out."""
    headers: dict[str, Column] = {}
    words: dict[Column, dict[str, str]] = {column: {} for column in _WORDS}
    for language, _name in settings.LANGUAGES:
        with override(language):
            known = labels()
        headers |= {header.casefold(): column for column, header in known.headers.items()}
        for column, names in known.words.items():
            words[column] |= {word.casefold(): value for value, word in names.items()}
    return Vocabulary(headers=headers, words=words)


def trouble_sentence(trouble: Trouble, column: Column | None, known: Labels, limit: int) -> str:
    """Return why a cell or row was not taken over, and what to do."""
    words = ", ".join(known.choices(column)) if column is not None else ""
    return str(TROUBLES[trouble]) % {"words": words, "limit": limit}


def _verdicts() -> dict[str, str]:
    return {value: str(label) for value, label in Verdict.choices}


def _reasons() -> dict[str, str]:
    return {value: str(label) for value, label in Reason.choices}


def _timings() -> dict[str, str]:
    return {value: str(label) for value, label in Timing.choices}


def _weights() -> dict[str, str]:
    return {str(weight): str(weight) for weight in range(1, HEAVIEST + 1)}


def _yes_no() -> dict[str, str]:
    return {YES: _("yes"), NO: _("no")}


def _carry_overs() -> dict[str, str]:
    return {value: str(label) for value, label in CarryOver.choices}


_WORDS: dict[Column, Callable[[], dict[str, str]]] = {
    Column.MY_VERDICT: _verdicts,
    Column.MY_REASON: _reasons,
    Column.MY_TIMING: _timings,
    Column.WEIGHT: _weights,
    Column.GOOD: _yes_no,
    Column.TOPICAL: _yes_no,
    Column.CARRY_OVER: _carry_overs,
}
