"""The spreadsheet of the top ten: what its rows say when it comes back (R59).

One row a pledge. What stands there now is for reading; what somebody types in the white columns
becomes an update, or is explained. A row that came back as it went out says nothing. Each row
carries a *stand* (signed by the services): of which ten and pledge it is, of which download, and a
mark of what it said, so that an edited grey cell and a row torn apart by sorting are seen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from evaluation.rules.marks import mark
from evaluation.rules.pledge import PledgeStatus
from evaluation.rules.sheet import Computed, Given, plain
from evaluation.rules.telling import Wrong, first_wrong, is_link


class Column(StrEnum):
    """The columns, in their order."""

    ID = "id"
    RANK = "rank"
    TITLE = "title"
    OWNER = "owner"
    NOW = "now"
    LAST = "last"
    STEP = "step"
    DAY = "day"
    STATUS = "status"
    TEXT = "text"
    REASON = "reason"
    LINK = "link"
    PUBLIC = "public"
    STAND = "stand"


READ_ONLY = (Column.RANK, Column.TITLE, Column.OWNER, Column.NOW, Column.LAST, Column.STEP)
EDITABLE = (
    Column.DAY,
    Column.STATUS,
    Column.TEXT,
    Column.REASON,
    Column.LINK,
    Column.PUBLIC,
)
WORDED = (Column.STATUS, Column.REASON, Column.PUBLIC)
"""Columns in which a cell says one of a few words."""

_SAYING = (Column.DAY, Column.STATUS, Column.TEXT, Column.REASON, Column.LINK)
"""Something in one of these, and the row tells something; who may read it says nothing alone."""

YES, NO = "yes", "no"
LONGEST_TEXT = 2000
LONGEST_LINK = 1000
LONGEST_ID = 18
MOST_UPDATES = 100
"""So many updates may one sheet bring: ten times what it has room for."""

_SPACES = re.compile(r"\s+")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_AS_WRITTEN = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
# As .xlsx counts days; the numbers are those of 2000 to 2099, so that a year is no day.
_DAY_ZERO = date(1899, 12, 30)
_SERIALS = range(36_526, 73_051)
_CENTURY = 2000


class Trouble(StrEnum):
    """Why a row is not taken over."""

    NO_STAND = "no_stand"  # its hidden cell is gone or is no longer what we wrote
    TORN = "torn"  # one half belongs to another pledge
    UNKNOWN_WORD = "unknown_word"
    FORMULA = "formula"
    TOO_LONG = "too_long"
    NO_DAY = "no_day"  # what stands there is no day
    TOO_EARLY = "too_early"
    FUTURE = "future"
    NO_TEXT = "no_text"
    NO_PUBLIC = "no_public"  # it does not say who may read it
    NO_REASON = "no_reason"
    NO_EVIDENCE = "no_evidence"
    NO_LINK = "no_link"  # what stands there is no link


_OF_THE_RULE = {
    Wrong.TOO_EARLY: (Column.DAY, Trouble.TOO_EARLY),
    Wrong.FUTURE: (Column.DAY, Trouble.FUTURE),
    Wrong.SAYS_NOTHING: (Column.TEXT, Trouble.NO_TEXT),
    Wrong.NO_REASON: (Column.REASON, Trouble.NO_REASON),
    Wrong.NO_EVIDENCE: (Column.LINK, Trouble.NO_EVIDENCE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How a row went out.

    Attributes:
        download: of one file: two downloads of the same words tell two things.
        marks: one for each column of ``READ_ONLY``.
    """

    top_ten: int
    pledge: int
    download: str
    marks: Mapping[Column, str]

    def was(self, column: Column, text: str) -> bool:
        """Tell whether this is what the cell said when it went out."""
        return self.marks[column] == mark_of(column, text)

    def written(self) -> str:
        """Return it as a text without spaces, to be signed."""
        marks = ".".join(self.marks[column] for column in READ_ONLY)
        return f"{self.top_ten}.{self.pledge}.{self.download}.{marks}"

    @classmethod
    def read(cls, text: str) -> Stand:
        """Return what ``written`` wrote.

        Raises:
            ValueError: it is something else.
        """
        top_ten, pledge, download, *marks = text.split(".")
        return cls(
            top_ten=int(top_ten),
            pledge=int(pledge),
            download=download,
            marks=dict(zip(READ_ONLY, marks, strict=True)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as it came back: its number in the sheet, and the cells of the columns that we know."""

    number: int
    cells: Mapping[Column, Given]

    def text(self, column: Column) -> str:
        """Return a cell's text; nothing for one that is not there or that is computed."""
        cell = self.cells.get(column, "")
        return "" if isinstance(cell, Computed) else plain(cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a pledge stands here, as far as a row about it asks.

    Attributes:
        reason: why it stands so, if that was said; it holds as long as the status does.
        shown_public: something that everybody may see shows it already.
        shown: something shows it already, public or not.
    """

    rank: int
    status: PledgeStatus
    reason: str = ""
    shown_public: bool = False
    shown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a row tells.

    Attributes:
        same: no status was filled in: it stays as it is, whatever that is once it is told.
        typed: the cells as they came, for knowing the same row again.
    """

    row: int
    pledge: int
    day: date
    status: PledgeStatus
    same: bool
    text: str
    reason: str
    link: str
    public: bool
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a row is not taken over, or one cell of it."""

    row: int
    trouble: Trouble
    column: Column | None = None
    text: str = ""


@dataclass(slots=True, kw_only=True)
class Reading:
    """All of it.

    Attributes:
        tellings: rows that tell something.
        problems: of the rows that tell nothing because something is wrong with them.
        ignored: column for reading → the rows in which it was edited all the same.
    """

    tellings: list[Telling] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored: dict[Column, list[int]] = field(default_factory=dict)


def mark_of(column: Column, text: str) -> str:
    """Return the short mark of what a cell for reading said."""
    return mark(f"{column}\0{_SPACES.sub(' ', plain(text)).strip()}")


def read_day(text: str) -> date | None:
    """Return the day that a cell says: 2022-03-23, 23-3-2022, 23/3/22, or a day of .xlsx itself."""
    text = text.strip()
    if (serial := _SERIAL.fullmatch(text)) and int(serial[1]) in _SERIALS:
        return _DAY_ZERO + timedelta(days=int(serial[1]))
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _AS_WRITTEN.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        year += _CENTURY if year < 100 else 0  # noqa: PLR2004 - two digits
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_rows(
    *,
    rows: Iterable[Row],
    stands: Mapping[int, Stand],
    standings: Mapping[int, Standing],
    words: Mapping[Column, Mapping[str, str]],
    polling_day: date,
    today: date,
) -> Reading:
    """Return what the rows of a sheet tell.

    Args:
        rows: as they came back.
        stands: number of a row → how it went out, for the stands that we signed for this ten.
        standings: pledge → how it stands here.
        words: column of ``WORDED`` → word, casefolded → value.
        polling_day: nothing is told of a day before it.
        today: an empty day is today; no day is later.
    """
    found = Reading()
    for row in rows:
        stand = stands.get(row.number)
        says = any(row.cells.get(column) for column in _SAYING)
        if stand is None or stand.pledge not in standings:
            # A row of nothing but a note of one's own is no row of ours.
            if says:
                found.problems.append(Problem(row=row.number, trouble=Trouble.NO_STAND))
        elif _torn(row, stand):
            if says:
                found.problems.append(Problem(row=row.number, trouble=Trouble.TORN))
        else:
            _ignore(row, stand, found)
            if says:
                told = _tell(
                    row, stand, standings[stand.pledge], words, polling_day=polling_day, today=today
                )
                if isinstance(told, Telling):
                    found.tellings.append(told)
                else:
                    found.problems += told
    return found


def _torn(row: Row, stand: Stand) -> bool:
    """Tell whether the row is of two pledges: sorted without taking all columns along."""
    both = (Column.RANK, Column.TITLE)
    return all(column in row.cells and not stand.was(column, row.text(column)) for column in both)


def _ignore(row: Row, stand: Stand, found: Reading) -> None:
    for column in READ_ONLY:
        cell = row.cells.get(column)
        if cell is not None and (isinstance(cell, Computed) or not stand.was(column, cell)):
            found.ignored.setdefault(column, []).append(row.number)


def _tell(
    row: Row,
    stand: Stand,
    standing: Standing,
    words: Mapping[Column, Mapping[str, str]],
    *,
    polling_day: date,
    today: date,
) -> Telling | list[Problem]:
    problems = [
        Problem(row=row.number, trouble=Trouble.FORMULA, column=column, text=cell.text)
        for column in EDITABLE
        if isinstance(cell := row.cells.get(column, ""), Computed)
    ]
    typed = {column: row.text(column) for column in EDITABLE}
    values = {column: _value(column, typed[column], words) for column in EDITABLE}
    wrong_cells = {problem.column for problem in problems}
    for column, value in values.items():
        if isinstance(value, Trouble) and column not in wrong_cells:
            problems.append(
                Problem(row=row.number, trouble=value, column=column, text=typed[column])
            )
    if problems:
        return problems
    day = read_day(typed[Column.DAY]) or today
    public = values[Column.PUBLIC] == YES
    link = typed[Column.LINK]
    same = not values[Column.STATUS]
    status = standing.status if same else PledgeStatus(str(values[Column.STATUS]))
    reason = str(values[Column.REASON]) or (standing.reason if same else "")
    wrong = first_wrong(
        agreed=True,
        rank=standing.rank,
        day=day,
        polling_day=polling_day,
        today=today,
        status=status,
        reason=reason,
        text=typed[Column.TEXT],
        shown=bool(link) or (standing.shown_public if public else standing.shown),
    )
    if wrong is not None:
        column, trouble = _OF_THE_RULE[wrong]
        return [Problem(row=row.number, trouble=trouble, column=column, text=typed[column])]
    return Telling(
        row=row.number,
        pledge=stand.pledge,
        day=day,
        status=status,
        same=same,
        text=typed[Column.TEXT].strip(),
        reason=reason,
        link=link,
        public=public,
        typed="\0".join([stand.download, *typed.values()]),
    )


def _value(column: Column, text: str, words: Mapping[Column, Mapping[str, str]]) -> str | Trouble:
    """Return what a white cell says, or why it says nothing that we know."""
    if column in WORDED:
        word = _SPACES.sub(" ", text).strip().casefold()
        if not word:
            return Trouble.NO_PUBLIC if column is Column.PUBLIC else ""
        return words[column].get(word, Trouble.UNKNOWN_WORD)
    checks: Mapping[Column, tuple[tuple[bool, Trouble], ...]] = {
        Column.DAY: ((bool(text) and read_day(text) is None, Trouble.NO_DAY),),
        Column.TEXT: (
            (not text.strip(), Trouble.NO_TEXT),
            (len(text) > LONGEST_TEXT, Trouble.TOO_LONG),
        ),
        Column.LINK: ((bool(text) and not is_link(text), Trouble.NO_LINK),),
    }
    return next((trouble for holds, trouble in checks[column] if holds), text)


def places(header: Sequence[Given], names: Mapping[str, Column]) -> dict[Column, int]:
    """Return where the columns are, by their headers (casefolded → column); the first one counts.

    Their order is free, and columns of one's own may stand among them.
    """
    found: dict[Column, int] = {}
    for place, cell in enumerate(header):
        name = _SPACES.sub(" ", "" if isinstance(cell, Computed) else plain(cell)).strip()
        column = names.get(name.casefold())
        if column is not None:
            found.setdefault(column, place)
    return found


def missing(found: Collection[Column]) -> list[Column]:
    """Return the white columns that are not there."""
    return [column for column in EDITABLE if column not in found]
