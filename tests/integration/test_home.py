"""The front door, and the language of the house."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import MembershipFactory, NationalOfficerFactory, UserFactory
from tests.signing_in import ask_code, enter, mailed_code

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


def test_home_leads_to_where_the_work_is(client: Client, sign_in: SignIn) -> None:
    home = reverse("home")
    one = MembershipFactory()
    sign_in(client, one.user)
    assert client.get(home)["Location"] == reverse("process:today", args=[one.branch.slug])
    two = MembershipFactory(user=one.user)
    page = client.get(home).content.decode()
    assert one.branch.name in page
    assert two.branch.name in page
    sign_in(client, UserFactory())
    assert reverse("branches:profile") in client.get(home).content.decode()
    sign_in(client, NationalOfficerFactory().user)
    assert client.get(home)["Location"] == reverse("monitor:national")


def test_a_demonstration_begins_with_its_personas_and_a_real_server_does_not(
    client: Client, settings: Any
) -> None:
    assert client.get("/")["Location"] == reverse("demo:personas")
    settings.DEMO = False
    page = client.get("/").content.decode()
    assert "/demo/" not in page
    assert reverse("account_login") in page


def test_the_language_is_kept_with_the_person(client: Client, sign_in: SignIn) -> None:
    user = MembershipFactory(user__email="joke@voorbeeld.nl").user
    sign_in(client, user)
    assert client.get(reverse("set_language")).status_code == 405
    client.post(reverse("set_language"), {"language": "xx"})
    user.refresh_from_db()
    assert user.language == "nl"
    response = client.post(reverse("set_language"), {"language": "en", "next": "/ik/"})
    assert response["Location"] == "/ik/"
    user.refresh_from_db()
    assert user.language == "en"
    fresh = Client()
    ask_code(fresh, "joke@voorbeeld.nl")
    enter(fresh, mailed_code())
    assert '<html lang="en">' in fresh.get("/ik/").content.decode()


def test_a_visitor_switches_language_too(client: Client) -> None:
    client.post(reverse("set_language"), {"language": "en"})
    assert '<html lang="en">' in client.get(reverse("account_login")).content.decode()
