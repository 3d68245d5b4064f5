"""Headings that a table of contents names, and what it knows or forgot."""

from __future__ import annotations

from programmes.rules.blocks import BlockKind
from programmes.rules.document import Doubt, Why
from tests.recognising import (
    block,
    left,
    outline,
    understood_blocks,
    understood_text,
)

HEADING, BULLET = BlockKind.HEADING, BlockKind.BULLET


def titles(text: str) -> list[str]:
    return [chapter.title for chapter in understood_text(text).chapters]


def test_headings_without_marks_are_found_by_a_table_of_contents_with_dots() -> None:
    document = understood_text("""
        Programma 2022

        Inhoudsopgave

        Wonen ............ 3
        Zorg ............. 5

        Wonen

        Wonen is een recht.

        Huren

        - De huur gaat omlaag.

        Zorg

        - Zorg is dichtbij.
        """)
    assert outline(document) == [
        ("Wonen", [("Huren", ["De huur gaat omlaag."])]),
        ("Zorg", [(None, ["Zorg is dichtbij."])]),
    ]
    assert len(left(document, Why.CONTENTS)) == 3
    assert document.remarks == ()


def test_a_chapter_that_only_the_contents_know_is_a_remark() -> None:
    document = understood_text("""
        Inhoud

        Wonen\t3
        Sport\t4
        Zorg\t5

        Wonen

        - De huur gaat omlaag.

        Zorg

        - Zorg is dichtbij.
        """)
    assert [chapter.title for chapter in document.chapters] == ["Wonen", "Zorg"]
    assert [(remark.doubt, remark.text) for remark in document.remarks] == [
        (Doubt.CHAPTER_NOT_FOUND, "Sport")
    ]


def test_a_chapter_that_the_contents_forgot_is_found_by_its_looks() -> None:
    parts = [block("Inhoud"), block("Wonen\t3"), block("Zorg\t5")]
    for title in ("Wonen", "Zorg", "Sport"):
        parts += [
            block(title, HEADING, level=1),
            block(f"Hoe {title.lower()} wordt", HEADING, level=2),
            block(f"Wij geven meer geld aan {title.lower()}.", BULLET),
        ]
    document = understood_blocks(*parts)
    assert [chapter.title for chapter in document.chapters] == ["Wonen", "Zorg", "Sport"]


def test_a_section_that_is_called_as_a_later_chapter_is_a_section() -> None:
    assert titles("""
        Inhoud

        Jeugd\t3
        Zorg\t5
        Sport\t7

        Jeugd

        De jeugd verdient het beste.

        Sport

        - Elk kind sport.

        Zorg

        - Zorg is dichtbij.

        Sport

        - Elke club houdt haar veld.
        """) == ["Jeugd", "Zorg", "Sport"]


def test_numbered_contents_name_chapters_and_sections() -> None:
    document = understood_text("""
        Inhoud

        1. Wonen 3
        1.1 Huren 3
        1.2 Kopen 4
        2. Zorg 5
        2.1 Thuis 5

        1. Wonen

        1.1 Huren

        - De huur gaat omlaag.

        1.2 Kopen

        - Wie koopt, woont er zelf.

        2. Zorg

        2.1 Thuis

        - Zorg is dichtbij.
        """)
    assert [(title, [name for name, _ in parts]) for title, parts in outline(document)] == [
        ("Wonen", ["Huren", "Kopen"]),
        ("Zorg", ["Thuis"]),
    ]
