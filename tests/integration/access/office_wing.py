"""What a house of the matrix has of the national office: one of each thing that it keeps."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from branches.models import User
from consultation.enums import Classic
from monitor.enums_helping import ActivityKind, CallOutcome, HelpState, Layer
from monitor.models import (
    Activity,
    Announcement,
    Attendance,
    Call,
    ContactPerson,
    Expert,
    HelpMessage,
    HelpRequest,
    MonthlyReport,
    SavedView,
)
from tests.clock import AMSTERDAM, FIRST_DAY

if TYPE_CHECKING:
    from tests.integration.access.house import House

ASKED = date(2021, 9, 27)
ANSWERED = date(2021, 9, 29)
TRAINING = date(2021, 11, 6)
MONTH = date(2021, 9, 1)


@dataclass(kw_only=True)
class OfficeWing:
    """Objects that rows take.

    Those of the office itself (national activity, announcement, expert, view, report) carry no mark
    of the branch: everybody may read them. ``call`` is for the office alone.

    Attributes:
        contact_person: the officer of the world looks after the branch.
        call: with a day to look again, on which it has not been done yet.
        waiting: a question about the milestone that is being worked on; nobody took it.
        answered: one that the office answered, with an expert of the directory.
        closed: one that is over.
        message: the branch's first message in ``waiting``.
        answer: the office's message in ``answered``.
        announcement: for the whole country, shown today.
        national_activity: a training of the office, to which a member of the branch comes.
        activity: the branch's own, to which the board comes.
        attendance: of the member at ``national_activity``; ``own_attendance`` at ``activity``.
        expert: somebody of the directory.
        view: a saved view of the officer, shared.
        report: of last month; the two houses have the same one.
    """

    contact_person: ContactPerson
    call: Call
    waiting: HelpRequest
    answered: HelpRequest
    closed: HelpRequest
    message: HelpMessage
    answer: HelpMessage
    announcement: Announcement
    national_activity: Activity
    activity: Activity
    attendance: Attendance
    own_attendance: Attendance
    expert: Expert
    view: SavedView
    report: MonthlyReport


def build_office(*, house: House, officer: User) -> OfficeWing:
    """Build one of each.

    Args:
        house: has its milestones already.
        officer: works for the national office.
    """
    expert = _expert(officer)
    asked = {
        "waiting": _request(house, "vraag die wacht", HelpState.WAITING),
        "answered": _request(
            house, "vraag met antwoord", HelpState.ANSWERED, handler=officer, expert=expert
        ),
        "closed": _request(house, "afgesloten vraag", HelpState.CLOSED, handler=officer),
    }
    answers = {
        name: _message(asked[name], house, officer, what=what)
        for name, what in (("answered", "antwoord"), ("closed", "laatste antwoord"))
    }
    activity = _activity(house, officer=None)
    national = _activity(house, officer=officer)
    return OfficeWing(
        contact_person=ContactPerson.objects.create(
            branch=house.branch, person=officer, since=ASKED
        ),
        call=Call.objects.create(
            branch=house.branch,
            made_by=officer,
            made_on=ASKED,
            outcome=CallOutcome.CALL_BACK,
            note=house.words.say("notitie bij het gesprek"),
            follow_up_on=FIRST_DAY,
            submission=uuid.uuid4(),
        ),
        **asked,
        message=asked["waiting"].messages.get(),
        answer=answers["answered"],
        announcement=_announcement(officer),
        national_activity=national,
        activity=activity,
        attendance=_attendance(national, house, "member"),
        own_attendance=_attendance(activity, house, "board"),
        expert=expert,
        view=SavedView.objects.create(
            owner=officer, name=f"Blik {house.slug}", query="volgorde=bellen", is_shared=True
        ),
        report=_report(house, officer),
    )


def _moment(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=AMSTERDAM)


def _request(
    house: House,
    what: str,
    state: HelpState,
    *,
    handler: User | None = None,
    expert: Expert | None = None,
) -> HelpRequest:
    """Keep a question with the branch's first message in it."""
    is_answered = state != HelpState.WAITING
    made = HelpRequest.objects.create(
        branch=house.branch,
        asked_by=house.people["board"],
        asked_on=ASKED,
        asked_at=_moment(ASKED),
        subject=house.words.say(what)[:160],
        milestone_key="" if is_answered else house.milestones["working"].key,
        state=state,
        waiting_since=None if is_answered else ASKED,
        handler=handler,
        expert=expert,
        first_answered_at=_moment(ANSWERED) if is_answered else None,
        last_on=ANSWERED if is_answered else ASKED,
        closed_on=ANSWERED if state == HelpState.CLOSED else None,
        submission=uuid.uuid4(),
    )
    HelpMessage.objects.create(
        request=made,
        author=house.people["board"],
        from_office=False,
        text=house.words.say(f"tekst van de {what}"),
        written_on=ASKED,
        written_at=_moment(ASKED),
        submission=uuid.uuid4(),
    )
    return made


def _message(request: HelpRequest, house: House, officer: User, *, what: str) -> HelpMessage:
    return HelpMessage.objects.create(
        request=request,
        author=officer,
        from_office=True,
        text=house.words.say(what),
        written_on=ANSWERED,
        written_at=_moment(ANSWERED),
        submission=uuid.uuid4(),
    )


def _announcement(officer: User) -> Announcement:
    return Announcement.objects.create(
        title="Nieuwe handreiking",
        text="De handreiking staat klaar.",
        shown_from=ASKED,
        shown_until=FIRST_DAY + timedelta(days=30),
        written_by=officer,
    )


def _activity(house: House, *, officer: User | None) -> Activity:
    """Keep an activity of the office, or without an officer one of the branch's own."""
    moments = {
        "starts_at": _moment(TRAINING),
        "ends_at": _moment(TRAINING, 16),
        "changed_at": _moment(ASKED),
    }
    if officer is not None:
        return Activity.objects.create(
            kind=ActivityKind.TRAINING,
            title="Training voor nieuwe raadsleden",
            about="Een dag over de begroting.",
            place="Utrecht",
            seats=40,
            made_by=officer,
            **moments,
        )
    # Said for this one alone: a sign that stands nowhere would be looked for in vain.
    words = house.words
    return Activity.objects.create(
        branch=house.branch,
        kind=ActivityKind.CAMPAIGN,
        title=words.say("Flyeren")[:120],
        about=words.say("waar het over gaat"),
        place=words.say("Marktplein")[:160],
        link=f"https://voorbeeld.nl/{words.say('flyeren').replace(' ', '-')}",
        made_by=house.people["board"],
        **moments,
    )


def _attendance(activity: Activity, house: House, who: str) -> Attendance:
    return Attendance.objects.create(
        activity=activity, person=house.people[who], branch=house.branch, said_on=FIRST_DAY
    )


def _expert(officer: User) -> Expert:
    return Expert.objects.create(
        name="Wil Waterman",
        layer=Layer.WATER_BOARD,
        function="Lid van het algemeen bestuur",
        themes=[Classic.values[0]],
        about="Weet van dijken en van de heffing.",
        email="wil@waterschap.voorbeeld.nl",
        agreed_on=ASKED,
        added_by=officer,
    )


def _report(house: House, officer: User) -> MonthlyReport:
    report, _made = MonthlyReport.objects.get_or_create(
        election=house.election,
        month=MONTH,
        defaults={"taken_on": FIRST_DAY, "taken_by": officer, "figures": {}},
    )
    return report
