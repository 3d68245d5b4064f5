"""A mail about a branch of which nobody knows whether it arrived."""

from __future__ import annotations

from datetime import UTC, datetime

from branches.models import Branch, User
from notifications.enums import DeliveryState
from notifications.models import Delivery
from tests.clock import FIRST_DAY

NOON = datetime(2021, 10, 4, 10, tzinfo=UTC)


def park(*, branch: Branch, recipient: User) -> Delivery:
    """Keep such a mail."""
    return Delivery.objects.create(
        recipient=recipient,
        mail="meeting_moved",
        key=f"meeting.moved:{recipient.pk}:1:1:{FIRST_DAY}",
        branch=branch,
        day=FIRST_DAY,
        state=DeliveryState.PARKED,
        attempts=3,
        doubts=3,
        send_after=NOON,
        created_at=NOON,
    )
