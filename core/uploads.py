"""Documents from outside: hostile until shown otherwise, judged by their bytes, never unpacked.

A document may be PDF, Word (.docx), OpenDocument (.odt) or plain text, of at most 10 MB; a form may
take other kinds (``core.kinds``). What it is follows from its first bytes and its table of contents
(``core.sniffing``); a name that says something else is refused.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.functional import Promise, lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.kinds import CONTENT_TYPES, DOCUMENTS, PICTURES, TEXT_KINDS, Kind
from core.sniffing import LARGEST, NotTaken, Reason, kind_of
from core.text import Unstorable, clean

__all__ = [
    "CONTENT_TYPES",
    "DOCUMENTS",
    "LARGEST",
    "LONGEST_NAME",
    "Document",
    "DocumentField",
    "Kind",
    "UploadRefused",
    "inspect",
    "kind_of_name",
    "kinds_in_words",
    "shown_name",
]

LONGEST_NAME = 200

_KIND_NAMES: dict[Kind, str | Promise] = {
    Kind.PDF: "PDF",
    Kind.DOCX: "Word (.docx)",
    Kind.ODT: "OpenDocument (.odt)",
    Kind.TEXT: _("text (.txt)"),
    Kind.MARKDOWN: "Markdown (.md)",
    Kind.XLSX: "Excel (.xlsx)",
    Kind.CSV: "CSV (.csv)",
    Kind.JPEG: _("photo (.jpg)"),
    Kind.PNG: _("picture (.png)"),
}

# {kinds} becomes the kinds that are taken here.
SENTENCES = {
    Reason.DAMAGED: _("This document is damaged or not complete. Save it again and retry."),
    Reason.ENCRYPTED: _("This document has a password. Save it without one and retry."),
    Reason.EXTERNAL: _(
        "This spreadsheet takes values from other files. "
        "Copy its cells into a new one, as values, and retry."
    ),
    Reason.MACROS: _("This document holds macros. Save it as PDF and retry."),
    Reason.NOT_OFFICE: _(
        "This is a packed file, but not a document that we can read. "
        "Choose the document itself: {kinds}."
    ),
    Reason.OLD_OR_ENCRYPTED: _(
        "This document has a password, or is an old Word or Excel file. "
        "Save it without a password, as {kinds}."
    ),
    Reason.PAGES: _("This is a file of Apple Pages. Export it from there as Word or PDF."),
    Reason.PICTURE: _("This is a picture. Choose the document itself: {kinds}."),
    Reason.RTF: _("This is an RTF file. Open it and save it as {kinds}."),
    Reason.TOO_MUCH: _("This document unpacks to far too much. Save it as PDF and retry."),
    Reason.UNKNOWN: _("We cannot read this document. Choose one of these kinds: {kinds}."),
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


def inspect(*, file: File[Any], kinds: Collection[Kind] = DOCUMENTS) -> Document:
    """Look at a document without unpacking it; its position is at the start afterwards.

    Text must be UTF-8 where only ``DOCUMENTS`` are taken, for those are given back as they came.
    Whoever takes other kinds too only reads them, in any encoding.

    Raises:
        UploadRefused: too large, empty, of another kind than its name says, of a kind that is not
            taken here, encrypted, damaged, with macros, or an archive that would unpack to too
            much.
    """
    size = file.size or 0
    if size > LARGEST:
        raise UploadRefused(_("This document is larger than 10 MB. Send a smaller version."))
    if not size:
        raise UploadRefused(_("This document is empty. Choose the file again."))
    name = shown_name(file.name or "")
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    # What some phones call a photo.
    ending = Kind.JPEG.value if ending == "jpeg" else ending
    try:
        # Django's File reads and moves like any other file.
        kind = kind_of(
            file,
            any_encoding=not set(kinds) <= set(DOCUMENTS),
            pictures=not set(kinds).isdisjoint(PICTURES),
        )
    except NotTaken as not_taken:
        raise UploadRefused(
            format_lazy(SENTENCES[not_taken.reason], kinds=kinds_in_words(kinds))
        ) from not_taken
    if kind is Kind.TEXT and ending in TEXT_KINDS:
        kind = Kind(ending)  # only its name tells a table or Markdown from other text
    if ending != kind.value or kind not in kinds:
        raise UploadRefused(
            format_lazy(
                _("The name of this document does not say what it is. Save it again as {kinds}."),
                kinds=kinds_in_words(kinds),
            )
            if kind in kinds
            else format_lazy(
                _("We cannot take this kind of document here. Save it again as {kinds}."),
                kinds=kinds_in_words(kinds),
            )
        )
    file.seek(0)
    return Document(file=file, kind=kind, name=name, stored_name=f"{uuid.uuid4().hex}.{kind.value}")


def kinds_in_words(kinds: Collection[Kind]) -> Promise:
    """Name the kinds in a sentence: "PDF, Word (.docx) or text (.txt)"."""
    names = [_KIND_NAMES[kind] for kind in Kind if kind in kinds]
    if len(names) == 1:
        return lazystr(names[0])
    return format_lazy(
        _("{several} or {last}"),
        several=format_lazy(", ".join(["{}"] * (len(names) - 1)), *names[:-1]),
        last=names[-1],
    )


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


class DocumentField(forms.FileField):
    """A document that was looked at; its cleaned value is a ``Document``.

    Left empty it is ``None``, or refused where the field is required.
    """

    def __init__(self, *, kinds: Collection[Kind] = DOCUMENTS, **kwargs: Any) -> None:
        self.kinds = kinds
        accept = ",".join(f".{kind}" for kind in Kind if kind in kinds)
        kwargs.setdefault("widget", forms.ClearableFileInput(attrs={"accept": accept}))
        kwargs.setdefault(
            "help_text", format_lazy(_("{kinds}, at most 10 MB."), kinds=kinds_in_words(kinds))
        )
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Document | None:
        """Look at what was sent, if anything was."""
        del initial  # a stored document never changes
        if not data:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        try:
            return inspect(file=data, kinds=self.kinds)
        except UploadRefused as refused:
            raise ValidationError(refused.sentence, code="refused") from refused  # type: ignore[arg-type]
