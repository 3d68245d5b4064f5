"""A survey or list on its way in: the file, where it comes from, and what its columns mean."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultation.list_words import MEANINGS
from consultation.models import Channel, Consultation, ListImport
from consultation.rules.columns import Meaning
from core.kinds import Kind
from core.text import CleanCharField
from core.uploads import DocumentField

KINDS = (Kind.XLSX, Kind.CSV)


class ListForm(forms.Form):
    """The file, and which survey it is."""

    document = DocumentField(
        label=_("Your file"),
        kinds=KINDS,
        error_messages={"required": _("Choose the file first.")},
    )
    channel = forms.ModelChoiceField(
        label=_("Where does it come from?"),
        queryset=Channel.objects.none(),
        required=False,
        empty_label=_("a survey that is not in this list yet"),
    )
    name = CleanCharField(
        label=_("Name of the survey"),
        required=False,
        max_length=120,
        help_text=_("For example: survey in the local paper, spring."),
    )
    partner = CleanCharField(
        label=_("Together with"),
        required=False,
        max_length=120,
        help_text=_("An organisation that asked the questions with you, if there was one."),
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].queryset = Channel.objects.filter(  # type: ignore[attr-defined]
            consultation=consultation
        )


class ColumnsForm(forms.Form):
    """What each column of a list means."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput())

    def __init__(self, *args: Any, listing: ListImport, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "revision": listing.revision,
            **{f"column_{place}": meaning for place, meaning in listing.mapping.items()},
        }
        super().__init__(*args, **kwargs)
        choices = [(meaning.value, words) for meaning, words in MEANINGS.items()]
        self.columns = []
        for place, text in enumerate(listing.header):
            name = f"column_{place}"
            self.fields[name] = forms.ChoiceField(
                label=text or _("column without a header"), choices=choices
            )
            examples = [row[place + 1] for row in listing.rows if len(row) > place + 1]
            self.columns.append((name, [cell for cell in examples if cell][:3]))

    @property
    def shown(self) -> list[tuple[forms.BoundField, list[str]]]:
        """Each column's field, with the first things that stand under it."""
        return [(self[name], examples) for name, examples in self.columns]

    @property
    def mapping(self) -> dict[int, Meaning]:
        """What was chosen."""
        return {
            place: Meaning(self.cleaned_data[name])
            for place, (name, _examples) in enumerate(self.columns)
        }


class ListActionForm(forms.Form):
    """What to do with a list, and the revision that the page was opened with."""

    action = forms.ChoiceField(
        choices=[(name, name) for name in ("take_over", "undo", "throw_away")]
    )
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1)
