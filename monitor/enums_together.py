"""The closed lists of what branches do together that no table holds."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Showing(models.TextChoices):
    """Whether branches see an announcement today."""

    SHOWN = "nu", pgettext_lazy("announcement", "shown now")
    COMING = "straks", pgettext_lazy("announcement", "still to come")
    PAST = "geweest", pgettext_lazy("announcement", "over")
    WITHDRAWN = "ingetrokken", pgettext_lazy("announcement", "withdrawn")


class When(models.TextChoices):
    """Which activities, by time."""

    COMING = "komt", pgettext_lazy("activities", "to come")
    BEEN = "geweest", pgettext_lazy("activities", "have been")


class Whose(models.TextChoices):
    """Which activities, by who makes them."""

    OFFICE = "landelijk", pgettext_lazy("activities", "of the national office")
    BRANCHES = "afdelingen", pgettext_lazy("activities", "of branches")
    ALL = "alles", pgettext_lazy("activities", "of both")
