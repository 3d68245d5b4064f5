"""A branch on stage: its people act through the rooms' own services, day after day."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from branches.models import User
from core.dates import day_words
from demo.data import texts
from demo.services.people import Crew
from process.enums import (
    ApproachAnswer,
    ApproachReason,
    CommitteeRole,
    DecisionKind,
    MeetingKind,
)
from process.models import ApproachedPerson, CommitteeSeat, Decision, Meeting, Milestone, Timeline
from process.services import committee, meetings, milestones, planning
from process.services.decisions import Proposal, Votes, record_decisions, supersede

_NAMESPACE = uuid.UUID("5f6d1c1e-2021-4010-8022-031620220316")
ACCLAMATION = Votes(by_acclamation=True)


def votes(votes_for: int, against: int, abstained: int) -> Votes:
    """Return a counted vote."""
    return Votes(votes_for=votes_for, votes_against=against, votes_abstained=abstained)


@dataclass(kw_only=True)
class Stage:
    """One branch's timeline and people; every method is one act, on the day that it names."""

    timeline: Timeline
    crew: Crew
    acts: int = 0

    @property
    def chair(self) -> User:
        """The chair of the board."""
        return self.crew.board[0]

    @property
    def secretary(self) -> User:
        """The secretary of the board."""
        return self.crew.board[1]

    @property
    def leader(self) -> User:
        """Who leads the council group."""
        return self.crew.council_group[0]

    @property
    def writer(self) -> User:
        """The writer of the programme committee."""
        return self.crew.committee[1]

    def approach(
        self,
        *,
        day: date,
        name: str,
        why: ApproachReason,
        reason: str,
        answer: ApproachAnswer,
        in_party: bool = False,
    ) -> ApproachedPerson:
        """Put somebody on the list of people to ask."""
        asked = committee.Approach(
            name=name, why=why, reason=reason, in_party=in_party,
            asked_by=self.chair, answer=answer,
        )  # fmt: skip
        return committee.add_approached(
            timeline=self.timeline, approach=asked, by=self.secretary, today=day
        )

    def seat(self, user: User, role: CommitteeRole, *, day: date) -> CommitteeSeat:
        """Give somebody a seat in the committee."""
        return committee.add_seat(
            timeline=self.timeline,
            name="",
            role=role,
            is_party_member=True,
            started_on=day,
            user=user,
            by=self.secretary,
            today=day,
        )

    def meet(
        self,
        *,
        planned_on: date,
        day: date,
        title: str = "Ledenvergadering",
        kind: MeetingKind = MeetingKind.MEMBERS,
        starts_at: time = time(20, 0),
        place: str,
        agenda: str,
        link: str = "",
        is_public: bool = False,
    ) -> Meeting:
        """Plan a meeting."""
        plan = meetings.MeetingPlan(
            kind=kind, title=title, day=day, starts_at=starts_at, place=place,
            link=link, agenda=agenda, is_public=is_public,
        )  # fmt: skip
        return meetings.plan_meeting(
            branch=self.crew.branch, plan=plan, by=self.secretary, today=planned_on
        )

    def invite(self, meeting: Meeting, *, day: date, subject: str) -> None:
        """Record that the convening notice left."""
        meeting.refresh_from_db()
        text = texts.NOTICE.format(day=day_words(meeting.day), place=meeting.place, subject=subject)
        meetings.record_notice(
            meeting=meeting, sent_on=day, text=text,
            revision=meeting.revision, by=self.secretary, today=day,
        )  # fmt: skip

    def minutes(self, meeting: Meeting, *, day: date, text: str) -> None:
        """Keep the minutes."""
        meeting.refresh_from_db()
        meetings.write_minutes(
            meeting=meeting, minutes=text, revision=meeting.revision, by=self.secretary, today=day
        )

    def decide(
        self, meeting: Meeting, *what: tuple[DecisionKind, str, Votes], day: date | None = None
    ) -> tuple[Decision, ...]:
        """Record what a meeting decided, on its own day unless another is given."""
        proposals = [Proposal(kind=kind, text=text, votes=cast) for kind, text, cast in what]
        return record_decisions(
            timeline=self.timeline,
            meeting=meeting,
            proposals=proposals,
            submission=self._number(),
            by=self.secretary,
            today=day or meeting.day,
        ).decisions

    def replace(
        self, decision: Decision, *, meeting: Meeting, text: str, cast: Votes, reason: str
    ) -> None:
        """Supersede a decision by a later one."""
        supersede(
            decision=decision,
            meeting=meeting,
            proposal=Proposal(kind=DecisionKind(decision.kind), text=text, votes=cast),
            reason=reason,
            submission=self._number(),
            by=self.secretary,
            today=meeting.day,
        )

    def part(self, key: str, part: str, *, day: date, by: User, note: str = "") -> None:
        """Record one part of a milestone."""
        milestones.record_part(
            milestone=self._milestone(key),
            part_key=part,
            by=by,
            today=day,
            note=note or texts.NOTES.get(part, ""),
        )

    def done(
        self, key: str, *, day: date, by: User, notes: Mapping[str, str] | None = None
    ) -> None:
        """Record what a milestone still misses, and mark it done."""
        for part in milestones.missing_parts(self._milestone(key)):
            self.part(key, part.key, day=day, by=by, note=(notes or {}).get(part.key, ""))
        row = self._milestone(key)
        milestones.finish(milestone=row, by=by, today=day, revision=row.revision)

    def note(self, key: str, *, day: date, owner: User, text: str) -> None:
        """Give a milestone an owner and a note."""
        row = self._milestone(key)
        milestones.describe(
            milestone=row, by=self.secretary, today=day, note=text, owner=owner,
            revision=row.revision,
        )  # fmt: skip

    def move(self, key: str, *, to: date, day: date) -> None:
        """Let the board set its own day."""
        row = self._milestone(key)
        planning.move(
            milestone=row, day=to, by=self.secretary, today=day, revision=row.timeline.revision
        )

    def _milestone(self, key: str) -> Milestone:
        return Milestone.objects.select_related(
            "definition", "timeline__branch", "timeline__election"
        ).get(timeline=self.timeline, key=key)

    def _number(self) -> uuid.UUID:
        """Return the number that a form would carry: the same one each time that this is made."""
        self.acts += 1
        return uuid.uuid5(_NAMESPACE, f"{self.crew.branch.slug}:{self.acts}")
