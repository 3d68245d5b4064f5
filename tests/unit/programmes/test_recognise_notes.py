"""Footnotes, placeholders, references and emphasis."""

from __future__ import annotations

import pytest

from programmes.rules.blocks import BlockKind
from programmes.rules.document import Document, Doubt, Why
from tests.recognising import (
    block,
    chapter_of,
    left,
    measures,
    section_of,
    understood_blocks,
    understood_text,
)

HEADING, BULLET, FOOTNOTE = BlockKind.HEADING, BlockKind.BULLET, BlockKind.FOOTNOTE


def notes(document: Document, title: str) -> list[tuple[int, str]]:
    return [(note.number, note.text) for note in chapter_of(document, title).footnotes]


def test_footnotes_restart_per_chapter_and_may_stand_after_a_later_heading() -> None:
    document = understood_text("""
        # Wonen

        - Wij bouwen huizen.¹
        - Wij kopen grond.²

        ¹ In elke kern.

        # Zorg

        ² Voor een eerlijke prijs.

        - De zorg komt naar je toe.¹

        ¹ Ook in het weekend.
        """)
    assert notes(document, "Wonen") == [(1, "In elke kern."), (2, "Voor een eerlijke prijs.")]
    assert notes(document, "Zorg") == [(1, "Ook in het weekend.")]
    assert [m.footnotes for m in section_of(document, None).measures] == [(1,), (2,)]
    assert document.remarks == ()


def test_a_first_note_that_stands_in_the_next_chapter_before_its_own_first_mark_goes_back() -> None:
    document = understood_text("""
        # Wonen

        - Wij bouwen huizen.¹

        # Zorg

        ¹ In elke kern.

        - De zorg komt naar je toe.¹

        ¹ Ook in het weekend.
        """)
    assert notes(document, "Wonen") == [(1, "In elke kern.")]
    assert notes(document, "Zorg") == [(1, "Ook in het weekend.")]


def test_notes_that_restart_per_page_are_counted_per_chapter() -> None:
    document = understood_text("""
        # Wonen

        - Wij bouwen huizen.¹

        ¹ In elke kern.

        - Wij kopen grond.¹

        ¹ Voor een eerlijke prijs.
        """)
    assert notes(document, "Wonen") == [(1, "In elke kern."), (2, "Voor een eerlijke prijs.")]
    assert [measure.footnotes for measure in section_of(document, None).measures] == [(1,), (2,)]


def test_notes_at_the_end_of_the_document_find_their_chapters() -> None:
    document = understood_text("""
        # Wonen

        - Wij bouwen huizen.¹

        # Zorg

        - De zorg komt naar je toe.²

        # Noten

        ¹ In elke kern.
        ² Ook in het weekend.
        """)
    assert notes(document, "Wonen") == [(1, "In elke kern.")]
    assert notes(document, "Zorg") == [(2, "Ook in het weekend.")]
    assert [chapter.title for chapter in document.chapters] == ["Wonen", "Zorg"]
    assert left(document, Why.LIST_LABEL) == ["Noten"]


def test_a_mark_in_a_title_is_taken_from_it_and_its_note_is_the_chapters() -> None:
    document = understood_text("""
        # Veiligheid

        ## Voorkomen is beter¹

        - De wijkagent komt terug.

        ¹ Zie ook het hoofdstuk over zorg.

        # Zorg

        - De zorg is dichtbij.
        """)
    assert section_of(document, "Voorkomen is beter").measures[0].footnotes == ()
    assert notes(document, "Veiligheid") == [(1, "Zie ook het hoofdstuk over zorg.")]
    assert document.remarks == ()


def test_square_metres_and_carbon_dioxide_are_no_footnotes() -> None:
    text = "Elk huis krijgt 12 m² tuin, 3 km² bos en stoot geen CO₂ of CO² uit."
    document = understood_text(f"# Wonen\n\n- {text}\n- Het plan is er al.²\n\n² Sinds 2020.\n")
    assert measures(document) == [text, "Het plan is er al."]
    assert [measure.footnotes for measure in section_of(document, None).measures] == [(), (2,)]


@pytest.mark.parametrize(
    ("mark", "note"),
    [("¹", "¹ Zie het plan."), (" [1]", "[1] Zie het plan."), ("[1]", "[1] Zie het plan."),
     (" (1)", "(1) Zie het plan."), ("[^1]", "[^1]: Zie het plan."), ("1", "1 Zie het plan.")],
)  # fmt: skip
def test_every_way_to_print_a_mark_is_taken_out_of_the_text(mark: str, note: str) -> None:
    document = understood_text(f"# Wonen\n\n- Wij bouwen huizen.{mark} In elke kern.\n\n{note}\n")
    measure = section_of(document, None).measures[0]
    assert (measure.text, measure.footnotes) == ("Wij bouwen huizen. In elke kern.", (1,))
    assert notes(document, "Wonen") == [(1, "Zie het plan.")]


