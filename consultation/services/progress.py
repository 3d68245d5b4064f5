"""Telling the timeline how far the input is; closing a milestone stays a person's word."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Count, Q

from consultation.enums import Classic, Nature, Status
from consultation.models import Channel, Consultation, Contribution, Gathering, Theme
from process.enums import MeetingStatus
from process.services.progress import meet_parts, record_progress

CHOSEN = "themes_and_channels"
OPENED = "input_open"
CLOSED = "input_closed"


@transaction.atomic
def report(*, consultation: Consultation, today: date) -> None:
    """Tell the three milestones of phase 3 how much is there, and which of their parts.

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
    total, done = looked_at["total"], looked_at["done"]
    parts = {
        CHOSEN: {
            "classic_themes": themes["fixed"] == len(Classic),
            "local_themes": bool(themes["own"]),
            "digital_channel": Nature.DIGITAL in natures,
            "physical_channel": Nature.PHYSICAL in natures,
        },
        OPENED: {"channels_open": bool(natures), "gathering": held},
        CLOSED: {"none_untouched": 0 < total == done},
    }
    for key in (CHOSEN, OPENED):
        there = parts[key].values()
        record_progress(timeline=timeline, key=key, done=sum(there), total=len(there), today=today)
    record_progress(timeline=timeline, key=CLOSED, done=done, total=total, today=today)
    meet_parts(timeline=timeline, parts=parts, today=today)
