"""``python manage.py check_mail ADDRESS``: tell whether mail from here can arrive there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.smtp import EmailBackend
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from core.mail_answers import meaning
from core.masking import mask
from notifications.checking import domain, server
from notifications.checking.finding import Finding, Level, good, unseen, wrong
from notifications.checking.names import Names

SOMETHING_WRONG, NOT_ALL_SEEN = 1, 3
PORT = 53


class Command(BaseCommand):
    help = (
        "Tell, as far as it can be seen from this machine, whether mail arrives at ADDRESS: "
        "connection, TLS, sign-in, sender, SPF, DKIM, DMARC, MX and PTR. "
        "Exit code 0: nothing wrong; 1: something is wrong; 3: not everything could be seen."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--send", action="store_true", help="really send a test mail")
        parser.add_argument(
            "--selector", action="append", default=[], help="name of the DKIM key (repeatable)"
        )
        parser.add_argument(
            "--nameserver", default="", metavar="IP[:PORT]", help="whom to ask about domains"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        address = options["address"]
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError(f"{address!r} is no e-mail address.", returncode=2) from error
        host, _colon, port = options["nameserver"].partition(":")
        if port and not port.isdecimal():
            raise CommandError("--nameserver is an IP address, or one with a port.", returncode=2)
        names = Names(server=host, port=int(port or PORT))
        levels = set()
        for finding in self._findings(address, names, options):
            levels.add(finding.level)
            self._tell(finding)
        if Level.WRONG in levels:
            sys.exit(SOMETHING_WRONG)
        if Level.UNSEEN in levels:
            sys.exit(NOT_ALL_SEEN)

    def _findings(self, address: str, names: Names, options: dict[str, Any]) -> Iterator[Finding]:
        sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        envelope = parseaddr(settings.BOUNCE_ADDRESS)[1] or sender
        smtp = isinstance(mail.get_connection(), EmailBackend)
        if smtp:
            yield from server.look(
                account=_account(), sender=envelope, recipient=address, now=timezone.now()
            )
        elif settings.EMAIL_BACKEND.startswith("anymail."):
            yield unseen(
                f"Mail goes through a provider ({settings.EMAIL_BACKEND.split('.')[2]}): "
                "its key can only be tried by sending.",
                "" if options["send"] else "Run this again with --send.",
            )
        else:
            yield wrong(
                f"This installation sends no mail: {settings.EMAIL_BACKEND} keeps it.",
                "Set EMAIL_URL, and use the production settings.",
            )
        yield from domain.look(
            domain=sender.rpartition("@")[2].lower(),
            names=names,
            server=settings.EMAIL_HOST if smtp else "",
            selectors=options["selector"],
        )
        yield domain.recipient(domain=address.rpartition("@")[2].lower(), names=names)
        if options["send"]:
            yield _send(address)

    def _tell(self, finding: Finding) -> None:
        style = {
            Level.GOOD: self.style.SUCCESS,
            Level.WRONG: self.style.ERROR,
        }.get(finding.level, self.style.WARNING)
        self.stdout.write(f"{style(finding.level.value)}: {finding.sentence}")
        if finding.do:
            self.stdout.write(f"    {finding.do}")


def _account() -> server.Account:
    return server.Account(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        user=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        starttls=settings.EMAIL_USE_TLS,
        tls=settings.EMAIL_USE_SSL,
    )


def _send(address: str) -> Finding:
    message = mail.EmailMessage(
        subject="Rode Draad: proefbericht / test mail",
        body="Dit is een proefbericht van Rode Draad. Je hoeft niets te doen.\n"
        "This is a test mail of Rode Draad. There is nothing that you have to do.\n",
        from_email=settings.BOUNCE_ADDRESS or None,
        to=[address],
        headers={"Auto-Submitted": "auto-generated"}
        | ({"From": settings.DEFAULT_FROM_EMAIL} if settings.BOUNCE_ADDRESS else {}),
    )
    try:
        message.send()
    except Exception as error:  # noqa: BLE001 - whatever a backend raises: its meaning is told
        return wrong(
            f"The test mail was not taken: {mask(meaning(error).words).rstrip('.')}.",
            "The lines above may say why.",
        )
    return good(
        f"A test mail to {address} was taken. Look there, in the spam folder too; in its headers, "
        "Authentication-Results should say spf=pass, dkim=pass and dmarc=pass."
    )
