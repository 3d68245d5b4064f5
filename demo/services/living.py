"""The invented branches live on when the clock moves forward, and take it back when it goes back.

Only branches in which no visitor can act: those of the personas are left to the visitor. The same
bulk path as at the beginning (``demo.services.progress``), for the days in between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet

from branches.enums import Role
from branches.models import AuditEntry, Membership
from demo.data import texts
from demo.data.groups import LATE_STARTER, SILENT, WORKED
from demo.models import DemoPersona
from demo.rules.living import OpenStep, lived, wakes_on
from demo.rules.progress import Progress, Standing, draw_standing
from demo.services import lives, oirschot_ten, tens
from demo.services.people import chance_for, crews_of
from demo.services.progress import step_of, write
from demo.services.story import Story
from process.enums import MeetingStatus, MilestoneStatus
from process.models import (
    ApproachedPerson,
    CommitteeSeat,
    Decision,
    Meeting,
    Milestone,
    PartRecord,
    Timeline,
)
from process.queries.timelines import limit_of
from process.services import pulse
from process.services.decision_follow_up import COLUMN_OF_KIND

SEED = 2022
_ACTS = (
    "milestone.",
    "part.",
    "meeting.",
    "decision.",
    "committee.",
    "approached.",
    "programme.",
    "ten.",
    "evaluation.",
    "promise",
)


def live_on(*, since: date, until: date) -> int:
    """Let everything happen that falls after ``since`` and not after ``until``.

    Returns:
        How many milestones were done.
    """
    oirschot_ten.finish(since=since, until=until)
    # Before milestones are done: their rounds count what was told in them.
    lives.live_on(since=since, until=until)
    stories = []
    rows = list(_timelines().prefetch_related("milestones__definition__parts"))
    crews = crews_of({row.branch_id for row in rows})
    meetings = _planned_meetings({row.branch_id for row in rows})
    parts = frozenset(
        PartRecord.objects.filter(milestone__timeline__in=rows).values_list(
            "milestone_id", "part_key"
        )
    )
    for timeline in rows:
        milestones = list(timeline.milestones.all())
        story = Story(
            timeline=timeline,
            milestones=milestones,
            crew=crews[timeline.branch_id],
            chance=chance_for(seed=SEED, what=f"living:{timeline.pk}:{until}"),
            recorded=parts,
            planned=meetings[timeline.branch_id],
        )
        done = _lived(timeline, milestones, story, since=since, until=until)
        if not done:
            continue
        last = max([*done.values(), timeline.last_activity_on or since])
        story.tell(Progress(done=done, started={}, moved={}, last_activity=last), today=until)
        pulse.apply(timeline, milestones)
        stories.append(story)
    if stories:
        write(stories, today=until)
    fresh = tens.keep_up(rows, crews, until=until)
    lives.live_on(since=since, until=until, only={row.pk for row in fresh})
    Meeting.objects.filter(branch__in=crews, day__lte=until, status=MeetingStatus.PLANNED).update(
        status=MeetingStatus.HELD
    )
    return sum(len(story.changed) for story in stories)


def take_back(*, day: date) -> None:
    """Undo what invented branches did after ``day``: they have not lived it yet."""
    rows = list(_timelines())
    lives.take_back(day=day)
    oirschot_ten.take_back(day=day)
    tens.take_back(rows, day=day)
    branches = {row.branch_id for row in rows}
    # A decision is final for everybody; here a day that never was takes it along.
    later = Decision.objects.filter(timeline__in=rows, decided_on__gt=day)
    PartRecord.objects.filter(milestone__timeline__in=rows, recorded_on__gt=day).delete()
    later._raw_delete(later.db)  # noqa: SLF001 - beside the guard on purpose
    CommitteeSeat.objects.filter(timeline__in=rows, started_on__gt=day).delete()
    ApproachedPerson.objects.filter(timeline__in=rows, added_on__gt=day).delete()
    Membership.objects.filter(branch__in=branches, role=Role.COMMITTEE, started_on__gt=day).delete()
    Meeting.objects.filter(branch__in=branches, day__gt=day, decisions=None).update(
        status=MeetingStatus.PLANNED, minutes=""
    )
    Milestone.objects.filter(timeline__in=rows, done_on__gt=day).update(
        status=MilestoneStatus.PLANNED, done_on=None, done_by=None
    )
    acts = Q()
    for name in _ACTS:
        acts |= Q(verb__startswith=name)
    AuditEntry.objects.filter(acts, branch__in=branches, day__gt=day).delete()
    heard = dict(
        AuditEntry.objects.filter(acts, branch__in=branches)
        .order_by("day")
        .values_list("branch_id", "day")
    )
    rows = list(_timelines().prefetch_related("milestones"))
    for timeline in rows:
        for column in COLUMN_OF_KIND.values():
            if (decided := getattr(timeline, column)) is not None and decided > day:
                setattr(timeline, column, None)
        if timeline.last_activity_on is not None and timeline.last_activity_on > day:
            timeline.last_activity_on = heard.get(timeline.branch_id)
        pulse.apply(timeline, timeline.milestones.all())
    columns = ["last_activity_on", *COLUMN_OF_KIND.values(), *pulse.COLUMNS]
    Timeline.objects.bulk_update(rows, columns, batch_size=50)


def _timelines() -> QuerySet[Timeline]:
    """Return the timelines of 2022 of branches that no visitor has a hand in."""
    played = DemoPersona.objects.exclude(branch=None).values("branch")
    return (
        Timeline.objects.filter(election__slug="gr2022")
        .exclude(branch__slug__in=(*WORKED, LATE_STARTER))
        .exclude(branch__in=played)
        .select_related("branch", "election")
        .order_by("branch__slug")
    )


def _lived(
    timeline: Timeline, milestones: list[Milestone], story: Story, *, since: date, until: date
) -> dict[str, date]:
    slug = timeline.branch.slug
    # The same draw as at the beginning: how a branch stood is not stored.
    chance = chance_for(seed=SEED, what=f"progress:{timeline.election.slug}:{slug}")
    standing = Standing.SILENT if slug == SILENT else draw_standing(chance=chance)
    chance = chance_for(seed=SEED, what=f"way:{slug}")
    begin = date.fromisoformat(settings.DEMO_START)
    awake = wakes_on(chance=chance, standing=standing, begin=begin)
    if slug == SILENT or awake is None or awake > until:
        return {}
    nomination = next((row.target for row in milestones if row.key == "nomination"), None)
    return lived(
        chance=chance,
        standing=standing,
        steps=[
            OpenStep(
                step=step_of(row),
                phase=row.phase,
                convened=story.planned[row.key].day if row.key in story.planned else None,
                limit=limit_of(
                    key=row.key,
                    phase=row.phase,
                    polling_day=timeline.polling_day,
                    nomination=nomination,
                ),
            )
            for row in milestones
            if row.is_open and not row.is_statutory and row.key not in lives.open_rounds(slug)
        ],
        done={row.key: row.done_on for row in milestones if row.done_on is not None},
        dropped=frozenset(row.key for row in milestones if row.status == MilestoneStatus.DROPPED),
        polling_day=timeline.polling_day,
        since=max(since, awake),
        until=until,
    )


def _planned_meetings(branches: Iterable[int]) -> dict[int, dict[str, Meeting]]:
    """Return the members' meetings that are planned, by branch and by what they are to decide."""
    found: dict[int, dict[str, Meeting]] = defaultdict(dict)
    for row in Meeting.objects.filter(branch__in=branches, status=MeetingStatus.PLANNED):
        for key, subject in texts.SUBJECTS.items():
            if subject in row.agenda:
                found[row.branch_id][key] = row
    return found
