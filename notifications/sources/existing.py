"""``EXISTS`` that stays a question about each row by itself."""

from __future__ import annotations

from typing import Final

from django.db.models import Exists

EACH_BY_ITSELF: Final = "OFFSET 0"
"""At the end of an ``EXISTS``: changes nothing, except that PostgreSQL makes no join of it.

It then looks each row up by the row's own keys. Made into a join it works out the whole other side,
which it does for minutes where it knows no better: in tables that were just filled, without
statistics, and for every row of the outbox.
"""


class Found(Exists):
    """``Exists`` for what an index answers row by row."""

    # Django's own ends with LIMIT 1.
    template = f"EXISTS(%(subquery)s {EACH_BY_ITSELF})"
