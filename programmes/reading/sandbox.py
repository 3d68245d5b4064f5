"""Reading a file from outside in a process of its own, which may break without harm.

Whatever a file does to its reader (endless work, more memory than there is, a crash in a library),
this process only hears that it could not be read (``core.sandbox``).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from core import sandbox
from core.kinds import Kind
from core.sniffing import LARGEST
from programmes.reading.errors import Code, Unreadable
from programmes.rules.blocks import Block, load

WALL_TIME = 60
"""Seconds after which the small process is killed, whatever it waits for."""


def read_safely(file: bytes | Path, kind: Kind) -> list[Block]:
    """Return the blocks of a file from outside: within 5 s of processor time and 300 MB.

    Args:
        file: its bytes, or where it is.
        kind: what it is said to be; the small process looks whether it is.

    Raises:
        Unreadable: with a ``code``, and a ``sentence`` for people. Nothing is kept.
        OSError: there is no such file here.
    """
    if isinstance(file, Path):
        with file.open("rb") as stream:
            file = stream.read(LARGEST + 1)
    if not file:
        raise Unreadable(Code.EMPTY)
    if len(file) > LARGEST:
        raise Unreadable(Code.TOO_LARGE)
    return _blocks(_asked(file, kind))


def _asked(content: bytes, kind: Kind) -> bytes:
    """Return what the small process wrote.

    Raises:
        Unreadable: it was ended by a limit, or broke.
    """
    try:
        return sandbox.ask(
            "programmes.reading.child", kind.value, content=content, seconds=WALL_TIME
        )
    except sandbox.Broken as broken:
        raise Unreadable(Code.TOO_HEAVY if broken.too_heavy else Code.FAILED) from None


def _blocks(answer: bytes) -> list[Block]:
    try:
        found: dict[str, Any] = json.loads(answer)
        code = Code(found["code"]) if "code" in found else None
        blocks = [load(row) for row in found.get("blocks", ())]
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise Unreadable(Code.FAILED) from wrong
    if code is not None:
        raise Unreadable(code)
    return blocks
