"""The closed lists of this room."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a person can have or not have, per branch: one click stops one kind."""

    DEADLINES = "deadlines", _("deadlines of milestones")
    MEETINGS = "meetings", _("meetings")
    ASSIGNMENTS = "assignments", _("work that is given to you")
    PEOPLE = "people", _("invitations and addresses")
    WEEKLY = "weekly", _("the week in short")
    INPUT = "input", _("input from outside")
    TEN = "ten", _("the top ten")
    OFFICE = "office", _("mails of the national office")


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


class MessageKind(models.TextChoices):
    """Why the national office writes to somebody."""

    # Encourages; to one person never twice a week.
    NUDGE = "nudge", pgettext_lazy("message", "encouragement")
    # Belongs to a question: asked for, so nobody can stop it.
    HELP = "help", pgettext_lazy("message", "answer to a question")
    NEWS = "news", pgettext_lazy("message", "news")
    BASE = "base", pgettext_lazy("message", "update of the base programme")


class Spare(models.TextChoices):
    """Why somebody gets no message."""

    INACTIVE = "inactive", pgettext_lazy("spared", "has no account any more")
    REFUSED = "refused", pgettext_lazy("spared", "the address does not work")
    LEFT = "left", pgettext_lazy("spared", "has no role in the branch any more")
    STOPPED = "stopped", pgettext_lazy("spared", "does not want mails of the national office")
    PAUSED = "paused", pgettext_lazy("spared", "asked for no mail for a while")
    RECENT = "recent", pgettext_lazy("spared", "was encouraged less than a week ago")
    TWICE = "twice", pgettext_lazy("spared", "gets it for another branch already")


LEFT_BEHIND: Final = (DeliveryState.REFUSED, DeliveryState.PARKED)
"""Mails with which nothing happens until a person does something."""
