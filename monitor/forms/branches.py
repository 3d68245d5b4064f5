"""New branches, branches that merge, and branches that end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Branch, Municipality
from core.text import CleanCharField, CleanTextField
from monitor.forms.fields import DayField

NAME_LENGTH = 80
BECAUSE_LENGTH = 300
LINES_LENGTH = 4000
MOST_LINES = 60


class BranchesForm(forms.Form):
    """Which branches are listed; what makes no sense is left out, never an error."""

    naam = CleanCharField(
        label=_("Name of the branch or municipality"), required=False, max_length=NAME_LENGTH
    )
    stand = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[
            ("", _("all branches")),
            ("is", _("those that are there")),
            ("was", _("those that merged or ended")),
        ],
    )

    def sought(self) -> dict[str, str]:
        """Return ``words`` and ``state``, as far as they made sense."""
        self.is_valid()
        data = self.cleaned_data
        return {"words": data.get("naam", ""), "state": data.get("stand", "")}


class LinesField(CleanTextField):
    """Names, one on a line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(max_length=LINES_LENGTH, **kwargs)

    def clean(self, value: Any) -> list[str]:
        """Return the lines with something on them."""
        lines = [line.strip() for line in (super().clean(value) or "").splitlines()]
        lines = list(dict.fromkeys(line for line in lines if line))
        if len(lines) > MOST_LINES:
            raise ValidationError(_("That are too many lines."))
        return lines


def _municipalities(lines: Sequence[str]) -> list[Municipality]:
    found = []
    for line in lines:
        named = Q(name__iexact=line) | Q(short_name__iexact=line) | Q(code__iexact=line)
        row = Municipality.objects.filter(named).order_by("valid_until", "pk").first()
        if row is None:
            raise ValidationError(
                _("We know no municipality “%(name)s”. Look at the spelling."),
                params={"name": line[:NAME_LENGTH]},
            )
        found.append(row)
    return list(dict.fromkeys(found))


class BranchForm(forms.Form):
    """A new branch."""

    name = CleanCharField(label=_("What it is called"), max_length=NAME_LENGTH)
    municipalities = LinesField(
        label=_("Municipalities that it covers"), help_text=_("One on a line.")
    )

    def clean_municipalities(self) -> list[Municipality]:
        """Find them by name or CBS code."""
        return _municipalities(self.cleaned_data["municipalities"])


class MergeForm(forms.Form):
    """Which branches go on in which, and since when."""

    branches = LinesField(
        label=_("Which branches merge?"), help_text=_("Their names, one on a line.")
    )
    name = CleanCharField(
        label=_("What is the branch called from then on?"),
        max_length=NAME_LENGTH,
        help_text=_(
            "The name of one of them: the others go on in that one, and its own timeline, "
            "decisions and top ten go on as they are. Another name: that makes a new branch."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    day = DayField(
        label=_("Since which day?"),
        help_text=_("Today or earlier: until then the branches go on as they are."),
    )
    municipalities = LinesField(
        label=_("Municipalities that the branch covers"),
        required=False,
        help_text=_(
            "One on a line. Leave it empty for those of all these branches, and what becomes of "
            "them as far as we know."
        ),
    )
    because = CleanCharField(
        label=_("Why?"),
        required=False,
        max_length=BECAUSE_LENGTH,
        help_text=_("For who reads the history later: the decision of both members’ meetings."),
    )

    def clean_branches(self) -> list[Branch]:
        """Find them among the branches of today, by name or by the last part of the address."""
        found = []
        for line in self.cleaned_data["branches"]:
            row = _branch(line)
            if row is None:
                raise ValidationError(
                    _("We know no branch “%(name)s”. Look at the spelling."),
                    params={"name": line[:NAME_LENGTH]},
                )
            found.append(row)
        return list(dict.fromkeys(found))

    def clean_municipalities(self) -> list[Municipality]:
        """Find them by name or CBS code."""
        return _municipalities(self.cleaned_data["municipalities"])

    @property
    def into(self) -> Branch | None:
        """The branch of today that has the name; ``None``: it is to be made."""
        return _branch(self.cleaned_data["name"])


class CloseForm(forms.Form):
    """A branch that goes on nowhere."""

    day = DayField(label=_("Since which day?"), help_text=_("Today or earlier."))
    because = CleanCharField(
        label=_("Why?"),
        max_length=BECAUSE_LENGTH,
        help_text=_("One sentence, for who reads the history later."),
    )


def first_words(chosen: Sequence[Branch], *, today: date) -> dict[str, Any]:
    """Return what the merge form begins with."""
    return {"branches": "\n".join(row.name for row in chosen), "day": today}


def _branch(name: str) -> Branch | None:
    wanted = Q(name__iexact=name) | Q(slug__iexact=name)
    return Branch.objects.active().filter(wanted).order_by("pk").first()
