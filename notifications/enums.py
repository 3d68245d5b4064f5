"""The closed lists of this room."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a person can have or not have, per branch: one click stops one kind."""

    DEADLINES = "deadlines", _("deadlines of milestones")
    MEETINGS = "meetings", _("meetings")
    ASSIGNMENTS = "assignments", _("work that is given to you")
    PEOPLE = "people", _("invitations and addresses")
    WEEKLY = "weekly", _("the week in short")
    INPUT = "input", _("input from outside")
    TEN = "ten", _("the top ten")


class ReminderState(models.TextChoices):
    """What became of a reminder."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    # Its cause is gone: done, moved, handed over, left. It waits again if the cause comes back.
    WITHDRAWN = "withdrawn", _("withdrawn")


class DeliveryState(models.TextChoices):
    """How far a mail is."""

    WAITING = "waiting", _("waiting")
    # Handed to the mail server by a worker that holds the lease; nobody knows yet how it went.
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    # The mail server refused the address for good.
    REFUSED = "refused", _("address refused")
    # Three times nobody knows whether it arrived: a person looks.
    PARKED = "parked", _("needs a look")
    WITHDRAWN = "withdrawn", _("withdrawn")


LEFT_BEHIND: Final = (DeliveryState.REFUSED, DeliveryState.PARKED)
"""Mails with which nothing happens until a person does something."""
