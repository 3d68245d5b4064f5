"""Beginning to collect input: the six themes and the first channels are there at once."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from branches import audit
from branches.models import User
from consultation.enums import FACE_TO_FACE, ChannelKind, Classic, Nature
from consultation.models import Channel, Consultation, Theme
from consultation.services import progress
from process.models import Timeline


@transaction.atomic
def start(*, timeline: Timeline, by: User | None, today: date) -> Consultation:
    """Begin to collect input on the way to an election; begun twice, it is begun once.

    The six classic themes are there (R28); so are a form and a gathering as channels, not open yet.
    """
    consultation, created = Consultation.objects.get_or_create(
        timeline=timeline,
        defaults={"branch": timeline.branch, "started_on": today, "started_by": by},
    )
    if not created:
        return consultation
    Theme.objects.bulk_create(
        Theme(consultation=consultation, classic=classic, position=place)
        for place, classic in enumerate(Classic.values)
    )
    Channel.objects.bulk_create(
        Channel(consultation=consultation, kind=kind, nature=nature_of(kind))
        for kind in (ChannelKind.FORM, ChannelKind.MEETING)
    )
    audit.record(
        verb="consultation.started",
        by=by,
        branch=timeline.branch,
        today=today,
        subject=consultation,
    )
    progress.report(consultation=consultation, today=today)
    return consultation


def nature_of(kind: str) -> Nature:
    """Return how people take part through a kind of channel, unless the branch says otherwise."""
    return Nature.PHYSICAL if kind in FACE_TO_FACE else Nature.DIGITAL
