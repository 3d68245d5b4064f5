"""The sentences about a result: numbers always with their base, unknown kept apart.

Every page, document and spreadsheet takes its words here, so that they say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.dates import day_words
from evaluation.enums import CarryOver, Reason, Timing, Verdict
from evaluation.printing.chart import Bar
from evaluation.queries.results import PromiseLine, Result
from evaluation.rules import verdict as values
from evaluation.rules.carrying import CarryCount
from evaluation.rules.score import JUDGED, Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The counts as a table: a head, and rows of which the first cell names the row."""

    head: Sequence[str]
    rows: Sequence[Sequence[str | int]]


def headline(score: Score) -> str:
    """Say how much was delivered: "31 of 48 promises delivered, 5 not yet assessed"."""
    delivered = ngettext(
        "%(done)s of %(total)s promise delivered",
        "%(done)s of %(total)s promises delivered",
        score.total,
    ) % {"done": score.delivered, "total": score.total}
    if not score.unknown:
        return delivered
    return _("%(delivered)s, %(unknown)s not yet assessed") % {
        "delivered": delivered,
        "unknown": score.unknown,
    }


def remarks(result: Result, *, weighted: bool = False) -> list[str]:
    """Return what else the counts tell, a sentence each; nothing that counts 0."""
    score = result.score
    said = [
        _shares(score),
        _by_weight(score) if weighted else "",
        _timing(score),
        _reasons(score),
        _vague(score),
        _disputes(result.disputed),
    ]
    return [sentence for sentence in said if sentence]


def carrying(carry: CarryCount) -> list[str]:
    """Return how far the decisions are, a sentence each."""
    said = []
    if carry.needed:
        said.append(
            ngettext(
                "Decided about %(done)s of %(total)s promise (those delivered left aside).",
                "Decided about %(done)s of %(total)s promises (those delivered left aside).",
                carry.asking,
            )
            % {"done": carry.decided, "total": carry.asking}
        )
        if carry.coming:
            said.append(
                ngettext(
                    "%(count)s of those has no verdict yet: first that, then the decision.",
                    "%(count)s of those have no verdict yet: first that, then the decision.",
                    carry.coming,
                )
                % {"count": carry.coming}
            )
    if carry.carried:
        said.append(
            ngettext(
                "%(count)s promise goes on to the new programme.",
                "%(count)s promises go on to the new programme.",
                carry.carried,
            )
            % {"count": carry.carried}
        )
    if carry.carried_delivered:
        said.append(
            ngettext(
                "%(count)s of those was delivered, and still matters.",
                "%(count)s of those were delivered, and still matter.",
                carry.carried_delivered,
            )
            % {"count": carry.carried_delivered}
        )
    if carry.dropped:
        said.append(
            ngettext(
                "%(count)s promise is dropped, with the reason beside it.",
                "%(count)s promises are dropped, with the reason beside them.",
                carry.dropped,
            )
            % {"count": carry.dropped}
        )
    return said


def bars(result: Result) -> list[Bar]:
    """Return the bars of the chart: all promises, then each chapter; one chapter is the whole."""
    whole = Bar(label=_("All promises"), counts=result.score.counts)
    if len(result.chapters) == 1:
        return [whole]
    return [whole, *(Bar(label=one.title, counts=one.score.counts) for one in result.chapters)]


def table(result: Result, *, weighted: bool = False) -> Table:
    """Return the counts of all promises and of each chapter, by verdict."""
    head = [
        _("Chapter"),
        *(_label(verdict) for verdict in values.Verdict),
        pgettext("column", "Promises"),
    ]
    if weighted:
        head.append(_("Delivered by weight"))
    named = [(_("All promises"), result.score)]
    named += [(chapter.title, chapter.score) for chapter in result.chapters]
    return Table(head=head, rows=[_row(name, score, weighted=weighted) for name, score in named])


def outcome(line: PromiseLine) -> str:
    """Return a promise's verdict with its reason and timing in one line."""
    if line.disputed:
        return _("not agreed on yet: %(verdicts)s") % {"verdicts": findings(line)}
    parts = [str(Verdict(line.verdict).label), reason(line), timing(line)]
    return ", ".join(part for part in parts if part)


