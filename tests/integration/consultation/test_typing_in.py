"""Typing in what people said elsewhere: at the door, on the market, on a paper note (R20 … R27)."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from consultation.models import Channel, Consultation, Contribution, Contributor
from tests.clock import FIRST_DAY
from tests.conftest import SIGN_IN_BACKEND
from tests.consultation_factories import channel_of, consultation_of, contribution_of
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> Consultation:
    return consultation_of()


@pytest.fixture
def client(consultation: Consultation) -> Client:
    client = Client()
    person = MembershipFactory.create(branch=consultation.branch, role=Role.COMMITTEE).user
    client.force_login(person, backend=SIGN_IN_BACKEND)
    return client


def add(client: Client, consultation: Consultation, **data: Any) -> Any:
    sent = {
        "submission": str(uuid.uuid4()),
        "channel": "door_to_door",
        "text": "Een speeltuin erbij.",
        "received_on": FIRST_DAY.isoformat(),
    }
    address = reverse("consultation:contribution_add", args=[consultation.branch.slug])
    return client.post(address, sent | data)


def test_typed_in_at_the_door_the_channel_is_there_and_open(
    client: Client, consultation: Consultation
) -> None:
    answer = add(client, consultation)
    row = Contribution.objects.get()
    assert answer.url == reverse(
        "consultation:contribution", args=[consultation.branch.slug, row.pk]
    )
    assert row.channel == Channel.objects.get(consultation=consultation, kind="door_to_door")
    assert row.channel.opened_on == FIRST_DAY
    assert row.entered_by is not None
    assert row.contributor is None


def test_several_after_each_other_keep_channel_theme_and_role(
    client: Client, consultation: Consultation
) -> None:
    theme = consultation.themes.all()[2]
    answer = add(client, consultation, another="1", theme=theme.pk, role="resident")
    page = client.get(answer.url).content.decode()
    channel = Channel.objects.get(consultation=consultation, kind="door_to_door")
    assert f'value="c{channel.pk}" selected' in page
    assert f'value="{theme.pk}" selected' in page
    assert 'value="resident" selected' in page


def test_sent_twice_it_came_in_once(client: Client, consultation: Consultation) -> None:
    number = str(uuid.uuid4())
    for _time in range(2):
        assert add(client, consultation, submission=number).status_code == 302
    assert Contribution.objects.count() == 1


def test_the_number_of_another_branchs_form_tells_nothing(
    client: Client, consultation: Consultation
) -> None:
    number = uuid.uuid4()
    contribution_of(consultation_of(), "Geheim.", submission=number)
    answer = add(client, consultation, submission=str(number))
    assert answer.status_code == 422
    assert "Geheim." not in answer.content.decode()


def test_a_name_is_kept_with_their_word_and_not_without(
    client: Client, consultation: Consultation
) -> None:
    person = {"name": "Riet", "email": "riet@voorbeeld.nl", "wants_answer": "1"}
    assert add(client, consultation, **person).status_code == 422
    assert not Contributor.objects.exists()
    assert add(client, consultation, **person, agreed="1").status_code == 302
    riet = Contributor.objects.get()
    assert (riet.name, riet.wants_answer, riet.consented_on) == ("Riet", True, FIRST_DAY)
    assert consultation.branch.name in riet.consent


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": ""},
        {"channel": "c999999"},
        {"channel": "form"},
        {"text": "  "},
        {"received_on": "2031-01-01"},
        {"received_on": "1921-01-01"},
        {"wants_answer": "1"},
    ],
)
def test_what_is_missing_or_wrong_is_said(
    client: Client, consultation: Consultation, wrong: dict[str, str]
) -> None:
    assert add(client, consultation, **wrong).status_code == 422
    assert not Contribution.objects.exists()


def test_another_branchs_channel_is_not_there(client: Client, consultation: Consultation) -> None:
    theirs = channel_of(consultation_of(), "door_to_door")
    assert add(client, consultation, channel=f"c{theirs.pk}").status_code == 422
