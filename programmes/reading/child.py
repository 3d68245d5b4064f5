"""The small process that reads one file: ``python -m programmes.reading.child KIND``.

The file comes in on standard input; out goes one line of JSON, {"blocks": [...]} or {"code": "…"}.
It loads its library, and binds itself before it sees a byte of the file: memory, processor time, no
files written, no core dump. Django is not loaded.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping

from core import sandbox
from core.kinds import TEXT_KINDS, Kind
from core.sniffing import NotTaken, kind_of
from programmes.reading import read, reader_of
from programmes.reading.errors import Code, Unreadable
from programmes.rules.blocks import dump
from programmes.rules.recognise import recognise

MEMORY = 300 * 1024 * 1024
"""Bytes of address space: what it takes of real memory is always less."""

PROCESSOR_TIME = 5
"""Seconds, on top of what loading the library took."""

TOO_HEAVY = {"code": Code.TOO_HEAVY.value}
"""An answer made beforehand: when memory has run out there is none left to make it of."""


def bind() -> None:
    """Put limits on this process that it cannot take away."""
    sandbox.bind(memory=MEMORY, processor_time=PROCESSOR_TIME)


def answer(content: bytes, kind: Kind) -> Mapping[str, object]:
    """Return the blocks of a file, or the code that says why not, as plain values.

    The blocks are recognised here once, and what comes of it is thrown away. Pages recognise them
    again without limits: a file that is too much for that must not get as far as a page.
    """
    try:
        check(content, kind)
        blocks = read(content, kind)
        recognise(blocks)
        return {"blocks": [dump(block) for block in blocks]}
    except Unreadable as unreadable:
        return {"code": unreadable.code.value}
    except MemoryError:
        return TOO_HEAVY
    except RecursionError:
        return {"code": Code.DAMAGED.value}
    except Exception:  # noqa: BLE001 - a library stumbled over a file: that is an answer
        return {"code": Code.FAILED.value}


def check(content: bytes, kind: Kind) -> None:
    """Look once more whether the bytes are what they are said to be.

    Raises:
        Unreadable: they are not, or nobody may read them.
    """
    try:
        found = kind_of(io.BytesIO(content), any_encoding=True)
    except NotTaken as not_taken:
        raise Unreadable(Code(not_taken.reason.value)) from not_taken
    if found is not kind and not (found is Kind.TEXT and kind in TEXT_KINDS):
        raise Unreadable(Code.OTHER_KIND)


def main() -> None:
    """Read one file."""
    kind = Kind(sys.argv[1])
    reader_of(kind)
    bind()
    found = answer(sys.stdin.buffer.read(), kind)
    try:
        line = json.dumps(found)
    except MemoryError:
        line = json.dumps(TOO_HEAVY)
    sys.stdout.write(line)


if __name__ == "__main__":
    main()
