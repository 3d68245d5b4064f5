"""The top ten begins, stands as its latest public update says, and tells the timeline."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.refusal import Refused
from evaluation.enums_ten import PledgeStatus
from evaluation.models import TopTen
from evaluation.services.ten import progress, standing
from evaluation.services.ten.starting import start
from process.models import Milestone, PartRecord
from programmes.enums import ProgrammeKind
from tests.factories import UserFactory
from tests.process_factories import TimelineFactory
from tests.ten_factories import (
    BEGUN,
    KICK_OFF,
    adopted_programme,
    pledge_of,
    top_ten_of,
    update_of,
)

pytestmark = pytest.mark.django_db


def test_the_choice_begins_once_and_fixes_the_programme() -> None:
    timeline = TimelineFactory()
    programme = adopted_programme(timeline)
    by = UserFactory()
    first = start(timeline=timeline, programme=programme, by=by, today=BEGUN)
    second = start(timeline=timeline, programme=programme, by=by, today=BEGUN)
    programme.refresh_from_db()
    assert first == second
    assert programme.is_frozen
    assert TopTen.objects.count() == 1


def test_a_draft_is_chosen_from_once_the_members_adopted_it() -> None:
    """R15, R58."""
    timeline = TimelineFactory()
    draft = adopted_programme(timeline, kind=ProgrammeKind.DRAFT)
    with pytest.raises(Refused):
        start(timeline=timeline, programme=draft, by=UserFactory(), today=BEGUN)
    type(timeline).objects.filter(pk=timeline.pk).update(
        committee_appointed_on=date(2021, 3, 1),
        commission_set_on=date(2021, 3, 1),
        programme_adopted_on=date(2021, 10, 1),
    )
    start(timeline=timeline, programme=draft, by=UserFactory(), today=BEGUN)
    draft.refresh_from_db()
    assert draft.kind == ProgrammeKind.ADOPTED
    assert draft.is_frozen


@pytest.mark.parametrize("kind", [ProgrammeKind.PREVIOUS, ProgrammeKind.NEIGHBOUR])
def test_no_other_programme_is_chosen_from(kind: ProgrammeKind) -> None:
    timeline = TimelineFactory()
    programme = adopted_programme(timeline, kind=kind)
    with pytest.raises(Refused):
        start(timeline=timeline, programme=programme, by=UserFactory(), today=BEGUN)
    assert not TopTen.objects.exists()


def test_after_polling_day_no_choice_begins() -> None:
    timeline = TimelineFactory()
    with pytest.raises(Refused):
        start(
            timeline=timeline,
            programme=adopted_programme(timeline),
            by=UserFactory(),
            today=timeline.polling_day,
        )


def test_the_latest_public_update_gives_the_status_and_a_private_one_only_a_sign_of_life() -> None:
    pledge = pledge_of()
    update_of(pledge, status=PledgeStatus.UNDER_WAY, day=date(2022, 5, 1))
    update_of(pledge, status=PledgeStatus.STARTED, day=date(2022, 4, 1))
    update_of(pledge, status=PledgeStatus.STUCK, day=date(2022, 6, 1), public=False)
    pledge.refresh_from_db()
    assert pledge.status == PledgeStatus.UNDER_WAY
    assert pledge.status_on == date(2022, 5, 1)
    assert pledge.heard_on == date(2022, 6, 1)


def test_a_withdrawn_update_and_a_corrected_one_give_no_status() -> None:
    pledge = pledge_of()
    wrong = update_of(pledge, status=PledgeStatus.DONE, day=date(2022, 5, 1))
    update_of(pledge, status=PledgeStatus.STARTED, day=date(2022, 4, 30), corrects=wrong)
    assert pledge.status == PledgeStatus.STARTED
    pledge.updates.update(withdrawn_on=date(2022, 5, 2))
    standing.refresh(pledge=pledge)
    assert pledge.status == PledgeStatus.AGREED
    assert pledge.heard_on is None


def test_the_timeline_hears_of_ten_and_their_owners() -> None:
    top_ten = top_ten_of(agreed=False)
    progress.report(top_ten=top_ten, today=BEGUN)
    keys = PartRecord.objects.filter(milestone__key="top_ten_agreed").values_list(
        "part_key", flat=True
    )
    assert set(keys) == {"exactly_ten", "owner_each"}
    top_ten.pledges.filter(rank=3).update(owner=None)
    progress.report(top_ten=top_ten, today=BEGUN)
    assert set(keys.all()) == {"exactly_ten"}


def test_a_round_counts_who_was_heard_of_in_it_and_who_is_done() -> None:
    """R59: the kick-off asks for anything since polling day, a later round for its own news."""
    top_ten = top_ten_of()
    for rank in range(1, 9):
        update_of(pledge_of(top_ten, rank=rank))
    update_of(pledge_of(top_ten, rank=9), status=PledgeStatus.DONE)
    progress.report(top_ten=top_ten, today=KICK_OFF)
    first = Milestone.objects.get(timeline=top_ten.timeline, key="top_ten_under_way")
    assert (first.progress_done, first.progress_total) == (9, 10)
    round_two = Milestone.objects.filter(timeline=top_ten.timeline, key="first_hundred_days")
    assert round_two.get().progress_done is None
    hundred = round_two.get()
    today = hundred.window_start + timedelta(days=3)
    update_of(pledge_of(top_ten, rank=2), day=today)
    progress.report(top_ten=top_ten, today=today)
    hundred.refresh_from_db()
    assert (hundred.progress_done, hundred.progress_total) == (2, 10)
