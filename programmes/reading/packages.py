"""The packed XML of Word and OpenDocument files: parts read one by one, never unpacked to disk."""

from __future__ import annotations

import io
import zipfile
from types import TracebackType
from typing import Self
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as Safe

from programmes.reading.errors import Code, Unreadable

LARGEST_PART = 40 * 1024 * 1024
"""Bytes that one part of XML may have. The text of 130 pages takes some two million."""


class Package:
    """A packed document. What one part holds comes as a tree, without entities of any kind."""

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as wrong:
            raise Unreadable(Code.DAMAGED) from wrong

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        wrong: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._archive.close()

    def tree(self, name: str, **renamed: bytes) -> Element | None:
        """Return the tree of one part, or ``None`` when it is not there.

        Args:
            name: of the part.
            renamed: ``old`` and ``new``, bytes to replace before reading (a name space).

        Raises:
            Unreadable: it is damaged, too large, or defines entities.
        """
        try:
            info = self._archive.getinfo(name)
        except KeyError:
            return None
        content = self._content(info)
        if renamed:
            content = content.replace(renamed["old"], renamed["new"])
        try:
            root: Element = Safe.fromstring(content, forbid_dtd=True)
        except DefusedXmlException as wrong:
            raise Unreadable(Code.ENTITIES) from wrong
        except (ParseError, ValueError, LookupError) as wrong:
            raise Unreadable(Code.DAMAGED) from wrong
        return root

    def _content(self, info: zipfile.ZipInfo) -> bytes:
        if info.file_size > LARGEST_PART:
            raise Unreadable(Code.TOO_MUCH)
        try:
            return self._archive.read(info)
        except MemoryError:
            raise
        except Exception as wrong:  # a decompressor may raise its own error (zlib, lzma, bz2)
            raise Unreadable(Code.DAMAGED) from wrong

    def refuse_entities(self) -> None:
        """Refuse the whole file when any part of XML defines entities or points outside.

        For files that a library reads by itself, with a parser of its own.

        Raises:
            Unreadable: one does, or one is damaged or too large.
        """
        for info in self._archive.infolist():
            if info.filename.lower().endswith((".xml", ".rels", ".vml")):
                content = self._content(info).replace(b"\0", b"")
                if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                    raise Unreadable(Code.ENTITIES)
