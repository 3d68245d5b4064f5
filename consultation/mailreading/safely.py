"""Reading a mail from anybody without harm."""

from __future__ import annotations

from typing import Final

from consultation.mailreading.values import ReadMail, load
from core import sandbox

WALL_TIME: Final = 30.0
"""Seconds after which the small process is killed, whatever it waits for."""

LARGEST: Final = 25 * 1024 * 1024
"""Bytes of a mail that is read whole."""

BEGINNING: Final = 1024 * 1024
"""Bytes of a larger one: its text stands at its beginning."""

_MODULE: Final = "consultation.mailreading.child"


class Unreadable(ValueError):
    """This mail cannot be read, not even its text."""


def read_safely(raw: bytes, *, partial: bool = False) -> ReadMail:
    """Return what a mail says: within 5 s of processor time and so much memory.

    A mail that is too much for its reader is read once more with less asked of it.

    Args:
        raw: its bytes; of more than ``LARGEST`` only the beginning is looked at.
        partial: these bytes are only its beginning.

    Raises:
        Unreadable: it cannot be read.
    """
    if len(raw) > LARGEST:
        raw, partial = raw[:BEGINNING], True
    how = ["partial"] if partial else []
    for words in (how, [*how, "bare"]):
        try:
            return load(sandbox.ask(_MODULE, *words, content=raw, seconds=WALL_TIME))
        except (sandbox.Broken, ValueError, KeyError, TypeError, AttributeError):
            continue
    raise Unreadable
