"""Signing in by a code from the mail: attempts, time, the same answer for everybody."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client, RequestFactory, override_settings
from django.urls import NoReverseMatch, reverse

from branches.adapters import AccountAdapter
from branches.models import User
from tests.factories import UserFactory
from tests.mailbox import html_of
from tests.signing_in import ask_code, enter, mailed_code, signed_in, wrong

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


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


def test_allauth_itself_is_closed_too(rf: RequestFactory) -> None:
    adapter = AccountAdapter(rf.get("/"))
    assert not adapter.is_open_for_signup(rf.get("/"))
    adapter.send_mail("account/email/password_changed", "joke@voorbeeld.nl", {})
    assert mail.outbox == []


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
