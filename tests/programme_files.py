"""The programme of ``tests.programme_content``, written as every kind of file that can be read.

Each function gives the bytes of one format. What a test changes about the content it may pass as
``parts``.
"""

from __future__ import annotations

import html
import io
import textwrap
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

import docx
import openpyxl
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as FilePart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from tests.programme_content import PROGRAMME, REFERENCE, Part
from tests.programme_pdfs import as_html, as_pdf, picture_pdf

__all__ = [
    "as_csv",
    "as_docx",
    "as_html",
    "as_markdown",
    "as_odt",
    "as_pdf",
    "as_rows",
    "as_txt",
    "as_xlsx",
    "odt",
    "picture_pdf",
    "xlsx",
]

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _marked(text: str) -> str:
    """The text with superscript digits where footnotes are referred to."""
    return REFERENCE.sub(lambda match: match[1].translate(_SUPERSCRIPTS), text)


def _super(number: int) -> str:
    return str(number).translate(_SUPERSCRIPTS)


def as_txt(parts: Sequence[Part] = PROGRAMME, *, width: int = 0) -> bytes:
    """Plain text; with a ``width``, lines broken there."""
    lines: list[str] = []
    before = ""
    for part in parts:
        text = _marked(part.text)
        first = after = ""
        if part.kind == "measure":
            first, after = "- ", "  "
        if part.kind == "note":
            text = f"{_super(part.number)} {text}"
        if part.kind == "entry":
            text = f"{text}\t{part.number}"
        if not (part.kind == before and part.kind in {"measure", "entry"}):
            lines.append("")
        if width:
            wrapped = textwrap.wrap(
                text,
                width,
                initial_indent=first,
                subsequent_indent=after,
                break_on_hyphens=False,
                break_long_words=False,
            )
            lines += wrapped
        else:
            lines.append(first + text)
        before = part.kind
    return ("\n".join(lines).strip() + "\n").encode()


def as_markdown(parts: Sequence[Part] = PROGRAMME) -> bytes:
    """Markdown with headings, lists, a link and footnotes that begin anew in each chapter."""
    signs = {
        "title": "# ",
        "contents": "## ",
        "chapter": "## ",
        "section": "### ",
        "group": "#### ",
        "examples": "### ",
        "example": "#### ",
        "measure": "- ",
        "entry": "- ",
    }
    lines: list[str] = []
    before = ""
    for part in parts:
        text = REFERENCE.sub(r"[^\1]", part.text)
        if part.kind == "note":
            text = f"[^{part.number}]: {text}"
        elif part.kind == "label":
            text = f"**{text}**"
        if not (part.kind == before and part.kind in {"measure", "entry"}):
            lines.append("")
        lines.append(signs.get(part.kind, "") + text)
        before = part.kind
    return ("\n".join(lines).strip() + "\n").encode()


# Word

_NOTES = (
    '<w:footnotes {ns}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r>'
    '</w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
    "<w:continuationSeparator/></w:r></w:p></w:footnote>{notes}</w:footnotes>"
)
_NOTE = (
    '<w:footnote w:id="{id}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    "<w:footnoteRef/></w:r><w:r><w:t xml:space='preserve'> {text}</w:t></w:r></w:p></w:footnote>"
)
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


# Sizes in points of what a person without styles makes large or bold by hand.
_BY_HAND = {
    "title": 26,
    "chapter": 18,
    "section": 14,
    "examples": 14,
    "group": 11,
    "example": 11,
    "label": 11,
}


def as_docx(parts: Sequence[Part] = PROGRAMME, *, styled: bool = True) -> bytes:
    """A Word file with heading styles and lists, or (``styled=False``) bold lines and dashes.

    Chapters are sections of the file, in each of which the footnotes are counted anew.
    """
    document = docx.Document()
    notes: list[str] = []
    texts = _note_texts(parts)
    chapter = -1
    for part in parts:
        if part.kind == "chapter":
            chapter += 1
            if chapter:
                _new_section(document)
        if part.kind == "note":
            continue
        text = f"{part.text}\t{part.number}" if part.kind == "entry" else part.text
        paragraph = _paragraph(document, part, styled=styled)
        for at, piece in enumerate(REFERENCE.split(text)):
            if at % 2:
                note = html.escape(texts[chapter, int(piece)])
                notes.append(_NOTE.format(id=len(notes) + 1, text=note))
                _refer(paragraph, len(notes))
            elif piece:
                run = paragraph.add_run(piece)
                if not styled and part.kind in _BY_HAND:
                    run.bold, run.font.size = part.kind != "title", Pt(_BY_HAND[part.kind])
    _restart(document.sections[-1]._sectPr)
    content = _NOTES.format(ns=nsdecls("w"), notes="".join(notes)).encode()
    package = document.part.package
    assert package is not None
    part = FilePart(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, content, package)
    document.part.relate_to(part, _FOOTNOTES)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _note_texts(parts: Iterable[Part]) -> dict[tuple[int, int], str]:
    texts: dict[tuple[int, int], str] = {}
    chapter = -1
    for part in parts:
        chapter += part.kind == "chapter"
        if part.kind == "note":
            texts[chapter, part.number] = part.text
    return texts


