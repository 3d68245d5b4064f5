"""Which portfolio a chapter or a section belongs to, as far as its promises agree about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Min
from django.utils.translation import gettext as _

from evaluation.models import Evaluation
from evaluation.queries.desk import CHAPTER


@dataclass(kw_only=True)
class Place:
    """A chapter, or a section of it.

    Attributes:
        key: of the field in a form: ``c12`` for a chapter, ``s34`` for a section.
        title: as people know it.
        total: its promises.
        portfolio: of all of them; empty when they have none, or not the same.
        mixed: whether they differ.
        sections: of a chapter that has more than one.
        ids: the sections that it stands for.
    """

    key: str
    title: str
    total: int = 0
    portfolio: str = ""
    mixed: bool = False
    sections: list[Place] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)


def portfolios(*, evaluation: Evaluation) -> list[Place]:
    """Return the chapters with their sections, in order: one query."""
    rows = (
        evaluation.promises.current()
        .order_by()
        .values(
            section=F("measure__section"),
            section_title=F("measure__section__title"),
            chapter=F(CHAPTER),
            chapter_title=F(f"{CHAPTER}__title"),
            chapter_place=F(f"{CHAPTER}__position"),
            section_place=F("measure__section__position"),
        )
        .annotate(total=Count("pk"), names=Count("portfolio", distinct=True), name=Min("portfolio"))
        .order_by("chapter_place", "section_place")
    )
    chapters: dict[int, Place] = {}
    for row in rows:
        chapter = chapters.setdefault(
            row["chapter"], Place(key=f"c{row['chapter']}", title=row["chapter_title"])
        )
        mixed = row["names"] > 1
        chapter.sections.append(
            Place(
                key=f"s{row['section']}",
                title=row["section_title"] or _("before the first heading"),
                total=row["total"],
                portfolio="" if mixed else row["name"],
                mixed=mixed,
                ids=[row["section"]],
            )
        )
    for chapter in chapters.values():
        names = {place.portfolio for place in chapter.sections}
        chapter.mixed = len(names) > 1 or any(place.mixed for place in chapter.sections)
        chapter.portfolio = "" if chapter.mixed else names.pop()
        chapter.total = sum(place.total for place in chapter.sections)
        chapter.ids = [pk for place in chapter.sections for pk in place.ids]
        if len(chapter.sections) == 1:
            chapter.sections = []
    return list(chapters.values())


def named(chapters: Sequence[Place], changed: Mapping[str, str]) -> dict[int, str]:
    """Return section → portfolio for what was changed; a section's own name goes before."""
    names: dict[int, str] = {}
    for chapter in chapters:
        for place in (chapter, *chapter.sections):
            if place.key in changed:
                names |= dict.fromkeys(place.ids, changed[place.key])
    return names


def portfolio_names(*, evaluation: Evaluation) -> list[str]:
    """Return the portfolios that are named already, by name."""
    return list(
        evaluation.promises.current()
        .exclude(portfolio="")
        .order_by("portfolio")
        .values_list("portfolio", flat=True)
        .distinct()
    )
