"""The words of an encouragement."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import CleanCharField, CleanTextField
from monitor.rules import filling

SUBJECT_LENGTH = 110
TEXT_LENGTH = 4000


class NudgeForm(forms.Form):
    """Subject and text, with blanks that are filled in for each branch."""

    subject = CleanCharField(label=gettext_lazy("Subject"), max_length=SUBJECT_LENGTH)
    text = CleanTextField(
        label=gettext_lazy("Text"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "{afdeling} becomes the name of the branch, {mijlpaal} what is to be done first, {dag} "
            "the last day for it. The greeting, your name and a button to the branch’s page come "
            "by themselves."
        ),
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def clean_subject(self) -> str:
        """Refuse a blank that stands for nothing."""
        return self._known("subject")

    def clean_text(self) -> str:
        """Refuse a blank that stands for nothing."""
        return self._known("text")

    def _known(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        if unknown := filling.unknown_in(text):
            raise ValidationError(
                _("We do not know %(unknown)s. You can use %(known)s.")
                % {"unknown": filling.quoted(unknown), "known": filling.quoted(filling.BLANKS)}
            )
        return text
