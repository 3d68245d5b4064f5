"""Taking one person out of everything that the rooms know, in one transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from branches import personal_data
from branches.models import Branch, User


@transaction.atomic
def erase_person(*, branch: Branch, keys: Collection[str], by: User, today: date) -> int:
    """Take out what stands at these traces; each room writes its own row in the history.

    Returns:
        In how many places; what was gone already is none of them.
    """
    return personal_data.erase(branch=branch, keys=keys, by=by, today=today)
