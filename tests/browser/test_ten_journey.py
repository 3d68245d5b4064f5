"""Ten proposals on their whole way: chosen before one election, accounted for at the next.

R46, R58, R59: agreed by the members in November 2021, worked on after 16 March 2022 while people
come and go, told to everybody with evidence, and taken along into the look back of 2026.
"""

from __future__ import annotations

import io
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pdfplumber
import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import BrowserContext, FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from branches.enums import Role
from branches.models import Branch, User
from core import clock
from demo.models import DemoMail
from evaluation.models import Evaluation, Follower, Pledge, ProgressUpdate, TopTen
from process.enums import DecisionKind
from process.models import Timeline
from tests.browser.conftest import shot
from tests.browser.input_coming_in import press
from tests.browser.ten_choosing import (
    at,
    begin,
    decide_and_agree,
    give_people,
    make_concrete,
    shortlist_and_rank,
)
from tests.browser.test_journey import go_to_day
from tests.factories import (
    BranchFactory,
    MembershipFactory,
    MunicipalityFactory,
    NationalOfficerFactory,
)
from tests.integration.calendar.test_readers import khal
from tests.process_factories import TimelineFactory, decide, ready_to_adopt
from tests.ten_factories import adopted_programme, top_ten_of, update_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

StepIn = Callable[[BrowserContext, User], Page]
Open = Callable[..., BrowserContext]

TOLD = "We spraken de wethouder. Hij wil meedenken. In mei praten we verder."
COUNCIL = "https://raad.voorbeeld.nl/motie-12"
NEXT, NEXT_ON = "Motie in de raad", date(2022, 6, 14)
OPENING, OPENING_ON = "De praktijk gaat open", date(2023, 10, 9)
WHY_STUCK = "Er is dit jaar geen geld voor."
BUILT = "De eerste sleutels zijn uitgereikt. Het feest was zaterdag."
HANDED = "Bel eerst de corporatie: die weet er alles van."
NEWS = "De huisarts begint in september."
FOLLOWER = "lezer@voorbeeld.nl"
CAME_OF_IT = "Er staan negentig woningen; tien volgen nog."


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


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Where the journey happens: the branch with its adopted programme, server, settings, files."""

    timeline: Timeline
    url: str
    settings: Any
    folder: Path

    def live_until(self, page: Page, day: date) -> None:
        """Jump to the day before, then let the clock live one day: its mail goes out."""
        go_to_day(page, day - timedelta(days=1))
        self.settings.CLOCK_TRAVELLER = "demo.services.travel.travel"
        page.locator("aside.clock button[name=move][value=day]").click(no_wait_after=True)
        shown = page.locator("aside.clock time").first
        expect(shown).to_have_attribute("datetime", day.isoformat(), timeout=120_000)
        self.settings.CLOCK_TRAVELLER = ""


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


def open_mail(page: Page, to: str) -> None:
    """Open the newest mail of somebody on the page of the post."""
    page.goto(f"{reverse('demo:mailbox')}?aan={to}")
    page.locator(".demo-mails a").first.click()
    expect(page.locator(".demo-links a").first).to_be_visible()


def link_to(page: Page, path: str) -> str:
    """Return the link in the mail that is open that leads to such a page."""
    found = page.locator(f".demo-links a[href*='{path}']").first.get_attribute("href")
    assert found, path
    return found


def tell(page: Page, branch: Branch, pledge: Pledge, *, status: str, text: str) -> None:
    """Open the one-minute update and say how it stands and what happened."""
    page.goto(at(branch, "update_add", pledge.pk))
    page.locator(f"[name=status][value={status}]").check(force=True)
    page.locator("[name=text]").fill(text)


def send(page: Page, pledge: Pledge) -> None:
    """Send the update and read how the pledge stands now."""
    press(page, "form.update-form button[type=submit]")
    pledge.refresh_from_db()


def photo() -> FilePayload:
    content = io.BytesIO()
    Image.new("RGB", (320, 200), "#a30d25").save(content, "JPEG")
    return FilePayload(name="sleutel.jpg", mimeType="image/jpeg", buffer=content.getvalue())


def kick_off(stage: Stage, phone: Page, pledge: Pledge, *, to: User) -> None:
    """A week after polling day the mail asks for a first step; it is told from a phone."""
    branch = stage.timeline.branch
    stage.live_until(phone, date(2022, 3, 23))
    open_mail(phone, to.email)
    shot(phone, "ten-09-kick-off-mail-360")
    phone.goto(link_to(phone, at(branch, "ten_round", pledge.top_ten_id)))
    expect(phone.locator("main")).to_contain_text(pledge.title)
    shot(phone, "ten-10-round-360")
    tell(phone, branch, pledge, status="started", text=TOLD)
    phone.locator("[name=photo]").set_input_files(photo())
    phone.locator("[name=url]").fill(COUNCIL)
    phone.locator("[name=next_step]").fill(NEXT)
    phone.locator("[name=next_on]").fill(NEXT_ON.isoformat())
    shot(phone, "ten-11-update-360")
    send(phone, pledge)
    assert pledge.status == "started"
    expect(phone.locator(".tellings > li")).to_contain_text(TOLD)
    expect(phone.locator(".tellings .shown-photo")).to_be_visible()
    expect(phone.locator(".tellings a[href^='https://raad.']")).to_be_visible()
    expect(phone.locator(".plan")).to_contain_text(NEXT)
    shot(phone, "ten-12-told-360")


def end_role(page: Page, branch: Branch, person: User) -> None:
    """End somebody's role on the page of the members; nobody is named to take over."""
    page.goto(reverse("branches:people", args=[branch.slug]))
    role = person.memberships.get()
    page.locator(f"main a[href='{reverse('branches:end', args=[branch.slug, role.pk])}']").click()
    shot(page, f"ten-13-end-{person.pk}-360")
    press(page, "main form.form button[type=submit]")
    role.refresh_from_db()
    assert role.ended_on is not None


