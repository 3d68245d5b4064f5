"""Forms about gatherings, sessions, sub-themes and what stood on paper."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from branches.models import User
from consultation.enums import PersonRole
from consultation.models import Cluster, Gathering, Session, Theme
from consultation.models.gatherings import NOTES_EACH
from consultation.services.gatherings import GatheringPlan
from consultation.services.participants import MOST_WRITTEN_DOWN
from consultation.services.post_its import MOST_TYPED, NOTE_LENGTH
from consultation.services.sessions import SessionPlan
from core.text import AddressField, CleanCharField, CleanTextField
from process.forms.meetings import RevisionForm, day_field

MEMBER_CHOICES = [("yes", _("yes")), ("no", _("no")), ("", _("not known"))]
IS_MEMBER: dict[str, bool | None] = {"yes": True, "no": False, "": None}
_LARGEST = 2**31 - 1


class GatheringForm(forms.Form):
    """What the branch says about a gathering."""

    title = CleanCharField(label=_("What is it called?"), max_length=120)
    day = day_field(label=_("Day"))
    starts_at = forms.TimeField(
        label=_("Starts at"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    place = CleanCharField(
        label=_("Place"),
        required=False,
        max_length=200,
        help_text=_("A community centre or a sports club is closer to people than our own room."),
    )
    link = forms.URLField(
        label=_("Link to join online"), required=False, max_length=200, assume_scheme="https"
    )
    is_public = forms.BooleanField(
        label=_("Everybody is welcome, members or not"), required=False, initial=True
    )
    introduction = CleanTextField(
        label=_("In a few sentences: why this gathering?"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The report begins with it."),
    )
    contact_name = CleanCharField(
        label=_("Who takes what people send afterwards?"), required=False, max_length=120
    )
    contact_email = AddressField(
        label=_("Address for that"),
        required=False,
        help_text=_("Who could not come, or thinks of something later, writes to this address."),
    )
    closes_on = day_field(
        label=_("Until when?"),
        required=False,
        help_text=_("Leave it empty: then input stays welcome. What comes later is taken too."),
    )

    @classmethod
    def initial_of(cls, gathering: Gathering) -> dict[str, Any]:
        """Return a stored gathering as the form shows it."""
        ours = ("introduction", "contact_name", "contact_email", "closes_on", "revision")
        theirs = ("title", "day", "starts_at", "place", "link", "is_public")
        return (
            {name: getattr(gathering, name) for name in ours}
            | {name: getattr(gathering.meeting, name) for name in theirs}
            | {"meeting_revision": gathering.meeting.revision}
        )

    def plan(self) -> GatheringPlan:
        """Return what was filled in, for the service."""
        data = self.cleaned_data
        return GatheringPlan(**{name: data[name] for name in GatheringForm.base_fields})


class GatheringEditForm(RevisionForm, GatheringForm):
    """The same, of a gathering that is there, with the revision of its meeting as well."""

    meeting_revision = forms.IntegerField(min_value=0, max_value=_LARGEST, widget=forms.HiddenInput)


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody of this branch."""

    def label_from_instance(self, obj: Any) -> str:
        """Name one person."""
        return str(obj)


class SessionForm(forms.Form):
    """What the branch says about a session."""

    title = CleanCharField(label=_("What is it called?"), max_length=120)
    theme = forms.ModelChoiceField(
        label=_("Theme"),
        queryset=Theme.objects.none(),
        required=False,
        empty_label=_("no theme of its own"),
    )
    question = CleanCharField(
        label=_("Guiding question"),
        required=False,
        max_length=500,
        help_text=_("One question that everybody can answer. It stands large on the screen."),
    )
    notes_each = forms.IntegerField(
        label=_("Post-its for each participant"),
        min_value=1,
        max_value=20,
        initial=NOTES_EACH,
        help_text=_("Three works well: who must choose, says what matters most."),
    )
    reporter = PersonChoice(
        label=_("Who notes what comes out of it?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("not agreed yet"),
    )

    def __init__(
        self,
        *args: Any,
        themes: QuerySet[Theme],
        people: QuerySet[User],
        **kwargs: Any,
    ) -> None:
        """Offer the themes and the people of one branch."""
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes  # type: ignore[attr-defined]
        self.fields["reporter"].queryset = people  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, session: Session) -> dict[str, Any]:
        """Return a stored session as the form shows it."""
        return {
            "title": session.title,
            "theme": session.theme_id,
            "question": session.question,
            "notes_each": session.notes_each,
            "reporter": session.reporter_id,
            "revision": session.revision,
        }

    def plan(self) -> SessionPlan:
        """Return what was filled in, for the service."""
        data = self.cleaned_data
        return SessionPlan(**{name: data[name] for name in SessionForm.base_fields})


class SessionEditForm(RevisionForm, SessionForm):
    """The same, of a session that is there."""


class WriteDownForm(forms.Form):
    """People who were there without a phone."""

    role = forms.ChoiceField(label=_("They take part as"), choices=PersonRole.choices)
    member = forms.ChoiceField(
        label=_("Member of the party?"),
        choices=MEMBER_CHOICES,
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )
    count = forms.IntegerField(
        label=_("How many?"), min_value=1, max_value=MOST_WRITTEN_DOWN, initial=1
    )

    @property
    def is_member(self) -> bool | None:
        """Return what a valid form says about membership."""
        return IS_MEMBER[self.cleaned_data["member"]]


class ClusterForm(RevisionForm):
    """What a sub-theme is called, and what was said about it."""

    title = CleanCharField(label=_("Sub-theme"), max_length=200)
    question = CleanCharField(label=_("What did the chair ask?"), required=False, max_length=1000)
    answer = CleanTextField(label=_("What did the group answer?"), required=False, max_length=5000)
    discussed = forms.BooleanField(
        label=_("We talked about this"),
        required=False,
        help_text=_("Not talked about? It still comes in the report, with that remark."),
    )


class TypedNotesForm(forms.Form):
    """Notes from paper, one on each line."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    notes = CleanTextField(
        label=_("The notes, one on each line"),
        max_length=MOST_TYPED * (NOTE_LENGTH + 1),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    cluster = forms.ModelChoiceField(
        label=_("Under which sub-theme?"),
        queryset=Cluster.objects.none(),
        required=False,
        empty_label=_("loose"),
    )
    role = forms.ChoiceField(
        label=_("Written by"),
        choices=[("", _("not known")), *PersonRole.choices],
        required=False,
    )

    def __init__(self, *args: Any, clusters: QuerySet[Cluster], **kwargs: Any) -> None:
        """Offer the sub-themes of one session."""
        super().__init__(*args, **kwargs)
        self.fields["cluster"].queryset = clusters  # type: ignore[attr-defined]

    @property
    def lines(self) -> list[str]:
        """Return the notes of a valid form."""
        return [line.strip() for line in self.cleaned_data["notes"].split("\n") if line.strip()]
