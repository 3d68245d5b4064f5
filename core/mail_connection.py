"""One connection to a mail server, for many mails, that knows how far it came.

Python's ``smtplib`` raises the same exceptions before and after a mail was handed over. For a
reminder that must arrive once, that is the whole difference: before it we try again, after it
nobody knows. This backend is Django's own (so all settings of ``EMAIL_URL`` hold) and adds that,
time-outs over whole answers (a server that sends a byte now and then is not waited for), and a
fresh connection where an old one was closed behind our back.
"""

from __future__ import annotations

import smtplib
import socket
import time
from typing import Any, cast

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from core.mail_answers import LostAfter, LostBefore, NoConversation

# Seconds for one whole conversation about one mail, whatever the server does. A run of sending
# begins its last mail at MAIL_RUN_SECONDS; with this beside it, it ends before TASK_SECONDS does.
CONVERSATION = 60.0
# Seconds that a server may take to say goodbye.
FAREWELL = 2.0
_NO_TIMEOUT_SET = 30.0
_DONE, _CLOSING, _TEMPORARY, _END = 250, 421, 400, 600
_SUCCESS = range(200, 300)


class _Lines:
    """What ``smtplib`` reads answers from: one time limit for a whole answer."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._rest = b""
        self.until = 0.0

    def readline(self, limit: int) -> bytes:
        """Return one line, or what there is when the other side stops.

        Raises:
            TimeoutError: the answer takes too long.
        """
        while b"\n" not in self._rest and len(self._rest) < limit:
            left = self.until - time.monotonic()
            if left <= 0:
                raise TimeoutError("timed out")
            self._sock.settimeout(left)
            read = self._sock.recv(8192)
            if not read:
                break
            self._rest += read
        end = self._rest.find(b"\n") + 1 or len(self._rest)
        line, self._rest = self._rest[: min(end, limit)], self._rest[min(end, limit) :]
        return line

    def close(self) -> None:
        """Do nothing: the socket is closed by whoever opened it."""


class _Conversation(smtplib.SMTP):
    """SMTP that remembers whether the mail itself was on its way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.answer_within: float = kwargs.get("timeout") or _NO_TIMEOUT_SET
        self.taken_within = float(settings.MAIL_DATA_TIMEOUT)
        self.handing_over = False
        self.handed_over = False
        self.until = time.monotonic() + CONVERSATION
        super().__init__(*args, **kwargs)

    def begin(self) -> None:
        """Begin with a new mail."""
        self.handed_over = False
        self.until = time.monotonic() + CONVERSATION

    @property
    def _limit(self) -> float:
        """How many seconds the next step may take."""
        patience = (
            self.taken_within if self.handing_over and self.handed_over else self.answer_within
        )
        return min(patience, self.until - time.monotonic())

    def send(self, s: Any) -> None:
        """Send a command or, between 354 and its answer, the mail."""
        if self.handing_over and isinstance(s, bytes):
            self.handed_over = True
        if self.sock is not None:
            self.sock.settimeout(max(self._limit, 0.001))
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        """Read one whole answer within its time."""
        if self.file is None and self.sock is not None:
            self.file = _Lines(self.sock)
        if isinstance(self.file, _Lines):
            self.file.until = time.monotonic() + self._limit
        return super().getreply()

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand the mail over; every 2xx is a yes (RFC 5321 §4.2.1), not 250 alone."""
        self.handing_over = True
        try:
            code, said = super().data(msg)
        finally:
            self.handing_over = False
        return (_DONE if code in _SUCCESS else code), said


class _SecureConversation(_Conversation, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class Backend(EmailBackend):
    """Django's SMTP backend; ``open()`` it once and hand it mails one by one.

    Raises from ``open`` and ``send_messages``: ``NoConversation``, ``LostBefore``, ``LostAfter``
    (``core.mail_answers``) and what ``smtplib`` makes of a server's no.
    """

    _mails = 0
    _partial_connection: smtplib.SMTP | None

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return the class of the conversation."""
        return _SecureConversation if self.use_ssl else _Conversation

    def open(self) -> bool | None:
        """Connect, greet, secure and sign in, unless that was done.

        Raises:
            NoConversation: any of these failed.
        """
        if self.connection is not None and self.connection.sock is None:
            self._forget()
        try:
            opened = super().open()
            if opened and self.connection is not None:
                self._mails = 0
                self.connection.ehlo_or_helo_if_needed()
        except (OSError, UnicodeError) as error:
            self._forget()
            if self.fail_silently:
                return None
            raise NoConversation(_words(error)) from error
        return opened

    def _send(self, email_message: EmailMessage) -> bool:
        """Send one mail; once more on a fresh connection if an old one turns out to be closed."""
        if not email_message.recipients():
            return False
        encoding = email_message.encoding or settings.DEFAULT_CHARSET
        sender = sanitize_address(email_message.from_email, encoding)
        to = [sanitize_address(address, encoding) for address in email_message.recipients()]
        # Django's messages are its own kind; they know this argument.
        raw = email_message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
        try:
            try:
                self._hand_over(sender, to, raw)
            except (LostBefore, smtplib.SMTPSenderRefused) as error:
                if not self._mails or self.connection is not None:
                    raise
                # It said goodbye between two mails: tired of us, or it was too long ago.
                if not self.open() and self.connection is None:
                    raise NoConversation(_words(error)) from error
                self._hand_over(sender, to, raw)
        except smtplib.SMTPException:
            if not self.fail_silently:
                raise
            return False
        self._mails += 1
        return True

    def _hand_over(self, sender: str, to: list[str], raw: bytes) -> None:
        conversation = cast("_Conversation", self.connection)
        conversation.begin()
        try:
            conversation.sendmail(sender, to, raw)
        except smtplib.SMTPResponseException as error:
            if not _TEMPORARY <= error.smtp_code < _END:
                # What it says is no SMTP; nothing that follows can be understood.
                self._forget()
                raise self._lost(conversation, error) from error
            if error.smtp_code == _CLOSING:
                self._forget()
            raise
        except smtplib.SMTPRecipientsRefused as error:
            if any(code == _CLOSING for code, _said in error.recipients.values()):
                self._forget()
            raise
        except OSError as error:
            self._forget()
            raise self._lost(conversation, error) from error

    def _lost(self, conversation: _Conversation, error: Exception) -> smtplib.SMTPException:
        return (LostAfter if conversation.handed_over else LostBefore)(_words(error))

    def _forget(self) -> None:
        """Drop the connection without a word."""
        for connection in (self.connection, self._partial_connection):
            if connection is not None:
                connection.close()
        self.connection = self._partial_connection = None

    def _close_connection(self, connection: Any) -> None:
        """Say goodbye, and do not wait long for an answer."""
        try:
            connection.until = time.monotonic() + FAREWELL
            connection.quit()
        except OSError:
            connection.close()


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"{error.smtp_code} {text}"
    return str(error) or type(error).__name__
