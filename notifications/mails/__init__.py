"""The mails: one named builder each, all asked for through ``message_for``.

Those that remind stand in ``BUILDERS``, letters to people outside in ``outside.WRITERS``, what
followers of a top ten get in ``followers.WRITERS``, and what the national office writes in
``office``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from django.core.mail import EmailMultiAlternatives
from django.utils import translation

from notifications.enums import ReminderState
from notifications.mails import digest, followers, letters, office, outside
from notifications.mails.facts import load
from notifications.models import Delivery, Reminder

__all__ = ["BUILDERS", "message_for"]

Builder = Callable[..., EmailMultiAlternatives | None]

BUILDERS: Final[Mapping[str, Builder]] = {
    "digest": digest.build,
    "milestone_assigned": letters.milestone_assigned,
    "verdict_dealt": letters.verdict_dealt,
    "meeting_invited": letters.meeting_invited,
    "meeting_moved": letters.meeting_moved,
    "meeting_cancelled": letters.meeting_cancelled,
}
"""``Delivery.mail`` → who writes it."""


def message_for(
    *, delivery: Delivery, reminders: Sequence[Reminder], today: date
) -> EmailMultiAlternatives | None:
    """Return a mail as it is to be sent, in its reader's language; ``None``: nothing left to say.

    Everything is read anew, so the mail tells the truth of the day on which it leaves. The number
    of queries does not grow with the number of reminders.

    Args:
        delivery: which mail, to whom; its key makes the Message-ID.
        reminders: what it tells; withdrawn ones are left out.
        today: the product's day.

    Raises:
        KeyError: no mail has this name.
        core.mail.BadAddress: the reader's address is none.
    """
    reader = delivery.recipient
    if delivery.message_id is not None:
        return office.message_for(delivery=delivery, today=today)
    if delivery.bulletin_id is not None:
        return followers.message_for(delivery=delivery)
    if reader is None:
        return outside.message_for(delivery=delivery, today=today)
    build = BUILDERS[delivery.mail]
    told = [row for row in reminders if row.state != ReminderState.WITHDRAWN]
    with translation.override(reader.language):
        facts = load(reader=reader, reminders=told, today=today)
        return build(delivery=delivery, facts=facts) if facts.reminders else None
