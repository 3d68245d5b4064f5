"""An activity as an organiser fills it in, and which ones somebody asks for."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.facts.provinces import Province
from core.text import CleanCharField, CleanTextField
from monitor.enums_helping import ActivityKind
from monitor.enums_together import When, Whose
from monitor.forms.fields import FIRST_DAY, LAST_DAY, DayField
from monitor.models import Activity
from monitor.queries.activities import Wanted
from monitor.rules.moments import NoSuchTime, local, moment_of
from monitor.services.activities import Plan

MOST_SEATS: Final = 5000


def _time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("This is not a time. Write it as 19:30.")},
    )


class ActivityForm(forms.Form):
    """A new activity; days and times are those of a clock on a wall in the Netherlands."""

    kind = forms.ChoiceField(
        label=_("What kind?"), choices=ActivityKind.choices, widget=forms.RadioSelect
    )
    title = CleanCharField(label=_("What is the activity called?"), max_length=120)
    day = DayField(label=_("Day"))
    starts = _time_field(_("Starts at"))
    ends = _time_field(_("Ends at"))
    last_day = DayField(
        label=_("Last day"), required=False, help_text=_("Only when it takes more than one day.")
    )
    place = CleanCharField(label=_("Place"), required=False, max_length=160)
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text=_("To take part online, or a page with more about it."),
    )
    seats = forms.IntegerField(
        label=_("Seats"),
        required=False,
        min_value=1,
        max_value=MOST_SEATS,
        help_text=_("Empty: as many as come."),
    )
    about = CleanTextField(label=_("What is it about?"), required=False, max_length=3000)

    @staticmethod
    def initial_of(row: Activity) -> dict[str, Any]:
        """Return a stored activity as the form shows it."""
        names = ("kind", "title", "place", "link", "seats", "about", "revision")
        starts, ends = local(row.starts_at), local(row.ends_at)
        one_day = starts.date() == ends.date()
        return {name: getattr(row, name) for name in names} | {
            "day": starts.date(),
            "starts": starts.time().replace(tzinfo=None),
            "ends": ends.time().replace(tzinfo=None),
            "last_day": None if one_day else ends.date(),
        }

    def clean(self) -> dict[str, Any]:
        """Make moments of days and times; say which of them cannot be."""
        data: dict[str, Any] = super().clean() or {}
        first, starts, ends = data.get("day"), data.get("starts"), data.get("ends")
        if first is None or starts is None or ends is None or "last_day" not in data:
            return data
        last = data["last_day"] or first
        data["starts_at"] = self._moment("starts", first, starts)
        data["ends_at"] = self._moment("ends", last, ends)
        if data["starts_at"] and data["ends_at"] and data["ends_at"] <= data["starts_at"]:
            where = "last_day" if last < first else "ends"
            self.add_error(
                where,
                _("It ends before it starts. After midnight? Then fill in the last day as well."),
            )
        return data

    def _moment(self, name: str, day: date, at: time) -> datetime | None:
        try:
            return moment_of(day=day, at=at)
        except NoSuchTime:
            self.add_error(name, _("The clock skips this time in that night: summer time begins."))
            return None

    def plan(self) -> Plan:
        """Return what was filled in, for the service."""
        data = self.cleaned_data
        return Plan(
            kind=data["kind"],
            title=data["title"],
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            about=data["about"],
            place=data["place"],
            link=data["link"],
            seats=data["seats"],
        )


class ActivityEditForm(ActivityForm):
    """One that is there."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class CallOffForm(forms.Form):
    """That an activity does not take place."""

    reason = CleanTextField(
        label=_("Why not?"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever said to come reads this in a mail."),
    )
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class CalendarForm(forms.Form):
    """Which activities; what makes no sense is left out, never an error."""

    soort = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all kinds")), *ActivityKind.choices]
    )
    wanneer = forms.ChoiceField(required=False, choices=When.choices, widget=forms.HiddenInput)
    maand = forms.CharField(required=False, max_length=7, widget=forms.HiddenInput)
    van = forms.ChoiceField(label=_("Whose"), required=False, choices=Whose.choices)

    def __init__(self, *args: Any, whose: bool, **kwargs: Any) -> None:
        """Ask whose only where that makes a difference; the office sees its own first."""
        super().__init__(*args, **kwargs)
        if not whose:
            del self.fields["van"]

    def wanted(self) -> Wanted:
        """Return what was asked for, as far as it made sense."""
        self.is_valid()
        data = self.cleaned_data
        return Wanted(
            kind=data.get("soort", ""),
            when=When(data.get("wanneer") or When.COMING),
            month=_month(data.get("maand", "")),
            whose=Whose(data.get("van") or Whose.OFFICE) if "van" in self.fields else Whose.ALL,
        )


class ProvinceForm(forms.Form):
    """In which province."""

    provincie = forms.ChoiceField(
        label=_("Province"),
        required=False,
        choices=[("", _("all provinces")), *((one.code, one.dutch_name) for one in Province)],
    )

    def province(self) -> str:
        """Return its code, or empty for all."""
        self.is_valid()
        found: str = self.cleaned_data.get("provincie", "")
        return found


def _month(text: str) -> date | None:
    """Read ``2021-11``; anything else is no month."""
    try:
        first = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError:
        return None
    return first if FIRST_DAY <= first <= LAST_DAY else None
