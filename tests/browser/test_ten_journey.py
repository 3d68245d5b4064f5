"""Ten proposals on their whole way: chosen before one election, accounted for at the next.

R46, R58, R59: agreed by the members in November 2021, worked on after 16 March 2022 while people
come and go, told to everybody with evidence, and taken along into the look back of 2026.
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

from branches.enums import Role
from branches.models import Branch, User
from core import clock
from evaluation.models import Evaluation, Pledge, ProgressUpdate
from process.enums import DecisionKind
from process.models import Timeline
from tests.browser.conftest import shot
from tests.browser.input_coming_in import press
from tests.browser.ten_at_work import (
    TOLD,
    account,
    end_role,
    hand_over,
    kick_off,
    stuck_then_done,
    tell_no_more_than_is_shown,
)
from tests.browser.ten_choosing import (
    begin,
    decide_and_agree,
    give_people,
    make_concrete,
    shortlist_and_rank,
)
from tests.browser.ten_in_public import (
    follow,
    hear_and_stop,
    printed,
    publish,
    read_by_programs,
    read_in_public,
    sideways,
)
from tests.browser.ten_stage import Stage, at
from tests.browser.test_journey import go_to_day
from tests.factories import (
    BranchFactory,
    MembershipFactory,
    MunicipalityFactory,
    NationalOfficerFactory,
)
from tests.process_factories import TimelineFactory, decide, ready_to_adopt
from tests.ten_factories import adopted_programme, top_ten_of, update_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

StepIn = Callable[[BrowserContext, User], Page]
Open = Callable[..., BrowserContext]


@pytest.fixture(autouse=True)
def demonstration(
    settings: Any, tmp_path: Path, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """The demonstration's clock and mailbox; links lead here, and time to load a page is ample."""
    settings.CLOCK = "core.clock.FileClock"
    settings.DEMO_CLOCK_FILE = tmp_path / "clock.json"
    settings.EMAIL_BACKEND = "demo.mailbox.MailboxBackend"
    settings.SITE_URL = live_server.url
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr("evaluation.views.ten.following.TOO_FAST", timedelta(0))
    clock._clock.cache_clear()
    clock.stand(day=date(2021, 11, 1))
    expect.set_options(timeout=60_000)
    yield
    expect.set_options(timeout=5_000)
    clock._clock.cache_clear()


@pytest.fixture
def patient(open_context: Open) -> Open:
    """``open_context`` with time for a machine that does much else."""

    def act(**given: Any) -> BrowserContext:
        context = open_context(**given)
        context.set_default_timeout(60_000)
        return context

    return act


@pytest.fixture
def harlingen() -> Branch:
    """A branch over the municipality of Harlingen, which votes in 2022 and in 2026."""
    municipality = MunicipalityFactory(code="GM0072", name="Harlingen")
    branch: Branch = BranchFactory(
        slug="harlingen", name="Harlingen", municipalities=[municipality]
    )
    return branch


@pytest.fixture
def stage(harlingen: Branch, live_server: LiveServer, settings: Any, tmp_path: Path) -> Stage:
    """Its members adopted a programme of twelve measures in October 2021."""
    row: Timeline = ready_to_adopt(TimelineFactory(branch=harlingen))
    adopted_programme(row)
    decide(row, DecisionKind.ADOPT_PROGRAMME, day=date(2021, 10, 16))
    return Stage(timeline=row, url=live_server.url, settings=settings, folder=tmp_path)


def member(branch: Branch, name: str, role: Role) -> User:
    user: User = MembershipFactory(
        branch=branch, role=role, user__name=name, started_on=date(2020, 1, 1)
    ).user
    return user


def roll_out_2026(desk: Page) -> None:
    """The national office records the next election and rolls it out."""
    desk.goto(reverse("monitor:election_new"))
    desk.locator("[name=kind][value=municipal_regular]").check()
    desk.locator("[name=polling_day]").fill("2026-03-18")
    press(desk, "main form button[type=submit]")
    desk.goto(reverse("monitor:roll_out_preview", args=["gr2026"]))
    press(desk, "main form button[type=submit]")


