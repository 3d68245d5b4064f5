"""A branch with people who ask, and an office that answers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime

from branches.enums import Role
from branches.models import Branch, User
from monitor.enums_helping import Layer
from monitor.models import ContactPerson, Expert, HelpMessage, HelpRequest
from monitor.services import help as services
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MembershipFactory, NationalOfficerFactory

NOW = datetime(2021, 10, 4, 9, 30, tzinfo=UTC)


@dataclass(kw_only=True)
class Stage:
    """A branch with one person per role, and two colleagues at the office."""

    branch: Branch
    board: User
    committee: User
    member: User
    lotte: User
    bas: User

    def look_after(self, person: User) -> None:
        """Let a colleague look after the branch."""
        ContactPerson.objects.update_or_create(
            branch=self.branch, defaults={"person": person, "since": FIRST_DAY}
        )

    def ask(
        self,
        subject: str = "Hoe vragen we leden?",
        *,
        text: str = "Wij komen er niet uit.",
        by: User | None = None,
        today: date = FIRST_DAY,
        submission: uuid.UUID | None = None,
    ) -> HelpRequest:
        """Let the board, or somebody else, ask."""
        return services.ask(
            branch=self.branch,
            subject=subject,
            text=text,
            milestone_key="",
            submission=submission or uuid.uuid4(),
            by=by or self.board,
            today=today,
            now=NOW,
        )

    def write(
        self, request: HelpRequest, text: str = "Nog iets.", *, today: date = FIRST_DAY
    ) -> HelpMessage:
        """Let the board write once more."""
        return services.write(
            request=request, text=text, submission=uuid.uuid4(), by=self.board, today=today, now=NOW
        )

    def answer(
        self,
        request: HelpRequest,
        text: str = "Zo doe je dat.",
        *,
        by: User | None = None,
        expert: Expert | None = None,
        seen: int | None = None,
        today: date = FIRST_DAY,
    ) -> services.Answered:
        """Let Lotte, or somebody else, answer what stood there."""
        last = request.messages.latest("pk").pk
        return services.answer(
            request=request,
            text=text,
            expert=expert,
            seen=last if seen is None else seen,
            submission=uuid.uuid4(),
            by=by or self.lotte,
            today=today,
            now=NOW,
        )


def build_stage(**branch: object) -> Stage:
    """Build one more branch; the office has the same two colleagues in each."""
    made = BranchFactory(**branch)
    people = {
        role: MembershipFactory(branch=made, role=role).user
        for role in (Role.BOARD, Role.COMMITTEE, Role.MEMBER)
    }
    lotte, bas = (
        User.objects.filter(email=address).first()
        or NationalOfficerFactory(user__email=address, user__name=name).user
        for address, name in (
            ("lotte@landelijk.voorbeeld.nl", "Lotte"),
            ("bas@landelijk.voorbeeld.nl", "Bas"),
        )
    )
    return Stage(
        branch=made,
        board=people[Role.BOARD],
        committee=people[Role.COMMITTEE],
        member=people[Role.MEMBER],
        lotte=lotte,
        bas=bas,
    )


def expert() -> Expert:
    """Put somebody in the directory."""
    return Expert.objects.create(
        name="Wil Waterman",
        layer=Layer.WATER_BOARD,
        function="Lid van het algemeen bestuur",
        about="Weet van dijken.",
        email="wil@waterschap.voorbeeld.nl",
        phone="06 1234",
        agreed_on=FIRST_DAY,
    )
