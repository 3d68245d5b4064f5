"""What the head of a mail tells: who, about what, and whether a person wrote it."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from typing import Final

from consultation.mailreading.charsets import decoded
from consultation.mailreading.values import Automatic
from core.characters import shown

LONGEST: Final = 4000
"""Characters of a header that are looked at: five thousand recipients are not."""

LONGEST_ADDRESS: Final = 254
LONGEST_SUBJECT: Final = 300
LONGEST_NAME: Final = 120
LONGEST_ID: Final = 998
MOST_ANSWERED: Final = 50

_ADDRESS: Final = re.compile(
    r"[^@\s<>\"(),;:\\\[\]]{1,64}@[^@\s<>\"(),;:\\\[\]]+\.[^@\s<>\"(),;:\\\[\]]{2,}"
)
_MESSAGE_ID: Final = re.compile(r"<[^<>\s]{1,996}>")
_NOBODY: Final = re.compile(
    r"^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|niet[-_.]?beantwoorden|geen[-_.]?antwoord|"
    r"noreply.*|bounces?)(?:[-_.+].*)?$"
)
_MACHINES: Final = frozenset({"mailer-daemon", "postmaster"})
_AWAY: Final = re.compile(
    r"^(?:automatisch antwoord|automatic reply|auto(?:matische)? reply|autoreply|out of office|"
    r"afwezigheidsmelding)\b",
    re.IGNORECASE,
)
_BY_ITSELF: Final = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply-From")


def line(message: Message, name: str, *, limit: int = LONGEST) -> str:
    """Return a header as one line of text; empty when it is not there or is none."""
    return shown(words(_raw(message, name)), many_lines=False)[:limit].strip()


def _raw(message: Message, name: str) -> str:
    """Return a header as it came: the library's own way replaces what is no ASCII."""
    values = (value for key, value in message.raw_items() if key.lower() == name.lower())
    return str(next(values, ""))[:LONGEST]


def words(raw: str) -> str:
    """Return a header's text, whatever it was written in."""
    try:
        pieces = decode_header(_as_text(raw))
    except (HeaderParseError, ValueError, LookupError):
        return _as_text(raw)
    return "".join(
        piece if isinstance(piece, str) else decoded(piece, charset or "")
        for piece, charset in pieces
    )


def _as_text(raw: str) -> str:
    """Return bytes that should not stand in a header as the text that they are."""
    if raw.isascii():
        return raw
    return decoded(raw.encode("utf-8", "surrogateescape"), "utf-8")


def sender(message: Message) -> tuple[str, str]:
    """Return name and bare address of who wrote; of who is to be answered where nobody reads."""
    name, address = _person(message, "From")
    if not address or is_nobody(address):
        other_name, other = _person(message, "Reply-To")
        if other and not is_nobody(other):
            return other_name or name, other
    return name, address


def _person(message: Message, header: str) -> tuple[str, str]:
    raw = _as_text(_raw(message, header))
    name, address = parseaddr(" ".join(raw.split()))
    name = shown(words(name), many_lines=False)[:LONGEST_NAME].strip()
    address = shown(address, many_lines=False).lower()
    if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        address = ""
    return ("" if name.lower() == address else name), address


def is_nobody(address: str) -> bool:
    """Tell whether nobody reads what is sent to an address."""
    return _NOBODY.match(address.partition("@")[0]) is not None


def message_id(message: Message) -> str:
    """Return the Message-ID with its angle brackets, or as it is where it has none."""
    return line(message, "Message-ID", limit=LONGEST_ID)


def answered(message: Message) -> list[str]:
    """Return the Message-IDs that a mail says it answers, the nearest first."""
    found = _MESSAGE_ID.findall(line(message, "In-Reply-To"))
    found += reversed(_MESSAGE_ID.findall(line(message, "References")))
    return list(dict.fromkeys(found))[:MOST_ANSWERED]


def automatic(message: Message) -> str:
    """Return why nobody wrote this mail (a value of ``Automatic``), or nothing (RFC 3834)."""
    kind = str(message.get_param("report-type") or "").lower()
    _name, address = _person(message, "From")
    if (
        line(message, "Return-Path").replace(" ", "") == "<>"
        or address.partition("@")[0] in _MACHINES
        or message.get("X-Failed-Recipients")
        or (message.get_content_type() == "multipart/report" and kind == "delivery-status")
    ):
        return Automatic.BOUNCE.value
    submitted = line(message, "Auto-Submitted").lower().partition(";")[0].strip()
    if (
        submitted.startswith("auto-replied")
        or any(message.get(name) for name in _BY_ITSELF)
        or line(message, "Precedence").lower() in {"auto_reply", "auto-reply"}
        or message.get_content_type() == "multipart/report"
        or _AWAY.match(line(message, "Subject"))
    ):
        return Automatic.REPLY.value
    return Automatic.PROGRAM.value if submitted not in {"", "no"} else ""


def no_answer(message: Message) -> bool:
    """Tell whether nobody waits for an answer (RFC 3834 §2): lists, mass mail, unread addresses."""
    return (
        any(name.lower().startswith("list-") for name in message.keys())  # noqa: SIM118
        or line(message, "Precedence").lower() in {"bulk", "list", "junk"}
        or not sender(message)[1]
        or is_nobody(sender(message)[1])
        or is_nobody(_person(message, "From")[1])
    )
