"""Following a top ten by mail: asked, confirmed, stopped; nobody learns who follows (R59)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from branches.models import AuditEntry, PlaceUse
from branches.services.place_limits import Limit, Limits
from evaluation.models import Bulletin, Follower, TopTen
from evaluation.services.ten import following
from evaluation.services.ten.following import UNCONFIRMED_KEPT
from tests.at_once import at_once
from tests.clock import FixedClock
from tests.integration.evaluation.ten.open_forms import (
    EMAIL,
    TODAY,
    ask,
    follow_path,
    follower_of,
    key_path,
    public_ten,
    token_for,
)
from tests.ten_factories import KICK_OFF, top_ten_of

pytestmark = pytest.mark.django_db


def test_who_asks_is_asked_back_by_mail_and_follows_nothing_yet() -> None:
    top_ten = public_ten()
    history = AuditEntry.objects.count()
    answer = ask(top_ten)
    follower = Follower.objects.get()
    assert answer.status_code == 302
    assert (follower.email, follower.language, follower.confirmed_on) == (EMAIL, "nl", None)
    bulletin = Bulletin.objects.get()
    assert (bulletin.kind, bulletin.state, bulletin.day) == ("confirm", "waiting", TODAY)
    assert not Follower.objects.confirmed().exists()
    # It is nobody's business who follows: no row of the history, and no cookie.
    assert AuditEntry.objects.count() == history
    assert not answer.cookies


def test_the_answer_on_the_screen_is_the_same_whoever_follows_already() -> None:
    top_ten = public_ten()
    follower_of(top_ten, "volgt@voorbeeld.nl")
    follower_of(top_ten, "stuk@voorbeeld.nl", refused_on=KICK_OFF)
    follower_of(top_ten, "wacht@voorbeeld.nl", confirmed_on=None)
    pages = set()
    for email in (
        "nieuw@voorbeeld.nl",
        "volgt@voorbeeld.nl",
        "stuk@voorbeeld.nl",
        "wacht@voorbeeld.nl",
    ):
        answer = ask(top_ten, email)
        onward = Client().get(answer["Location"])
        pages.add((answer["Location"], onward.content))
        assert email not in onward.content.decode()
    assert len(pages) == 1
    # An address that does not work gets nothing.
    asked = set(Bulletin.objects.values_list("follower__email", flat=True))
    assert asked == {"nieuw@voorbeeld.nl", "volgt@voorbeeld.nl", "wacht@voorbeeld.nl"}


def test_asked_twice_is_one_mail_a_day_whatever_the_capitals() -> None:
    top_ten = public_ten()
    ask(top_ten)
    ask(top_ten, EMAIL.upper())
    assert (Follower.objects.count(), Bulletin.objects.count()) == (1, 1)
    FixedClock.day = TODAY + timedelta(days=1)
    ask(top_ten)
    assert (Follower.objects.count(), Bulletin.objects.count()) == (1, 2)


def test_one_mailbox_is_not_filled_by_way_of_many_branches() -> None:
    for _branch in range(following.MAILS_A_DAY + 1):
        ask(public_ten())
    assert Bulletin.objects.count() == following.MAILS_A_DAY


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"email": ""}, 422),
        ({"email": "geen adres"}, 422),
        ({"email": "a@b.nl\r\nBcc: c@d.nl"}, 422),
        ({"email": "\x00@b.nl"}, 422),
        ({"token": ""}, 422),
        ({"token": "1.2.3:x"}, 422),
        ({"homepage": "https://koop.example"}, 302),
    ],
)
def test_what_is_wrong_or_of_a_robot_mails_nobody(fields: dict[str, Any], status: int) -> None:
    answer = ask(public_ten(), **fields)
    assert answer.status_code == status
    assert not Follower.objects.exists()
    assert not Bulletin.objects.exists()


def test_a_form_without_a_token_comes_back_filled_in_and_is_taken_at_the_next_press() -> None:
    top_ten = public_ten()
    page = Client().post(follow_path(top_ten), {"email": EMAIL}).content.decode()
    assert f'value="{EMAIL}"' in page
    assert "error-summary" not in page
    # Filled in by the browser and sent in a second: once more.
    quick = token_for("ten.follow", top_ten.pk, drawn_at=timezone.now())
    assert ask(top_ten, token=quick).status_code == 422
    assert not Follower.objects.exists()


def test_only_so_much_is_taken_from_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Limits(household=Limit(soft=1, hard=1), network=Limit(soft=5, hard=5))
    monkeypatch.setattr(following, "LIMITS", one)
    top_ten, client = public_ten(), Client(REMOTE_ADDR="198.51.100.7")
    assert ask(top_ten, by=client).status_code == 302
    full = ask(top_ten, "kees@voorbeeld.nl", by=client)
    assert full.status_code == 429
    assert 0 < int(full["Retry-After"]) <= 3600
    assert "kees@voorbeeld.nl" in full.content.decode()
    assert ask(top_ten, by=Client(REMOTE_ADDR="198.51.100.8")).status_code == 302
    assert not PlaceUse.objects.filter(place__contains="198").exists()


def test_looking_confirms_nothing_and_the_button_does_once() -> None:
    follower = follower_of(public_ten(), confirmed_on=None)
    path = key_path("follow_confirm", follower)
    for _scanner in range(2):
        page = Client().get(path)
        assert page.status_code == 200
        assert '<form class="form open-form" method="post"' in page.content.decode()
    Client().head(path)
    follower.refresh_from_db()
    assert follower.confirmed_on is None
    assert page["Referrer-Policy"] == "strict-origin"
    assert page["X-Robots-Tag"] == "noindex"
    for day in (TODAY, TODAY + timedelta(days=1)):
        FixedClock.day = day
        assert Client(enforce_csrf_checks=True).post(path).status_code == 302
    follower.refresh_from_db()
    assert follower.confirmed_on == TODAY
    assert "open-form" not in Client().get(path).content.decode()


def test_one_click_of_a_mail_program_stops_and_deletes() -> None:
    follower = follower_of(public_ten())
    Bulletin.objects.create(follower=follower, kind="news", day=TODAY, key="k")
    path = key_path("follow_stop", follower)
    assert Client().get(path).status_code == 200
    assert Follower.objects.exists()
    for _click in range(2):
        # RFC 8058: no cookie, no token, no redirect; once more is as good.
        answer = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert not answer.cookies
    assert not Follower.objects.exists()
    assert not Bulletin.objects.exists()
    assert Client().get(key_path("follow_confirm", follower)).status_code == 404
    # The button on the page leads back to it: no mail comes any more.
    assert Client().post(path).status_code == 302
    assert Client().get(path).status_code == 200


def test_pages_speak_the_followers_language_unless_asked_otherwise() -> None:
    path = key_path("follow_stop", follower_of(public_ten(), language="en"))
    assert Client().get(path)["Content-Language"] == "en"
    assert Client().get(path, {"taal": "nl"})["Content-Language"] == "nl"


@pytest.mark.parametrize("year", ["0", "1111111", "99999999"])
def test_a_year_that_no_calendar_knows_is_not_there(year: str) -> None:
    assert Client().get(follow_path(public_ten()), {"jaar": year}).status_code == 404


@pytest.mark.parametrize("fields", [{}, {"agreed": False, "public_since": KICK_OFF}])
def test_ten_that_are_not_public_cannot_be_followed(fields: dict[str, Any]) -> None:
    FixedClock.day = TODAY
    top_ten = top_ten_of(**fields)
    assert Client().get(follow_path(top_ten)).status_code == 404
    assert ask(top_ten).status_code == 404
    follower = follower_of(top_ten, confirmed_on=None)
    assert Client().post(key_path("follow_confirm", follower)).status_code == 404
    assert Client().post(key_path("follow_stop", follower)).status_code == 302
    assert not Follower.objects.exists()


def test_who_never_confirms_and_what_does_not_work_is_let_go_and_never_mailed_again() -> None:
    top_ten = public_ten()
    long_ago = TODAY - timedelta(days=40)
    follower_of(top_ten, "stil@voorbeeld.nl", confirmed_on=None, asked_on=TODAY - UNCONFIRMED_KEPT)
    follower_of(top_ten, "volgt@voorbeeld.nl", asked_on=long_ago)
    follower_of(top_ten, "stuk@voorbeeld.nl", refused_on=long_ago)
    assert following.forget(today=TODAY) == 1
    assert following.forget(today=TODAY + timedelta(days=1)) == 1
    assert list(Follower.objects.values_list("email", flat=True)) == ["volgt@voorbeeld.nl"]
    assert not Bulletin.objects.exists()


def test_an_address_follows_a_ten_once() -> None:
    top_ten = public_ten()
    follower_of(top_ten)
    with pytest.raises(IntegrityError), transaction.atomic():
        follower_of(top_ten, EMAIL.upper())


@pytest.mark.usefixtures("on_file")
def test_twenty_who_ask_at_once_for_one_address_make_one_mail() -> None:
    top_ten: TopTen = public_ten()

    def act(_number: int) -> None:
        following.ask(
            top_ten=top_ten,
            email=EMAIL,
            language="nl",
            address="",
            today=TODAY,
            now=timezone.now(),
        )

    assert at_once(act) == [None] * 20
    assert (Follower.objects.count(), Bulletin.objects.count()) == (1, 1)
