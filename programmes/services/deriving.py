"""Taking measures over into another programme, each remembering where it came from (R41, R42)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max

from branches import audit
from branches.models import User
from programmes.models import Chapter, Measure, Programme, Section
from programmes.rules.plain import plain
from programmes.services import bulk, following
from programmes.services.opening import open_programme, touch


@transaction.atomic
def derive(
    *, measures: Iterable[Measure], into: Programme, by: User | None, today: date
) -> list[Measure]:
    """Copy measures to the end of a programme, in chapters and sections of the same titles.

    A chapter or section that is not there yet is made, without its introduction. A measure that was
    taken over before and still stands there is not copied again. Footnotes and references to
    chapters stay behind: they belong to the document they were written in.

    Args:
        measures: of other programmes that the caller may read; any number, in the order in which
            they are to come.
        into: not frozen.
        by: who takes them over.
        today: the day.

    Returns:
        The copies, in order, those that were there already included.

    Raises:
        Frozen: ``into`` can no longer change.
        Refused: a room above refuses it.
    """
    opened = open_programme(into)
    wanted = _with_places(measures)
    there = {
        row.derived_from_id: row for row in opened.measures.current().exclude(derived_from=None)
    }
    news = [measure for measure in wanted if measure.pk not in there]
    sections = _sections(opened, news)
    number = opened.measures.current().aggregate(last=Max("number"))["last"] or 0
    copies: list[Measure] = []
    for measure in news:
        number += 1
        copies.append(
            Measure(
                programme=opened,
                section=sections[_place(measure)],
                number=number,
                text=measure.text,
                group=measure.group,
                placeholders=measure.placeholders,
                # What one branch's writers tell each other is not for another branch.
                author_note=measure.author_note if _may_know(measure, opened) else "",
                derived_from=measure,
            )
        )
    bulk.insert(copies)
    if copies:
        touch(opened)
        into.refresh_from_db()
        audit.record(
            verb="programme.derived",
            by=by,
            branch=opened.branch,
            today=today,
            subject=opened,
            title=opened.title,
            count=len(copies),
        )
        following.written(programme=opened, by=by, today=today)
    there |= {copy.derived_from_id: copy for copy in copies}
    return [there[measure.pk] for measure in wanted]


def _with_places(measures: Iterable[Measure]) -> list[Measure]:
    """Return the measures with section and chapter, each once, in their order: one question."""
    keys = list(dict.fromkeys(measure.pk for measure in measures))
    found = Measure.objects.select_related("section__chapter", "programme").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _may_know(measure: Measure, into: Programme) -> bool:
    return measure.programme.branch_id in (None, into.branch_id)


def _place(measure: Measure) -> tuple[str, str]:
    """Return the titles of a measure's chapter and section, of which a retired one has none."""
    section = measure.section
    return (section.chapter.title, section.title) if section else ("", "")


def _sections(into: Programme, measures: list[Measure]) -> dict[tuple[str, str], Section]:
    """Return for each place the section of the same titles, made where it is not there yet."""
    chapters = {plain(row.title): row for row in reversed(into.chapters.all())}
    places = list(dict.fromkeys(_place(measure) for measure in measures))
    fresh: dict[str, Chapter] = {}
    for title, _section in places:
        if plain(title) not in chapters:
            fresh.setdefault(
                plain(title),
                Chapter(
                    programme=into,
                    title=title or into.title,
                    position=_after(row.position for row in [*chapters.values(), *fresh.values()]),
                ),
            )
    bulk.insert(list(fresh.values()))
    chapters |= fresh
    stored = Section.objects.filter(chapter__programme=into).order_by("-position", "-pk")
    sections = {(row.chapter_id, plain(row.title)): row for row in stored}
    last: dict[int, int] = {}
    for row in sections.values():
        last[row.chapter_id] = max(last.get(row.chapter_id, -1), row.position)
    found: dict[tuple[str, str], Section] = {}
    made: list[Section] = []
    for place in places:
        chapter = chapters[plain(place[0])]
        key = (chapter.pk, plain(place[1]))
        if key not in sections:
            last[chapter.pk] = last.get(chapter.pk, -1) + 1
            sections[key] = Section(chapter=chapter, title=place[1], position=last[chapter.pk])
            made.append(sections[key])
        found[place] = sections[key]
    bulk.insert(made)
    return found


def _after(positions: Iterable[int]) -> int:
    return max(positions, default=-1) + 1
