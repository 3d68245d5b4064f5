"""Real rows for tests of the top ten."""

from __future__ import annotations

from datetime import date
from typing import Any

from branches.enums import Role
from branches.models import User
from evaluation.enums_ten import PledgeStatus
from evaluation.models import Pledge, ProgressUpdate, TopTen, Turn
from evaluation.services.ten import standing
from process.enums import DecisionKind
from process.models import Timeline
from programmes.enums import ProgrammeKind
from programmes.models import Programme
from tests.factories import MembershipFactory
from tests.process_factories import TimelineFactory, decide
from tests.programme_factories import programme_with

BEGUN = date(2021, 11, 1)
AGREED = date(2021, 11, 20)
KICK_OFF = date(2022, 3, 23)
TWELVE = {
    "Wonen": [f"We bouwen {number}00 woningen in wijk {number}." for number in range(1, 7)],
    "Zorg": [f"Wijk {number} krijgt een huisarts." for number in range(1, 7)],
}


def adopted_programme(timeline: Timeline, **fields: Any) -> Programme:
    """Return the adopted programme of a branch, twelve measures, not fixed yet."""
    given = {"kind": ProgrammeKind.ADOPTED, "year": 2022, "title": "Thuis in de stad", **fields}
    return programme_with(TWELVE, branch=timeline.branch, **given)


def top_ten_of(
    timeline: Timeline | None = None,
    *,
    programme: Programme | None = None,
    agreed: bool = True,
    owner: User | None = None,
    deputy: User | None = None,
    **fields: Any,
) -> TopTen:
    """Return a top ten with ten chosen pledges and two candidates.

    Args:
        timeline: made when not given (polling day 16 March 2022).
        programme: made when not given; with twelve measures.
        agreed: by a decision of 20 November 2021; else the ten are ranked and nothing more.
        owner: in the lead of all ten; made (council group) when not given.
        deputy: second in the lead of all ten; made (council group) when not given.
        fields: of the top ten itself.
    """
    timeline = timeline or TimelineFactory()
    programme = programme or adopted_programme(timeline)
    branch = timeline.branch
    owner = owner or MembershipFactory(branch=branch, role=Role.COUNCIL_GROUP).user
    deputy = deputy or MembershipFactory(branch=branch, role=Role.COUNCIL_GROUP).user
    if agreed:
        fields = {
            "decision": decide(timeline, DecisionKind.AGREE_TOP_TEN, day=AGREED),
            "agreed_on": AGREED,
            **fields,
        }
    top_ten = TopTen.objects.create(
        branch=branch,
        timeline=timeline,
        programme=programme,
        started_on=fields.pop("started_on", BEGUN),
        **fields,
    )
    for number, measure in enumerate(programme.measures.current(), start=1):
        chosen = number <= 10
        pledge = Pledge.objects.create(
            top_ten=top_ten,
            measure=measure,
            rank=number if chosen else None,
            title=measure.text[:60],
            text=measure.text,
            source_text=measure.text,
            owner=owner if chosen else None,
            deputy=deputy if chosen else None,
        )
        if chosen and agreed:
            for role, person in (("owner", owner), ("deputy", deputy)):
                Turn.objects.create(pledge=pledge, role=role, person=person, from_on=AGREED)
    return top_ten


def pledge_of(top_ten: TopTen | None = None, *, rank: int = 1) -> Pledge:
    """Return one of the ten."""
    top_ten = top_ten or top_ten_of()
    return top_ten.pledges.get(rank=rank)


def update_of(pledge: Pledge, **fields: Any) -> ProgressUpdate:
    """Return an update of a pledge, public and just after the election; the pledge follows it."""
    given: dict[str, Any] = {
        "day": KICK_OFF,
        "status": PledgeStatus.STARTED,
        "text": "We spraken de wethouder.",
        "written_on": fields.get("day", KICK_OFF),
        "written_by": pledge.owner,
        **fields,
    }
    made = ProgressUpdate.objects.create(pledge=pledge, **given)
    standing.refresh(pledge=pledge)
    return made
