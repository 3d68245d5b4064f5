"""The national template as the office reads it: phases, windows in words, order in doubt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from process.enums import Phase
from process.models import TemplateMilestone, TemplateVersion
from process.rules.order import POLLING_DAY, Fault, problems
from process.rules.timetable import StatutoryKey
from process.timetable_text import KEY_LABELS

# Any day will do: only the weeks between the targets count.
_ANCHOR = date(2000, 1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseBlock:
    """The milestones of one phase."""

    phase: Phase
    milestones: list[TemplateMilestone]


def phases(version: TemplateVersion) -> list[PhaseBlock]:
    """Return a version's milestones with their parts, by phase: two queries."""
    rows = list(version.milestones.prefetch_related("parts").order_by("phase", "position"))
    return [
        PhaseBlock(phase=Phase(phase), milestones=list(own))
        for phase, own in groupby(rows, key=lambda row: row.phase)
    ]


def versions() -> list[TemplateVersion]:
    """Return all published versions, the latest first."""
    published = TemplateVersion.objects.filter(is_draft=False)
    return list(published.select_related("created_by").order_by("-number"))


def draft() -> TemplateVersion | None:
    """Return the draft, if there is one."""
    return TemplateVersion.objects.filter(is_draft=True).select_related("created_by").first()


def window_words(milestone: TemplateMilestone) -> str:
    """Say a window in weeks from polling day, or which statutory date it is."""
    if milestone.statutory_key:
        return _("By law: %(date)s") % {"date": KEY_LABELS[StatutoryKey(milestone.statutory_key)]}
    start, end, target = milestone.start_week, milestone.end_week, milestone.target_week
    if start is None or end is None or target is None:
        return ""
    if start == end:
        return week_words(target)
    numbers = {"start": abs(start), "end": abs(end), "target": abs(target)}
    if end < 0:
        return _("%(start)s to %(end)s weeks before polling day, target %(target)s") % numbers
    if start > 0:
        return _("%(start)s to %(end)s weeks after polling day, target %(target)s") % numbers
    return _("%(start)s to %(end)s, target %(target)s") % {
        "start": week_words(start),
        "end": week_words(end),
        "target": week_words(target),
    }


def week_words(week: int) -> str:
    """Say a number of weeks from polling day."""
    if week == 0:
        return _("the week of polling day")
    size = abs(week)
    if week < 0:
        return ngettext(
            "%(count)s week before polling day", "%(count)s weeks before polling day", size
        ) % {"count": size}
    return ngettext(
        "%(count)s week after polling day", "%(count)s weeks after polling day", size
    ) % {"count": size}


def order_warnings(milestones: Iterable[TemplateMilestone]) -> list[str]:
    """Return a sentence for each pair of targets that stand the wrong way round.

    Planning would move the first of them earlier by itself; it is better to say so before.
    """
    titles = {row.key: row.title for row in milestones}
    weeks = {row.key: row.target_week for row in milestones if row.target_week is not None}
    days = {key: _ANCHOR + timedelta(weeks=week) for key, week in weeks.items()}
    days[POLLING_DAY] = _ANCHOR
    weeks[POLLING_DAY] = 0
    titles.setdefault(POLLING_DAY, _("Polling day"))
    return [
        _(
            "“%(first)s” (%(first_week)s) comes before “%(then)s” (%(then_week)s), and here it is "
            "the other way round. The plan would move the first one earlier."
        )
        % {
            "first": titles[problem.rule.first],
            "first_week": week_words(weeks[problem.rule.first]),
            "then": titles[problem.rule.then],
            "then_week": week_words(weeks[problem.rule.then]),
        }
        for problem in problems(days=days)
        if problem.fault is Fault.REVERSED
    ]
