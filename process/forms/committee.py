"""Forms about the committee, the people approached, and diversity."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from branches.models import User
from core.text import CleanCharField
from process.enums import ApproachAnswer, ApproachReason, CommitteeRole
from process.forms.meetings import RevisionForm, day_field
from process.models import ApproachedPerson
from process.rules.diversity import QUESTIONS
from process.services.committee import Approach

QUESTION_LABELS: dict[str, str | Promise] = {
    "age": _("How old are you?"),
    "gender": _("What is your gender?"),
    "place": _("Where in the municipality do you live?"),
    "background": _("Where did you and your parents grow up?"),
}
ANSWER_LABELS: dict[str, str | Promise] = {
    "under_30": _("younger than 30"),
    "30_to_44": _("30 to 44"),
    "45_to_64": _("45 to 64"),
    "65_and_over": _("65 or older"),
    "woman": _("woman"),
    "man": _("man"),
    "other": _("other, or in between"),
    "centre": _("in the centre"),
    "district": _("in another district of the town"),
    "village": _("in a village"),
    "outskirts": _("outside, in the countryside"),
    "netherlands": _("in the Netherlands"),
    "both": _("in the Netherlands and elsewhere"),
    "elsewhere": _("elsewhere"),
    "no_answer": _("I would rather not say"),
}


class AccountChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody with an account in this branch."""

    def label_from_instance(self, obj: Any) -> str:
        """Name one person."""
        return str(obj)


class SeatForm(forms.Form):
    """Somebody who joins the committee."""

    user = AccountChoice(
        label=_("Has an account here"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("no account, or not yet"),
        help_text=_("This person can then work along on the timeline."),
    )
    name = CleanCharField(
        label=_("Name"),
        required=False,
        max_length=120,
        help_text=_("Not needed when you choose an account."),
    )
    role = forms.ChoiceField(
        label=_("What do they do?"),
        choices=CommitteeRole.choices,
        widget=forms.RadioSelect,
        initial=CommitteeRole.MEMBER,
        help_text=_("Do not forget the writer: a good pen is worth asking for."),
    )
    is_party_member = forms.BooleanField(
        label=_("Member of the party"), required=False, initial=True
    )
    started_on = day_field(label=_("From which day?"))

    def __init__(self, *args: Any, accounts: QuerySet[User] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if accounts is None:
            del self.fields["user"]
            self.fields["name"].required = True
            self.fields["name"].help_text = ""
        else:
            self.fields["user"].queryset = accounts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a name or an account."""
        data = super().clean() or {}
        if not data.get("name") and not data.get("user") and "name" not in self.errors:
            self.add_error("name", _("Fill in a name, or choose somebody with an account."))
        return data


class SeatEndForm(forms.Form):
    """The last day of a seat."""

    ended_on = day_field(label=_("Last day"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].widget.attrs["max"] = today.isoformat()


class ApproachedForm(forms.Form):
    """Somebody who is asked to think along, and why (R7)."""

    name = CleanCharField(label=_("Who?"), max_length=120)
    why = forms.ChoiceField(
        label=_("Asked above all for"),
        choices=ApproachReason.choices,
        widget=forms.RadioSelect,
        help_text=_("A good mix has some of each: who knows, who surprises, who keeps it real."),
    )
    reason = CleanCharField(label=_("Why this person?"))
    in_party = forms.BooleanField(label=_("Member of the party"), required=False)
    asked_by = AccountChoice(
        label=_("Who asks?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nobody yet"),
    )
    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=ApproachAnswer.choices,
        widget=forms.RadioSelect,
        initial=ApproachAnswer.OPEN,
    )

    def __init__(self, *args: Any, accounts: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked_by"].queryset = accounts  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, person: ApproachedPerson) -> dict[str, Any]:
        """Return a stored person as the form shows it."""
        return {name: getattr(person, name) for name in ApproachedForm.base_fields} | {
            "revision": person.revision
        }

    def approach(self) -> Approach:
        """Return what was filled in, for the service."""
        data = self.cleaned_data
        return Approach(
            name=data["name"],
            why=ApproachReason(data["why"]),
            reason=data["reason"],
            in_party=data["in_party"],
            asked_by=data["asked_by"],
            answer=ApproachAnswer(data["answer"]),
        )


class ApproachedEditForm(RevisionForm, ApproachedForm):
    """The same, of somebody who is on the list."""


class DiversityForm(forms.Form):
    """Four questions about oneself; every one can be left unsaid."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question, answers in QUESTIONS.items():
            self.fields[question] = forms.ChoiceField(
                label=str(QUESTION_LABELS[question]),
                choices=[(answer, str(ANSWER_LABELS[answer])) for answer in answers],
                widget=forms.RadioSelect,
            )
