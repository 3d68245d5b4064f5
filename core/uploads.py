"""Documents from outside: hostile until shown otherwise, judged by their bytes, never unpacked.

A document may be PDF, Word (.docx), OpenDocument (.odt) or plain text, of at most 10 MB. What it is
follows from its first bytes and its table of contents; a name that says something else is refused.
Archives are judged by what their table of contents promises, so that a small file that asks for
gigabytes costs nothing.
"""

from __future__ import annotations

import re
import struct
import uuid
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import IO, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.text import Unstorable, clean

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
"""Bytes that a document may have."""

LARGEST_UNPACKED = 100 * MEGABYTE
"""Bytes that the parts of an archive may promise together."""

HIGHEST_RATIO = 200
"""How many times larger than itself an archive may become."""

LARGEST_CONTENTS = MEGABYTE
"""Bytes that an archive's table of contents may have: some ten thousand parts."""

LONGEST_NAME = 200

_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
# The container of old Word files and of every encrypted .docx.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODT = b"application/vnd.oasis.opendocument.text"
_ENCRYPTED_PDF = re.compile(rb"/Encrypt\b")
_END_RECORD = struct.Struct("<4s4H2LH")
_ZIP64_LOCATOR = b"PK\x06\x07"
_TAIL = 2048
# Bytes that plain text never holds: control characters but tab, line ends, form feed, escape.
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


class Kind(StrEnum):
    """What a document is; the value is its ending."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    TEXT = "txt"


CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.TEXT: "text/plain; charset=utf-8",
}


class UploadRefused(ValueError):
    """This document is not taken; ``sentence`` tells why and what to do."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that was looked at and may be kept."""

    file: File[Any]
    kind: Kind
    name: str  # as its owner called it, cleaned, for showing
    stored_name: str  # random, for the disk


def inspect(*, file: File[Any]) -> Document:
    """Look at a document without unpacking it; its position is at the start afterwards.

    Raises:
        UploadRefused: too large, empty, of another kind than its name says, encrypted, damaged,
            with macros, or an archive that would unpack to too much.
    """
    size = file.size or 0
    if size > LARGEST:
        raise UploadRefused(_("This document is larger than 10 MB. Send a smaller version."))
    if not size:
        raise UploadRefused(_("This document is empty. Choose the file again."))
    name = shown_name(file.name or "")
    kind = _kind_of(file)
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    if ending != kind.value:
        raise UploadRefused(
            _(
                "The name of this document does not say what it is. "
                "Save it again as PDF, Word (.docx), OpenDocument (.odt) or text (.txt)."
            )
        )
    file.seek(0)
    return Document(file=file, kind=kind, name=name, stored_name=f"{uuid.uuid4().hex}.{kind.value}")


def kind_of_name(name: str | None) -> Kind:
    """Return the kind that a stored (random) name tells.

    Raises:
        ValueError: it is not a name that ``inspect`` gave.
    """
    return Kind(PurePosixPath(name or "").suffix.lstrip("."))


def shown_name(name: str) -> str:
    """Return a file's own name, without folders or characters that cannot be shown."""
    try:
        line = clean(name.replace("\\", "/"), many_lines=False)
    except Unstorable as unstorable:
        raise UploadRefused(
            _("The name of this document holds a strange character. Rename it and try again.")
        ) from unstorable
    path = PurePosixPath(line)
    keep = LONGEST_NAME - len(path.suffix)
    return f"{path.stem[:keep]}{path.suffix}"[:LONGEST_NAME]


def _kind_of(file: IO[Any] | File[Any]) -> Kind:
    file.seek(0)
    start = file.read(8)
    if start.startswith(_PDF):
        return _pdf(file)
    if start.startswith(_ZIP):
        return _archive(file)
    if start.startswith(_OLE):
        raise UploadRefused(
            _(
                "This document has a password, or is an old Word file. "
                "Save it as PDF or .docx without a password."
            )
        )
    return _text(file)


