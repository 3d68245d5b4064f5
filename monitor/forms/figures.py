"""The choices above the figures, and the remark with a report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from branches.facts.provinces import Province
from core.text import CleanTextField
from evaluation.enums_ten import PledgeTheme
from evaluation.forms.result import RevisionForm
from monitor.forms.top_tens import OfElection
from monitor.models import MonthlyReport
from monitor.rules.benchmark import Group, Sought, Subject
from monitor.rules.size import Size
from monitor.size_words import size_name

LONGEST_REMARK = 3000


class FiguresForm(OfElection):
    """Which election the national line is of."""


class BenchmarksForm(OfElection):
    """What is compared, over which branches; what makes no sense is left out."""

    wat = forms.ChoiceField(
        label=_("What you compare"),
        required=False,
        choices=[
            (Subject.EVALUATIONS.value, _("what came of the last programme")),
            (Subject.TENS.value, _("what came of the top tens")),
        ],
    )
    per = forms.ChoiceField(
        label=_("A row for each"),
        required=False,
        choices=[
            (Group.THEME.value, pgettext_lazy("a row for each", "theme")),
            (Group.PROVINCE.value, pgettext_lazy("a row for each", "province")),
            (Group.SIZE.value, pgettext_lazy("a row for each", "size of the municipality")),
        ],
    )
    thema = forms.ChoiceField(
        label=_("Theme"), required=False, choices=[("", _("all themes")), *PledgeTheme.choices]
    )
    provincie = forms.ChoiceField(
        label=_("Province"),
        required=False,
        choices=[("", _("all provinces")), *((row.value, row.dutch_name) for row in Province)],
    )
    grootte = forms.ChoiceField(label=_("Size"), required=False)
    field_order = ("wat", "per", "thema", "provincie", "grootte", "verkiezing")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grootte"].choices = [  # type: ignore[attr-defined]
            ("", _("all sizes")),
            *((size.value, size_name(size)) for size in Size),
        ]

    def sought(self) -> Sought:
        """Return what was asked for, as far as it made sense."""
        self.is_valid()
        data = self.cleaned_data
        return Sought(
            subject=Subject(data.get("wat") or Subject.EVALUATIONS),
            group=Group(data.get("per") or Group.THEME),
            theme=data.get("thema", ""),
            province=data.get("provincie", ""),
            size=data.get("grootte", ""),
        )


class RemarkForm(RevisionForm):
    """What the office says with the figures."""

    remark = CleanTextField(
        label=_("What do you say with these figures?"),
        required=False,
        max_length=LONGEST_REMARK,
        help_text=_(
            "Two or three sentences for the party board: what went well, what needs attention. "
            "The figures themselves stay as they are."
        ),
    )

    @classmethod
    def of(cls, report: MonthlyReport, data: Any = None) -> RemarkForm:
        """Return the form with what is written now."""
        return cls(data, initial={"remark": report.remark, "revision": report.revision})
