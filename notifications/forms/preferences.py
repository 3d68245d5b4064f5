"""Which mail somebody wants: one form over everything, with the fields of their own branches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.dates import day_words
from notifications.models.choices import EARLIEST_HOUR, LATEST_HOUR
from notifications.queries.choices import Chosen, Row
from notifications.services.preferences import Choice
from notifications.wording_kinds import NATIONAL_SENTENCES, SENTENCES
from process.forms.meetings import day_field

# A pause of longer than this is a mistyped year.
LONGEST_PAUSE = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One row of the form, for the page."""

    row: Row
    kinds: list[BoundField]
    pause: BoundField


class PreferencesForm(forms.Form):
    """The hour, a pause, and per branch the kinds.

    Args:
        chosen: what is so now; it decides which fields there are.
        today: a pause ends today or later.
    """

    hour = forms.TypedChoiceField(
        label=_("At what time do you want your daily mail?"),
        help_text=_("At most one a day, and none on a day without news."),
        choices=[(hour, f"{hour}:00") for hour in range(EARLIEST_HOUR, LATEST_HOUR + 1)],
        coerce=int,
    )
    paused_until = day_field(
        label=_("On holiday? No mail until and including"),
        help_text=_("What still matters then follows the day after. Empty: no pause."),
        required=False,
    )

    def __init__(self, *args: Any, chosen: Chosen, today: date, **kwargs: Any) -> None:
        self.chosen, self.today = chosen, today
        kwargs["initial"] = {"hour": chosen.hour, "paused_until": chosen.paused_until}
        super().__init__(*args, **kwargs)
        for row in chosen.rows:
            sentences = SENTENCES if row.branch else NATIONAL_SENTENCES
            for kind, wanted in row.kinds.items():
                self.fields[f"{row.key}-{kind}"] = forms.BooleanField(
                    label=capfirst(kind.label),
                    help_text=str(sentences.get(kind, SENTENCES[kind])),
                    required=False,
                    initial=wanted,
                )
            self.fields[self._pause(row)] = day_field(
                label=_("No mail about this until and including"),
                required=False,
                initial=row.paused_until,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a pause that is over, or that lasts longer than a year."""
        data = super().clean() or {}
        for name in ["paused_until", *(self._pause(row) for row in self.chosen.rows)]:
            until = data.get(name)
            if until is None:
                continue
            if until < self.today:
                self.add_error(
                    name, _("This day is over. Choose today or later, or leave it empty.")
                )
            elif until - self.today > LONGEST_PAUSE:
                last = day_words(self.today + LONGEST_PAUSE)
                self.add_error(
                    name,
                    ValidationError(
                        _("A pause lasts a year at most: until %(day)s."), params={"day": last}
                    ),
                )
        return data

    def choices(self) -> list[Choice]:
        """Return what was chosen per branch; call it on a valid form."""
        data = self.cleaned_data
        return [
            Choice(
                branch_id=row.branch.pk if row.branch else None,
                kinds={kind: data[f"{row.key}-{kind}"] for kind in row.kinds},
                paused_until=data[self._pause(row)],
            )
            for row in self.chosen.rows
        ]

    def parts(self) -> Iterator[Part]:
        """Return the fields by row, for the page."""
        for row in self.chosen.rows:
            yield Part(
                row=row,
                kinds=[self[f"{row.key}-{kind}"] for kind in row.kinds],
                pause=self[self._pause(row)],
            )

    @staticmethod
    def _pause(row: Row) -> str:
        return f"{row.key}-pause"
