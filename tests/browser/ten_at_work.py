"""What is done for the ten after the election, in a browser: told, handed over, accounted for."""

from __future__ import annotations

import io
from datetime import date

from django.urls import reverse
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from branches.models import Branch, User
from evaluation.models import Evaluation, Pledge, TopTen
from tests.browser.conftest import shot
from tests.browser.input_coming_in import press
from tests.browser.ten_stage import Stage, at, link_to, open_mail
from tests.browser.test_journey import go_to_day

TOLD = "We spraken de wethouder. Hij wil meedenken. In mei praten we verder."
COUNCIL = "https://raad.voorbeeld.nl/motie-12"
NEXT, NEXT_ON = "Motie in de raad", date(2022, 6, 14)
OPENING, OPENING_ON = "De praktijk gaat open", date(2023, 10, 9)
WHY_STUCK = "Er is dit jaar geen geld voor."
BUILT = "De eerste sleutels zijn uitgereikt. Het feest was zaterdag."
HANDED = "Bel eerst de corporatie: die weet er alles van."
NEWS = "De huisarts begint in september."
CAME_OF_IT = "Er staan negentig woningen; tien volgen nog."


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
