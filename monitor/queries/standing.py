"""How chosen branches stand on their way to the election they live in, whichever that is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from monitor.wording import reason
from process.models import TemplateMilestone, Timeline
from process.queries.forecasts import forecast_of
from process.queries.timelines import STAYS_CURRENT
from process.rules.forecast import ForecastResult, Outlook


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One branch's way to its election, as the office speaks of it.

    Attributes:
        timeline: with its election; ``None``: the branch has none yet.
        forecast: how it stands.
        title: of what is to be done first, in the reader's language; empty: nothing is open.
        title_nl: the same in Dutch, for mails to the branch.
        deadline: its last day.
    """

    timeline: Timeline | None
    forecast: ForecastResult
    title: str = ""
    title_nl: str = ""
    deadline: date | None = None

    @property
    def outlook(self) -> str:
        """The forecast as a word of ``process.enums.Forecast``."""
        return self.forecast.outlook.value

    def why(self, *, today: date) -> str:
        """Say in one sentence why it has this forecast."""
        return reason(result=self.forecast, title=self.title, today=today)


NOTHING = Standing(timeline=None, forecast=ForecastResult(outlook=Outlook.UNKNOWN))


def standings(*, branches: Collection[int], today: date) -> dict[int, Standing]:
    """Return by branch how it stands: two queries, however many branches.

    ``process.queries.timelines.current_timeline`` says which timeline is meant; branches without
    one are left out.
    """
    rows: dict[int, Timeline] = {}
    found = Timeline.objects.filter(branch__in=branches).select_related("election")
    for row in found.order_by("polling_day", "pk"):
        before = rows.get(row.branch_id)
        if before is None or before.polling_day + STAYS_CURRENT < today:
            rows[row.branch_id] = row
    due = {pk: row.due(today=today) for pk, row in rows.items()}
    titles = _titles({(rows[pk].template_id, key) for pk, (key, _target, _last) in due.items()})
    english = (get_language() or "nl").startswith("en")
    standing = {}
    for pk, row in rows.items():
        key, _target, deadline = due[pk]
        dutch, other = titles.get((row.template_id, key), ("", ""))
        standing[pk] = Standing(
            timeline=row,
            forecast=forecast_of(row, today=today),
            title=(other or dutch) if english else dutch,
            title_nl=dutch,
            deadline=deadline,
        )
    return standing


def _titles(wanted: set[tuple[int, str]]) -> dict[tuple[int, str], tuple[str, str]]:
    found = TemplateMilestone.objects.filter(
        version__in={version for version, _key in wanted}, key__in={key for _version, key in wanted}
    )
    return {
        (version, key): (dutch, english)
        for version, key, dutch, english in found.values_list(
            "version_id", "key", "title_nl", "title_en"
        )
    }
