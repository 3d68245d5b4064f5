"""Files that came with a mail: looked at, kept under a name that nobody can guess, or refused."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils.crypto import salted_hmac

from consultation import mail_words
from consultation.mailreading.values import Gone, MailFile
from consultation.models import Attachment, Contribution
from core import uploads
from core.kinds import TEXT_KINDS, Kind
from core.sniffing import NotTaken, kind_of

KINDS: Final = (
    Kind.PDF,
    Kind.DOCX,
    Kind.ODT,
    Kind.XLSX,
    Kind.TEXT,
    Kind.CSV,
    Kind.MARKDOWN,
    Kind.JPEG,
    Kind.PNG,
)
"""What is kept of a mail."""

LONGEST_REMARK: Final = 300
LONGEST_NAME: Final = 200
MAIL_ENDING: Final = "eml"
_SALT: Final = "consultation.mail_files"
_LONGEST_SIZE: Final = 2**31 - 1


@contextmanager
def gone_with_its_transaction() -> Iterator[list[tuple[Storage, str]]]:
    """Take written files away again when something goes wrong, while the lock is still held."""
    written: list[tuple[Storage, str]] = []
    try:
        yield written
    except BaseException:
        for storage, name in written:
            storage.delete(name)
        raise


@dataclass(slots=True, kw_only=True)
class Keeper:
    """Keeps the files of one mail.

    A file's name on the disk follows from the mail and its place in it, under our secret: nobody
    can guess it, and what a worker that died left behind is written over by the next one.

    Attributes:
        contribution: that they came with.
        key: of the mail.
        written: what was written, for ``gone_with_its_transaction``.
        place: of the next file within the mail.
    """

    contribution: Contribution
    key: str
    written: list[tuple[Storage, str]]
    place: int = field(default=0)

    def file(self, one: MailFile) -> None:
        """Keep a file, or write down why not."""
        name = _shown(one.name)
        if one.gone:
            self._note(name, size=one.size, remark=str(mail_words.GONE[Gone(one.gone)]))
            return
        try:
            document = uploads.inspect(
                file=ContentFile(one.content, name=_named(name, one.content)), kinds=KINDS
            )
        except uploads.UploadRefused as refused:
            self._note(name, size=one.size, remark=str(refused.sentence))
            return
        self._store(one.content, name=document.name, ending=document.kind.value)

    def text(self, name: str, text: str) -> None:
        """Keep a text of our own making."""
        self._store(text.encode(), name=name, ending=Kind.TEXT.value)

    def mail(self, raw: bytes) -> None:
        """Keep a mail as it came."""
        self._store(raw, name=f"mail.{MAIL_ENDING}", ending=MAIL_ENDING)

    def _store(self, content: bytes, *, name: str, ending: str) -> None:
        field_file = Attachment._meta.get_field("file")  # noqa: SLF001 - the documented way
        storage: Storage = field_file.storage
        stored = f"{self._secret()}.{ending}"
        path = f"{field_file.upload_to}{stored}"
        self.written.append((storage, path))
        storage.delete(path)
        Attachment.objects.create(
            contribution=self.contribution,
            file=ContentFile(content, name=stored),
            file_name=name,
            size=len(content),
        )

    def _note(self, name: str, *, size: int, remark: str) -> None:
        Attachment.objects.create(
            contribution=self.contribution,
            file_name=name,
            size=min(size, _LONGEST_SIZE),
            remark=remark[:LONGEST_REMARK],
        )

    def _secret(self) -> str:
        self.place += 1
        of = f"{self.contribution.consultation_id}:{self.key}:{self.place}"
        return salted_hmac(_SALT, of, algorithm="sha256").hexdigest()[:40]


def _shown(name: str) -> str:
    try:
        shown = uploads.shown_name(name)
    except uploads.UploadRefused:
        shown = ""
    return shown or str(mail_words.NAMELESS)


def _named(name: str, content: bytes) -> str:
    """Return a name that says what the file is: phones and programs leave that out."""
    try:
        kind = kind_of(io.BytesIO(content), any_encoding=True, pictures=True)
    except NotTaken:
        return name
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    if ending == kind.value or (kind is Kind.TEXT and ending in TEXT_KINDS):
        return name
    return f"{name[: LONGEST_NAME - 10]}.{kind.value}"
