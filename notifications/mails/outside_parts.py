"""What a mail to somebody outside consists of, and how it greets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Final

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import EmailMultiAlternatives
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultation.models import Letter, Mailbox
from core import mail
from notifications.mails.parts import shown

SENDER: Final = 60
"""So many signs of a branch's name stand before the sender's address."""
# A first name: letters, and what stands within names. Nothing that could be a link or a message.
_NAME: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LONGEST_NAME: Final = 30
_SHORTEST_NAME: Final = 2
# They begin a name and are none.
_TITLES: Final = frozenset(
    {"de", "het", "fam", "familie", "dhr", "mw", "mevr", "mevrouw", "meneer", "the", "mr", "mrs"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """What to do in one tap."""

    words: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one thing.

    Attributes:
        about: which of several things; empty when there is one.
        status: what was done with it, as a sentence.
        why: the reason, where one was given.
        answer: what the branch wrote; keeps its line breaks.
        measures: the sentences of the programme, where everybody may read it.
        programme: where it stands, and who still decides, as sentences.
    """

    status: str
    about: str = ""
    why: str = ""
    answer: str = ""
    measures: tuple[str, ...] = ()
    programme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideMail:
    """A mail to somebody outside. Texts as in ``notifications.mails.parts``.

    Attributes:
        branch: whose mail it is, at the top.
        quotes: how what they wrote begins.
        heading: above what follows.
        steps: what happens now, or what is good to know.
        outcomes: what became of it.
        why: why the mail came.
        kept: until when the details are kept; may be empty.
        forget: where these are removed.
    """

    subject: str
    branch: str
    hello: str
    opening: str
    heading: str
    why: str
    kept: str
    forget: str
    quotes: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    button: Button | None = None


def greeting(name: str) -> str:
    """Greet by the first name, if what was filled in begins with something that can be one."""
    first = shown(name).partition(" ")[0]
    is_name = (
        _SHORTEST_NAME <= len(first) <= _LONGEST_NAME
        and _NAME.fullmatch(first) is not None
        and first.casefold() not in _TITLES
    )
    return _("Hello %(name)s,") % {"name": first} if is_name else _("Hello,")


def reply_address(letter: Letter) -> str:
    """Return the branch's mailbox for input; empty when there is none that is read."""
    try:
        box: Mailbox = letter.contributor.consultation.mailbox
    except ObjectDoesNotExist:
        return ""
    return box.address if box.active else ""


def say_who(message: EmailMultiAlternatives, branch: str) -> None:
    """Let the branch's name stand with the sender: who reads it never heard of us."""
    product, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    name = mail.one_line(f"{capfirst(branch)} · {product}" if product else branch, limit=SENDER)
    sender = formataddr((name, address))
    if "From" in message.extra_headers:
        message.extra_headers["From"] = sender
    else:
        message.from_email = sender
