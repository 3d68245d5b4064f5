"""A previous programme on its whole way: from the Word file that it is to the members' report.

R38–R41: the council group looks back, two people differ and a third step settles it, what was
not delivered is carried over or dropped with a reason, and the members get the result.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pdfplumber
import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from branches.enums import Role
from branches.models import Branch, User
from evaluation.models import Evaluation, Promise
from process.models import Milestone, Timeline
from programmes.models import Measure
from tests.browser.conftest import shot
from tests.factories import BranchFactory, MembershipFactory
from tests.process_factories import TimelineFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

StepIn = Callable[[BrowserContext, User], Page]
Open = Callable[..., BrowserContext]

HOMES = "We bouwen elk jaar vijftig sociale huurwoningen."
TREES = "In elke straat komt minstens één boom."
BUS = "De buurtbus rijdt ook op zondag."
LIBRARY = "De bibliotheek blijft in het dorpshuis."
# Stands as running text in the file; a person says that it is a promise.
PROSE = "De wachtlijst voor een huis wordt korter dan twee jaar."
# Stands as a list item in the file; a person says that it is none.
NO_PROMISE = "Foto: de haven in de winter"


@pytest.fixture
def word_file(tmp_path: Path) -> Path:
    """A small programme as Word keeps it."""
    document = docx.Document()
    document.add_heading("Samen vooruit 2018", level=0)
    document.add_heading("Wonen", level=1)
    document.add_paragraph(PROSE)
    document.add_paragraph(HOMES, style="List Bullet")
    document.add_paragraph(TREES, style="List Bullet")
    document.add_paragraph(NO_PROMISE, style="List Bullet")
    document.add_heading("Samen leven", level=1)
    document.add_paragraph(BUS, style="List Bullet")
    document.add_paragraph(LIBRARY, style="List Bullet")
    path = tmp_path / "programma-2018.docx"
    document.save(str(path))
    return path


@pytest.fixture
def timeline() -> Timeline:
    """A branch on its way to the election of 2022."""
    branch: Branch = BranchFactory(slug="harlingen", name="Harlingen")
    row: Timeline = TimelineFactory(branch=branch)
    return row


@pytest.fixture
def group(timeline: Timeline) -> list[User]:
    """Three people of the council group."""
    return [
        MembershipFactory(branch=timeline.branch, role=Role.COUNCIL_GROUP, user__name=name).user
        for name in ("Anna de Boer", "Bram Visser", "Cor Dijk")
    ]


def correct(page: Page, text: str, role: str) -> None:
    """Say of one thing in the preview what it is instead."""
    item = page.locator(".item", has_text=text).first
    item.locator("a.item-doubt").click()
    button = page.locator(f"button[name=what][value$=':{role}']").first
    button.click()
    expect(page.locator(".last-correction")).to_be_visible()


def bring_in(page: Page, branch: Branch, file: Path) -> None:
    """Bring the file, correct two things, and save it."""
    page.goto(reverse("programmes:import_new", args=[branch.slug]))
    page.locator("[name=kind][value=previous]").check()
    page.locator("[name=year]").fill("2018")
    page.set_input_files("input[type=file]", file)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("#import")).to_be_visible()
    page.locator(".preview-chapters a, main a", has_text="Wonen").first.click()
    # The introduction is folded: what is in it is corrected there.
    for folded in page.locator("#gevonden details").all():
        folded.evaluate("element => element.open = true")
    shot(page, "evaluation-1-preview-1280")
    correct(page, PROSE, "measure")
    correct(page, NO_PROMISE, "left_out")
    shot(page, "evaluation-2-corrected-1280")
    page.locator("#opslaan button[type=submit]").click()
    page.wait_for_load_state()


def begin(page: Page, branch: Branch) -> Evaluation:
    """Begin the evaluation and deal everything out to Anna and Bram."""
    page.goto(reverse("evaluation:start", args=[branch.slug]))
    page.locator("[name=programme]").first.check()
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    evaluation = Evaluation.objects.get(branch=branch)
    page.goto(reverse("evaluation:deal", args=[branch.slug, evaluation.pk]))
    for share in page.locator("ul.deal > li").all():
        share.get_by_label("Anna de Boer").check()
        share.get_by_label("Bram Visser").check()
    shot(page, "evaluation-3-deal-1280")
    page.locator("ul.deal ~ .button-row button[type=submit]").click()
    page.wait_for_load_state()
    return evaluation


def judge_all(page: Page, evaluation: Evaluation, keys: dict[str, str]) -> None:
    """Judge each next promise with the keys of the desk, until there is none left."""
    page.goto(reverse("evaluation:desk", args=[evaluation.branch.slug, evaluation.pk]))
    for _ in keys:
        text = page.locator("#promise header").inner_text()
        (key,) = [key for promise, key in keys.items() if promise in text]
        page.keyboard.press(key)
        expect(page.locator(f".verdict-button:nth-of-type({key}) input")).to_be_checked()
        with page.expect_navigation():
            page.keyboard.press("n")
    expect(page.locator("#desk-form")).to_have_count(0)


def test_a_word_file_becomes_a_report_for_the_members(
    open_context: Open,
    step_in: StepIn,
    timeline: Timeline,
    group: list[User],
    word_file: Path,
) -> None:
    branch = timeline.branch
    anna, bram, cor = group
    desk = step_in(open_context(width=1280), anna)

    bring_in(desk, branch, word_file)
    texts = list(Measure.objects.order_by("number").values_list("text", flat=True))
    assert texts == [PROSE, HOMES, TREES, BUS, LIBRARY]

    evaluation = begin(desk, branch)
    assert evaluation.promises.filter(assignments__person__in=[anna, bram]).distinct().count() == 5

    judge_all(desk, evaluation, {PROSE: "5", HOMES: "1", TREES: "4", BUS: "4", LIBRARY: "1"})
    phone = step_in(open_context(width=360, dark=True), bram)
    phone.goto(reverse("evaluation:desk", args=[branch.slug, evaluation.pk]))
    shot(phone, "evaluation-4-desk-360-dark")
    judge_all(phone, evaluation, {PROSE: "5", HOMES: "2", TREES: "4", BUS: "4", LIBRARY: "1"})

    # One disagreement, which counts as not assessed until a third person settles it.
    homes = Promise.objects.get(measure__text=HOMES)
    assert (homes.disputed, homes.verdict) == (True, "not_assessed")
    third = step_in(open_context(width=360), cor)
    third.goto(reverse("evaluation:disputes", args=[branch.slug, evaluation.pk]))
    expect(third.locator("main")).to_contain_text(HOMES)
    shot(third, "evaluation-5-disputes-360")
    third.goto(reverse("evaluation:promise", args=[branch.slug, homes.pk]))
    settle = third.locator(
        f"form[action*='{reverse('evaluation:settle', args=[branch.slug, homes.pk])}']"
    )
    settle.locator("[name$=verdict][value=partly]").check(force=True)
    settle.locator("[name$=because]").fill("Veertig van de vijftig, in elk jaar.")
    settle.locator("button[type=submit]").click()
    third.wait_for_load_state()
    homes.refresh_from_db()
    assert (homes.disputed, homes.verdict) == (False, "partly")

    # What was not delivered: one goes on, one is dropped with its reason.
    carry_on(desk, branch, TREES, "carry")
    carry_on(desk, branch, BUS, "drop", reason="De bus is nu van de provincie.")
    carry_on(desk, branch, HOMES, "carry")
    rows = dict(Promise.objects.values_list("measure__text", "carry_over"))
    assert (rows[TREES], rows[BUS], rows[HOMES]) == ("carry", "drop", "carry")

    # The milestones know how far it is, and wait for a person's word.
    assessed = Milestone.objects.get(timeline=timeline, key="promises_assessed")
    assert (assessed.progress_done, assessed.progress_total) == (5, 5)
    assert assessed.status != "done"

    desk.goto(reverse("evaluation:evaluation", args=[branch.slug]))
    shot(desk, "evaluation-6-result-1280")
    report_in_three_formats(desk, evaluation)


def carry_on(page: Page, branch: Branch, text: str, decision: str, reason: str = "") -> None:
    """Decide about one promise whether it goes on."""
    promise = Promise.objects.get(measure__text=text)
    page.goto(reverse("evaluation:carry", args=[branch.slug, promise.pk]))
    if reason:
        page.locator("[name=reason]").fill(reason)
    page.locator(f"button[name=carry_over][value={decision}]").click()
    page.wait_for_load_state()


def report_in_three_formats(page: Page, evaluation: Evaluation) -> None:
    """Open the report as a page, in Word, as PDF and as a spreadsheet; each tells the same."""
    at = [evaluation.branch.slug, evaluation.pk]
    page.goto(reverse("evaluation:report", args=at))
    expect(page.locator("main")).to_contain_text(HOMES)
    expect(page.locator("main")).to_contain_text("De bus is nu van de provincie.")
    shot(page, "evaluation-7-report-1280")

    word = docx.Document(io.BytesIO(fetched(page, "evaluation:report_docx", at)))
    words = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert HOMES in words
    assert "De bus is nu van de provincie." in words

    with pdfplumber.open(io.BytesIO(fetched(page, "evaluation:report_pdf", at))) as pdf:
        printed = " ".join((sheet.extract_text() or "") for sheet in pdf.pages)
    assert "vijftig sociale huurwoningen" in " ".join(printed.split())

    content = fetched(page, "evaluation:result_xlsx", at)
    assert zipfile.is_zipfile(io.BytesIO(content))
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {PROSE, HOMES, TREES, BUS, LIBRARY} <= cells


def fetched(page: Page, name: str, args: list[object]) -> bytes:
    """Fetch a file in the session of this page."""
    answer = page.request.get(reverse(name, args=args))
    assert answer.status == 200, name
    return answer.body()
