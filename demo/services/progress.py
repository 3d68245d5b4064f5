"""The progress of hundreds of branches at once: the demonstration's one set-based way to write.

People's own acts go through the rooms' services, one at a time. Here the same rows are made for
all invented branches together, and what those services keep true is kept true: the columns of a
timeline that repeat its milestones and decisions (``process.services.pulse``), the roles that go
with seats, and a row in the history for each act, in the order of the days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from branches import audit
from branches.models import Membership
from demo.data.groups import SILENT
from demo.rules.progress import SHARES, Standing, Step, draw_standing, play
from demo.services.people import Crew, chance_for
from demo.services.story import Story
from process.models import (
    ApproachedPerson,
    CommitteeSeat,
    Decision,
    Election,
    Meeting,
    Milestone,
    PartRecord,
    Timeline,
)
from process.services import pulse

# The share of branches in each standing that have put the adopting meeting on the calendar.
_CONVENED = {
    Standing.ON_TIME: 0.8,
    Standing.TIGHT: 0.7,
    Standing.LATE: 0.35,
    Standing.SILENT: 0.0,
}
_MEETINGS_TO_COME = ("programme_adopted", "candidate_list_set")
_MILESTONE_FIELDS = [
    "status",
    "done_on",
    "done_by",
    "owner",
    "target",
    "deadline",
    "target_origin",
    "shift_reason",
]
_TIMELINE_FIELDS = [
    "last_activity_on",
    "committee_appointed_on",
    "commission_set_on",
    "programme_adopted_on",
    "top_ten_agreed_on",
    "candidate_list_set_on",
    *pulse.COLUMNS,
]


def make_progress(
    *,
    election: Election,
    crews: Mapping[str, Crew],
    skip: Iterable[str],
    seed: int,
    today: date,
) -> dict[Standing, int]:
    """Let every branch with a timeline for ``election`` have come as far as chance has it.

    Args:
        election: which timelines.
        crews: the people of each branch, by slug.
        skip: slugs of branches whose story is told elsewhere.
        seed: the same seed gives the same rows.
        today: the day of the demonstration; nothing happens on it or later.

    Returns:
        How many branches were meant to stand in each way.
    """
    counts = dict.fromkeys(SHARES, 0)
    stories = []
    rows = (
        Timeline.objects.filter(election=election)
        .exclude(branch__slug__in=list(skip))
        .select_related("branch")
        .prefetch_related("milestones__definition__parts")
        .order_by("branch__slug")
    )
    for timeline in rows:
        slug = timeline.branch.slug
        chance = chance_for(seed=seed, what=f"progress:{election.slug}:{slug}")
        standing = Standing.SILENT if slug == SILENT else draw_standing(chance=chance)
        counts[standing] += 1
        milestones = list(timeline.milestones.all())
        story = Story(timeline=timeline, milestones=milestones, crew=crews[slug], chance=chance)
        progress = play(
            chance=chance,
            steps=[step_of(row) for row in milestones],
            standing=standing,
            today=today,
        )
        story.tell(progress, today=today)
        if chance.random() < _CONVENED[standing]:
            for key in _MEETINGS_TO_COME:
                story.convene(key, today=today)
        pulse.apply(timeline, milestones)
        stories.append(story)
    write(stories, today=today)
    return counts


def step_of(row: Milestone) -> Step:
    """Return what the rules need of one milestone."""
    return Step(
        key=row.key,
        position=row.position,
        window_start=row.window_start,
        target=row.target,
        deadline=row.deadline,
        is_statutory=row.is_statutory,
    )


def write(stories: list[Story], *, today: date) -> None:
    """Write everything, table by table, each row after the ones that it points at."""
    Meeting.objects.bulk_update(
        [row for story in stories for row in story.held], ["status", "minutes"]
    )
    Meeting.objects.bulk_create([row for story in stories for row in story.meetings])
    decisions = [row for story in stories for row in story.decisions]
    for decision in decisions:
        decision.meeting = decision.meeting  # its number is known only now
    Decision.objects.bulk_create(decisions)
    parts = [row for story in stories for row in story.parts]
    for part in parts:
        if part.decision is not None:
            part.decision = part.decision
    PartRecord.objects.bulk_create(parts, batch_size=2000)
    CommitteeSeat.objects.bulk_create([row for story in stories for row in story.seats])
    ApproachedPerson.objects.bulk_create([row for story in stories for row in story.approached])
    Membership.objects.bulk_create([row for story in stories for row in story.memberships])
    changed = {row.pk: row for story in stories for row in story.changed}
    # Rows that exist, in one statement: an insert that updates, ten times as fast as bulk_update.
    Milestone.objects.bulk_create(
        changed.values(),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_MILESTONE_FIELDS,
        batch_size=1000,
    )
    Timeline.objects.bulk_create(
        [story.timeline for story in stories],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_TIMELINE_FIELDS,
    )
    acts = sorted(
        ((act, story) for story in stories for act in story.acts), key=lambda pair: pair[0].day
    )
    audit.record_many(
        audit.entry(
            verb=act.verb,
            by=act.by,
            branch=story.crew.branch,
            today=min(act.day, today),
            subject=act.subject,
            **act.params,
        )
        for act, story in acts
    )