def hand_over(stage: Stage, page: Page, *, board: User, to: User) -> None:
    """The board hears on Monday that nobody leads one of the ten, and hands it over."""
    branch = stage.timeline.branch
    orphan: Pledge = Pledge.objects.get(top_ten__branch=branch, rank=10)
    assert (orphan.owner, orphan.deputy) == (None, None)
    stage.live_until(page, date(2022, 5, 9))
    open_mail(page, board.email)
    shot(page, "ten-14-board-asked-360")
    page.goto(link_to(page, at(branch, "ten_orphans")))
    page.locator(f"main a[href='{at(branch, 'pledge_hand_over', orphan.pk)}']").click()
    page.locator("[name=owner]").select_option(str(to.pk))
    page.locator("[name=note]").fill(HANDED)
    shot(page, "ten-15-hand-over-360")
    press(page, "main form.form button[type=submit]")
    orphan.refresh_from_db()
    assert orphan.owner == to
    expect(page.locator("main")).to_contain_text(HANDED)
    page.goto(at(branch, "ten_orphans"))
    expect(page.locator("main .row")).to_have_count(0)
    stage.live_until(page, date(2022, 5, 10))
    open_mail(page, to.email)
    assert link_to(page, at(branch, "pledge", orphan.pk))


def stuck_then_done(phone: Page, branch: Branch, pledge: Pledge) -> None:
    """Stuck, with why; a year later done, and a newspaper shows it."""
    tell(phone, branch, pledge, status="stuck", text=WHY_STUCK)
    phone.locator("[name=reason][value=no_money]").check(force=True)
    send(phone, pledge)
    assert (pledge.status, pledge.reason) == ("stuck", "no_money")
    phone.goto(at(branch, "ten_desk", pledge.top_ten_id))
    first = phone.locator("ul.tasks > li").first
    expect(first).to_contain_text(pledge.title)
    shot(phone, "ten-16-stuck-360")

    go_to_day(phone, date(2023, 9, 4))
    tell(phone, branch, pledge, status="done", text=BUILT)
    phone.locator("[name=url]").fill("https://krant.voorbeeld.nl/sleutels")
    send(phone, pledge)
    assert (pledge.status, pledge.reason) == ("done", "")


def tell_no_more_than_is_shown(phone: Page, branch: Branch, pledge: Pledge) -> None:
    """Done is not taken with nothing that shows it; what was typed stays, and it is on its way."""
    tell(phone, branch, pledge, status="done", text=NEWS)
    send(phone, pledge)
    assert pledge.status == "agreed"
    expect(phone.locator(".error-summary")).to_be_visible()
    expect(phone.locator("[name=text]")).to_have_value(NEWS)
    shot(phone, "ten-17-show-it-360")
    phone.locator("[name=status][value=under_way]").check(force=True)
    phone.locator("[name=next_step]").fill(OPENING)
    phone.locator("[name=next_on]").fill(OPENING_ON.isoformat())
    send(phone, pledge)
    assert pledge.status == "under_way"


def publish(page: Page, branch: Branch, top_ten: TopTen) -> None:
    """The board looks beforehand, and switches the page on."""
    page.goto(at(branch, "ten_publish", top_ten.pk))
    page.locator("[name=public_text]").fill("Dit beloofden we. Zie je iets? Vertel het ons.")
    press(page, "main form.form button[type=submit]")
    expect(page.locator(f"main a[href$='{at(branch, 'public_ten')}']").first).to_be_visible()
    shot(page, "ten-18-published-360")


