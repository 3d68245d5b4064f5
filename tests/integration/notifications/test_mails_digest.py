"""The daily mail: what is to be done first, in the reader's language, true on the day it leaves."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.enums import Role
from branches.models import Branch, User
from evaluation.enums import Verdict
from evaluation.models import Assessment, Assignment, Evaluation, Promise
from notifications.enums import ReminderState
from notifications.models import Reminder
from process.enums import MeetingKind, MilestoneStatus
from process.models import Milestone, Timeline
from tests.clock import FIRST_DAY
from tests.evaluation_factories import evaluation_of
from tests.factories import (
    BranchFactory,
    InvitationFactory,
    MembershipFactory,
    NationalOfficerFactory,
    UserFactory,
)
from tests.mail_factories import mail_of, reminder, sent
from tests.mailbox import html_of
from tests.process_factories import MeetingFactory, TimelineFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def harlingen() -> Branch:
    branch: Branch = BranchFactory(name="Harlingen", slug="harlingen")
    return branch


@pytest.fixture
def anneke(harlingen: Branch) -> User:
    user: User = UserFactory(name="Anneke de Vries", language="en")
    MembershipFactory(user=user, branch=harlingen, function="secretary")
    return user


@pytest.fixture
def timeline(harlingen: Branch) -> Timeline:
    found: Timeline = TimelineFactory(branch=harlingen)
    return found


def milestone(timeline: Timeline, key: str, *, in_days: int, more: int = 10) -> Milestone:
    """Put a milestone's target so many days from the first day, its deadline ``more`` later."""
    row = timeline.milestones.get(key=key)
    row.target = FIRST_DAY + timedelta(days=in_days)
    row.deadline = row.window_end = row.target + timedelta(days=more)
    row.save()
    return row


def dealt(timeline: Timeline, to: User, *, judged: int = 0) -> Evaluation:
    evaluation = evaluation_of(timeline=timeline)
    promises = list(Promise.objects.filter(evaluation=evaluation).order_by("pk"))
    for row in promises:
        Assignment.objects.create(promise=row, person=to, assigned_on=FIRST_DAY)
    for row in promises[:judged]:
        Assessment.objects.create(
            promise=row, assessor=to, verdict=Verdict.DELIVERED, assessed_on=FIRST_DAY
        )
    return evaluation


def test_one_thing_is_told_in_the_subject_with_its_page(
    anneke: User, harlingen: Branch, timeline: Timeline
) -> None:
    row = milestone(timeline, "draft_sent", in_days=5)
    message = sent(reminder(anneke, "milestone.soon", row.pk, branch=harlingen))
    assert message.subject == "5 days left: send the draft to the members (Harlingen)"
    assert message.body.startswith("Hello Anneke,\n\nThere is one thing to do.\n")
    page = f"http://localhost:8000/afdeling/harlingen/mijlpaal/{row.pk}/"
    # On a line of its own, so that every mail program makes it a link.
    assert f"  {page}" in message.body.splitlines()
    assert f'href="{page}"' in html_of(message)
    assert "TO DO NOW" in message.body
    assert "DIGEST" not in message.subject.upper()


def test_it_is_written_in_the_readers_language(anneke: User, harlingen: Branch) -> None:
    meeting = MeetingFactory(branch=harlingen, day=FIRST_DAY + timedelta(days=26))
    row = reminder(anneke, "meeting.notice_ahead", meeting.pk, branch=harlingen)
    assert sent(row).subject == (
        "12 days left: send the invitation for the members’ meeting by Sat 16 October 2021 "
        "(Harlingen)"
    )
    anneke.language = "nl"
    anneke.save()
    row.refresh_from_db()
    message = sent(row, today=FIRST_DAY + timedelta(days=1))
    assert message.subject.startswith("Nog 11 dagen: stuur de uitnodiging")
    assert "Hallo Anneke," in message.body
    assert '<html lang="nl">' in html_of(message)


