"""The raw mail as the mail server gets it: headers that hold, and texts that cannot become one."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from django.test import Client

from branches import tasks
from branches.models import Branch, User
from core.mail import message_id
from notifications.models import Delivery, Reminder
from notifications.services.sending import Sent, send_due
from process.models import TemplateMilestone
from tests.clock import FIRST_DAY
from tests.factories import InvitationFactory
from tests.integration.notifications.posting import LOCAL, NOW
from tests.integration.notifications.telling import (
    compose_on,
    only_milestone,
    plan_on,
    somebody,
)
from tests.smtp_sink import Sink

pytestmark = pytest.mark.django_db
NAMES = [
    "Joke\r\nBcc: kwaad@voorbeeld.nl",
    "Joke\nSubject: iets anders\n\nen een tekst",
    "Joke\u2028Bcc: kwaad@voorbeeld.nl",
    "J\x07\x1b[2Jke",
    "ג׳וקה \u202egnp.exe\u202c",
    "x" * 120,
    '"; <kwaad@voorbeeld.nl>, Joke',
    "=?utf-8?q?Bcc=3A_kwaad=40voorbeeld.nl?=",
    "Zoë ’t Hooft-Şahin 🌹",
]
EXPECTED = {
    "Auto-Submitted",
    "Content-Type",
    "Date",
    "Feedback-ID",
    "From",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "MIME-Version",
    "Message-ID",
    "Subject",
    "To",
    "X-Auto-Response-Suppress",
}


def read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, _class=EmailMessage, policy=default)


def lines_hold(raw: bytes) -> None:
    """No line is longer than SMTP allows (RFC 5321), and none ends in a lone CR or LF."""
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)


def real_digest(*, name: str = "Joke de Vries") -> User:
    """Send a digest about a milestone; reader, branch and milestone all have this name."""
    milestone = only_milestone(target=FIRST_DAY)
    branch = milestone.timeline.branch
    board = somebody(branch, user__name=name)
    Branch.objects.filter(pk=branch.pk).update(name=name[:60])
    TemplateMilestone.objects.filter(pk=milestone.definition_id).update(
        title_nl=name[:100], title_en=name[:100]
    )
    plan_on()
    compose_on()
    assert Delivery.objects.filter(mail="digest").count() == 1
    assert send_due(now=NOW, local=LOCAL) == Sent(sent=1)
    return board


def test_every_mail_has_the_headers_that_belong_to_it(sink: Sink, settings: Any) -> None:
    settings.SITE_URL = "https://draad.voorbeeld.nl"
    board = real_digest()
    raw = sink.kept[0][1]
    lines_hold(raw)
    message = read(raw)
    assert set(message.keys()) == EXPECTED
    assert len(message.keys()) == len(EXPECTED)
    name, _dot, seal = message["Message-ID"].partition("@")[0].rpartition(".")
    assert (name, len(seal)) == (f"<digest-{board.pk}-{FIRST_DAY}", 16)
    assert message["Message-ID"] == message_id(Delivery.objects.get().key)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "Rode Draad <digest.draad.voorbeeld.nl>"
    assert message["Feedback-ID"] == "digest:rodedraad:draad.voorbeeld.nl"
    assert message["List-Unsubscribe"].strip().startswith("<https://")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert parsedate_to_datetime(message["Date"]).year > 2000
    assert message["To"] == board.email


def test_a_provider_may_want_a_header_of_its_own_in_every_mail(sink: Sink, settings: Any) -> None:
    settings.MAIL_PROVIDER_HEADERS = {"X-PM-KeepID": "true"}
    real_digest()
    tasks.send_invitation(invitation_id=InvitationFactory().pk)
    assert [mail["X-PM-KeepID"] for mail in sink.mails] == ["true", "true"]


@pytest.mark.parametrize("name", NAMES)
def test_an_invitation_carries_no_header_of_anybody_s_own(sink: Sink, name: str) -> None:
    invitation = InvitationFactory(name=name, invited_by__name=name, branch__name=name[:60])
    tasks.send_invitation(invitation_id=invitation.pk)
    assert sink.recipients == [invitation.email]
    raw = sink.kept[0][1]
    lines_hold(raw)
    message = read(raw)
    assert "Bcc" not in message
    assert set(message.keys()) <= EXPECTED
    assert message["To"] == invitation.email


@pytest.mark.parametrize("name", NAMES)
def test_a_real_digest_about_a_milestone_with_such_a_title_stays_one_mail(
    sink: Sink, name: str
) -> None:
    board = real_digest(name=name)
    raw = sink.kept[0][1]
    lines_hold(raw)
    message = read(raw)
    assert set(message.keys()) == EXPECTED
    assert len(message["Subject"].strip()) <= 150
    assert message["To"] == board.email
    assert sink.recipients == [board.email]
    assert set(Reminder.objects.exclude(delivery=None).values_list("state", flat=True)) == {"sent"}
    # The address with which one click stops it works without signing in, and so without a cookie.
    stop = re.search(r"https?://[^/]+(/[^>]+)>", message["List-Unsubscribe"])
    assert stop
    answer = Client().post(stop.group(1), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
