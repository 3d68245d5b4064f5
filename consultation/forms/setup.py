"""Forms about themes, channels, and until when input is open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from consultation.enums import ChannelKind, Nature
from consultation.forms.item import NOT_FROM_THE_LIST, RevisionForm
from consultation.models import Channel, Consultation, Theme
from consultation.services.channels import ONLY_ONE, Description
from consultation.services.themes import Answers
from core.text import CleanCharField, CleanTextField
from process.forms.meetings import day_field

_QUESTION_LENGTH = 5_000


class ThemeForm(forms.Form):
    """A theme's name and its three questions (R30)."""

    name = CleanCharField(label=_("Name of the theme"), max_length=80)
    topical = CleanTextField(
        label=_("What is going on now?"),
        required=False,
        max_length=_QUESTION_LENGTH,
        help_text=_("What people talk about in the street, and what stands in the paper."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    difference = CleanTextField(
        label=_("Where can we really make a difference?"),
        required=False,
        max_length=_QUESTION_LENGTH,
        help_text=_("What the municipality itself decides about, or can get others to do."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    warms = CleanTextField(
        label=_("What do people warm to?"),
        required=False,
        max_length=_QUESTION_LENGTH,
        help_text=_("What gives them energy, or what they are proud of."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def answers(self) -> Answers:
        """Return what was filled in, for the service."""
        names = ("name", "topical", "difference", "warms")
        return Answers(**{name: self.cleaned_data[name] for name in names})


class ThemeEditForm(RevisionForm, ThemeForm):
    """The same, of a theme that is there. A classic one may keep its own name."""

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        """Fill in what is stored."""
        names = ("name", "topical", "difference", "warms", "revision")
        kwargs["initial"] = {name: getattr(theme, name) for name in names}
        super().__init__(*args, **kwargs)
        if theme.classic:
            self.fields["name"].required = False
            self.fields["name"].help_text = _now(
                "Leave it empty to call it “%(name)s”, as everywhere."
            ) % {"name": theme.get_classic_display()}


class MoveForm(forms.Form):
    """Which way."""

    way = forms.ChoiceField(choices=[("up", "up"), ("down", "down")])


class ChannelForm(forms.Form):
    """A new way to take part."""

    kind = forms.ChoiceField(
        label=_("How do people take part?"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": NOT_FROM_THE_LIST},
    )
    name = CleanCharField(
        label=_("Name"),
        required=False,
        max_length=120,
        help_text=_("To tell two of a kind apart: “market in the station area”."),
    )
    address = CleanCharField(
        label=_("Address or link"),
        required=False,
        help_text=_("Where people find it: a page, a mail address, a place."),
    )
    partner = CleanCharField(
        label=_("Together with"),
        required=False,
        max_length=120,
        help_text=_("Another party, a club or a newspaper that does this with you."),
    )
    nature = forms.ChoiceField(
        label=_("Online or face to face?"),
        required=False,
        choices=[("", _("as it usually is")), *Nature.choices],
        error_messages={"invalid_choice": NOT_FROM_THE_LIST},
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        """Offer every kind but those of which there is one and can be only one."""
        super().__init__(*args, **kwargs)
        there = set(consultation.channels.values_list("kind", flat=True))
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, kind.label)
            for kind in ChannelKind
            if kind not in ONLY_ONE or kind.value not in there
        ]

    def clean(self) -> dict[str, Any]:
        """A mail address must be one."""
        data: dict[str, Any] = super().clean() or {}
        _address_fits(self, data, kind=data.get("kind", ""))
        return data


class ChannelEditForm(RevisionForm):
    """What is said of a way to take part."""

    name = CleanCharField(label=_("Name"), required=False, max_length=120)
    address = CleanCharField(label=_("Address or link"), required=False)
    partner = CleanCharField(label=_("Together with"), required=False, max_length=120)
    nature = forms.ChoiceField(
        label=_("Online or face to face?"),
        choices=Nature.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": NOT_FROM_THE_LIST},
    )

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        """Fill in what is stored."""
        names = ("name", "address", "partner", "nature", "revision")
        kwargs["initial"] = {name: getattr(channel, name) for name in names}
        super().__init__(*args, **kwargs)
        self._kind = channel.kind

    def clean(self) -> dict[str, Any]:
        """A mail address must be one."""
        data: dict[str, Any] = super().clean() or {}
        _address_fits(self, data, kind=self._kind)
        return data

    def description(self) -> Description:
        """Return what was filled in, for the service."""
        data = self.cleaned_data
        return Description(
            nature=Nature(data["nature"]),
            name=data["name"],
            address=data["address"],
            partner=data["partner"],
        )


class ClosingForm(RevisionForm):
    """The day on which input closes; empty: it stays open."""

    closes_on = day_field(
        label=_("Last day"),
        required=False,
        help_text=_("What comes later is taken too, with the mark “late”."),
    )


def _address_fits(form: forms.Form, data: dict[str, Any], *, kind: str) -> None:
    if kind != ChannelKind.MAIL or not data.get("address"):
        return
    try:
        EmailValidator()(data["address"])
    except ValidationError:
        form.add_error(
            "address", _now("This is not a whole e-mail address. Look for a missing @ or dot.")
        )