def test_numbers_in_brackets_that_are_no_notes_stay() -> None:
    text = "Wij doen (1) wat moet en (2) wat kan, zie [3] en stap 4."
    document = understood_text(f"# Wonen\n\n- {text}\n")
    assert measures(document) == [text]


def test_a_footnote_of_a_format_with_footnotes() -> None:
    document = understood_blocks(
        block("Wonen", HEADING, level=1),
        block("Wij bouwen huizen.¹", BULLET),
        block("In elke kern.", FOOTNOTE, mark="1"),
    )
    assert notes(document, "Wonen") == [(1, "In elke kern.")]
    assert section_of(document, None).measures[0].footnotes == (1,)


def test_marks_and_notes_without_each_other_are_remarks() -> None:
    document = understood_text("""
        # Wonen

        - Wij bouwen huizen.¹

        ² Een noot zonder teken.
        """)
    doubts = {remark.doubt: remark.text for remark in document.remarks}
    assert doubts == {
        Doubt.FOOTNOTE_WITHOUT_TEXT: "1",
        Doubt.FOOTNOTE_WITHOUT_MARK: "Een noot zonder teken.",
    }


def test_a_note_over_two_lines_with_its_address_broken() -> None:
    document = understood_text(
        "# Wonen\n\n- Wij bouwen huizen.¹\n\n¹ Zie www.voorbeeld.nl/wonen/\nplannen-2022\n"
    )
    assert notes(document, "Wonen") == [(1, "Zie www.voorbeeld.nl/wonen/plannen-2022")]


def test_placeholders_are_kept_in_order_and_as_often_as_they_occur() -> None:
    document = understood_text(
        "# Wonen\n\n- Van [...] % naar [...] % in [plaatsnaam] op [locaties aangeven].[1]\n\n"
        "[1] Zie het plan.\n"
    )
    measure = section_of(document, None).measures[0]
    assert measure.placeholders == ("[...]", "[...]", "[plaatsnaam]", "[locaties aangeven]")
    assert measure.text == "Van [...] % naar [...] % in [plaatsnaam] op [locaties aangeven]."


def test_emphasis_is_taken_away_and_other_stars_stay() -> None:
    document = understood_text(
        "# Wonen\n\n- Wij zijn *voor* **bouwen**, ***echt***, met 2 * 3 huizen voor lhbti* en.\n"
    )
    assert measures(document) == ["Wij zijn voor bouwen, echt, met 2 * 3 huizen voor lhbti* en."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zo doen we dat (zie ook hoofdstuk **Zorg**, pagina 83).", [("Zorg", 83)]),
        ("Zo doen we dat (zie ook hoofdstuk Zorg, pagina 83).", [("Zorg", 83)]),
        ("Zie het hoofdstuk Zorg.", [("Zorg", None)]),
        ("Zo (zie het hoofdstuk 'Zorg', blz. 9).", [("Zorg", 9)]),
        ("Dit staat in het hoofdstuk **Zorg** (zie pagina 23).", [("Zorg", 23)]),
        ("Dit staat in het hoofdstuk **Zorg**. Zie daarvoor pagina 59.", [("Zorg", 59)]),
        (
            "Zo (zie hoofdstuk **Zorg**, pagina 8 & hoofdstuk **Wonen**, pagina 4).",
            [("Zorg", 8), ("Wonen", 4)],
        ),
        ("Zo (zie voor banen hoofdstuk **Wonen**, p. 2) doen we dat.", [("Wonen", 2)]),
        ("Zie de hoofdstukken **Zorg** en **Wonen**.", [("Zorg", None), ("Wonen", None)]),
        ("Zie hoofdstuk 2.", [("2", None)]),
        ("Dit hoofdstuk gaat over wonen.", []),
        ("Wij sluiten dit hoofdstuk met pagina 3 af.", []),
    ],
)
def test_references_to_chapters(text: str, expected: list[tuple[str, int | None]]) -> None:
    document = understood_text(f"# Wonen\n\n- {text}\n\n# Zorg\n\n- De zorg blijft.\n")
    measure = section_of(document, None).measures[0]
    assert [(one.chapter, one.page) for one in measure.cross_references] == expected
    assert measure.text == text.replace("**", "")
    assert not document.remarks


def test_a_reference_to_a_chapter_that_is_not_there_is_a_remark() -> None:
    document = understood_text(
        "# Wonen\n\n- Zie hoofdstuk **Sport**, pagina 4.\n\n# Zorg\n\n- Ja.\n"
    )
    assert [(remark.doubt, remark.text) for remark in document.remarks] == [
        (Doubt.REFERENCE_NOT_FOUND, "Sport")
    ]
