"""What a report of a mail that did not arrive says (RFC 3464): bytes that anybody may have sent.

Mail servers send such a report when a mail that was taken turns out to have nowhere to go. Only
what is about the mailbox itself counts (RFC 3463): that a mailbox is full, that a server is busy or
that our mail looks like spam does not make an address wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr
from typing import Final

# A report says what it has to say before it repeats our mail, and of that the head is enough. What
# is larger is cut here: reading parts in parts takes time that grows faster than they do.
LARGEST: Final = 64 * 1024
# One mail of ours goes to one person.
MOST_RECIPIENTS: Final = 20
MOST_PARTS: Final = 100
# Of an address (RFC 5321 §4.5.3.1), and of what a mail is called: longer ones are none of ours.
_LONGEST_ADDRESS: Final = 254
_LONGEST_LINE: Final = 998
_WORDS: Final = 200
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.])(5\d\d)(?![\d.])")
# Subject and detail: no such mailbox or domain, moved away, switched off, no server for the domain.
_GONE: Final = frozenset(
    {(1, 0), (1, 1), (1, 2), (1, 3), (1, 4), (1, 6), (1, 10), (2, 0), (2, 1), (4, 4)}
)
# "No such mailbox" of before there were such codes (RFC 5321 §4.2.2).
_OLD_GONE: Final = frozenset({"550", "551", "553"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """One recipient of one report.

    Attributes:
        recipient: the bare address that the report is about, in lower case.
        message_id: of the mail that did not arrive, with its angle brackets; empty when not told.
        gone: the mailbox is not there; otherwise it may be another time.
        why: what the mail server said, one line of at most 200 characters.
    """

    recipient: str
    message_id: str
    gone: bool
    why: str


def read(raw: bytes) -> list[Bounce]:
    """Return what a mail reports as failed; nothing when it is no report, or broken.

    Takes at most ``LARGEST`` bytes and never raises on account of what stands in them.
    """
    try:
        mail = BytesParser().parsebytes(raw[:LARGEST])
        return _bounces(mail)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError):
        # Parts in parts in parts, an unknown charset, headers that are none.
        return []


def _bounces(mail: Message) -> list[Bounce]:
    kind = str(mail.get_param("report-type") or "").lower()
    if mail.get_content_type() != "multipart/report" or kind != "delivery-status":
        return []
    parts = [part for part, _n in zip(mail.walk(), range(MOST_PARTS), strict=False)]
    status = next((p for p in parts if p.get_content_type() == "message/delivery-status"), None)
    blocks = _blocks(status) if status is not None else []
    about = _message_id(parts)
    found: dict[str, Bounce] = {}
    # The first block is about the report; each of the others about a recipient.
    for block in blocks[1 : MOST_RECIPIENTS + 1]:
        if _text(block, "Action").lower() != "failed":
            continue
        code, why = _text(block, "Status"), _text(block, "Diagnostic-Code")
        for recipient in _recipients(block):
            found.setdefault(
                recipient,
                Bounce(
                    recipient=recipient,
                    message_id=about,
                    gone=is_gone(status=code, diagnostic=why),
                    why=(why.partition(";")[2].strip() or why or code)[:_WORDS],
                ),
            )
    return list(found.values())


def is_gone(*, status: str, diagnostic: str) -> bool:
    """Tell whether a code means that the mailbox is not there.

    Args:
        status: an enhanced code such as "5.1.1"; "5.0.0" and nothing tell nothing.
        diagnostic: the words of the mail server, which may have a better code in them.
    """
    codes = [*_STATUS.findall(status), *_STATUS.findall(diagnostic[:1000])]
    if any(kind != "5" for kind, _subject, _detail in codes):
        return False
    telling = [(int(s), int(d)) for _kind, s, d in codes if int(s)]
    if telling:
        return all(code in _GONE for code in telling)
    replies = _REPLY.findall(diagnostic[:1000])
    return bool(replies) and replies[0] in _OLD_GONE


def _recipients(block: Message) -> Iterator[str]:
    """Return the address that we wrote to, and the one that it ended at after forwarding."""
    for name in ("Original-Recipient", "Final-Recipient"):
        kind, _semicolon, value = _text(block, name).partition(";")
        if kind.strip().lower() == "rfc822":
            address = parseaddr(value.strip())[1].lower()
            if "@" in address and len(address) <= _LONGEST_ADDRESS:
                yield address


def _message_id(parts: list[Message]) -> str:
    """Return the Message-ID of the mail that the report repeats, whole or its headers alone."""
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/rfc822" and (inside := _blocks(part)):
            return _text(inside[0], "Message-ID")
        if kind == "text/rfc822-headers":
            text = part.get_payload(decode=True)
            if isinstance(text, bytes):
                return _text(BytesParser().parsebytes(text, headersonly=True), "Message-ID")
    return ""


def _blocks(part: Message) -> list[Message]:
    """Return what a part is made of, where the parser took it apart."""
    inside = part.get_payload()
    return [one for one in inside if isinstance(one, Message)] if isinstance(inside, list) else []


def _text(block: Message, name: str) -> str:
    """Return a header as one line of characters that can be shown."""
    text = str(block.get(name) or "")[:_LONGEST_LINE]
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
