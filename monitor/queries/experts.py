"""Who knows what, by layer and theme (R52)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from monitor.models import Expert


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Whom somebody looks for; empty means anybody."""

    layer: str = ""
    theme: str = ""
    words: str = ""


def found(sought: Sought) -> QuerySet[Expert]:
    """Return who fits: each word stands somewhere in name, function or what is known."""
    rows = Expert.objects.all()
    if sought.layer:
        rows = rows.filter(layer=sought.layer)
    if sought.theme:
        # A closed list of plain words, so its quotes delimit it, on both databases.
        rows = rows.annotate(themes_text=Cast("themes", TextField())).filter(
            themes_text__contains=f'"{sought.theme}"'
        )
    for word in sought.words.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(function__icontains=word) | Q(about__icontains=word)
        )
    return rows
