"""The programme of ``tests.programme_content`` as PDF: pages of A5, in one column or more."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from fpdf import FPDF
from weasyprint import HTML

from tests.programme_content import PROGRAMME, REFERENCE, Part

_CSS = """
@page { size: A5; margin: 18mm 16mm;
  @bottom-center { content: counter(page); font-size: 8pt } }
@page :first { @bottom-center { content: none } }
body { font: 10.5pt/1.4 "DejaVu Serif", serif; %(columns)s hyphens: %(hyphens)s;
  text-align: %(align)s; margin: 0 }
p { margin: 0 0 7pt } .title { font-size: 24pt; line-height: 1.2 }
.chapter { font-size: 17pt; line-height: 1.2; margin: 18pt 0 8pt; break-after: avoid;
  %(page)s %(span)s }
.section, .examples { font-size: 13pt; line-height: 1.2; margin: 14pt 0 6pt; break-after: avoid }
.group, .example, .label { font-weight: bold; margin: 8pt 0 4pt; break-after: avoid }
ul { margin: 0 0 7pt; padding: 0 0 0 14pt } li { margin: 0 }
sup { font-size: 6.5pt; vertical-align: super; line-height: 0 }
.note { font-size: 8pt } .link { hyphens: manual } .entry { margin: 0 }
.entry::after { content: leader(".") attr(data-page) }
.note + .note { margin-top: 0 }
"""


def as_html(
    parts: Sequence[Part] = PROGRAMME,
    *,
    columns: int = 1,
    justified: bool = False,
    outline: bool = False,
) -> str:
    """The page from which the PDF is made; with ``outline``, headings become bookmarks."""
    css = _CSS % {
        "columns": f"column-count: {columns}; column-gap: 8mm;" if columns > 1 else "",
        "hyphens": "auto" if justified else "manual",
        "align": "justify" if justified else "left",
        "page": "break-before: page;" if columns == 1 else "",
        "span": "column-span: all;" if columns > 1 else "",
    }
    tags = {"chapter": "h1", "section": "h2", "examples": "h2"} if outline else {}
    pieces: list[str] = []
    before = ""
    for part in parts:
        text = REFERENCE.sub(r"<sup>\1</sup>", html.escape(part.text))
        if (part.kind == "measure") != (before == "measure"):
            pieces.append("<ul>" if part.kind == "measure" else "</ul>")
        if part.kind == "measure":
            pieces.append(f"<li>{text}</li>")
        else:
            if part.kind == "note":
                text = f"<sup>{part.number}</sup> {text}"
            tag = tags.get(part.kind, "p")
            more = f' data-page="{part.number}"' if part.kind == "entry" else ""
            weight = "" if tag == "p" else ' style="font-weight: normal"'
            pieces.append(f'<{tag} class="{part.kind}"{more}{weight}>{text}</{tag}>')
        before = part.kind
    return f'<html lang="nl"><style>{css}</style><body>{"".join(pieces)}</body></html>'


def as_pdf(parts: Sequence[Part] = PROGRAMME, **how: Any) -> bytes:
    """A PDF of A5 pages, as ``as_html`` says."""
    content = HTML(string=as_html(parts, **how)).write_pdf()
    assert isinstance(content, bytes)
    return content


def picture_pdf() -> bytes:
    """A PDF with a picture on its page and no text, as a scanner makes it."""
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(20, 20, 100, 100, style="F")
    return bytes(pdf.output())
