"""Handing a pledge over: who is in the lead from now on, and what that person must know."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.forms import PersonChoice
from branches.models import User
from core.text import CleanCharField
from evaluation.models import Pledge
from evaluation.services.ten.people import NOTE_MOST

_GONE = {
    "invalid_choice": gettext_lazy(
        "The person you chose is not active in this branch any more. Choose somebody else."
    )
}


class LeaderChoice(PersonChoice):
    """People by name, the deputy first and named as such: that is the one who knows the work."""

    deputy_id: int | None = None

    def label_from_instance(self, obj: User) -> str:
        """Return the name, with what the person is already."""
        name = super().label_from_instance(obj)
        if obj.pk == self.deputy_id:
            return _("%(name)s (second in the lead now)") % {"name": name}
        return name


class HandOverPledgeForm(forms.Form):
    """Who is in the lead, who second, and a note for the next one."""

    owner = LeaderChoice(
        label=gettext_lazy("Who is in the lead from now on?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody yet: the board is asked"),
        error_messages=_GONE,
    )
    deputy = PersonChoice(
        label=gettext_lazy("Who is second in the lead?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody yet"),
        error_messages=_GONE,
    )
    note = CleanCharField(
        label=gettext_lazy("What must the next one know?"),
        required=False,
        max_length=NOTE_MOST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "Whom did you speak, what was agreed, what comes first? Only people of your branch can "
            "read it."
        ),
    )
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, pledge: Pledge, people: QuerySet[User], **kwargs: Any) -> None:
        """Offer the people of the branch, the deputy first."""
        super().__init__(*args, **kwargs)
        first = Case(
            When(pk=pledge.deputy_id, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        owner = self.fields["owner"]
        owner.deputy_id = pledge.deputy_id  # type: ignore[attr-defined]
        owner.queryset = people.order_by(first, "name", "email")  # type: ignore[attr-defined]
        self.fields["deputy"].queryset = people  # type: ignore[attr-defined]
