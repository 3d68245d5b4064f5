"""A report that was read back, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from consultation.rules.report_days import NamedDay
from consultation.rules.report_parts import LeftOut, SessionReport, Why
from core.dates import day_words

_WHY = {
    Why.INTRODUCTION: _lazy("Stands before the sessions: kept as the introduction."),
    Why.METHOD: _lazy("Tells how people worked: kept with the introduction."),
    Why.CONTACT: _lazy("Says only where to write: the address is kept."),
    Why.CLOSING: _lazy("Stands after the sessions: kept with the introduction."),
    Why.LABEL: _lazy("Only announces the summary or the question that follows."),
    Why.EMPTY_SUBTHEME: _lazy("A sub-theme without points: kept as named, not talked about."),
    Why.FOOTNOTE: _lazy("A footnote."),
    Why.SIGN: _lazy("Holds no words."),
}


def why_words(why: Why) -> str:
    """Say why something is no title, question, summary or point, and where it went."""
    return str(_WHY[why])


def as_json(report: SessionReport, *, day: date | None = None) -> dict[str, Any]:
    """Return a report as plain values.

    ``{"title", "date", "contact", "sessions": [{"title", "question", "summary", "points":
    [{"subtheme", "text"}]}], "left_out": [{"line", "text", "why"}]}``. The date is an ISO day when
    the year is sure, else as the report writes it. Texts that are not there are empty.

    Args:
        report: as it was read.
        day: what a person said that its day was.
    """
    sure = day or report.day.day
    return {
        "title": report.title.text,
        "date": sure.isoformat() if sure else report.day.written,
        "contact": report.contact,
        "sessions": [
            {
                "title": session.title.text or session.name,
                "question": session.question.text,
                "summary": session.summary.text,
                "points": [
                    {"subtheme": session.subtheme_of(point), "text": point.passage.text}
                    for point in session.points
                ],
            }
            for session in report.sessions
        ],
        "left_out": [_left_out(one) for one in report.left_out],
    }


def summary(report: SessionReport, *, day: date | None = None) -> Iterator[str]:
    """Yield what was recognised, as lines to read."""
    yield report.title.text
    yield day_words(day) if day else remark_of(report.day)
    if report.contact:
        yield _("More can be sent to %(address)s.") % {"address": report.contact}
    for session in report.sessions:
        yield ""
        yield _("%(title)s (sub-themes: %(subthemes)s, points: %(points)s)") % {
            "title": session.title.text or session.name,
            "subthemes": len(session.subthemes),
            "points": len(session.points),
        }
        if session.question:
            yield f"  ? {session.question.text}"
        for place, passage in enumerate(session.subthemes):
            count = sum(point.subtheme == place for point in session.points)
            yield f"  {count:>4} · {passage.text}"
    if report.left_out:
        yield ""
        yield _("No point, question or summary:")
        for left in report.left_out:
            yield f"  {_short(left.passage.text)} – {why_words(left.why)}"


def remark_of(named: NamedDay) -> str:
    """Say which day a report names, and how its year was found or what it may be."""
    if not named.written:
        return _("This report names no day.")
    if named.day is not None and named.possible:
        return _(
            "The report says “%(written)s” without a year. By its weekday that was %(day)s: the "
            "only one in ten years."
        ) % {"written": named.written, "day": day_words(named.day)}
    if named.day is not None:
        return day_words(named.day)
    if named.by_weekday and named.possible:
        return _(
            "The report says “%(written)s” without a year. By its weekday it may be: %(days)s."
        ) % {"written": named.written, "days": ", ".join(map(day_words, named.possible))}
    if named.by_weekday:
        return _(
            "The report says “%(written)s” without a year, on a weekday that it had in none of "
            "the last ten years."
        ) % {"written": named.written}
    return _("The report says “%(written)s” without a year.") % {"written": named.written}


def _left_out(one: LeftOut) -> dict[str, Any]:
    line = one.line
    if line is None and one.passage.sources:
        line = int(one.passage.sources[0].partition(".")[0]) + 1
    return {"line": line, "text": one.passage.text, "why": why_words(one.why)}


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"  # noqa: PLR2004 - a line of a terminal
