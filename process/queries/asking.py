"""Which milestones ask for something today, as a condition in SQL over many branches.

``process.rules.relevance`` and ``process.queries.timelines`` say the same for one branch; a
property test holds the two together.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q

from process.enums import OPEN_STATUSES
from process.models import Timeline
from process.queries.timelines import STAYS_CURRENT
from process.rules.relevance import FIRST_PHASE_AFTER_ELECTION, LAST_PHASE_BEFORE_ADOPTION


def is_current(*, today: date, timeline: str) -> Q:
    """Return the condition "this is the timeline in which its branch lives on ``today``".

    Args:
        today: the day.
        timeline: the path of lookups to the timeline, ending in ``__``; empty for itself.
    """
    since = today - STAYS_CURRENT
    others = Timeline.objects.filter(branch=OuterRef(f"{timeline}branch"))
    pk, day = OuterRef(f"{timeline}pk"), OuterRef(f"{timeline}polling_day")
    before = others.filter(
        Q(polling_day__lt=day) | Q(polling_day=day, pk__lt=pk), polling_day__gte=since
    )
    after = others.filter(Q(polling_day__gt=day) | Q(polling_day=day, pk__gt=pk))
    lives = {f"{timeline}polling_day__gte": since}
    past = {f"{timeline}polling_day__lt": since}
    return Q(~Exists(before), **lives) | Q(~Exists(after), **past)


def still_asks(*, today: date, milestone: str, timeline: str) -> Q:
    """Return ``process.rules.relevance.still_asks`` as a condition; arguments as for ``asks``."""
    phase = f"{milestone}phase"
    over = Q(**{f"{timeline}polling_day__lt": today})
    return over & Q(**{f"{phase}__gte": FIRST_PHASE_AFTER_ELECTION}) | ~over & (
        Q(**{f"{phase}__gt": LAST_PHASE_BEFORE_ADOPTION})
        | Q(**{f"{timeline}programme_adopted_on": None})
    )


def asks(*, today: date, milestone: str = "", timeline: str = "timeline__") -> Q:
    """Return the condition "open, not overtaken, of the current timeline of an open branch".

    Args:
        today: the day.
        milestone: the path of lookups to the milestone, ending in ``__``; empty for itself.
        timeline: the path to its timeline, ending in ``__``.
    """
    return (
        Q(
            **{
                f"{milestone}status__in": OPEN_STATUSES,
                f"{timeline}branch__closed_on": None,
            }
        )
        & still_asks(today=today, milestone=milestone, timeline=timeline)
        & is_current(today=today, timeline=timeline)
    )
