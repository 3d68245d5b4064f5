"""What changed in a week: steps taken, decisions, who went late or silent, who came back.

Each list is one statement that also tells how long the whole list is, and is cut where a page ends.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.utils.translation import get_language

from evaluation.models import TopTen
from process.enums import DecisionKind, Forecast
from process.models import Decision, Election, Milestone, Timeline
from process.queries.forecasts import with_forecast
from process.rules.forecast import SILENT_AFTER

WEEK = timedelta(days=7)
ON_A_PAGE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that happened in one branch.

    Attributes:
        what: title of the milestone, or the kind of decision; may be empty.
        day: on which it happened; of a branch that went late: its last day.
    """

    name: str
    slug: str
    what: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """The first of what happened, and how much there was."""

    lines: Sequence[Line]
    total: int

    @property
    def more(self) -> int:
        """How many are not among the first."""
        return self.total - len(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The seven days up to and including a day.

    Attributes:
        done: milestones that were done; not those of the law.
        decisions: of members' meetings, but for top tens.
        tens: top tens that were agreed.
        late: branches whose last day for something passed in this week.
        silent: branches of which nothing was heard for so long since this week.
        back: branches that did something which was late, and are on time again.
    """

    first: date
    until: date
    done: News
    decisions: News
    tens: News
    late: News
    silent: News
    back: News


def week_news(*, election: Election, today: date, most: int = ON_A_PAGE) -> Week:
    """Return what changed in the seven days up to today: six statements.

    Args:
        election: whose branches; those that ended are left out.
        today: the last day of the week.
        most: lines in each list.
    """
    first = today - WEEK + timedelta(days=1)
    rows: QuerySet[Any, Any] = with_forecast(
        Timeline.objects.filter(election=election, branch__closed_on=None), today=today
    )
    # Late is who is past the last day: it begins the day after.
    went_late = Q(outlook=Forecast.LATE, due_deadline__gte=first - timedelta(days=1))
    fell_silent = Q(outlook=Forecast.SILENT) & (
        Q(heard_on__gte=first - SILENT_AFTER) | Q(due_target__gte=first)
    )
    made_up = Milestone.objects.filter(
        timeline=OuterRef("pk"), done_on__gte=first, done_on__lte=today, deadline__lt=F("done_on")
    )
    on_time_again = rows.filter(Exists(made_up)).exclude(
        outlook__in=[Forecast.LATE, Forecast.SILENT]
    )
    return Week(
        first=first,
        until=today,
        done=_milestones(election, first=first, today=today, most=most),
        decisions=_decisions(election, first=first, today=today, most=most),
        tens=_tens(election, first=first, today=today, most=most),
        late=_branches(rows.filter(went_late), "due_deadline", most=most),
        silent=_branches(rows.filter(fell_silent), "heard_on", most=most),
        back=_branches(on_time_again, "last_activity_on", most=most),
    )


def _milestones(election: Election, *, first: date, today: date, most: int) -> News:
    english = (get_language() or "nl").startswith("en")
    title = "definition__title_en" if english else "definition__title_nl"
    rows = (
        Milestone.objects.filter(
            timeline__election=election,
            timeline__branch__closed_on=None,
            done_on__gte=first,
            done_on__lte=today,
        )
        .exclude(target_origin="statutory")
        .order_by("-done_on", "timeline__branch__name", "position", "pk")
    )
    return _news(rows, "timeline__branch", title, "done_on", most=most)


def _decisions(election: Election, *, first: date, today: date, most: int) -> News:
    rows = (
        Decision.objects.current()
        .filter(
            timeline__election=election,
            timeline__branch__closed_on=None,
            decided_on__gte=first,
            decided_on__lte=today,
        )
        .exclude(kind=DecisionKind.AGREE_TOP_TEN)
        .order_by("-decided_on", "timeline__branch__name", "pk")
    )
    labels = dict(DecisionKind.choices)
    return _news(
        rows, "timeline__branch", "kind", "decided_on", most=most, word=lambda kind: labels[kind]
    )


def _tens(election: Election, *, first: date, today: date, most: int) -> News:
    rows = TopTen.objects.filter(
        timeline__election=election,
        branch__closed_on=None,
        agreed_on__gte=first,
        agreed_on__lte=today,
    ).order_by("-agreed_on", "branch__name", "pk")
    return _news(rows, "branch", None, "agreed_on", most=most)


def _branches(rows: QuerySet[Any, Any], day: str, *, most: int) -> News:
    return _news(rows.order_by("branch__name", "pk"), "branch", None, day, most=most)


def _news(
    rows: QuerySet[Any, Any],
    branch: str,
    what: str | None,
    day: str,
    *,
    most: int,
    word: Callable[[str], object] = str,
) -> News:
    """Return the first lines of a list; each row also brings the length of the whole."""
    fields = [f"{branch}__name", f"{branch}__slug", day, *([what] if what else [])]
    found = list(rows.annotate(of=Window(Count("pk"))).values_list("of", *fields)[:most])
    return News(
        lines=[
            Line(name=name, slug=slug, day=when, what=str(word(more[0])) if more else "")
            for _of, name, slug, when, *more in found
        ],
        total=found[0][0] if found else 0,
    )
