"""What hangs on chapters and measures: footnotes, examples, references. Written again each time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db import models

from programmes.models import Chapter, CrossReference, Example, Footnote, Measure, Programme
from programmes.rules.flat import Flat
from programmes.services import bulk

Row = TypeVar("Row", bound=models.Model)


def hang(
    programme: Programme, flat: Flat, *, chapters: Sequence[Chapter], measures: Sequence[Measure]
) -> None:
    """Write them all; a row that says the same as the one in its place is left alone."""
    _settle(
        list(Footnote.objects.filter(chapter__programme=programme).order_by("pk")),
        [
            Footnote(
                chapter_id=chapters[note.chapter].pk,
                position=note.position,
                number=note.number,
                text=note.text,
            )
            for note in flat.footnotes
        ],
    )
    _settle(
        list(Example.objects.filter(chapter__programme=programme).order_by("pk")),
        [
            Example(
                chapter_id=chapters[example.chapter].pk,
                position=example.position,
                title=example.title,
                municipality=example.municipality,
                text=list(example.text),
                links=list(example.links),
            )
            for example in flat.examples
        ],
    )
    _settle(
        list(CrossReference.objects.filter(measure__programme=programme).order_by("pk")),
        [
            CrossReference(
                measure_id=row.pk,
                chapter_title=reference.title,
                page=reference.page,
                target_id=None if reference.target is None else chapters[reference.target].pk,
            )
            for row, measure in zip(measures, flat.measures, strict=True)
            for reference in measure.references
        ],
    )


def _settle(stored: list[Row], wanted: list[Row]) -> None:
    """Let the stored rows be the wanted ones, in their order."""
    again: list[Row] = []
    for old, new in zip(stored, wanted, strict=False):
        new.pk = old.pk
        if bulk.plain(old) != bulk.plain(new):
            again.append(new)
    bulk.upsert(again)
    bulk.insert(wanted[len(stored) :])
    surplus = [row.pk for row in stored[len(wanted) :]]
    if surplus:
        type(stored[0])._default_manager.filter(pk__in=surplus).delete()  # noqa: SLF001
