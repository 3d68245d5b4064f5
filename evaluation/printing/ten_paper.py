"""The ten-point version as a Word document and as a PDF (R46)."""

from __future__ import annotations

from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import get_language
from docx.document import Document as DocxDocument
from docx.shared import Pt

from core.paper.docx import as_bytes, blank, safe, small
from core.paper.pdf import draw
from evaluation.printing import ten_words as words
from evaluation.queries.ten.paper import PaperLine, TenPaper


def paper_context(paper: TenPaper, *, today: date) -> dict[str, object]:
    """Return what the page and the PDF need: the words beside the data."""
    return {
        "paper": paper,
        "title": words.title(paper),
        "under_title": words.under_title(paper),
        "lead": words.lead(paper),
        "as_of": words.as_of(paper, today=today),
        "points": [(line, words.facts(line), words.sign(line)) for line in paper.lines],
    }


def as_docx(paper: TenPaper, *, today: date) -> bytes:
    """Return the paper as the bytes of a .docx, in the active language."""
    document = blank(title=words.title(paper), author=paper.branch)
    document.add_paragraph(safe(words.title(paper)), style="Title")
    document.add_paragraph(safe(words.under_title(paper)), style="Subtitle")
    for sentence in words.lead(paper):
        document.add_paragraph(safe(sentence))
    if said := words.as_of(paper, today=today):
        small(document.add_paragraph(), said)
    for line in paper.lines:
        _point(document, line, signed=paper.people)
    return as_bytes(document)


def as_pdf(paper: TenPaper, *, today: date) -> bytes:
    """Return the paper as the bytes of a PDF, in the active language: at most some two seconds.

    Raises:
        NoPango: this machine cannot draw one.
    """
    context = paper_context(paper, today=today)
    return draw(
        render_to_string("evaluation/ten/paper/sheet.html", context | {"language": get_language()})
    )


def _point(document: DocxDocument, line: PaperLine, *, signed: bool) -> None:
    """Write one of the ten, not torn over two pages where Word can help it."""
    document.add_heading(safe(f"{line.rank}. {line.title}"), level=2)
    paragraphs = [document.add_paragraph(safe(text)) for text in _paragraphs(line.text)]
    for label, value in words.facts(line):
        fact = document.add_paragraph()
        fact.add_run(safe(f"{label}: ")).bold = True
        fact.add_run(safe(value))
        fact.paragraph_format.space_after = Pt(2)
        paragraphs.append(fact)
    # Who hands it out needs no such sign; who works with it does.
    if signed and (sign := words.sign(line)):
        marked = document.add_paragraph()
        marked.add_run(safe(f"⚠ {sign}")).italic = True
        paragraphs.append(marked)
    for paragraph in paragraphs:
        paragraph.paragraph_format.keep_together = True
    for paragraph in paragraphs[:-1]:
        paragraph.paragraph_format.keep_with_next = True


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.splitlines() if part.strip()]