def findings(line: PromiseLine) -> str:
    """Return the different verdicts on a disputed promise, without who gave which."""
    return " / ".join(str(Verdict(one).label) for one in line.findings)


def reason(line: PromiseLine) -> str:
    """Return why not, or nothing."""
    return str(Reason(line.reason).label) if line.reason else ""


def timing(line: PromiseLine) -> str:
    """Return whether it was on time, or nothing when that was not said."""
    return "" if line.timing is values.Timing.UNKNOWN else str(Timing(line.timing).label)


def carry_over(line: PromiseLine) -> str:
    """Return what was decided about going on, with the reason; nothing when nothing was."""
    if line.carry_over == CarryOver.OPEN:
        return ""
    word = str(CarryOver(line.carry_over).label)
    return f"{word}: {line.carry_reason}" if line.carry_reason else word


def judges(names: Sequence[str]) -> str:
    """Say who judged."""
    if not names:
        return _("Nobody has judged anything yet.")
    return _("Judged by %(names)s.") % {"names": ", ".join(names)}


def as_of(day: date) -> str:
    """Say of which day the numbers are."""
    return _("As it stands on %(day)s.") % {"day": day_words(day)}


def chart_title() -> str:
    """Name the chart."""
    return _("What came of the promises, per chapter")


def chart_desc() -> str:
    """Say where the facts of the chart stand in words."""
    return _(
        "Each bar is as long as the others and is divided by verdict. The same numbers stand in "
        "the table below."
    )


def _label(verdict: values.Verdict) -> str:
    return str(Verdict(verdict).label)


def _row(name: str, score: Score, *, weighted: bool) -> list[str | int]:
    row: list[str | int] = [name, *(score.counts[verdict] for verdict in values.Verdict)]
    row.append(score.total)
    if weighted:
        row.append(
            _("%(done)s of %(total)s")
            % {"done": score.weight_delivered, "total": score.weight_judged}
        )
    return row


def _shares(score: Score) -> str:
    shares = score.percentages()
    if shares is None:
        return ""
    return _("Of the %(judged)s that could be judged: %(shares)s.") % {
        "judged": score.judged,
        "shares": ", ".join(f"{shares[one]}% {_label(one)}" for one in JUDGED if score.counts[one]),
    }


def _by_weight(score: Score) -> str:
    shares = score.percentages(weighted=True)
    if shares is None:
        return ""
    return _("By weight: %(done)s of %(total)s points delivered, %(share)s%%.") % {
        "done": score.weight_delivered,
        "total": score.weight_judged,
        "share": shares[values.Verdict.DELIVERED],
    }


def _timing(score: Score) -> str:
    on_time = score.timings[values.Timing.ON_TIME]
    late = score.timings[values.Timing.LATE]
    if not on_time + late:
        return ""
    said = _("Of the %(delivered)s delivered, %(on_time)s came on time and %(late)s late.") % {
        "delivered": score.delivered,
        "on_time": on_time,
        "late": late,
    }
    unsaid = score.timings[values.Timing.UNKNOWN]
    if not unsaid:
        return said
    rest = _("Of %(count)s that was not said.") % {"count": unsaid}
    return f"{said} {rest}"


def _reasons(score: Score) -> str:
    if not score.reasons:
        return ""
    named = (f"{Reason(one).label} ({count})" for one, count in score.reasons.items())
    return _("Why not, or not wholly: %(reasons)s.") % {"reasons": ", ".join(named)}


def _vague(score: Score) -> str:
    if not score.not_testable:
        return ""
    return ngettext(
        "%(count)s promise cannot be tested: it is in no percentage.",
        "%(count)s promises cannot be tested: they are in no percentage.",
        score.not_testable,
    ) % {"count": score.not_testable}


def _disputes(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "On %(count)s promise the verdicts differ; it counts as not yet assessed.",
        "On %(count)s promises the verdicts differ; they count as not yet assessed.",
        count,
    ) % {"count": count}
