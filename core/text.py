"""Text from outside, made fit to store: what cannot be kept is refused, what hides is taken out.

Refused: NUL and lone surrogates (no database column and no file can hold them). Taken out: the
other control characters, and the characters that turn the direction of writing around, with which
one text can be made to look like another. Escaping for a page is the template's work.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LINE_LENGTH = 300
"""Characters that a field of one line takes unless it says otherwise."""

TEXT_LENGTH = 20_000
"""Characters that a field of many lines takes unless it says otherwise."""

ADDRESS_LENGTH = 254
"""Characters of an e-mail address (RFC 5321)."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Control characters but tab and line feed; line and paragraph separators come out as line feeds.
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|\r|\x85|\u2028|\u2029")
# Embeddings, overrides and isolates. The plain marks (U+200E, U+200F) stay: names need them.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"\s+")


class Unstorable(ValueError):
    """The text holds NUL or half a character: nothing can keep it as it is."""


def clean(text: str, *, many_lines: bool = True) -> str:
    """Return ``text`` as it may be stored: composed (NFC), trimmed, one kind of line end.

    Args:
        text: what came in, of any length.
        many_lines: keep line ends and tabs; otherwise every run of white space is one space.

    Raises:
        Unstorable: it holds NUL or a lone surrogate.
    """
    if _UNSTORABLE.search(text):
        raise Unstorable
    text = _CONTROL.sub("", _LINE_ENDS.sub("\n", text))
    text = unicodedata.normalize("NFC", _TURNS.sub("", text))
    if not many_lines:
        text = _SPACES.sub(" ", text)
    return text.strip()


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
