"""A report of a gathering, read back: sessions, sub-themes and points (R79 … R99). Pure.

Every block of the file ends up in exactly one place: the title, a session's title, question,
summary, sub-theme or point, or it is left out with the reason. Nothing here knows one report: a
session is what calls itself so, or else what the highest headings divide; a sub-theme is a heading
in it, or a short line with a colon; a point is an item of a list, or a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from consultation.rules import report_lines as lines
from consultation.rules.report_days import day_of
from consultation.rules.report_parts import (
    FoundPoint,
    FoundSession,
    Kind,
    LeftOut,
    Passage,
    SessionReport,
    Why,
)
from consultation.rules.report_units import Shape, Unit, units_of
from programmes.rules.blocks import Block

LONGEST_QUESTION: Final = 500
_FEW: Final = 8  # words beside an address, in a line that only says where to write


def read_report(blocks: Sequence[Block], *, today: date, name: str = "") -> SessionReport:
    """Return what a report says, in linear time.

    Args:
        blocks: of the file, as ``programmes.reading`` gives them.
        today: for the year of a day without one.
        name: its title when the file has none.
    """
    units = units_of(blocks)
    plan = _plan(units)
    walk = _Walk(title=Passage(name))
    for place, unit in enumerate(units):
        following = next(
            (u for u in units[place + 1 : place + 4] if u.shape is not Shape.OUT), None
        )
        walk.take(unit, role=plan.get(place), following=following)
    return walk.finish(today=today)


@dataclass(slots=True)
class _Draft:
    """A session while it is read."""

    title: Passage
    name: str
    level: int = 0
    question: list[Passage] = field(default_factory=list)
    summary: list[Passage] = field(default_factory=list)
    front: list[Unit] = field(default_factory=list)
    subthemes: list[Passage] = field(default_factory=list)
    points: list[FoundPoint] = field(default_factory=list)
    is_open: bool = True  # nothing but paragraphs so far
    mode: str = ""  # what a heading said that follows: "summary" or "question"


_TITLE: Final = "title"
_SESSION: Final = "session"


def _plan(units: Sequence[Unit]) -> dict[int, str]:
    """Say of which units it is sure that they are the title or the heading of a session."""
    heads = [place for place, unit in enumerate(units) if unit.shape is Shape.HEAD]
    named = [place for place in heads if lines.session_name(units[place].text) is not None]
    if named:
        before = [place for place in heads if place < named[0]]
        titles = before[:1] or _first_line(units, named[0])
        return dict.fromkeys(named, _SESSION) | dict.fromkeys(titles, _TITLE)
    titles = []
    if heads and (
        len(heads) == 1 or units[heads[0]].level < min(units[place].level for place in heads[1:])
    ):
        titles, heads = heads[:1], heads[1:]
    else:
        titles = _first_line(units, heads[0] if heads else len(units))
    highest = min((units[place].level for place in heads), default=0)
    sessions = [place for place in heads if units[place].level == highest]
    return dict.fromkeys(sessions, _SESSION) | dict.fromkeys(titles, _TITLE)


def _first_line(units: Sequence[Unit], end: int) -> list[int]:
    """Return the first line if it can be a title: before the first heading, short, no sentence."""
    first = next((place for place in range(end) if units[place].shape is not Shape.OUT), None)
    if first is None or units[first].shape is not Shape.TEXT:
        return []
    text = units[first].text
    fits = len(text) <= lines.LONGEST_HEADING and not lines.is_ended(text)
    return [first] if fits and len(units[first].sources) == 1 else []


class _Walk:
    """One walk along the units, in the order of reading."""

    def __init__(self, *, title: Passage) -> None:
        self._title = title
        self._sessions: list[_Draft] = []
        self._left: list[LeftOut] = []
        self._around: list[tuple[Unit, Why]] = []  # before and after the sessions
        self._closing = False

    def take(self, unit: Unit, *, role: str | None, following: Unit | None) -> None:
        """Give a unit its place."""
        if unit.shape is Shape.OUT:
            self._left_out(unit, unit.why)
        elif role == _TITLE:
            self._title = unit.passage
        elif role == _SESSION:
            if lines.is_closing(unit.text) and self._sessions:
                self._close(unit)
            else:
                self._begin(unit)
        elif not self._sessions or self._closing:
            self._around.append((unit, Why.CLOSING if self._closing else Why.INTRODUCTION))
        elif (
            unit.shape is Shape.HEAD
            and lines.is_closing(unit.text)
            and unit.level <= self._sessions[-1].level
        ):
            self._close(unit)
        else:
            self._in_session(self._sessions[-1], unit, following)

    def finish(self, *, today: date) -> SessionReport:
        """Return the report."""
        if not self._sessions:
            self._without_sessions()
        told = [self._title.text, *(unit.text for unit, _why in self._around)]
        contact = next(filter(None, (lines.mail_in(text) for text in told)), "")
        for unit, why in self._around:
            self._left_out(unit, Why.CONTACT if _only_says_where(unit.text, contact) else why)
        sessions = tuple(self._finished(draft) for draft in self._sessions)
        return SessionReport(
            title=self._title,
            day=day_of(told, today=today),
            contact=contact,
            sessions=sessions,
            left_out=tuple(sorted(self._left, key=lambda left: _place(left.passage))),
        )

    def _without_sessions(self) -> None:
        """Take everything as one session: its items, or else its paragraphs, are its points."""
        units, self._around = [unit for unit, _why in self._around], []
        draft = _Draft(title=Passage(self._title.text), name=self._title.text)
        self._sessions.append(draft)
        for unit, following in zip(units, [*units[1:], None], strict=False):
            self._in_session(draft, unit, following)

    def _begin(self, unit: Unit) -> None:
        self._closing = False
        name = lines.session_name(unit.text) or unit.text
        self._sessions.append(_Draft(title=unit.passage, name=name, level=unit.level))

    def _close(self, unit: Unit) -> None:
        self._closing = True
        self._around.append((unit, Why.CLOSING))

    def _in_session(self, draft: _Draft, unit: Unit, following: Unit | None) -> None:
        names = unit.shape is Shape.HEAD or (
            lines.is_label(unit.text)
            and following is not None
            and following.shape in {Shape.ITEM, Shape.TEXT}
            and not (unit.shape is Shape.ITEM and following.shape is Shape.TEXT)
            and _stands_over(unit, following)
        )
        if names:
            self._name(draft, unit)
        elif unit.shape is Shape.TEXT and (draft.is_open or draft.mode):
            self._paragraph(draft, unit)
        else:
            draft.is_open, draft.mode = False, ""
            _add_point(draft, unit)

    def _name(self, draft: _Draft, unit: Unit) -> None:
        """Take a heading or label: it announces the summary or the question, or is a sub-theme."""
        text = lines.heading_text(unit.text)
        if lines.is_question_label(text) or lines.is_summary(text):
            draft.mode = "question" if lines.is_question_label(text) else "summary"
            self._left_out(unit, Why.LABEL, draft)
            return
        draft.is_open, draft.mode = False, ""
        draft.subthemes.append(Passage(text, unit.sources))

    def _paragraph(self, draft: _Draft, unit: Unit) -> None:
        if draft.mode == "summary" or (lines.is_summary(unit.text) and draft.is_open):
            draft.mode = "summary"
            draft.summary.append(unit.passage)
        elif draft.mode == "question" and lines.is_question(unit.text):
            draft.question.append(unit.passage)
        elif draft.is_open:
            draft.mode = ""
            draft.front.append(unit)
        else:
            draft.mode = ""
            _add_point(draft, unit)

    def _finished(self, draft: _Draft) -> FoundSession:
        self._settle_front(draft)
        question = _together(draft.question, " ")
        summary = _together(draft.summary, "\n\n")
        if len(question.text) > LONGEST_QUESTION:
            summary = _together([question, summary], "\n\n") if summary else question
            question = Passage()
        session = FoundSession(
            title=draft.title,
            name=draft.name,
            question=question,
            summary=summary,
            subthemes=tuple(draft.subthemes),
            points=tuple(draft.points),
        )
        for place, passage in enumerate(session.subthemes):
            if session.is_empty(place):
                self._left.append(
                    LeftOut(passage=passage, why=Why.EMPTY_SUBTHEME, session=draft.name)
                )
        return session

    def _settle_front(self, draft: _Draft) -> None:
        """Decide about the paragraphs before the first sub-theme or item.

        Above points they are the question, how people worked, or a summary; of a session that has
        nothing else they are its points.
        """
        above = bool(draft.points or draft.subthemes)
        loose: list[FoundPoint] = []
        for unit in draft.front:
            asks = lines.is_question(unit.text) and not draft.question
            if lines.is_question_label(unit.text) or (asks and (above or unit is draft.front[0])):
                draft.question.append(unit.passage)
            elif above and lines.is_method(unit.text):
                self._left_out(unit, Why.METHOD, draft)
            elif above:
                draft.summary.append(unit.passage)
            else:
                loose.append(_point(unit, None, None))
        draft.points[:0] = loose

    def _left_out(self, unit: Unit, why: Why, draft: _Draft | None = None) -> None:
        self._left.append(
            LeftOut(
                passage=unit.passage,
                why=why,
                line=unit.last.line,
                session=draft.name if draft else "",
            )
        )


def _stands_over(unit: Unit, following: Unit) -> bool:
    """Tell whether an item with a colon is the head of the deeper items after it."""
    if unit.shape is not Shape.ITEM:
        return True
    deeper = (following.last.level, following.last.indent) > (unit.last.level, unit.last.indent)
    return following.shape is Shape.ITEM and deeper


def _add_point(draft: _Draft, unit: Unit) -> None:
    place = len(draft.subthemes) - 1 if draft.subthemes else None
    label = draft.subthemes[-1].text if draft.subthemes else ""
    draft.points.append(_point(unit, place, lines.kind_of_label(label)))


def _point(unit: Unit, subtheme: int | None, announced: Kind | None) -> FoundPoint:
    kind = Kind.QUESTION if lines.is_question(unit.text) else announced or Kind.REMARK
    return FoundPoint(
        passage=unit.passage,
        subtheme=subtheme,
        kind=kind,
        discussed=not lines.is_undiscussed(unit.text),
    )


def _together(passages: Sequence[Passage], between: str) -> Passage:
    return Passage(
        between.join(passage.text for passage in passages if passage),
        tuple(key for passage in passages for key in passage.sources),
    )


def _only_says_where(text: str, contact: str) -> bool:
    return bool(contact) and contact in text and len(text.replace("](", " ").split()) <= _FEW + 1


def _place(passage: Passage) -> tuple[int, ...]:
    return tuple(int(part) for part in passage.sources[0].split(".")) if passage.sources else (0,)


def passages_of(report: SessionReport) -> Iterator[Passage]:
    """Yield every passage of a report that has a place in it, each once."""
    yield report.title
    for session in report.sessions:
        yield session.title
        yield session.question
        yield session.summary
        for place, passage in enumerate(session.subthemes):
            if not session.is_empty(place):  # an empty one is among what was left out
                yield passage
        for point in session.points:
            yield point.passage
    for left in report.left_out:
        yield left.passage
