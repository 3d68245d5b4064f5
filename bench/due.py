"""Planning ten thousand reminders that are due among two hundred thousand milestones.

The floor is one statement by hand: ``INSERT … SELECT … ON CONFLICT`` from milestone to timeline,
branch and membership, for one rule and without what anybody chose. Planning asks for all rules, so
what it takes on top is partly the looking of the forty others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from time import perf_counter

from django.db import connection, transaction

from bench import data, reminders
from bench.asking import questions
from bench.measure import Figure
from bench.sizes import SIZES
from branches.models import Branch
from core.statistics import learn_sizes
from notifications.models import Reminder
from notifications.rules.catalogue import BY_KEY
from notifications.services.planning import plan
from process.models import Election, Milestone, TemplateVersion, Timeline
from process.services.roll_out import start

_RULE = BY_KEY["milestone.soon"]
_FAR = timedelta(days=300)
_FROM = """
FROM process_milestone AS m
JOIN process_timeline AS t ON t.id = m.timeline_id
JOIN branches_branch AS b ON b.id = t.branch_id AND b.closed_on IS NULL
JOIN branches_membership AS s ON s.branch_id = b.id AND s.user_id = m.owner_id
WHERE m.target = %(day)s AND m.status IN ('planned', 'started')
AND s.started_on <= %(today)s AND (s.ended_on IS NULL OR s.ended_on > %(today)s)
"""
_WRITE = f"""
INSERT INTO notifications_reminder
(recipient_id, branch_id, rule, subject_id, subject_version, due_on, state, planned_at)
SELECT s.user_id, b.id, '{_RULE.key}', m.id, 0, %(today)s, 'waiting', %(now)s {_FROM}
ON CONFLICT (recipient_id, rule, subject_id, subject_version, due_on) DO NOTHING
"""
_LOOK = f"""
SELECT s.user_id, m.id {_FROM} AND NOT EXISTS (
SELECT 1 FROM notifications_reminder AS r WHERE r.recipient_id = s.user_id
AND r.rule = '{_RULE.key}' AND r.subject_id = m.id AND r.subject_version = 0
AND r.due_on = %(today)s AND r.state <> 'withdrawn')
"""  # noqa: S608 - our own words


def figures(
    election: Election,
    template: TemplateVersion,
    *,
    branches: int = SIZES.due_branches,
    due: int = SIZES.due,
) -> Iterator[Figure]:
    """Roll out, let so many milestones be due in a week, plan, and plan again.

    Leaves the database as it was: everything is in one transaction.
    """
    with transaction.atomic():
        Reminder.objects.all().delete()
        Milestone.objects.update(target=data.TODAY + _FAR, deadline=data.TODAY + _FAR)
        _fill(election, template, branches=branches, due=due)
        yield from _measured(due)
        transaction.set_rollback(True)


def _fill(election: Election, template: TemplateVersion, *, branches: int, due: int) -> None:
    ids = data.branches(count=branches, prefix="D")
    rows = Branch.objects.filter(pk__gte=min(ids), pk__lte=max(ids))
    start(election=election, template=template, by=None, today=data.TODAY, branches=rows)
    reminders.people(ids)
    ours = Milestone.objects.filter(timeline__branch__gte=min(ids), timeline__branch__lte=max(ids))
    ours.update(target=data.TODAY + _FAR, deadline=data.TODAY + _FAR)
    chosen = _spread(due)
    Milestone.objects.bulk_update(chosen, ["target", "deadline", "owner_id"], batch_size=500)
    learn_sizes(Timeline, Milestone, Reminder)
    learn_sizes(*(model for model in (Branch, Branch.memberships.rel.related_model)))


def _spread(due: int) -> list[Milestone]:
    """Let one or two milestones of each branch be due in a week, each with an owner of its own."""
    soon = data.TODAY + timedelta(days=_RULE.days)
    members = dict(
        Branch.objects.filter(slug__startswith="d", memberships__role="board").values_list(
            "pk", "memberships__user"
        )
    )
    rows = (
        Milestone.objects.filter(timeline__branch__in=Branch.objects.filter(slug__startswith="d"))
        .exclude(target_origin="statutory")
        .exclude(phase__gt=4)
        .order_by("position", "pk")
        .values_list("pk", "timeline__branch")[:due]
    )
    return [Milestone(pk=pk, target=soon, deadline=soon, owner_id=members[b]) for pk, b in rows]


def _measured(due: int) -> Iterator[Figure]:
    everything = partial(plan, today=data.TODAY, now=reminders.NOW)
    the_one = partial(plan, today=data.TODAY, now=reminders.NOW, rules=[_RULE])
    day = connection.ops.adapt_datefield_value
    values = {
        "day": day(data.TODAY + timedelta(days=_RULE.days)),
        "today": day(data.TODAY),
        "now": connection.ops.adapt_datetimefield_value(reminders.NOW),
    }
    floor = _taken(lambda: _execute(_WRITE, values))
    assert Reminder.objects.count() == due, Reminder.objects.count()
    bare = min(_taken(lambda: _execute(_LOOK, values)) for _round in range(3))
    Reminder.objects.all().delete()
    one = _taken(the_one)
    Reminder.objects.all().delete()
    first = _taken(everything)
    planned = Reminder.objects.count()
    assert planned >= due, planned
    again = min(_taken(everything) for _round in range(3))
    with questions() as asked:
        everything()
    writes = [q for q in asked if q.sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]
    milestones = Milestone.objects.count()
    where = connection.vendor
    yield Figure(
        name=f"planning {due:,} due, {where}",
        ratio=floor / first,
        floor="one INSERT … SELECT … ON CONFLICT by hand, of one rule",
        details={
            "times_as_long": round(first / floor, 2),
            "times_as_long_this_rule": round(one / floor, 2),
            "milliseconds": round(first * 1000),
            "bare_milliseconds": round(floor * 1000),
            "milestones": milestones,
            "reminders": planned,
        },
    )
    yield Figure(
        name=f"planning again, nothing new, {where}",
        ratio=bare / again,
        floor="the bare query with an anti-join, of one rule",
        details={
            "times_as_long": round(again / bare, 2),
            "milliseconds": round(again * 1000),
            "bare_milliseconds": round(bare * 1000),
            "statements": len(asked),
            "rows_written": len(writes),
        },
    )


def _execute(sql: str, values: Mapping[str, str | None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        if cursor.description is not None:
            cursor.fetchall()


def _taken(act: Callable[[], object]) -> float:
    begin = perf_counter()
    act()
    return perf_counter() - begin
