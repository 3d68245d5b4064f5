"""Work of lists that is done later (see the setting ``JOB_HANDLERS``)."""

from __future__ import annotations

from consultation.services import lists


def take_over_list(*, list_id: int, by_id: int, day: str) -> None:
    """Let everything in a long list come in."""
    lists.take_over_later(list_id=list_id, by_id=by_id, day=day)
