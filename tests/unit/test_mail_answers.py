"""What each exception of a mail backend means."""

from __future__ import annotations

import smtplib
import socket
import ssl
from typing import Any

import pytest
import requests
from anymail import exceptions
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import BadHeaderError
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError

from core.mail import BadAddress
from core.mail_answers import (
    Answer,
    LostAfter,
    LostBefore,
    NoConversation,
    certainly_not_taken,
    meaning,
)

LATER, DOUBTFUL = Answer.LATER, Answer.DOUBTFUL
ADDRESS, MESSAGE = Answer.ADDRESS_REFUSED, Answer.MESSAGE_REFUSED


def refused(code: int, said: str) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"joke@voorbeeld.nl": (code, said.encode())})


@pytest.mark.parametrize(
    ("code", "said", "answer"),
    [
        (550, "5.1.1 no such user", ADDRESS),
        (550, "no such user here", ADDRESS),
        (553, "5.1.3 bad syntax", ADDRESS),
        (551, "user not local", ADDRESS),
        (550, "5.2.1 mailbox switched off", ADDRESS),
        (421, "4.3.2 closing", LATER),
        (450, "4.2.0 greylisted", LATER),
        (452, "4.2.2 full", LATER),
        # Permanent by its number, yet a mailbox is emptied one day.
        (552, "5.2.2 mailbox full", LATER),
        # It is our server that is refused: the address may be fine.
        (554, "5.7.1 192.0.2.7 is on a list", MESSAGE),
        (550, "5.7.26 no DMARC", MESSAGE),
        (550, "5.4.1 relay access denied", MESSAGE),
        # Our account at the server.
        (530, "5.7.0 authentication required", LATER),
        (-1, "?", LATER),
    ],
)
def test_the_answer_about_a_recipient(code: int, said: str, answer: Answer) -> None:
    assert meaning(refused(code, said)).answer is answer


def test_a_number_in_the_words_is_no_status() -> None:
    assert meaning(refused(550, "host 10.5.7.1 says no such user")).answer is ADDRESS


@pytest.mark.parametrize(
    ("error", "answer", "unreachable"),
    [
        (smtplib.SMTPSenderRefused(451, b"later", "a@b.nl"), LATER, False),
        (smtplib.SMTPSenderRefused(553, b"5.1.8 who", "a@b.nl"), MESSAGE, False),
        (smtplib.SMTPSenderRefused(530, b"sign in first", "a@b.nl"), LATER, True),
        (smtplib.SMTPDataError(421, b"closing"), LATER, False),
        (smtplib.SMTPDataError(451, b"later"), LATER, False),
        (smtplib.SMTPDataError(552, b"5.3.4 too big"), MESSAGE, False),
        (smtplib.SMTPDataError(554, b"5.7.1 spam"), MESSAGE, False),
        (smtplib.SMTPDataError(550, b"5.1.1 no such user"), ADDRESS, False),
        (smtplib.SMTPDataError(552, b"5.2.2 full"), LATER, False),
        (smtplib.SMTPDataError(-1, b"gibberish"), DOUBTFUL, False),
        (smtplib.SMTPConnectError(554, b"no mail here"), LATER, True),
        (smtplib.SMTPHeloError(550, b"who"), LATER, True),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), LATER, True),
        (smtplib.SMTPNotSupportedError("no STARTTLS"), LATER, True),
        (NoConversation("away"), LATER, True),
        (LostBefore("gone"), LATER, False),
        (LostAfter("gone"), DOUBTFUL, False),
        (ConnectionRefusedError(111, "refused"), LATER, True),
        (socket.gaierror(-2, "no such host"), LATER, True),
        (ssl.SSLCertVerificationError("expired"), LATER, True),
        (ImproperlyConfigured("no key"), LATER, True),
        (BadAddress("x"), ADDRESS, False),
        (BadHeaderError("line break"), MESSAGE, False),
        (UnicodeEncodeError("ascii", "é", 0, 1, "no"), MESSAGE, False),
        # Django's own backend raises these before and after alike.
        (smtplib.SMTPServerDisconnected("gone"), DOUBTFUL, False),
        (TimeoutError("timed out"), DOUBTFUL, False),
        (RuntimeError("what is this"), DOUBTFUL, False),
    ],
)
def test_every_other_exception(error: Exception, answer: Answer, *, unreachable: bool) -> None:
    found = meaning(error)
    assert (found.answer, found.unreachable) == (answer, unreachable)


