"""Forms about meetings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import CleanCharField, CleanTextField
from process.enums import MeetingKind
from process.models import Meeting
from process.services.meetings import MeetingPlan

MINUTES_LENGTH = 100_000


def day_field(**kwargs: Any) -> forms.DateField:
    """Return a field for one day, as the browser's own calendar."""
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        **kwargs,
    )


class RevisionForm(forms.Form):
    """A form about a stored row: carries the revision that its reader saw."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class MeetingForm(forms.Form):
    """What a board says about a meeting."""

    title = CleanCharField(label=_("What is it called?"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Kind of meeting"),
        # A gathering for input is planned where its sessions are.
        choices=[one for one in MeetingKind.choices if one[0] != MeetingKind.GATHERING],
        widget=forms.RadioSelect,
        initial=MeetingKind.MEMBERS,
    )
    day = day_field(label=_("Day"))
    starts_at = forms.TimeField(
        label=_("Starts at"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    place = CleanCharField(label=_("Place"), required=False, max_length=200)
    link = forms.URLField(
        label=_("Link to join online"), required=False, max_length=200, assume_scheme="https"
    )
    agenda = CleanTextField(label=_("Agenda"), required=False)
    is_public = forms.BooleanField(label=_("Everybody is welcome, members or not"), required=False)

    @classmethod
    def initial_of(cls, meeting: Meeting) -> dict[str, Any]:
        """Return a stored meeting as the form shows it."""
        return {name: getattr(meeting, name) for name in cls.base_fields if name != "revision"} | {
            "revision": meeting.revision
        }

    def plan(self) -> MeetingPlan:
        """Return what was filled in, for the service."""
        data = self.cleaned_data
        return MeetingPlan(
            kind=MeetingKind(data["kind"]),
            title=data["title"],
            day=data["day"],
            starts_at=data["starts_at"],
            place=data["place"],
            link=data["link"],
            agenda=data["agenda"],
            is_public=data["is_public"],
        )


class MeetingEditForm(RevisionForm, MeetingForm):
    """The same, of a meeting that is there. A gathering for input stays one: it has sessions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("kind") == MeetingKind.GATHERING:
            only = [(MeetingKind.GATHERING.value, MeetingKind.GATHERING.label)]
            self.fields["kind"].choices = only  # type: ignore[attr-defined]


class NoticeForm(RevisionForm):
    """That the convening notice left."""

    sent_on = day_field(label=_("The notice left on"))
    text = CleanTextField(
        label=_("Text of the notice"),
        required=False,
        help_text=_("Handy later, when somebody asks what the invitation said."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sent_on"].widget.attrs["max"] = today.isoformat()


class MinutesForm(RevisionForm):
    """The minutes of a meeting that has been."""

    minutes = CleanTextField(
        label=_("Minutes"),
        max_length=MINUTES_LENGTH,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Short is fine: who was there, what was said, what was agreed."),
    )


class CancelForm(RevisionForm):
    """Why a meeting does not take place."""

    reason = CleanCharField(
        label=_("Why does it not take place?"), help_text=_("Members read this on the page.")
    )


class InviteForm(RevisionForm):
    """That everybody with an account is invited by mail."""

    as_notice = forms.BooleanField(
        label=_("This mail is our convening notice too: record that it left today"),
        required=False,
        help_text=_("Only if your statutes let you convene members by mail."),
    )

    def __init__(self, *args: Any, offers_notice: bool, **kwargs: Any) -> None:
        """Ask about the notice only where one is due."""
        super().__init__(*args, **kwargs)
        if not offers_notice:
            del self.fields["as_notice"]
