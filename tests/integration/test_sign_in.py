"""Signing in by code, by passkey or app; the second step of the national office; home; language."""

from __future__ import annotations

import json
import re
import time
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
from django.core import mail
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from branches.models import User
from tests.factories import MembershipFactory, NationalOfficerFactory, UserFactory
from tests.mailbox import html_of

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
SECRET = "JBSWY3DPEHPK3PXP"


def ask_code(client: Client, email: str) -> Any:
    return client.post(reverse("account_login"), {"email": email})


def mailed_code(index: int = -1) -> str:
    found = re.search(r"\b\d{4}-\d{4}\b", str(mail.outbox[index].body))
    assert found
    return found.group()


def enter(client: Client, code: str, **more: str) -> Any:
    return client.post(reverse("account_confirm_login_code"), {"code": code, **more})


def wrong(code: str) -> str:
    return code.translate(str.maketrans("0123456789", "1234567890"))


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def totp_code() -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(SECRET, counter)))


def test_a_code_by_mail_signs_in(client: Client) -> None:
    user = UserFactory(email="joke@voorbeeld.nl")
    response = ask_code(client, "joke@voorbeeld.nl")
    assert response["Location"] == reverse("account_confirm_login_code")
    page = client.get(response["Location"]).content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    response = enter(client, mailed_code())
    assert response["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_mail_is_ours(client: Client) -> None:
    UserFactory(email="joke@voorbeeld.nl")
    ask_code(client, "joke@voorbeeld.nl")
    message = mail.outbox[0]
    assert message.to == ["joke@voorbeeld.nl"]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert message.extra_headers["Message-ID"].startswith("<login-code.")
    assert mailed_code() in message.subject
    assert mailed_code() in html_of(message)


def test_the_address_is_taken_in_any_case_and_the_code_without_its_dash(client: Client) -> None:
    UserFactory(email="joke@voorbeeld.nl")
    ask_code(client, " Joke@VOORBEELD.nl ")
    enter(client, f" {mailed_code().replace('-', ' ')} ")
    assert signed_in(client)


def test_the_answer_is_the_same_for_an_unknown_address() -> None:
    UserFactory(email="aa@voorbeeld.nl")
    UserFactory(email="weg@voorbeeld.nl", is_active=False)
    pages = []
    for email in ("aa@voorbeeld.nl", "bb@voorbeeld.nl", "weg@voorbeeld.nl"):
        visitor = Client()
        first = ask_code(visitor, email)
        second = visitor.get(first["Location"])
        third = enter(visitor, "0000-0000")
        text = "".join(r.content.decode() for r in (first, second, third)).replace(email, "")
        text = re.sub(r"(csrfmiddlewaretoken\" value=|X-CSRFToken\": )\"[^\"]+\"", "", text)
        pages.append((first.status_code, first["Location"], sorted(visitor.cookies), text))
    assert pages[0] == pages[1] == pages[2]
    assert [message.to[0] for message in mail.outbox] == [
        "aa@voorbeeld.nl",
        "bb@voorbeeld.nl",
        "weg@voorbeeld.nl",
    ]
    assert not re.search(r"\d{4}-\d{4}", str(mail.outbox[1].body))
    assert not re.search(r"\d{4}-\d{4}", str(mail.outbox[2].body))


def test_three_attempts(client: Client) -> None:
    UserFactory(email="joke@voorbeeld.nl")
    ask_code(client, "joke@voorbeeld.nl")
    code = mailed_code()
    for _ in range(2):
        response = enter(client, wrong(code))
        assert response.status_code == 200
        assert "error-summary" in response.content.decode()
    assert enter(client, wrong(code))["Location"] == reverse("account_login")
    assert enter(client, code)["Location"] == reverse("account_login")
    assert not signed_in(client)


def test_ten_minutes(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    UserFactory(email="joke@voorbeeld.nl")
    ask_code(client, "joke@voorbeeld.nl")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 601)
    response = client.post(
        reverse("account_confirm_login_code"), {"code": mailed_code()}, follow=True
    )
    assert not signed_in(client)
    assert "message-error" in response.content.decode()


def test_just_within_ten_minutes(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    UserFactory(email="joke@voorbeeld.nl")
    ask_code(client, "joke@voorbeeld.nl")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 590)
    enter(client, mailed_code())
    assert signed_in(client)


def test_a_code_works_once_and_in_one_browser(client: Client) -> None:
    UserFactory(email="joke@voorbeeld.nl")
    ask_code(client, "joke@voorbeeld.nl")
    code = mailed_code()
    elsewhere = Client()
    assert enter(elsewhere, code)["Location"] == reverse("account_login")
    assert not signed_in(elsewhere)
    enter(client, code)
    client.post(reverse("account_logout"))
    assert not signed_in(client)
    enter(client, code)
    assert not signed_in(client)


def test_a_newer_code_replaces_the_older(client: Client) -> None:
    UserFactory(email="joke@voorbeeld.nl")
    ask_code(client, "joke@voorbeeld.nl")
    older = mailed_code()
    response = client.post(reverse("account_logout"), {"next": reverse("account_login")})
    assert response["Location"] == reverse("account_login")
    ask_code(client, "joke@voorbeeld.nl")
    assert mailed_code() != older
    assert enter(client, older).status_code == 200
    assert not signed_in(client)


def test_asking_too_often_is_refused() -> None:
    UserFactory(email="joke@voorbeeld.nl")
    for _ in range(3):
        ask_code(Client(), "joke@voorbeeld.nl")
    response = ask_code(Client(), "JOKE@voorbeeld.nl")
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert len(mail.outbox) == 3


@pytest.mark.parametrize(
    "email",
    ["", "geen-adres", "a\x00@voorbeeld.nl", "a@b.nl\r\nBcc: x@y.nl", "x" * 100_000 + "@b.nl"],
)
def test_what_is_no_address_is_refused(client: Client, email: str) -> None:
    response = ask_code(client, email)
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "code",
    [b"", b"%00", b"x" * 100_000, b"%3Cscript%3E", b"%D9%A3%D9%A3%D9%A3%D9%A3", b"%ED%A0%80"],
)
def test_what_is_no_code_is_refused(client: Client, code: bytes) -> None:
    UserFactory(email="joke@voorbeeld.nl")
    ask_code(client, "joke@voorbeeld.nl")
    response = client.post(
        reverse("account_confirm_login_code"),
        b"code=" + code,
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert not signed_in(client)


@pytest.mark.parametrize("next_url", ["https://kwaad.example/", "//kwaad.example", "javascript:1"])
def test_redirects_stay_here(client: Client, next_url: str) -> None:
    UserFactory(email="joke@voorbeeld.nl")
    response = client.post(
        reverse("account_login"), {"email": "joke@voorbeeld.nl", "next": next_url}
    )
    assert "kwaad" not in response["Location"]
    assert enter(client, mailed_code(), next=next_url)["Location"] == reverse("home")
    assert (
        client.post(reverse("set_language"), {"language": "en", "next": next_url})["Location"]
        == "/"
    )
    assert client.post(reverse("account_logout"), {"next": next_url})["Location"] == reverse("home")


def test_a_local_page_is_gone_back_to(client: Client) -> None:
    UserFactory(email="joke@voorbeeld.nl")
    wanted = client.get(reverse("branches:profile"))
    assert wanted["Location"] == f"{reverse('account_login')}?next=/ik/"
    response = client.post(wanted["Location"], {"email": "joke@voorbeeld.nl"})
    assert response["Location"] == f"{reverse('account_confirm_login_code')}?next=%2Fik%2F"
    response = client.post(response["Location"], {"code": mailed_code()})
    assert response["Location"] == "/ik/"


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_reset_password_from_key",
        "account_email",
        "account_reauthenticate",
        "account_email_verification_sent",
        "mfa_signup_webauthn",
        "mfa_trust",
    ],
)
def test_there_are_no_pages_for_passwords_or_sign_up(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_nobody_signs_up(client: Client) -> None:
    address = reverse("account_signup")
    assert client.get(address).status_code == 200
    assert client.post(address, {"email": "nieuw@voorbeeld.nl"}).status_code == 405
    assert not User.objects.exists()


def test_a_password_does_not_sign_in(client: Client) -> None:
    user = UserFactory(email="joke@voorbeeld.nl")
    user.set_password("geheim")
    user.save()
    client.post(reverse("account_login"), {"email": "joke@voorbeeld.nl", "password": "geheim"})
    assert not signed_in(client)


def test_a_mail_server_that_is_down_gives_a_calm_page() -> None:
    UserFactory(email="joke@voorbeeld.nl")
    backend = "tests.integration.test_sign_in.DownBackend"
    with override_settings(EMAIL_BACKEND=backend):
        for email in ("joke@voorbeeld.nl", "onbekend@voorbeeld.nl"):
            response = ask_code(Client(), email)
            assert response.status_code == 503
            assert "account/mail_down.html" in {template.name for template in response.templates}


class DownBackend:
    """A mail server that is away."""

    def __init__(self, **_: object) -> None:
        pass

    def send_messages(self, messages: object) -> int:
        raise ConnectionRefusedError(messages)


# --- the second step


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


def test_the_national_office_sets_up_a_second_step_first(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
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
    with django_capture_on_commit_callbacks(execute=True):
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
    demo: bool,  # noqa: FBT001
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


# --- home and language


def test_home_leads_to_where_the_work_is(client: Client, sign_in: SignIn) -> None:
    home = reverse("home")
    assert reverse("account_login") in client.get(home).content.decode()
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


def test_the_landing_page_shows_the_way_into_the_demonstration(
    client: Client, settings: Any
) -> None:
    assert reverse("demo:personas") in client.get("/").content.decode()
    settings.DEMO = False
    assert "/demo/" not in client.get("/").content.decode()


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
    assert '<html lang="en">' in client.get("/").content.decode()
