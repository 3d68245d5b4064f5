"""What the answer to a mail means: try again, give up, or nobody knows.

A mail server says yes, no, or not now; a connection can also end without an answer. Whoever sends
asks ``meaning`` about the exception and acts on one of four answers, whichever way the mail went:
over SMTP (``core.mail_connection``), through a provider (anymail) or another backend of Django's.

Sources: RFC 5321 §4.2 (reply codes), RFC 3463 (enhanced status codes, such as 5.1.1).
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from django.core.exceptions import ImproperlyConfigured

from core.mail import BadAddress, one_line

WORDS_LIMIT = 300
_TEMPORARY, _PERMANENT, _END = 400, 500, 600
_CLOSING = 421
# Signing in is asked for, or went wrong: our account at the server, not this mail.
_OUR_ACCOUNT = frozenset({530, 534, 535, 538})
_ENHANCED = re.compile(r"(?<![\d.])([45])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
# Subject and detail of RFC 3463 that are about the mailbox: it is not there, or was switched off.
_NO_SUCH_MAILBOX = frozenset(
    {(1, 0), (1, 1), (1, 2), (1, 3), (1, 4), (1, 6), (1, 10), (2, 0), (2, 1)}
)
_MAILBOX_FULL = (2, 2)
# Security, policy, routing and protocol: the address may be fine.
_OURS = frozenset({3, 4, 5, 6, 7})
# A provider that cannot be used with these keys, this account or this domain.
_NOT_LET_IN = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.PAYMENT_REQUIRED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
    }
)
_NOT_NOW = frozenset(
    {
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_EARLY,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
    }
)
# How urllib3 calls it when the other side was never reached.
_NEVER_REACHED = frozenset(
    {"NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "SSLError", "ProxyError"}
)


class Answer(StrEnum):
    """What is to be done with a mail that was not simply taken."""

    # It was certainly not taken, and may be another time.
    LATER = "later"
    # There is no such mailbox: nothing more goes there until somebody looks.
    ADDRESS_REFUSED = "address refused"
    # This mail or this sender is refused for good; the address may be fine.
    MESSAGE_REFUSED = "message refused"
    # It was handed over and no answer came: it may have arrived.
    DOUBTFUL = "doubtful"


class NoConversation(smtplib.SMTPException):
    """The mail server cannot be reached or does not let us in; nothing was handed over."""


class LostBefore(smtplib.SMTPException):
    """The connection ended before the mail itself was on its way: it was certainly not taken."""


class LostAfter(smtplib.SMTPException):
    """The connection ended while or after the mail was handed over: nobody knows."""


# Exceptions that say it all by what they are; the first that fits.
_BY_KIND: Final[tuple[tuple[tuple[type[BaseException], ...], Answer], ...]] = (
    ((LostAfter,), Answer.DOUBTFUL),
    ((LostBefore, NoConversation, smtplib.SMTPNotSupportedError), Answer.LATER),
    ((ConnectionRefusedError, socket.gaierror, ssl.SSLError, ImproperlyConfigured), Answer.LATER),
    ((BadAddress,), Answer.ADDRESS_REFUSED),
    # A header with a line break, or a text that cannot be encoded.
    ((ValueError,), Answer.MESSAGE_REFUSED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What an exception means.

    Attributes:
        answer: what is to be done.
        words: what the other side said, one line, at most 300 characters.
        unreachable: it is not about this mail: there was no conversation at all.
    """

    answer: Answer
    words: str
    unreachable: bool = False


