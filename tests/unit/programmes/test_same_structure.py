"""One programme in every format: whatever the file, the same chapters, measures and footnotes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.kinds import Kind
from programmes.reading import read
from programmes.rules.document import Chapter, Document, Reference
from programmes.rules.recognise import recognise
from tests.programme_content import TITLE
from tests.programme_files import (
    as_csv,
    as_docx,
    as_markdown,
    as_odt,
    as_pdf,
    as_txt,
    as_xlsx,
)

FORMATS: dict[str, tuple[Kind, Callable[..., bytes], dict[str, Any]]] = {
    "text, lines broken": (Kind.TEXT, as_txt, {"width": 72}),
    "markdown": (Kind.MARKDOWN, as_markdown, {}),
    "word, styles": (Kind.DOCX, as_docx, {}),
    "word, bold lines": (Kind.DOCX, as_docx, {"styled": False}),
    "opendocument": (Kind.ODT, as_odt, {}),
    "pdf": (Kind.PDF, as_pdf, {}),
    "pdf, bookmarks": (Kind.PDF, as_pdf, {"outline": True}),
    "pdf, justified with hyphens": (Kind.PDF, as_pdf, {"justified": True}),
    "pdf, two columns": (Kind.PDF, as_pdf, {"columns": 2}),
    "pdf, two columns with hyphens": (Kind.PDF, as_pdf, {"columns": 2, "justified": True}),
}
TABLES: dict[str, tuple[Kind, Callable[..., bytes]]] = {
    "spreadsheet": (Kind.XLSX, as_xlsx),
    "values apart": (Kind.CSV, as_csv),
}


def of_chapter(chapter: Chapter) -> dict[str, Any]:
    return {
        "introduction": [passage.text for passage in chapter.introduction],
        "sections": [
            {
                "title": section.title,
                "introduction": [passage.text for passage in section.introduction],
                "measures": [
                    (
                        measure.text,
                        measure.group,
                        measure.placeholders,
                        measure.footnotes,
                        measure.cross_references,
                    )
                    for measure in section.measures
                ],
            }
            for section in chapter.sections
        ],
        "footnotes": [(note.number, note.text) for note in chapter.footnotes],
        "examples": [
            (example.title, [passage.text for passage in example.text], example.links)
            for example in chapter.examples
        ],
    }


def structure(document: Document) -> dict[str, dict[str, Any]]:
    return {chapter.title: of_chapter(chapter) for chapter in document.chapters}


@pytest.fixture(scope="module")
def plain() -> Document:
    return recognise(read(as_txt(), Kind.TEXT))


def test_the_plain_text_is_what_was_written(plain: Document) -> None:
    assert plain.title == TITLE
    assert [(chapter.title, len(chapter.sections)) for chapter in plain.chapters] == [
        ("Voorwoord", 0),
        ("Wonen en bouwen", 2),
        ("Zorg dicht bij huis", 2),
        ("Groen en water", 2),
    ]
    assert [
        [len(section.measures) for section in chapter.sections] for chapter in plain.chapters
    ] == [[], [4, 4], [4, 3], [3, 3]]
    building, care, green = plain.chapters[1:]
    groups = [measure.group for measure in building.sections[1].measures]
    assert groups == ["In de dorpen"] * 2 + ["In de stad"] * 2
    assert [[note.number for note in chapter.footnotes] for chapter in (building, care, green)] == [
        [1, 2],
        [1, 2],
        [1],
    ]
    first, second, third, _fourth = building.sections[0].measures
    assert first.placeholders == ("[...]", "[...]")
    assert second.footnotes == (2,)
    assert third.placeholders == ("[naam van de kern]",)
    assert "55 m²" in third.text
    waiting = care.sections[0].measures[2]
    assert waiting.cross_references == (Reference(chapter="Wonen en bouwen", page=3),)
    (example,) = building.examples
    assert example.title == "Het Wisselhuis in Noorderhaven"
    assert example.links == ("www.noorderhaven.example.nl/wonen/het-wisselhuis",)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_gives_the_same_structure(form: str, plain: Document) -> None:
    kind, write, how = FORMATS[form]
    document = recognise(read(write(**how), kind))
    assert document.title == plain.title
    found, expected = structure(document), structure(plain)
    assert list(found) == list(expected)
    for title, chapter in expected.items():
        assert found[title] == chapter


@pytest.mark.parametrize("form", TABLES)
def test_a_table_gives_the_same_measures(form: str, plain: Document) -> None:
    kind, write = TABLES[form]
    document = recognise(read(write(), kind))

    def measures(of: Document) -> list[tuple[str, str | None, str]]:
        return [
            (chapter.title, section.title, measure.text)
            for chapter in of.chapters
            for section in chapter.sections
            for measure in section.measures
        ]

    assert measures(document) == measures(plain)