def _pdf(file: IO[Any] | File[Any]) -> Kind:
    file.seek(0)
    content = file.read()
    if b"%%EOF" not in content[-_TAIL:]:
        raise _damaged()
    if _ENCRYPTED_PDF.search(content):
        raise _encrypted()
    return Kind.PDF


def _text(file: IO[Any] | File[Any]) -> Kind:
    file.seek(0)
    content = file.read()
    try:
        content.decode()
    except UnicodeDecodeError:
        readable = False
    else:
        readable = not _NOT_TEXT.search(content)
    if not readable:
        raise UploadRefused(
            _(
                "We cannot read this document. "
                "Choose a PDF, Word (.docx), OpenDocument (.odt) or text (.txt) file."
            )
        )
    return Kind.TEXT


def _archive(file: IO[Any] | File[Any]) -> Kind:
    _check_contents_size(file)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return _office(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as wrong:
        raise _damaged() from wrong
    except (UnicodeError, struct.error, ArithmeticError) as wrong:
        raise _damaged() from wrong


def _check_contents_size(file: IO[Any] | File[Any]) -> None:
    """Refuse a table of contents too long to read, before anything reads it."""
    file.seek(0, 2)
    size = file.tell()
    tail_size = min(size, _END_RECORD.size + 0xFFFF + 20)
    file.seek(size - tail_size)
    tail = file.read(tail_size)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END_RECORD.size:
        raise _damaged()
    contents = _END_RECORD.unpack_from(tail, at)[5]
    has_locator = at >= 20 and tail[at - 20 : at - 16] == _ZIP64_LOCATOR  # noqa: PLR2004
    if has_locator or contents > LARGEST_CONTENTS:
        raise _too_much()


def _office(archive: zipfile.ZipFile) -> Kind:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > LARGEST_UNPACKED or unpacked > max(packed, 1) * HIGHEST_RATIO:
        raise _too_much()
    if any(part.flag_bits & 1 for part in parts):
        raise _encrypted()
    names = {part.filename for part in parts}
    lowered = {name.lower() for name in names}
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in lowered) or any(
        name.startswith(("basic/", "scripts/")) for name in lowered
    ):
        raise _macros()
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        if b"macroenabled" in _read_little(archive, "[Content_Types].xml").lower():
            raise _macros()
        return Kind.DOCX
    if {"mimetype", "content.xml"} <= names and _read_little(archive, "mimetype") == _ODT:
        if b"encryption-data" in _read_little(archive, "META-INF/manifest.xml"):
            raise _encrypted()
        return Kind.ODT
    raise UploadRefused(
        _(
            "This is not a Word (.docx) or OpenDocument (.odt) text. "
            "Choose the document itself, not a folder or a spreadsheet."
        )
    )


def _read_little(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read at most a megabyte of one part; nothing when it is not there."""
    try:
        with archive.open(name) as part:
            return part.read(MEGABYTE)
    except KeyError:
        return b""
    except Exception as wrong:  # a decompressor may raise its own error (zlib, lzma, bz2)
        raise _damaged() from wrong


def _damaged() -> UploadRefused:
    return UploadRefused(_("This document is damaged or not complete. Save it again and retry."))


def _encrypted() -> UploadRefused:
    return UploadRefused(_("This document has a password. Save it without one and retry."))


def _macros() -> UploadRefused:
    return UploadRefused(_("This document holds macros. Save it as PDF and retry."))


def _too_much() -> UploadRefused:
    return UploadRefused(_("This document unpacks to far too much. Save it as PDF and retry."))


class DocumentField(forms.FileField):
    """A document that was looked at; its cleaned value is a ``Document``, or ``None``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.ClearableFileInput(attrs={"accept": ",".join(f".{kind}" for kind in Kind)}),
        )
        kwargs.setdefault(
            "help_text", _("PDF, Word (.docx), OpenDocument (.odt) or text, at most 10 MB.")
        )
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Document | None:
        """Look at what was sent, if anything was."""
        del initial  # a stored document never changes
        if not data:
            return None
        try:
            return inspect(file=data)
        except UploadRefused as refused:
            raise ValidationError(refused.sentence, code="refused") from refused  # type: ignore[arg-type]
