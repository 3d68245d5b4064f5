"""What a file is, by its bytes: nothing is unpacked, and nothing is believed because of a name.

Archives are judged by what their table of contents promises, so that a small file that asks for
gigabytes costs nothing. Without Django, so that a small process may look once more.
"""

from __future__ import annotations

import re
import struct
import zipfile
from enum import StrEnum
from typing import IO

from core.kinds import Kind

MEGABYTE = 1024 * 1024

LARGEST = 10 * MEGABYTE
"""Bytes that a file may have."""

LARGEST_UNPACKED = 100 * MEGABYTE
"""Bytes that the parts of an archive may promise together."""

HIGHEST_RATIO = 200
"""How many times larger than itself an archive may become."""

LARGEST_CONTENTS = MEGABYTE
"""Bytes that an archive's table of contents may have: some ten thousand parts."""

MOST_CONTROLS = 0.005
"""The share of control characters above which bytes in some other encoding are no text."""

_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
# The container of old Word and Excel files and of every encrypted .docx and .xlsx.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_TAKEN_PICTURES = {b"\x89PNG\r\n\x1a\n": Kind.PNG, b"\xff\xd8\xff": Kind.JPEG}
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_PICTURE_BRANDS = (b"heic", b"heix", b"mif1", b"avif", b"WEBP")
_ODT = b"application/vnd.oasis.opendocument.text"
_ENCRYPTED_PDF = re.compile(rb"/Encrypt\b")
_END_RECORD = struct.Struct("<4s4H2LH")
_ZIP64_LOCATOR = b"PK\x06\x07"
_TAIL = 2048
# Bytes that plain text never holds: control characters but tab, line ends, form feed, escape.
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class Reason(StrEnum):
    """Why a file is not taken."""

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    EXTERNAL = "external"
    MACROS = "macros"
    NOT_OFFICE = "not_office"
    OLD_OR_ENCRYPTED = "old_or_encrypted"
    PAGES = "pages"
    PICTURE = "picture"
    RTF = "rtf"
    TOO_MUCH = "too_much"
    UNKNOWN = "unknown"


class NotTaken(ValueError):
    """The file is not taken, for this ``reason``."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def kind_of(file: IO[bytes], *, any_encoding: bool = False, pictures: bool = False) -> Kind:
    """Return what the bytes are; ``Kind.TEXT`` for every kind of text.

    Args:
        file: can be read and moved about in; where it stands afterwards is not said.
        any_encoding: text need not be UTF-8.
        pictures: photos and drawings (``core.kinds.PICTURES``) are taken too.

    Raises:
        NotTaken: encrypted, damaged, with macros, of a kind that nobody takes, or an archive that
            would unpack to too much.
    """
    file.seek(0)
    start = file.read(16)
    if start.startswith(_PDF):
        return _pdf(file)
    if start.startswith(_ZIP):
        return _archive(file)
    if start.startswith(_OLE):
        raise NotTaken(Reason.OLD_OR_ENCRYPTED)
    if start.startswith(_RTF):
        raise NotTaken(Reason.RTF)
    if pictures and (
        taken := next((k for b, k in _TAKEN_PICTURES.items() if start[: len(b)] == b), None)
    ):
        return taken
    if start.startswith(_PICTURES) or start[8:12] in _PICTURE_BRANDS:
        raise NotTaken(Reason.PICTURE)
    return _text(file, any_encoding=any_encoding)


def _pdf(file: IO[bytes]) -> Kind:
    file.seek(0)
    content = file.read()
    if b"%%EOF" not in content[-_TAIL:]:
        raise NotTaken(Reason.DAMAGED)
    if _ENCRYPTED_PDF.search(content):
        raise NotTaken(Reason.ENCRYPTED)
    return Kind.PDF


def _text(file: IO[bytes], *, any_encoding: bool) -> Kind:
    file.seek(0)
    content = file.read()
    wide = _WIDE.get(content[:2])
    if any_encoding and wide:
        content = content.decode(wide, "replace").encode()
    strange = len(_NOT_TEXT.findall(content))
    if any_encoding:
        readable = strange <= len(content) * MOST_CONTROLS
    else:
        readable = not strange and _is_utf8(content)
    if not readable:
        raise NotTaken(Reason.UNKNOWN)
    return Kind.TEXT


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _archive(file: IO[bytes]) -> Kind:
    _check_contents_size(file)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return _office(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as wrong:
        raise NotTaken(Reason.DAMAGED) from wrong
    except (UnicodeError, struct.error, ArithmeticError) as wrong:
        raise NotTaken(Reason.DAMAGED) from wrong


def _check_contents_size(file: IO[bytes]) -> None:
    """Refuse a table of contents too long to read, before anything reads it."""
    file.seek(0, 2)
    size = file.tell()
    tail_size = min(size, _END_RECORD.size + 0xFFFF + 20)
    file.seek(size - tail_size)
    tail = file.read(tail_size)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END_RECORD.size:
        raise NotTaken(Reason.DAMAGED)
    contents = _END_RECORD.unpack_from(tail, at)[5]
    has_locator = at >= 20 and tail[at - 20 : at - 16] == _ZIP64_LOCATOR  # noqa: PLR2004
    if has_locator or contents > LARGEST_CONTENTS:
        raise NotTaken(Reason.TOO_MUCH)


def _office(archive: zipfile.ZipFile) -> Kind:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > LARGEST_UNPACKED or unpacked > max(packed, 1) * HIGHEST_RATIO:
        raise NotTaken(Reason.TOO_MUCH)
    if any(part.flag_bits & 1 for part in parts):
        raise NotTaken(Reason.ENCRYPTED)
    names = {part.filename for part in parts}
    lowered = {name.lower() for name in names}
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in lowered) or any(
        name.startswith(("basic/", "scripts/", "xl/macrosheets/")) for name in lowered
    ):
        raise NotTaken(Reason.MACROS)
    if "[Content_Types].xml" in names and names & {"word/document.xml", "xl/workbook.xml"}:
        if b"macroenabled" in _read_little(archive, "[Content_Types].xml").lower():
            raise NotTaken(Reason.MACROS)
        if "word/document.xml" in names:
            return Kind.DOCX
        if any(name.startswith("xl/externallinks/") for name in lowered):
            raise NotTaken(Reason.EXTERNAL)
        return Kind.XLSX
    if {"mimetype", "content.xml"} <= names and _read_little(archive, "mimetype") == _ODT:
        if b"encryption-data" in _read_little(archive, "META-INF/manifest.xml"):
            raise NotTaken(Reason.ENCRYPTED)
        return Kind.ODT
    raise NotTaken(
        Reason.PAGES if any(name.endswith(".iwa") for name in lowered) else Reason.NOT_OFFICE
    )


def _read_little(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read at most a megabyte of one part; nothing when it is not there."""
    try:
        with archive.open(name) as part:
            return part.read(MEGABYTE)
    except KeyError:
        return b""
    except Exception as wrong:  # a decompressor may raise its own error (zlib, lzma, bz2)
        raise NotTaken(Reason.DAMAGED) from wrong
