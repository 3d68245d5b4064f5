"""The report in four formats: the same facts, safe in each, and nothing that is private."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pdfplumber
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from docx import Document

from branches.models import User
from core.paper import pdf as paper
from evaluation.enums import CarryOver, EvidenceKind, Reason, Timing, Verdict
from evaluation.models import Assessment, Comment, Evaluation, Evidence, Promise
from evaluation.printing import pdf
from evaluation.printing.docx import as_docx
from evaluation.printing.sheet import as_xlsx
from evaluation.queries.results import report_of, result_of
from evaluation.services import reporting
from jobs import services as jobs
from jobs.models import Job
from programmes.models import Chapter, Measure
from tests.clock import FIRST_DAY
from tests.evaluation_factories import evaluation_of
from tests.integration.access.opened import text_in
from tests.integration.evaluation.judging import promise_of
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db

NASTY = '=1+1 <script>alert("x")</script> & שלום 🚲 ' + "lang " * 200
PRIVATE = "alleenvoorelkaar"


@pytest.fixture
def told(evaluation: Evaluation, ans: User, bram: User) -> Evaluation:
    """One delivered late with evidence, one dropped, one disputed; much that is private."""
    first, second, third = (promise_of(evaluation, number) for number in (1, 2, 3))
    Promise.objects.filter(pk=first.pk).update(
        verdict=Verdict.DELIVERED,
        timing=Timing.LATE,
        explanation="Er staan er 210.",
        carry_over=CarryOver.CARRY,
        carry_reason="Nog steeds nodig",
        weight=3,
    )
    Promise.objects.filter(pk=second.pk).update(
        verdict=Verdict.NOT_DELIVERED,
        reason=Reason.NO_MONEY,
        carry_over=CarryOver.DROP,
        carry_reason="De provincie plant nu.",
        settled_because="De begroting geeft de doorslag.",
    )
    Promise.objects.filter(pk=third.pk).update(disputed=True)
    for assessor, verdict in ((ans, Verdict.DELIVERED), (bram, Verdict.PARTLY)):
        Assessment.objects.create(
            promise=third,
            assessor=assessor,
            verdict=verdict,
            note=f"{PRIVATE} notitie",
            assessed_on=FIRST_DAY,
        )
    Comment.objects.create(promise=first, text=f"{PRIVATE} reactie", written_on=FIRST_DAY)
    link = {"promise": first, "kind": EvidenceKind.LINK, "added_on": FIRST_DAY}
    Evidence.objects.create(
        title="Raadsbesluit", url="https://voorbeeld.nl/besluit", note=f"{PRIVATE} bij", **link
    )
    Evidence.objects.create(title=f"{PRIVATE} bewijs", public=False, **link)
    return evaluation


def address(name: str, evaluation: Evaluation) -> str:
    return reverse(f"evaluation:{name}", args=[evaluation.branch.slug, evaluation.pk])


def test_every_format_tells_the_same_and_nothing_that_is_for_each_other(
    told: Evaluation, as_ans: Client
) -> None:
    wanted = ["210", "Raadsbesluit", "De provincie plant nu.", "Nog steeds nodig"]
    wanted += [promise_of(told, number).measure.text for number in (1, 2, 3)]
    for name in ("report", "report_docx", "report_pdf", "result_xlsx"):
        answer = as_ans.get(address(name, told), headers={"accept-language": "en"})
        assert answer.status_code == 200
        text = text_in(answer.content)
        missing = [word for word in wanted if word.replace(" ", "") not in text.replace(" ", "")]
        assert not missing, name
        assert PRIVATE not in text, name


def test_the_report_names_who_judged_but_not_who_found_what(
    told: Evaluation, as_ans: Client
) -> None:
    page = as_ans.get(address("report", told)).content.decode()
    assert page.count("Ans") == page.count("Bram") == 1
    report = report_of(told)
    assert report.assessors == ["Ans", "Bram"]
    assert [one.value for one in report.disputed[0].findings] == ["delivered", "partly"]
    assert [line.number for line in report.settled] == [2]
    assert report.not_assessed == []


def test_the_counts_of_the_report_are_those_of_the_overview(told: Evaluation) -> None:
    told.weighted = True
    assert report_of(told).result == result_of(told)
    score = result_of(told).score
    assert (score.total, score.delivered, score.unknown) == (3, 1, 1)
    assert (score.weight_delivered, score.weight_judged) == (3, 4)


def test_what_is_retired_is_in_no_count_and_no_report(told: Evaluation) -> None:
    measure = promise_of(told, 1).measure
    Measure.objects.filter(pk=measure.pk).update(retired_on=FIRST_DAY)
    assert result_of(told).score.total == 2
    assert [line.number for line in report_of(told).lines] == [2, 3]


def test_a_report_asks_as_often_for_thirty_promises_as_for_three(told: Evaluation) -> None:
    larger = evaluation_of(
        programme_with({f"Hoofdstuk {n}": [f"{n}.{m}" for m in range(10)] for n in range(3)})
    )
    for read in (report_of, result_of):
        counts = []
        for one in (told, larger):
            with CaptureQueriesContext(connection) as found:
                read(one)
            counts.append(len(found))
        assert counts[0] == counts[1] <= 5


# Word ------------------------------------------------------------------------------------------


def test_word_has_real_headings_a_head_on_each_page_a_language_and_page_numbers(
    told: Evaluation,
) -> None:
    told.weighted = True
    with override("nl"):
        document = Document(io.BytesIO(as_docx(told, report_of(told), today=FIRST_DAY)))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[0] == "Title"
    assert styles.count("Heading 2") == 2, "one a chapter"
    assert "Heading 1" in styles
    xml = document.element.xml
    assert xml.count("w:tblHeader") == 3, "the counts, and a list for each chapter"
    assert 'w:instr="PAGE"' in document.sections[0].footer._element.xml
    assert 'w:val="nl-NL"' in document.styles.element.xml
    assert 'w:val="en-US"' not in document.styles.element.xml
    counts = next(table for table in document.tables if len(table.columns) == 9)
    assert [cell.text for cell in counts.rows[1].cells][1:] == [
        "1", "0", "0", "1", "0", "1", "3", counts.rows[1].cells[8].text,
    ]  # fmt: skip
    assert "3" in counts.rows[1].cells[8].text


def test_texts_that_could_break_a_document_stay_text_in_every_format(
    told: Evaluation, as_ans: Client
) -> None:
    Measure.objects.filter(programme=told.programme).update(text=NASTY)
    Chapter.objects.filter(programme=told.programme).update(title=f"{NASTY}"[:300])
    Promise.objects.filter(evaluation=told).update(explanation=NASTY[:5000])
    report = report_of(told)
    document = Document(io.BytesIO(as_docx(told, report, today=FIRST_DAY)))
    assert document.tables[-1].rows[1].cells[1].paragraphs[0].text == NASTY
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(told, report)))
    cell = book.worksheets[1]["D2"]
    assert (cell.value, cell.data_type) == (NASTY, "s")
    page = as_ans.get(address("report", told)).content.decode()
    assert "<script>alert" not in page
    assert as_ans.get(address("report_pdf", told)).content.startswith(b"%PDF")


def test_characters_that_no_xml_holds_are_left_out_of_word(told: Evaluation) -> None:
    Measure.objects.filter(programme=told.programme).update(text="a\x0bb\ufffec")
    document = Document(io.BytesIO(as_docx(told, report_of(told), today=FIRST_DAY)))
    assert document.tables[-1].rows[1].cells[1].text == "abc"


def test_a_programme_without_promises_has_a_report_too(as_ans: Client, told: Evaluation) -> None:
    empty = evaluation_of(programme_with({}, branch=told.branch))
    for name in ("report", "report_docx", "report_pdf", "result_xlsx", "result"):
        assert as_ans.get(address(name, empty)).status_code == 200, name


# Spreadsheet -----------------------------------------------------------------------------------


def test_the_spreadsheet_has_a_summary_and_a_row_for_each_promise(told: Evaluation) -> None:
    with override("en"):
        book = openpyxl.load_workbook(io.BytesIO(as_xlsx(told, report_of(told))))
    summary, promises = book.worksheets
    assert [row[1].value for row in summary.iter_rows(min_row=2)] == [1, 1, 0]
    rows = list(promises.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [1, 2, 3]
    assert rows[1][5:8] == ("not delivered", "no money", None)
    assert rows[2][9] == "delivered / partly delivered"


# PDF -------------------------------------------------------------------------------------------


def test_the_pdf_has_its_numbers_and_its_pages(told: Evaluation, as_ans: Client) -> None:
    content = as_ans.get(address("report_pdf", told)).content
    with pdfplumber.open(io.BytesIO(content)) as document:
        assert document.metadata["Author"] == told.branch.name
        first = document.pages[0].extract_text()
    assert told.programme.title in first
    assert f"1 / {len(document.pages)}" in first


def test_nothing_in_a_text_makes_the_pdf_fetch_something(told: Evaluation) -> None:
    with pytest.raises(ValueError, match="fetches nothing"):
        paper._nothing("http://localhost/geheim")
    Promise.objects.update(explanation='<img src="http://localhost:1/x"><link href="file:///x">')
    assert pdf.as_pdf(told, report_of(told), today=FIRST_DAY).startswith(b"%PDF")


def test_without_pango_the_page_says_how_to_print(
    told: Evaluation, as_ans: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking() -> Any:
        raise paper.NoPango

    monkeypatch.setattr(paper, "_weasyprint", lacking)
    for ask in (as_ans.get, as_ans.post):
        answer = ask(address("report_pdf", told), headers={"accept-language": "en"})
        assert answer.status_code == 503
        assert "Print the report from your browser" in answer.content.decode()
    assert not Job.objects.exists()


@pytest.fixture
def long_one(told: Evaluation, monkeypatch: pytest.MonkeyPatch) -> Evaluation:
    monkeypatch.setattr(pdf, "AT_ONCE", 2)
    return told


def test_a_long_pdf_is_made_as_work_for_later_and_kept(
    long_one: Evaluation, as_ans: Client
) -> None:
    page = address("report_pdf", long_one)
    assert "text/html" in as_ans.get(page)["Content-Type"]
    assert not Job.objects.exists(), "to look puts no work down"
    onward = as_ans.post(page)["Location"]
    answer = as_ans.get(onward)
    assert answer.context["state"] == "waiting"
    as_ans.post(page)
    assert Job.objects.count() == 1
    work()
    assert as_ans.get(onward).content.startswith(b"%PDF")
    assert as_ans.get(page).content.startswith(b"%PDF"), "the same again, without asking"
    polled = as_ans.get(onward, headers={"hx-request": "true"})
    assert polled.context["state"] == "ready"


def work() -> None:
    """Do what the worker does with the latest job."""
    assert jobs.run(Job.objects.latest("pk").pk, now=timezone.now())


def test_a_newer_pdf_takes_the_place_of_the_one_before(
    long_one: Evaluation, as_ans: Client
) -> None:
    page = address("report_pdf", long_one)
    first = as_ans.post(page)["Location"]
    work()
    Promise.objects.filter(evaluation=long_one).update(explanation="Anders")
    second = as_ans.post(page)["Location"]
    assert second != first
    work()
    assert as_ans.get(second).content.startswith(b"%PDF")
    assert as_ans.get(first).context["state"] == "not_asked"
    # Asked for once more, it is made once more.
    Promise.objects.filter(evaluation=long_one).update(explanation="")
    Promise.objects.filter(evaluation=long_one, measure__number=1).update(
        explanation="Er staan er 210."
    )
    assert as_ans.post(page)["Location"] == first
    work()
    assert as_ans.get(first).content.startswith(b"%PDF")


def test_a_pdf_that_failed_says_so_and_is_tried_anew(long_one: Evaluation, as_ans: Client) -> None:
    page = address("report_pdf", long_one)
    onward = as_ans.post(page)["Location"]
    Job.objects.update(state=Job.State.PARKED, attempts=3)
    assert as_ans.get(onward).context["state"] == "failed"
    as_ans.post(page)
    assert Job.objects.get().state == Job.State.WAITING


def test_a_report_of_an_evaluation_that_is_gone_is_no_failure() -> None:
    reporting.make(evaluation_id=0, stamp="0" * 32, language="nl", day="2021-10-04")


def test_a_very_long_pdf_says_where_the_rest_stands(
    told: Evaluation, as_ans: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MOST", 2)
    answer = as_ans.get(address("report_pdf", told), headers={"accept-language": "en"})
    text = text_in(answer.content)
    assert "too many for a PDF" in text
    assert "Er staan er 210." not in text


def test_few_promises_with_endless_texts_are_as_long_as_many(
    told: Evaluation, as_ans: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    told.promises.update(explanation="Dit staat er. " * 100)
    monkeypatch.setattr(pdf, "MOST_TEXT", 1_000)
    page = address("report_pdf", told)
    answer = as_ans.get(page, headers={"accept-language": "en"})
    assert "too many for a PDF" in text_in(answer.content)
    monkeypatch.setattr(pdf, "AT_ONCE_TEXT", 1_000)
    assert as_ans.get(page).context["state"] == "not_asked"


def test_the_lists_of_a_very_long_pdf_give_the_beginning_of_each_text(
    told: Evaluation, as_ans: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    Measure.objects.filter(promise__evaluation=told).update(
        text="Begin " + "woord " * 500 + "Kanarie"
    )
    monkeypatch.setattr(pdf, "MOST", 2)
    text = text_in(as_ans.get(address("report_pdf", told)).content)
    assert "Begin" in text
    assert "Kanarie" not in text


def test_a_made_up_version_gives_no_file(told: Evaluation, as_ans: Client) -> None:
    page = address("report_pdf", told)
    assert as_ans.get(f"{page}?versie={'0' * 32}").context["state"] == "not_asked"
    assert as_ans.get(f"{page}?versie=../../etc").content.startswith(b"%PDF")
