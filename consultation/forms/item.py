"""The forms about one contribution: status, note, who has it, parts, words, answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from branches.models import User
from consultation.enums import PersonRole, Status
from consultation.models import Consultation, Contribution, Theme
from consultation.models.contribution import LONGEST
from consultation.rules.statuses import LONGEST_REASON
from consultation.services.answering import LONGEST_ANSWER
from consultation.services.correcting import LONGEST_NOTE
from consultation.services.cutting import MOST_PARTS
from core.text import CleanCharField, CleanTextField

LARGEST_NUMBER = 2**31 - 1
NOT_FROM_THE_LIST = _("Choose from the list.")


class RevisionForm(forms.Form):
    """What was on the screen when somebody typed."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST_NUMBER)


class ThemeField(forms.ModelChoiceField):  # type: ignore[type-arg] # no generic when it runs
    """A theme that can be chosen now, or the one that it already has."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Theme.objects.none(),
            label=_("Theme"),
            required=False,
            empty_label=_("no theme yet"),
            error_messages={"invalid_choice": NOT_FROM_THE_LIST},
            **kwargs,
        )

    def offer(self, consultation: Consultation, *, chosen: int | None = None) -> None:
        """Offer the themes of one consultation."""
        self.queryset = Theme.objects.filter(
            Q(closed_on=None) | Q(pk=chosen), consultation=consultation
        )


class StatusForm(RevisionForm):
    """Theme, status and why: what nearly every contribution asks."""

    status = forms.ChoiceField(
        label=_("What do you do with it?"),
        choices=Status.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what is done with it."),
            "invalid_choice": NOT_FROM_THE_LIST,
        },
    )
    reason = CleanTextField(
        label=_("Why?"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("Asked for with “partly” and “not”: people will want to know."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    theme = ThemeField()

    def __init__(self, *args: Any, row: Contribution, **kwargs: Any) -> None:
        """Fill in what is stored."""
        stored = {
            "status": "" if row.status == Status.NEW else row.status,
            "reason": row.reason,
            "theme": row.theme_id,
            "revision": row.revision,
        }
        super().__init__(*args, **{"initial": stored, "auto_id": "status_%s"} | kwargs)
        self.fields["theme"].offer(row.consultation, chosen=row.theme_id)  # type: ignore[attr-defined]


class NoteForm(RevisionForm):
    """A note for each other."""

    note = CleanTextField(
        label=_("Note for each other"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=_("Only the board, the committee and the council group read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AssignForm(RevisionForm):
    """Who takes care of it."""

    to = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=_("Who takes care of it?"),
        required=False,
        empty_label=_("nobody yet"),
        error_messages={"invalid_choice": NOT_FROM_THE_LIST},
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        """Offer who may read it."""
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class CorrectForm(RevisionForm):
    """As what somebody spoke and where from; the words only of what was typed in here."""

    theme = ThemeField()
    role = forms.ChoiceField(
        label=_("Speaks as"),
        required=False,
        choices=[("", pgettext_lazy("role", "not said")), *PersonRole.choices],
        error_messages={"invalid_choice": NOT_FROM_THE_LIST},
    )
    neighbourhood = CleanCharField(label=_("Neighbourhood"), required=False, max_length=80)
    text = CleanTextField(
        label=_("Text"),
        max_length=LONGEST,
        help_text=_("You typed this in for somebody: mend slips of the pen, not what was meant."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, row: Contribution, mend: bool, **kwargs: Any) -> None:
        """Fill in what is stored; ``mend`` says whether the words may change."""
        stored = {
            "theme": row.theme_id,
            "role": row.role,
            "neighbourhood": row.neighbourhood,
            "text": row.text,
            "revision": row.revision,
        }
        super().__init__(*args, **{"initial": stored} | kwargs)
        self.fields["theme"].offer(row.consultation, chosen=row.theme_id)  # type: ignore[attr-defined]
        if not mend:
            del self.fields["text"]


class CutForm(RevisionForm):
    """One text in parts: each part in a box of its own."""

    def __init__(self, *args: Any, parts: Sequence[str], **kwargs: Any) -> None:
        """Offer a box for each of the parts, and at least two; as many as were sent come back."""
        super().__init__(*args, **kwargs)
        asked = (f"part_{place}" for place in range(MOST_PARTS))
        boxes = sum(name in self.data for name in asked) if self.is_bound else len(parts)
        for place in range(min(max(2, boxes), MOST_PARTS)):
            self.fields[f"part_{place}"] = CleanTextField(
                label=_("Part %(number)s") % {"number": place + 1},
                required=False,
                max_length=LONGEST,
                initial=parts[place] if place < len(parts) else "",
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    @property
    def texts(self) -> list[str]:
        """Return the parts of a valid form that say something, in order."""
        names = [name for name in self.fields if name.startswith("part_")]
        return [self.cleaned_data[name] for name in names if self.cleaned_data[name]]


class AnswerForm(RevisionForm):
    """What became of it, in the words that people read."""

    text = CleanTextField(
        label=_("Your answer"),
        max_length=LONGEST_ANSWER,
        error_messages={"required": _("Write the answer first.")},
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class OtherForm(forms.Form):
    """Which one says the same."""

    other = forms.IntegerField(min_value=1, max_value=LARGEST_NUMBER)


class MeasureForm(forms.Form):
    """Which measure took it up."""

    measure = forms.IntegerField(min_value=1, max_value=LARGEST_NUMBER)
