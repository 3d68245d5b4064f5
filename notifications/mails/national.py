"""Where the country stands, on Mondays, for the national office: whom to call, and what went well.

The office reads numbers with their base, and names: whoever turned late or silent in the week, at
most twenty; of those that have been late for long, who were in the mail of last week as well, the
first eight. The rest is a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import day_words, distance
from core.mail import absolute
from core.text import inside
from notifications.mails.parts import Call, Calls, NationalPart, joined, shown
from notifications.mails.saying import branches_words, more_words
from notifications.models import RuleSetting
from notifications.rules.catalogue import BY_KEY
from process.enums import Forecast, MilestoneStatus, TargetOrigin
from process.models import Milestone, TemplateMilestone, Timeline
from process.queries.asking import asks
from process.queries.forecasts import URGENCY, with_forecast
from process.queries.timelines import STAYS_CURRENT
from process.rules.forecast import SILENT_AFTER
from process.thread.knots import forecast_word

AT_MOST: Final = 20
LATE_AT_MOST: Final = 8
A_WEEK: Final = timedelta(days=7)
NAMED: Final = 3
"""So many milestones are named for a branch that is late with more."""

_LATE: Final = BY_KEY["milestone.late_national"]
_DAYS_PER_WEEK: Final = 7


def national_part(*, today: date) -> NationalPart:
    """Return where the country stands: some ten queries, whatever the number of branches.

    Args:
        today: a Monday, or the day on which its mail leaves after all.
    """
    timelines = _timelines(today)
    number, turned = _turned(timelines, today)
    calls = (turned, _late(today))
    return NationalPart(
        url=absolute(reverse("monitor:national")),
        turned=number,
        counts=tuple(_counts(timelines)),
        calls=tuple(row for row in calls if row is not None),
        changes=tuple(_changes(today)),
    )


def _timelines(today: date) -> QuerySet[Any, Any]:
    # One row a branch and election, of the elections that the country is living in.
    rows = Timeline.objects.filter(branch__closed_on=None, polling_day__gte=today - STAYS_CURRENT)
    return with_forecast(rows, today=today)


def _counts(timelines: QuerySet[Any, Any]) -> list[str]:
    rows = (
        timelines.order_by()
        .values_list("election__polling_day", "election__name", "outlook")
        .annotate(number=Count("pk"))
    )
    elections: dict[tuple[date, str], dict[str, int]] = {}
    for day, name, outlook, number in rows:
        elections.setdefault((day, name), {})[outlook] = number
    lines = []
    for (_day, name), numbers in sorted(elections.items()):
        total = sum(numbers.values())
        pieces = [
            f"{numbers[outlook]} {inside(forecast_word(outlook))}"
            for outlook in URGENCY
            if numbers.get(outlook)
        ]
        lines.append(
            ngettext(
                "%(name)s, %(count)s branch: %(pieces)s",
                "%(name)s, %(count)s branches: %(pieces)s",
                total,
            )
            % {"name": shown(name), "count": total, "pieces": ", ".join(pieces)}
        )
    return lines


def _turned(timelines: QuerySet[Any, Any], today: date) -> tuple[int, Calls | None]:
    """Return how many branches turned late or silent in the week, and the first of them."""
    before = today - A_WEEK
    turned = Q(outlook=Forecast.LATE, due_deadline__gte=before) | Q(
        Q(heard_on__gt=before - SILENT_AFTER) | Q(due_target__gt=before),
        outlook=Forecast.SILENT,
    )
    rows = (
        timelines.filter(turned)
        .select_related("branch")
        .order_by("urgency", "due_deadline", "branch__name")
    )
    total = rows.count()
    if not total:
        return 0, None
    shown_rows = list(rows[:AT_MOST])
    titles = _titles(shown_rows)
    return total, Calls(
        title=_("Who could use a call: late or silent since last week"),
        branches=tuple(
            Call(
                name=shown(row.branch.name),
                url=absolute(reverse("process:today", args=[row.branch.slug])),
                reason=_reason(row, titles, today),
            )
            for row in shown_rows
        ),
        more=more_words(total - len(shown_rows)),
        url=absolute(reverse("monitor:national")),
    )


def _titles(rows: Iterable[Any]) -> dict[tuple[int, str], str]:
    wanted = {(row.template_id, row.due_key) for row in rows}
    found = TemplateMilestone.objects.filter(
        version__in={version for version, _key in wanted}, key__in={key for _version, key in wanted}
    )
    return {(row.version_id, row.key): shown(row.title) for row in found}


def _reason(row: Any, titles: dict[tuple[int, str], str], today: date) -> str:
    title = titles.get((row.template_id, row.due_key), row.due_key)
    if row.outlook == Forecast.SILENT:
        quiet = (today - row.heard_on).days // _DAYS_PER_WEEK
        return _("Nothing heard for %(weeks)s weeks; “%(milestone)s” is due.") % {
            "weeks": quiet,
            "milestone": title,
        }
    day = row.due_deadline
    return _("“%(milestone)s”: the last day was %(day)s, %(distance)s.") % {
        "milestone": title,
        "day": day_words(day),
        "distance": distance(day, today=today),
    }


def _late(today: date) -> Calls | None:
    """Return the branches with milestones that are late for longer than the office's rule says."""
    setting = RuleSetting.objects.filter(rule=_LATE.key).first()
    if setting is not None and not setting.is_on:
        return None
    days = setting.days if setting is not None else _LATE.days
    late = (
        Milestone.objects.filter(asks(today=today), deadline__lte=today - timedelta(days=days))
        .exclude(target_origin=TargetOrigin.STATUTORY)
        .order_by()
    )
    by_branch = late.values("timeline__branch").annotate(number=Count("pk"))
    total = by_branch.count()
    if not total:
        return None
    first = by_branch.order_by("-number", "timeline__branch__name")[:LATE_AT_MOST]
    order = [row["timeline__branch"] for row in first]
    branches: dict[int, list[Milestone]] = {pk: [] for pk in order}
    rows = late.filter(timeline__branch__in=order).select_related("definition", "timeline__branch")
    for row in rows.order_by("deadline", "position"):
        branches[row.timeline.branch_id].append(row)
    return Calls(
        title=ngettext(
            "Late for more than %(count)s day: perhaps they could use a hand",
            "Late for more than %(count)s days: perhaps they could use a hand",
            days - 1,
        )
        % {"count": days - 1},
        branches=tuple(_late_call(branches[pk], today) for pk in order),
        more=more_words(total - len(order)),
        url=absolute(f"{reverse('monitor:national')}?{urlencode({'outlook': Forecast.LATE})}"),
    )


