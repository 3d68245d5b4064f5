"""What an old Outlook packs in a winmail.dat."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from tnefparse import TNEF

from consultation.mailreading.charsets import decoded
from consultation.mailreading.html_text import text_of

KINDS: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
MOST: Final = 50


class NoWinmail(ValueError):
    """It cannot be unpacked."""


@dataclass(slots=True)
class Unpacked:
    """What was in it: its text, and files as (name, content)."""

    text: str = ""
    files: list[tuple[str, bytes]] = field(default_factory=list)


def unpacked(content: bytes) -> Unpacked:
    """Return what a winmail.dat holds.

    Raises:
        NoWinmail: it is none, or damaged.
    """
    try:
        return _of(TNEF(content, do_checksum=False))
    except MemoryError:
        raise
    except Exception as wrong:  # the library stumbles in many ways over what is no TNEF
        raise NoWinmail from wrong


def _of(tnef: Any) -> Unpacked:
    html = _words(tnef.htmlbody)
    found = Unpacked(text=_words(tnef.body) or (text_of(html) if html else ""))
    for one in tnef.attachments[:MOST]:
        if one.data and isinstance(one.data, bytes):
            found.files.append((_name(one), one.data))
    return found


def _name(attachment: Any) -> str:
    try:
        name = attachment.long_filename()
    except UnicodeDecodeError:
        name = decoded(attachment._name, "")  # noqa: SLF001 - its own name() takes UTF-8 alone
    return _words(name)


def _words(value: object) -> str:
    if isinstance(value, bytes):
        value = decoded(value, "")
    return value.rstrip("\x00") if isinstance(value, str) else ""
