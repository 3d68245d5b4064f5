"""The whole thread, the statutory dates, and the plan for a branch that is behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.enums import Role
from branches.models import Branch
from process.models import Timeline, TimetableOverride
from process.services import planning
from tests.clock import FixedClock
from tests.factories import BranchFactory, MembershipFactory, NationalOfficerFactory, UserFactory
from tests.process_factories import ElectionFactory, TimelineFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def branch() -> Branch:
    return BranchFactory(slug="harlingen", name="Harlingen")


@pytest.fixture
def board(client: Client, sign_in: SignIn, branch: Branch) -> Client:
    return sign_in(client, MembershipFactory(branch=branch, role=Role.BOARD).user)


def get(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(f"/afdeling/harlingen/{path}", headers=ENGLISH)
    assert answer.status_code == status
    return answer.content.decode()


# The timeline


def test_every_milestone_stands_under_its_phase_with_today_once(
    board: Client, branch: Branch
) -> None:
    timeline = TimelineFactory(branch=branch, done={"people_approached": date(2021, 1, 30)})
    text = get(board, "tijdlijn/")
    for milestone in timeline.milestones.select_related("definition"):
        assert f"/mijlpaal/{milestone.pk}/" in text
    assert text.count('class="thread-item thread-today"') == 1
    for name in ("1. Commission", "4. Draft", "7. Delivery"):
        assert name in text
    assert "1 of 2 done" in text


def test_a_shifted_day_says_why(board: Client, branch: Branch) -> None:
    timeline = TimelineFactory(branch=branch)
    assert timeline.milestones.filter(shift_reason__startswith="school:").exists()
    text = get(board, "tijdlijn/")
    assert "Earlier, because of the " in text
    assert "holidays" in text
    assert "school:" not in text


def test_a_dropped_milestone_keeps_its_reason_in_sight(board: Client, branch: Branch) -> None:
    TimelineFactory(branch=branch, dropped=["base_update_seen"])
    assert "niet bij ons" in get(board, "tijdlijn/")


def test_the_needle_is_gone_when_everything_lies_behind(
    client: Client, sign_in: SignIn, branch: Branch
) -> None:
    TimelineFactory(branch=branch)
    sign_in(client, MembershipFactory(branch=branch, role=Role.BOARD).user)
    FixedClock.set_today(date(2026, 1, 5))
    text = get(client, "tijdlijn/")
    assert "thread-item thread-today" not in text


def test_a_promise_period_draws_its_own_stretch(board: Client, branch: Branch) -> None:
    TimelineFactory(branch=branch)
    FixedClock.set_today(date(2023, 5, 1))
    drawn = get(board, "tijdlijn/").split('class="stretch"')[0]
    assert "2025</text>" in drawn
    assert "2021" not in drawn.split('class="thread-wide"')[1]


def test_other_elections_are_one_tap_away(board: Client, branch: Branch) -> None:
    TimelineFactory(branch=branch)
    TimelineFactory(branch=branch, election=ElectionFactory(polling_day=date(2026, 3, 18)))
    text = get(board, "tijdlijn/")
    assert "Gemeenteraadsverkiezing 2022 ·" in text
    assert "?verkiezing=gr2026" in text
    other = get(board, "tijdlijn/?verkiezing=gr2026")
    assert "Gemeenteraadsverkiezing 2026 ·" in other
    assert "tijdschema/?verkiezing=gr2026" in other


@pytest.mark.parametrize("slug", ["gr1998", "x" * 5000, "<b>"])
def test_an_unknown_election_is_404(board: Client, branch: Branch, slug: str) -> None:
    TimelineFactory(branch=branch)
    assert board.get("/afdeling/harlingen/tijdlijn/", {"verkiezing": slug}).status_code == 404


def test_an_election_of_another_branch_is_404(board: Client, branch: Branch) -> None:
    TimelineFactory(branch=branch)
    TimelineFactory(election=ElectionFactory(polling_day=date(2026, 3, 18)))
    get(board, "tijdlijn/?verkiezing=gr2026", status=404)


@pytest.mark.parametrize("path", ["tijdlijn/", "tijdschema/", "tijdlijn/inhalen/"])
def test_without_a_timeline_the_page_says_who_starts_it(board: Client, path: str) -> None:
    text = get(board, path)
    assert "There is no timeline yet" in text
    assert "clb@pvda.nl" in text


@pytest.mark.parametrize("path", ["tijdlijn/", "tijdschema/"])
def test_every_reader_costs_the_same_queries_with_one_or_three_timelines(
    board: Client, branch: Branch, path: str
) -> None:
    TimelineFactory(branch=branch)
    TimelineFactory(branch=branch, election=ElectionFactory(polling_day=date(2026, 3, 18)))
    get(board, path)
    with CaptureQueriesContext(connection) as few:
        get(board, path)
    for year, day in ((2030, 20), (2018, 21)):
        TimelineFactory(branch=branch, election=ElectionFactory(polling_day=date(year, 3, day)))
    Timeline.objects.get(branch=branch, polling_day=date(2022, 3, 16)).milestones.update(
        owner=UserFactory(), shift_reason="weekend"
    )
    with CaptureQueriesContext(connection) as many:
        get(board, path)
    assert len(few) == len(many)


# The statutory dates


def test_the_statutory_dates_come_with_article_source_and_confidence(
    board: Client, branch: Branch
) -> None:
    TimelineFactory(branch=branch)
    text = get(board, "tijdschema/")
    for words in ("Wed 16 March 2022", "Mon 31 January 2022", "Kieswet F 1", "Kieswet J 1"):
        assert words in text
    assert "Exception:" in text
    assert "provisional" in text


def test_a_branchs_own_exception_is_shown_with_its_reason(board: Client, branch: Branch) -> None:
    timeline = TimelineFactory(branch=branch)
    TimetableOverride.objects.create(
        election=timeline.election,
        branch=branch,
        key="new_council",
        date=date(2022, 3, 24),
        reason="Besluit van de provincie <b>",
        source="Provinciaal blad 12",
        reviewed_on=date(2021, 9, 1),
    )
    text = get(board, "tijdschema/")
    assert "Thu 24 March 2022" in text
    assert "Besluit van de provincie &lt;b&gt;" in text
    assert "Provinciaal blad 12" in text


def test_contradicting_exceptions_are_said_in_one_sentence(board: Client, branch: Branch) -> None:
    timeline = TimelineFactory(branch=branch)
    TimetableOverride.objects.create(
        election=timeline.election,
        key="nomination",
        date=date(2022, 4, 1),
        reason="Vergissing",
        source="–",
        reviewed_on=date(2021, 9, 1),
    )
    text = get(board, "tijdschema/")
    assert "has to come before" in text
    assert "The national office can put this right" in text


# A plan that still fits


def late_timeline(branch: Branch) -> Timeline:
    return TimelineFactory(branch=branch)


def test_the_proposal_shows_old_and_new_days_and_what_it_costs(
    board: Client, branch: Branch
) -> None:
    timeline = late_timeline(branch)
    proposal = planning.preview_compression(timeline=timeline, today=FixedClock.day)
    text = get(board, "tijdlijn/inhalen/")
    assert f"{len(proposal.moves)} milestones" in text
    assert "What it costs" in text
    assert "The committee’s time to write: from 28 weeks to" in text
    assert timeline.milestones.filter(target_origin="compressed").count() == 0


def test_accepting_sets_the_days_and_praises(board: Client, branch: Branch) -> None:
    timeline = late_timeline(branch)
    answer = board.post(
        "/afdeling/harlingen/tijdlijn/inhalen/", {"revision": 0}, follow=True, headers=ENGLISH
    )
    assert "you have a plan that fits" in answer.content.decode()
    assert timeline.milestones.filter(target_origin="compressed").count() > 10
    timeline.refresh_from_db()
    assert timeline.revision == 1


def test_the_second_to_accept_sees_the_proposal_as_it_is_now(board: Client, branch: Branch) -> None:
    timeline = late_timeline(branch)
    Timeline.objects.filter(pk=timeline.pk).update(revision=4)
    answer = board.post("/afdeling/harlingen/tijdlijn/inhalen/", {"revision": 0}, headers=ENGLISH)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Somebody else changed days just before you" in text
    assert 'name="revision" value="4"' in text
    assert not timeline.milestones.filter(target_origin="compressed").exists()


@pytest.mark.parametrize("revision", ["", "-1", "9" * 30, "<b>", "\x00"])
def test_a_forged_revision_is_refused_with_a_sentence(
    board: Client, branch: Branch, revision: str
) -> None:
    timeline = late_timeline(branch)
    answer = board.post(
        "/afdeling/harlingen/tijdlijn/inhalen/", {"revision": revision}, headers=ENGLISH
    )
    assert answer.status_code == 422
    assert "We cannot tell which proposal you saw" in answer.content.decode()
    assert not timeline.milestones.filter(target_origin="compressed").exists()


def test_with_nothing_behind_there_is_nothing_to_catch_up(board: Client, branch: Branch) -> None:
    timeline = late_timeline(branch)
    planning.accept_compression(
        timeline=timeline, by=UserFactory(), today=FixedClock.day, revision=0
    )
    assert "There is nothing to catch up" in get(board, "tijdlijn/inhalen/")
    answer = board.post("/afdeling/harlingen/tijdlijn/inhalen/", {"revision": 1}, headers=ENGLISH)
    assert answer.status_code == 422
    assert "There is no proposal to take over now" in answer.content.decode()


def test_when_it_cannot_be_met_the_page_says_so_and_whom_to_call(
    board: Client, branch: Branch
) -> None:
    late_timeline(branch)
    FixedClock.set_today(date(2022, 1, 24))
    text = get(board, "tijdlijn/inhalen/")
    assert "It cannot be done in the right order any more" in text
    assert "Call the national office today" in text
    assert "Yes, use these days" not in text
    FixedClock.set_today(date(2022, 2, 10))
    assert "had until" in get(board, "tijdlijn/inhalen/")


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.COUNCIL_GROUP, Role.MEMBER])
def test_only_the_board_plans(client: Client, sign_in: SignIn, branch: Branch, role: Role) -> None:
    timeline = late_timeline(branch)
    sign_in(client, MembershipFactory(branch=branch, role=role).user)
    get(client, "tijdlijn/inhalen/", status=403)
    assert client.post("/afdeling/harlingen/tijdlijn/inhalen/", {"revision": 0}).status_code == 403
    assert not timeline.milestones.filter(target_origin="compressed").exists()
    get(client, "tijdlijn/")
    get(client, "tijdschema/")


def test_the_national_office_reads_and_changes_nothing(
    client: Client, sign_in: SignIn, branch: Branch
) -> None:
    late_timeline(branch)
    sign_in(client, NationalOfficerFactory().user)
    get(client, "tijdlijn/")
    get(client, "tijdschema/")
    assert client.post("/afdeling/harlingen/tijdlijn/inhalen/", {"revision": 0}).status_code == 403
