"""The report for the members' meeting as a Word document: headings, tables, page numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from evaluation.enums import Verdict
from evaluation.models import Evaluation
from evaluation.printing import words
from evaluation.printing.chart import PAPER_COLOURS, Bar
from evaluation.queries.results import ChapterLines, EvidenceLine, PromiseLine, Report
from evaluation.rules import verdict as values

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
_INK = RGBColor(0x1C, 0x1A, 0x17)
_SOFT = RGBColor(0x57, 0x52, 0x4A)
_WHITE = RGBColor(0xFF, 0xFF, 0xFF)
_WIDTH = Cm(17)
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
# No XML document can hold these; half a character no file at all.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_docx(evaluation: Evaluation, report: Report, *, today: date) -> bytes:
    """Return the report as the bytes of a .docx, in the active language."""
    title = _("What came of our promises")
    document = _blank(evaluation, title=title)
    document.add_paragraph(_safe(title), style="Title")
    document.add_paragraph(
        _safe(f"{evaluation.branch.name} · {evaluation.programme.title}"), style="Subtitle"
    )
    _small(document.add_paragraph(), words.as_of(today))
    _small(document.add_paragraph(), words.judges(report.assessors))
    _summary(document, evaluation, report)
    _lists(document, report)
    document.add_heading(_("All promises"), level=1)
    for chapter in report.chapters:
        _chapter(document, chapter, weighted=evaluation.weighted)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _blank(evaluation: Evaluation, *, title: str) -> DocxDocument:
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(2)
    language = _LANGUAGES.get((get_language() or "nl")[:2], "nl-NL")
    _speak(document, language)
    for name, size in (("Normal", 10.5), ("Title", 26), ("Heading 1", 16), ("Heading 2", 13)):
        style = document.styles[name]
        style.font.size = Pt(size)
        style.font.color.rgb = _INK
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    document.styles["Subtitle"].font.color.rgb = _SOFT
    # The template's title is underlined in blue.
    for line in list(document.styles["Title"].element.iter(qn("w:pBdr"))):
        line.getparent().remove(line)
    properties = document.core_properties
    properties.title = _safe(f"{title} · {evaluation.programme.title}")
    properties.author = _safe(evaluation.branch.name)
    properties.language = language
    properties.comments = ""
    _page_numbers(page.footer.paragraphs[0], evaluation.branch.name)
    return document


def _speak(document: DocxDocument, language: str) -> None:
    """Set the language of every text: for spelling, hyphens and a voice that reads it."""
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)


def _page_numbers(paragraph: Paragraph, name: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _small(paragraph, f"{name} · ")
    for code in ("PAGE", "NUMPAGES"):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        run = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.text = "1"
        run.append(text)
        field.append(run)
        paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields of its own
        if code == "PAGE":
            _small(paragraph, " / ")


def _summary(document: DocxDocument, evaluation: Evaluation, report: Report) -> None:
    result = report.result
    document.add_heading(_("Summary"), level=1)
    lead = document.add_paragraph().add_run(words.headline(result.score))
    lead.bold = True
    lead.font.size = Pt(14)
    said = words.remarks(result, weighted=evaluation.weighted) + words.carrying(result.carry)
    for sentence in said:
        document.add_paragraph(_safe(sentence), style="List Bullet")
    if not report.chapters:
        return
    document.add_heading(_("Per chapter"), level=1)
    _bars(document, words.bars(result))
    counts = words.table(result, weighted=evaluation.weighted)
    table = _grid(document, counts.head, len(counts.rows))
    cells = table._cells  # noqa: SLF001 - asked once: each table.cell() walks the whole table
    across = len(counts.head)
    for place, row in enumerate(counts.rows, start=1):
        for column, value in enumerate(row):
            paragraph = cells[place * across + column].paragraphs[0]
            paragraph.add_run(_safe(str(value))).bold = place == 1
            if column:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _upright_head(table)
    _widths(table, [Cm(5)] + [(_WIDTH - Cm(5)) // (across - 1)] * (across - 1))


def _upright_head(table: Table) -> None:
    """Let the names of the counts stand upright: the columns are narrower than the words."""
    for cell in table.rows[0].cells[1:]:
        direction = OxmlElement("w:textDirection")
        direction.set(qn("w:val"), "btLr")
        cell._tc.get_or_add_tcPr().append(direction)  # noqa: SLF001 - no direction of its own
    table.rows[0].height = Cm(3.2)


def _bars(document: DocxDocument, bars: Sequence[Bar]) -> None:
    legend = document.add_paragraph()
    _small(legend, _("In each bar, from left to right: "))
    _small(legend, ", ".join(str(Verdict(one).label) for one in values.Verdict) + ".")
    for bar in bars:
        table = document.add_table(rows=1, cols=2)
        table.autofit = False
        _widths(table, [_WIDTH - _BAR_WIDTH, _BAR_WIDTH])
        name, cell = table.rows[0].cells
        _small(name.paragraphs[0], bar.label)
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
    _widths(inner, [least + free * count // bar.total for _verdict, count in there])
    for piece, (verdict, count) in zip(inner.rows[0].cells, there, strict=True):
        _shade(piece, verdict)
        run = piece.paragraphs[0].add_run(str(count))
        run.font.size, run.bold = Pt(9), True
        run.font.color.rgb = _WHITE if verdict is values.Verdict.DELIVERED else _INK
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
        document.add_heading(_safe(f"{heading} ({len(lines)})"), level=1)
        for line in lines:
            paragraph = document.add_paragraph()
            # By its id: python-docx looks a name up among all styles, each time.
            paragraph._p.style = "ListParagraph"  # noqa: SLF001
            paragraph.add_run(f"{line.number}. ").bold = True
            paragraph.add_run(_safe(line.text))
            if more := say(line):
                _small(paragraph, f" – {more}")


def _chapter(document: DocxDocument, chapter: ChapterLines, *, weighted: bool) -> None:
    document.add_heading(_safe(chapter.title), level=2)
    _small(document.add_paragraph(), words.headline(chapter.result.score))
    table = _grid(document, [_("No."), _("Promise"), _("Verdict")], len(chapter.lines))
    cells = table._cells  # noqa: SLF001 - asked once: each table.cell() walks the whole table
    for place, line in enumerate(chapter.lines, start=1):
        number, text, verdict = cells[place * 3 : place * 3 + 3]
        number.paragraphs[0].add_run(str(line.number))
        text.paragraphs[0].add_run(_safe(line.text))
        if line.explanation:
            _small(text.add_paragraph(), line.explanation)
        for evidence in line.evidence:
            _small(text.add_paragraph(), _shown_by(evidence))
        verdict.paragraphs[0].add_run(_safe(words.outcome(line))).bold = True
        if weighted and line.weight > 1:
            _small(verdict.add_paragraph(), _("Weight: %(weight)s") % {"weight": line.weight})
        if decision := words.carry_over(line):
            _small(verdict.add_paragraph(), decision)
    _widths(table, [Cm(1.3), Cm(10.7), Cm(5)])


def _grid(document: DocxDocument, head: Sequence[str], rows: int) -> Table:
    table = document.add_table(rows=rows + 1, cols=len(head), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for cell, name in zip(table.rows[0].cells, head, strict=True):
        run = cell.paragraphs[0].add_run(_safe(name))
        run.bold, run.font.size = True, Pt(9)
    # The head stands again on each page; no other row is torn over two.
    for place, row in enumerate(table._tbl.tr_lst):  # noqa: SLF001 - once, not a walk for each row
        mark = OxmlElement("w:cantSplit" if place else "w:tblHeader")
        row.get_or_add_trPr().append(mark)
    return table


def _widths(table: Table, widths: Sequence[int]) -> None:
    # Word reads the width of each cell, LibreOffice that of the columns.
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):  # noqa: SLF001
        column.w = width
    for row in table._tbl.tr_lst:  # noqa: SLF001 - as above
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = width


def _small(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(_safe(text))
    run.font.size = Pt(9)
    run.font.color.rgb = _SOFT


def _shown_by(evidence: EvidenceLine) -> str:
    rest = evidence.note or evidence.url or evidence.file_name
    return f"{evidence.title}: {rest}" if rest and rest != evidence.title else evidence.title


def _why(line: PromiseLine) -> str:
    return line.carry_reason or words.outcome(line)


def _settled(line: PromiseLine) -> str:
    return f"{words.outcome(line)}: {line.settled_because}"


def _nothing(_line: PromiseLine) -> str:
    return ""


def _safe(text: str) -> str:
    return _NO_XML.sub("", text)