def sideways(page: Page) -> int:
    """Return how many pixels the page is wider than the screen."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


def read_in_public(resident: Page, branch: Branch, titles: list[str]) -> None:
    """A resident reads it on an old phone without JavaScript; nothing of hers is kept."""
    resident.goto(at(branch, "public_ten"))
    expect(resident.locator("ol.pledges > li h3 a")).to_have_text(titles)
    assert sideways(resident) <= 0
    shot(resident, "ten-19-public-360")
    resident.locator("ol.pledges > li h3 a").first.click()
    story = resident.locator("ol.story > li")
    expect(story).to_have_count(3)
    for text in (BUILT, WHY_STUCK, TOLD):
        expect(resident.locator("ol.story")).to_contain_text(text)
    picture = resident.locator("ol.story img")
    expect(picture).to_be_visible()
    address = picture.get_attribute("src")
    assert address
    assert resident.request.get(address).headers["content-type"].startswith("image/")
    assert sideways(resident) <= 0
    shot(resident, "ten-20-public-story-360")
    assert resident.context.cookies() == []


def printed(page: Page, branch: Branch, titles: list[str]) -> None:
    """On paper it is at most three pages, and all ten stand on them."""
    page.goto(at(branch, "public_ten"))
    with pdfplumber.open(io.BytesIO(page.pdf(format="A4"))) as pdf:
        assert 1 <= len(pdf.pages) <= 3
        words = " ".join(" ".join((one.extract_text() or "").split()) for one in pdf.pages)
    assert [title for title in titles if title not in words] == []


def read_by_programs(stage: Stage, pledge: Pledge) -> None:
    """A feed reader and a calendar of others fetch it from the server."""
    branch = stage.timeline.branch
    feed = feedparser.parse(stage.url + at(branch, "ten_atom"))
    assert (feed.status, bool(feed.bozo)) == (200, False)
    assert [entry.updated[:10] for entry in feed.entries] == [
        "2023-09-05",
        "2023-09-04",
        "2022-05-10",
        "2022-03-23",
    ]
    assert pledge.title in feed.entries[0].title
    path = stage.folder / "stappen.ics"
    with urllib.request.urlopen(stage.url + at(branch, "ten_ical")) as answer:  # noqa: S310 - our own
        path.write_bytes(answer.read())
    found = khal(path, "Europe/Amsterdam", stage.folder, OPENING_ON.isoformat(), "1d")
    assert any(OPENING in line for line in found)


def follow(stage: Stage, resident: Page, demo: Page) -> None:
    """She asks for mail, says yes from her mailbox, and follows from then on."""
    branch = stage.timeline.branch
    resident.goto(at(branch, "public_ten"))
    resident.locator(f".stay a[href^='{at(branch, 'follow')}']").click()
    resident.locator("[name=email]").fill(FOLLOWER)
    shot(resident, "ten-21-follow-360")
    press(resident, "main form button[type=submit]")
    stage.live_until(demo, date(2023, 9, 5))
    open_mail(demo, FOLLOWER)
    assert Follower.objects.get().confirmed_on is None
    resident.goto(link_to(demo, "/tien/volgen/"))
    press(resident, "main form button[type=submit]")
    assert Follower.objects.get().confirmed_on == date(2023, 9, 5)
    shot(resident, "ten-22-follows-360")


def hear_and_stop(stage: Stage, resident: Page, demo: Page) -> None:
    """The next day brings the news; one press in it ends it, and her address is gone."""
    stage.live_until(demo, date(2023, 9, 6))
    open_mail(demo, FOLLOWER)
    expect(demo.locator(".demo-text")).to_contain_text(NEWS)
    shot(demo, "ten-23-news-360")
    resident.goto(link_to(demo, "/tien/stop/"))
    press(resident, "main form button[type=submit]")
    assert not Follower.objects.exists()
    shot(resident, "ten-24-stopped-360")
    assert DemoMail.objects.filter(recipients=FOLLOWER).count() == 2


def account(page: Page, branch: Branch, top_ten: TopTen) -> Evaluation:
    """Each of the ten gets a verdict, the updates propose it; then it is given to everybody."""
    page.goto(at(branch, "ten_account", top_ten.pk))
    shot(page, "ten-25-account-1280")
    page.locator("main .button-row a.button").first.click()
    for rank in range(1, 11):
        expect(page.locator("h1")).to_have_text(top_ten.pledges.get(rank=rank).title)
        if rank == 1:
            expect(page.locator("[name=verdict][value=delivered]")).to_be_checked()
            shot(page, "ten-26-verdict-1280")
        else:
            page.locator("[name=verdict][value=partly]").check(force=True)
            page.locator("[name=text]").fill(CAME_OF_IT)
        press(page, "form.desk-form button[type=submit]")
    begun = f"form[action='{at(branch, 'ten_account_begin', top_ten.pk)}'] button"
    press(page, begun)
    page.goto(at(branch, "ten_account", top_ten.pk))
    press(page, f"form[action='{at(branch, 'ten_account_give', top_ten.pk)}'] button")
    top_ten.refresh_from_db()
    assert top_ten.account_given_on == date(2025, 1, 20)
    assert top_ten.account is not None
    shot(page, "ten-27-given-1280")
    return top_ten.account


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
