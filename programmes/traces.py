"""Programmes' words about people: a document of the branch, in which somebody may be named."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from branches.models import Branch, User
from branches.personal_data import OwnTexts, Record, Sought, Trace, key_of, mentions
from programmes.models import (
    BaseDecision,
    Chapter,
    Example,
    Footnote,
    Measure,
    Programme,
    ProgrammeImport,
    Section,
)

ROOM = "programmes"


class ProgrammeTraces:
    """People who are named in programmes: nothing of that is taken out from the outside."""

    room = ROOM

    def find(self, *, branch: Branch, sought: Sought) -> list[Trace]:
        """Return mentions in programmes, and in files on their way in; all by hand."""
        return [
            *mentions(_texts(branch), room=ROOM, sought=sought, by_hand=_of_programme()),
            *_paragraphs(branch, sought),
            *_files(branch, sought),
        ]

    def export(self, *, branch: Branch, keys: Collection[str]) -> list[Record]:
        """Return nothing: what a programme says is no record about a person."""
        del branch, keys
        return []

    def erase(self, *, branch: Branch, keys: Collection[str], by: User, today: date) -> int:
        """Take nothing out: a programme is changed on its own page, a fixed one not at all."""
        del branch, keys, by, today
        return 0


def _of_programme() -> str:
    return _(
        "A text of a programme: look whether the name has to stand there, and change it on its own "
        "page. What is fixed, stays as it was decided."
    )


def _page(branch: Branch, programme_id: int) -> str:
    return reverse("programmes:programme", args=[branch.slug, programme_id])


def _texts(branch: Branch) -> list[OwnTexts]:
    def of_programme(row: Programme) -> str:
        return _page(branch, row.pk)

    def of_measure(row: Measure) -> str:
        return _page(branch, row.programme_id)

    def of_chapter(row: Chapter) -> str:
        return _page(branch, row.programme_id)

    def below_chapter(row: Section | Footnote | Example) -> str:
        return _page(branch, row.chapter.programme_id)

    def of_choice(_row: BaseDecision) -> str:
        return reverse("programmes:base_changes", args=[branch.slug])

    below = {"chapter__programme__branch": branch}
    return [
        OwnTexts(
            kind="programme",
            what=_("programme"),
            rows=Programme.objects.filter(branch=branch),
            columns=("title", "origin"),
            url=of_programme,
        ),
        OwnTexts(
            kind="measure",
            what=_("measure of a programme"),
            rows=Measure.objects.filter(programme__branch=branch),
            columns=("text", "group", "author_note", "derived_change"),
            url=of_measure,
        ),
        OwnTexts(
            kind="chapter",
            what=_("chapter of a programme"),
            rows=Chapter.objects.filter(programme__branch=branch),
            columns=("title",),
            url=of_chapter,
        ),
        *(
            OwnTexts(
                kind=kind,
                what=_("chapter of a programme"),
                rows=model._default_manager.filter(**below).select_related("chapter"),  # noqa: SLF001 - Django's documented name
                columns=columns,
                url=below_chapter,
            )
            for kind, model, columns in (
                ("section", Section, ("title",)),
                ("footnote", Footnote, ("text",)),
                ("example", Example, ("title", "municipality")),
            )
        ),
        OwnTexts(
            kind="base_choice",
            what=_("choice about the base programme"),
            rows=BaseDecision.objects.filter(branch=branch),
            columns=("own_text", "base_text"),
            url=of_choice,
        ),
    ]


def _holds(sought: Sought, kept: Any) -> str:
    """Return the words around it in what a row keeps as a list, or nothing."""
    text = str(kept)
    return sought.excerpt(text) if sought.text.casefold() in text.casefold() else ""


def _paragraphs(branch: Branch, sought: Sought) -> Iterable[Trace]:
    """Look in paragraphs, which are kept as lists: how a database writes those, differs."""
    looked_in: list[tuple[str, Iterable[Model], str]] = [
        ("chapter", Chapter.objects.filter(programme__branch=branch), "introduction"),
        (
            "section",
            Section.objects.filter(chapter__programme__branch=branch).select_related("chapter"),
            "introduction",
        ),
        (
            "example",
            Example.objects.filter(chapter__programme__branch=branch).select_related("chapter"),
            "text",
        ),
    ]
    for kind, rows, column in looked_in:
        for row in rows:
            words = _holds(sought, getattr(row, column))
            if words:
                chapter = row if isinstance(row, Chapter) else row.chapter  # type: ignore[attr-defined]
                yield Trace(
                    key=key_of(ROOM, f"{kind}_text", row.pk),
                    what=_("chapter of a programme"),
                    words=words,
                    url=_page(branch, chapter.programme_id),
                    by_hand=_of_programme(),
                )


def _files(branch: Branch, sought: Sought) -> Iterable[Trace]:
    for row in ProgrammeImport.objects.filter(branch=branch).iterator(chunk_size=1):
        words = _holds(sought, [row.file_name, row.origin, row.blocks, row.corrections, row.before])
        if words:
            yield Trace(
                key=key_of(ROOM, "file", row.pk),
                what=_("file of a programme"),
                words=words,
                url=reverse("programmes:import", args=[branch.slug, row.pk]),
                by_hand=_(
                    "What was read from a file of a programme. Throw the file away on its page, "
                    "unless it became a programme."
                ),
            )
