"""How pledges stand: what their latest public updates say, and which edition the public reads."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Max
from django.utils import timezone

from evaluation.enums import Timing
from evaluation.enums_ten import PledgeStatus
from evaluation.models import Pledge, TopTen
from evaluation.rules.pledge import PledgeStatus as Status
from evaluation.rules.pledge import Told, latest_public


def refresh(*, pledge: Pledge) -> None:
    """Let a pledge repeat what its updates say; call it in the transaction that changes one.

    ``pledge`` carries the new values afterwards. Its revision stays: who has its form open is in
    nobody's way.
    """
    rows = {row.pk: row for row in pledge.updates.standing()}
    told = latest_public(
        Told(pk=row.pk, day=row.day, status=Status(row.status), public=row.public)
        for row in rows.values()
    )
    latest = rows[told.pk] if told else None
    pledge.status = latest.status if latest else PledgeStatus.AGREED
    pledge.reason = latest.reason if latest else ""
    pledge.timing = latest.timing if latest else Timing.UNKNOWN
    pledge.status_on = latest.day if latest else None
    pledge.heard_on = pledge.updates.standing().aggregate(last=Max("day"))["last"]
    pledge.save(update_fields=["status", "reason", "timing", "status_on", "heard_on"])


def new_edition(*, top_ten: TopTen, now: datetime | None = None) -> None:
    """Say that the public pages show something else from now on; in the same transaction.

    Args:
        top_ten: whose pages.
        now: the machine's moment; it dates what is sent, and nothing is decided by it.
    """
    moment = now or timezone.now()
    TopTen.objects.filter(pk=top_ten.pk).update(edition=F("edition") + 1, edited_at=moment)
    top_ten.refresh_from_db(fields=["edition", "edited_at"])
