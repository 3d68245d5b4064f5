"""What a source of reminders is.

A source answers, for one rule, who is to be told what on which day: a queryset with exactly the
columns of ``COLUMNS``, in that order. Planning writes it into the outbox with one ``INSERT …
SELECT`` and withdraws what is no longer in it; so a source is the one place that says when a
reminder is (still) right. It names only open subjects and people who hold the role today; it does
not look at preferences: planning does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import QuerySet

from notifications.rules.catalogue import Rule

# recipient: user id · branch: branch id or NULL · subject_id, subject_version: integers ·
# due_on: the day of telling, as a date column.
COLUMNS = ("to_id", "for_branch_id", "about_id", "about_version", "told_on")
# Rules whose rows have no branch. All others tell whoever holds a role in the branch today.
ABOUT_THE_COUNTRY = frozenset({"week.national"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days of telling that are looked at, both inclusive, and the day on which it is done."""

    first: date
    last: date
    today: date


class Source(Protocol):
    """One kind of subject."""

    def rows(self, *, rule: Rule, days: int, window: Window) -> list[QuerySet[Any, Any]]:
        """Return the querysets (``values_list(*COLUMNS)``) that together are this rule's desire.

        Args:
            rule: one of the rules of this source.
            days: the rule's number of days as set now.
            window: only rows with ``window.first <= told_on <= window.last``.
        """