HELD_UP = [
    (0, "COMING", "2 weeks left: send the draft to the members"),
    (8, "TO DO NOW", "7 days left: send the draft to the members"),
    (15, "TO DO NOW", "Today: send the draft to the members"),
    (17, "TO DO NOW", "8 days left: send the draft to the members"),
    (26, "STILL WAITING FOR YOU", "Still to do: send the draft to the members"),
]


@pytest.mark.parametrize(("later", "heading", "words"), HELD_UP)
def test_a_mail_that_was_held_up_tells_the_truth_of_its_day(
    timeline: Timeline, later: int, heading: str, words: str
) -> None:
    reader = MembershipFactory(user__language="en", branch=timeline.branch).user
    row = milestone(timeline, "draft_sent", in_days=15)
    ahead = reminder(reader, "milestone.ahead", row.pk, branch=timeline.branch)
    message = sent(ahead, today=FIRST_DAY + timedelta(days=later))
    assert f"{heading}\n" in message.body
    assert f"- {words}" in message.body


def test_what_is_late_says_what_to_do_and_blames_nobody(
    anneke: User, harlingen: Branch, timeline: Timeline
) -> None:
    row = milestone(timeline, "draft_sent", in_days=-20)
    body = sent(reminder(anneke, "milestone.late", row.pk, branch=harlingen)).body
    assert "Do it this week, or choose on the page a day that you will make." in body
    assert "The last day was Fri 24 September 2021, 10 days ago" in body
    for word in ("failed", "too late", "overdue", "missed"):
        assert word not in body


def test_two_rules_about_one_thing_are_one_line(
    anneke: User, harlingen: Branch, timeline: Timeline
) -> None:
    row = milestone(timeline, "draft_sent", in_days=-20)
    rules = ("milestone.ahead", "milestone.soon", "milestone.late", "milestone.late_board")
    rows = [
        reminder(anneke, rule, row.pk, branch=harlingen, due_on=FIRST_DAY - timedelta(days=4 - n))
        for n, rule in enumerate(rules)
    ]
    message = sent(*rows)
    assert message.body.count("send the draft to the members") == 1
    assert message.subject == "Still to do: send the draft to the members (Harlingen)"


def test_the_notice_of_a_new_meeting_is_a_line_beside_its_news(
    anneke: User, harlingen: Branch
) -> None:
    meeting = MeetingFactory(
        branch=harlingen, title="Autumn meeting", day=FIRST_DAY + timedelta(days=16)
    )
    body = sent(
        reminder(anneke, "meeting.planned", meeting.pk, branch=harlingen),
        reminder(anneke, "meeting.notice_ahead", meeting.pk, branch=harlingen),
    ).body
    assert body.index("send the invitation") < body.index("NEW\n\n- Autumn meeting\n")
    assert f"/vergaderingen/{meeting.pk}/uitnodigen/" in body


def test_sections_stand_in_the_order_in_which_they_are_read(
    anneke: User, harlingen: Branch, timeline: Timeline
) -> None:
    planned = MeetingFactory(branch=harlingen, day=FIRST_DAY + timedelta(days=60))
    soon = MeetingFactory(
        branch=harlingen,
        kind=MeetingKind.BOARD,
        title="Board in October",
        day=FIRST_DAY + timedelta(days=2),
        starts_at=time(19, 30),
        place="With Sjoerd",
    )
    held = MeetingFactory(branch=harlingen, title="September meeting", day=date(2021, 9, 30))
    asked = InvitationFactory(branch=harlingen, name="Fatima El Amrani", invited_by=anneke)
    gone = UserFactory(name="Klaas Bakker", email="klaas@oud.example", mail_refused_on=FIRST_DAY)
    about = {
        "address.refused": gone.pk,
        "invitation.unanswered": asked.pk,
        "meeting.planned": planned.pk,
        "meeting.soon": soon.pk,
        "milestone.ahead": milestone(timeline, "programme_adopted", in_days=28).pk,
        "milestone.late": milestone(timeline, "draft_sent", in_days=-20).pk,
        "meeting.minutes": held.pk,
        "statutory.soon": milestone(timeline, "nomination", in_days=3, more=0).pk,
    }
    message = sent(*(reminder(anneke, rule, pk, branch=harlingen) for rule, pk in about.items()))
    words = (
        "TO DO NOW",
        "Put down the minutes of September meeting",
        "In 3 days: hand in the candidate list",
        "STILL WAITING FOR YOU",
        "Still to do: send the draft to the members",
        "COMING",
        "4 weeks left: let the members adopt the programme",
        "MEETINGS",
        "The day after tomorrow: Board in October",
        "Wed 6 October 2021, 19:30 · With Sjoerd",
        "NEW",
        "PEOPLE",
        "Ask Klaas Bakker for another e-mail address",
        "Ask Fatima El Amrani whether the invitation arrived",
    )
    places = [message.body.index(word) for word in words]
    assert places == sorted(places)
    assert message.subject == "3 things for this week in Harlingen"
    assert "Begin with the first; the rest can follow." in message.body


