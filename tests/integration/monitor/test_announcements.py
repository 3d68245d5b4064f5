"""Announcements: who is told what, when, and once by mail."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from monitor.models import Announcement
from monitor.services.announcements import (
    Telling,
    announce,
    change_announcement,
    withdraw_announcement,
)
from monitor.templatetags.together_news import branch_news
from notifications.models import Delivery
from tests.clock import FIRST_DAY
from tests.integration.monitor.together_stage import NOW, branch, member, officer

pytestmark = pytest.mark.django_db

LAST = FIRST_DAY + timedelta(days=7)


def telling(**changes: Any) -> Telling:
    given: dict[str, Any] = {
        "title": "De handreiking is er",
        "text": "Kijk op https://voorbeeld.nl/handreiking <b>nu</b>.",
        "shown_from": FIRST_DAY,
        "shown_until": LAST,
    }
    return Telling(**{**given, **changes})


def test_a_branch_reads_what_is_for_its_province_today(client: Client, sign_in: Any) -> None:
    here, clb = branch("Harlingen"), officer()
    for title, changes in (
        ("Voor het land", {}),
        ("Voor Fryslân", {"province": here.province}),
        ("Voor Limburg", {"province": "PV31"}),
        ("Pas morgen", {"shown_from": FIRST_DAY + timedelta(days=1)}),
    ):
        announce(telling=telling(title=title, **changes), by=clb, today=FIRST_DAY)
    gone = announce(telling=telling(title="Ingetrokken"), by=clb, today=FIRST_DAY).row
    withdraw_announcement(announcement=gone, by=clb, today=FIRST_DAY)
    Announcement.objects.create(
        title="Van vorige maand",
        text=".",
        shown_from=date(2021, 9, 1),
        shown_until=date(2021, 9, 9),
    )
    sign_in(client, member(here))
    text = client.get(reverse("together:news", args=[here.slug])).content.decode()
    for title in ("Voor het land", "Voor Fryslân", "Van vorige maand"):
        assert title in text
    for title in ("Limburg", "Pas morgen", "Ingetrokken"):
        assert title not in text
    assert '<a href="https://voorbeeld.nl/handreiking"' in text
    assert "<b>nu</b>" not in text


def test_the_first_page_has_the_latest_two_with_one_question(
    client: Client, sign_in: Any, django_assert_num_queries: Any
) -> None:
    here, clb = branch("Harlingen"), officer()
    for number in range(3):
        announce(telling=telling(title=f"Nieuws {number}"), by=clb, today=FIRST_DAY)
    with django_assert_num_queries(1):
        assert [row.title for row in branch_news(here, FIRST_DAY)] == ["Nieuws 2", "Nieuws 1"]
    sign_in(client, member(here))
    text = client.get(reverse("process:today", args=[here.slug])).content.decode()
    assert "Nieuws 2" in text
    assert "Nieuws 0" not in text


def test_boards_are_mailed_once_and_not_before_branches_see_it(
    client: Client, sign_in: Any
) -> None:
    here, clb = branch("Harlingen"), officer()
    board = member(here, Role.BOARD)
    member(here, Role.COMMITTEE)
    sign_in(client, clb)
    data = {
        "title": "Nieuws", "text": "Lees maar.", "shown_from": FIRST_DAY.isoformat(),
        "shown_until": LAST.isoformat(), "province": "", "by_mail": "on",
    }  # fmt: skip
    later = data | {"shown_from": (FIRST_DAY + timedelta(days=1)).isoformat()}
    assert client.post(reverse("monitor:announcement_new"), later).status_code == 200
    assert not Announcement.objects.exists()
    for _twice in range(2):
        assert client.post(reverse("monitor:announcement_new"), data).status_code == 302
    row = Announcement.objects.get()
    change_announcement(
        announcement=row,
        telling=telling(),
        revision=row.revision,
        by=clb,
        today=FIRST_DAY,
        mail_at=NOW,
    )
    assert [one.recipient for one in Delivery.objects.exclude(message=None)] == [board]
    edit = client.get(reverse("monitor:announcement_edit", args=[row.pk])).content.decode()
    assert 'name="by_mail"' not in edit


def test_the_second_saver_of_an_announcement_sees_both_texts(client: Client, sign_in: Any) -> None:
    row = announce(telling=telling(), by=officer(), today=FIRST_DAY).row
    sign_in(client, officer())
    address = reverse("monitor:announcement_edit", args=[row.pk])
    data = {
        "title": "Eerste", "text": "Zo.", "shown_from": FIRST_DAY.isoformat(),
        "shown_until": LAST.isoformat(), "revision": row.revision,
    }  # fmt: skip
    assert client.post(address, data).status_code == 302
    answer = client.post(address, data | {"title": "Tweede"})
    assert answer.status_code == 409
    row.refresh_from_db()
    assert row.title == "Eerste"
    withdraw = reverse("monitor:announcement_withdraw", args=[row.pk])
    for _twice in range(2):
        assert client.post(withdraw).status_code == 302
    assert client.get(address).status_code == 404
