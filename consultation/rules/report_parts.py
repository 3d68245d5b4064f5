"""What a report of a gathering is made of (R79 … R99). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from consultation.rules.report_days import NamedDay


class Kind(StrEnum):
    """What a point is (R88); the values of ``consultation.enums.PointKind``."""

    INSIGHT = "insight"
    REMARK = "remark"
    PROPOSAL = "proposal"
    LESSON = "lesson"
    QUESTION = "question"


class Why(StrEnum):
    """Why something of the file is no title, question, summary or point."""

    INTRODUCTION = "introduction"
    METHOD = "method"
    CONTACT = "contact"
    CLOSING = "closing"
    LABEL = "label"
    EMPTY_SUBTHEME = "empty_subtheme"
    FOOTNOTE = "footnote"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, and the keys of the blocks that it was made of; each block is in one passage."""

    text: str = ""
    sources: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPoint:
    """One point of a session.

    Attributes:
        passage: its text.
        subtheme: its place among the sub-themes of the session; None: it stands loose.
        kind: what it is, as far as its heading or its question mark says.
        discussed: False when it says of itself that it was not (R84).
    """

    passage: Passage
    subtheme: int | None = None
    kind: Kind = Kind.REMARK
    discussed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSession:
    """One session: ``title`` as it is written, ``name`` without the word "session"."""

    title: Passage
    name: str
    question: Passage
    summary: Passage
    subthemes: tuple[Passage, ...]
    points: tuple[FoundPoint, ...]

    def subtheme_of(self, point: FoundPoint) -> str:
        """Return the sub-theme that a point stands under, or nothing."""
        return "" if point.subtheme is None else self.subthemes[point.subtheme].text

    def is_empty(self, place: int) -> bool:
        """Tell whether a sub-theme is named and has no points."""
        return all(point.subtheme != place for point in self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What is nothing of a session, and why."""

    passage: Passage
    why: Why
    line: int | None = None
    session: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReport:
    """A whole report."""

    title: Passage
    day: NamedDay
    contact: str
    sessions: tuple[FoundSession, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def point_count(self) -> int:
        """How many points there are in all sessions."""
        return sum(len(session.points) for session in self.sessions)

    def introduction(self) -> str:
        """Return what is told before, after and about the sessions, as paragraphs."""
        kept = (Why.INTRODUCTION, Why.METHOD, Why.CLOSING)
        return "\n\n".join(
            f"{one.session}: {one.passage.text}" if one.session else one.passage.text
            for one in self.left_out
            if one.why in kept
        )
