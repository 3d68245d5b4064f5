"""What becomes of waiting reminders and of people's choices when branches merge: see ADR 12."""

from __future__ import annotations

from datetime import date

from django.utils.translation import ngettext

from branches.models import Branch, User
from branches.succession import Effect, Merger
from notifications.enums import Kind, ReminderState
from notifications.models import Preference, Reminder
from process.models import Meeting

_MEETINGS = "meeting."


class BranchFollower:
    """Named in ``settings.BRANCH_FOLLOWERS``, after the rooms whose things reminders are about."""

    def merged(self, *, merger: Merger, by: User, today: date) -> list[Effect]:
        """Let reminders of meetings and choices go along; everything else falls silent.

        Silence needs no act here: every source asks for branches that are there, and planning
        withdraws what no source names.
        """
        del by, today
        waiting = Reminder.objects.filter(
            branch__in=merger.predecessors, state=ReminderState.WAITING
        )
        along = Meeting.objects.filter(branch=merger.successor).values("pk")
        waiting.filter(rule__startswith=_MEETINGS, subject_id__in=along).update(
            branch=merger.successor
        )
        _choices(merger)
        return _silent(waiting.count())

    def closed(self, *, branch: Branch, by: User, today: date) -> list[Effect]:
        """Say what falls silent."""
        del by, today
        rows = Reminder.objects.filter(branch=branch, state=ReminderState.WAITING)
        return _silent(rows.count())


def _silent(waiting: int) -> list[Effect]:
    if not waiting:
        return []
    sentence = ngettext(
        "%(count)s reminder that waits is not sent any more.",
        "%(count)s reminders that wait are not sent any more.",
        waiting,
    )
    return [Effect(sentence=sentence % {"count": waiting})]


def _choices(merger: Merger) -> None:
    """What somebody switched off in one of these branches stays off in the one that goes on."""
    rows = Preference.objects.filter(branch__in=merger.predecessors).order_by("pk")
    there = set(
        Preference.objects.filter(branch=merger.successor).values_list("user_id", flat=True)
    )
    fresh: dict[int, Preference] = {}
    for row in rows:
        if row.user_id in there:
            continue
        known = fresh.setdefault(
            row.user_id, Preference(user_id=row.user_id, branch=merger.successor)
        )
        for kind in Kind.values:
            setattr(known, kind, getattr(known, kind) and getattr(row, kind))
        pauses = [day for day in (known.paused_until, row.paused_until) if day is not None]
        known.paused_until = max(pauses, default=None)
    Preference.objects.bulk_create(fresh.values(), batch_size=500)
