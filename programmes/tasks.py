"""What the worker does for this room (see the setting ``JOB_HANDLERS``)."""

from __future__ import annotations

from jobs.services import outside_transaction
from programmes.services import importing


@outside_transaction
def read(*, import_id: int) -> None:
    """Read a file that somebody brought."""
    importing.read(import_id=import_id)
