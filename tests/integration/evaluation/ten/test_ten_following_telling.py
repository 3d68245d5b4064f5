"""Telling who follows: each public update once, one mail a day, harmless however often (R59)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from branches.models import PlaceUse
from evaluation import tasks
from evaluation.models import Bulletin, Follower, ProgressUpdate, ProposedUpdate
from evaluation.services.ten.telling import BATCH, forget_sent, news_of, tell_followers
from tests.at_once import at_once
from tests.clock import FixedClock
from tests.integration.evaluation.ten.open_forms import (
    EMAIL,
    TODAY,
    follower_of,
    news,
    public_ten,
)
from tests.ten_factories import KICK_OFF, pledge_of, top_ten_of, update_of

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def test_what_is_new_is_told_once_to_who_follows() -> None:
    top_ten = public_ten()
    follower_of(top_ten)
    follower_of(top_ten, "twijfel@voorbeeld.nl", confirmed_on=None)
    follower_of(top_ten, "stuk@voorbeeld.nl", refused_on=KICK_OFF)
    first = update_of(pledge_of(top_ten))
    second = update_of(pledge_of(top_ten, rank=2))
    assert tell_followers(today=TODAY) == 1
    assert tell_followers(today=TODAY) == 0
    assert tell_followers(today=TOMORROW) == 0
    assert news() == [(EMAIL, TODAY)]
    assert list(news_of(bulletin=Bulletin.objects.get())) == [first, second]


def test_what_comes_in_later_on_a_day_is_told_the_next() -> None:
    top_ten = public_ten()
    follower_of(top_ten)
    update_of(pledge_of(top_ten))
    tell_followers(today=TODAY)
    late = update_of(pledge_of(top_ten), written_on=TODAY)
    assert tell_followers(today=TODAY) == 0
    assert tell_followers(today=TOMORROW) == 1
    assert news() == [(EMAIL, TODAY), (EMAIL, TOMORROW)]
    assert list(news_of(bulletin=Bulletin.objects.get(day=TOMORROW))) == [late]


def test_who_follows_later_is_not_told_of_before() -> None:
    top_ten = public_ten()
    update = update_of(pledge_of(top_ten))
    assert tell_followers(today=TODAY) == 0
    update.refresh_from_db()
    assert update.told_on == TODAY
    follower_of(top_ten)
    assert tell_followers(today=TOMORROW) == 0


@pytest.mark.parametrize(
    "untold",
    [
        lambda ten: update_of(pledge_of(ten), public=False),
        lambda ten: update_of(pledge_of(ten), withdrawn_on=TODAY),
        lambda ten: update_of(pledge_of(ten), written_on=KICK_OFF - timedelta(days=1)),
        lambda ten: (
            type(ten)
            .objects.filter(pk=update_of(pledge_of(ten)).pledge.top_ten_id)
            .update(public_since=None)
        ),
    ],
    ids=["private", "withdrawn", "of before the page", "page is off"],
)
def test_what_nobody_may_read_or_stood_there_already_is_not_told(
    untold: Callable[[Any], object],
) -> None:
    top_ten = public_ten()
    follower_of(top_ten)
    untold(top_ten)
    assert tell_followers(today=TODAY) == 0
    assert not ProgressUpdate.objects.exclude(told_on=None).exists()


def test_of_a_correction_only_the_last_is_told_and_a_later_one_anew() -> None:
    top_ten = public_ten()
    follower_of(top_ten)
    wrong = update_of(pledge_of(top_ten))
    right = update_of(pledge_of(top_ten), corrects=wrong)
    tell_followers(today=TODAY)
    assert list(news_of(bulletin=Bulletin.objects.get())) == [right]
    again = update_of(pledge_of(top_ten), corrects=right, written_on=TOMORROW)
    tell_followers(today=TOMORROW)
    assert list(news_of(bulletin=Bulletin.objects.get(day=TOMORROW))) == [again]
    # By the time that the first mail is written, it has nothing left to say.
    assert not news_of(bulletin=Bulletin.objects.get(day=TODAY)).exists()


def test_each_top_ten_tells_its_own() -> None:
    ours, theirs = public_ten(), public_ten()
    follower_of(ours, "a@voorbeeld.nl")
    follower_of(theirs, "b@voorbeeld.nl")
    update_of(pledge_of(ours))
    assert tell_followers(today=TODAY) == 1
    assert news() == [("a@voorbeeld.nl", TODAY)]


def test_telling_asks_no_more_of_the_database_for_more_followers(
    django_assert_num_queries: Any,
) -> None:
    for number in (1, 30):
        top_ten = public_ten()
        Follower.objects.bulk_create(
            Follower(
                top_ten=top_ten,
                email=f"volger-{number}-{one}@voorbeeld.nl",
                language="nl",
                asked_on=KICK_OFF,
                confirmed_on=KICK_OFF,
            )
            for one in range(number)
        )
        update_of(pledge_of(top_ten))
        assert number < BATCH
        with django_assert_num_queries(10):
            assert tell_followers(today=TODAY) == number


@pytest.mark.usefixtures("on_file")
def test_twenty_who_tell_at_once_ask_for_one_mail_each() -> None:
    top_ten = public_ten()
    for number in range(5):
        follower_of(top_ten, f"volger-{number}@voorbeeld.nl")
    update_of(pledge_of(top_ten))
    asked = at_once(lambda _number: tell_followers(today=TODAY))
    assert sum(asked) == Bulletin.objects.count() == 5


def test_the_daily_work_tells_and_lets_go() -> None:
    top_ten = public_ten()
    FixedClock.day = TODAY
    follower = follower_of(top_ten)
    follower_of(top_ten, "stil@voorbeeld.nl", confirmed_on=None, asked_on=KICK_OFF - timedelta(9))
    pledge = pledge_of(top_ten)
    update_of(pledge)
    long_ago = TODAY - timedelta(days=100)
    for number, state in enumerate(("sent", "dropped", "parked")):
        Bulletin.objects.create(
            follower=follower, kind="news", day=long_ago, state=state, key=f"k{number}"
        )
    for state in ("refused", "accepted", "waiting"):
        ProposedUpdate.objects.create(
            pledge=pledge, text=state, received_on=long_ago, state=state, decided_on=long_ago
        )
    PlaceUse.objects.create(place="x", hour=int(timezone.now().timestamp()) // 3600 - 30)
    for _time in range(2):
        tasks.ten_news()
    assert news() == [(EMAIL, long_ago), (EMAIL, TODAY)]
    assert Follower.objects.get() == follower
    assert set(ProposedUpdate.objects.values_list("text", flat=True)) == {"accepted", "waiting"}
    assert not PlaceUse.objects.exists()
    assert forget_sent(today=TODAY) == 0


def test_ten_that_are_still_chosen_tell_nobody() -> None:
    top_ten = top_ten_of(agreed=False, public_since=KICK_OFF)
    follower_of(top_ten)
    update_of(pledge_of(top_ten))
    assert tell_followers(today=TODAY) == 0
