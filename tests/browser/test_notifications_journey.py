"""A board member's mail, on a phone: it comes, helps, is stopped in part, and is found back.

The clock of the demonstration moves on; what the days in between would have sent is read on the
page of the post, as its reader would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from branches.models import Branch, User
from core import clock
from demo.models import DemoMail
from notifications.enums import Kind, ReminderState
from notifications.links import read_stop
from notifications.models import Preference, Reminder
from notifications.rules.catalogue import BY_KEY
from process.enums import MilestoneStatus
from process.models import Milestone, Timeline
from tests.browser.conftest import shot
from tests.factories import BranchFactory, MembershipFactory
from tests.process_factories import TimelineFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

StepIn = Callable[[BrowserContext, User], Page]
Open = Callable[..., BrowserContext]

BEGIN = date(2021, 10, 4)
FIRST, SECOND = "amendments_closed", "base_update_seen"


@pytest.fixture(autouse=True)
def demonstration(settings: Any, tmp_path: Path, live_server: LiveServer) -> Iterator[None]:
    """A clock that lives the days in between, and a mailbox whose links lead to this server."""
    settings.CLOCK = "core.clock.FileClock"
    settings.DEMO_CLOCK_FILE = tmp_path / "clock.json"
    settings.CLOCK_TRAVELLER = "demo.services.travel.travel"
    settings.EMAIL_BACKEND = "demo.mailbox.MailboxBackend"
    settings.SITE_URL = live_server.url
    clock._clock.cache_clear()
    clock.stand(day=BEGIN)
    yield
    clock._clock.cache_clear()


@pytest.fixture
def branch() -> Branch:
    made: Branch = BranchFactory(slug="harlingen", name="Harlingen")
    return made


@pytest.fixture
def secretary(branch: Branch) -> User:
    user: User = MembershipFactory(
        branch=branch, user__name="Sanne Secretaris", started_on=date(2020, 1, 1)
    ).user
    return user


@pytest.fixture
def timeline(branch: Branch, secretary: User) -> Timeline:
    """Two milestones of the secretary are to be done in October; what came before is done."""
    made: Timeline = TimelineFactory(branch=branch)
    made.milestones.filter(target__lt=date(2022, 1, 1)).update(
        status=MilestoneStatus.DONE, done_on=date(2021, 9, 1)
    )
    for key, target in ((FIRST, BEGIN + timedelta(days=8)), (SECOND, BEGIN + timedelta(days=13))):
        made.milestones.filter(key=key).update(
            status=MilestoneStatus.STARTED,
            done_on=None,
            owner=secretary,
            target=target,
            deadline=target + timedelta(days=14),
        )
    return made


def milestone(timeline: Timeline, key: str) -> Milestone:
    return Milestone.objects.get(timeline=timeline, key=key)


def page_of(row: Milestone) -> str:
    return reverse("process:milestone", args=[row.timeline.branch.slug, row.pk])


def move(page: Page, how: str, *, to: date) -> None:
    """Press a button of the clock and wait until it stands there: a week is seven days of mail."""
    page.locator(f"aside.clock button[name=move][value={how}]").click(no_wait_after=True)
    shown = page.locator("aside.clock time").first
    expect(shown).to_have_attribute("datetime", to.isoformat(), timeout=120_000)


def open_newest_mail(page: Page) -> None:
    page.locator(f"aside.clock a[href='{reverse('demo:mailbox')}']").click()
    page.locator(".demo-mails a").first.click()
    page.wait_for_load_state()


def follow(page: Page, path: str) -> None:
    """Follow the link of a mail that leads to this page."""
    page.locator(f".demo-links a[href*='{path}']").first.click()
    page.wait_for_load_state()


def finish(page: Page) -> None:
    """Say of every part that it is there, then that the milestone is done."""
    while page.locator(".part:not(.part-there)").count():
        page.locator(".part:not(.part-there) form > button").first.click()
        page.wait_for_load_state()
    page.locator("section.finish form > button").click()
    page.wait_for_load_state()


def told(user: User, kind: Kind) -> set[tuple[str, int]]:
    """Return which rule told somebody about which thing, of one kind."""
    rows = Reminder.objects.filter(recipient=user, state=ReminderState.SENT)
    return {(row.rule, row.subject_id) for row in rows if BY_KEY[row.rule].kind == kind}


def stop_deadlines(page: Page) -> None:
    """Stop one kind with its link in the mail that is open."""
    stops = page.locator(".demo-links a[href*='/mail/stop/']")
    for number in range(stops.count()):
        token = str(stops.nth(number).get_attribute("href")).rstrip("/").rpartition("/")[2]
        found = read_stop(token)
        if found is not None and [kind for _branch, kind in found.items] == [Kind.DEADLINES]:
            stops.nth(number).click()
            break
    page.wait_for_load_state()
    shot(page, "notifications-3-stop-360")
    page.locator("main form button").click()
    page.wait_for_load_state()
    expect(page.locator("main a[href='/ik/berichten/']")).to_be_visible()
    shot(page, "notifications-4-stopped-360")


def test_a_digest_comes_helps_is_stopped_and_found_back(
    open_context: Open, step_in: StepIn, branch: Branch, secretary: User, timeline: Timeline
) -> None:
    first, second = milestone(timeline, FIRST), milestone(timeline, SECOND)
    phone = step_in(open_context(width=360), secretary)
    phone.goto(reverse("process:today", args=[branch.slug]))

    # A day passes, and its mail lies on the page of the post.
    move(phone, "day", to=BEGIN + timedelta(days=1))
    open_newest_mail(phone)
    mail = DemoMail.objects.get()
    assert mail.recipients == secretary.email
    before = told(secretary, Kind.DEADLINES)
    assert ("milestone.soon", first.pk) in before
    expect(phone.locator("h1")).to_have_text(mail.subject)
    frame = phone.frame_locator("iframe.demo-frame")
    expect(frame.locator("li a").first).to_be_visible()
    shot(phone, "notifications-1-digest-360")

    # From the mail to the milestone in one tap; there it is done.
    follow(phone, page_of(first))
    expect(phone).to_have_url(phone.url.partition("/afdeling/")[0] + page_of(first))
    finish(phone)
    shot(phone, "notifications-2-done-360")
    assert milestone(timeline, FIRST).status == MilestoneStatus.DONE

    # One kind is stopped from the mail; the days after it bring nothing of that kind.
    phone.goto(reverse("demo:mail", args=[mail.pk]))
    stop_deadlines(phone)
    row = Preference.objects.get(user=secretary)
    assert [kind for kind in Kind.values if not getattr(row, kind)] == [Kind.DEADLINES]
    phone.goto(reverse("process:today", args=[branch.slug]))
    move(phone, "week", to=BEGIN + timedelta(days=8))
    assert told(secretary, Kind.DEADLINES) == before

    # It is found back over one's own page, and switched on.
    phone.goto(reverse("branches:profile"))
    phone.locator("main a[href='/ik/berichten/']").click()
    deadlines = phone.locator(f"input[name=b{branch.pk}-{Kind.DEADLINES}]")
    expect(deadlines).not_to_be_checked()
    deadlines.check()
    shot(phone, "notifications-5-preferences-360")
    phone.locator("main form button[type=submit]").click()
    phone.wait_for_load_state()
    expect(phone.locator(f"input[name=b{branch.pk}-{Kind.DEADLINES}]")).to_be_checked()

    # What is still true is told the next day.
    move(phone, "day", to=BEGIN + timedelta(days=9))
    assert told(secretary, Kind.DEADLINES) - before == {("milestone.soon", second.pk)}
    open_newest_mail(phone)
    follow(phone, page_of(second))
    expect(phone.locator("h1")).to_be_visible()
    shot(phone, "notifications-6-next-milestone-360")


def test_without_javascript_the_choices_are_saved_all_the_same(
    open_context: Open, step_in: StepIn, branch: Branch, secretary: User
) -> None:
    phone = step_in(open_context(width=360, javascript=False), secretary)
    phone.goto(reverse("notifications:preferences"))
    phone.locator("[name=hour]").select_option("21")
    phone.locator(f"[name=b{branch.pk}-{Kind.WEEKLY}]").uncheck()
    phone.locator("main details summary").click()
    phone.locator(f"[name=b{branch.pk}-pause]").fill("2021-10-20")
    phone.locator("main form button[type=submit]").click()
    phone.wait_for_load_state()
    row = Preference.objects.get(user=secretary, branch=branch)
    assert (row.weekly, row.deadlines, row.paused_until) == (False, True, date(2021, 10, 20))
    assert secretary.reader.digest_hour == 21
    # A pause that is on stands open.
    expect(phone.locator(f"[name=b{branch.pk}-pause]")).to_be_visible()
