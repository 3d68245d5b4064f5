"""The report of a gathering as a Word document."""

from __future__ import annotations

from django.utils.translation import gettext as _
from docx.document import Document as DocxDocument
from docx.shared import Cm

from consultation.printing import words
from consultation.queries.gathering_report import (
    GatheringReport,
    PointLine,
    SessionPart,
    SubthemePart,
)
from core.paper import docx as paper


def as_docx(report: GatheringReport) -> bytes:
    """Return the report as the bytes of a .docx, in the active language."""
    branch = report.gathering.consultation.branch
    title = words.title(report)
    document = paper.blank(title=title, author=branch.name)
    _text(document, title, style="Title")
    _text(document, words.of_what(report), style="Subtitle")
    _text(document, words.thanks(report))
    for text in words.paragraphs(report.gathering.introduction):
        _text(document, text)
    statement = document.add_paragraph()
    statement.add_run(paper.safe(words.statement())).bold = True
    for part in report.sessions:
        _session(document, part)
    more = words.more(report.gathering)
    if more:
        document.add_heading(_("Send us more"), level=1)
        for sentence in more:
            _text(document, sentence)
    return paper.as_bytes(document)


def _session(document: DocxDocument, part: SessionPart) -> None:
    session = part.session
    document.add_heading(paper.safe(session.title), level=1)
    if session.question:
        asked = document.add_paragraph()
        asked.add_run(paper.safe(session.question)).italic = True
    for text in words.paragraphs(session.summary):
        _text(document, text)
    for line in part.points:
        _point(document, line)
    for subtheme in part.discussed:
        _subtheme(document, subtheme)
    if part.undiscussed:
        document.add_heading(_("Named, not talked about"), level=2)
        for subtheme in part.undiscussed:
            document.add_heading(paper.safe(subtheme.cluster.title), level=3)
            _under(document, subtheme)
    _notes(document, part.notes, head=words.notes_head(under=False, beside=False))


def _subtheme(document: DocxDocument, part: SubthemePart) -> None:
    document.add_heading(paper.safe(part.cluster.title), level=2)
    _under(document, part)


def _under(document: DocxDocument, part: SubthemePart) -> None:
    if part.cluster.question:
        _told(document, _("Asked:"), part.cluster.question)
    if part.cluster.answer:
        _told(document, _("Answer of the group:"), part.cluster.answer)
    for line in part.points:
        _point(document, line)
    _notes(document, part.notes, head=words.notes_head(under=True, beside=bool(part.points)))


def _told(document: DocxDocument, label: str, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{label} ").bold = True
    paragraph.add_run(paper.safe(text))


def _point(document: DocxDocument, line: PointLine) -> None:
    paragraph = document.add_paragraph(style="List Bullet")
    paragraph.add_run(paper.safe(line.text))
    for text in filter(None, (words.about(line), words.example(line))):
        below = document.add_paragraph()
        below.paragraph_format.left_indent = Cm(0.65)
        paper.small(below, text)


def _notes(document: DocxDocument, notes: list[str], *, head: str) -> None:
    if not notes:
        return
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(head).bold = True
    for text in notes:
        _text(document, text, style="List Bullet")


def _text(document: DocxDocument, text: str, *, style: str | None = None) -> None:
    document.add_paragraph(paper.safe(text), style=style)
