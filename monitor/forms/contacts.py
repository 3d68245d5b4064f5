"""Who looks after which branches: what is shown, and what is chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.facts.provinces import Province
from branches.models import User
from monitor.queries.contacts import NOBODY

_PROVINCES = [(row.value, row.dutch_name) for row in Province]


class ContactsFilter(forms.Form):
    """Which branches are shown; what makes no sense in the address is left out."""

    provincie = forms.ChoiceField(
        label=_("Province"), required=False, choices=[("", _("all provinces")), *_PROVINCES]
    )
    van = forms.ChoiceField(label=_("Contact person"), required=False)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "filter-%s")
        super().__init__(*args, **kwargs)
        self.fields["van"].choices = [  # type: ignore[attr-defined]
            ("", _("everybody")),
            (NOBODY, _("nobody yet")),
            *((str(user.pk), str(user)) for user in people),
        ]

    def wanted(self) -> tuple[str, str]:
        """Return province and contact person, as far as they made sense."""
        self.is_valid()
        data = self.cleaned_data
        return data.get("provincie", ""), data.get("van", "")


class AssignForm(forms.Form):
    """Who is to look after the branches that were ticked, or after all of a province.

    Args:
        people: the colleagues to choose from.
    """

    person = forms.ChoiceField(label=_("Who looks after them?"))
    province = forms.ChoiceField(required=False, choices=[("", ""), *_PROVINCES])
    back = forms.CharField(required=False, max_length=10)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "assign-%s")
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in people}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", _("choose a colleague")),
            *((key, str(user)) for key, user in self.people.items()),
            (NOBODY, _("nobody in particular")),
        ]

    def chosen(self) -> User | None:
        """Return the colleague; ``None``: nobody in particular."""
        return self.people.get(self.cleaned_data["person"])
