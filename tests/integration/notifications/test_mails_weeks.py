"""Where we stand, on Mondays: for boards, and for the national office."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.models import Branch, User
from notifications.models import RuleSetting
from process.models import Timeline
from tests.clock import FIRST_DAY
from tests.factories import (
    BranchFactory,
    MembershipFactory,
    NationalOfficerFactory,
    UserFactory,
)
from tests.mail_factories import reminder, sent
from tests.mailbox import html_of
from tests.process_factories import MeetingFactory, TimelineFactory

pytestmark = pytest.mark.django_db

UNTIL_OCTOBER = {
    "people_approached": date(2021, 2, 1),
    "committee_and_commission": date(2021, 3, 20),
    "previous_loaded": date(2021, 4, 1),
    "carry_over_decided": date(2021, 6, 20),
    "themes_and_channels": date(2021, 5, 1),
    "input_open": date(2021, 5, 10),
    "input_closed": date(2021, 8, 20),
    "base_update_seen": date(2021, 9, 10),
    "dilemmas_answered": date(2021, 9, 10),
    "draft_sent": date(2021, 9, 30),
}


def flat(text: object) -> str:
    return " ".join(str(text).split())


@pytest.fixture
def harlingen() -> Branch:
    branch: Branch = BranchFactory(name="Harlingen", slug="harlingen")
    return branch


@pytest.fixture
def anneke(harlingen: Branch) -> User:
    user: User = UserFactory(name="Anneke", language="en")
    MembershipFactory(user=user, branch=harlingen)
    return user


@pytest.fixture
def officer() -> User:
    user: User = UserFactory(name="Noor", language="en")
    NationalOfficerFactory(user=user)
    return user


def pulse(timeline: Timeline, **fields: object) -> Timeline:
    """Set what the national page reads of a timeline."""
    Timeline.objects.filter(pk=timeline.pk).update(**fields)
    return timeline


def late_since(name: str, *, days: int) -> Timeline:
    """Return a branch whose next deadline passed so many days ago, and that was heard of then."""
    return pulse(
        TimelineFactory(branch__name=name),
        next_target=FIRST_DAY - timedelta(days=days + 20),
        next_deadline=FIRST_DAY - timedelta(days=days),
        last_activity_on=FIRST_DAY - timedelta(days=days),
    )


def test_a_board_reads_how_it_stands_what_it_did_and_what_comes(
    anneke: User, harlingen: Branch
) -> None:
    timeline = TimelineFactory(branch=harlingen, done=UNTIL_OCTOBER)
    timeline.milestones.filter(key="promises_assessed").update(progress_done=31, progress_total=48)
    pulse(timeline, last_activity_on=date(2021, 9, 30))
    MeetingFactory(branch=harlingen, title="Later", day=date(2021, 12, 1))
    MeetingFactory(branch=harlingen, title="Autumn meeting", day=date(2021, 10, 20))
    MeetingFactory(branch=harlingen, title="Past", day=date(2021, 10, 1))
    message = sent(reminder(anneke, "week.branch", harlingen.pk, branch=harlingen))
    assert message.subject == "How Harlingen stands: late"
    body = flat(message.body)
    assert "Your week in a minute." in body
    assert "Late. “Every promise has a verdict” could wait until Wed 26 May 2021" in body
    first = timeline.milestones.get(key="promises_assessed")
    assert f"/afdeling/harlingen/mijlpaal/{first.pk}/" in message.body
    assert f"/afdeling/harlingen/mijlpaal/{first.pk}/" in html_of(message)
    assert "- 10 of 28 milestones done" in body
    assert "- 31 of 48 promises assessed" in body
    assert "DONE LAST WEEK. WELL DONE! - Draft sent to the members" in body
    assert (
        "COMING IN THE NEXT FOUR WEEKS - Amendments in, each with advice: Fri 15 October 2021"
        in body
    )
    assert "NEXT MEETING Autumn meeting, Wed 20 October 2021" in body
    assert "Draft sent to the members" in html_of(message)
    assert "because you are a board member in Harlingen." in body


def test_without_timeline_or_meeting_it_says_what_helps(anneke: User, harlingen: Branch) -> None:
    body = flat(sent(reminder(anneke, "week.branch", harlingen.pk, branch=harlingen)).body)
    assert "There is no timeline yet." in body
    assert "None is planned yet. Pick a day together?" in body


def test_what_stands_above_is_not_told_again_as_coming(anneke: User, harlingen: Branch) -> None:
    timeline = TimelineFactory(branch=harlingen, done=UNTIL_OCTOBER)
    row = timeline.milestones.get(key="amendments_closed")
    body = sent(
        reminder(anneke, "milestone.soon", row.pk, branch=harlingen),
        reminder(anneke, "week.branch", harlingen.pk, branch=harlingen),
    ).body
    assert "collect the amendments and give advice on each" in body
    assert "Amendments in, each with advice" not in body


def test_several_branches_are_told_together(anneke: User, harlingen: Branch) -> None:
    arnhem = BranchFactory(name="Arnhem")
    MembershipFactory(user=anneke, branch=arnhem)
    message = sent(
        reminder(anneke, "week.branch", harlingen.pk, branch=harlingen),
        reminder(anneke, "week.branch", arnhem.pk, branch=arnhem),
    )
    assert message.subject == "How Arnhem and Harlingen stand"


def test_the_office_reads_counts_with_their_base_and_who_turned(officer: User) -> None:
    late_since("Arnhem", days=3)
    late_since("Bergen", days=30)
    quiet = FIRST_DAY - timedelta(days=45)
    pulse(late_since("Cuijk", days=60), last_activity_on=quiet)
    pulse(late_since("Delft", days=60), last_activity_on=quiet - timedelta(days=60))
    closed = late_since("Edam", days=3).branch
    closed.closed_on = FIRST_DAY
    closed.save()
    RuleSetting.objects.create(rule="milestone.late_national", is_on=False, days=22)
    message = sent(reminder(officer, "week.national", 0))
    body = flat(message.body)
    assert message.subject == "2 branches that could use a call this week"
    assert "Gemeenteraadsverkiezing 2022, 4 branches: 2 silent, 2 late" in body
    turned = body[body.index("LATE OR SILENT SINCE LAST WEEK") :]
    assert turned.index("Cuijk Nothing heard for 6 weeks;") < turned.index("Arnhem “")
    assert "the last day was Fri 1 October 2021, 3 days ago." in turned
    assert "Bergen" not in turned
    assert "Delft" not in turned
    assert "you work for the national office" in body
    assert "on the board" not in body


def test_late_milestones_are_grouped_by_branch_with_the_offices_own_days(officer: User) -> None:
    short = TimelineFactory(branch__name="Arnhem", done=UNTIL_OCTOBER)
    TimelineFactory(branch__name="Bergen")
    RuleSetting.objects.create(rule="milestone.late_national", is_on=True, days=100)
    body = flat(sent(reminder(officer, "week.national", 0)).body)
    late = body[body.index("LATE FOR MORE THAN 99 DAYS") :]
    # Those with the most first.
    assert late.index("Bergen “") < late.index("Arnhem “Every promise has a verdict”")
    assert "and 3 more; the first since 8 months ago." in late
    assert f"/afdeling/{short.branch.slug}/tijdlijn/" in late


def test_twenty_to_call_and_eight_that_are_late_for_long_are_named(officer: User) -> None:
    for number in range(23):
        late_since(f"Afdeling {number:02d}", days=3)
    message = sent(reminder(officer, "week.national", 0))
    body = flat(message.body)
    turned = body[body.index("LATE OR SILENT") : body.index("LATE FOR MORE")]
    assert turned.count("the last day was") == 20
    assert "and 3 more: http://localhost:8000/landelijk/" in turned
    assert body.count("; the first since") == 8
    assert "and 15 more: http://localhost:8000/landelijk/?outlook=late" in body
    assert message.subject == "23 branches that could use a call this week"
    assert len(html_of(message).encode()) < 20_000


def test_what_went_well_in_the_country_is_told(officer: User) -> None:
    TimelineFactory(
        branch__name="Arnhem", done={"people_approached": FIRST_DAY - timedelta(days=2)}
    )
    TimelineFactory(
        branch__name="Bergen",
        done={
            "people_approached": FIRST_DAY - timedelta(days=1),
            "input_open": FIRST_DAY - timedelta(days=30),
        },
    )
    body = flat(sent(reminder(officer, "week.national", 0)).body)
    assert "DONE LAST WEEK - 2 milestones done, in 2 branches" in body


def test_a_country_in_order_needs_no_call(officer: User) -> None:
    message = sent(reminder(officer, "week.national", 0))
    assert message.subject == "How the country stands"
    assert "No branch needs a call this week." in message.body


def test_more_branches_ask_no_more_queries(officer: User) -> None:
    counts = []
    for number in (1, 3):
        for place in range(number):
            late_since(f"Afdeling {number}-{place}", days=3)
        told = reminder(officer, "week.national", 0, due_on=FIRST_DAY - timedelta(days=number))
        with CaptureQueriesContext(connection) as queries:
            sent(told)
        counts.append(len(queries))
    assert counts[0] == counts[1]
