"""The desk in a real browser: keys, chips that hide, and the same without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from branches.models import User
from evaluation.models import Assessment, Evaluation
from evaluation.services.dealing import deal_out
from tests.browser.conftest import shot
from tests.clock import FIRST_DAY
from tests.integration.evaluation.judging import (
    council_member,
    evaluation_on_a_timeline,
    promise_of,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

StepIn = Callable[[BrowserContext, User], Page]
Open = Callable[..., BrowserContext]


@pytest.fixture
def evaluation() -> Evaluation:
    return evaluation_on_a_timeline()


@pytest.fixture
def ans(evaluation: Evaluation) -> User:
    """Return somebody of the council group who has all three promises."""
    user = council_member(evaluation, "Ans")
    plan = {row.pk: [user.pk] for row in evaluation.promises.all()}
    deal_out(evaluation=evaluation, plan=plan, by=user, today=FIRST_DAY)
    return user


def desk_of(evaluation: Evaluation) -> str:
    return reverse("evaluation:desk", args=[evaluation.branch.slug, evaluation.pk])


def at_promise(page: Page, number: int) -> None:
    expect(page.locator("h1")).to_contain_text(str(number))


def verdicts(evaluation: Evaluation) -> list[str]:
    rows = Assessment.objects.filter(promise__evaluation=evaluation)
    return list(rows.order_by("promise__measure__number").values_list("verdict", flat=True))


def test_keys_choose_save_skip_and_finish(
    open_context: Open, step_in: StepIn, evaluation: Evaluation, ans: User
) -> None:
    page = step_in(open_context(width=1280), ans)
    page.goto(desk_of(evaluation))
    at_promise(page, 1)
    page.keyboard.press("s")
    at_promise(page, 2)
    page.keyboard.press("4")
    expect(page.locator("input[name=verdict][value=not_delivered]")).to_be_focused()
    page.locator("input[name=reason][value=no_money]").check()
    page.keyboard.press("n")
    at_promise(page, 3)
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    # Past the last one: what was skipped.
    at_promise(page, 1)
    page.keyboard.press("2")
    page.keyboard.press("n")
    expect(page.locator("#desk-form")).to_have_count(0)
    assert verdicts(evaluation) == ["partly", "not_delivered", "delivered"]
    assert promise_of(evaluation, 2).reason == "no_money"
    shot(page, "desk-done")


def test_letters_in_a_text_are_text_and_keys_can_be_turned_off(
    open_context: Open, step_in: StepIn, evaluation: Evaluation, ans: User
) -> None:
    page = step_in(open_context(width=1280), ans)
    page.goto(desk_of(evaluation))
    page.locator("details", has=page.locator("#id_note")).locator("summary").click()
    page.locator("#id_note").press_sequentially("123 nsn")
    expect(page.locator("#id_note")).to_have_value("123 nsn")
    expect(page.locator("input[name=verdict]:checked")).to_have_count(0)
    page.locator("#desk-keys summary").click()
    page.locator("#desk-keys-on").uncheck()
    page.goto(desk_of(evaluation))
    page.keyboard.press("1")
    page.keyboard.press("s")
    expect(page.locator("input[name=verdict]:checked")).to_have_count(0)
    at_promise(page, 1)


def test_only_what_the_verdict_can_have_is_asked(
    open_context: Open, step_in: StepIn, evaluation: Evaluation, ans: User
) -> None:
    page = step_in(open_context(), ans)
    page.goto(desk_of(evaluation))
    reason, timing = page.locator(".ask-reason"), page.locator(".ask-timing")
    expect(reason).to_be_hidden()
    for verdict, asks_reason, asks_timing in (
        ("delivered", False, True),
        ("partly", True, True),
        ("not_delivered", True, False),
        ("not_testable", False, False),
    ):
        page.locator(f"input[name=verdict][value={verdict}]").check()
        expect(reason).to_be_visible(visible=asks_reason)
        expect(timing).to_be_visible(visible=asks_timing)
    shot(page, "desk-phone")


def test_it_works_without_javascript(
    open_context: Open, step_in: StepIn, evaluation: Evaluation, ans: User
) -> None:
    page = step_in(open_context(javascript=False), ans)
    page.goto(desk_of(evaluation))
    expect(page.locator("#desk-keys")).to_be_hidden()
    page.locator("input[name=verdict][value=delivered]").check()
    page.locator("#desk-save").click()
    at_promise(page, 2)
    assert verdicts(evaluation) == ["delivered"]
