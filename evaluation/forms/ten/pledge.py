"""The forms about one pledge: an update in a minute, its correction, a step, a document."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.kinds import DOCUMENTS, PICTURES
from core.text import CleanCharField, CleanTextField
from core.uploads import DocumentField
from evaluation.enums import Reason, Timing
from evaluation.enums_ten import Means, PledgeStatus
from evaluation.forms.ten.days import of_this_age
from evaluation.models import ProgressUpdate, Step
from evaluation.rules import standing as standing_rules
from evaluation.rules.standing import means_in_order
from evaluation.rules.telling import LONGEST_LINK, is_link
from evaluation.services.ten.evidence import LONGEST_TITLE, Shown
from evaluation.services.ten.steps import LONGEST_TITLE as LONGEST_STEP
from evaluation.services.ten.updates import LONGEST_TEXT
from process.forms.meetings import RevisionForm, day_field

LONGEST_NOTE = 300


class LinkField(forms.URLField):
    """An address of the web; nothing that runs, and no name or password in it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_LINK)
        kwargs.setdefault("required", False)
        kwargs.setdefault("assume_scheme", "https")
        super().__init__(**kwargs)
        self.widget.attrs["placeholder"] = "https://"
        self.error_messages["invalid"] = _(
            "This is no address of a web page. Paste the whole link; it begins with https://."
        )

    def clean(self, value: Any) -> str:
        """Return the address; nothing stays nothing."""
        url = str(super().clean(value) or "")
        if url and not is_link(url):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return url


class UpdateForm(forms.Form):
    """What happened, in a minute: how it stands, three sentences, a photo, a link."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    status = forms.ChoiceField(
        label=_("How does it stand now?"),
        choices=PledgeStatus.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how it stands."),
            "invalid_choice": _("Choose how it stands, from the list."),
        },
    )
    reason = forms.ChoiceField(
        label=_("Why is that?"),
        choices=[("", pgettext_lazy("reason", "not said")), *Reason.choices],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose a reason from the list.")},
    )
    text = CleanTextField(
        label=_("What happened?"),
        max_length=LONGEST_TEXT,
        help_text=_("Three sentences are enough, as you would tell a neighbour."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say in a few sentences what happened.")},
    )
    photo = DocumentField(
        label=_("Photo"),
        kinds=PICTURES,
        required=False,
        # No ``capture``: a phone then offers both its camera and the photos that are there.
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        help_text=_("Take one now or choose one. Where it was taken is left out."),
    )
    url = LinkField(
        label=_("Link"), help_text=_("To a council document, a newspaper, a page of your own.")
    )
    next_step = CleanCharField(
        label=_("What happens next?"),
        max_length=LONGEST_STEP,
        required=False,
        # By it the style sheet tells whether something was typed.
        widget=forms.TextInput(attrs={"placeholder": " "}),
    )
    next_on = day_field(label=_("When?"), required=False)
    day = day_field(
        label=_("Which day is it about?"),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Choose a day, such as 16-03-2022."),
        },
    )
    timing = forms.ChoiceField(
        label=_("Is it on time?"),
        choices=Timing.choices,
        widget=forms.RadioSelect,
        required=False,
        initial=Timing.UNKNOWN,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )
    public = forms.BooleanField(label=_("Also for the public"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = uuid.uuid4

    @property
    def shown(self) -> list[Shown]:
        """Return what a valid form shows."""
        data = self.cleaned_data
        both = (Shown(document=data["photo"]), Shown(url=data["url"]))
        return [one for one in both if one]

    @property
    def said(self) -> dict[str, Any]:
        """Return what ``tell`` and ``correct`` both take of a valid form."""
        data = self.cleaned_data
        names = ("day", "status", "text", "reason", "public", "submission")
        return {name: data[name] for name in names} | {
            "timing": data["timing"] or Timing.UNKNOWN,
            "evidence": self.shown,
        }


class CorrectionForm(UpdateForm):
    """The same once more, with what was wrong; the plan has pages of its own."""

    next_step = None  # type: ignore[assignment]
    next_on = None  # type: ignore[assignment]
    note = CleanCharField(
        label=_("What was wrong?"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("Stands beside the correction, for whoever read the old one."),
    )

    @classmethod
    def initial_of(cls, update: ProgressUpdate) -> dict[str, Any]:
        """Return a stored update as the form shows it."""
        names = ("day", "status", "text", "reason", "timing", "public")
        return {name: getattr(update, name) for name in names}


class StepForm(RevisionForm):
    """One thing that has to happen."""

    title = CleanCharField(
        label=_("What has to happen?"),
        max_length=LONGEST_STEP,
        error_messages={"required": _("Say in a few words what has to happen.")},
    )
    means = forms.ChoiceField(
        label=_("What does it take?"),
        choices=Means.choices,
        widget=forms.RadioSelect,
        initial=Means.OTHER,
        error_messages={
            "required": _("Choose from the list what it takes."),
            "invalid_choice": _("Choose from the list what it takes."),
        },
    )
    due_on = day_field(
        validators=[of_this_age],
        label=_("When?"),
        required=False,
        help_text=_("The day of the meeting or the talk. Not known yet? Leave it empty."),
        error_messages={"invalid": _("Choose a day, such as 16-03-2022.")},
    )
    url = LinkField(label=_("Link"), help_text=_("To the council document that belongs to it."))
    public = forms.BooleanField(
        label=_("Also for the public"),
        required=False,
        initial=True,
        help_text=_("It then stands on the public page and in its calendar."),
    )
    field_order = ("title", "means", "due_on", "url", "public")

    def __init__(self, *args: Any, standing: str, new: bool = False, **kwargs: Any) -> None:
        """Begin with what helps from where the branch stands; a new step has no revision yet."""
        super().__init__(*args, **kwargs)
        first = means_in_order(standing_rules.Standing(standing))
        labels = dict(Means.choices)
        self.fields["means"].choices = [  # type: ignore[attr-defined]
            (one.value, labels[one.value]) for one in first
        ]
        if new:
            del self.fields["revision"]

    @classmethod
    def initial_of(cls, step: Step) -> dict[str, Any]:
        """Return a stored step as the form shows it."""
        names = ("title", "means", "due_on", "url", "public", "revision")
        return {name: getattr(step, name) for name in names}

    @property
    def said(self) -> dict[str, Any]:
        """Return what the services take of a valid form."""
        names = ("title", "means", "due_on", "url", "public")
        return {name: self.cleaned_data[name] for name in names}


class PledgeDocumentForm(forms.Form):
    """A council document, a link or a file that belongs to the pledge as a whole."""

    title = CleanCharField(
        label=_("What is it?"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=_("For example: motion on the playgrounds, 12 May."),
    )
    url = LinkField(label=_("Link"))
    document = DocumentField(
        label=_("Photo or file"), kinds=(*PICTURES, *DOCUMENTS), required=False
    )
    council = forms.BooleanField(
        label=_("It is a document of the council"), required=False, initial=True
    )
    public = forms.BooleanField(label=_("Also for the public"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        """Ask for something."""
        data = super().clean() or {}
        if not self.errors and not data.get("url") and not data.get("document"):
            raise ValidationError(_("Paste a link, or choose a file."), code="nothing")
        return data

    @property
    def shown(self) -> Shown:
        """Return what a valid form shows."""
        return Shown(**self.cleaned_data)
