"""The rules with what the national office made of them, in two queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from notifications.enums import ReminderState
from notifications.models import Reminder, RuleSetting
from notifications.rules.catalogue import RULES, Rule
from notifications.wording import rule_words
from notifications.wording_rules import SUBJECTS, preview, setting_words, subject_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """One rule as it is now.

    Attributes:
        rule: of the catalogue.
        days: before or after; 0 where that says nothing.
        is_on: whether it tells at all.
        revision: of the stored setting; 0 where none is stored.
        waiting: how many reminders wait because of it.
    """

    rule: Rule
    days: int
    is_on: bool
    revision: int
    waiting: int = 0

    @property
    def title(self) -> str:
        """What is told, in one sentence."""
        return rule_words(self.rule)

    @property
    def preview(self) -> str:
        """When and to whom."""
        return preview(self.rule, days=self.days, is_on=self.is_on)

    @property
    def is_default(self) -> bool:
        """Tell whether it is as it came."""
        return self.is_on and self.days == self.rule.days

    @property
    def default(self) -> str:
        """How it came, in few words."""
        return setting_words(self.rule, days=self.rule.days, is_on=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Rules about one subject."""

    key: str
    label: str
    rows: list[RuleRow]


def rule_rows() -> list[RuleRow]:
    """Return every rule in the order of the catalogue."""
    stored = {row.rule: row for row in RuleSetting.objects.all()}
    waiting = dict(
        Reminder.objects.filter(state=ReminderState.WAITING)
        .order_by()
        .values_list("rule")
        .annotate(count=Count("pk"))
    )
    rows = []
    for rule in RULES:
        setting = stored.get(rule.key) or RuleSetting(rule=rule.key, days=rule.days)
        rows.append(
            RuleRow(
                rule=rule,
                days=setting.days,
                is_on=setting.is_on,
                revision=setting.revision,
                waiting=waiting.get(rule.key, 0),
            )
        )
    return rows


def by_subject(rows: list[RuleRow]) -> list[Subject]:
    """Put rules together by what they are about."""
    return [
        Subject(
            key=key,
            label=str(label),
            rows=[row for row in rows if subject_of(row.rule) == key],
        )
        for key, label in SUBJECTS.items()
    ]
