"""Real rows for tests of the process: elections, timelines as a roll-out makes them, meetings."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from branches.models import Branch, User
from process.enums import (
    ApproachReason,
    CommitteeRole,
    DecisionKind,
    ElectionKind,
    MeetingKind,
    MilestoneStatus,
)
from process.models import (
    ApproachedPerson,
    CommitteeSeat,
    Decision,
    Election,
    Meeting,
    TemplateVersion,
    Timeline,
)
from process.services import pulse
from process.services.decisions import Proposal, Votes, record_decisions
from process.services.roll_out import start
from process.services.templates import load_default_template
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, UserFactory


def template_version() -> TemplateVersion:
    """Return the published template that comes with the product."""
    return load_default_template(by=None, today=FIRST_DAY.replace(month=1, day=1))


class ElectionFactory(DjangoModelFactory):  # type: ignore[misc]
    """The election of 16 March 2022; give ``polling_day`` for another one."""

    class Meta:
        model = Election
        django_get_or_create = ("slug",)

    polling_day = date(2022, 3, 16)
    kind = ElectionKind.REGULAR
    slug = factory.LazyAttribute(lambda row: f"gr{row.polling_day.year}")
    name = factory.LazyAttribute(lambda row: f"Gemeenteraadsverkiezing {row.polling_day.year}")


class TimelineFactory(DjangoModelFactory):  # type: ignore[misc]
    """A branch's timeline with all of its milestones, rolled out in January 2021.

    ``done={"draft_sent": day, …}`` marks milestones done without looking at the order;
    ``dropped={"carry_over_decided"}`` marks some as not applying.
    """

    class Meta:
        model = Timeline

    branch = factory.SubFactory(BranchFactory)
    election = factory.SubFactory(ElectionFactory)
    created_on = date(2021, 1, 4)

    @classmethod
    def _create(cls, _model: type[Timeline], *_args: Any, **given: Any) -> Timeline:
        done: Mapping[str, date] = given.pop("done", {})
        dropped = given.pop("dropped", ())
        branch, election = given["branch"], given["election"]
        start(
            election=election,
            template=given.pop("template", None) or template_version(),
            by=None,
            today=given["created_on"],
            branches=Branch.objects.filter(pk=branch.pk),
        )
        timeline = Timeline.objects.select_related("branch", "election").get(
            branch=branch, election=election
        )
        for key, day in done.items():
            changed = timeline.milestones.filter(key=key).update(
                status=MilestoneStatus.DONE, done_on=day
            )
            assert changed == 1, key
        for key in dropped:
            timeline.milestones.filter(key=key).update(
                status=MilestoneStatus.DROPPED, dropped_reason="niet bij ons"
            )
        if done or dropped:
            pulse.refresh(timeline=timeline, today=max(done.values(), default=FIRST_DAY))
        return timeline


class MeetingFactory(DjangoModelFactory):  # type: ignore[misc]
    """A members' meeting of Friday 1 October 2021."""

    class Meta:
        model = Meeting

    branch = factory.SubFactory(BranchFactory)
    kind = MeetingKind.MEMBERS
    title = factory.Sequence(lambda n: f"Ledenvergadering {n}")
    day = date(2021, 10, 1)
    place = "Buurthuis De Schakel"


class CommitteeSeatFactory(DjangoModelFactory):  # type: ignore[misc]
    """A member of the programme committee without an account."""

    class Meta:
        model = CommitteeSeat

    timeline = factory.SubFactory(TimelineFactory)
    name = factory.Sequence(lambda n: f"Commissielid {n}")
    role = CommitteeRole.MEMBER
    started_on = date(2021, 3, 20)


class ApproachedPersonFactory(DjangoModelFactory):  # type: ignore[misc]
    """Somebody from outside the party, asked for what they know."""

    class Meta:
        model = ApproachedPerson

    timeline = factory.SubFactory(TimelineFactory)
    name = factory.Sequence(lambda n: f"Benaderde {n}")
    why = ApproachReason.KNOWLEDGE
    reason = "Kent elke straat van de wijk"
    added_on = date(2021, 2, 1)


def decide(
    timeline: Timeline, *kinds: DecisionKind, day: date, by: User | None = None, **given: Any
) -> Decision:
    """Record decisions through the service, at a members' meeting of ``day`` made for it.

    Returns the last one. ``text``, ``votes``, ``document``, ``meeting`` and ``today`` may be given.
    """
    meeting = given.pop("meeting", None) or MeetingFactory(branch=timeline.branch, day=day)
    today = given.pop("today", day)
    proposal = {"text": "Aldus besloten.", "votes": Votes(votes_for=31, votes_against=4), **given}
    recorded = record_decisions(
        timeline=timeline,
        meeting=meeting,
        proposals=[Proposal(kind=kind, **proposal) for kind in kinds],
        submission=uuid.uuid4(),
        by=by or UserFactory(),
        today=today,
    )
    return recorded.decisions[-1]


BOTH = (DecisionKind.APPOINT_COMMITTEE, DecisionKind.SET_COMMISSION)

READY_FOR_DRAFT: dict[str, date] = {
    "carry_over_decided": date(2021, 6, 20),
    "input_open": date(2021, 5, 10),
    "input_closed": date(2021, 8, 20),
    "draft_sent": date(2021, 9, 10),
}
"""Milestone → day: what must be done before a programme can be adopted in the autumn of 2021."""


def ready_to_adopt(timeline: Timeline) -> Timeline:
    """Bring a timeline to where the members' meeting can adopt: committee in March, draft sent."""
    decide(timeline, *BOTH, day=date(2021, 3, 20))
    for key, day in READY_FOR_DRAFT.items():
        timeline.milestones.filter(key=key).update(status=MilestoneStatus.DONE, done_on=day)
    timeline.refresh_from_db()
    return timeline
