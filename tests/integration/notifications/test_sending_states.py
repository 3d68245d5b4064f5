"""What becomes of a mail, by what the mail server answers: a real one, on this machine."""

from __future__ import annotations

import pytest

from notifications.services.sending import Sent
from tests.integration.notifications.posting import (
    deliveries,
    delivery,
    send,
    told,
)
from tests.smtp_sink import Sink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planner")]


def test_a_mail_is_taken_and_all_it_told_is_told(sink: Sink) -> None:
    made = delivery(reminders=2)
    assert send() == Sent(sent=1)
    made.refresh_from_db()
    assert (made.state, made.attempts, made.doubts, made.leased_until) == ("sent", 1, 0, None)
    assert made.sent_at is not None
    assert told() == ["sent", "sent"]
    assert sink.recipients == [made.recipient.email]
    assert send(minutes=60) == Sent()
    assert len(sink.kept) == 1


def test_many_mails_share_one_connection(sink: Sink) -> None:
    deliveries(5)
    assert send() == Sent(sent=5)
    assert sink.asked["connect"] == 1
    assert sink.asked["EHLO"] == 1