def _late_call(rows: Sequence[Milestone], today: date) -> Call:
    branch, titles = rows[0].timeline.branch, [shown(row.definition.title) for row in rows]
    more = more_words(len(titles) - NAMED)
    names = joined((_("“%(title)s”") % {"title": title} for title in titles[:NAMED]), by=", ")
    return Call(
        name=shown(branch.name),
        url=absolute(reverse("process:timeline", args=[branch.slug])),
        reason=_("%(names)s; the first since %(far)s.")
        % {
            "names": joined((names, more), by=" "),
            "far": distance(rows[0].deadline, today=today),
        },
    )


def _changes(today: date) -> list[str]:
    since = today - A_WEEK
    done = Milestone.objects.filter(
        status=MilestoneStatus.DONE, done_on__gt=since, done_on__lte=today
    ).aggregate(number=Count("pk"), branches=Count("timeline__branch", distinct=True))
    adopted = Timeline.objects.filter(
        programme_adopted_on__gt=since, programme_adopted_on__lte=today
    ).count()
    lines = []
    if done["number"]:
        lines.append(
            ngettext(
                "%(count)s milestone done, in %(branches)s",
                "%(count)s milestones done, in %(branches)s",
                done["number"],
            )
            % {"count": done["number"], "branches": branches_words(done["branches"])}
        )
    if adopted:
        lines.append(_("Programme adopted in %(branches)s") % {"branches": branches_words(adopted)})
    return [str(capfirst(line)) for line in lines]
