"""How a branch gets to its ten, in a browser: chosen, made concrete, given to people, agreed."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page, expect

from branches.models import Branch, User
from evaluation.models import Pledge, TopTen
from programmes.models import Programme
from tests.browser.conftest import shot
from tests.browser.input_coming_in import press
from tests.browser.ten_stage import at
from tests.browser.test_journey import convene, go_to_day, record

MEETING = date(2021, 11, 20)
FOR_WHOM = "Voor iedereen die een huis zoekt, met de corporatie."
MEASURED = "Honderd sleutels zijn uitgereikt."


def begin(page: Page, branch: Branch) -> TopTen:
    """Find the way from the first page to the list, with the adopted programme."""
    page.goto(at(branch, "ten"))
    shot(page, "ten-01-before-360")
    page.locator(f"main a[href='{at(branch, 'ten_start')}']").first.click()
    page.locator("[name=programme]").first.check()
    press(page, "main form.form button[type=submit]")
    top_ten = TopTen.objects.get(branch=branch)
    expect(page).to_have_url(page.url.partition("/afdeling/")[0] + listed(branch, top_ten))
    return top_ten


def listed(branch: Branch, top_ten: TopTen) -> str:
    """Return the address of the list from which is chosen."""
    return at(branch, "ten_choosing", top_ten.pk)


def shortlist_and_rank(page: Page, top_ten: TopTen) -> None:
    """Eleven of the programme are candidates; ten get a place, and an eleventh does not fit."""
    programme = Programme.objects.get(pk=top_ten.programme_id)
    measures = list(programme.measures.current().order_by("number"))[:11]
    for measure in measures:
        button = page.locator(f"button[name=measure][value='{measure.pk}']")
        page.locator("details.ten-chapter", has=button).locator("summary").click()
        press(page, f"button[name=measure][value='{measure.pk}']")
    candidates = list(top_ten.pledges.order_by("measure__number"))
    assert [row.measure for row in candidates] == measures
    shot(page, "ten-02-shortlist-360")
    for row in candidates[:10]:
        press(page, f"#v{row.pk} button[name=to][value=in]")
    expect(page.locator("button[name=to][value=in]")).to_have_count(0)
    # The third is worth more than the second.
    third = candidates[2]
    press(page, f"#v{third.pk} button[name=to][value=up]")
    third.refresh_from_db()
    assert third.rank == 2
    assert top_ten.pledges.filter(rank__isnull=False).count() == 10
    shot(page, "ten-03-ranked-360")


def make_concrete(page: Page, branch: Branch, pledge: Pledge) -> None:
    """A first reader's questions are answered: looked at without saving, then saved."""
    page.goto(at(branch, "candidate", pledge.pk))
    asked = page.locator(".ten-advice li").count()
    assert asked
    page.locator("[name=for_whom]").fill(FOR_WHOM)
    page.locator("[name=by_when]").fill("2025-12-31")
    page.locator("[name=measured_by]").fill(MEASURED)
    page.locator("[name=theme]").select_option("housing")
    press(page, "button[name=kijk]")
    expect(page.locator("[name=measured_by]")).to_have_value(MEASURED)
    assert page.locator(".ten-advice li").count() < asked
    shot(page, "ten-04-concrete-360")
    pledge.refresh_from_db()
    assert pledge.measured_by == ""
    press(page, "main form.form button[type=submit]:not([name])")
    pledge.refresh_from_db()
    assert (pledge.for_whom, pledge.measured_by) == (FOR_WHOM, MEASURED)
    assert pledge.by_when == date(2025, 12, 31)


def give_people(
    page: Page, branch: Branch, top_ten: TopTen, *, owner: User, deputy: User, last: User
) -> None:
    """Say who leads and who is second; of number ten ``last`` is second."""
    page.goto(at(branch, "ten_owners", top_ten.pk))
    for pledge in top_ten.pledges.chosen():
        second = last if pledge.rank == 10 else deputy
        page.locator(f"[name='owner-{pledge.pk}']").select_option(str(owner.pk))
        page.locator(f"[name='deputy-{pledge.pk}']").select_option(str(second.pk))
    shot(page, "ten-05-people-360")
    press(page, "form.ten-owners button[type=submit]")
    assert top_ten.pledges.chosen().filter(owner=owner).exclude(deputy=None).count() == 10


def decide_and_agree(page: Page, branch: Branch, top_ten: TopTen) -> None:
    """The page says what is missing: the members' decision. With it, one press fixes the ten."""
    convene(page, branch, title="Ledenvergadering top tien", day=MEETING)
    go_to_day(page, MEETING)
    page.goto(at(branch, "ten_agree", top_ten.pk))
    expect(page.locator(".ten-lacks")).to_have_count(1)
    shot(page, "ten-06-decision-missing-360")
    page.locator("main a[href*='soort=agree_top_ten']").click()
    expect(page.locator("[name=kind][value=agree_top_ten]")).to_be_checked()
    record(page, kind="agree_top_ten", title="top tien", text="Deze tien beloven we.")
    page.goto(at(branch, "ten_agree", top_ten.pk))
    expect(page.locator(".ten-lacks")).to_have_count(0)
    shot(page, "ten-07-all-there-360")
    press(page, "main form.form button[type=submit]")
    top_ten.refresh_from_db()
    assert top_ten.agreed_on == MEETING
    assert top_ten.decision is not None
    expect(page.locator("ol.ten-thread > li")).to_have_count(10)
    shot(page, "ten-08-agreed-360")
