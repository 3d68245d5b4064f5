"""Mailboxes over IMAP: opened within a time, at a machine that was looked at, and only then.

The server on the other side may be anybody's. Whatever it says, a conversation ends within its time
and takes no more memory than the largest piece that was asked for.
"""

from __future__ import annotations

import imaplib
import io
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, cast

from imap_tools import BaseMailBox
from imap_tools.errors import (
    ImapToolsError,
    MailboxFolderSelectError,
    MailboxLoginError,
    MailboxStarttlsError,
)

from core.public_hosts import NotPublic, checked_addresses, connected

LONGEST_LINE: Final = 4 * 1024 * 1024
LARGEST_PIECE: Final = 32 * 1024 * 1024
_AT_ONCE: Final = 64 * 1024

ERRORS: Final = (OSError, ImapToolsError, imaplib.IMAP4.error)
"""All that opening or reading a mailbox raises."""


class Safety(StrEnum):
    """How a conversation is kept from others."""

    TLS = "tls"
    STARTTLS = "starttls"
    OPEN = "open"  # for this machine itself


class Trouble(StrEnum):
    """What is wrong, as far as a person can do something about it."""

    HOST = "host"
    PRIVATE = "private"
    NO_ANSWER = "no_answer"
    CERTIFICATE = "certificate"
    NO_TLS = "no_tls"
    PASSWORD = "password"  # noqa: S105 - what is wrong with it
    FOLDER = "folder"
    TALK = "talk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a mailbox is.

    Attributes:
        host: a name.
        port: at which it listens.
        safety: see ``Safety``.
        username: who signs in.
        folder: which folder.
    """

    host: str
    port: int
    safety: Safety
    username: str
    folder: str = "INBOX"


@contextmanager
def opened(
    place: Place,
    *,
    password: str,
    patience: float,
    seconds: float = 3600.0,
    private: bool = False,
    look_only: bool = False,
) -> Iterator[BaseMailBox]:
    """Sign in at a mailbox and open its folder.

    Args:
        place: where it is.
        password: never in an error or a log.
        patience: seconds that the server may be silent.
        seconds: after which the conversation ends, whatever it is at.
        private: hosts that are not of the internet will do.
        look_only: open the folder so that nothing in it can change.

    Raises:
        OSError, ImapToolsError, imaplib.IMAP4.error: see ``trouble_of``.
    """
    client = _client(place, patience=patience, seconds=seconds, private=private)
    box = _Box(client)
    try:
        # LOGIN takes ASCII alone; the other way is not spoken by every server.
        plain = place.username.isascii() and password.isascii()
        sign_in = box.login if plain else box.login_utf8
        try:
            sign_in(place.username, password, initial_folder=None)
        except client.abort:
            raise
        except imaplib.IMAP4.error as refused:
            # Without the server's own words: some repeat what was sent.
            raise MailboxLoginError(("NO", []), "OK") from refused
        box.folder.set(place.folder, readonly=look_only)
        yield box
    finally:
        with suppress(*ERRORS):
            client.logout()
        with suppress(OSError):
            client.shutdown()


def trouble_of(error: BaseException) -> Trouble:
    """Return what an error of ``opened`` means."""
    for kinds, trouble in _TROUBLES:
        if isinstance(error, kinds):
            return trouble
    return Trouble.TALK


# From narrow to wide: some of these are kinds of others.
_TROUBLES: Final[tuple[tuple[tuple[type[BaseException], ...], Trouble], ...]] = (
    ((NotPublic,), Trouble.PRIVATE),
    ((socket.gaierror,), Trouble.HOST),
    ((ssl.SSLCertVerificationError,), Trouble.CERTIFICATE),
    ((ssl.SSLError, MailboxStarttlsError), Trouble.NO_TLS),
    ((MailboxLoginError,), Trouble.PASSWORD),
    ((MailboxFolderSelectError,), Trouble.FOLDER),
    ((OSError,), Trouble.NO_ANSWER),
)


class _Talk(imaplib.IMAP4):
    """A conversation with a machine that was looked at, which ends in time."""

    def __init__(
        self, place: Place, *, patience: float, seconds: float, private: bool, **more: Any
    ) -> None:
        self._until = time.monotonic() + seconds
        self._private = private
        self._addresses = checked_addresses(place.host, place.port, private=private)
        super().__init__(place.host, place.port, timeout=patience, **more)

    def _create_socket(self, timeout: float) -> socket.socket:
        return connected(self._addresses, self.port, patience=timeout, private=self._private)

    def read(self, size: int) -> bytes:
        """Read so many bytes, if that is not too many."""
        if size > LARGEST_PIECE:
            raise self.abort("more than was asked for")
        found = bytearray()
        while len(found) < size and (piece := self._some(size - len(found))):
            found += piece
        return bytes(found)

    def readline(self) -> bytes:
        """Read a line, if it is not too long."""
        line, stream = bytearray(), self._stream
        while not line.endswith(b"\n"):
            self._in_time()
            ready = stream.peek(1)
            if not ready:
                break
            line += stream.read1(ready.find(b"\n") + 1 or len(ready))
            if len(line) > LONGEST_LINE:
                raise self.abort("a line without end")
        return bytes(line)

    def _some(self, most: int) -> bytes:
        self._in_time()
        return self._stream.read1(min(most, _AT_ONCE))

    @property
    def _stream(self) -> io.BufferedReader:
        # What the library makes of a socket; it says no more than "a file".
        return cast("io.BufferedReader", self.file)

    def _in_time(self) -> None:
        if time.monotonic() > self._until:
            raise TimeoutError("the conversation takes too long")


class _SafeTalk(_Talk, imaplib.IMAP4_SSL):
    """The same, safe from the start."""

    def _create_socket(self, timeout: float) -> socket.socket:
        plain = super()._create_socket(timeout)
        try:
            safe: socket.socket = self.ssl_context.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
        return safe


class _Box(BaseMailBox):
    """A mailbox on a conversation that has begun."""

    def __init__(self, client: imaplib.IMAP4) -> None:
        self._begun = client
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return self._begun


def _client(place: Place, *, patience: float, seconds: float, private: bool) -> imaplib.IMAP4:
    limits: dict[str, Any] = {"patience": patience, "seconds": seconds, "private": private}
    if place.safety is Safety.TLS:
        return _SafeTalk(place, **limits, ssl_context=ssl.create_default_context())
    client = _Talk(place, **limits)
    if place.safety is Safety.STARTTLS:
        try:
            _turn_safe(client)
        except BaseException:
            with suppress(OSError):
                client.shutdown()
            raise
    return client


def _turn_safe(client: imaplib.IMAP4) -> None:
    try:
        client.starttls(ssl.create_default_context())
    except imaplib.IMAP4.error as refused:
        raise MailboxStarttlsError(("NO", []), "OK") from refused
