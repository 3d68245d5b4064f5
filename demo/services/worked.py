"""Four branches in full: Harlingen on time, Arnhem tight, Den Haag late, Oirschot ahead."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from demo.data.groups import ARNHEM, DEN_HAAG, HARLINGEN, OIRSCHOT
from demo.services.acts import arnhem, den_haag, harlingen, oirschot
from demo.services.elections import REGULAR_2022
from demo.services.people import Crew
from demo.services.stage import Stage
from process.models import Timeline

_PLAYS: Mapping[str, Callable[[Stage], None]] = {
    HARLINGEN: harlingen.play,
    ARNHEM: arnhem.play,
    DEN_HAAG: den_haag.play,
    OIRSCHOT: oirschot.play,
}


def play_worked_branches(*, crews: Mapping[str, Crew]) -> None:
    """Play the four, each act through the service that people use, on its own day."""
    rows = Timeline.objects.filter(election__polling_day=REGULAR_2022, branch__slug__in=_PLAYS)
    timelines = {row.branch.slug: row for row in rows.select_related("branch", "election")}
    for slug, play in _PLAYS.items():
        play(Stage(timeline=timelines[slug], crew=crews[slug]))
