"""The rules of reminding in one form, with for each what its reader saw."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from notifications.queries.rule_rows import RuleRow
from notifications.rules.catalogue import Moment
from notifications.services.rule_settings import Wanted

LONGEST = 366
# Days, on or off, revision: as the reader saw them.
_SEEN = re.compile(r"\A(\d{1,3})\.([01])\.(\d{1,9})\Z", re.ASCII)


def prefix(row: RuleRow) -> str:
    """Return the beginning of the names of a rule's fields."""
    return row.rule.key.replace(".", "-")


def sent(rows: Sequence[RuleRow], data: QueryDict) -> list[RuleRow]:
    """Return the rules that a form is about: all of them, or the few of a conflict."""
    return [row for row in rows if f"{prefix(row)}-seen" in data]


def with_reset(rows: Sequence[RuleRow], data: QueryDict) -> QueryDict:
    """Return the form as sent, with the rule whose "as it was meant" was pressed filled in so."""
    key = data.get("reset", "")
    row = next((row for row in rows if row.rule.key == key), None)
    if row is None:
        return data
    filled = data.copy()
    filled[f"{prefix(row)}-days"] = str(row.rule.days)
    filled[f"{prefix(row)}-on"] = "on"
    return filled


class RulesForm(forms.Form):
    """Days and on/off for some rules.

    What its reader saw goes along: only what they changed themselves is saved, so that two people
    who change different rules do not meet.
    """

    def __init__(self, *args: Any, rows: Sequence[RuleRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            name = prefix(row)
            self.fields[f"{name}-on"] = forms.BooleanField(
                label=_("On: %(rule)s") % {"rule": row.title}, required=False, initial=row.is_on
            )
            if row.rule.has_days:
                # On the day itself is before it; what is late is so from the next day on.
                first = 1 if row.rule.moment is Moment.AFTER else 0
                self.fields[f"{name}-days"] = forms.IntegerField(
                    label=_("Days: %(rule)s") % {"rule": row.title},
                    min_value=first,
                    max_value=LONGEST,
                    initial=row.days,
                    widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                )
            self.fields[f"{name}-seen"] = forms.RegexField(
                regex=_SEEN,
                strip=False,
                initial=f"{row.days}.{row.is_on:d}.{row.revision}",
                widget=forms.HiddenInput,
            )

    def wanted(self) -> list[Wanted]:
        """Return the rules that the reader changed; call it on a valid form."""
        found = []
        for row in self.rows:
            name, data = prefix(row), self.cleaned_data
            seen = _SEEN.match(data[f"{name}-seen"])
            if seen is None:
                continue
            days, was_on, revision = (int(part) for part in seen.groups())
            one = Wanted(
                key=row.rule.key,
                days=data.get(f"{name}-days", row.rule.days),
                is_on=data[f"{name}-on"],
                revision=revision,
            )
            if (one.days, one.is_on) != (days, bool(was_on)):
                found.append(one)
        return found

    def fields_of(self, row: RuleRow) -> Iterator[BoundField]:
        """Return the fields of one rule, the tick first."""
        name = prefix(row)
        for part in ("on", "days", "seen"):
            if f"{name}-{part}" in self.fields:
                yield self[f"{name}-{part}"]
