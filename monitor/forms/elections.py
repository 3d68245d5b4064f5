"""Recording an election, moving it, and reviewed exceptions to its timetable."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.facts.tables import UnknownMerger, voting_in_merger_election
from branches.models import Branch, Municipality
from core.text import CleanCharField, CleanTextField
from monitor.forms.fields import DayField
from process.enums import ElectionKind
from process.rules.timetable import StatutoryKey
from process.timetable_text import KEY_LABELS

NAME_LENGTH = 120
MUNICIPALITIES_LENGTH = 4000


class ElectionForm(forms.Form):
    """A new election."""

    kind = forms.ChoiceField(
        label=_("Which kind of election is it?"),
        choices=ElectionKind.choices,
        initial=ElectionKind.REGULAR,
        widget=forms.RadioSelect,
    )
    polling_day = DayField(
        label=_("Polling day"), help_text=_("For example Wednesday 18 March 2026.")
    )
    merger_on = DayField(
        label=_("The merger takes effect on"),
        required=False,
        help_text=_("Only after a merger: 1 January of the year of the new municipality."),
    )
    municipalities = CleanTextField(
        label=_("Municipalities that vote"),
        required=False,
        max_length=MUNICIPALITIES_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Only after a merger: the old municipalities, one on a line. "
            "Leave it empty to take the ones we know for that day."
        ),
    )
    name = CleanCharField(
        label=_("What it is called"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("Leave it empty for the usual name."),
    )

    def clean(self) -> dict[str, Any]:
        """Turn the lines into municipalities; a regular election has neither merger nor list."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") != ElectionKind.MERGER:
            return data | {"merger_on": None, "municipalities": []}
        if data.get("merger_on") is None:
            self.add_error("merger_on", _("Say on which day the merger takes effect (1 January)."))
            return data
        lines = [line.strip() for line in (data.get("municipalities") or "").splitlines()]
        lines = [line for line in lines if line]
        if lines:
            data["municipalities"] = self._named(lines)
        else:
            data["municipalities"] = self._known(data)
        return data

    def _named(self, lines: list[str]) -> list[Municipality]:
        found = []
        for line in lines:
            row = Municipality.objects.filter(
                Q(name__iexact=line) | Q(short_name__iexact=line) | Q(code__iexact=line)
            ).first()
            if row is None:
                self.add_error(
                    "municipalities",
                    ValidationError(
                        _("We know no municipality “%(name)s”. Look at the spelling."),
                        params={"name": line[:NAME_LENGTH]},
                    ),
                )
            else:
                found.append(row)
        return found

    def _known(self, data: dict[str, Any]) -> list[Municipality]:
        try:
            facts = voting_in_merger_election(effective_date=data["merger_on"])
        except UnknownMerger:
            facts = ()
        found = list(Municipality.objects.filter(code__in=[fact.code for fact in facts]))
        if not found:
            self.add_error(
                "municipalities",
                _("We know no merger on that day. Write down which municipalities vote."),
            )
        return found


class PollingDayForm(forms.Form):
    """The day to which polling day moves; read from the address bar for the preview."""

    day = DayField(label=_("New polling day"))

    def add_prefix(self, field_name: str) -> str:
        """Return the name in the address bar."""
        return {"day": "dag"}.get(field_name, field_name)


class OverrideForm(forms.Form):
    """A reviewed exception: one date, for everybody or one branch, with what it rests on."""

    key = forms.ChoiceField(
        label=_("Which date?"),
        choices=[
            (key.value, KEY_LABELS[key])
            for key in StatutoryKey
            # Polling day moves with its own page, which shows what moves along.
            if key != StatutoryKey.POLLING_DAY
        ],
    )
    date = DayField(label=_("The day it becomes"))
    branch = CleanCharField(
        label=_("For one branch"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("The branch’s name. Leave it empty when it holds for the whole country."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = CleanCharField(
        label=_("Why is it different?"),
        help_text=_("One sentence that a board can read."),
    )
    source = CleanCharField(
        label=_("Where can one read that?"),
        help_text=_("A decision, a publication or an address."),
    )

    def clean_reason(self) -> str:
        """Leave out the full stop: the timetable writes it after every reason."""
        return str(self.cleaned_data["reason"]).rstrip(" .")

    def clean_branch(self) -> Branch | None:
        """Find the branch by name or by the last part of its address."""
        given = self.cleaned_data["branch"]
        if not given:
            return None
        wanted = Q(name__iexact=given) | Q(slug__iexact=given)
        branch = Branch.objects.active().filter(wanted).first()
        if branch is None:
            raise ValidationError(
                _("We know no branch “%(name)s”. Look at the spelling."), params={"name": given}
            )
        return branch
