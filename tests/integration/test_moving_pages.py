"""A board sets another day: first what moves along, then yes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.enums import Role
from process.enums import MilestoneStatus, TargetOrigin
from process.models import Milestone, Timeline
from tests.factories import BranchFactory, MembershipFactory
from tests.process_factories import TimelineFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def timeline() -> Timeline:
    timeline = TimelineFactory(branch=BranchFactory(slug="harlingen"))
    # The way up to the draft lies behind: moves are about adoption and list.
    for n, key in enumerate(
        ("committee_and_commission", "carry_over_decided", "input_open", "input_closed")
    ):
        timeline.milestones.filter(key=key).update(
            status=MilestoneStatus.DONE, done_on=date(2021, 3 + n, 20)
        )
    return timeline


@pytest.fixture
def board(client: Client, sign_in: SignIn, timeline: Timeline) -> Client:
    return sign_in(client, MembershipFactory(branch=timeline.branch, role=Role.BOARD).user)


def of(timeline: Timeline, key: str) -> Milestone:
    return timeline.milestones.select_related("definition").get(key=key)


def address(milestone: Milestone) -> str:
    return f"/afdeling/harlingen/mijlpaal/{milestone.pk}/verzetten/"


def preview(client: Client, milestone: Milestone, day: str) -> str:
    answer = client.get(address(milestone), {"dag": day}, headers=ENGLISH)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, milestone: Milestone, day: str, revision: object = 0) -> Any:
    return client.post(address(milestone), {"dag": day, "revision": revision}, headers=ENGLISH)


def targets(timeline: Timeline) -> dict[str, date]:
    return dict(timeline.milestones.values_list("key", "target"))


def test_the_page_asks_for_a_day_with_the_present_one_filled_in(
    board: Client, timeline: Timeline
) -> None:
    answer = board.get(address(of(timeline, "programme_adopted")), headers=ENGLISH)
    text = answer.content.decode()
    assert 'value="2021-11-03"' in text
    assert "22 Sept. – 15 Dec. 2021" in text
    assert "Set it to" not in text


def test_the_preview_shows_what_moves_along_and_changes_nothing(
    board: Client, timeline: Timeline
) -> None:
    before = targets(timeline)
    text = preview(board, of(timeline, "programme_adopted"), "2021-12-08")
    assert "One milestone must come later, and moves along:" in text
    assert "Candidate list set" in text
    assert "Set it to Wed 8 December 2021" in text
    assert targets(timeline) == before


def test_setting_the_day_moves_along_what_must_and_says_so(
    board: Client, timeline: Timeline
) -> None:
    milestone = of(timeline, "programme_adopted")
    answer = board.post(
        address(milestone), {"dag": "2021-12-08", "revision": 0}, follow=True, headers=ENGLISH
    )
    assert "and 1 other milestone moved along" in answer.content.decode()
    assert of(timeline, "programme_adopted").target == date(2021, 12, 8)
    assert of(timeline, "programme_adopted").target_origin == TargetOrigin.BRANCH
    assert of(timeline, "candidate_list_set").target == date(2021, 12, 8)


def test_a_move_that_breaks_the_order_names_both_milestones_and_the_day(
    board: Client, timeline: Timeline
) -> None:
    before = targets(timeline)
    milestone = of(timeline, "candidate_list_set")
    text = preview(board, milestone, "2021-10-20")
    assert "This day cannot be set:" in text
    assert "“Programme adopted by the members” comes first, and that stands on" in text
    assert "Wed 3 November 2021" in text
    assert "Set it to" not in text
    answer = post(board, milestone, "2021-10-20")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "This day cannot be set. Nothing has moved" in text
    assert 'value="2021-10-20"' in text
    assert targets(timeline) == before


def test_a_hand_set_follower_stands_in_the_way_by_name(board: Client, timeline: Timeline) -> None:
    post(board, of(timeline, "candidate_list_set"), "2021-11-24")
    text = preview(board, of(timeline, "programme_adopted"), "2021-12-08")
    assert "you set that to Wed 24 November 2021 yourselves" in text


def test_a_done_follower_stands_in_the_way(board: Client, timeline: Timeline) -> None:
    timeline.milestones.filter(key="programme_adopted").update(
        status=MilestoneStatus.DONE, done_on=date(2021, 10, 1)
    )
    text = preview(board, of(timeline, "draft_sent"), "2021-10-20")
    assert "was done on Fri 1 October 2021" in text


@pytest.mark.parametrize(
    ("key", "day", "sentence"),
    [
        ("candidates_endorse", "2022-03-16", "comes before polling day: Tue 15 March 2022"),
        ("candidates_endorse", "2023-01-01", "comes before polling day"),
        ("programme_adopted", "2022-02-02", "can be on Mon 31 January 2022 at the latest"),
        ("nomination", "2022-02-02", "The law fixes “"),
        ("input_closed", "2021-11-11", "there is nothing left to move"),
    ],
)
def test_what_cannot_be_is_refused_with_the_day_that_counts(
    board: Client, timeline: Timeline, key: str, day: str, sentence: str
) -> None:
    before = targets(timeline)
    milestone = of(timeline, key)
    assert sentence in preview(board, milestone, day)
    answer = post(board, milestone, day)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert targets(timeline) == before


def test_a_dropped_milestone_is_put_back_first(board: Client, timeline: Timeline) -> None:
    timeline.milestones.filter(key="base_update_seen").update(
        status=MilestoneStatus.DROPPED, dropped_reason="geen"
    )
    text = preview(board, of(timeline, "base_update_seen"), "2021-10-20")
    assert "Put it back first" in text


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2021-12-22", "This is later than the national proposal (22 Sept. – 15 Dec. 2021)"),
        ("2021-12-18", "Sat 18 December 2021 falls in: weekend"),
        ("2021-12-27", "Christmas holidays"),
    ],
)
def test_outside_the_window_or_in_the_holidays_is_said_and_still_possible(
    board: Client, timeline: Timeline, day: str, sentence: str
) -> None:
    milestone = of(timeline, "programme_adopted")
    text = preview(board, milestone, day)
    assert sentence in text
    assert "Set it to" in text
    assert post(board, milestone, day).status_code == 302
    assert of(timeline, "programme_adopted").target == date.fromisoformat(day)


def test_earlier_than_the_window_and_in_the_past_are_said(
    board: Client, timeline: Timeline
) -> None:
    text = preview(board, of(timeline, "base_update_seen"), "2021-03-03")
    assert "This is earlier than the national proposal" in text
    assert "has already been" in text


@pytest.mark.parametrize(
    "day", ["", "gisteren", "2021-02-30", "0001-01-01", "9999-12-31", "\x00", "x" * 100_000]
)
def test_a_day_that_is_none_gets_a_sentence(board: Client, timeline: Timeline, day: str) -> None:
    before = targets(timeline)
    milestone = of(timeline, "programme_adopted")
    answer = post(board, milestone, day)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert any(
        words in text
        for words in ("Fill in a day", "This is no day", "years away from the election")
    )
    assert targets(timeline) == before
    if "\x00" not in day:
        asked = board.get(address(milestone), {"dag": day}, headers=ENGLISH)
        assert asked.status_code == 200
        assert "Set it to" not in asked.content.decode()


def test_two_people_moving_days_the_second_looks_again(board: Client, timeline: Timeline) -> None:
    milestone = of(timeline, "programme_adopted")
    assert post(board, milestone, "2021-11-10", revision=0).status_code == 302
    answer = post(board, milestone, "2021-11-17", revision=0)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Somebody else changed days just before you" in text
    assert "Set it to Wed 17 November 2021" in text
    assert 'name="revision" value="1"' in text
    assert of(timeline, "programme_adopted").target == date(2021, 11, 10)
    assert post(board, milestone, "2021-11-17", revision=1).status_code == 302


def test_a_forged_revision_is_refused(board: Client, timeline: Timeline) -> None:
    answer = post(board, of(timeline, "programme_adopted"), "2021-11-10", revision="x")
    assert answer.status_code == 422
    assert "We cannot tell which version you saw" in answer.content.decode()
    assert of(timeline, "programme_adopted").target == date(2021, 11, 3)


def test_following_the_national_timeline_again(board: Client, timeline: Timeline) -> None:
    milestone = of(timeline, "programme_adopted")
    follow = f"/afdeling/harlingen/mijlpaal/{milestone.pk}/volgen/"
    refused = board.post(follow, {"revision": 0}, headers=ENGLISH)
    assert refused.status_code == 422
    assert "already follows the national template" in refused.content.decode()
    post(board, milestone, "2021-11-10")
    stale = board.post(follow, {"revision": 0}, headers=ENGLISH)
    assert stale.status_code == 409
    answer = board.post(follow, {"revision": 1}, follow=True, headers=ENGLISH)
    assert "follows the national timeline again" in answer.content.decode()
    assert of(timeline, "programme_adopted").target_origin == TargetOrigin.TEMPLATE


def test_the_number_of_queries_does_not_grow_with_what_moves(
    board: Client, timeline: Timeline
) -> None:
    milestone = of(timeline, "programme_adopted")
    preview(board, milestone, "2021-11-10")
    with CaptureQueriesContext(connection) as none:
        preview(board, milestone, "2021-11-10")
    with CaptureQueriesContext(connection) as some:
        assert "moves along" in preview(board, milestone, "2021-12-08")
    assert len(none) == len(some)