def _paragraph(document: Any, part: Part, *, styled: bool) -> Any:
    if not styled:
        paragraph = document.add_paragraph()
        if part.kind == "measure":
            paragraph.add_run("- ")
        return paragraph
    styles = {
        "title": "Title",
        "under": "Subtitle",
        "chapter": "Heading 1",
        "section": "Heading 2",
        "examples": "Heading 2",
        "group": "Heading 3",
        "example": "Heading 3",
        "measure": "List Bullet",
    }
    if part.kind in {"contents", "entry"}:
        name = "toc 1" if part.kind == "entry" else "TOC Heading"
        names = {style.name for style in document.styles}
        if name not in names:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        return document.add_paragraph(style=name)
    return document.add_paragraph(style=styles.get(part.kind))


def _refer(paragraph: Any, number: int) -> None:
    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    run._r.append(reference)


def _restart(section: Any) -> None:
    section.insert(
        0,
        parse_xml(f'<w:footnotePr {nsdecls("w")}><w:numRestart w:val="eachSect"/></w:footnotePr>'),
    )


def _new_section(document: Any) -> None:
    document.add_section()
    for found in document.element.body.iter(qn("w:sectPr")):
        if found.find(qn("w:footnotePr")) is None:
            _restart(found)


# OpenDocument

_ODT_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("table", "table"),
        ("draw", "drawing"),
    )
)
_ODT_STYLES = (
    '<style:style style:name="Title" style:family="paragraph"><style:text-properties '
    'fo:font-size="28pt"/></style:style>'
    '<style:style style:name="Label" style:family="paragraph"><style:text-properties '
    'fo:font-weight="bold"/></style:style>'
    '<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="•"/></text:list-style>'
)


def odt(body: str, *, styles: str = _ODT_STYLES, **more: bytes) -> bytes:
    """An OpenDocument text with ``body`` as its content, and parts by name."""
    content = (
        f"<office:document-content {_ODT_NAMES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        for name, part in more.items():
            archive.writestr(name, part)
    return target.getvalue()


def as_odt(parts: Sequence[Part] = PROGRAMME) -> bytes:
    """An OpenDocument text with outline levels, a list and notes."""
    texts = _note_texts(parts)
    chapter = -1
    levels = {"chapter": 1, "section": 2, "examples": 2, "group": 3, "example": 3}
    pieces: list[str] = []
    for part in parts:
        chapter += part.kind == "chapter"
        if part.kind == "note":
            continue
        text = "".join(
            _odt_note(int(piece), texts[chapter, int(piece)]) if at % 2 else html.escape(piece)
            for at, piece in enumerate(REFERENCE.split(part.text))
        )
        if part.kind in levels:
            level = levels[part.kind]
            pieces.append(f'<text:h text:outline-level="{level}">{text}</text:h>')
        elif part.kind == "measure":
            pieces.append(
                f'<text:list text:style-name="L1"><text:list-item><text:p>{text}</text:p>'
                "</text:list-item></text:list>"
            )
        elif part.kind == "entry":
            pieces.append(
                "<text:table-of-content><text:index-body><text:p>"
                f"{text}<text:tab/>{part.number}</text:p></text:index-body></text:table-of-content>"
            )
        else:
            style = {"title": "Title", "label": "Label"}.get(part.kind, "Standard")
            pieces.append(f'<text:p text:style-name="{style}">{text}</text:p>')
    return odt("".join(pieces))


def _odt_note(number: int, text: str) -> str:
    return (
        f'<text:note text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
        f"<text:note-body><text:p>{html.escape(text)}</text:p></text:note-body></text:note>"
    )


# Tables


def as_rows(parts: Sequence[Part] = PROGRAMME) -> list[list[str]]:
    """A row per measure: chapter, section, text."""
    rows = [["Hoofdstuk", "Paragraaf", "Voorstel"]]
    chapter = section = ""
    for part in parts:
        if part.kind == "chapter":
            chapter, section = part.text, ""
        elif part.kind == "section":
            section = part.text
        elif part.kind == "measure":
            rows.append([chapter, section, REFERENCE.sub("", part.text)])
    return rows


def as_xlsx(parts: Sequence[Part] = PROGRAMME) -> bytes:
    """A spreadsheet with a row per measure."""
    return xlsx(as_rows(parts))


def xlsx(rows: Iterable[Sequence[Any]]) -> bytes:
    """A spreadsheet with these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_csv(parts: Sequence[Part] = PROGRAMME) -> bytes:
    """Values apart by semicolons, as a Dutch Excel writes them."""
    rows = (";".join(f'"{cell}"' for cell in row) for row in as_rows(parts))
    return ("\r\n".join(rows) + "\r\n").encode("cp1252")
