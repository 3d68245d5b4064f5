"""A recognised document becomes rows, and a corrected one finds the rows that were there (R38).

One transaction; a few statements a table, however many measures there are.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, User
from core.refusal import Refused
from programmes.models import Chapter, Measure, Programme, Section
from programmes.queries.places import places
from programmes.rules.document import Document
from programmes.rules.flat import Flat, FlatMeasure, flatten
from programmes.services import bulk, following, snapshots
from programmes.services.hanging import hang
from programmes.services.opening import open_programme, touch
from programmes.services.regrouping import Regrouped, regroup

LONGEST_TITLE = 300


class LostMeasures(RuntimeError):
    """Not every measure of a document became a row: nothing was stored."""


@transaction.atomic
def store(
    *,
    document: Document,
    branch: Branch | None,
    kind: str,
    title: str,
    origin: str = "",
    year: int | None = None,
    by: User | None,
    today: date,
) -> Programme:
    """Make a document into a new programme.

    Args:
        document: as it was recognised, or made by hand.
        branch: whose it is; ``None`` for the base programme of everybody.
        kind: a ``ProgrammeKind``.
        title: of the programme; empty: the document's own.
        origin: whose programme it is, when not the branch's own.
        year: of the election that it was made for.
        by: who stores it.
        today: the day.

    Raises:
        Refused: there is no title, or a room above refuses it.
    """
    flat = flatten(document, place_of=places().of_example)
    programme = Programme.objects.create(
        branch=branch,
        kind=kind,
        title=_title(title or document.title),
        origin=origin,
        year=year,
        created_on=today,
        created_by=by,
    )
    _write(programme, flat, None, today=today)
    _check(programme, document)
    audit.record(
        verb="programme.stored",
        by=by,
        branch=branch,
        today=today,
        subject=programme,
        title=programme.title,
        count=len(flat.measures),
    )
    following.written(programme=programme, by=by, today=today)
    return programme


@transaction.atomic
def replace(
    *,
    programme: Programme,
    document: Document,
    title: str = "",
    origin: str = "",
    year: int | None = None,
    by: User | None,
    today: date,
) -> dict[str, Any]:
    """Let a programme say what a corrected document says, and keep the rows that it had.

    Measures are found again by ``programmes.rules.matching`` and changed in place; what is new is
    added; what is gone is retired, for others may have recorded things about it; what comes back
    is retired no longer.

    Args:
        programme: not frozen; brought up to date.
        document: the corrected one.
        title: empty: as it was.
        origin: as in ``store``.
        year: as in ``store``.
        by: who stores it.
        today: the day.

    Returns:
        What stood there before, for ``programmes.services.undoing.put_back``.

    Raises:
        Frozen: it can no longer change.
        Refused: there is no title, or a room above refuses it.
    """
    opened = open_programme(programme)
    before = snapshots.take(opened)
    flat = flatten(document, place_of=places().of_example)
    title = _title(title or opened.title)
    Programme.objects.filter(pk=opened.pk).update(title=title, origin=origin, year=year)
    regrouped = regroup(opened, flat)
    _write(opened, flat, regrouped, today=today)
    _check(opened, document)
    touch(opened)
    programme.refresh_from_db()
    audit.record(
        verb="programme.replaced",
        by=by,
        branch=programme.branch,
        today=today,
        subject=programme,
        title=title,
        kept=len(regrouped.measures),
        added=len(flat.measures) - len(regrouped.measures),
        gone=len(regrouped.gone),
    )
    following.written(programme=programme, by=by, today=today)
    return before


def _title(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Refused(_("Give the programme a title."))
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"


def _write(programme: Programme, flat: Flat, found: Regrouped | None, *, today: date) -> None:
    """Write all rows of a document; those that were found again keep their primary keys."""
    found = found or Regrouped()
    chapters = [
        found.chapters.get(place) or Chapter(programme=programme)
        for place in range(len(flat.chapters))
    ]
    _save(
        chapters,
        [
            {
                "position": place,
                "title": chapter.title,
                "introduction": list(chapter.introduction),
            }
            for place, chapter in enumerate(flat.chapters)
        ],
    )
    sections = [found.sections.get(place) or Section() for place in range(len(flat.sections))]
    _save(
        sections,
        [
            {
                "chapter_id": chapters[section.chapter].pk,
                "position": section.position,
                "title": section.title,
                "introduction": list(section.introduction),
            }
            for section in flat.sections
        ],
    )
    measures = [
        found.measures.get(place) or Measure(programme=programme)
        for place in range(len(flat.measures))
    ]
    has_sets = any(measure.variant_set for measure in flat.measures)
    _save(
        measures,
        [
            _columns(
                row, number, measure, section_id=sections[measure.section].pk, has_sets=has_sets
            )
            for number, (row, measure) in enumerate(zip(measures, flat.measures, strict=True), 1)
        ],
    )
    retired = [row.pk for row in found.gone]
    programme.measures.filter(pk__in=retired).update(retired_on=today, section=None)
    hang(programme, flat, chapters=chapters, measures=measures)
    kept = [row.pk for row in sections]
    Section.objects.filter(chapter__programme=programme).exclude(pk__in=kept).delete()
    programme.chapters.exclude(pk__in=[row.pk for row in chapters]).delete()


def _columns(
    row: Measure, number: int, measure: FlatMeasure, *, section_id: int, has_sets: bool
) -> dict[str, Any]:
    """Return what a measure's row must say; what people noted stays where the file says nothing."""
    return {
        "section_id": section_id,
        "number": number,
        "text": measure.text,
        "group": measure.group,
        "placeholders": list(measure.placeholders),
        "footnotes": list(measure.footnotes),
        "author_note": measure.author_note or row.author_note,
        "variant_set": measure.variant_set if has_sets else row.variant_set,
        "retired_on": None,
    }


def _save(rows: list[Any], values: list[dict[str, Any]]) -> None:
    """Give the rows their values, and write the new ones and those that changed."""
    news = [row for row in rows if row.pk is None]
    olds = [row for row in rows if row.pk is not None]
    changes = {
        id(row): bulk.changed(row, **wanted) for row, wanted in zip(rows, values, strict=True)
    }
    bulk.upsert([row for row in olds if changes[id(row)]])
    bulk.insert(news)


def _check(programme: Programme, document: Document) -> None:
    """Look in the database whether every measure of the document is there."""
    stored = programme.measures.current().count()
    if stored != document.measure_count:
        raise LostMeasures(f"{stored} of {document.measure_count} measures")
