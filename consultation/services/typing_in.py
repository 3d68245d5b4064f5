"""Taking in what a volunteer types in for others, by a channel that is made ready if needed."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches.models import User
from consultation.enums import ChannelKind
from consultation.models import Channel, Consultation, Contribution
from consultation.services import channels
from consultation.services.receiving import Incoming, receive
from core.refusal import Refused


@transaction.atomic
def type_in(
    *,
    consultation: Consultation,
    channel: Channel | ChannelKind,
    incoming: Incoming,
    by: User,
    today: date,
) -> Contribution:
    """Take in what somebody said elsewhere; sent twice with one ``submission``, it is there once.

    Args:
        consultation: whose.
        channel: by which it came; a kind where there is none yet: it is added and opened (R20). One
            that was closed stays closed: the paper note may be from before.
        incoming: what and who.
        by: who types.
        today: the day.

    Raises:
        Refused: see ``receiving.receive`` and ``channels.add``.
    """
    if isinstance(channel, ChannelKind):
        channel = channels.ready(consultation=consultation, kind=channel, by=by, today=today)
    elif channel.opened_on is None:
        channel = channels.open_channel(channel=channel, by=by, today=today)
    row = receive(consultation=consultation, channel=channel, incoming=incoming, by=by, today=today)
    if row.consultation_id != consultation.pk:
        # The number of somebody else's form tells nothing about what it brought in.
        raise Refused(_("This form was used already. Open a new one."))
    return row