def status(code: int) -> exceptions.AnymailRequestsAPIError:
    response = requests.Response()
    response.status_code = code
    response.reason = "because"
    response._content = b'{"message": "joke@voorbeeld.nl"}'
    return exceptions.AnymailRequestsAPIError("sending failed", response=response)


@pytest.mark.parametrize(
    ("code", "answer", "unreachable"),
    [
        (400, MESSAGE, False),
        (413, MESSAGE, False),
        (422, MESSAGE, False),
        (401, LATER, True),
        (402, LATER, True),
        (403, LATER, True),
        (404, LATER, True),
        (408, LATER, False),
        (429, LATER, False),
        (503, LATER, False),
        (500, DOUBTFUL, False),
        (502, DOUBTFUL, False),
        (504, DOUBTFUL, False),
    ],
)
def test_the_status_of_a_provider(code: int, answer: Answer, *, unreachable: bool) -> None:
    found = meaning(status(code))
    assert (found.answer, found.unreachable) == (answer, unreachable)
    # Only the first line: the provider's whole answer repeats addresses.
    assert found.words == f"{code} sending failed"


def caused(cause: BaseException) -> exceptions.AnymailRequestsAPIError:
    error = exceptions.AnymailRequestsAPIError("could not talk to the provider")
    error.__cause__ = cause
    return error


def test_a_provider_that_was_never_reached_and_one_that_went_silent() -> None:
    refused_there = requests.ConnectionError(
        MaxRetryError(None, "/", NewConnectionError(None, "refused"))  # type: ignore[arg-type]
    )
    found = meaning(caused(refused_there))
    assert (found.answer, found.unreachable) == (LATER, True)
    assert meaning(caused(requests.ConnectionError(ProtocolError("reset")))).answer is DOUBTFUL
    assert meaning(caused(requests.ReadTimeout("slow"))).answer is DOUBTFUL


def test_the_other_exceptions_of_providers() -> None:
    to = "Invalid email address 'x' parsed from 'x' in `to`."
    sender = "Invalid email address 'x' parsed from 'x' in `from_email`."
    assert meaning(exceptions.AnymailRecipientsRefused()).answer is ADDRESS
    assert meaning(exceptions.AnymailInvalidAddress(to)).answer is ADDRESS
    assert meaning(exceptions.AnymailInvalidAddress(sender)).answer is MESSAGE
    assert meaning(exceptions.AnymailUnsupportedFeature("no")).answer is MESSAGE
    assert meaning(exceptions.AnymailCancelSend("no")).answer is MESSAGE
    missing = meaning(exceptions.AnymailConfigurationError("no key"))
    assert (missing.answer, missing.unreachable) == (LATER, True)


def test_amazon_tells_its_status_in_the_exception_before() -> None:
    class ClientError(Exception):
        response: Any = {"ResponseMetadata": {"HTTPStatusCode": 429}}

    error = exceptions.AnymailAPIError("throttled")
    error.__cause__ = ClientError()
    assert meaning(error).answer is LATER


def test_what_the_server_said_is_one_short_line() -> None:
    found = meaning(refused(550, "no\r\nBcc: x@y.nl\x00\u202e" + "x" * 1000))
    assert found.words.startswith("550 no Bcc: x@y.nl x")
    assert len(found.words) == 300


def test_before_there_is_a_conversation_nothing_is_in_doubt() -> None:
    found = certainly_not_taken(RuntimeError("x"))
    assert (found.answer, found.unreachable) == (LATER, True)
