"""The forms of choosing the ten: where to begin, what a candidate says, who leads, who prefers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from branches.models import User
from core.text import CleanCharField, CleanTextField
from evaluation.enums_ten import PledgeTheme
from evaluation.forms.ten.days import of_this_age
from evaluation.models import Pledge
from evaluation.rules.pledge import DOTS
from evaluation.services.ten.choosing import LONGEST_TEXT, LONGEST_TITLE, Move, Words
from process.forms.meetings import RevisionForm, day_field
from programmes.models import Programme

LONGEST_LINE: Final = 300
LARGEST_NUMBER: Final = 2**31 - 1


class TenStartForm(forms.Form):
    """From which programme."""

    programme = forms.ModelChoiceField(
        queryset=Programme.objects.none(),
        label=gettext_lazy("From which programme do you choose?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose a programme."),
            "invalid_choice": gettext_lazy("Choose a programme from the list."),
        },
    )

    def __init__(self, *args: Any, programmes: QuerySet[Programme], **kwargs: Any) -> None:
        """Let choose from these programmes."""
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]


class MeasureForm(forms.Form):
    """Which measure of the programme."""

    measure = forms.IntegerField(min_value=1, max_value=LARGEST_NUMBER)


class RankForm(forms.Form):
    """Which candidate moves where, in the order that one looked at."""

    pledge = forms.IntegerField(min_value=1, max_value=LARGEST_NUMBER)
    to = forms.ChoiceField(choices=[(one.value, one.value) for one in Move])
    revision = forms.IntegerField(min_value=0, max_value=LARGEST_NUMBER)


class RefreshForm(forms.Form):
    """Take over what the programme says by now, or keep the own text."""

    take_over = forms.BooleanField(required=False)
    revision = forms.IntegerField(min_value=0, max_value=LARGEST_NUMBER)


class CandidateForm(RevisionForm):
    """What a candidate says."""

    title = CleanCharField(
        label=gettext_lazy("In a few words"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("As it would stand on a poster."),
        error_messages={"required": gettext_lazy("Say in a few words what it is.")},
    )
    text = CleanTextField(
        label=gettext_lazy("What are you going to do?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Say what you are going to do.")},
    )
    for_whom = CleanCharField(
        label=gettext_lazy("For whom, and with whom?"), max_length=LONGEST_LINE, required=False
    )
    by_when = day_field(
        validators=[of_this_age],
        label=gettext_lazy("Ready by"),
        required=False,
        error_messages={"invalid": gettext_lazy("Choose a day, such as 31-12-2024.")},
    )
    measured_by = CleanCharField(
        label=gettext_lazy("How do you see that it is done?"),
        max_length=LONGEST_LINE,
        required=False,
    )
    theme = forms.ChoiceField(
        label=pgettext_lazy("of a pledge", "Theme"),
        choices=PledgeTheme.choices,
        help_text=gettext_lazy("So that other branches find it."),
        error_messages={"invalid_choice": gettext_lazy("Choose a theme from the list.")},
    )
    field_order = ("title", "text", "for_whom", "by_when", "measured_by", "theme")

    @property
    def words(self) -> Words:
        """Return what a valid form says."""
        names = ("title", "text", "for_whom", "by_when", "measured_by", "theme")
        return Words(**{name: self.cleaned_data[name] for name in names})

    @classmethod
    def initial_of(cls, pledge: Pledge) -> dict[str, Any]:
        """Return a stored candidate as the form shows it."""
        return {name: getattr(pledge, name) for name in (*cls.field_order, "revision")}


class OwnersForm(forms.Form):
    """Who is in the lead of each, and who is second.

    The fields are named after the pledges: ``owner-3``, ``deputy-3``, and ``revision-3`` with which
    the page was opened.
    """

    def __init__(
        self, *args: Any, pledges: Sequence[Pledge], people: Sequence[User], **kwargs: Any
    ) -> None:
        """Ask about these pledges; let choose from these people."""
        super().__init__(*args, **kwargs)
        self.pledges = pledges
        self.people: Mapping[str, User] = {str(person.pk): person for person in people}
        choices = [("", _("nobody yet")), *((str(one.pk), str(one)) for one in people)]
        for pledge in pledges:
            self.fields[f"owner-{pledge.pk}"] = self._who(
                _("In the lead"), choices, pledge.owner_id
            )
            self.fields[f"deputy-{pledge.pk}"] = self._who(
                _("Second in the lead"), choices, pledge.deputy_id
            )
            self.fields[f"revision-{pledge.pk}"] = forms.IntegerField(
                widget=forms.HiddenInput,
                min_value=0,
                max_value=LARGEST_NUMBER,
                initial=pledge.revision,
            )

    def _who(
        self, label: str, choices: list[tuple[str, str]], chosen: int | None
    ) -> forms.ChoiceField:
        # Who left stands in no list: the place is empty, and the page says so.
        initial = str(chosen) if chosen and str(chosen) in self.people else ""
        return forms.ChoiceField(
            label=label,
            choices=choices,
            required=False,
            initial=initial,
            error_messages={"invalid_choice": _("Choose somebody of your branch, from the list.")},
        )

    def clean(self) -> dict[str, Any]:
        """Ask for two people, not one twice."""
        data = super().clean() or {}
        for pledge in self.pledges:
            owner = data.get(f"owner-{pledge.pk}")
            if owner and owner == data.get(f"deputy-{pledge.pk}"):
                self.add_error(
                    f"deputy-{pledge.pk}",
                    _("One person cannot be both. Who goes on when this one stops?"),
                )
        return data

    def rows(self) -> list[tuple[Pledge, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Return each pledge with its fields."""
        return [
            (
                pledge,
                self[f"owner-{pledge.pk}"],
                self[f"deputy-{pledge.pk}"],
                self[f"revision-{pledge.pk}"],
            )
            for pledge in self.pledges
        ]

    def chosen(self, pledge: Pledge) -> tuple[User | None, User | None, int]:
        """Return owner, deputy and revision that a valid form holds for a pledge."""
        data = self.cleaned_data
        return (
            self.people.get(data[f"owner-{pledge.pk}"]),
            self.people.get(data[f"deputy-{pledge.pk}"]),
            data[f"revision-{pledge.pk}"],
        )


