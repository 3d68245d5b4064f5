"""The closed lists of this room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sort(models.TextChoices):
    """In which order the threads lie; the values stand in the address bar."""

    CALL = "bellen", _("who needs a call first")
    NAME = "naam", _("name of the branch")
    PROVINCE = "provincie", _("province")
    ACTIVITY = "actief", _("longest quiet first")


class Stretch(models.TextChoices):
    """Which part of the way is drawn; the values stand in the address bar."""

    WAY = "weg", _("to the election")
    DELIVERY = "waarmaken", _("after the election")
