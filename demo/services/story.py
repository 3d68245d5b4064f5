"""What one invented branch has to show for its progress: unsaved rows and the trail of acts."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Model

from branches.enums import Role
from branches.models import Membership, User
from core.dates import day_words
from demo.data import texts
from demo.data.names import FIRST_NAMES, LAST_NAMES
from demo.rules.progress import AT_A_MEETING, Progress
from demo.services.people import Crew
from process.enums import (
    ApproachAnswer,
    CommitteeRole,
    DecisionKind,
    MeetingKind,
    MeetingStatus,
    MilestoneStatus,
    TargetOrigin,
)
from process.models import (
    ApproachedPerson,
    CommitteeSeat,
    Decision,
    Meeting,
    Milestone,
    PartRecord,
    Timeline,
)
from process.rules.deciding import STEP_OF_KIND
from process.services.decision_follow_up import COLUMN_OF_KIND

_EVENING, _MORNING = time(20, 0), time(10, 30)
_SATURDAY = 5
_KINDS = {
    key: [DecisionKind(kind) for kind, step in STEP_OF_KIND.items() if step == key]
    for key in AT_A_MEETING
}
_SEAT_ROLES = (CommitteeRole.CHAIR, CommitteeRole.WRITER, CommitteeRole.SECRETARY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One row of the trail, written when its subject has been saved."""

    day: date
    verb: str
    by: User
    subject: Model
    params: dict[str, Any]


