"""A real IMAP server (pymap) in a process of its own, with a certificate made on the spot."""

from __future__ import annotations

import imaplib
import os
import ssl
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from config.stack import free_port
from tests.certificates import make
from tests.chaos.processes import listens

USER, PASSWORD = "demouser", "demopass"
PATIENCE = 30.0


class ImapServer:
    """See the module. What lies in it is gone when it is started anew, and so are its numbers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.certificate = make(folder)
        self.process: subprocess.Popen[bytes] | None = None
        self.box = "Input"

    def another_box(self) -> None:
        """Go on in a folder in which nothing lies."""
        self.box = f"Input-{uuid4().hex[:8]}"

    def start(self) -> None:
        command = [
            *(
                str(Path(sys.executable).with_name("pymap")),
                "--host",
                "127.0.0.1",
                "--port",
                str(self.port),
            ),
            *("--cert", str(self.certificate), "dict", "--demo-data"),
        ]
        with (self.folder / "imap.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603
        until = time.monotonic() + PATIENCE
        while not listens(self.port):
            assert time.monotonic() < until, self.told()
            assert self.process.poll() is None, self.told()
            time.sleep(0.05)

    def told(self) -> str:
        return (self.folder / "imap.log").read_text(errors="replace")[-3000:]

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(PATIENCE)

    def restart(self) -> None:
        self.stop()
        self.start()

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        """Sign in as a person with another program would."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=PATIENCE)
        client.starttls(ssl.create_default_context(cafile=str(self.certificate)))
        client.login(USER, PASSWORD)
        try:
            yield client
        finally:
            client.logout()

    def put(self, mails: Iterable[bytes]) -> None:
        """Let mails come in."""
        with self.client() as client:
            client.create(self.box)
            for mail in mails:
                answer = client.append(self.box, "", "", mail.replace(b"\n", b"\r\n"))
                assert answer[0] == "OK", answer

    def seen(self) -> int:
        with self.client() as client:
            client.select(self.box, readonly=True)
            _answer, data = client.search(None, "SEEN")
            return len(data[0].split())


@contextmanager
def imap_server(folder: Path) -> Iterator[ImapServer]:
    """Run a server for as long as the block lasts; its certificate is trusted meanwhile."""
    server = ImapServer(folder)
    before = os.environ.get("SSL_CERT_FILE")
    os.environ["SSL_CERT_FILE"] = str(server.certificate)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        if before is None:
            del os.environ["SSL_CERT_FILE"]
        else:
            os.environ["SSL_CERT_FILE"] = before
