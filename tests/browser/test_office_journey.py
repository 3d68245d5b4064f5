"""Monday morning at the national office: who needs a call and why, two mails, a call, an answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from branches.enums import Role
from branches.models import Branch, User
from monitor.enums_helping import HelpState
from monitor.models import Call, HelpMessage, HelpRequest
from notifications.enums import MessageKind
from notifications.models import Delivery
from process.models import Timeline
from tests.browser.conftest import shot
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MembershipFactory, NationalOfficerFactory
from tests.process_factories import TimelineFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

StepIn = Callable[[BrowserContext, User], Page]
Open = Callable[..., BrowserContext]
NAMES = ("Assen", "Harlingen", "Zwolle")


def _late(name: str) -> Branch:
    branch: Branch = BranchFactory(name=name, slug=name.lower())
    MembershipFactory(branch=branch, role=Role.BOARD, user__name=f"Voorzitter van {name}")
    Timeline.objects.filter(pk=TimelineFactory(branch=branch).pk).update(
        next_key="draft_sent",
        next_target=FIRST_DAY - timedelta(days=10),
        next_deadline=FIRST_DAY - timedelta(days=3),
        last_activity_on=FIRST_DAY - timedelta(days=4),
    )
    return branch


def _question(branch: Branch, day: date) -> HelpRequest:
    moment = datetime.combine(day, datetime.min.time(), tzinfo=UTC)
    made = HelpRequest.objects.create(
        branch=branch,
        asked_by=branch.memberships.get().user,
        asked_on=day,
        asked_at=moment,
        subject="Wie helpt ons met de commissie?",
        state=HelpState.WAITING,
        waiting_since=day,
        last_on=day,
        submission=uuid.uuid4(),
    )
    HelpMessage.objects.create(
        request=made,
        author=made.asked_by,
        from_office=False,
        text="We zoeken nog twee mensen.",
        written_on=day,
        written_at=moment,
        submission=uuid.uuid4(),
    )
    return made


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1280, False)])
def test_monday_morning(
    open_context: Open, step_in: StepIn, width: int, *, dark: bool, tmp_path: Path
) -> None:
    officer: User = NationalOfficerFactory(user__name="Noor van het Bureau").user
    branches = {name: _late(name) for name in NAMES}
    question = _question(branches["Zwolle"], FIRST_DAY - timedelta(days=2))
    look = f"office-{width}"
    page = step_in(open_context(width=width, dark=dark), officer)

    # Three branches need a call, and why.
    page.goto(reverse("monitor:national"))
    expect(page.locator("ol.calls > li")).to_have_count(len(NAMES))
    shot(page, f"{look}-1-national")

    # Two of them get a mail.
    for name in NAMES[:2]:
        page.locator(f"ol.calls input[value={branches[name].slug}]").check()
    page.locator("ol.calls ~ .button-row button").click()
    page.locator("textarea").fill("Beste mensen van {afdeling}, zullen we bellen?")
    shot(page, f"{look}-2-words")
    page.locator("button[value=bekijken]").click()
    expect(page.locator("main")).to_contain_text("Beste mensen van Assen, zullen we bellen?")
    shot(page, f"{look}-3-preview")
    page.locator("button[value=versturen]").click()
    page.wait_for_url(f"**{reverse('monitor:nudges')}")
    shot(page, f"{look}-4-sent")
    told = Delivery.objects.filter(message__kind=MessageKind.NUDGE)
    assert {row.branch for row in told} == {branches["Assen"], branches["Harlingen"]}

    # The third one is called, and it is written down.
    page.goto(reverse("monitor:national"))
    page.locator("ol.calls").get_by_role("link", name="Zwolle").click()
    expect(page.locator("main")).to_contain_text("Voorzitter van Zwolle")
    shot(page, f"{look}-5-card")
    page.locator("input[value=spoken]").check()
    page.locator("textarea[name=note]").fill("Ze gaan deze week verder.")
    page.locator("input[name=follow_up_on]").fill((FIRST_DAY + timedelta(days=7)).isoformat())
    page.locator("section[aria-labelledby=gesprek] form button").click()
    page.wait_for_url(f"**{reverse('monitor:calls')}")
    shot(page, f"{look}-6-calls")
    call = Call.objects.get()
    assert (call.branch, call.made_by) == (branches["Zwolle"], officer)

    # A question is answered.
    page.goto(reverse("monitor:help_desk"))
    page.get_by_role("link", name=question.subject).click()
    page.locator("textarea[name=text]").fill("We sturen vanmiddag drie namen.")
    page.locator("#answer").locator("xpath=ancestor::section").locator("form button").click()
    expect(page.locator("main")).to_contain_text("We sturen vanmiddag drie namen.")
    shot(page, f"{look}-7-answer")
    question.refresh_from_db()
    assert question.state == HelpState.ANSWERED

    # And all of it is taken along as a file.
    page.goto(reverse("monitor:national"))
    with page.expect_download() as download:
        page.locator(f"a[href^='{reverse('monitor:national_export', args=['xlsx'])}']").click()
    kept = tmp_path / "afdelingen.xlsx"
    download.value.save_as(kept)
    assert kept.read_bytes()[:2] == b"PK"
