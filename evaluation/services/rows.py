"""What every service here does with rows: lock them, name them in the history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.refusal import Refused
from evaluation.models import Promise

NAME_LENGTH = 90
"""Characters of a promise's text that the history repeats."""


def locked(promises: QuerySet[Promise] | Iterable[Promise]) -> list[Promise]:
    """Return these promises as they are now, locked until the transaction ends: one query.

    They come with their measure and their evaluation's branch, timeline and top ten, in a fixed
    order, so that two people who save the same promises wait for each other and never in a circle.
    """
    keys: Any = (
        promises.values("pk")
        if isinstance(promises, QuerySet)
        else [promise.pk for promise in promises]
    )
    return list(
        Promise.objects.filter(pk__in=keys)
        .select_related(
            "measure",
            "evaluation__branch",
            "evaluation__timeline",
            "evaluation__top_ten__timeline",
        )
        .select_for_update(of=("self",))
        .order_by("pk")
    )


def locked_one(promise: Promise) -> Promise:
    """Return this promise as it is now, locked until the transaction ends.

    Raises:
        Refused: it is gone.
    """
    rows = locked([promise])
    if not rows:
        raise Refused(_("This promise is no longer there. Go back to the list."))
    return rows[0]


def name_of(promise: Promise) -> str:
    """Return what the history calls a promise: its number and how it begins."""
    return named(number=promise.measure.number, text=promise.measure.text)


def named(*, number: int | str, text: str) -> str:
    """Return the same for whoever has the number and the text alone."""
    return f"{number}. {Truncator(text).chars(NAME_LENGTH)}"


def raise_revision(promises: Iterable[Promise]) -> None:
    """Tell whoever has one of these promises open that something about it changed."""
    Promise.objects.filter(pk__in=[promise.pk for promise in promises]).update(
        revision=F("revision") + 1
    )
