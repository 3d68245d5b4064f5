"""A file to read, and what is done with it while it is looked at."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.kinds import Kind
from core.text import CleanCharField
from core.uploads import DocumentField
from programmes.enums import ProgrammeKind
from programmes.rules.blocks import Role

FIRST_YEAR = 1946
"""The first municipal elections after the party was founded."""

YEARS_AHEAD = 8

_TITLE_LENGTH = 300

CORRECTION = re.compile(
    r"(?P<op>role|join|apart|split):(?P<block>[0-9]{1,7}(?:\.[0-9]{1,4})?)"
    r"(?::(?P<rest>[a-z_]{1,20}|[0-9]{1,7}))?",
    re.ASCII,
)
"""One correction as a button or a radio sends it: "role:12:measure", "split:12.1:80", "join:7"."""


class FileForm(forms.Form):
    """The file alone: a corrected one of a programme that is there."""

    file = DocumentField(
        kinds=tuple(Kind),
        label=_("File"),
        error_messages={"required": _("Choose the file of the programme.")},
    )


class BaseForm(FileForm):
    """A file that becomes the base programme of everybody."""

    year = forms.IntegerField(
        label=_("Election year"),
        required=False,
        min_value=FIRST_YEAR,
        help_text=_("The year of the election that it was made for."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last_year = today.year + YEARS_AHEAD

    def clean_year(self) -> int | None:
        """Refuse a year that no election of ours can be in."""
        year: int | None = self.cleaned_data["year"]
        if year is not None and year > self.last_year:
            raise forms.ValidationError(
                _("That year is too far away: %(last)s at the latest."),
                code="far",
                params={"last": self.last_year},
            )
        return year


class ImportForm(BaseForm):
    """A file, and what it is to the branch (R38: the programme of last time is read as it is)."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=ProgrammeKind.choices, widget=forms.RadioSelect
    )
    origin = CleanCharField(
        label=_("Whose programme is it?"),
        max_length=200,
        required=False,
        help_text=_("Only for a programme of a neighbouring branch, or of somebody else."),
    )
    field_order = ["file", "kind", "origin", "year"]

    def clean(self) -> dict[str, Any]:
        """Ask whose it is for a neighbour's; keep no answer to what was not asked."""
        data = super().clean() or {}
        if data.get("kind") != ProgrammeKind.NEIGHBOUR:
            data["origin"] = ""
        elif not data.get("origin") and "origin" not in self.errors:
            self.add_error("origin", _("Write whose programme this is: the branch or the party."))
        return data


class RevisionForm(forms.Form):
    """An act on an import, from the state that was seen."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class CorrectionForm(RevisionForm):
    """One correction; ``correction()`` is what ``programmes.rules.corrections`` reads."""

    what = forms.RegexField(
        regex=re.compile(rf"\A{CORRECTION.pattern}\Z", re.ASCII),
        max_length=60,
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose first what should change.")},
    )

    def clean_what(self) -> dict[str, Any]:
        """Return the correction as a mapping; refuse one that is not whole."""
        match = CORRECTION.fullmatch(self.cleaned_data["what"])
        assert match is not None  # noqa: S101 - the field's own pattern
        op, block, rest = match["op"], match["block"], match["rest"]
        wrong = forms.ValidationError(_("This choice is not known here."), code="unknown")
        if op == "role":
            if rest not in set(Role):
                raise wrong
            return {"op": op, "block": block, "role": rest}
        if op == "split":
            if not (rest or "").isdigit():
                raise wrong
            return {"op": op, "block": block, "at": int(rest)}
        if rest is not None:
            raise wrong
        return {"op": op, "block": block}

    def correction(self) -> dict[str, Any]:
        """Return the valid correction."""
        found: dict[str, Any] = self.cleaned_data["what"]
        return found


class SaveForm(RevisionForm):
    """The title under which a looked-at document is saved."""

    title = CleanCharField(label=_("Title"), max_length=_TITLE_LENGTH)
