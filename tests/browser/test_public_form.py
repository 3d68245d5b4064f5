"""A resident at the bus stop: an old phone without scripts, a frame, and a poster on the wall."""

from __future__ import annotations

import io
from collections.abc import Callable

import pdfplumber
import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from branches.models import User
from consultation.models import Contribution
from tests.browser.conftest import shot
from tests.factories import MembershipFactory
from tests.integration.consultation.public_form import TEXT, address, open_consultation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., BrowserContext]


def test_without_scripts_on_a_small_screen_it_is_said_in_a_minute(open_context: Open) -> None:
    consultation = open_consultation()
    context = open_context(width=360, javascript=False)
    page = context.new_page()
    page.goto(address(consultation))
    page.locator("[name=text]").fill(TEXT)
    page.locator("[name=email]").fill("bep@voorbeeld.nl")
    page.locator("[name=wants_answer]").check()
    page.locator("[name=consent]").check()
    trap = page.locator("[name=homepage]").bounding_box()
    assert trap is not None
    assert trap["x"] < 0
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/bedankt/**")
    shot(page, "input-thanks-360")
    assert context.cookies() == []
    assert Contribution.objects.get().text == TEXT
    # One more thing, on a fresh form.
    page.locator(".button").click()
    assert page.locator("[name=text]").input_value() == ""


def test_the_poster_is_one_sheet(
    open_context: Open,
    step_in: Callable[[BrowserContext, User], Page],
    live_server: LiveServer,
) -> None:
    del live_server
    consultation = open_consultation()
    user = MembershipFactory.create(branch=consultation.branch).user
    page = step_in(open_context(width=1280), user)
    page.goto(f"/afdeling/{consultation.branch.slug}/inbreng/formulier/poster/")
    with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as document:
        assert len(document.pages) == 1
        sheet = document.pages[0]
        assert (round(sheet.width), round(sheet.height)) == (595, 842)
        text = sheet.extract_text()
    assert f"/meedoen/{consultation.branch.slug}" in text
    assert "Rode Draad" not in text
