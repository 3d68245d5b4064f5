"""The small process that draws one picture anew: ``python -m core.picture_drawing``.

The picture comes in on standard input; out goes the new one. It binds itself before it sees a byte
of it. Django is not loaded.
"""

from __future__ import annotations

import sys
from typing import Final

from core import sandbox
from core.pictures import drawn_anew

MEMORY: Final = 450 * 1024 * 1024
"""Bytes of address space; what it takes of real memory is always less."""

PROCESSOR_TIME: Final = 5


def main() -> None:
    """Draw one picture."""
    sandbox.bind(memory=MEMORY, processor_time=PROCESSOR_TIME)
    content, _ending = drawn_anew(sys.stdin.buffer.read())
    sys.stdout.buffer.write(content)


if __name__ == "__main__":
    main()
