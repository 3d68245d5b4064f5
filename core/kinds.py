"""The kinds of files that are taken from outside. Without Django: small processes read it too."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a document is; the value is its ending."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    TEXT = "txt"
    MARKDOWN = "md"
    XLSX = "xlsx"
    CSV = "csv"
    JPEG = "jpg"
    PNG = "png"


TEXT_KINDS = frozenset({Kind.TEXT, Kind.MARKDOWN, Kind.CSV})
"""Kinds that are text by their bytes: only the name tells them apart."""

DOCUMENTS = (Kind.PDF, Kind.DOCX, Kind.ODT, Kind.TEXT)
"""What a document to keep and to read back may be."""

PICTURES = (Kind.JPEG, Kind.PNG)
"""Kinds that are drawn anew before they are kept: a photo says where it was taken."""

CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.TEXT: "text/plain; charset=utf-8",
    Kind.MARKDOWN: "text/markdown; charset=utf-8",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
}
