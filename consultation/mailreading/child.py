"""The small process that reads one mail: ``python -m consultation.mailreading.child [how…]``.

The mail comes in on standard input; out goes what ``values.dump`` writes. It binds itself before it
sees a byte of the mail. Django is not loaded.
"""

from __future__ import annotations

import sys
from typing import Final

from consultation.mailreading import values
from consultation.mailreading.reading import read
from core import sandbox

MEMORY: Final = 450 * 1024 * 1024
"""Bytes of address space: what it takes of real memory is always less (docs/input.md)."""

PROCESSOR_TIME: Final = 5


def main() -> None:
    """Read one mail."""
    how = {word: True for word in sys.argv[1:] if word in {"partial", "bare"}}
    sandbox.bind(memory=MEMORY, processor_time=PROCESSOR_TIME)
    raw = sys.stdin.buffer.read()
    sys.stdout.buffer.write(values.dump(read(raw, **how)))


if __name__ == "__main__":
    main()
