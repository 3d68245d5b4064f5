"""A small mail box that speaks as much IMAP as is asked of it, on this machine."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Box:
    """What lies in it; the number of a mail is its place, from 1.

    Attributes:
        mails: raw mails.
        read: numbers of those that were read.
        asked: the fetches, as they were asked for.
        password: what opens it.
        port: where it listens.
    """

    mails: list[bytes] = field(default_factory=list)
    read: set[int] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    password: str = "geheim"
    port: int = 0

    @property
    def url(self) -> str:
        """The setting that opens it."""
        return f"imap://terug:{self.password}@127.0.0.1:{self.port}/INBOX"


class _Talk(socketserver.StreamRequestHandler):
    box: Box

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("* OK IMAP4rev1 ready")
        while line := self.rfile.readline().decode().strip():
            tag, _space, rest = line.partition(" ")
            words = rest.upper().split()
            what = " ".join(words[:2]) if words[0] == "UID" else words[0]
            answer = getattr(self, f"do_{what.lower().replace(' ', '_')}", None)
            ended = answer(rest) if answer else "BAD what is that"
            self.say(f"{tag} {ended or 'OK done'}")
            if what == "LOGOUT":
                return

    def do_capability(self, _rest: str) -> None:
        self.say("* CAPABILITY IMAP4rev1")

    def do_login(self, rest: str) -> str:
        return "OK in" if f'"{self.box.password}"' in rest else "NO wrong password"

    def do_select(self, _rest: str) -> None:
        self.say(f"* {len(self.box.mails)} EXISTS")

    def do_uid_search(self, _rest: str) -> None:
        unread = [n for n in range(1, len(self.box.mails) + 1) if n not in self.box.read]
        self.say(f"* SEARCH {' '.join(map(str, unread))}".rstrip())

    def do_uid_fetch(self, rest: str) -> None:
        self.box.asked.append(rest)
        number = int(rest.split()[2])
        limit = re.search(r"<0\.(\d+)>", rest)
        mail = self.box.mails[number - 1][: int(limit[1]) if limit else None]
        self.wfile.write(f"* {number} FETCH (UID {number} BODY[]<0> {{{len(mail)}}}\r\n".encode())
        self.wfile.write(mail)
        self.say(")")

    def do_uid_store(self, rest: str) -> None:
        self.box.read.add(int(rest.split()[2]))

    def do_logout(self, _rest: str) -> None:
        self.say("* BYE")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def imap_box() -> Iterator[Box]:
    """Open a box for as long as the block lasts."""
    box = Box()
    handler = type("Talk", (_Talk,), {"box": box})
    with _Server(("127.0.0.1", 0), handler) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield box
        server.shutdown()
        thread.join()