def test_promises_are_told_as_a_number_with_its_base(
    anneke: User, harlingen: Branch, timeline: Timeline
) -> None:
    milestone(timeline, "promises_assessed", in_days=3)
    timeline.milestones.filter(key="promises_assessed").update(progress_done=31, progress_total=48)
    evaluation = dealt(timeline, anneke, judged=1)
    message = sent(reminder(anneke, "verdict.soon", evaluation.pk, branch=harlingen))
    assert message.subject == "3 days left: give your verdict on 2 promises (Harlingen)"
    assert "You have judged 1 of your 3 promises" in message.body
    assert "31 of 48 promises assessed" in message.body
    assert f"/evaluatie/{evaluation.pk}/beoordelen/" in message.body


def test_an_invitation_that_expired_is_told_so(anneke: User, harlingen: Branch) -> None:
    asked = InvitationFactory(branch=harlingen, name="Fatima", expires_on=date(2021, 10, 1))
    message = sent(reminder(anneke, "invitation.expired", asked.pk, branch=harlingen))
    assert message.subject == (
        "Invite Fatima once more: the first link no longer works (Harlingen)"
    )
    assert "Nothing has to be done today." in message.body


def test_what_is_done_gone_or_withdrawn_is_not_mailed(
    anneke: User, harlingen: Branch, timeline: Timeline
) -> None:
    done = milestone(timeline, "draft_sent", in_days=5)
    withdrawn = milestone(timeline, "input_closed", in_days=5)
    meeting = MeetingFactory(branch=harlingen, notice_sent_on=FIRST_DAY, day=date(2021, 11, 1))
    judged = dealt(timeline, anneke, judged=3)
    asked = InvitationFactory(branch=harlingen, accepted_on=FIRST_DAY)
    rows = [
        reminder(anneke, "milestone.soon", done.pk, branch=harlingen),
        reminder(anneke, "milestone.soon", withdrawn.pk, branch=harlingen),
        reminder(anneke, "meeting.notice_ahead", meeting.pk, branch=harlingen),
        reminder(anneke, "verdict.soon", judged.pk, branch=harlingen),
        reminder(anneke, "invitation.unanswered", asked.pk, branch=harlingen),
        reminder(anneke, "address.refused", anneke.pk, branch=harlingen),
        reminder(anneke, "meeting.soon", 999_999, branch=harlingen),
        reminder(anneke, "a.rule.of.yesterday", 1, branch=harlingen),
    ]
    timeline.milestones.filter(pk=done.pk).update(status=MilestoneStatus.DONE, done_on=FIRST_DAY)
    rows[1].state = ReminderState.WITHDRAWN
    assert mail_of(*rows) is None


