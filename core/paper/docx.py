"""What the Word documents have in common: page, letters, language, page numbers, tables."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from django.utils.translation import get_language
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
INK = RGBColor(0x1C, 0x1A, 0x17)
SOFT = RGBColor(0x57, 0x52, 0x4A)
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
WIDTH = Cm(17)
"""Between the margins."""

_LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
# No XML document can hold these; half a character no file at all.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def blank(*, title: str, author: str) -> DocxDocument:
    """Return an empty A4 document in the active language, with page numbers at its foot.

    Args:
        title: of the file's properties.
        author: likewise; it stands at the foot of each page too.
    """
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(2)
    language = _LANGUAGES.get((get_language() or "nl")[:2], "nl-NL")
    _speak(document, language)
    for name, size in (
        ("Normal", 10.5),
        ("Title", 26),
        ("Heading 1", 16),
        ("Heading 2", 13),
        ("Heading 3", 11),
    ):
        style = document.styles[name]
        style.font.size = Pt(size)
        style.font.color.rgb = INK
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    document.styles["Subtitle"].font.color.rgb = SOFT
    # The template's title is underlined in blue.
    for line in list(document.styles["Title"].element.iter(qn("w:pBdr"))):
        line.getparent().remove(line)
    properties = document.core_properties
    properties.title = safe(title)
    properties.author = safe(author)
    properties.language = language
    properties.comments = ""
    _page_numbers(page.footer.paragraphs[0], author)
    return document


def as_bytes(document: DocxDocument) -> bytes:
    """Return the file."""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def safe(text: str) -> str:
    """Return a text without what no XML document can hold."""
    return _NO_XML.sub("", text)


def small(paragraph: Paragraph, text: str) -> None:
    """Add a text in small, soft letters."""
    run = paragraph.add_run(safe(text))
    run.font.size = Pt(9)
    run.font.color.rgb = SOFT


def grid(document: DocxDocument, head: Sequence[str], rows: int) -> Table:
    """Add a table with a head that stands again on each page, and rows that are not torn."""
    table = document.add_table(rows=rows + 1, cols=len(head), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for cell, name in zip(table.rows[0].cells, head, strict=True):
        run = cell.paragraphs[0].add_run(safe(name))
        run.bold, run.font.size = True, Pt(9)
    for place, row in enumerate(table._tbl.tr_lst):  # noqa: SLF001 - once, not a walk for each row
        mark = OxmlElement("w:cantSplit" if place else "w:tblHeader")
        row.get_or_add_trPr().append(mark)
    return table


def set_widths(table: Table, widths: Sequence[int]) -> None:
    """Make the columns of a table so wide, in EMU."""
    # Word reads the width of each cell, LibreOffice that of the columns.
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):  # noqa: SLF001
        column.w = width
    for row in table._tbl.tr_lst:  # noqa: SLF001 - as above
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = width


def _speak(document: DocxDocument, language: str) -> None:
    """Set the language of every text: for spelling, hyphens and a voice that reads it."""
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)


def _page_numbers(paragraph: Paragraph, name: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    small(paragraph, f"{name} · ")
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
            small(paragraph, " / ")
