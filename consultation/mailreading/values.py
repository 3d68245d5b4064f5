"""What comes out of a mail, and how it travels from the small process to ours."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum


class Automatic(StrEnum):
    """Why nobody wrote a mail."""

    REPLY = "reply"  # an automatic answer
    BOUNCE = "bounce"  # a report of a mail that did not arrive
    PROGRAM = "program"  # written by a program


class Gone(StrEnum):
    """Why a file that came with a mail is not kept."""

    PICTURE = "picture"  # a picture that cannot be drawn anew
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    NOT_FETCHED = "not_fetched"  # the mail was too large to fetch; it is still in the mailbox
    MAIL = "mail"  # a mail within the mail, whose text was taken over
    BROKEN = "broken"  # what was packed in it cannot be unpacked


@dataclass(slots=True, kw_only=True)
class MailFile:
    """A file that came with a mail.

    Attributes:
        name: as the sender called it, not cleaned.
        size: bytes that it had.
        content: to be kept; empty where ``gone`` says why not.
        gone: a value of ``Gone``, or empty.
    """

    name: str
    size: int
    content: bytes = b""
    gone: str = ""


@dataclass(slots=True, kw_only=True)
class ReadMail:
    """A mail that was read; all texts can be stored (``core.characters``).

    Attributes:
        message_id: with its angle brackets; empty: it has none.
        answers: the Message-IDs that it says it answers, the nearest first.
        sender_name: as the sender wrote it.
        sender_email: a bare address in lower case; empty when there is none that can be one.
        date: the header, as it came.
        subject: one line.
        text: what the sender says.
        quoted: what it answers or forwards, and the signature.
        automatic: a value of ``Automatic``, or empty: a person wrote it.
        no_answer: nobody waits for an answer: a list, a mass mail, an address that is not read.
        files: what came with it.
        cut: not all of its text is here.
    """

    message_id: str = ""
    answers: list[str] = field(default_factory=list)
    sender_name: str = ""
    sender_email: str = ""
    date: str = ""
    subject: str = ""
    text: str = ""
    quoted: str = ""
    automatic: str = ""
    no_answer: bool = False
    files: list[MailFile] = field(default_factory=list)
    cut: bool = False


def dump(mail: ReadMail) -> bytes:
    """Return a mail as one line of JSON with the bytes of its files behind it."""
    values = asdict(mail)
    contents = [values_of_file.pop("content") for values_of_file in values["files"]]
    for values_of_file, content in zip(values["files"], contents, strict=True):
        values_of_file["length"] = len(content)
    return b"".join([json.dumps(values).encode("ascii"), b"\n", *contents])


def load(answer: bytes) -> ReadMail:
    """Return what ``dump`` wrote.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: this is no such thing.
    """
    line, _end, behind = answer.partition(b"\n")
    values = json.loads(line)
    files: list[MailFile] = []
    at = 0
    for one in values.pop("files"):
        length = one.pop("length")
        files.append(MailFile(**one, content=behind[at : at + length]))
        at += length
    return ReadMail(**values, files=files)
