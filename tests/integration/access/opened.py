"""What stands in an answer, also when it is a Word document, a spreadsheet or a PDF."""

from __future__ import annotations

import io
import zipfile

import pdfplumber

_PICTURES = (b"\x89PNG", b"\xff\xd8")


def text_in(content: bytes) -> str:
    """Return the text of a page or a file; broken lines of a PDF or calendar are made whole."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
        return "\n".join(part.decode(errors="replace") for part in parts)
    if content.startswith(b"%PDF"):
        with pdfplumber.open(io.BytesIO(content)) as document:
            return "".join(page.extract_text() or "" for page in document.pages).replace("\n", "")
    # Of a picture the signs that happen to be letters: a text in its notes would be among them.
    text = content.decode(errors="replace" if content.startswith(_PICTURES) else "strict")
    # A calendar folds its lines wherever they get too long.
    return text.replace("\r\n ", "") if text.startswith("BEGIN:VCALENDAR") else text
