"""The last fence of the other rooms: what each constraint of theirs refuses, by real writes."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from consultation.enums import LetterKind
from consultation.models import IncomingMail, NotAlike, Participant, RememberedColumns
from consultation.models.contribution import MeasureLink
from consultation.services.letters import write
from consultation.services.receiving import Person
from evaluation.enums import CarryOver, Verdict
from evaluation.models import Assessment, Assignment, Ballot, BallotDots, Follower, Turn
from monitor.enums_helping import ActivityKind, CallOutcome, HelpState
from monitor.models import (
    Activity,
    Announcement,
    Attendance,
    Call,
    HelpRequest,
    MonthlyReport,
    SavedView,
)
from notifications.enums import MessageKind
from notifications.models import Delivery, Message, Preference
from programmes.enums import ImportState, ProgrammeKind
from programmes.models import BaseDecision, Measure, ProgrammeImport
from tests.clock import FIRST_DAY
from tests.consultation_factories import (
    channel_of,
    consultation_of,
    contribution_of,
    gathering_of,
)
from tests.evaluation_factories import evaluation_of
from tests.factories import BranchFactory, UserFactory
from tests.integration.monitor.help_stage import build_stage, expert
from tests.mail_factories import MOMENT, reminder
from tests.process_factories import ElectionFactory
from tests.programme_factories import programme_with
from tests.refusing import refuses, same, setting
from tests.ten_factories import pledge_of, top_ten_of

pytestmark = pytest.mark.django_db

NOON = datetime(2021, 10, 4, 10, tzinfo=UTC)
BEFORE = FIRST_DAY - timedelta(days=1)


def test_only_the_base_programme_is_nobodys_and_a_measure_stands_somewhere() -> None:
    programme = programme_with({"Wonen": ["We bouwen."]})
    refuses("only_a_base_programme_is_of_everybody", setting(programme, branch=None))
    measure = Measure.objects.get(programme=programme)
    refuses("measure_once_in_a_version", same(measure, number=2))
    refuses("a_measure_without_section_is_retired", setting(measure, section=None))
    setting(measure, section=None, retired_on=FIRST_DAY)()
    setting(programme, branch=None, kind=ProgrammeKind.BASE)()
    coming = ProgrammeImport.objects.create(
        branch=BranchFactory(),
        kind=ProgrammeKind.PREVIOUS,
        state=ImportState.PREVIEW,
        file_name="programma.docx",
        uploaded_on=FIRST_DAY,
    )
    refuses("only_a_base_programme_is_read_in_for_everybody", setting(coming, branch=None))
    setting(coming, branch=None, kind=ProgrammeKind.BASE)()


def test_a_branch_decides_once_about_a_measure_of_a_version() -> None:
    base = programme_with({"Wonen": ["We bouwen."]}, kind=ProgrammeKind.BASE)
    row = BaseDecision.objects.create(
        branch=BranchFactory(),
        base=base,
        identity=uuid.uuid4(),
        choice="keep",
        decided_on=FIRST_DAY,
    )
    refuses("base_measure_decided_once", same(row))
    same(row, branch_id=BranchFactory().pk)()
    assert BaseDecision.objects.count() == 2


def test_a_promise_is_dropped_with_a_reason_and_disputed_without_an_outcome() -> None:
    promise = evaluation_of().promises.first()
    assert promise is not None
    refuses("dropped_promise_has_a_reason", setting(promise, carry_over=CarryOver.DROP))
    broken = setting(promise, disputed=True, verdict=Verdict.DELIVERED)
    refuses("disputed_promise_has_no_outcome", broken)
    person = UserFactory()
    dealt = Assignment.objects.create(promise=promise, person=person, assigned_on=FIRST_DAY)
    refuses("dealt_out_once", same(dealt))
    judged = Assessment.objects.create(
        promise=promise, assessor=person, verdict=Verdict.DELIVERED, assessed_on=FIRST_DAY
    )
    refuses("one_assessment_each", same(judged))
    refuses("an_assessment_is_a_verdict", setting(judged, verdict=Verdict.NOT_ASSESSED))


def test_the_ten_are_ten_each_once_agreed_by_a_decision_and_of_two_people() -> None:
    top_ten = top_ten_of()
    refuses("top_ten_is_agreed_by_a_decision", setting(top_ten, decision=None))
    refuses("top_ten_is_agreed_by_a_decision", setting(top_ten, agreed_on=None))
    pledge = pledge_of(top_ten)
    refuses("measure_once_in_a_ten", same(pledge, rank=None))
    refuses("rank_once_in_a_ten", setting(pledge, rank=2))
    for rank in (0, 11):
        refuses("rank_is_one_to_ten", setting(pledge, rank=rank))
    refuses("owner_and_deputy_are_two", setting(pledge, deputy=pledge.owner))
    turn = Turn.objects.filter(pledge=pledge, until_on=None).first()
    assert turn is not None
    refuses("one_turn_runs_for_a_role", same(turn))
    same(turn, until_on=FIRST_DAY)()


def test_a_ballot_has_one_to_ten_dots_for_a_candidate() -> None:
    pledge = pledge_of()
    ballot = Ballot.objects.create(top_ten=pledge.top_ten, cast_on=FIRST_DAY, changed_on=FIRST_DAY)
    dots = BallotDots.objects.create(ballot=ballot, pledge=pledge, dots=3)
    refuses("dots_once_on_a_ballot", same(dots))
    for number in (0, 11):
        refuses("one_to_ten_dots", setting(dots, dots=number))


def test_an_address_follows_a_top_ten_once_in_any_case() -> None:
    row = Follower.objects.create(
        top_ten=top_ten_of(), email="buur@voorbeeld.nl", language="nl", asked_on=FIRST_DAY
    )
    refuses("follows_a_ten_once", same(row, email="BUUR@voorbeeld.nl", key="k" * 43))


def test_themes_channels_columns_and_mails_are_there_once() -> None:
    consultation = consultation_of()
    theme = consultation.themes.exclude(classic="").first()
    assert theme is not None
    refuses("classic_theme_once", same(theme))
    refuses("a_local_theme_has_a_name", same(theme, classic="", name=""))
    for kind in ("form", "mail"):
        channel = channel_of(consultation, kind)
        refuses("one_form_and_one_mail_address", same(channel))
    columns = RememberedColumns.objects.create(
        consultation=consultation, fingerprint="f" * 64, used_on=FIRST_DAY
    )
    refuses("columns_remembered_once", same(columns))
    mail = IncomingMail.objects.create(
        consultation=consultation, digest="d" * 64, read_on=FIRST_DAY
    )
    refuses("mail_read_once", same(mail))
    gathering = gathering_of(consultation)
    participant = Participant.objects.create(
        gathering=gathering, number=1, role="resident", joined_on=FIRST_DAY
    )
    refuses("participant_number_once", same(participant))


def test_what_came_in_is_answered_with_a_reason_and_is_no_part_of_itself() -> None:
    consultation = consultation_of()
    first, second = contribution_of(consultation, "Een"), contribution_of(consultation, "Twee")
    for status in ("partly", "not_adopted"):
        refuses("not_or_partly_adopted_has_a_reason", setting(first, status=status))
    refuses("merged_into_another", setting(first, merged_into=first.pk))
    refuses("part_of_another", setting(first, split_from=first.pk))
    programme = programme_with({"Wonen": ["We bouwen."]}, branch=consultation.branch)
    link = MeasureLink.objects.create(
        contribution=first, measure=programme.measures.get(), linked_on=FIRST_DAY
    )
    refuses("taken_up_once", same(link))
    apart = NotAlike.objects.create(first=first, second=second, said_on=FIRST_DAY)
    refuses("not_alike_once", same(apart))
    turned = same(apart, first_id=second.pk, second_id=first.pk)
    refuses("not_alike_smaller_first", turned)


def test_preferences_reminders_and_mails_are_of_one_person_once() -> None:
    person, branch = UserFactory(), BranchFactory()
    refuses("one_national_preference", same(Preference.objects.create(user=person)))
    own = Preference.objects.create(user=person, branch=branch)
    refuses("one_preference_a_branch", same(own))
    refuses("told_once", same(reminder(person, "milestone.soon", 1, branch=branch)))
    mail = Delivery.objects.create(
        recipient=person, mail="digest", key="een", day=FIRST_DAY, send_after=MOMENT,
        created_at=MOMENT,
    )  # fmt: skip
    refuses("to_one_person_or_one_outsider", setting(mail, recipient=None))
    message = Message.objects.create(
        kind=MessageKind.NUDGE, branch=branch, subject="Hoe gaat het?", text="Hoi.",
        written_on=FIRST_DAY, key="nudge:een",
    )  # fmt: skip
    outside = _mail_to_an_outsider()
    refuses("message_to_an_account", setting(outside, message=message))


def _mail_to_an_outsider() -> Delivery:
    consultation = consultation_of()
    person = Person(name="Buur", email="buur@voorbeeld.nl", consent="Ja.", wants_answer=True)
    row = contribution_of(consultation, person=person)
    assert row.contributor is not None
    write(contributor=row.contributor, kind=LetterKind.ANSWER, today=FIRST_DAY, contribution=row)
    return Delivery.objects.create(
        letter=row.contributor.letters.get(), mail="letter_answer", key="brief", day=FIRST_DAY,
        send_after=MOMENT, created_at=MOMENT,
    )  # fmt: skip


def test_a_call_is_followed_up_after_it_and_only_where_somebody_asked() -> None:
    stage = build_stage()
    call = Call.objects.create(
        branch=stage.branch,
        made_by=stage.lotte,
        made_on=FIRST_DAY,
        outcome=CallOutcome.SPOKEN,
        submission=uuid.uuid4(),
    )
    refuses("follow_up_after_the_call", setting(call, follow_up_on=BEFORE))
    refuses("followed_up_only_where_asked", setting(call, followed_up_on=FIRST_DAY))
    setting(call, follow_up_on=FIRST_DAY, followed_up_on=FIRST_DAY)()


def test_a_question_that_waits_or_is_closed_says_since_when() -> None:
    stage = build_stage()
    row: HelpRequest = stage.ask()
    refuses("waiting_help_has_a_day", setting(row, waiting_since=None))
    refuses("waiting_help_has_a_day", setting(row, state=HelpState.ANSWERED))
    closed = {"state": HelpState.CLOSED, "waiting_since": None}
    refuses("closed_help_has_a_day", setting(row, **closed))
    refuses("closed_help_has_a_day", setting(row, closed_on=FIRST_DAY))
    setting(row, **closed, closed_on=FIRST_DAY)()


def test_a_view_has_one_name_a_month_one_report_and_an_expert_an_address() -> None:
    view = SavedView.objects.create(owner=UserFactory(), name="Bellen")
    refuses("saved_view_once", same(view))
    same(view, owner_id=UserFactory().pk)()
    report = MonthlyReport.objects.create(
        election=ElectionFactory(), month=date(2021, 9, 1), taken_on=FIRST_DAY, figures={}
    )
    refuses("one_report_a_month", same(report))
    refuses("expert_can_be_reached", setting(expert(), email="", phone=""))


def test_what_the_office_announces_ends_after_it_starts_and_people_come_once() -> None:
    told = Announcement.objects.create(
        title="Nieuw", text="Kijk.", shown_from=FIRST_DAY, shown_until=FIRST_DAY
    )
    refuses("announcement_ends_after_start", setting(told, shown_until=BEFORE))
    activity = Activity.objects.create(
        kind=ActivityKind.TRAINING,
        title="Training",
        starts_at=NOON,
        ends_at=NOON + timedelta(hours=2),
        changed_at=NOON,
    )
    refuses("activity_ends_after_start", setting(activity, ends_at=NOON))
    comes = Attendance.objects.create(
        activity=activity, person=UserFactory(), branch=BranchFactory(), said_on=FIRST_DAY
    )
    refuses("attends_once", same(comes))
