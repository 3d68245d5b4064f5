"""Looking into the bounce mailbox, every ten minutes (see the setting ``JOB_HANDLERS``)."""

from __future__ import annotations

import imaplib
import logging

from django.conf import settings
from django.utils import timezone
from imap_tools.errors import ImapToolsError

from core import clock
from core.masking import mask
from jobs.services import outside_transaction
from notifications import bounce_box
from notifications.rules.bounces import read
from notifications.services.bounces import record_reported

log = logging.getLogger(__name__)


@outside_transaction
def bounces() -> None:
    """Read what came in and flag the addresses that do not work.

    A mailbox that cannot be read is told in the log and tried again the next time; work would only
    be parked by it.
    """
    if not settings.BOUNCE_IMAP_URL:
        return
    looked_at = flagged = 0
    try:
        with bounce_box.opened(settings.BOUNCE_IMAP_URL) as box:
            for uid, raw in bounce_box.unread(box):
                # Acted on before it counts as read: dying in between does it twice, not never.
                flagged += record_reported(
                    bounces=read(raw), now=timezone.now(), today=clock.today()
                )
                bounce_box.mark_read(box, uid)
                looked_at += 1
    except (OSError, ImapToolsError, imaplib.IMAP4.error, bounce_box.BadBox) as error:
        log.warning("the bounce mailbox cannot be read: %s", mask(str(error))[:200])
    if looked_at:
        log.info("bounces: %s mails read, %s addresses do not work", looked_at, flagged)
