"""One mail, from its bytes to what it says."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from typing import Final

from consultation.mailreading import headers, quoting, winmail
from consultation.mailreading.charsets import decoded
from consultation.mailreading.html_text import text_of
from consultation.mailreading.values import Gone, MailFile, ReadMail
from core.characters import shown
from core.pictures import NoPicture, drawn_anew

MOST_PARTS: Final = 300
MOST_FILES: Final = 30
LARGEST_FILE: Final = 10 * 1024 * 1024
LONGEST_TEXT: Final = 400_000
LONGEST_QUOTED: Final = 100_000
LONGEST_FILE_NAME: Final = 300
DEEPEST: Final = 30
PICTURE_TIME: Final = 3.0
"""Seconds of work after which no more pictures are drawn anew."""


@dataclass(slots=True)
class _Found:
    """What was met on the way through a mail."""

    plain: list[str] = field(default_factory=list)
    files: list[MailFile] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    parts: int = 0


def read(raw: bytes, *, partial: bool = False, bare: bool = False) -> ReadMail:
    """Return what a mail says.

    Args:
        raw: its bytes.
        partial: only its beginning: of its files no more is known than that they are there.
        bare: leave out all that may be too much for it: quotations, pictures, packed files.

    Raises:
        Exception: the library stumbled over it. ``MemoryError``, ``RecursionError`` too.
    """
    message = BytesParser().parsebytes(raw)
    found = _Found()
    _walk(message, found, partial=partial, bare=bare, depth=0)
    said = _joined(found.plain)
    inside = _joined(found.inside)
    parts = quoting.Split(said, "") if bare else quoting.split(said)
    text, quoted = parts.text, parts.quoted
    if not text and not quoted and inside:
        # Nothing of one's own: what was sent along is what it says.
        inner = quoting.Split(inside, "") if bare else quoting.split(inside)
        text, quoted = inner.text, inner.quoted
    elif inside:
        quoted = _joined([quoted, inside])
    name, address = headers.sender(message)
    return ReadMail(
        message_id=headers.message_id(message),
        answers=headers.answered(message),
        sender_name=name,
        sender_email=address,
        date=headers.line(message, "Date", limit=100),
        subject=headers.line(message, "Subject", limit=headers.LONGEST_SUBJECT),
        text=text[:LONGEST_TEXT],
        quoted=quoted[:LONGEST_QUOTED],
        automatic=headers.automatic(message),
        no_answer=headers.no_answer(message),
        files=found.files,
        cut=len(text) > LONGEST_TEXT,
    )


def _walk(message: Message, found: _Found, *, partial: bool, bare: bool, depth: int) -> None:
    """Gather texts and files, in their order."""
    found.parts += 1
    if found.parts > MOST_PARTS or depth > DEEPEST:
        return
    inside = message.get_payload()
    kind = message.get_content_type()

    def onward(part: Message) -> None:
        _walk(part, found, partial=partial, bare=bare, depth=depth + 1)

    if kind == "multipart/alternative" and isinstance(inside, list):
        _alternatives([one for one in inside if isinstance(one, Message)], found, onward)
    elif kind in {"message/rfc822", "message/global"} and isinstance(inside, list):
        _mail_in_mail(message, inside, found, onward)
    elif isinstance(inside, list):
        for part in inside:
            if isinstance(part, Message):
                onward(part)
    elif _is_text(message, kind):
        found.plain.append(_text(message, kind))
    elif _content(message) or message.get_filename():
        _file(message, kind, found, partial=partial, bare=bare)


def _alternatives(parts: list[Message], found: _Found, onward: Callable[[Message], None]) -> None:
    """Take the plain text of several versions of one thing, or else the richest that has text."""
    plain = next((one for one in parts if one.get_content_type() == "text/plain"), None)
    if plain is not None and _text(plain, "text/plain").strip():
        found.plain.append(_text(plain, "text/plain"))
        # Pictures hang on the richer versions.
        others = [one for one in parts if one.is_multipart()]
        texts = len(found.plain)
        for one in others:
            onward(one)
        del found.plain[texts:]
        return
    for part in reversed([one for one in parts if one is not plain]):
        texts = len(found.plain)
        onward(part)
        if any(one.strip() for one in found.plain[texts:]):
            return


def _mail_in_mail(
    message: Message, inside: Sequence[object], found: _Found, onward: Callable[[Message], None]
) -> None:
    """Take the text of a mail that was sent along; its files are files of this one."""
    texts = len(found.plain)
    subject = ""
    for part in inside:
        if isinstance(part, Message):
            subject = subject or headers.line(part, "Subject", limit=headers.LONGEST_SUBJECT)
            onward(part)
    found.inside += [one for one in (subject, *found.plain[texts:]) if one.strip()]
    del found.plain[texts:]
    name = _name(message) or subject
    _keep(found, MailFile(name=f"{name}.eml" if name else "mail.eml", size=0, gone=Gone.MAIL))


def _is_text(message: Message, kind: str) -> bool:
    attached = str(message.get("Content-Disposition") or "")[:40].strip().lower()
    named = message.get_filename() is not None
    return (
        kind in {"text/plain", "text/html", "text/enriched"}
        and not attached.startswith("attachment")
        and not named
    )


def _text(message: Message, kind: str) -> str:
    content = _content(message)
    try:
        charset = message.get_content_charset() or ""
    except (LookupError, UnicodeError, ValueError):
        charset = ""
    text = decoded(content, charset)
    if kind == "text/html" or (
        kind == "text/plain" and text[:200].lstrip().lower().startswith(("<!doctype html", "<html"))
    ):
        text = text_of(text)
    return shown(text)


def _content(message: Message) -> bytes:
    content = message.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _name(message: Message) -> str:
    try:
        name = message.get_filename() or ""
    except (LookupError, UnicodeError, ValueError, TypeError):
        return ""
    return shown(headers.words(str(name)[:LONGEST_FILE_NAME]), many_lines=False)


def _file(message: Message, kind: str, found: _Found, *, partial: bool, bare: bool) -> None:
    name, content = _name(message), _content(message)
    if partial:
        _keep(found, MailFile(name=name, size=0, gone=Gone.NOT_FETCHED))
    elif kind in winmail.KINDS or name.lower() == "winmail.dat":
        _open(name or "winmail.dat", content, found, bare=bare)
    else:
        _add(name, content, found, bare=bare)


def _open(name: str, content: bytes, found: _Found, *, bare: bool) -> None:
    unpacked = None if bare else _unpacked(content)
    if unpacked is None:
        _keep(found, MailFile(name=name, size=len(content), gone=Gone.BROKEN))
        return
    if unpacked.text.strip() and not any(one.strip() for one in found.plain):
        found.plain.append(shown(unpacked.text))
    for inner_name, inner in unpacked.files:
        _add(shown(inner_name, many_lines=False)[:LONGEST_FILE_NAME], inner, found, bare=bare)


def _unpacked(content: bytes) -> winmail.Unpacked | None:
    try:
        return winmail.unpacked(content)
    except winmail.NoWinmail:
        return None


def _add(name: str, content: bytes, found: _Found, *, bare: bool) -> None:
    one = MailFile(name=name, size=len(content))
    if len(content) > LARGEST_FILE:
        one.gone = Gone.TOO_LARGE
    elif content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        _draw(one, content, bare=bare)
    else:
        one.content = content
    _keep(found, one)


def _draw(one: MailFile, content: bytes, *, bare: bool) -> None:
    one.gone = Gone.PICTURE
    if bare or time.process_time() > PICTURE_TIME:
        return
    try:
        one.content, ending = drawn_anew(content)
    except NoPicture:
        return
    one.name, one.gone = f"{_stem(one.name) or 'foto'}.{ending}", ""


def _stem(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return stem if dot and len(ending) <= 5 else name  # noqa: PLR2004 - as long as endings are


def _keep(found: _Found, one: MailFile) -> None:
    if len(found.files) >= MOST_FILES:
        one.content, one.gone = b"", Gone.TOO_MANY
    if len(found.files) < MOST_PARTS:
        found.files.append(one)


def _joined(pieces: list[str]) -> str:
    return "\n\n".join(piece.strip() for piece in pieces if piece.strip())