def test_the_branch_that_asks_most_comes_first(anneke: User, harlingen: Branch) -> None:
    arnhem = BranchFactory(name="Arnhem")
    MembershipFactory(user=anneke, branch=arnhem, role=Role.COMMITTEE)
    calm = milestone(TimelineFactory(branch=arnhem), "draft_sent", in_days=25)
    urgent = milestone(TimelineFactory(branch=harlingen), "draft_sent", in_days=1)
    message = sent(
        reminder(anneke, "milestone.ahead", calm.pk, branch=arnhem),
        reminder(anneke, "milestone.soon", urgent.pk, branch=harlingen),
    )
    body = message.body
    assert body.index("=== Harlingen ===") < body.index("=== Arnhem ===")
    assert message.subject == "Tomorrow: send the draft to the members (Harlingen and Arnhem)"
    assert "you are a board member in Harlingen (secretary)." in body.replace("\n", " ")
    assert "a member of the programme committee in Arnhem." in body.replace("\n", " ")


def test_a_title_that_the_office_changed_is_told_as_it_is(
    anneke: User, harlingen: Branch, timeline: Timeline
) -> None:
    row = milestone(timeline, "draft_sent", in_days=5)
    row.definition.title_en = "Draft on every doormat"
    row.definition.save()
    message = sent(reminder(anneke, "milestone.soon", row.pk, branch=harlingen))
    assert message.subject == "5 days left: “Draft on every doormat” (Harlingen)"


def test_who_owns_a_milestone_reads_that_it_is_theirs(
    anneke: User, harlingen: Branch, timeline: Timeline
) -> None:
    row = milestone(timeline, "draft_sent", in_days=5)
    told = reminder(anneke, "milestone.soon", row.pk, branch=harlingen)
    assert "Sat 9 October 2021 (in 5 days) · Programme committee" in sent(told).body
    row.owner = anneke
    row.save()
    assert "Sat 9 October 2021 (in 5 days) · yours" in sent(told).body


def _told(to: User, branch: Branch, rule: str, about: int) -> Reminder:
    return reminder(to, rule, about, branch=branch)


def test_a_board_hears_who_does_what_is_late_and_how_to_help(
    anneke: User, harlingen: Branch, timeline: Timeline
) -> None:
    row = milestone(timeline, "draft_sent", in_days=-20)
    row.owner = UserFactory(name="Inge Achterberg")
    row.save()
    told = reminder(anneke, "milestone.late_board", row.pk, branch=harlingen)
    assert "Inge Achterberg does it. Ask what would help." in sent(told).body
    row.owner = anneke
    row.save()
    assert "Ask what would help." not in sent(told).body
    row.owner = None
    row.save()
    assert "Up to: programme committee. Ask what would help." in sent(told).body
    MembershipFactory(user=anneke, branch=harlingen, role=Role.COMMITTEE)
    assert "Ask what would help." not in sent(told).body, "it is up to the reader too"


def many(anneke: User, number: int) -> list[Reminder]:
    """Write reminders of every kind, ``number`` of each, each kind over as many branches."""
    rows = []
    for _ in range(number):
        branch = BranchFactory()
        MembershipFactory(user=anneke, branch=branch)
        timeline = TimelineFactory(branch=branch)
        told = partial(_told, anneke, branch)
        meeting = MeetingFactory(branch=branch, day=FIRST_DAY + timedelta(days=20))
        evaluation = dealt(timeline, anneke)
        rows += [
            told("milestone.soon", milestone(timeline, "draft_sent", in_days=5).pk),
            told("milestone.ahead", milestone(timeline, "programme_adopted", in_days=28).pk),
            told("meeting.planned", meeting.pk),
            told("meeting.notice_ahead", meeting.pk),
            told("verdict.soon", evaluation.pk),
            told("invitation.unanswered", InvitationFactory(branch=branch).pk),
            told("address.refused", UserFactory(mail_refused_on=FIRST_DAY).pk),
            told("week.branch", branch.pk),
        ]
    return [*rows, reminder(anneke, "week.national", 0, due_on=FIRST_DAY - timedelta(number))]


def test_three_times_as_much_to_tell_asks_no_more_queries() -> None:
    counts = []
    for number in (1, 3):
        reader = UserFactory(language="en")
        NationalOfficerFactory(user=reader)
        rows = many(reader, number)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            message = sent(*rows)
        assert "=== " in message.body
        counts.append(len(queries))
    # The test itself writes the mail's row within what is counted.
    assert counts[0] == counts[1]
    assert counts[0] < 40
