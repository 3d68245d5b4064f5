"""A provider tells that a mail bounced: the address is flagged, if it is the provider who tells."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import clear_url_caches, include, path
from django.utils import timezone

from branches.models import User
from config import bounces
from notifications.enums import DeliveryState
from tests.factories import MembershipFactory
from tests.integration.operations.test_health import delivery

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integration.operations.test_webhook")]

SECRET = "postmark:geheim-van-de-aanbieder"
URL = "/anymail/postmark/"
urlpatterns: list[Any] = [path("", include("config.urls"))]


@pytest.fixture(autouse=True)
def provider(settings: Any) -> Iterator[None]:
    settings.EMAIL_PROVIDER = "postmark"
    settings.WEBHOOK_SECRET = SECRET
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    here = sys.modules[__name__]
    here.urlpatterns[1:] = bounces.addresses()
    clear_url_caches()
    yield
    here.urlpatterns[1:] = []
    clear_url_caches()


@pytest.fixture
def person() -> User:
    found: User = MembershipFactory(user__email="jan@elders.nl").user
    delivery(
        recipient=found,
        state=DeliveryState.SENT,
        sent_at=timezone.now() - timedelta(hours=1),
    )
    return found


def tell(client: Client, *, secret: str = SECRET, **more: Any) -> int:
    body = {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "TypeCode": 1,
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Email": "Jan@elders.nl",
        "Description": "The server was unable to deliver your message",
        "Details": "smtp;550 5.1.1 The email account does not exist",
        "BouncedAt": "2021-10-04T09:00:00Z",
    }
    sent = client.post(
        URL,
        json.dumps(body | more),
        content_type="application/json",
        headers={"authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"},
    )
    return sent.status_code


def flagged(person: User) -> bool:
    person.refresh_from_db()
    return person.mail_refused_on is not None


def test_a_bounce_flags_the_address(client: Client, person: User) -> None:
    assert tell(client) == 200
    assert flagged(person)
    assert person.deliveries.get().state == DeliveryState.REFUSED


def test_whoever_does_not_know_the_secret_says_nothing(client: Client, person: User) -> None:
    assert tell(client, secret="postmark:geraden") == 400
    assert client.post(URL, "{}", content_type="application/json").status_code == 400
    assert client.get(URL).status_code == 405
    assert not flagged(person)


@pytest.mark.parametrize(
    "told",
    [
        {"Type": "SoftBounce", "TypeCode": 4096, "Details": "smtp;452 4.2.2 mailbox full"},
        {"Type": "SpamNotification", "TypeCode": 512},
        {"Type": "Transient", "TypeCode": 2},
        {"Details": "smtp;550 5.7.1 looks like spam"},
        {"Email": "onbekend@elders.nl"},
        {"RecordType": "Delivery"},
        {"Email": "jan\x00@elders.nl"},
        {"Email": "jan\ud800@elders.nl"},
    ],
)
def test_everything_else_is_left_alone(client: Client, person: User, told: dict[str, Any]) -> None:
    assert tell(client, **told) == 200
    assert not flagged(person)


@pytest.mark.parametrize(
    ("name", "secret"), [("", SECRET), ("postmark", ""), ("nobody-we-know", SECRET)]
)
def test_without_provider_or_secret_there_is_no_address(
    settings: Any, name: str, secret: str
) -> None:
    settings.EMAIL_PROVIDER, settings.WEBHOOK_SECRET = name, secret
    assert bounces.addresses() == []
