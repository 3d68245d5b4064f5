"""The names of municipalities, for recognising of which one an example is."""

from __future__ import annotations

import re
from functools import cache

from branches.facts.tables import municipalities
from programmes.rules.places import Places

# "Bergen (L)": the sign that CBS uses to tell namesakes apart is not written in a programme.
_SIGN = re.compile(r"\s*\([^)]*\)$")


@cache
def places() -> Places:
    """Return every municipality since 2017, under each of its names."""
    return Places(
        _SIGN.sub("", name) for fact in municipalities() for name in (fact.name, fact.short_name)
    )
