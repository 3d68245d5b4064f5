"""The closed lists of this room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluation.rules import verdict


class Verdict(models.TextChoices):
    """What came of a promise. Not assessed is a value of its own and never counts as not delivered.

    The order is that of the keys 1–6 on the desk.
    """

    DELIVERED = verdict.Verdict.DELIVERED.value, pgettext_lazy("verdict", "delivered")
    PARTLY = verdict.Verdict.PARTLY.value, pgettext_lazy("verdict", "partly delivered")
    UNDER_WAY = verdict.Verdict.UNDER_WAY.value, pgettext_lazy("verdict", "still under way")
    NOT_DELIVERED = verdict.Verdict.NOT_DELIVERED.value, pgettext_lazy("verdict", "not delivered")
    NOT_TESTABLE = verdict.Verdict.NOT_TESTABLE.value, pgettext_lazy("verdict", "cannot be tested")
    NOT_ASSESSED = verdict.Verdict.NOT_ASSESSED.value, pgettext_lazy("verdict", "not yet assessed")


class Reason(models.TextChoices):
    """Why a promise was not, or not wholly, delivered."""

    NO_MAJORITY = verdict.Reason.NO_MAJORITY.value, pgettext_lazy("reason", "no majority")
    NO_MONEY = verdict.Reason.NO_MONEY.value, pgettext_lazy("reason", "no money")
    NO_PRIORITY = verdict.Reason.NO_PRIORITY.value, pgettext_lazy("reason", "not given priority")
    CHANGED_VIEW = verdict.Reason.CHANGED_VIEW.value, pgettext_lazy("reason", "we changed our view")
    NOT_MUNICIPAL = (
        verdict.Reason.NOT_MUNICIPAL.value,
        pgettext_lazy("reason", "not up to the municipality"),
    )
    OVERTAKEN = verdict.Reason.OVERTAKEN.value, pgettext_lazy("reason", "overtaken by events")


class Timing(models.TextChoices):
    """Whether it came when it was promised."""

    UNKNOWN = verdict.Timing.UNKNOWN.value, pgettext_lazy("timing", "not said")
    ON_TIME = verdict.Timing.ON_TIME.value, pgettext_lazy("timing", "on time")
    LATE = verdict.Timing.LATE.value, pgettext_lazy("timing", "late")


class CarryOver(models.TextChoices):
    """Whether a promise goes on: a decision apart from the verdict (R40)."""

    OPEN = "open", pgettext_lazy("carry-over", "still to decide")
    CARRY = "carry", pgettext_lazy("carry-over", "carried over")
    DROP = "drop", pgettext_lazy("carry-over", "dropped")


class EvidenceKind(models.TextChoices):
    """What shows that a verdict is right."""

    LINK = "link", _("link")
    COUNCIL_DOCUMENT = "council", _("council document")
    NOTE = "note", _("note")
    FILE = "file", _("file")


class SheetState(models.TextChoices):
    """How far a spreadsheet is on its way back in."""

    PREVIEW = "preview", _("to be looked at")
    APPLIED = "applied", _("taken over")
    UNDONE = "undone", _("undone")
    DISCARDED = "discarded", _("thrown away")


# The same as in the rule, for questions to the database.
REASON_ASKED = tuple(sorted(one.value for one in verdict.REASON_ASKED))

EVIDENCE_ASKED = (Verdict.DELIVERED.value, Verdict.PARTLY.value)
"""Verdicts of which something must be there to show (R39)."""
