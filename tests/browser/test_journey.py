"""The whole way, on a phone and at a desk: from the roll-out to the day after polling day.

R8, R9, R15, R16, R59: the members' meeting sets committee and commission, adopts the programme, and
only then sets the candidate list.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from branches.enums import Role
from branches.models import Branch, User
from core import clock
from process.models import Decision, Milestone, Timeline
from tests.browser.conftest import shot
from tests.factories import (
    BranchFactory,
    MembershipFactory,
    MunicipalityFactory,
    NationalOfficerFactory,
)
from tests.process_factories import template_version

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

StepIn = Callable[[BrowserContext, User], Page]
Open = Callable[..., BrowserContext]

# What must be done before a draft can be adopted, with the day on which this branch did it.
BEFORE_ADOPTION = (
    ("input_open", date(2021, 5, 12)),
    ("carry_over_decided", date(2021, 6, 16)),
    ("input_closed", date(2021, 9, 1)),
    ("draft_sent", date(2021, 9, 22)),
)


@pytest.fixture
def movable_clock(settings: Any, tmp_path: Path) -> None:
    """The demonstration's own clock, with its bar on every page."""
    settings.CLOCK = "core.clock.FileClock"
    settings.DEMO_CLOCK_FILE = tmp_path / "clock.json"
    clock._clock.cache_clear()
    clock.set_today(day=date(2021, 1, 11))


@pytest.fixture
def harlingen() -> Branch:
    """A branch over the municipality of Harlingen, which votes in 2022."""
    municipality = MunicipalityFactory(code="GM0072", name="Harlingen")
    branch: Branch = BranchFactory(
        slug="harlingen", name="Harlingen", municipalities=[municipality]
    )
    return branch


def go_to_day(page: Page, day: date) -> None:
    """Move the clock with the bar on the page, as a visitor of the demonstration does."""
    bar = page.locator("aside.clock")
    bar.locator("summary").click()
    bar.locator("input[name=day]").fill(day.isoformat())
    bar.locator("button[value=date]").click()
    expect(page.locator("aside.clock time").first).to_have_attribute("datetime", day.isoformat())


def convene(page: Page, branch: Branch, *, title: str, day: date) -> None:
    """Plan a members' meeting."""
    page.goto(reverse("process:meeting_new", args=[branch.slug]))
    page.locator("[name=title]").fill(title)
    page.locator("[name=kind][value=alv]").check()
    page.locator("main [name=day]").fill(day.isoformat())
    page.locator("[name=place]").fill("Buurthuis De Schakel")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("h1")).to_have_text(title)


def open_decision(page: Page, branch: Branch) -> None:
    page.goto(reverse("process:decision_new", args=[branch.slug]))


def record(page: Page, *, kind: str, title: str, text: str, commission: str = "") -> None:
    """Fill in the decision form and send it."""
    page.locator(f"[name=kind][value={kind}]").check()
    option = page.locator("[name=meeting] option", has_text=title)
    page.locator("[name=meeting]").select_option(option.get_attribute("value"))
    page.locator("[name=text]").fill(text)
    if commission:
        page.locator("[name=commission]").fill(commission)
    page.locator("[name=votes_for]").fill("31")
    page.locator("[name=votes_against]").fill("4")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def do_milestone(page: Page, branch: Branch, key: str) -> None:
    """Say of every part that it is there, then that the milestone is done."""
    milestone = Milestone.objects.get(timeline__branch=branch, key=key)
    page.goto(reverse("process:milestone", args=[branch.slug, milestone.pk]))
    while page.locator(".part:not(.part-there)").count():
        page.locator(".part:not(.part-there) form > button").first.click()
        page.wait_for_load_state()
    page.locator("section.finish form > button").click()
    page.wait_for_load_state()
    milestone.refresh_from_db()
    assert milestone.status == "done", key


def roll_out_2022(desk: Page) -> None:
    """The national office records the election of 2022 and rolls it out."""
    desk.goto(reverse("monitor:election_new"))
    desk.locator("[name=kind][value=municipal_regular]").check()
    desk.locator("[name=polling_day]").fill("2022-03-16")
    desk.locator("main form button[type=submit]").first.click()
    desk.wait_for_load_state()
    desk.goto(reverse("monitor:roll_out_preview", args=["gr2022"]))
    shot(desk, "journey-1-preview-1280")
    desk.locator("main form button[type=submit]").first.click()
    desk.wait_for_load_state()
    shot(desk, "journey-2-rolled-out-1280")


