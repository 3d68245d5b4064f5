"""What the office has of branches that merge or end: see ADR 12."""

from __future__ import annotations

from datetime import date

from django.db.models import F
from django.utils.translation import ngettext

from branches.models import Branch, User
from branches.succession import Effect, Merger
from monitor.enums_helping import HelpState
from monitor.models import Activity, Attendance, Call, ContactPerson, HelpRequest


class BranchFollower:
    """Named in ``settings.BRANCH_FOLLOWERS``; called inside the transaction of a merger."""

    def merged(self, *, merger: Merger, by: User, today: date) -> list[Effect]:
        """Let go along what is still to be answered, done or held, and who looks after them."""
        del by
        before, after = merger.predecessors, merger.successor
        Call.objects.filter(
            branch__in=before, follow_up_on__isnull=False, followed_up_on=None
        ).update(branch=after)
        coming = Activity.objects.filter(ends_at__date__gte=today)
        Attendance.objects.filter(branch__in=before, activity__in=coming).update(branch=after)
        coming.filter(branch__in=before).update(branch=after, revision=F("revision") + 1)
        _contact(merger)
        waiting = HelpRequest.objects.filter(branch__in=before).exclude(state=HelpState.CLOSED)
        count = waiting.update(branch=after, revision=F("revision") + 1)
        if not count:
            return []
        sentence = ngettext(
            "%(count)s open question to the national office goes along.",
            "%(count)s open questions to the national office go along.",
            count,
        )
        return [Effect(sentence=sentence % {"count": count})]

    def closed(self, *, branch: Branch, by: User, today: date) -> list[Effect]:
        """Take from the office's lists what nobody waits for any more."""
        del by
        Call.objects.filter(branch=branch, follow_up_on__isnull=False, followed_up_on=None).update(
            followed_up_on=today
        )
        Activity.objects.filter(branch=branch, cancelled_on=None, ends_at__date__gte=today).update(
            cancelled_on=today, revision=F("revision") + 1
        )
        waiting = HelpRequest.objects.filter(branch=branch).exclude(state=HelpState.CLOSED)
        count = waiting.update(
            state=HelpState.CLOSED,
            closed_on=today,
            waiting_since=None,
            revision=F("revision") + 1,
        )
        if not count:
            return []
        sentence = ngettext(
            "%(count)s open question to the national office is closed.",
            "%(count)s open questions to the national office are closed.",
            count,
        )
        return [Effect(sentence=sentence % {"count": count})]


def _contact(merger: Merger) -> None:
    """Let who looked after one of them look after the branch that goes on; one is enough."""
    rows = ContactPerson.objects.filter(branch__in=merger.predecessors)
    if not ContactPerson.objects.filter(branch=merger.successor).exists():
        first = rows.order_by("-since", "pk").first()
        if first is not None:
            ContactPerson.objects.filter(pk=first.pk).update(branch=merger.successor)
    rows.delete()
