"""A name server on this machine that knows what a test tells it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset


@dataclass
class Zone:
    """What it knows.

    Attributes:
        records: (name without a dot at the end, "TXT") → values as in a zone file.
        asked: the questions.
        silent: it hears and does not answer.
        port: where it listens (UDP).
    """

    records: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    silent: bool = False
    port: int = 0

    def set(self, name: str, kind: str, *values: str) -> None:
        """Let a name have these records, in place of what it had."""
        texts = [f'"{value}"' if kind == "TXT" else value for value in values]
        self.records[name, kind] = texts

    def answer(self, raw: bytes) -> bytes:
        """Return the answer to one question."""
        query = dns.message.from_wire(raw)
        question = query.question[0]
        name = str(question.name).rstrip(".").lower()
        kind = dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        values = self.records.get((name, kind), [])
        if values:
            rrset = dns.rrset.from_text(question.name, 60, dns.rdataclass.IN, kind, *values)
            response.answer.append(rrset)
        elif not any(known == name for known, _kind in self.records):
            response.set_rcode(dns.rcode.NXDOMAIN)
        return response.to_wire()


@contextmanager
def name_server() -> Iterator[Zone]:
    """Answer for as long as the block lasts."""
    zone, end = Zone(), threading.Event()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(0.05)
        zone.port = server.getsockname()[1]

        def serve() -> None:
            while not end.is_set():
                try:
                    raw, whom = server.recvfrom(4096)
                except TimeoutError:
                    continue
                if not zone.silent:
                    server.sendto(zone.answer(raw), whom)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield zone
        end.set()
        thread.join()
