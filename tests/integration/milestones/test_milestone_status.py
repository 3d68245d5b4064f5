"""Done, and back: finishing, reopening, leaving out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from branches.models import User
from process.enums import DecisionKind, MilestoneStatus
from process.models import Timeline
from tests.clock import FixedClock
from tests.integration.milestones.asking import (
    CONFLICT,
    ENGLISH,
    UNPROCESSABLE,
    address,
    get,
    of,
    post,
    there,
)
from tests.process_factories import BOTH, decide, ready_to_adopt

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]


def test_done_in_one_tap_when_everything_is_there(
    board: Client, timeline: Timeline, anna: User
) -> None:
    milestone = of(timeline, "people_approached")
    there(milestone, anna)
    assert "Yes, this is done" in get(board, milestone)
    answer = board.post(address(milestone, "klaar/"), {"revision": 0}, follow=True, headers=ENGLISH)
    assert "is done. Well done, all of you!" in answer.content.decode()
    milestone.refresh_from_db()
    assert (milestone.status, milestone.done_on, milestone.done_by) == (
        MilestoneStatus.DONE,
        FixedClock.day,
        anna,
    )


def test_done_on_an_earlier_day_and_never_on_a_later_one(
    board: Client, timeline: Timeline, anna: User
) -> None:
    milestone = of(timeline, "people_approached")
    there(milestone, anna)
    answer = post(board, milestone, "klaar/", revision=0, day="2021-10-05")
    assert answer.status_code == UNPROCESSABLE
    assert "A day in the future cannot be done yet" in answer.content.decode()
    assert 'value="2021-10-05"' in answer.content.decode()
    assert post(board, milestone, "klaar/", revision=0, day="2021-02-01").status_code == 302
    milestone.refresh_from_db()
    assert milestone.done_on == date(2021, 2, 1)


def test_finishing_too_early_says_what_is_missing(board: Client, timeline: Timeline) -> None:
    milestone = of(timeline, "people_approached")
    answer = post(board, milestone, "klaar/", revision=0)
    assert answer.status_code == UNPROCESSABLE
    text = answer.content.decode()
    assert "Not everything is there yet" in text
    for part in milestone.definition.parts.all():
        assert part.label_en in text
    milestone.refresh_from_db()
    assert milestone.status == MilestoneStatus.PLANNED
    assert milestone.revision == 0


def test_finishing_in_the_wrong_order_names_both_dates(
    board: Client, timeline: Timeline, anna: User
) -> None:
    decide(timeline, *BOTH, day=date(2021, 3, 20))
    timeline.milestones.filter(key="input_closed").update(
        status=MilestoneStatus.DONE, done_on=date(2021, 9, 20)
    )
    timeline.milestones.filter(key="carry_over_decided").update(
        status=MilestoneStatus.DONE, done_on=date(2021, 6, 20)
    )
    milestone = of(timeline, "draft_sent")
    there(milestone, anna)
    answer = post(board, milestone, "klaar/", revision=0, day="2021-09-10")
    assert answer.status_code == UNPROCESSABLE
    text = answer.content.decode()
    assert "Mon 20 September 2021" in text
    assert "Fri 10 September 2021" in text
    milestone.refresh_from_db()
    assert milestone.status == MilestoneStatus.STARTED


def test_the_day_of_a_decision_wins(board: Client, timeline: Timeline, anna: User) -> None:
    ready_to_adopt(timeline)
    decide(timeline, DecisionKind.ADOPT_PROGRAMME, day=date(2021, 10, 1))
    milestone = of(timeline, "programme_adopted")
    there(milestone, anna)
    milestone.refresh_from_db()
    assert post(board, milestone, "klaar/", revision=milestone.revision).status_code == 302
    milestone.refresh_from_db()
    assert milestone.done_on == date(2021, 10, 1)


def test_opening_again_asks_why_and_tells_what_waited_for_it(
    board: Client, timeline: Timeline
) -> None:
    timeline.milestones.filter(key="people_approached").update(
        status=MilestoneStatus.DONE, done_on=date(2021, 1, 30)
    )
    milestone = of(timeline, "people_approached")
    answer = post(board, milestone, "heropenen/", revision=0, reason=" ")
    assert answer.status_code == UNPROCESSABLE
    assert of(timeline, "people_approached").status == MilestoneStatus.DONE
    answer = post(board, milestone, "heropenen/", revision=0, reason="Er kwamen mensen bij")
    assert answer.status_code == 302
    assert of(timeline, "people_approached").status == MilestoneStatus.STARTED
    ready_to_adopt(timeline)
    draft = of(timeline, "input_closed")
    answer = post(board, draft, "heropenen/", revision=draft.revision, reason="Nog een brief")
    assert answer.status_code == UNPROCESSABLE
    text = answer.content.decode()
    assert "the draft to the members" in text
    assert "Nog een brief" in text


def test_leaving_out_and_putting_back(board: Client, timeline: Timeline) -> None:
    milestone = of(timeline, "base_update_seen")
    answer = post(board, milestone, "vervalt/", revision=0, reason="Geen <b>update</b> gekomen")
    assert answer.status_code == 302
    text = get(board, milestone)
    assert "Geen &lt;b&gt;update&lt;/b&gt; gekomen" in text
    milestone.refresh_from_db()
    answer = post(board, milestone, "terug/", revision=milestone.revision)
    assert answer.status_code == 302
    milestone.refresh_from_db()
    assert milestone.status == MilestoneStatus.PLANNED


def test_what_every_branch_needs_cannot_be_left_out(board: Client, timeline: Timeline) -> None:
    milestone = of(timeline, "programme_adopted")
    assert "This does not apply to us" not in get(board, milestone)
    answer = post(board, milestone, "vervalt/", revision=0, reason="Geen zin")
    assert answer.status_code == UNPROCESSABLE
    assert "Every branch needs this step" in answer.content.decode()


@pytest.mark.parametrize("tail", ["klaar/", "heropenen/", "vervalt/", "terug/", "wie/", "volgen/"])
@pytest.mark.parametrize("revision", ["", "9" * 40, "een", "\x00"])
def test_a_forged_revision_changes_nothing(
    board: Client, timeline: Timeline, tail: str, revision: str
) -> None:
    milestone = of(timeline, "people_approached")
    answer = post(board, milestone, tail, revision=revision, reason="omdat", note="nieuw")
    assert answer.status_code == UNPROCESSABLE
    milestone.refresh_from_db()
    assert (milestone.status, milestone.note) == (MilestoneStatus.PLANNED, "")


@pytest.mark.parametrize(
    ("tail", "status"),
    [("klaar/", "planned"), ("heropenen/", "done"), ("vervalt/", "planned"), ("terug/", "dropped")],
)
def test_the_second_to_act_sees_what_the_first_did(
    board: Client, timeline: Timeline, tail: str, status: str
) -> None:
    timeline.milestones.filter(key="people_approached").update(
        status=status,
        done_on=date(2021, 2, 1) if status == "done" else None,
        dropped_reason="niet nodig" if status == "dropped" else "",
        note="Piet was net klaar",
        revision=3,
    )
    milestone = of(timeline, "people_approached")
    answer = post(board, milestone, tail, revision=2, reason="Mijn reden")
    assert answer.status_code == CONFLICT
    text = answer.content.decode()
    assert "Piet was net klaar" in text
    assert 'name="revision" value="3"' in text
    if tail in ("heropenen/", "vervalt/"):
        assert "Mijn reden" in text
    milestone.refresh_from_db()
    assert milestone.status == status
