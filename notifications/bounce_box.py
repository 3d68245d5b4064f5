"""The mailbox where reports of mails that did not arrive come in, over IMAP."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import unquote, urlsplit

from imap_tools import AND, BaseMailBox
from imap_tools.errors import ImapToolsError

from core import imap
from core.imap import Place, Safety
from notifications.rules.bounces import LARGEST

log = logging.getLogger(__name__)

PATIENCE: Final = 20.0
# A run reads so many; the next one comes ten minutes later.
MOST: Final = 200
_PORTS: Final = {"imaps": 993, "imap+tls": 143, "imap": 143}
_SAFETY: Final = {"imaps": Safety.TLS, "imap+tls": Safety.STARTTLS, "imap": Safety.OPEN}


class BadBox(ValueError):
    """The address of the mailbox cannot be read; the text says what it looks like."""


@contextmanager
def opened(url: str) -> Iterator[BaseMailBox]:
    """Sign in at ``imaps://user:password@host[:port][/folder]`` and select the folder.

    ``imap+tls://`` begins openly and turns to TLS; ``imap://`` stays open and is for this machine.

    Raises:
        BadBox: this is no such address.
        OSError, imap_tools' and imaplib's errors: the mailbox cannot be read now.
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or not parts.username:
        raise BadBox("BOUNCE_IMAP_URL looks like imaps://user:password@host/INBOX")
    place = Place(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        safety=_SAFETY[parts.scheme],
        username=unquote(parts.username),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )
    # Who runs this server says where its mailbox is: that may well be a machine beside it.
    password = unquote(parts.password or "")
    with imap.opened(place, password=password, patience=PATIENCE, private=True) as box:
        yield box


def unread(box: BaseMailBox) -> Iterator[tuple[str, bytes]]:
    """Return the mails that nobody has read: number and first bytes, the oldest first.

    A mail is asked for up to ``LARGEST`` bytes and stays unread until ``read`` says otherwise.
    """
    for uid in box.uids(AND(seen=False))[:MOST]:
        answer, data = box.client.uid("fetch", uid, f"(BODY.PEEK[]<0.{LARGEST}>)")
        if answer != "OK":
            log.warning("a mail in the bounce mailbox could not be read: %s", answer)
            continue
        yield uid, b"".join(part[1] for part in data if isinstance(part, tuple))[:LARGEST]


def mark_read(box: BaseMailBox, uid: str) -> None:
    """Leave a mail where it is, as read: people may want to look at it.

    Raises:
        ImapToolsError: the server does not do it; the mail comes by again.
    """
    # Not the library's own flag(), which also empties the waste bin of whoever uses the mailbox.
    answer, _data = box.client.uid("store", uid, "+FLAGS", r"(\Seen)")
    if answer != "OK":
        raise ImapToolsError(f"a mail cannot be marked as read: {answer}")
