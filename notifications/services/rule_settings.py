"""What the national office changes about the rules of reminding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import translation

from branches import audit
from branches.models import User
from core.concurrency import Stale, claim_revision
from notifications.models import RuleSetting
from notifications.rules.catalogue import BY_KEY, Rule
from notifications.wording import rule_words
from notifications.wording_rules import setting_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How one rule should be.

    Attributes:
        key: of the rule.
        days: 0–366; for a rule without days what the catalogue says.
        is_on: whether it tells at all.
        revision: that of the setting when its reader saw it.
    """

    key: str
    days: int
    is_on: bool
    revision: int


class StaleRules(Stale):
    """Somebody else changed some of the same rules. Nothing was written.

    ``keys`` names them; see ``Stale`` for the rest. Each rule has a revision of its own, so that of
    this exception says nothing.
    """

    def __init__(
        self, *, current: dict[str, str], yours: dict[str, str], keys: Sequence[str]
    ) -> None:
        super().__init__(current=current, yours=yours, revision=0)
        self.keys = tuple(keys)


def change_rules(*, by: User, wanted: Sequence[Wanted], today: date) -> int:
    """Save how rules should be, all or nothing; return how many changed.

    A rule that is so already is passed over, whoever made it so.

    Args:
        by: somebody of the national office.
        wanted: only the rules that this person changed.
        today: for the trail.

    Raises:
        KeyError: a rule that does not exist.
        StaleRules: somebody else changed one of them in the meantime.
    """
    theirs: dict[str, str] = {}
    yours: dict[str, str] = {}
    stale: list[str] = []
    changed = 0
    with transaction.atomic():
        for one in wanted:
            rule = BY_KEY[one.key]
            setting, _made = RuleSetting.objects.get_or_create(
                rule=rule.key, defaults={"days": rule.days}
            )
            if (setting.days, setting.is_on) == (one.days, one.is_on):
                continue
            was = {"days": setting.days, "is_on": setting.is_on}
            try:
                claim_revision(setting, expected=one.revision, yours={})
            except Stale:
                label = rule_words(rule)
                theirs[label] = setting_words(rule, days=setting.days, is_on=setting.is_on)
                yours[label] = setting_words(rule, days=one.days, is_on=one.is_on)
                stale.append(rule.key)
                continue
            setting.days, setting.is_on = one.days, one.is_on
            setting.save(update_fields=["days", "is_on"])
            _record(rule, setting, by=by, was=was, today=today)
            changed += 1
        if stale:
            # Raised inside the transaction: what was written above is taken back.
            raise StaleRules(current=theirs, yours=yours, keys=stale)
    return changed


def _record(
    rule: Rule, setting: RuleSetting, *, by: User, was: dict[str, int | bool], today: date
) -> None:
    is_default = setting.is_on and setting.days == rule.days
    names: dict[str, dict[str, str]] = {"rule": {}, "was": {}, "now": {}}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names["rule"][language] = rule_words(rule)
            names["was"][language] = setting_words(
                rule, days=int(was["days"]), is_on=bool(was["is_on"])
            )
            names["now"][language] = setting_words(rule, days=setting.days, is_on=setting.is_on)
    audit.record(
        verb="notifications.rule_reset" if is_default else "notifications.rule_changed",
        by=by,
        branch=None,
        today=today,
        subject=setting,
        **names,
    )
