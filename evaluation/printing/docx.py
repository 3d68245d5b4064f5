"""The report for the members' meeting as a Word document: headings, tables, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell

from core.paper.docx import (
    INK,
    WHITE,
    WIDTH,
    as_bytes,
    blank,
    grid,
    safe,
    set_widths,
    small,
)
from evaluation.enums import Verdict
from evaluation.models import Evaluation
from evaluation.printing import words
from evaluation.printing.chart import PAPER_COLOURS, Bar
from evaluation.queries.results import ChapterLines, EvidenceLine, PromiseLine, Report
from evaluation.rules import verdict as values

_BAR_WIDTH = Cm(11.5)
# Word's own patterns, so that the bars can be told apart in black and white.
_PATTERNS = {
    values.Verdict.DELIVERED: "solid",
    values.Verdict.PARTLY: "thinDiagStripe",
    values.Verdict.UNDER_WAY: "pct20",
    values.Verdict.NOT_DELIVERED: "thinDiagCross",
    values.Verdict.NOT_TESTABLE: "thinHorzStripe",
    values.Verdict.NOT_ASSESSED: "clear",
}


def as_docx(evaluation: Evaluation, report: Report, *, today: date) -> bytes:
    """Return the report as the bytes of a .docx, in the active language."""
    title = _("What came of our promises")
    document = blank(title=f"{title} · {evaluation.programme.title}", author=evaluation.branch.name)
    document.add_paragraph(safe(title), style="Title")
    document.add_paragraph(
        safe(f"{evaluation.branch.name} · {evaluation.programme.title}"), style="Subtitle"
    )
    small(document.add_paragraph(), words.as_of(today))
    small(document.add_paragraph(), words.judges(report.assessors))
    _summary(document, evaluation, report)
    _lists(document, report)
    document.add_heading(_("All promises"), level=1)
    for chapter in report.chapters:
        _chapter(document, chapter, weighted=evaluation.weighted)
    return as_bytes(document)


def _summary(document: DocxDocument, evaluation: Evaluation, report: Report) -> None:
    result = report.result
    document.add_heading(_("Summary"), level=1)
    lead = document.add_paragraph().add_run(words.headline(result.score))
    lead.bold = True
    lead.font.size = Pt(14)
    said = words.remarks(result, weighted=evaluation.weighted) + words.carrying(result.carry)
    for sentence in said:
        document.add_paragraph(safe(sentence), style="List Bullet")
    if not report.chapters:
        return
    document.add_heading(_("Per chapter"), level=1)
    _bars(document, words.bars(result))
    counts = words.table(result, weighted=evaluation.weighted)
    table = grid(document, counts.head, len(counts.rows))
    cells = table._cells  # noqa: SLF001 - asked once: each table.cell() walks the whole table
    across = len(counts.head)
    for place, row in enumerate(counts.rows, start=1):
        for column, value in enumerate(row):
            paragraph = cells[place * across + column].paragraphs[0]
            paragraph.add_run(safe(str(value))).bold = place == 1
            if column:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _upright_head(table)
    set_widths(table, [Cm(5)] + [(WIDTH - Cm(5)) // (across - 1)] * (across - 1))


def _upright_head(table: Table) -> None:
    """Let the names of the counts stand upright: the columns are narrower than the words."""
    for cell in table.rows[0].cells[1:]:
        direction = OxmlElement("w:textDirection")
        direction.set(qn("w:val"), "btLr")
        cell._tc.get_or_add_tcPr().append(direction)  # noqa: SLF001 - no direction of its own
    table.rows[0].height = Cm(3.2)


def _bars(document: DocxDocument, bars: Sequence[Bar]) -> None:
    legend = document.add_paragraph()
    small(legend, _("In each bar, from left to right: "))
    small(legend, ", ".join(str(Verdict(one).label) for one in values.Verdict) + ".")
    for bar in bars:
        table = document.add_table(rows=1, cols=2)
        table.autofit = False
        set_widths(table, [WIDTH - _BAR_WIDTH, _BAR_WIDTH])
        name, cell = table.rows[0].cells
        small(name.paragraphs[0], bar.label)
        name.paragraphs[0].paragraph_format.keep_with_next = True
        _segments(cell, bar)
    document.add_paragraph()


def _segments(cell: _Cell, bar: Bar) -> None:
    there = [(verdict, bar.counts[verdict]) for verdict in values.Verdict if bar.counts[verdict]]
    if not there:
        return
    inner = cell.add_table(rows=1, cols=len(there))
    inner.autofit = False
    width = _BAR_WIDTH - Cm(0.4)
    # A piece keeps room for its count; the others give it.
    least = Cm(0.75)
    free = width - least * len(there)
    set_widths(inner, [least + free * count // bar.total for _verdict, count in there])
    for piece, (verdict, count) in zip(inner.rows[0].cells, there, strict=True):
        _shade(piece, verdict)
        run = piece.paragraphs[0].add_run(str(count))
        run.font.size, run.bold = Pt(9), True
        run.font.color.rgb = WHITE if verdict is values.Verdict.DELIVERED else INK
        piece.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        piece.paragraphs[0].paragraph_format.space_after = Pt(0)
    # Word asks for a paragraph after a table in a cell; the empty one before it goes.
    first = cell.paragraphs[0]._p  # noqa: SLF001 - python-docx cannot remove a paragraph
    first.getparent().remove(first)
    cell.paragraphs[-1].paragraph_format.space_after = Pt(0)
    cell.paragraphs[-1].paragraph_format.line_spacing = Pt(4)


def _shade(cell: _Cell, verdict: values.Verdict) -> None:
    colour = PAPER_COLOURS[verdict].removeprefix("#")
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-docx has no shading of its own
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        dashed = verdict is values.Verdict.NOT_ASSESSED
        edge.set(qn("w:val"), "dashed" if dashed else "single")
        edge.set(qn("w:sz"), "6")
        edge.set(qn("w:color"), colour)
        borders.append(edge)
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), _PATTERNS[verdict])
    shading.set(qn("w:color"), colour)
    shading.set(qn("w:fill"), "FFFFFF")
    properties.append(borders)
    properties.append(shading)


def _lists(document: DocxDocument, report: Report) -> None:
    for heading, lines, say in (
        (_("What goes on"), report.going_on, _why),
        (_("What we drop, and why"), report.dropped, _why),
        (_("Where the verdicts differ"), report.disputed, words.findings),
        (_("What was settled"), report.settled, _settled),
        (_("Not yet assessed"), report.not_assessed, _nothing),
    ):
        if not lines:
            continue
        document.add_heading(safe(f"{heading} ({len(lines)})"), level=1)
        for line in lines:
            paragraph = document.add_paragraph()
            # By its id: python-docx looks a name up among all styles, each time.
            paragraph._p.style = "ListParagraph"  # noqa: SLF001
            paragraph.add_run(f"{line.number}. ").bold = True
            paragraph.add_run(safe(line.text))
            if more := say(line):
                small(paragraph, f" – {more}")


def _chapter(document: DocxDocument, chapter: ChapterLines, *, weighted: bool) -> None:
    document.add_heading(safe(chapter.title), level=2)
    small(document.add_paragraph(), words.headline(chapter.result.score))
    table = grid(document, [_("No."), _("Promise"), _("Verdict")], len(chapter.lines))
    cells = table._cells  # noqa: SLF001 - asked once: each table.cell() walks the whole table
    for place, line in enumerate(chapter.lines, start=1):
        number, text, verdict = cells[place * 3 : place * 3 + 3]
        number.paragraphs[0].add_run(str(line.number))
        text.paragraphs[0].add_run(safe(line.text))
        if line.explanation:
            small(text.add_paragraph(), line.explanation)
        for evidence in line.evidence:
            small(text.add_paragraph(), _shown_by(evidence))
        verdict.paragraphs[0].add_run(safe(words.outcome(line))).bold = True
        if weighted and line.weight > 1:
            small(verdict.add_paragraph(), _("Weight: %(weight)s") % {"weight": line.weight})
        if decision := words.carry_over(line):
            small(verdict.add_paragraph(), decision)
    set_widths(table, [Cm(1.3), Cm(10.7), Cm(5)])


def _shown_by(evidence: EvidenceLine) -> str:
    rest = evidence.note or evidence.url or evidence.file_name
    return f"{evidence.title}: {rest}" if rest and rest != evidence.title else evidence.title


def _why(line: PromiseLine) -> str:
    return line.carry_reason or words.outcome(line)


def _settled(line: PromiseLine) -> str:
    return f"{words.outcome(line)}: {line.settled_because}"


def _nothing(_line: PromiseLine) -> str:
    return ""
