"""The one way out for mail: templates in, one message out.

A mail ``name`` has three templates: ``mail/<name>.subject.txt``, ``mail/<name>.txt`` and
``mail/<name>.html``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from core.mail_text import wrapped

SUBJECT_CHARACTERS = 150
_SEAL = "core.mail.message_id"
# 64 bits: each guess is a mail to our bounce mailbox.
_SEAL_LENGTH = 16
_UNSAFE_IN_ID = re.compile(r"[^A-Za-z0-9.\-]+")


class BadAddress(ValueError):
    """This is no e-mail address; nothing was sent."""


def absolute(path: str) -> str:
    """Return the full address of a page, for use in a mail."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def host() -> str:
    """Return the name of this site's host, for names in mails."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def message_id(key: str) -> str:
    """Return the same Message-ID for the same key, so that a copy is recognised as one.

    It ends in a seal: reports of mails that did not arrive name it, and anybody can send those. Who
    did not get the mail cannot make up its name.
    """
    return _message_id(key, secret=settings.SECRET_KEY)


def is_message_id(text: str, *, key: str) -> bool:
    """Tell whether a Message-ID is that of the mail with this key, under any secret of today."""
    return any(
        constant_time_compare(text, _message_id(key, secret=str(secret)))
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )


def _message_id(key: str, *, secret: str) -> str:
    seal = salted_hmac(_SEAL, key, secret=secret, algorithm="sha256").hexdigest()
    return f"<{_UNSAFE_IN_ID.sub('-', key)[:120]}.{seal[:_SEAL_LENGTH]}@{host()}>"


def one_line(text: str, *, limit: int = SUBJECT_CHARACTERS) -> str:
    """Return text without line breaks or control characters: no header can be slipped in."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    line = " ".join(printable.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def build(
    *,
    name: str,
    to: str,
    language: str,
    key: str,
    context: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
) -> EmailMultiAlternatives:
    """Build one mail to one person.

    Args:
        name: which mail, see above.
        to: a bare address.
        language: a code from ``LANGUAGES``; subject and texts are rendered in it.
        key: what makes this mail this mail; two mails of the same key have one Message-ID.
        context: for the templates.
        headers: more headers, such as ``List-Unsubscribe``; values are put on one line.

    Raises:
        BadAddress: ``to`` is not an address.
    """
    try:
        validate_email(to)
    except ValidationError as error:
        raise BadAddress(to[:80]) from error
    with translation.override(language):
        values = {
            "site_url": settings.SITE_URL.rstrip("/"),
            "help_contact": settings.HELP_CONTACT,
            "language": language,
            **context,
        }
        subject = one_line(render_to_string(f"mail/{name}.subject.txt", values))
        text = wrapped(render_to_string(f"mail/{name}.txt", values).strip()) + "\n"
        html = render_to_string(f"mail/{name}.html", values)
    # What cannot be delivered comes back to its own mailbox, where that is asked for.
    returned = {"From": settings.DEFAULT_FROM_EMAIL} if settings.BOUNCE_ADDRESS else {}
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        from_email=settings.BOUNCE_ADDRESS or None,
        to=[to],
        headers={
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Message-ID": message_id(key),
            **returned,
            **{header: one_line(value, limit=900) for header, value in (headers or {}).items()},
            **settings.MAIL_PROVIDER_HEADERS,
        },
    )
    message.attach_alternative(html, "text/html")
    return message


def send(
    *,
    name: str,
    to: str,
    language: str,
    key: str,
    context: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
) -> None:
    """Build and send one mail; arguments as for ``build``.

    Raises:
        BadAddress: ``to`` is not an address.
        OSError: the mail server cannot be reached or refuses (``SMTPException`` is one).
    """
    build(name=name, to=to, language=language, key=key, context=context, headers=headers).send()
