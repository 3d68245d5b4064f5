"""A passkey made and used in a real browser, under the real content security policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from branches.models import User
from tests.factories import MembershipFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def phone(page: Page) -> CDPSession:
    """Give the browser a key store that says yes at once."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session


def test_a_passkey_is_made_and_signs_in(
    open_context: Callable[..., BrowserContext],
    step_in: Callable[[BrowserContext, User], Page],
) -> None:
    user = MembershipFactory().user
    page = step_in(open_context(), user)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    phone(page)

    page.goto(reverse("mfa_add_webauthn"))
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/")
    assert Authenticator.objects.filter(user=user, type="webauthn").count() == 1

    page.context.clear_cookies()
    page.goto(f"{reverse('account_login')}?next={reverse('branches:profile')}")
    page.locator("#passkey_login").click()
    page.wait_for_url(f"**{reverse('branches:profile')}")
    expect(page.locator("main")).to_contain_text(user.email)
    assert complaints == []


def test_a_refused_passkey_is_told(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context().new_page()
    phone(page)
    page.goto(reverse("account_login"))
    expect(page.locator("[data-passkey-failed]")).to_be_hidden()
    page.locator("#passkey_login").click()
    expect(page.locator("[data-passkey-failed]")).to_be_visible()


def test_without_javascript_the_code_by_mail_remains(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_context(javascript=False).new_page()
    page.goto(reverse("account_login"))
    expect(page.locator("#passkey_login")).to_be_hidden()
    expect(page.locator("#id_email")).to_be_visible()
