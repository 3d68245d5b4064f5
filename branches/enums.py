"""The closed lists of this room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is in a branch; one person can be several things at once."""

    BOARD = "board", _("board")
    COMMITTEE = "committee", _("programme committee")
    COUNCIL_GROUP = "council_group", _("council group")
    MEMBER = "member", _("member")


class SchoolRegion(models.TextChoices):
    """The three regions of the Dutch school holidays."""

    NORTH = "noord", _("North")
    MIDDLE = "midden", _("Middle")
    SOUTH = "zuid", _("South")
