"""What the office tells branches."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from branches.facts.provinces import Province
from core.text import CleanCharField, CleanTextField
from monitor.forms.fields import DayField
from monitor.models import Announcement
from monitor.services.announcements import Telling

USUAL_LENGTH: Final = timedelta(days=14)

PROVINCES: Final = [(one.code, one.dutch_name) for one in Province]


class AnnouncementForm(forms.Form):
    """A new announcement."""

    title = CleanCharField(label=_("What is it about?"), max_length=120)
    text = CleanTextField(
        label=_("Text"),
        max_length=3000,
        help_text=_("Short is best. An address of a page becomes a link."),
    )
    shown_from = DayField(label=_("Show it from"))
    shown_until = DayField(label=_("Until and including"))
    province = forms.ChoiceField(
        label=_("For branches in"),
        required=False,
        choices=[("", _("the whole country")), *PROVINCES],
    )
    by_mail = forms.BooleanField(
        label=_("Also by mail to the boards"),
        required=False,
        help_text=_("The mail goes out at once, and once. Whoever stopped our mails gets none."),
    )

    def __init__(self, *args: Any, today: date, mailed: bool = False, **kwargs: Any) -> None:
        """Ask about the mail only while none has gone."""
        super().__init__(*args, **kwargs)
        self.today = today
        if mailed:
            del self.fields["by_mail"]

    @staticmethod
    def initial_of(row: Announcement) -> dict[str, Any]:
        """Return a stored announcement as the form shows it."""
        names = ("title", "text", "shown_from", "shown_until", "province", "revision")
        return {name: getattr(row, name) for name in names}

    @staticmethod
    def initial_on(today: date) -> dict[str, Any]:
        """Return what a new one begins with."""
        return {"shown_from": today, "shown_until": today + USUAL_LENGTH}

    def clean(self) -> dict[str, Any]:
        """Refuse days the wrong way round, and a mail about what nobody sees yet."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("shown_from"), data.get("shown_until")
        if first and last and last < first:
            self.add_error("shown_until", _("The last day comes before the first."))
        elif first and last and data.get("by_mail") and not first <= self.today <= last:
            self.add_error(
                "by_mail",
                ValidationError(
                    _("Mail goes out at once: do this on a day on which branches see it.")
                ),
            )
        return data

    def telling(self) -> Telling:
        """Return what was filled in, for the service."""
        data = self.cleaned_data
        return Telling(
            title=data["title"],
            text=data["text"],
            shown_from=data["shown_from"],
            shown_until=data["shown_until"],
            province=data["province"],
        )


class AnnouncementEditForm(AnnouncementForm):
    """One that is there."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
