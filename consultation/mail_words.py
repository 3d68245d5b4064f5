"""What is told about mail, in plain words; stored in the language of the installation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultation.mailreading.values import Automatic, Gone
from core.imap import Trouble

TROUBLES: dict[Trouble, str | Promise] = {
    Trouble.HOST: _(
        "There is no mail server of this name. Look at your provider’s help for “IMAP server”."
    ),
    Trouble.PRIVATE: _(
        "This name leads to a machine that is not on the internet. Fill in the provider’s server."
    ),
    Trouble.NO_ANSWER: _(
        "The mail server does not answer. We try again by ourselves; if it stays so, look at the "
        "server’s name."
    ),
    Trouble.CERTIFICATE: _(
        "The mail server cannot show that it is the one you named. Fill in the name exactly as "
        "your provider writes it."
    ),
    Trouble.NO_TLS: _(
        "The mail server does not offer a safe connection this way. Choose the other one."
    ),
    Trouble.PASSWORD: _(
        "The mail server does not take this user name and password. Many providers want an app "
        "password here."
    ),
    Trouble.FOLDER: _("There is no folder of this name. INBOX is always there."),
    Trouble.TALK: _(
        "The mail server answered something that we do not understand. We try again by ourselves."
    ),
}

FORGOTTEN = _("We cannot read the stored password any more. Give it once more.")
NO_ROOM = _("There was no room to keep a mail. We try again by ourselves.")

GONE: dict[Gone, str | Promise] = {
    Gone.PICTURE: _("This picture could not be read, so it is not kept here."),
    Gone.TOO_LARGE: _("Larger than 10 MB, so it is not kept here."),
    Gone.TOO_MANY: _("Too many files came with this mail, so this one is not kept here."),
    Gone.NOT_FETCHED: _("The mail was too large. The file is still in the mailbox."),
    Gone.MAIL: _("A mail that was sent along. Its text is kept."),
    Gone.BROKEN: _("This packed file could not be opened, so it is not kept here."),
}

AUTOMATIC: dict[Automatic, str | Promise] = {
    Automatic.REPLY: _("An automatic answer."),
    Automatic.BOUNCE: _("A report of a mail that did not arrive."),
    Automatic.PROGRAM: _("Written by a program."),
}

OWN = _("A mail of this program itself.")
NOT_READ = _("This mail could not be read. It is still in the mailbox.")
NO_TEXT = _("(A mail without text.)")
ONLY_FILES = _("(A mail without text. Look at what came with it.)")
UNREADABLE = _("(This mail could not be read. The mail itself is kept as a file beside it.)")
GOES_ON = _("(This mail is longer. All of its text is kept as a file beside it.)")
ALL_TEXT = _("the whole text")
NAMELESS = _("file without a name")

NO_MAIL = _("This is no mail. Save the mail as .eml and try again.")
OUTLOOK = _("This is a mail of Outlook (.msg). Drag it into a folder as .eml, or forward it.")


@contextmanager
def of_the_house() -> Iterator[None]:
    """Write what will be stored in the language of the installation, whoever asked for it."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