def meaning(error: BaseException) -> Meaning:
    """Return what an exception of a mail backend means; whatever is unknown is doubtful."""
    if type(error).__module__.startswith("anymail."):
        return _of_provider(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _of_recipients(error)
    if isinstance(error, smtplib.SMTPResponseException):
        return _of_reply(error)
    for kinds, answer in _BY_KIND:
        if isinstance(error, kinds):
            unreachable = answer is Answer.LATER and not isinstance(error, LostBefore)
            return _meaning(answer, str(error) or repr(error), unreachable=unreachable)
    return _meaning(Answer.DOUBTFUL, repr(error))


def certainly_not_taken(error: BaseException) -> Meaning:
    """Return the meaning of an exception that came before there was a conversation."""
    return _meaning(Answer.LATER, meaning(error).words, unreachable=True)


def _of_recipients(error: smtplib.SMTPRecipientsRefused) -> Meaning:
    """Judge the answer to RCPT; our mails have one recipient."""
    code, said = next(iter(error.recipients.values()), (0, b""))
    if not _PERMANENT <= code < _END:
        return _meaning(Answer.LATER, _said(code, said))
    if code in _OUR_ACCOUNT:
        return _meaning(Answer.LATER, _said(code, said), unreachable=True)
    subject, detail = _enhanced(said) or (1, 0)
    if (subject, detail) == _MAILBOX_FULL:
        return _meaning(Answer.LATER, _said(code, said))
    refused = Answer.MESSAGE_REFUSED if subject in _OURS else Answer.ADDRESS_REFUSED
    return _meaning(refused, _said(code, said))


def _of_reply(error: smtplib.SMTPResponseException) -> Meaning:
    """Judge the answer to everything but RCPT."""
    code, said = error.smtp_code, error.smtp_error
    words = _said(code, said)
    if code in _OUR_ACCOUNT or isinstance(
        error, smtplib.SMTPConnectError | smtplib.SMTPHeloError | smtplib.SMTPAuthenticationError
    ):
        return _meaning(Answer.LATER, words, unreachable=True)
    if _TEMPORARY <= code < _PERMANENT:
        return _meaning(Answer.LATER, words)
    if not _PERMANENT <= code < _END:
        return _meaning(Answer.DOUBTFUL, words)
    if isinstance(error, smtplib.SMTPDataError):
        enhanced = _enhanced(said)
        if enhanced in _NO_SUCH_MAILBOX:
            # Some servers look the mailbox up only when the whole mail is there.
            return _meaning(Answer.ADDRESS_REFUSED, words)
        if enhanced == _MAILBOX_FULL:
            return _meaning(Answer.LATER, words)
    return _meaning(Answer.MESSAGE_REFUSED, words)


def _of_provider(error: BaseException) -> Meaning:
    """Judge what a provider's interface answered (anymail's exceptions)."""
    from anymail import exceptions  # noqa: PLC0415 - only where a provider is used

    if isinstance(error, exceptions.AnymailRecipientsRefused):
        return _meaning(Answer.ADDRESS_REFUSED, "the provider refuses this address")
    if isinstance(error, exceptions.AnymailInvalidAddress):
        theirs = str(error).rstrip().endswith(("`to`.", "`to`"))
        return _meaning(
            Answer.ADDRESS_REFUSED if theirs else Answer.MESSAGE_REFUSED,
            "not an e-mail address" if theirs else str(error),
        )
    if isinstance(error, exceptions.AnymailConfigurationError):
        return _meaning(Answer.LATER, str(error), unreachable=True)
    if isinstance(error, exceptions.AnymailAPIError):
        return _of_status(error)
    return _meaning(Answer.MESSAGE_REFUSED, str(error))


def _of_status(error: BaseException) -> Meaning:
    status = _status(error)
    words = str(error).partition("\n")[0]
    if status is None:
        if any(type(cause).__name__ in _NEVER_REACHED for cause in _causes(error)):
            return _meaning(Answer.LATER, words, unreachable=True)
        return _meaning(Answer.DOUBTFUL, words)
    words = f"{status} {words}"
    if status in _NOT_LET_IN:
        return _meaning(Answer.LATER, words, unreachable=True)
    if status in _NOT_NOW:
        return _meaning(Answer.LATER, words)
    if _TEMPORARY <= status < _PERMANENT:
        return _meaning(Answer.MESSAGE_REFUSED, words)
    return _meaning(Answer.DOUBTFUL, words)


def _status(error: BaseException) -> int | None:
    """Return the HTTP status; Amazon's client has it in the exception that came before."""
    status = getattr(error, "status_code", None)
    if status is None:
        answer = getattr(error.__cause__, "response", None)
        if isinstance(answer, dict):
            status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode")
    return int(status) if status is not None else None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Walk through all that an exception was made of."""
    seen: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, BaseException) or one in seen:
            continue
        seen.append(one)
        yield one
        waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]


def _enhanced(said: bytes | str) -> tuple[int, int] | None:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    found = _ENHANCED.search(text)
    return (int(found[2]), int(found[3])) if found else None


def _said(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {text}"


def _meaning(answer: Answer, words: str, *, unreachable: bool = False) -> Meaning:
    line = one_line(words, limit=WORDS_LIMIT)
    return Meaning(answer=answer, words=line, unreachable=unreachable)
