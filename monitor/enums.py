"""The closed lists of this room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sort(models.TextChoices):
    """In which order the threads lie; the values stand in the address bar."""

    CALL = "bellen", _("who needs a call first")
    NAME = "naam", _("name of the branch")
    PROVINCE = "provincie", _("province")
    ACTIVITY = "actief", _("longest quiet first")
    LATE = "te-laat", _("most milestones late first")


class Look(models.TextChoices):
    """How the branches are shown; the values stand in the address bar."""

    THREADS = "draden", _("as threads")
    GRID = "raster", _("milestone by milestone")


class Standing(models.TextChoices):
    """How a milestone that is looked for stands; the values stand in the address bar."""

    OPEN = "open", pgettext_lazy("milestone", "not done yet")
    LATE = "te-laat", pgettext_lazy("milestone", "late")
    DONE = "klaar", pgettext_lazy("milestone", "done")
    SKIPPED = "vervallen", pgettext_lazy("milestone", "dropped")


class Stretch(models.TextChoices):
    """Which part of the way is drawn; the values stand in the address bar."""

    WAY = "weg", _("to the election")
    DELIVERY = "waarmaken", _("after the election")


class TenState(models.TextChoices):
    """How far a branch is with its top ten; the values stand in the address bar."""

    NONE = "geen", pgettext_lazy("top ten", "not begun")
    CHOOSING = "kiezen", pgettext_lazy("top ten", "being chosen")
    AGREED = "afgesproken", pgettext_lazy("top ten", "agreed")
    ALIVE = "levend", pgettext_lazy("top ten", "alive")
    SILENT = "stil", pgettext_lazy("top ten", "silent")