def appoint_and_commission(phone: Page, branch: Branch) -> None:
    """The board appoints committee and commission at a members' meeting."""
    phone.goto(reverse("process:today", args=[branch.slug]))
    shot(phone, "journey-3-today-360")
    convene(phone, branch, title="Ledenvergadering maart", day=date(2021, 3, 13))
    go_to_day(phone, date(2021, 3, 14))
    open_decision(phone, branch)
    record(
        phone,
        kind="committee_and_commission",
        title="Ledenvergadering maart",
        text="Benoemd: Anna, Bram en Cor.",
        commission="Schrijf een programma van hoogstens twintig bladzijden.",
    )


def try_the_list_first(phone: Page, branch: Branch) -> None:
    """The page says why not, and a forged form is refused as well; what was typed is kept."""
    open_decision(phone, branch)
    expect(phone.locator("[name=kind][value=set_candidate_list]")).to_have_count(0)
    expect(phone.locator("#why-set_candidate_list")).to_contain_text("Nog niet")
    shot(phone, "journey-4-list-not-yet-360")
    phone.evaluate(
        """() => {
            const forged = document.createElement("input");
            Object.assign(forged, {type: "radio", name: "kind", value: "set_candidate_list"});
            forged.checked = true;
            document.querySelector("main form").append(forged);
        }"""
    )
    record(phone, kind="set_candidate_list", title="maart", text="De lijst staat vast.")
    expect(phone.locator("main")).to_contain_text("kandidatenlijst")
    expect(phone.locator("[name=text]")).to_have_value("De lijst staat vast.")
    shot(phone, "journey-5-list-refused-360")


def adopt_and_then_set_the_list(phone: Page, branch: Branch) -> None:
    """Input, carry-over and draft; then the meeting adopts, and only then sets the list."""
    for key, day in BEFORE_ADOPTION:
        go_to_day(phone, day)
        do_milestone(phone, branch, key)
    convene(phone, branch, title="Ledenvergadering november", day=date(2021, 11, 6))
    go_to_day(phone, date(2021, 11, 7))
    open_decision(phone, branch)
    record(phone, kind="adopt_programme", title="november", text="Het programma is vastgesteld.")
    do_milestone(phone, branch, "programme_adopted")
    open_decision(phone, branch)
    record(phone, kind="set_candidate_list", title="november", text="De lijst staat vast.")


@pytest.mark.usefixtures("movable_clock")
def test_from_roll_out_to_the_day_after_polling_day(
    open_context: Open, step_in: StepIn, harlingen: Branch
) -> None:
    template_version()
    long_ago = date(2020, 1, 1)
    officer = NationalOfficerFactory(started_on=long_ago).user
    secretary = MembershipFactory(branch=harlingen, role=Role.BOARD, started_on=long_ago).user
    desk = step_in(open_context(width=1280), officer)
    phone = step_in(open_context(width=360), secretary)

    roll_out_2022(desk)
    timeline = Timeline.objects.get(branch=harlingen, election__slug="gr2022")

    appoint_and_commission(phone, harlingen)
    timeline.refresh_from_db()
    assert timeline.committee_appointed_on == date(2021, 3, 13)
    assert timeline.commission_set_on == date(2021, 3, 13)

    try_the_list_first(phone, harlingen)
    assert not Decision.objects.filter(kind="set_candidate_list").exists()

    adopt_and_then_set_the_list(phone, harlingen)
    timeline.refresh_from_db()
    assert timeline.programme_adopted_on == date(2021, 11, 6)
    assert timeline.candidate_list_set_on == date(2021, 11, 6)
    phone.goto(reverse("process:timeline", args=[harlingen.slug]))
    shot(phone, "journey-6-timeline-360")

    # The national page shows it at the next request.
    desk.goto(reverse("monitor:national"))
    expect(desk.locator("main")).to_contain_text("Harlingen")
    shot(desk, "journey-7-national-1280")
    assert timeline.packed.split()[12].startswith("d"), "the adoption is done in the packed row"

    # The clock passes polling day: the law's own knots are behind, the delivery begins.
    go_to_day(desk, date(2022, 3, 17))
    shot(desk, "journey-8-after-polling-day-1280")
    phone.goto(reverse("process:today", args=[harlingen.slug]))
    expect(phone.locator("aside.clock time").first).to_have_attribute("datetime", "2022-03-17")
    expect(phone.locator("main")).not_to_contain_text("Te laat")
    shot(phone, "journey-9-after-polling-day-360")
    phone.goto(reverse("process:timeline", args=[harlingen.slug]))
    polling = Milestone.objects.get(timeline=timeline, key="polling_day")
    row = phone.locator("li", has=phone.locator(f"a[href$='/mijlpaal/{polling.pk}/']")).first
    expect(row).to_contain_text("Gedaan")