def look_back_begins(page: Page, branch: Branch, evaluation: Evaluation, first: Pledge) -> None:
    """The next cycle opens with this programme, and the ten's verdicts are a first opinion."""
    page.goto(at(branch, "evaluation"))
    expect(page.locator("main")).to_contain_text("Thuis in de stad")
    evaluation.refresh_from_db()
    assert evaluation.timeline is not None
    assert evaluation.timeline.election.slug == "gr2026"
    assert evaluation.promises.count() == 12
    assert evaluation.promises.exclude(verdict="not_assessed").count() == 10
    shot(page, "ten-28-evaluation-1280")
    promise = evaluation.promises.get(measure=first.measure)
    page.goto(at(branch, "promise", promise.pk))
    told = page.locator(".notice", has=page.locator(f"a[href='{at(branch, 'pledge', first.pk)}']"))
    expect(told).to_be_visible()
    shot(page, "ten-29-first-opinion-1280")


def test_ten_proposals_from_november_2021_to_the_next_election(
    patient: Open, step_in: StepIn, stage: Stage
) -> None:
    branch = stage.timeline.branch
    sanne = member(branch, "Sanne Secretaris", Role.BOARD)
    anna, bram, cor, dora = (
        member(branch, name, Role.COUNCIL_GROUP)
        for name in ("Anna de Boer", "Bram Visser", "Cor Dijk", "Dora Smit")
    )
    officer = NationalOfficerFactory(started_on=date(2020, 1, 1)).user
    board = step_in(patient(), sanne)
    phone = step_in(patient(), anna)

    # November 2021: shortlisted, ranked, made concrete, two people each, decided, agreed.
    top_ten = begin(phone, branch)
    shortlist_and_rank(phone, top_ten)
    first = top_ten.pledges.get(rank=1)
    make_concrete(phone, branch, first)
    give_people(phone, branch, top_ten, owner=anna, deputy=bram, last=dora)
    decide_and_agree(board, branch, top_ten)
    titles = list(top_ten.pledges.chosen().values_list("title", flat=True))
    milestone = stage.timeline.milestones.get(key="top_ten_agreed")
    assert (milestone.progress_done, milestone.progress_total) == (10, 10)

    # After 16 March 2022: the kick-off, and an update from the phone.
    kick_off(stage, phone, first, to=anna)

    # Whoever was to follow leaves, then whoever leads: nine move up, of one the board is asked.
    go_to_day(board, date(2022, 5, 4))
    end_role(board, branch, dora)
    end_role(board, branch, anna)
    assert top_ten.pledges.chosen().filter(owner=bram, deputy=None).count() == 9
    hand_over(stage, board, board=sanne, to=cor)
    board.goto(at(branch, "pledge", first.pk))
    expect(board.locator("main")).to_contain_text("Anna de Boer")

    second = step_in(patient(), bram)
    stuck_then_done(second, branch, first)

    publish(board, branch, top_ten)
    resident = patient(javascript=False).new_page()
    read_in_public(resident, branch, titles)
    printed(resident, branch, titles)
    follow(stage, resident, board)
    seventh = top_ten.pledges.get(rank=7)
    tell_no_more_than_is_shown(second, branch, seventh)
    read_by_programs(stage, seventh)
    hear_and_stop(stage, resident, board)
    assert resident.context.cookies() == []

    # The final account is the previous programme of the next cycle.
    go_to_day(board, date(2025, 1, 20))
    desk = step_in(patient(width=1280), bram)
    evaluation = account(desk, branch, top_ten)
    resident.goto(at(branch, "public_ten"))
    expect(resident.locator("ol.pledges .verdict")).to_have_count(10)
    shot(resident, "ten-30-public-account-360")
    roll_out_2026(step_in(patient(width=1280), officer))
    look_back_begins(desk, branch, evaluation, first)
    assert ProgressUpdate.objects.filter(pledge=first).count() == 3


def test_the_public_page_needs_no_javascript_and_no_cookie(
    patient: Open, harlingen: Branch
) -> None:
    clock.stand(day=date(2023, 5, 3))
    top_ten = top_ten_of(
        TimelineFactory(branch=harlingen), public_since=date(2022, 4, 1), public_text="Dag!"
    )
    private = "Alleen voor ons: de wethouder twijfelt."
    update_of(top_ten.pledges.get(rank=1), text=TOLD)
    update_of(top_ten.pledges.get(rank=1), text=private, public=False)
    page = patient(javascript=False).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(at(harlingen, "public_ten"))
    expect(page.locator("ol.pledges > li")).to_have_count(10)
    expect(page.locator("main")).to_contain_text(TOLD)
    assert private not in page.content()
    # Nothing runs, nothing comes from elsewhere, and nothing stays behind.
    assert page.locator("script").count() == 0
    assert {url.partition("/tien/")[0].partition("/static/")[0] for url in asked} == {
        page.url.partition("/tien/")[0]
    }
    assert page.context.cookies() == []
    assert sideways(page) <= 0
