"""Mail that comes back: the address is flagged, what was told waits, and forgery does nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from branches.models import AuditEntry, Invitation, User
from branches.services.invitations import mail_key
from core.mail import build, message_id
from notifications.bounce_tasks import bounces
from notifications.enums import DeliveryState, ReminderState
from notifications.models import Delivery, Reminder
from notifications.rules.bounces import LARGEST, read
from notifications.services.bounces import record, record_reported
from tests.bounce_reports import report
from tests.clock import FIRST_DAY
from tests.factories import InvitationFactory, MembershipFactory
from tests.imap_box import Box, imap_box
from tests.integration.operations.test_health import delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    found: User = MembershipFactory(user__email="jan@elders.nl").user
    return found


@pytest.fixture
def sent(person: User) -> Delivery:
    made = delivery(
        recipient=person,
        key=f"digest:{person.pk}:2021-10-04",
        state=DeliveryState.SENT,
        sent_at=timezone.now() - timedelta(hours=1),
    )
    Reminder.objects.create(
        recipient=person,
        rule="milestone.soon",
        subject_id=1,
        due_on=FIRST_DAY,
        planned_at=timezone.now(),
        state=ReminderState.SENT,
        delivery=made,
    )
    return made


def came_in(raw: bytes) -> int:
    return record_reported(bounces=read(raw), now=timezone.now(), today=FIRST_DAY)


def flagged(person: User) -> bool:
    person.refresh_from_db()
    return person.mail_refused_on is not None


def test_a_report_about_our_mail_flags_the_address(person: User, sent: Delivery) -> None:
    assert came_in(report(recipient="JAN@elders.nl", message_id=message_id(sent.key))) == 1
    assert flagged(person)
    assert "User unknown" in person.mail_refused_why
    sent.refresh_from_db()
    assert sent.state == DeliveryState.REFUSED
    assert "User unknown" in sent.error
    # What it told did not arrive: it goes again once the address works.
    assert sent.reminders.get().state == ReminderState.WAITING
    assert AuditEntry.objects.filter(verb="branches.address_refused").count() == 1


def test_the_same_report_twice_is_one(person: User, sent: Delivery) -> None:
    raw = report(recipient=person.email, message_id=message_id(sent.key))
    assert (came_in(raw), came_in(raw)) == (1, 0)
    assert AuditEntry.objects.filter(verb="branches.address_refused").count() == 1


def test_who_knows_an_address_and_the_day_cannot_make_up_what_the_mail_was_called(
    person: User, sent: Delivery
) -> None:
    name = message_id(sent.key)
    guesses = [
        name.replace(name[-26:-10], "0" * 16),
        name.replace(name[-27:-10], ""),
        f"<digest-{person.pk}-2021-10-04@localhost>",
        message_id(f"{sent.key}x"),
        name.upper(),
        "",
    ]
    assert len(set(guesses) | {name}) == 7
    for guess in guesses:
        assert came_in(report(recipient=person.email, message_id=guess)) == 0, guess
    assert came_in(report(recipient=person.email, original="text/plain")) == 0
    assert not flagged(person)


def test_a_report_counts_while_the_secret_of_its_mail_is_among_the_old_ones(
    person: User, sent: Delivery, settings: Any
) -> None:
    raw, old = report(recipient=person.email, message_id=message_id(sent.key)), settings.SECRET_KEY
    settings.SECRET_KEY = "another secret of this installation"
    assert came_in(raw) == 0
    settings.SECRET_KEY_FALLBACKS = [old]
    assert came_in(raw) == 1


def test_a_report_that_no_database_could_ask_about_holds_up_none_behind_it(
    box: Box, person: User, sent: Delivery
) -> None:
    about = message_id(sent.key)
    box.mails = [
        report(recipient=f"{'a' * 60_000}@elders.nl", message_id=about),
        report(recipient=f"{'%' * 300}@elders.nl", message_id=about),
        report(recipient="(" * 50_000, message_id=about),
        report(recipient="jan@elders.nl", message_id=f"<{'x' * 40_000}@localhost>"),
        report(recipient=person.email, message_id=about),
    ]
    bounces()
    assert flagged(person)
    assert len(box.read) == 5


@pytest.mark.parametrize(
    "told",
    [
        {"message_id": "<digest-999-2021-10-04@localhost>"},
        {"message_id": "<something@elsewhere.example>"},
        {"recipient": "piet@elders.nl"},
        {"status": "4.2.2", "words": "452 4.2.2 full"},
        {"status": "5.7.1", "words": "550 5.7.1 spam"},
        {"action": "delayed"},
    ],
)
def test_what_is_not_about_our_mail_or_not_final_does_nothing(
    person: User, sent: Delivery, told: dict[str, str]
) -> None:
    about = {"recipient": person.email, "message_id": message_id(sent.key)} | told
    assert came_in(report(**about)) == 0
    assert not flagged(person)


def test_what_was_never_sent_there_or_long_ago_does_nothing(person: User, sent: Delivery) -> None:
    other = MembershipFactory(user__email="piet@elders.nl").user
    assert came_in(report(recipient=other.email, message_id=message_id(sent.key))) == 0
    assert came_in(report(recipient=other.email, original="text/plain")) == 0
    Delivery.objects.update(sent_at=timezone.now() - timedelta(days=31))
    assert came_in(report(recipient=person.email, message_id=message_id(sent.key))) == 0
    assert not flagged(person)
    assert not flagged(other)


def _invitation_id(invitation: Invitation) -> str:
    return message_id(mail_key(invitation))


def test_an_invitation_that_comes_back_is_flagged() -> None:
    invitation: Invitation = InvitationFactory(email="nieuw@elders.nl", token_hash="a1" * 32)
    about = _invitation_id(invitation)
    for wrong in (
        report(recipient="ander@elders.nl", message_id=about),
        report(recipient="nieuw@elders.nl", message_id=about.replace("a1a1", "b1b1")),
        report(recipient="nieuw@elders.nl", message_id="<invitation.x.y@localhost>"),
        report(recipient="nieuw@elders.nl", message_id=f"<invitation.{'9' * 40}.y@localhost>"),
    ):
        assert came_in(wrong) == 0
    assert came_in(report(recipient="Nieuw@elders.nl", message_id=about)) == 1
    invitation.refresh_from_db()
    assert invitation.mail_refused_on == FIRST_DAY
    assert came_in(report(recipient="nieuw@elders.nl", message_id=about)) == 0


def test_a_stranger_is_nobody() -> None:
    assert not record(recipient="wie@elders.nl", why="x", now=timezone.now(), today=FIRST_DAY)


@pytest.fixture
def box(settings: Any) -> Iterator[Box]:
    with imap_box() as opened:
        settings.BOUNCE_IMAP_URL = opened.url
        yield opened


def test_the_mailbox_is_read_over_imap_and_each_mail_once(
    box: Box, person: User, sent: Delivery
) -> None:
    box.mails = [
        b"Subject: Afwezig\r\n\r\nIk ben er even niet.",
        report(recipient=person.email, message_id=message_id(sent.key)),
        b"x" * (3 * LARGEST),
    ]
    bounces()
    assert flagged(person)
    assert box.read == {1, 2, 3}
    assert len(box.asked) == 3
    assert all(f"<0.{LARGEST}>" in asked for asked in box.asked)
    bounces()
    assert len(box.asked) == 3


def test_without_a_mailbox_nothing_is_asked(settings: Any) -> None:
    settings.BOUNCE_IMAP_URL = ""
    bounces()


@pytest.mark.parametrize("spoilt", ["password", "port", "address", "scheme"])
def test_a_mailbox_that_cannot_be_read_is_told_without_its_password(
    box: Box, settings: Any, spoilt: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BOUNCE_IMAP_URL = {
        "password": box.url.replace("geheim", "verkeerd"),
        "port": box.url.replace(str(box.port), "1"),
        "address": "imaps://host-alone",
        "scheme": box.url.replace("imap:", "pop3:"),
    }[spoilt]
    with caplog.at_level(logging.WARNING):
        bounces()
    assert "the bounce mailbox cannot be read" in caplog.text
    assert "verkeerd" not in caplog.text
    assert "geheim" not in caplog.text


@override_settings(BOUNCE_ADDRESS="terug@voorbeeld.nl", DEFAULT_FROM_EMAIL="Draad <draad@v.nl>")
def test_mail_comes_back_to_the_address_that_is_set(person: User) -> None:
    message = build(
        name="invitation", to=person.email, language="nl", key="x", context={"link": "x"}
    )
    assert message.from_email == "terug@voorbeeld.nl"
    assert message.message()["From"] == "Draad <draad@v.nl>"


def test_without_it_the_sender_is_the_sender(person: User, settings: Any) -> None:
    message = build(
        name="invitation", to=person.email, language="nl", key="x", context={"link": "x"}
    )
    assert message.from_email == settings.DEFAULT_FROM_EMAIL == message.message()["From"]
    assert mail.outbox == []