@dataclass(kw_only=True)
class Story:
    """The rows of one branch's way to one election; nothing is saved yet."""

    timeline: Timeline
    milestones: list[Milestone]
    crew: Crew
    chance: random.Random
    meetings: list[Meeting] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    parts: list[PartRecord] = field(default_factory=list)
    seats: list[CommitteeSeat] = field(default_factory=list)
    approached: list[ApproachedPerson] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    changed: list[Milestone] = field(default_factory=list)
    # What was there before this story began: parts by (milestone, key), and the members' meetings
    # planned for a milestone.
    recorded: frozenset[tuple[int, str]] = frozenset()
    planned: dict[str, Meeting] = field(default_factory=dict)
    held: list[Meeting] = field(default_factory=list)

    def tell(self, progress: Progress, *, today: date) -> None:
        """Let everything in ``progress`` have happened."""
        for milestone in self.milestones:
            if milestone.key in progress.done:
                self._do(milestone, progress.done[milestone.key])
            elif milestone.key in progress.started:
                self._start(milestone, progress.started[milestone.key])
            if milestone.key in progress.moved:
                self._move(milestone, progress.moved[milestone.key], today=today)
        self._give_owners(today=today)
        self.timeline.last_activity_on = progress.last_activity
        if progress.last_activity is not None and not any(
            act.day == progress.last_activity for act in self.acts
        ):
            self._look_in(progress.last_activity)

    def convene(self, key: str, *, today: date) -> None:
        """Plan the coming members' meeting that decides a milestone, invited for if it is near."""
        milestone = next(row for row in self.milestones if row.key == key)
        # Towards the end of the week of its target, never before today.
        day = milestone.target + timedelta(days=(_SATURDAY - milestone.target.weekday()) % 7)
        if milestone.is_open and day > today:
            self._meeting(key, day, today=today)

    def _do(self, milestone: Milestone, day: date) -> None:
        people = self.crew.of_role(milestone.definition.owner_role)
        by = self.chance.choice(people)
        decided: dict[str, Decision] = {}
        if milestone.key in AT_A_MEETING:
            by = self._secretary
            meeting = self._hold(milestone.key, day)
            decided = self._decide(milestone.key, meeting)
        if milestone.key == "committee_and_commission":
            self._seat_committee(day)
        if milestone.key == "people_approached":
            self._approach(milestone, day)
        milestone.status = MilestoneStatus.DONE
        milestone.done_on = day
        milestone.done_by = by
        milestone.owner = by
        for part in milestone.definition.parts.all():
            decision = decided.get(part.decision_kind)
            self._part(milestone, part.key, part.labels, day=day, by=by, decision=decision)
        self._act(
            day,
            "milestone.done",
            by,
            milestone,
            milestone=milestone.definition.titles,
            day=day.isoformat(),
        )
        self.changed.append(milestone)

    def _start(self, milestone: Milestone, day: date) -> None:
        part = next((p for p in milestone.definition.parts.all() if not p.decision_kind), None)
        if part is None:
            return
        by = self.chance.choice(self.crew.of_role(milestone.definition.owner_role))
        milestone.status = MilestoneStatus.STARTED
        milestone.owner = by
        self._part(milestone, part.key, part.labels, day=day, by=by)
        self.changed.append(milestone)

    def _move(self, milestone: Milestone, day: date, *, today: date) -> None:
        old, milestone.target = milestone.target, day
        milestone.deadline = max(milestone.window_end, day)
        milestone.target_origin = TargetOrigin.BRANCH
        milestone.shift_reason = ""
        moved_on = min(day, today) - timedelta(days=self.chance.randint(14, 40))
        self._act(
            moved_on, "milestone.moved", self._secretary, milestone,
            milestone=milestone.definition.titles, old=old.isoformat(), new=day.isoformat(),
        )  # fmt: skip
        if milestone not in self.changed:
            self.changed.append(milestone)

    def _give_owners(self, *, today: date) -> None:
        """Name somebody for most of what comes within half a year."""
        for milestone in self.milestones:
            near = today <= milestone.deadline <= today + timedelta(days=180)
            if milestone.owner_id is None and near and self.chance.random() < 0.7:  # noqa: PLR2004
                milestone.owner = self.chance.choice(
                    self.crew.of_role(milestone.definition.owner_role)
                )
                self.changed.append(milestone)

    def _look_in(self, day: date) -> None:
        milestone = next((row for row in self.milestones if row.is_open), self.milestones[0])
        self._act(
            day, "milestone.described", self._secretary, milestone,
            milestone=milestone.definition.titles, owner=str(milestone.owner or "–"),
        )  # fmt: skip

    @property
    def _secretary(self) -> User:
        return self.crew.board[1]

    def _meeting(self, key: str, day: date, *, today: date) -> Meeting:
        """Make a members' meeting; held when its day has come, invited for in time."""
        branch, chance = self.crew.branch, self.chance
        subject, place = texts.SUBJECTS[key], chance.choice(texts.PLACES)
        sent = day - timedelta(days=branch.notice_days + chance.randint(0, 9))
        held = day <= today
        starts = _MORNING if day.weekday() == _SATURDAY else _EVENING
        meeting = Meeting(
            branch=branch,
            kind=MeetingKind.MEMBERS,
            title="Ledenvergadering",
            day=day,
            starts_at=starts,
            place=place,
            agenda=texts.AGENDA.format(subject=subject),
            status=MeetingStatus.HELD if held else MeetingStatus.PLANNED,
        )
        self.meetings.append(meeting)
        planned = min(sent, today) - timedelta(days=chance.randint(7, 40))
        what = {"title": meeting.title}
        self._act(planned, "meeting.planned", self._secretary, meeting, **what, day=day.isoformat())
        if sent < today:
            meeting.notice_sent_on = sent
            meeting.notice_text = texts.NOTICE.format(
                day=day_words(day), place=place, subject=subject[:1].lower() + subject[1:]
            )
            self._act(
                sent,
                "meeting.notice_sent",
                self._secretary,
                meeting,
                **what,
                sent_on=sent.isoformat(),
            )
        if held:
            meeting.minutes = texts.MINUTES.format(
                present=chance.randint(9, 45), hour=f"{starts:%H.%M} uur", subject=subject
            )
        return meeting

    def _hold(self, key: str, day: date) -> Meeting:
        """Let the meeting that was planned for it take place, or make one."""
        meeting = self.planned.get(key)
        if meeting is None or meeting.day != day:
            return self._meeting(key, day, today=day)
        meeting.status = MeetingStatus.HELD
        meeting.minutes = texts.MINUTES.format(
            present=self.chance.randint(9, 45), hour="20.00 uur", subject=texts.SUBJECTS[key]
        )
        self.held.append(meeting)
        return meeting

    def _decide(self, key: str, meeting: Meeting) -> dict[str, Decision]:
        chance, found = self.chance, {}
        for kind in _KINDS[key]:
            present = chance.randint(9, 45)
            against = chance.choice((0, 0, 0, 1, 2))
            abstained = chance.choice((0, 0, 1, 2))
            easy = kind == DecisionKind.APPOINT_COMMITTEE
            decision = Decision(
                timeline=self.timeline,
                meeting=meeting,
                kind=kind,
                decided_on=meeting.day,
                text=self._text(kind),
                by_acclamation=easy,
                votes_for=None if easy else present - against - abstained,
                votes_against=None if easy else against,
                votes_abstained=None if easy else abstained,
                submission=uuid.UUID(int=chance.getrandbits(128), version=4),
                recorded_by=self._secretary,
                recorded_on=meeting.day,
            )
            self.decisions.append(decision)
            found[kind.value] = decision
            setattr(self.timeline, COLUMN_OF_KIND[kind], meeting.day)
            self._act(
                meeting.day, f"decision.recorded.{kind.value}", self._secretary, decision,
                day=meeting.day.isoformat(), meeting=meeting.title,
            )  # fmt: skip
        return found

    def _text(self, kind: DecisionKind) -> str:
        match kind:
            case DecisionKind.APPOINT_COMMITTEE:
                names = ", ".join(user.name for user in self.crew.committee)
                return texts.APPOINT.format(names=names)
            case DecisionKind.SET_COMMISSION:
                return self.chance.choice(texts.COMMISSIONS)
            case DecisionKind.ADOPT_PROGRAMME:
                return texts.ADOPT
            case DecisionKind.AGREE_TOP_TEN:
                return texts.TOP_TEN
            case _:
                return texts.LIST

    def _part(
        self, milestone: Milestone, key: str, label: dict[str, str], *,
        day: date, by: User, decision: Decision | None = None,
    ) -> None:  # fmt: skip
        if (milestone.pk, key) in self.recorded:
            return
        part = PartRecord(
            milestone=milestone,
            part_key=key,
            note="" if decision else texts.NOTES.get(key, ""),
            decision=decision,
            recorded_by=by,
            recorded_on=day,
        )
        self.parts.append(part)
        if decision is None:
            self._act(
                day, "part.recorded", by, milestone,
                part=label, milestone=milestone.definition.titles,
            )  # fmt: skip

    def _seat_committee(self, day: date) -> None:
        for place, user in enumerate(self.crew.committee):
            role = _SEAT_ROLES[place] if place < len(_SEAT_ROLES) else CommitteeRole.MEMBER
            seat = CommitteeSeat(
                timeline=self.timeline, user=user, name=user.name, role=role, started_on=day
            )
            self.seats.append(seat)
            membership = Membership(
                user=user, branch=self.crew.branch, role=Role.COMMITTEE, started_on=day
            )
            self.memberships.append(membership)
            self._act(day, "committee.seat_added", self._secretary, seat, name=user.name)
            self._act(day, "branches.joined.committee", self._secretary, membership, name=user.name)

    def _approach(self, milestone: Milestone, day: date) -> None:
        first = max(milestone.window_start, self.timeline.created_on)
        for why, reason in self._reasons():
            asker = self.chance.choice(self.crew.board)
            added = min(day, first + timedelta(days=self.chance.randint(0, 20)))
            person = ApproachedPerson(
                timeline=self.timeline,
                name=f"{self.chance.choice(FIRST_NAMES)} {self.chance.choice(LAST_NAMES)}",
                why=why,
                reason=reason,
                in_party=self.chance.random() < 0.4,  # noqa: PLR2004 - most are outsiders
                asked_by=asker,
                answer=self.chance.choice(
                    (
                        ApproachAnswer.YES,
                        ApproachAnswer.YES,
                        ApproachAnswer.LATER,
                        ApproachAnswer.NO,
                    )
                ),
                added_on=added,
            )
            self.approached.append(person)
            self._act(added, "approached.added", asker, person)

    def _reasons(self) -> Iterator[tuple[str, str]]:
        count = self.chance.randint(3, 5)
        chosen = sorted(self.chance.sample(range(len(texts.REASONS)), count))
        yield from (texts.REASONS[place] for place in chosen)

    def _act(self, day: date, verb: str, by: User, subject: Model, /, **params: Any) -> None:
        self.acts.append(Act(day=day, verb=verb, by=by, subject=subject, params=params))
