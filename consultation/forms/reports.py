"""Forms about the points of a session, and about a report that comes in from a file."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from consultation.enums import Addressee, PointKind, Support
from consultation.models import Cluster, Point, PostIt, Session
from consultation.services.points import PointPlan
from core.kinds import Kind
from core.text import AddressField, CleanCharField, CleanTextField
from core.uploads import DocumentField
from process.forms.meetings import RevisionForm, day_field
from programmes.models import Example

REPORT_KINDS: Final = (Kind.DOCX, Kind.ODT, Kind.PDF, Kind.TEXT, Kind.MARKDOWN)
POINT_LENGTH: Final = 5000
# A longer number is no id, and may be too large for the database.
_MOST_DIGITS: Final = 18
_SUPPORT = [
    (value, _("not said") if value == Support.UNKNOWN else label)
    for value, label in Support.choices
]


class _NoteChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Post-its, each by what it says."""

    def label_from_instance(self, obj: Any) -> str:
        """Show the beginning of what it says."""
        return Truncator(str(obj.contribution.text)).chars(160)

    def clean(self, value: Any) -> Any:
        """Refuse what is no number of a row before the database is asked for it."""
        for one in value or ():
            text = str(one)
            if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": text[:_MOST_DIGITS]},
                )
        return super().clean(value)


class _ExampleChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An example, with the municipality that it comes from."""

    def label_from_instance(self, obj: Any) -> str:
        """Name the example and where it is from."""
        where = f" ({obj.municipality})" if obj.municipality else ""
        return Truncator(f"{obj.title}{where}").chars(120)


class PointForm(forms.Form):
    """What the reporter says of a point."""

    text = CleanTextField(
        label=_("What was brought up?"),
        max_length=POINT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("As people said it, without names."),
    )
    cluster = forms.ModelChoiceField(
        label=_("Sub-theme"),
        queryset=Cluster.objects.none(),
        required=False,
        empty_label=_("none: it stands by itself"),
    )
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=PointKind.choices, initial=PointKind.REMARK
    )
    support = forms.ChoiceField(
        label=_("How many were behind it?"), choices=_SUPPORT, required=False
    )
    support_note = CleanCharField(
        label=_("Doubts or remarks"),
        required=False,
        max_length=500,
        help_text=_("Who was not behind it, and why? Without names."),
    )
    addressee = forms.ChoiceField(
        label=_("Who must act on it?"),
        choices=Addressee.choices,
        initial=Addressee.MUNICIPALITY,
        help_text=_("A point for the province or The Hague is one to lobby for."),
    )
    discussed = forms.BooleanField(
        label=_("We talked about it"),
        required=False,
        initial=True,
        help_text=_("Take the tick out when it was only named: it is reported as such."),
    )
    example = _ExampleChoice(
        label=_("Example from elsewhere"),
        queryset=Example.objects.none(),
        required=False,
        empty_label=_("none"),
    )
    notes = _NoteChoice(
        label=_("Post-its that say this"),
        queryset=PostIt.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They stay as they were written, and are counted behind the point."),
    )

    def __init__(
        self,
        *args: Any,
        clusters: QuerySet[Cluster],
        notes: QuerySet[PostIt],
        examples: QuerySet[Example],
        **kwargs: Any,
    ) -> None:
        """Offer what belongs to one session and one branch; leave out what there is none of."""
        super().__init__(*args, **kwargs)
        for name, rows in (("cluster", clusters), ("notes", notes), ("example", examples)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
            if not rows.exists():
                del self.fields[name]

    @classmethod
    def initial_of(cls, point: Point, *, notes: list[int]) -> dict[str, Any]:
        """Return a stored point as the form shows it."""
        names = ("kind", "support", "support_note", "addressee", "discussed")
        return {name: getattr(point, name) for name in names} | {
            "text": point.contribution.text,
            "cluster": point.cluster_id,
            "example": point.example_id,
            "notes": notes,
            "revision": point.contribution.revision,
        }

    def plan(self) -> PointPlan:
        """Return what was filled in, for the service."""
        data = self.cleaned_data
        return PointPlan(
            text=data["text"],
            cluster=data.get("cluster"),
            kind=data["kind"],
            support=data["support"],
            support_note=data["support_note"],
            addressee=data["addressee"],
            discussed=data["discussed"],
            example=data.get("example"),
        )

    @property
    def ticked(self) -> list[PostIt]:
        """The post-its that were ticked."""
        return list(self.cleaned_data.get("notes") or ())


class NewPointForm(PointForm):
    """A point that is made; sent twice, it is there once."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class PointEditForm(RevisionForm, PointForm):
    """A point that is there."""


class SummaryForm(RevisionForm):
    """The short summary above the points of a session (R89)."""

    summary = CleanTextField(
        label=_("Summary in a few sentences"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @classmethod
    def initial_of(cls, session: Session) -> dict[str, Any]:
        """Return what is stored."""
        return {"summary": session.summary, "revision": session.revision}


class ReportFileForm(forms.Form):
    """A report that was written elsewhere."""

    file = DocumentField(label=_("The report"), kinds=REPORT_KINDS)


class ReportSaveForm(forms.Form):
    """What is said of a report that was looked at, before it is stored."""

    title = CleanCharField(label=_("What was it called?"), max_length=120)
    day = day_field(label=_("On which day was it?"))
    contact = AddressField(label=_("Address for what people send afterwards"), required=False)
    # The report itself, signed: what was looked at is what is stored.
    report = forms.CharField(widget=forms.HiddenInput, max_length=4_000_000)
