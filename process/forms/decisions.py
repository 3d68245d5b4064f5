"""The form for a decision: what can be wrong in order is said before anything is recorded."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.dates import day_words
from core.text import CleanCharField, CleanTextField
from core.uploads import DocumentField
from process.enums import DecisionKind, MeetingKind
from process.models import Decision, Meeting
from process.models.meeting import MeetingQuerySet
from process.services.decisions import Proposal, Votes

COMMITTEE_AND_COMMISSION = "committee_and_commission"
"""The choice that records two decisions of one meeting at once (R8)."""

MOST_VOTES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOption:
    """One line of the first question: possible, or not now and why, or recorded already."""

    value: str
    label: str
    hint: str = ""
    reason: str = ""
    decision: Decision | None = None
    chosen: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether it can be chosen."""
        return not self.reason and self.decision is None


class MeetingChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A meeting, named by its day, title and kind."""

    def label_from_instance(self, obj: Any) -> str:
        """Name one meeting."""
        kind = "" if obj.kind == MeetingKind.MEMBERS else f" ({obj.get_kind_display()})"
        return f"{day_words(obj.day)} – {obj.title}{kind}"


class VotesForm(forms.Form):
    """The meeting, the votes and the text: what every decision has."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    meeting = MeetingChoice(
        label=_("At which meeting?"),
        queryset=Meeting.objects.none(),
        empty_label=None,
        help_text=_("The day of the meeting is the day of the decision."),
        error_messages={
            "invalid_choice": _("This meeting cannot be chosen: take one from the list.")
        },
    )
    text = CleanTextField(
        label=_("What was decided?"),
        help_text=_("The words of the decision."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    by_acclamation = forms.BooleanField(
        label=_("There was no vote: everybody agreed"), required=False
    )
    votes_for = forms.IntegerField(
        label=_("Votes for"), required=False, min_value=0, max_value=MOST_VOTES
    )
    votes_against = forms.IntegerField(
        label=_("Votes against"), required=False, min_value=0, max_value=MOST_VOTES
    )
    votes_abstained = forms.IntegerField(
        label=_("Abstentions"), required=False, min_value=0, max_value=MOST_VOTES
    )
    document = DocumentField(label=_("Document"), required=False)

    def __init__(self, *args: Any, meetings: MeetingQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]
        self.initial.setdefault("submission", uuid.uuid4())

    def clean(self) -> dict[str, Any]:
        """Ask for counted votes or none at all."""
        data = super().clean() or {}
        counted = [data.get(name) for name in ("votes_for", "votes_against", "votes_abstained")]
        any_counted = any(number is not None for number in counted)
        wrong = {"votes_for", "votes_against", "votes_abstained"} & set(self.errors)
        if data.get("by_acclamation") and any_counted:
            self.add_error(
                "by_acclamation",
                _("You filled in votes and ticked that there was no vote. Choose one of the two."),
            )
        elif not data.get("by_acclamation") and not wrong and None in counted[:2]:
            self.add_error(
                "votes_for", _("Fill in the votes for and against, or tick that there was no vote.")
            )
        return data

    def proposal(self, *, kind: DecisionKind, text: str, with_document: bool = True) -> Proposal:
        """Return one decision as filled in."""
        data = self.cleaned_data
        return Proposal(
            kind=kind,
            text=text,
            votes=Votes(
                by_acclamation=data["by_acclamation"],
                votes_for=data["votes_for"],
                votes_against=data["votes_against"],
                votes_abstained=data["votes_abstained"],
            ),
            document=data["document"] if with_document else None,
        )


class DecisionForm(VotesForm):
    """A new decision. What cannot be decided now is shown with its reason, and refused."""

    # As on the page, so that the summary of what is wrong runs from top to bottom.
    field_order = ("kind", "meeting", "text", "commission")

    kind = forms.ChoiceField(label=_("What did the meeting decide?"), choices=())
    commission = CleanTextField(
        label=_("The text of the commission"),
        required=False,
        help_text=_("What the members ask of the committee. Only with “committee and commission”."),
    )

    def __init__(self, *args: Any, options: Sequence[KindOption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._options: Mapping[str, KindOption] = {option.value: option for option in options}
        if COMMITTEE_AND_COMMISSION in self._options:
            self.fields["text"].help_text = _(
                "The words of the decision. "
                "With “committee and commission”: who is on the committee."
            )
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (option.value, option.label) for option in options
        ]

    @property
    def options(self) -> list[KindOption]:
        """The first question's lines, with what is chosen now."""
        chosen = str(self["kind"].value() or "")
        return [
            KindOption(
                value=option.value,
                label=option.label,
                hint=option.hint,
                reason=option.reason,
                decision=option.decision,
                chosen=option.value == chosen and option.is_open,
            )
            for option in self._options.values()
        ]

    def clean_kind(self) -> str:
        """Refuse what is shown as not possible; the service looks again."""
        kind: str = self.cleaned_data["kind"]
        option = self._options[kind]
        if option.reason:
            raise ValidationError(option.reason, code="not_now")
        return kind

    def clean(self) -> dict[str, Any]:
        """Ask for the commission where it is decided along, and for a members' meeting."""
        data = super().clean()
        kind, meeting = data.get("kind"), data.get("meeting")
        if kind == COMMITTEE_AND_COMMISSION and not data.get("commission"):
            if "commission" not in self.errors:
                self.add_error("commission", _("Write down what the members ask of the committee."))
        elif kind and kind != COMMITTEE_AND_COMMISSION and data.get("commission"):
            self.add_error(
                "commission",
                _("Only “committee and commission” has this text. Choose that, or empty this box."),
            )
        if meeting and kind and kind != DecisionKind.OTHER and meeting.kind != MeetingKind.MEMBERS:
            self.add_error(
                "meeting",
                _(
                    "Only the members’ meeting (ALV) can decide this. "
                    "Choose the meeting where it did."
                ),
            )
        return data

    def proposals(self) -> list[Proposal]:
        """Return what was filled in: one decision, or the two that belong together."""
        data = self.cleaned_data
        if data["kind"] != COMMITTEE_AND_COMMISSION:
            return [self.proposal(kind=DecisionKind(data["kind"]), text=data["text"])]
        return [
            self.proposal(kind=DecisionKind.APPOINT_COMMITTEE, text=data["text"]),
            self.proposal(
                kind=DecisionKind.SET_COMMISSION, text=data["commission"], with_document=False
            ),
        ]


class ReplaceForm(VotesForm):
    """A decision that takes the place of an earlier one."""

    reason = CleanCharField(
        label=_("Why is it replaced?"),
        max_length=500,
        help_text=_("The old decision stays readable, with this reason beside it."),
    )
    field_order = ["submission", "reason", "meeting", "text"]
