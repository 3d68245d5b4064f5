"""Passkeys, apps and recovery codes; the national office always uses one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from tests.factories import MembershipFactory, NationalOfficerFactory, UserFactory
from tests.signing_in import SECRET, ask_code, enter, mailed_code, signed_in, totp_code

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.mark.parametrize(
    "credential", ["", "1", "[]", "{}", '"x"', "null", '{"response": 1}', '{"response": {}}', "{"]
)
def test_a_broken_passkey_is_refused(client: Client, credential: str) -> None:
    client.get(reverse("mfa_login_webauthn"), HTTP_ACCEPT="application/json")
    response = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert response["Location"] == reverse("account_login")
    assert not signed_in(client)


def test_the_passkey_page_offers_a_challenge(client: Client) -> None:
    response = client.get(reverse("mfa_login_webauthn"), HTTP_ACCEPT="application/json")
    options = json.loads(response.content)["request_options"]["publicKey"]
    assert options["userVerification"] == "required"
    page = client.get(reverse("account_login"))
    assert "js/webauthn-page.js" in page.content.decode()
    # Data, not code: the strict policy lets it be.
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", page.content.decode())
    assert scripts
    assert all('type="application/json"' in tag for tag in scripts)


def test_an_app_is_asked_for_after_the_code(client: Client) -> None:
    user = UserFactory(email="joke@voorbeeld.nl")
    TOTP.activate(user, SECRET)
    ask_code(client, "joke@voorbeeld.nl")
    assert enter(client, mailed_code())["Location"] == reverse("mfa_authenticate")
    assert not signed_in(client)
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": "000000x"}).status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": totp_code()}).status_code == 302
    assert signed_in(client)


def test_a_recovery_code_works_once(client: Client) -> None:
    user = UserFactory(email="joke@voorbeeld.nl")
    TOTP.activate(user, SECRET)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    ask_code(client, "joke@voorbeeld.nl")
    enter(client, mailed_code())
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert signed_in(client)
    client.post(reverse("account_logout"))
    ask_code(client, "joke@voorbeeld.nl")
    enter(client, mailed_code())
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert not signed_in(client)


@pytest.mark.django_db(transaction=True)  # allauth tells what was set up once it is committed
def test_the_national_office_sets_up_a_second_step_first(client: Client) -> None:
    officer = NationalOfficerFactory(user__email="clb@voorbeeld.nl").user
    ask_code(client, "clb@voorbeeld.nl")
    enter(client, mailed_code())
    for address in (reverse("home"), reverse("branches:profile"), reverse("monitor:national")):
        assert client.get(address)["Location"] == reverse("mfa_index")
    for name in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_logout"):
        assert client.get(reverse(name)).status_code == 200
    assert client.post(reverse("set_language"), {"language": "en"}).status_code == 302

    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    response = client.post(reverse("mfa_activate_totp"), {"code": code})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    assert Authenticator.objects.filter(user=officer).count() == 2
    # The app was shown to work a moment ago: it is not asked for again.
    assert client.get(response["Location"]).status_code == 200
    assert client.get("/ik/").status_code == 200
    client.post(reverse("account_logout"))
    ask_code(client, "clb@voorbeeld.nl")
    assert enter(client, mailed_code())["Location"] == reverse("mfa_authenticate")


def test_a_passkey_is_asked_for_before_a_code(client: Client, sign_in: SignIn) -> None:
    officer = NationalOfficerFactory().user
    TOTP.activate(officer, SECRET)
    sign_in(client, officer, second_factor=False)
    assert client.get("/ik/")["Location"].startswith(f"{reverse('mfa_reauthenticate')}?")
    data = {"name": "telefoon", "credential": {}}
    Authenticator.objects.create(user=officer, type="webauthn", data=data)
    assert client.get("/ik/")["Location"].startswith(reverse("mfa_reauthenticate_webauthn"))
    client.post(f"{reverse('mfa_reauthenticate')}?next=/ik/", {"code": totp_code()})
    assert client.get("/ik/").status_code == 200


def test_the_second_step_is_asked_in_every_session(client: Client, sign_in: SignIn) -> None:
    officer = NationalOfficerFactory().user
    TOTP.activate(officer, SECRET)
    sign_in(client, officer, second_factor=False)
    assert client.post(reverse("branches:profile"))["Location"] == (
        f"{reverse('mfa_reauthenticate')}?next=%2F"
    )
    sign_in(client, officer)
    assert client.get(reverse("branches:profile")).status_code == 200


@pytest.mark.parametrize("demo", [True, False])
def test_a_persona_is_let_through_in_a_demonstration_only(
    client: Client,
    sign_in: SignIn,
    settings: Any,
    demo: bool,
) -> None:
    sign_in(client, NationalOfficerFactory().user, second_factor=False)
    session = client.session
    session["demo_persona"] = "clb"
    session.save()
    settings.DEMO = demo
    response = client.get(reverse("branches:profile"))
    assert response.status_code == (200 if demo else 302)


def test_the_national_office_keeps_its_last_second_step(client: Client, sign_in: SignIn) -> None:
    officer = NationalOfficerFactory().user
    TOTP.activate(officer, SECRET)
    sign_in(client, officer)
    client.post(reverse("mfa_reauthenticate"), {"code": totp_code()})
    response = client.post(reverse("mfa_deactivate_totp"))
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    key = Authenticator.objects.create(
        user=officer, type="webauthn", data={"name": "telefoon", "credential": {}}
    )
    Authenticator.objects.filter(type="totp").delete()
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_others_may_remove_their_passkey(client: Client, sign_in: SignIn) -> None:
    user = MembershipFactory().user
    TOTP.activate(user, SECRET)
    sign_in(client, user)
    client.post(reverse("mfa_reauthenticate"), {"code": totp_code()})
    data = {"name": "telefoon", "credential": {}}
    key = Authenticator.objects.create(user=user, type="webauthn", data=data)
    theirs = Authenticator.objects.create(user=UserFactory(), type="webauthn", data=data)
    assert client.post(reverse("mfa_remove_webauthn", args=[theirs.pk])).status_code == 404
    assert client.get(reverse("mfa_list_webauthn")).status_code == 200
    assert client.get(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 200
    assert client.get(reverse("mfa_edit_webauthn", args=[key.pk])).status_code == 200
    client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "x" * 100_000})
    client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "laptop\nthuis"})
    assert Authenticator.objects.get(pk=key.pk).data["name"] == "laptop thuis"
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert not Authenticator.objects.filter(pk=key.pk).exists()
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


def test_every_page_of_the_second_step_is_ours(client: Client, sign_in: SignIn) -> None:
    user = MembershipFactory().user
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    sign_in(client, user)
    assert "Rode Draad" in client.get(reverse("mfa_reauthenticate")).content.decode()
    client.post(reverse("mfa_reauthenticate"), {"code": totp_code()})
    for name in (
        "mfa_index",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
    ):
        page = client.get(reverse(name))
        assert page.status_code == 200, name
        assert 'class="masthead"' in page.content.decode(), name
    assert client.get(reverse("mfa_download_recovery_codes"))["Content-Type"].startswith("text/")
