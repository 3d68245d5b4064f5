"""Dealing out: who judges which chapter; and which portfolio a section belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.models import User
from core.text import CleanCharField
from evaluation.forms.judging import LONGEST_PORTFOLIO
from evaluation.queries.dealing import Share


class DealForm(forms.Form):
    """A row of tick boxes for each chapter or portfolio.

    Each row remembers what it was opened with: only rows that somebody changed are dealt anew, so
    that two people who deal at once, and promises dealt out one by one, are left alone.
    """

    def __init__(
        self,
        *args: Any,
        shares: Sequence[Share],
        people: Sequence[User],
        proposal: Mapping[str, Iterable[int]] | None = None,
        **kwargs: Any,
    ) -> None:
        """Make the rows.

        Args:
            args: as for every form.
            shares: the chapters or portfolios.
            people: of the council group.
            proposal: key of a share → ids of people to tick in place of who has it.
            kwargs: as for every form.
        """
        super().__init__(*args, **kwargs)
        self.shares = shares
        here = {person.pk for person in people}
        choices = [(str(person.pk), str(person)) for person in people]
        for share in shares:
            has = sorted(share.people & here)
            ticked = sorted((proposal or {}).get(share.key, has))
            self.fields[f"who-{share.key}"] = forms.MultipleChoiceField(
                label=share.title,
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=[str(pk) for pk in ticked],
                error_messages={
                    "invalid_choice": _("Somebody you chose is not in the council group today.")
                },
            )
            self.fields[f"was-{share.key}"] = forms.CharField(
                widget=forms.HiddenInput,
                required=False,
                max_length=1000,
                initial=",".join(str(pk) for pk in has),
            )

    @property
    def rows(self) -> list[tuple[Share, forms.BoundField, forms.BoundField]]:
        """Return each share with its tick boxes and what it was opened with."""
        return [
            (share, self[f"who-{share.key}"], self[f"was-{share.key}"]) for share in self.shares
        ]

    @property
    def changed(self) -> dict[str, list[int]]:
        """Return key of a share → ids of people, for the rows of a valid form that changed."""
        plan: dict[str, list[int]] = {}
        for share in self.shares:
            who = self.cleaned_data[f"who-{share.key}"]
            was = self.cleaned_data[f"was-{share.key}"]
            if set(who) != set(filter(None, was.split(","))):
                plan[share.key] = [int(pk) for pk in who]
        return plan


class PortfolioForm(forms.Form):
    """A name beside each section; a name beside a chapter counts for all of its sections."""

    def __init__(self, *args: Any, sections: Sequence[tuple[str, str, str]], **kwargs: Any) -> None:
        """Make the fields: ``sections`` are triples of key, title and the name that is there."""
        super().__init__(*args, **kwargs)
        self.keys = [key for key, _title, _name in sections]
        for key, title, name in sections:
            self.fields[f"name-{key}"] = CleanCharField(
                label=title,
                required=False,
                max_length=LONGEST_PORTFOLIO,
                initial=name,
                widget=forms.TextInput(attrs={"list": "portfolios"}),
            )
            self.fields[f"was-{key}"] = CleanCharField(
                widget=forms.HiddenInput,
                required=False,
                max_length=LONGEST_PORTFOLIO,
                initial=name,
            )

    @property
    def changed(self) -> dict[str, str]:
        """Return key → new name, for what somebody changed in a valid form."""
        return {
            key: self.cleaned_data[f"name-{key}"]
            for key in self.keys
            if self.cleaned_data[f"name-{key}"] != self.cleaned_data[f"was-{key}"]
        }
