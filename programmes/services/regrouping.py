"""Which stored rows the parts of a corrected document are."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from programmes.models import Chapter, Measure, Programme, Section
from programmes.rules.flat import Flat
from programmes.rules.matching import Known, Matching, match
from programmes.rules.plain import plain

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouped:
    """Place in the document → the row that it is; and the measures that are gone."""

    chapters: Mapping[int, Chapter] = field(default_factory=dict)
    sections: Mapping[int, Section] = field(default_factory=dict)
    measures: Mapping[int, Measure] = field(default_factory=dict)
    gone: Sequence[Measure] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How measures were found again: the rows that were compared, and the matching."""

    rows: Sequence[Measure]
    matching: Matching
    returned: Mapping[int, Measure]


def find_measures(programme: Programme, flat: Flat) -> Found:
    """Compare a document with the measures of a programme, in two questions.

    Also those that were retired earlier: one that says the same again is that one.
    """
    rows = list(programme.measures.select_related("section__chapter").order_by("number", "pk"))
    current = [row for row in rows if row.retired_on is None]
    new = [
        Known(
            text=measure.text,
            chapter=flat.chapters[flat.sections[measure.section].chapter].title,
        )
        for measure in flat.measures
    ]
    matching = match(
        old=[
            Known(text=row.text, chapter=row.section.chapter.title if row.section else "")
            for row in current
        ],
        new=new,
    )
    retired: defaultdict[str, deque[Measure]] = defaultdict(deque)
    for row in rows:
        if row.retired_on is not None:
            retired[plain(row.text)].append(row)
    returned = {
        place: waiting.popleft()
        for place in matching.added
        if (waiting := retired.get(plain(new[place].text)))
    }
    return Found(rows=current, matching=matching, returned=returned)


def regroup(programme: Programme, flat: Flat) -> Regrouped:
    """Find chapters and sections by their titles, or else by the measures that stand in them."""
    found = find_measures(programme, flat)
    measures = {pair.new: found.rows[pair.old] for pair in found.matching.pairs}
    chapters = _assign(
        wanted=[(plain(chapter.title),) for chapter in flat.chapters],
        stored={row: (plain(row.title),) for row in programme.chapters.all()},
        votes=(
            (flat.sections[flat.measures[place].section].chapter, row.section.chapter)
            for place, row in measures.items()
            if row.section
        ),
    )
    sections = _assign(
        wanted=[
            (chapters[one.chapter].pk if one.chapter in chapters else None, plain(one.title))
            for one in flat.sections
        ],
        stored={
            row: (row.chapter_id, plain(row.title))
            for row in Section.objects.filter(chapter__programme=programme).order_by(
                "chapter__position", "position"
            )
        },
        votes=(
            (flat.measures[place].section, row.section)
            for place, row in measures.items()
            if row.section
        ),
    )
    return Regrouped(
        chapters=chapters,
        sections=sections,
        measures={**measures, **found.returned},
        gone=[found.rows[place] for place in found.matching.gone],
    )


def _assign(
    *,
    wanted: Sequence[Hashable],
    stored: Mapping[Row, Hashable],
    votes: Iterable[tuple[int, Row]],
) -> dict[int, Row]:
    """Give places their rows: first where the keys are the same, then where most votes say."""
    waiting: defaultdict[Hashable, deque[Row]] = defaultdict(deque)
    for row, key in stored.items():
        waiting[key].append(row)
    found = {place: waiting[key].popleft() for place, key in enumerate(wanted) if waiting[key]}
    taken = set(found.values())
    for (place, row), _count in Counter(votes).most_common():
        if place not in found and row not in taken:
            found[place] = row
            taken.add(row)
    return found
