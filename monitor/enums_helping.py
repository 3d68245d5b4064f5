"""The closed lists of helping branches, and of what they do together."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CallOutcome(models.TextChoices):
    """What came of a call."""

    SPOKEN = "spoken", pgettext_lazy("call", "spoken with")
    NO_ANSWER = "no_answer", pgettext_lazy("call", "nobody answered")
    CALL_BACK = "call_back", pgettext_lazy("call", "they call back")
    WRONG_PERSON = "wrong_person", pgettext_lazy("call", "not the right person")


class HelpState(models.TextChoices):
    """Whose turn it is with a request for help."""

    WAITING = "waiting", pgettext_lazy("help", "waits for an answer")
    ANSWERED = "answered", pgettext_lazy("help", "answered")
    CLOSED = "closed", pgettext_lazy("help", "closed")


class ActivityKind(models.TextChoices):
    """The three kinds of activity (R54)."""

    TRAINING = "training", _("training")
    CAMPAIGN = "campaign", _("campaign activity")
    COMMITTEES = "committees", _("for programme and candidate committees")


class Layer(models.TextChoices):
    """In which layer of government somebody knows the way (R52)."""

    MUNICIPALITY = "municipality", _("municipality")
    PROVINCE = "province", _("province")
    WATER_BOARD = "water_board", _("water board")
    NATIONAL = "national", _("national government")
    EUROPE = "europe", _("Europe")
