"""One branch with something in every room, each text of it to be recognised later."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, time

from django.core.files.base import ContentFile

from branches import audit
from branches.enums import Role
from branches.models import Branch, Invitation, Membership, User
from branches.services.invitations import digest
from core.uploads import inspect
from notifications.models import Delivery
from process.enums import DecisionKind, MeetingKind, MilestoneStatus, TargetOrigin
from process.models import (
    ApproachedPerson,
    CommitteeSeat,
    Decision,
    Election,
    Meeting,
    Milestone,
    PartRecord,
    TemplatePart,
    Timeline,
    TimetableOverride,
)
from process.services.meetings import MeetingPlan, plan_meeting
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, InvitationFactory, MembershipFactory, UserFactory
from tests.integration.access.calendar_wing import CalendarWing, build_calendar
from tests.integration.access.evaluation_wing import EvaluationWing, build_evaluation
from tests.integration.access.input_wing import InputWing, build_input
from tests.integration.access.merger_wing import MergerWing, build_before
from tests.integration.access.office_wing import OfficeWing, build_office
from tests.integration.access.post_wing import park
from tests.integration.access.programme_wing import ProgrammeWing, build_programmes
from tests.integration.access.ten_wing import TenWing, build_ten
from tests.process_factories import (
    ApproachedPersonFactory,
    CommitteeSeatFactory,
    MeetingFactory,
    TimelineFactory,
    decide,
    ready_to_adopt,
)

PAST = date(2021, 10, 1)
COMING = date(2021, 11, 12)
STARTED = date(2021, 1, 4)


class Words:
    """Texts for one branch. A marked one ends in random signs, so that it is known anywhere."""

    def __init__(self, *, marked: bool) -> None:
        self.marked = marked
        self.marks: dict[str, str] = {}

    def say(self, what: str) -> str:
        """Return a text for ``what``; remember its mark."""
        if not self.marked:
            return f"Tekst {what}"
        mark = f"kanarie{uuid.uuid4().hex[:16]}"
        self.marks[mark] = what
        return f"{what} {mark}"

    def mail(self, who: str) -> str:
        """Return an address for ``who``."""
        if not self.marked:
            return f"{who}@a.voorbeeld.nl"
        mark = f"kanarie{uuid.uuid4().hex[:16]}"
        self.marks[mark] = f"address of {who}"
        return f"{mark}@b.voorbeeld.nl"


@dataclass(kw_only=True)
class House:
    """A branch and what hangs under it; a factory of the matrix takes its real objects here."""

    words: Words
    branch: Branch
    election: Election
    timeline: Timeline
    people: dict[str, User]
    memberships: dict[str, Membership]
    invitation: Invitation
    token: str
    past_meeting: Meeting
    board_meeting: Meeting
    coming_meeting: Meeting
    decision: Decision
    with_document: Decision
    seat: CommitteeSeat
    own_seat: CommitteeSeat
    approached: ApproachedPerson
    override: TimetableOverride
    programmes: ProgrammeWing
    evaluation: EvaluationWing
    calendar: CalendarWing = field(init=False)
    input: InputWing = field(init=False)
    ten: TenWing = field(init=False)
    office: OfficeWing = field(init=False)
    before: MergerWing = field(init=False)
    parked: Delivery
    milestones: dict[str, Milestone] = field(default_factory=dict)
    part_key: str = ""

    @property
    def slug(self) -> str:
        """The branch's place in addresses."""
        return self.branch.slug


def build_house(*, slug: str, marked: bool, officer: User) -> House:
    """Build a branch in October 2021: draft sent, programme still to be adopted.

    Args:
        slug: its place in addresses.
        marked: whether its texts carry signs.
        officer: of the national office, who looks after it.
    """
    words = Words(marked=marked)
    branch = BranchFactory(slug=slug, name=words.say("Afdeling")[:80], demonym=words.say("volk"))
    people, memberships = _people(branch, words)
    timeline = ready_to_adopt(TimelineFactory(branch=branch))
    board = people["board"]
    past = _meeting(branch, words, day=PAST, kind=MeetingKind.MEMBERS)
    board_meeting = _meeting(branch, words, day=PAST, kind=MeetingKind.BOARD)
    coming = plan_meeting(
        branch=branch,
        plan=MeetingPlan(
            kind=MeetingKind.MEMBERS,
            title=words.say("Najaarsvergadering"),
            day=COMING,
            starts_at=time(20),
            place=words.say("Buurthuis"),
            link=f"https://voorbeeld.nl/{words.say('link').replace(' ', '-')}",
            agenda=words.say("agenda"),
        ),
        by=board,
        today=STARTED,
    )
    programmes = build_programmes(branch=branch, words=words, people=people)
    house = House(
        words=words,
        branch=branch,
        election=timeline.election,
        timeline=timeline,
        people=people,
        memberships=memberships,
        invitation=_invitation(branch, words, token=f"token-{slug}", by=board),
        token=f"token-{slug}",
        past_meeting=past,
        board_meeting=board_meeting,
        coming_meeting=coming,
        decision=_first_commission(timeline),
        with_document=_with_document(timeline, past, words, by=board),
        seat=CommitteeSeatFactory(timeline=timeline, name=words.say("Lid zonder account")),
        own_seat=CommitteeSeatFactory(
            timeline=timeline, name=words.say("Lid met account"), user=people["committee"]
        ),
        approached=ApproachedPersonFactory(
            timeline=timeline,
            name=words.say("Benaderd"),
            reason=words.say("waarom"),
            asked_by=board,
        ),
        override=TimetableOverride.objects.create(
            election=timeline.election,
            branch=branch,
            key="new_council",
            date=date(2022, 3, 30),
            reason=words.say("uitzondering"),
            source=words.say("bron"),
            reviewed_on=STARTED,
        ),
        programmes=programmes,
        evaluation=build_evaluation(
            programme=programmes.programme, timeline=timeline, words=words, people=people
        ),
        parked=park(branch=branch, recipient=people["member"]),
    )
    _milestones(house)
    house.input = build_input(
        timeline=timeline, measure=programmes.measure, words=words, people=people
    )
    house.ten = build_ten(timeline=timeline, words=words, people=people)
    house.calendar = build_calendar(branch=branch, board=board)
    house.office = build_office(house=house, officer=officer)
    house.before = build_before(branch=branch, words=words, officer=officer)
    audit.record(
        verb="meeting.planned",
        by=board,
        branch=branch,
        today=FIRST_DAY,
        title=words.say("spoor"),
        day=FIRST_DAY,
    )
    return house


