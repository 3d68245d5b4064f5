"""The closed lists of this room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeKind(models.TextChoices):
    """What a programme document is to the branch that keeps it."""

    PREVIOUS = "previous", _("previous programme")
    BASE = "base", _("base programme")
    NEIGHBOUR = "neighbour", _("programme of a neighbouring branch")
    DRAFT = "draft", _("draft")
    ADOPTED = "adopted", _("adopted programme")


class ImportState(models.TextChoices):
    """How far a file is on its way into a programme."""

    READING = "reading", _("being read")
    PREVIEW = "preview", _("to be looked at")
    SAVED = "saved", _("saved")
    UNDONE = "undone", _("undone")
    DISCARDED = "discarded", _("thrown away")
    REFUSED = "refused", _("could not be read")


class BaseChoice(models.TextChoices):
    """What a branch did with a measure of a new version of the base programme (R72)."""

    KEEP = "keep", _("kept our own text")
    TAKE = "take", _("took over the new text")
    RETIRE = "retire", _("took it out of our programme")
    ADD = "add", _("took it over into our programme")
    LEAVE = "leave", _("not for us")
