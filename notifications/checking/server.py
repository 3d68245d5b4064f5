"""Whether the mail server lets us in, over a safe line, and takes our sender and recipient."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509

from core.mail_answers import meaning
from core.masking import mask
from notifications.checking.finding import Finding, Level, advice, good, unseen, wrong

PATIENCE = 10.0
# A certificate that ends within this time ends before somebody looks again.
SOON = timedelta(days=14)
_TAKEN = range(200, 300)
_LATER = range(400, 500)


@dataclass(frozen=True, kw_only=True)
class Account:
    """How mail is handed over: the settings that ``EMAIL_URL`` gives."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool


def look(*, account: Account, sender: str, recipient: str, now: datetime) -> Iterator[Finding]:
    """Talk to the mail server up to the point where a mail would begin; nothing is sent.

    Args:
        account: how we come in.
        sender: the bare address of the sender (of the envelope).
        recipient: a bare address.
        now: the machine's moment, for the certificate.
    """
    where = f"{account.host}:{account.port}"
    try:
        talk = _connected(account, ssl.create_default_context())
    except ssl.SSLError as error:
        yield from _bad_line(account, error, now=now)
        return
    except (OSError, smtplib.SMTPException) as error:
        yield _no_connection(where, error)
        return
    with talk:
        yield good(f"The mail server {where} answers.")
        try:
            yield from _line(talk, now=now)
            yield from _conversation(account, talk, sender, recipient)
        except (OSError, smtplib.SMTPException) as error:
            yield wrong(
                f"The mail server ended the conversation: {_words(error)}.",
                "Try again; if it stays, ask your mail provider.",
            )


def _connected(account: Account, context: ssl.SSLContext) -> smtplib.SMTP:
    if account.tls:
        return smtplib.SMTP_SSL(account.host, account.port, timeout=PATIENCE, context=context)
    talk = smtplib.SMTP(account.host, account.port, timeout=PATIENCE)
    try:
        talk.ehlo_or_helo_if_needed()
        if account.starttls:
            talk.starttls(context=context)
            talk.ehlo()
    except BaseException:
        talk.close()
        raise
    return talk


def _no_connection(where: str, error: Exception) -> Finding:
    if isinstance(error, socket.gaierror):
        return unseen(
            f"The mail server {where} could not be found: this name leads nowhere from here.",
            "Look for a typing error in EMAIL_URL, and whether this machine has internet.",
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return wrong(
            f"The mail server {where} offers no STARTTLS.",
            "Take the port for submission (587), or write smtp+ssl://…:465 in EMAIL_URL.",
        )
    if isinstance(error, ConnectionRefusedError):
        return wrong(f"Nothing listens at {where}.", "Look at the port in EMAIL_URL (587 or 465).")
    if isinstance(error, smtplib.SMTPException):
        return wrong(f"The mail server {where} refuses us: {_words(error)}.", "Ask your provider.")
    return unseen(
        f"The mail server {where} does not answer: {_words(error)}.",
        "Look at the port in EMAIL_URL, and whether a firewall lets this machine out.",
    )


def _bad_line(account: Account, error: ssl.SSLError, *, now: datetime) -> Iterator[Finding]:
    """Tell what is the matter with a certificate, by looking at it without trusting it."""
    reason = getattr(error, "verify_message", "") or error.reason or str(error)
    yield wrong(
        f"The line to {account.host} is not safe, so nothing will be sent: {reason}.",
        "Use the name that stands in the certificate, or have it renewed.",
    )
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    try:
        with _connected(account, trusting) as talk:
            yield from _line(talk, now=now)
    except (OSError, smtplib.SMTPException):
        return


def _line(talk: smtplib.SMTP, *, now: datetime) -> Iterator[Finding]:
    sock = talk.sock
    if not isinstance(sock, ssl.SSLSocket):
        yield wrong(
            "The line to the mail server is open: whoever is in between reads passwords and mails.",
            "Write smtp+tls://…:587 or smtp+ssl://…:465 in EMAIL_URL.",
        )
        return
    yield good(f"The line is safe ({sock.version()}).")
    raw = sock.getpeercert(binary_form=True)
    if not raw:
        return
    certificate = x509.load_der_x509_certificate(raw)
    ends = certificate.not_valid_after_utc
    sentence = f"The certificate is for {_names(certificate)} and ends on {ends:%Y-%m-%d}."
    if ends <= now:
        yield wrong(sentence, "It has ended: have it renewed.")
    elif ends <= now + SOON:
        yield advice(sentence, "That is soon: have it renewed.")
    else:
        yield good(sentence)


def _names(certificate: x509.Certificate) -> str:
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return certificate.subject.rfc4514_string()
    return ", ".join(found.value.get_values_for_type(x509.DNSName)[:5]) or "no name"


def _conversation(
    account: Account, talk: smtplib.SMTP, sender: str, recipient: str
) -> Iterator[Finding]:
    if account.user:
        try:
            talk.login(account.user, account.password)
        except smtplib.SMTPException as error:
            yield wrong(
                f"The mail server does not let us in: {_words(error)}.",
                "Look at the name and password in EMAIL_URL (with %40 for @).",
            )
            return
        yield good("Name and password are right.")
    else:
        yield good("The mail server wants no name and password.")
    yield _step(
        talk.mail(sender),
        good=f"{sender} may send.",
        bad=f"The mail server does not let {sender} send",
        do="Use a sender (DEFAULT_FROM_EMAIL) that belongs to this account.",
    )
    yield _step(
        talk.rcpt(recipient),
        good=f"A mail to {recipient} would be taken.",
        bad=f"The mail server refuses mail to {recipient}",
        do="Look at the address; if it is right, ask your provider whether you may send there.",
    )
    talk.rset()


def _step(reply: tuple[int, bytes], *, good: str, bad: str, do: str) -> Finding:
    code, words = reply
    if code in _TAKEN:
        return Finding(level=Level.GOOD, sentence=good)
    said = f"{bad}: {code} {mask(words.decode(errors='replace'))[:200]}."
    return unseen(said, "Try again in some minutes.") if code in _LATER else wrong(said, do)


def _words(error: Exception) -> str:
    return mask(meaning(error).words).rstrip(".")