def _people(branch: Branch, words: Words) -> tuple[dict[str, User], dict[str, Membership]]:
    roles = {
        "board": Role.BOARD,
        "second_board": Role.BOARD,
        "committee": Role.COMMITTEE,
        "council_group": Role.COUNCIL_GROUP,
        "member": Role.MEMBER,
        "former": Role.BOARD,
    }
    people: dict[str, User] = {
        name: UserFactory(email=words.mail(name), name=words.say(name)) for name in roles
    }
    memberships: dict[str, Membership] = {
        name: MembershipFactory(
            user=people[name], branch=branch, role=role, function=words.say(f"taak van {name}")
        )
        for name, role in roles.items()
    }
    former = memberships["former"]
    former.ended_on = date(2021, 6, 1)
    former.save()
    return people, memberships


def _meeting(branch: Branch, words: Words, *, day: date, kind: MeetingKind) -> Meeting:
    meeting: Meeting = MeetingFactory(
        branch=branch,
        kind=kind,
        day=day,
        title=words.say("Vergadering"),
        place=words.say("Zaal"),
        agenda=words.say("agenda"),
        notice_text=words.say("uitnodigingstekst"),
        minutes=words.say("notulen"),
    )
    return meeting


def _invitation(branch: Branch, words: Words, *, token: str, by: User) -> Invitation:
    invitation: Invitation = InvitationFactory(
        branch=branch,
        email=words.mail("gevraagd"),
        name=words.say("Gevraagd"),
        function=words.say("taak in de uitnodiging"),
        invited_by=by,
        token_hash=digest(token),
    )
    return invitation


def _first_commission(timeline: Timeline) -> Decision:
    return Decision.objects.get(timeline=timeline, kind=DecisionKind.SET_COMMISSION)


def _with_document(timeline: Timeline, meeting: Meeting, words: Words, *, by: User) -> Decision:
    file = ContentFile(words.say("inhoud van het document").encode(), name="besluit.txt")
    name = f"{words.say('besluit').replace(' ', '-')}.txt"
    file.name = name
    return decide(
        timeline,
        DecisionKind.OTHER,
        day=meeting.day,
        meeting=meeting,
        text=words.say("besluittekst"),
        document=inspect(file=file),
        by=by,
        today=FIRST_DAY,
    )


def _milestones(house: House) -> None:
    """Set aside a milestone for each thing that one does with milestones."""
    words, rows = house.words, house.timeline.milestones
    by_key = {row.key: row for row in rows.select_related("definition")}
    # The committee's, open, with a part that somebody records by hand.
    working = by_key["amendments_closed"]
    working.note = words.say("notitie")
    working.owner = house.people["committee"]
    working.status = MilestoneStatus.STARTED
    working.save()
    part, *others = TemplatePart.objects.filter(
        milestone=working.definition, decision_kind=""
    ).order_by("position")
    house.part_key = part.key
    for row in (part, *others):
        PartRecord.objects.create(
            milestone=working,
            part_key=row.key,
            note=words.say("notitie bij onderdeel"),
            link=f"https://voorbeeld.nl/{words.say('link').replace(' ', '-')}",
            recorded_by=house.people["committee"],
            recorded_on=FIRST_DAY,
        )
    dropped = by_key["dilemmas_answered"]
    dropped.status = MilestoneStatus.DROPPED
    dropped.dropped_reason = words.say("waarom niet")
    dropped.save()
    moved = by_key["candidates_endorse"]
    moved.target_origin = TargetOrigin.BRANCH
    moved.save()
    house.milestones = {
        "working": working,
        "dropped": dropped,
        "moved": moved,
        "done": by_key["draft_sent"],
    }
