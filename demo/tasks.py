"""Work of a demonstration that is done later."""

from __future__ import annotations

from datetime import date

from demo.services import travel
from jobs.services import outside_transaction


@outside_transaction
def travel_on(*, until: str) -> None:
    """Live the days that are left to ``until`` (an ISO day). Run twice it does no harm."""
    travel.travel_on(until=date.fromisoformat(until))
