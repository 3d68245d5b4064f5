"""What the pages of choosing show: the programme, the candidates, the ten in order (R58)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet, Sum

from evaluation.models import Ballot, Pledge, TopTen
from evaluation.rules.pledge import TEN
from programmes.models import Measure

MOST_SEARCHED = 200
"""Characters of a search; what is longer is cut."""

MOST_DIGITS = 5
"""A longer number is the number of no measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeChapter:
    """A chapter of the programme that one chooses from.

    Attributes:
        title: of the chapter.
        measures: in order; each carries ``pledge_id``, None when it is no candidate yet.
        chosen: how many of them are candidates.
    """

    title: str
    measures: Sequence[Measure]
    chosen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """What members prefer: dots and phones of one candidate."""

    pledge: Pledge
    dots: int
    phones: int


def candidates(top_ten: TopTen) -> QuerySet[Pledge]:
    """Return the ranked pledges in order, then the other candidates in the programme's order."""
    return (
        top_ten.pledges.select_related("measure__section__chapter", "owner", "deputy")
        .order_by(F("rank").asc(nulls_last=True), "measure__number", "pk")
        .all()
    )


def the_ten(top_ten: TopTen) -> list[Pledge]:
    """Return the pledges with a rank, in order."""
    return list(candidates(top_ten).filter(rank__isnull=False)[:TEN])


def chapters(top_ten: TopTen, *, search: str = "") -> list[ProgrammeChapter]:
    """Return the programme by chapter, of each measure whether it is a candidate; two queries.

    Args:
        top_ten: which says what programme.
        search: words that all stand in the text, or one number of a measure; empty: everything.
    """
    rows = (
        top_ten.programme.measures.current()
        .select_related("section__chapter")
        .order_by("section__chapter__position", "number", "pk")
    )
    words = search[:MOST_SEARCHED].split()
    if len(words) == 1 and words[0].isdecimal() and len(words[0]) <= MOST_DIGITS:
        rows = rows.filter(number=int(words[0]))
    else:
        for word in words:
            rows = rows.filter(text__icontains=word)
    pledged = dict(top_ten.pledges.values_list("measure_id", "pk"))
    found: dict[int, list[Measure]] = {}
    titles: dict[int, str] = {}
    for measure in rows:
        section = measure.section
        if section is None:
            continue
        measure.pledge_id = pledged.get(measure.pk)  # type: ignore[attr-defined]
        found.setdefault(section.chapter_id, []).append(measure)
        titles[section.chapter_id] = section.chapter.title
    return [
        ProgrammeChapter(
            title=titles[pk],
            measures=measures,
            chosen=sum(1 for one in measures if one.pk in pledged),
        )
        for pk, measures in found.items()
    ]


def preferences(top_ten: TopTen) -> tuple[list[Preference], int]:
    """Return what was preferred, most dots first, and how many phones showed a preference.

    Every candidate is there, also those that nobody gave a dot. Two queries.
    """
    rows = candidates(top_ten).annotate(dots=Sum("given__dots"), phones=Count("given"))
    found = [Preference(pledge=row, dots=row.dots or 0, phones=row.phones) for row in rows]
    found.sort(key=lambda one: (-one.dots, -one.phones, one.pledge.measure.number))
    return found, Ballot.objects.filter(top_ten=top_ten).count()
