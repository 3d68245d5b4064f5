"""Invented people whom nobody plays: they get no mail by themselves."""

from __future__ import annotations

from branches.models import Membership
from demo.data.groups import WORKED
from demo.models import DemoPersona
from notifications.enums import Kind
from notifications.models import Preference


def keep_quiet() -> int:
    """Stop the mail of branches that no visitor plays and nobody worked out; return how many.

    The mailbox page shows every mail that leaves. Of some 350 invented branches those would be
    thousands a week, and the one that a visitor looks for would be lost among them. What the
    national office writes to them comes: a visitor did that.
    """
    played = DemoPersona.objects.filter(branch__isnull=False).values("branch")
    pairs = (
        Membership.objects.exclude(branch__in=played)
        .exclude(branch__slug__in=WORKED)
        .order_by("branch", "user")
        .values_list("branch", "user")
        .distinct()
    )
    stopped = {kind.value: False for kind in Kind if kind is not Kind.OFFICE}
    rows = [Preference(branch_id=branch, user_id=user, **stopped) for branch, user in pairs]
    Preference.objects.bulk_create(rows, batch_size=1000)
    return len(rows)
