"""Branches that were ticked on a page, or named in an address."""

from __future__ import annotations

import re
from typing import Final

from django.http import QueryDict

NAME: Final = "afdeling"
_SLUG: Final = re.compile(r"[a-zA-Z0-9_-]{1,80}")


def slugs_of(given: QueryDict) -> list[str]:
    """Return the slugs that were handed in, each once; what cannot be one is left out."""
    return list(dict.fromkeys(slug for slug in given.getlist(NAME) if _SLUG.fullmatch(slug)))
