"""Text from outside, made fit to store: what cannot be kept is refused, what hides is taken out.

Refused: NUL and lone surrogates (no database column and no file can hold them). Taken out: the
other control characters, and the characters that turn the direction of writing around, with which
one text can be made to look like another. Escaping for a page is the template's work.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.characters import Unstorable, clean

LINE_LENGTH = 300
"""Characters that a field of one line takes unless it says otherwise."""

TEXT_LENGTH = 20_000
"""Characters that a field of many lines takes unless it says otherwise."""

ADDRESS_LENGTH = 254
"""Characters of an e-mail address (RFC 5321)."""

__all__ = [
    "ADDRESS_LENGTH",
    "LINE_LENGTH",
    "TEXT_LENGTH",
    "AddressField",
    "CleanCharField",
    "CleanTextField",
    "Unstorable",
    "clean",
    "inside",
]


def inside(text: str) -> str:
    """Return a label as it reads after a colon: a small first letter, but not for ``ALV``."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


class CleanCharField(forms.CharField):
    """A field of one line, cleaned; ``max_length`` is 300 unless said otherwise."""

    many_lines = False
    default_length = LINE_LENGTH

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", self.default_length)
        super().__init__(**kwargs)
        self.error_messages["unstorable"] = _(
            "This text holds a character that cannot be kept. Type it again, without pasting."
        )
        self.error_messages["too_long"] = _(
            "This is too long: %(length)s characters, where %(limit)s fit. Shorten it a little."
        )

    def to_python(self, value: Any) -> str:
        """Clean the text, or refuse it in one sentence."""
        text = str(super().to_python(value) or "")
        limit = self.max_length or self.default_length
        # Long before cleaning: a hundred thousand characters cost no more than their counting.
        if len(text) > 2 * limit:
            self._refuse_length(len(text), limit)
        try:
            text = clean(text, many_lines=self.many_lines)
        except Unstorable as unstorable:
            raise ValidationError(
                self.error_messages["unstorable"], code="unstorable"
            ) from unstorable
        if len(text) > limit:
            self._refuse_length(len(text), limit)
        return text

    def _refuse_length(self, length: int, limit: int) -> None:
        raise ValidationError(
            self.error_messages["too_long"],
            code="too_long",
            params={"length": length, "limit": limit},
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave ``maxlength`` out: a browser would cut a pasted text without a word."""
        attrs = dict(super().widget_attrs(widget))
        attrs.pop("maxlength", None)
        return attrs


class CleanTextField(CleanCharField):
    """A field of many lines, cleaned; ``max_length`` is 20,000 unless said otherwise."""

    many_lines = True
    default_length = TEXT_LENGTH
    widget = forms.Textarea


class AddressField(forms.EmailField):
    """An e-mail address, as long as a mail server takes; nothing is filled in or capitalised."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("E-mail address"))
        kwargs.setdefault("max_length", ADDRESS_LENGTH)
        messages = kwargs.pop("error_messages", {})
        wrong = _("This is not a whole e-mail address. Look for a missing @ or dot.")
        super().__init__(error_messages={"invalid": wrong, **messages}, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "autocapitalize": "none"}
