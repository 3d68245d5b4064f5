"""Addresses and phone numbers in words that are kept after the names have gone."""

from __future__ import annotations

import re
from typing import Final

REMOVED: Final = "[…]"

_ADDRESS: Final = re.compile(r"[^\s@<>()\[\],;:\"']{1,64}@[^\s@<>()\[\],;:\"']{1,190}")
# A Dutch number, with or without the country: nine or ten figures, however they are grouped.
_PHONE: Final = re.compile(
    r"(?<![\w+])(?:\+31|0031|0)[\s\-/().]{0,3}(?:\d[\s\-/().]{0,2}){7,8}\d(?!\d)"
)


def scrubbed(text: str) -> str:
    """Return the text without e-mail addresses and phone numbers."""
    return _PHONE.sub(REMOVED, _ADDRESS.sub(REMOVED, text))
