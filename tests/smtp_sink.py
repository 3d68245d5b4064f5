"""A real mail server on this machine that does what a test asks of it, and keeps what it took.

``python -m tests.smtp_sink FILE`` runs one in a process of its own: it prints its port, and writes
each mail it took as one line of JSON (``to``, ``id``) to the file. When its input ends it prints
how many connections it had. Two numbers may follow: seconds before each answer to a mail, and
before every answer.
"""

from __future__ import annotations

import asyncio
import email
import json
import ssl
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

from aiosmtpd.smtp import SMTP, Envelope, Session

# What is asked for at a step: an answer, or one of these.
DROP = "drop"
HANG = "hang"
STEPS = ("connect", "EHLO", "MAIL", "RCPT", "DATA", "taken")
Answer = str | Callable[[str], str | None] | None


@dataclass
class Sink:
    """What the server does, and what it saw.

    Attributes:
        port: where it listens on localhost.
        answers: per step (``STEPS``) what it says instead of yes: an SMTP answer, ``DROP`` (closes
            the connection), ``HANG`` (says nothing), or a function of the recipient (at connect and
            EHLO: of nothing, at DATA and taken: of the recipient) that returns one of these or
            None. "DATA" is the answer after the mail; "taken" keeps the mail and then goes wrong.
        first: the same, once each, before ``answers``; an empty text is a yes.
        delay: seconds before each answer to a mail.
        pace: seconds before every answer after the greeting.
        mails_per_connection: after so many it says 421 and closes.
        kept: raw mails, in the order in which they were taken.
        asked: how often each step was reached.
    """

    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    first: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    delay: float = 0.0
    pace: float = 0.0
    mails_per_connection: int = 0
    kept: list[tuple[str, bytes]] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    at_once: int = 0
    most_at_once: int = 0
    keep: Callable[[str, bytes], None] | None = None

    @property
    def mails(self) -> list[EmailMessage]:
        """Return what was taken, as a receiving program reads it."""
        return [
            email.message_from_bytes(raw, _class=EmailMessage, policy=default)
            for _to, raw in self.kept
        ]

    @property
    def recipients(self) -> list[str]:
        """Return to whom, in the order in which they were taken."""
        return [to for to, _raw in self.kept]

    def answer(self, step: str, to: str = "") -> str | None:
        """Return what to say at a step, or ``None`` for yes."""
        self.asked[step] += 1
        if self.first[step]:
            return self.first[step].pop(0) or None
        said = self.answers.get(step)
        return said(to) if callable(said) else said


class _Server(SMTP):
    """aiosmtpd's server, with a say at the greeting, and ways to be rude."""

    def __init__(self, sink: Sink, **kwargs: Any) -> None:
        self.sink = sink
        self.taken = 0
        super().__init__(_Handler(sink, self), enable_SMTPUTF8=False, ident="sink", **kwargs)

    async def _handle_client(self) -> None:
        self.sink.at_once += 1
        self.sink.most_at_once = max(self.sink.most_at_once, self.sink.at_once)
        try:
            said = await self.rude(self.sink.answer("connect"))
            if said is not None:
                if said:
                    await self.push(said)
                self.end()
                return
            await super()._handle_client()
        finally:
            self.sink.at_once -= 1

    async def rude(self, said: str | None) -> str | None:
        """Hang or close when that is asked for; return what is to be said."""
        if said == HANG:
            await asyncio.Event().wait()
        if said == DROP:
            self.end()
            return ""
        return said

    def end(self) -> None:
        """Close the connection, whatever was being said."""
        if self.transport is not None:
            cast("asyncio.Transport", self.transport).close()


class _Handler:
    """What the server says at each step."""

    def __init__(self, sink: Sink, server: _Server) -> None:
        self.sink = sink
        self.server = server

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        del server, envelope
        session.host_name = hostname
        said = await self._say("EHLO")
        return responses if said is None else [said]

    async def handle_HELO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str
    ) -> str:
        del server, envelope
        session.host_name = hostname
        return await self._say("EHLO") or "250 sink"

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session
        limit = self.sink.mails_per_connection
        if limit and self.server.taken >= limit:
            await self.server.push("421 4.7.0 enough mails on this connection")
            self.server.end()
            return "421 4.7.0 enough mails on this connection"
        said = await self._say("MAIL", address)
        if said is None:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return said or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        said = await self._say("RCPT", address)
        if said is None:
            envelope.rcpt_tos.append(address)
        return said or "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        del server, session
        to = envelope.rcpt_tos[0]
        raw = envelope.content
        assert isinstance(raw, bytes)
        if self.sink.delay:
            await asyncio.sleep(self.sink.delay)
        said = await self._say("DATA", to)
        if said is not None:
            return said
        self.server.taken += 1
        self.sink.kept.append((to, raw))
        if self.sink.keep is not None:
            self.sink.keep(to, raw)
        return await self._say("taken", to) or "250 OK"

    async def _say(self, step: str, to: str = "") -> str | None:
        if self.sink.pace:
            await asyncio.sleep(self.sink.pace)
        return await self.server.rude(self.sink.answer(step, to))


@contextmanager
def smtp_sink(
    sink: Sink | None = None, *, listen_with: ssl.SSLContext | None = None, **server: Any
) -> Iterator[Sink]:
    """Run a server in a thread while the block lasts.

    Args:
        sink: what it does and keeps; a new one without it.
        listen_with: talk TLS from the first byte.
        server: more options of aiosmtpd's server, such as ``tls_context`` for STARTTLS.
    """
    sink = sink or Sink()
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    listeners: list[asyncio.Server] = []
    servers: list[_Server] = []

    def talk() -> _Server:
        servers.append(_Server(sink, loop=loop, **server))
        return servers[-1]

    async def listen() -> None:
        listening = await loop.create_server(talk, "127.0.0.1", 0, ssl=listen_with)
        sink.port = listening.sockets[0].getsockname()[1]
        listeners.append(listening)
        ready.set()

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(listen())
        loop.run_forever()

    thread = threading.Thread(target=run, name="smtp-sink", daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield sink
    finally:
        asyncio.run_coroutine_threadsafe(_end(loop, listeners[0], servers), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _end(
    loop: asyncio.AbstractEventLoop, listening: asyncio.Server, servers: list[_Server]
) -> None:
    """Stop listening, and end all conversations."""
    listening.close()
    for server in servers:
        if server.transport is not None:
            cast("asyncio.Transport", server.transport).abort()
    own = asyncio.current_task()
    others = [task for task in asyncio.all_tasks(loop) if task is not own]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    # What was aborted is closed in the next rounds of the loop.
    for _round in range(3):
        await asyncio.sleep(0)


def _main(path: Path) -> None:
    """Serve until the input ends."""
    with path.open("a", encoding="utf-8") as file:

        def keep(to: str, raw: bytes) -> None:
            found = email.message_from_bytes(raw)["Message-ID"]
            file.write(json.dumps({"to": to, "id": found}) + "\n")
            file.flush()

        delay, pace = [*(float(given) for given in sys.argv[2:4]), 0.0, 0.0][:2]
        with smtp_sink(Sink(keep=keep, delay=delay, pace=pace)) as sink:
            print(sink.port, flush=True)  # noqa: T201 - this is how the other process learns it
            sys.stdin.read()
            print(sink.asked["connect"], flush=True)  # noqa: T201 - as above


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
