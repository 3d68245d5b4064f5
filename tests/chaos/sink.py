"""A mail server that writes down what it accepts, on the disk before it says so: a line a mail.

``python -m tests.chaos.sink PORT FILE``; a line is: Message-ID, recipient, moment (seconds).
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>\s]+>)", re.IGNORECASE | re.MULTILINE)


class Writer:
    """Accepts everything."""

    def __init__(self, path: str) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        found = _MESSAGE_ID.search(envelope.original_content or b"")
        name = found[1].decode() if found else "none"
        for recipient in envelope.rcpt_tos:
            os.write(self.file, f"{name}\t{recipient}\t{time.time():.3f}\n".encode())
        os.fsync(self.file)
        return "250 written down"


async def serve(port: int, path: str) -> None:
    """Listen until killed."""
    writer = Writer(path)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(writer, loop=loop), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
