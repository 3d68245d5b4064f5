"""The ten-point version: one page, one Word document and one PDF that say the same (R46)."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pdfplumber
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from branches.enums import Role
from core.paper import pdf as drawing
from evaluation.enums import Reason, Verdict
from evaluation.enums_ten import PledgeStatus
from evaluation.models import Pledge, TopTen
from evaluation.printing.ten_paper import as_docx, as_pdf, paper_context
from evaluation.queries.ten.paper import TenPaper, paper_of
from programmes.services import versions
from tests.clock import FixedClock
from tests.factories import BranchFactory, MembershipFactory, MunicipalityFactory, UserFactory
from tests.process_factories import TimelineFactory
from tests.ten_factories import pledge_of, top_ten_of, update_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TODAY = date(2022, 9, 1)
NASTY = '=1+1 <script>alert("x")</script> & שלום ' + "lang " * 60


@pytest.fixture
def top_ten() -> TopTen:
    """Of Harlingers; the first is worked on, with something for insiders alone."""
    branch = BranchFactory(
        name="PvdA Harlingen",
        demonym="Harlingers",
        municipalities=[MunicipalityFactory(name="Harlingen")],
    )
    owner = MembershipFactory(branch=branch, role=Role.COUNCIL_GROUP, user__name="Trekker Tjitske")
    made = top_ten_of(TimelineFactory(branch=branch), owner=owner.user)
    Pledge.objects.filter(top_ten=made, rank=1).update(
        title="Honderd woningen erbij",
        text=f"We bouwen ze.\n{NASTY}",
        source_text=f"We bouwen ze.\n{NASTY}",
        for_whom="Jongeren uit de stad",
        measured_by="De sleutels zijn uitgereikt",
        by_when=date(2024, 7, 1),
    )
    Pledge.objects.filter(top_ten=made, rank=1).update(source_text=pledge_of(made).measure.text)
    first = pledge_of(made)
    update_of(first, text="De grond is gekocht.", status=PledgeStatus.UNDER_WAY)
    update_of(first, text="Alleen voor ons.", public=False, day=date(2022, 8, 1))
    Pledge.objects.filter(pk=first.pk).update(
        verdict=Verdict.PARTLY,
        verdict_reason=Reason.NO_MONEY,
        verdict_text="Er kwamen er zestig.",
        verdict_by=owner.user,
        verdict_on=TODAY,
    )
    return made


def in_docx(paper: TenPaper) -> str:
    document = Document(io.BytesIO(as_docx(paper, today=TODAY)))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def in_pdf(paper: TenPaper) -> str:
    with pdfplumber.open(io.BytesIO(as_pdf(paper, today=TODAY))) as opened:
        # Longer lines are broken where the paper ends.
        return " ".join(" ".join(page.extract_text() for page in opened.pages).split())


def on_page(paper: TenPaper) -> str:
    context = paper_context(paper, today=TODAY)
    return "\n".join(
        str(context[name]) for name in ("title", "under_title", "lead", "as_of", "points")
    )


@pytest.mark.parametrize("read", [in_docx, in_pdf, on_page])
def test_each_version_tells_what_it_is_for_and_no_more(
    top_ten: TopTen, read: Callable[[TenPaper], str]
) -> None:
    bare = read(paper_of(top_ten))
    for wanted in (
        "Our ten for Harlingen",
        "PvdA Harlingen · Thuis in de stad",
        "for and with Harlingers",
        "Honderd woningen erbij",
        "Jongeren uit de stad",
        "De sleutels zijn uitgereikt",
        "<script>alert",
        "Sat 20 November 2021",
    ):
        assert wanted in bare
    for absent in ("Tjitske", "2024", "De grond is gekocht", "zestig", "Alleen voor ons"):
        assert absent not in bare
    inside = read(paper_of(top_ten, people=True))
    assert "Trekker Tjitske" in inside
    assert "1 July 2024" in inside
    standing = read(paper_of(top_ten, standing=True))
    assert "De grond is gekocht." in standing
    assert "Alleen voor ons" not in standing
    assert "zestig" not in standing
    top_ten.account_given_on = TODAY
    given = read(paper_of(top_ten, standing=True))
    assert "partly delivered (no money). Er kwamen er zestig." in given
    assert "final account of Thu 1 September 2022" in given


def test_the_documents_carry_their_title_and_their_language(top_ten: TopTen) -> None:
    document = Document(io.BytesIO(as_docx(paper_of(top_ten), today=TODAY)))
    assert document.core_properties.title == "Our ten for Harlingen"
    assert document.core_properties.author == "PvdA Harlingen"
    assert document.core_properties.language == "en-GB"
    headings = [row.text for row in document.paragraphs if row.style.name == "Heading 2"]
    assert len(headings) == 10
    with pdfplumber.open(io.BytesIO(as_pdf(paper_of(top_ten), today=TODAY))) as opened:
        assert opened.metadata["Title"] == "Our ten for Harlingen"


def test_a_branch_over_several_municipalities_names_them_and_over_many_itself() -> None:
    names = ["Anloo", "Borger", "Coevorden", "Dwingeloo"]
    places = [MunicipalityFactory(name=name) for name in names]
    for number, wanted in ((2, "Anloo and Borger"), (3, "Anloo, Borger and Coevorden"), (4, "X")):
        branch = BranchFactory(name="X", municipalities=places[:number])
        made = top_ten_of(TimelineFactory(branch=branch))
        title = paper_context(paper_of(made), today=TODAY)["title"]
        assert title == f"Our ten for {wanted}"


def test_a_newer_version_of_the_programme_gives_a_sign_for_those_inside(top_ten: TopTen) -> None:
    newer = versions.new_version(programme=top_ten.programme, by=UserFactory(), today=TODAY)
    changed, gone = pledge_of(top_ten, rank=2), pledge_of(top_ten, rank=3)
    newer.measures.filter(identity=changed.measure.identity).update(text="Meer woningen.")
    newer.measures.filter(identity=gone.measure.identity).update(retired_on=TODAY)
    paper = paper_of(top_ten, people=True)
    assert [line.rank for line in paper.outdated] == [2, 3]
    assert in_docx(paper).count("Out of date") == 2
    assert in_pdf(paper).count("Out of date") == 2
    assert "Out of date" not in in_docx(paper_of(top_ten))
    assert "Out of date" not in in_pdf(paper_of(top_ten))


def test_one_ten_asks_as_much_as_ten_with_many_updates(top_ten: TopTen) -> None:
    top_ten = TopTen.objects.select_related("branch", "programme").get(pk=top_ten.pk)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            paper_of(top_ten, people=True, standing=True)
        return len(queries)

    before = asked()
    for pledge in top_ten.pledges.chosen():
        update_of(pledge)
        update_of(pledge, day=date(2022, 5, 1))
    assert asked() == before


# The pages


@pytest.fixture
def inside(client: Client, top_ten: TopTen, sign_in: Callable[..., Client]) -> Client:
    FixedClock.day = TODAY
    client.cookies["django_language"] = "en"
    return sign_in(client, MembershipFactory(branch=top_ten.branch, role=Role.MEMBER).user)


def address(name: str, top_ten: TopTen) -> str:
    return reverse(f"evaluation:{name}", args=[top_ten.branch.slug, top_ten.pk])


def test_the_page_gives_both_documents_of_the_version_that_it_shows(
    inside: Client, top_ten: TopTen
) -> None:
    page = inside.get(address("ten_paper", top_ten), {"mensen": "1", "stand": "x"})
    assert page.status_code == 200
    text = page.content.decode()
    assert "Trekker Tjitske" in text
    assert "De grond is gekocht" not in text
    word = f"{address('ten_paper_docx', top_ten)}?mensen=1"
    assert f'href="{word}"' in text
    given = inside.get(word)
    assert given["Content-Disposition"].endswith('-2022-09-01.docx"')
    assert given.content.startswith(b"PK")
    given = inside.get(address("ten_paper_pdf", top_ten))
    assert given["Content-Type"] == "application/pdf"
    assert given.content.startswith(b"%PDF")


def test_where_no_pdf_can_be_drawn_the_page_says_how_else(
    inside: Client, top_ten: TopTen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise drawing.NoPango

    monkeypatch.setattr(drawing, "_weasyprint", missing)
    page = inside.get(address("ten_paper_pdf", top_ten))
    assert page.status_code == 503
    assert "A PDF cannot be made here." in page.content.decode()


def test_before_anything_is_chosen_the_paper_says_what_to_do(
    inside: Client, top_ten: TopTen
) -> None:
    top_ten.pledges.update(rank=None)
    text = inside.get(address("ten_paper", top_ten)).content.decode()
    assert "None of the ten has been chosen yet" in text
