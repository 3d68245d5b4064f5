"""Telling the timeline how far the input is; closing a milestone stays a person's word."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q

from consultation.enums import Nature, Status
from consultation.models import Channel, Consultation, Contribution, Gathering, Theme
from process.enums import MeetingStatus
from process.services.progress import record_progress

CHOSEN = "themes_and_channels"
OPENED = "input_open"
CLOSED = "input_closed"


def report(*, consultation: Consultation, today: date) -> None:
    """Tell the three milestones of phase 3 how much of how much is there.

    Every service that changes one of these numbers calls it, inside its own transaction; a constant
    number of queries.
    """
    timeline = consultation.timeline
    themes = (
        Theme.objects.current()
        .filter(consultation=consultation)
        .aggregate(fixed=Count("pk", filter=~Q(classic="")), own=Count("pk", filter=Q(classic="")))
    )
    natures = set(
        Channel.objects.open().filter(consultation=consultation).values_list("nature", flat=True)
    )
    held = Gathering.objects.filter(
        consultation=consultation, meeting__status=MeetingStatus.HELD
    ).exists()
    looked_at = (
        Contribution.objects.listed()
        .filter(consultation=consultation)
        .aggregate(total=Count("pk"), done=Count("pk", filter=~Q(status=Status.NEW)))
    )
    chosen = (
        bool(themes["fixed"]),
        bool(themes["own"]),
        Nature.DIGITAL in natures,
        Nature.PHYSICAL in natures,
    )
    opened = (bool(natures), held)
    for key, done, total in (
        (CHOSEN, sum(chosen), len(chosen)),
        (OPENED, sum(opened), len(opened)),
        (CLOSED, looked_at["done"], looked_at["total"]),
    ):
        record_progress(timeline=timeline, key=key, done=done, total=total, today=today)