class PreferenceForm(forms.Form):
    """Until when members may show their preference."""

    until = day_field(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy(
            "Before the members’ meeting, so that it can talk about the result."
        ),
        error_messages={
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("Choose a day, such as 20-11-2021."),
        },
    )


class DotsForm(forms.Form):
    """A phone's ten dots; ``dots-3`` is how many go to candidate 3."""

    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(
        self, *args: Any, pledges: Sequence[Pledge], given: Mapping[int, int], **kwargs: Any
    ) -> None:
        """Ask about these candidates; start from what this phone gave before."""
        super().__init__(*args, **kwargs)
        self.pledges = pledges
        for pledge in pledges:
            self.fields[f"dots-{pledge.pk}"] = forms.IntegerField(
                label=pledge.title,
                required=False,
                min_value=0,
                max_value=DOTS,
                initial=given.get(pledge.pk, 0),
                widget=forms.NumberInput(
                    attrs={"inputmode": "numeric", "class": "dots", "autocomplete": "off"}
                ),
                error_messages={
                    "min_value": _("0 to 10 dots."),
                    "max_value": _("0 to 10 dots."),
                    "invalid": _("Write a number: 0 to 10."),
                },
            )

    def rows(self) -> list[tuple[Pledge, forms.BoundField]]:
        """Return each candidate with its field."""
        return [(pledge, self[f"dots-{pledge.pk}"]) for pledge in self.pledges]

    @property
    def dots(self) -> dict[int, int]:
        """Return how many each candidate gets from a valid form."""
        return {pledge.pk: self.cleaned_data[f"dots-{pledge.pk}"] or 0 for pledge in self.pledges}
