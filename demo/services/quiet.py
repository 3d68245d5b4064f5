"""Invented people whom nobody plays: they get no mail."""

from __future__ import annotations

from datetime import date

from branches.models import Membership
from demo.data.groups import WORKED
from demo.models import DemoPersona
from notifications.models import Preference

FOREVER = date(2099, 12, 31)


def keep_quiet() -> int:
    """Pause the mail of branches that no visitor plays and nobody worked out; return how many.

    The mailbox page shows every mail that leaves. Of some 350 invented branches those would be
    thousands a week, and the one that a visitor looks for would be lost among them. Nothing else is
    different for these people: whoever wants their mail takes the pause away.
    """
    played = DemoPersona.objects.filter(branch__isnull=False).values("branch")
    pairs = (
        Membership.objects.exclude(branch__in=played)
        .exclude(branch__slug__in=WORKED)
        .order_by("branch", "user")
        .values_list("branch", "user")
        .distinct()
    )
    rows = [
        Preference(branch_id=branch, user_id=user, paused_until=FOREVER) for branch, user in pairs
    ]
    Preference.objects.bulk_create(rows, batch_size=1000)
    return len(rows)
