"""What layout tears apart is put together; what only looks alike stays apart."""

from __future__ import annotations

import pytest

from programmes.rules.blocks import BlockKind
from programmes.rules.document import Doubt, Why
from tests.recognising import (
    block,
    chapter_of,
    left,
    measures,
    outline,
    section_of,
    understood_blocks,
    understood_text,
)

HEADING, BULLET, LINE = BlockKind.HEADING, BlockKind.BULLET, BlockKind.LINE

FRAME = """
Programma 2022

Inhoud

Wonen\t3
Zorg\t9

Wonen

Een inleiding op het wonen in onze gemeente.

Huren

Onze keuzes

{list}

Zorg

Een inleiding op de zorg in onze gemeente.

Thuis

Onze keuzes

- De zorg komt naar je toe.
"""


def framed(items: str) -> list[str]:
    document = understood_text(FRAME.replace("{list}", items))
    assert [title for title, _ in outline(document)] == ["Wonen", "Zorg"]
    return [measure.text for measure in section_of(document, "Huren").measures]


def test_a_list_that_broke_over_two_pages_is_one_list_of_one_level() -> None:
    assert framed(
        "- De huur gaat omlaag.\n\n-\n- De huur blijft laag.\n - Wie huurt, beslist mee.\n"
        "  - Een huis is geen handel."
    ) == [
        "De huur gaat omlaag.",
        "De huur blijft laag.",
        "Wie huurt, beslist mee.",
        "Een huis is geen handel.",
    ]


def test_the_sign_that_stands_alone_is_left_out_with_its_line() -> None:
    document = understood_text(FRAME.replace("{list}", "- Een.\n\n-\n- Twee."))
    lone = [(item.text, item.line) for item in document.left_out if item.why is Why.LONE_MARK]
    assert lone == [("-", 19)]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (
            "- We bouwen huizen voor jonge\n\nmensen in het dorp.\n- Nog een.",
            ["We bouwen huizen voor jonge mensen in het dorp.", "Nog een."],
        ),
        (
            "- We bouwen huizen voor jonge¹\n\n¹ Tot 30 jaar.\n\nmensen in het dorp.\n- Nog een.",
            ["We bouwen huizen voor jonge mensen in het dorp.", "Nog een."],
        ),
        (
            (
                "- We werken daarvoor samen met stichting\n\n¹ Zie www.voorbeeld.nl\n\n"
                "Dorpsbelang en met de kerk.\n\n- Nog een."
            ),
            ["We werken daarvoor samen met stichting Dorpsbelang en met de kerk.", "Nog een."],
        ),
        (
            "- Wij staan voor goede jeugd-\n\nzorg in het dorp.\n- Nog een.",
            ["Wij staan voor goede jeugdzorg in het dorp.", "Nog een."],
        ),
        (
            "- Wij helpen maatschappelijke-\n\nen zorgorganisaties in het dorp.\n- Nog een.",
            ["Wij helpen maatschappelijke- en zorgorganisaties in het dorp.", "Nog een."],
        ),
        (
            (
                "- Een sociaal-economische visie komt er.\n- Wij kijken naar de sociaal-\n\n"
                "economische kant van het wonen."
            ),
            [
                "Een sociaal-economische visie komt er.",
                "Wij kijken naar de sociaal-economische kant van het wonen.",
            ],
        ),
        (
            "- Wij volgen alle voorstellen van de Tweede Kamer-\n\nPvdA-fractie in het land.",
            ["Wij volgen alle voorstellen van de Tweede Kamer-PvdA-fractie in het land."],
        ),
    ],
)
def test_a_sentence_torn_by_a_page_goes_on(items: str, expected: list[str]) -> None:
    assert framed(items) == expected


def test_a_paragraph_without_full_stop_is_not_joined_to_a_new_one() -> None:
    document = understood_text("""
        Programma 2022

        Wonen

        Het maakt niet uit waar je vandaan komt of wie je ouders zijn en wat je later wordt

        Goed wonen begint bij een betaalbaar huis voor iedereen.

        Zorg

        Zorg is er voor iedereen.
        """)
    texts = [passage.text for passage in chapter_of(document, "Wonen").introduction]
    assert len(texts) == 2
    assert Doubt.TORN_SENTENCE in {remark.doubt for remark in document.remarks}


def test_capitals_on_a_picture_in_the_middle_of_a_sentence_are_a_caption() -> None:
    document = understood_text("""
        Programma 2022

        Wonen

        Wij bouwen in deze gemeente alleen nog maar huizen voor mensen met

        TE KOOP

        een gewoon inkomen en voor jongeren.

        Zorg

        Zorg is er voor iedereen.
        """)
    assert left(document, Why.CAPTION) == ["TE KOOP"]
    assert measures(document) == [
        (
            "Wij bouwen in deze gemeente alleen nog maar huizen voor mensen met een gewoon inkomen "
            "en voor jongeren."
        )
    ]


def test_bullets_apart_from_their_texts_find_each_other() -> None:
    document = understood_blocks(
        block("Wonen", LINE, size=1.5),
        block("•", LINE),
        block("Wij bouwen huizen.", LINE),
        block("•", LINE),
        block("•", LINE),
        block("Wij kopen grond.", LINE),
        block("Wij verlagen de huur.", LINE),
    )
    assert measures(document) == ["Wij bouwen huizen.", "Wij kopen grond.", "Wij verlagen de huur."]


def test_a_line_that_begins_with_a_dash_or_number_within_a_sentence_is_no_item() -> None:
    document = understood_text("""
        Verkeer

        De weg naar het dorp is te smal voor de bus en voor het vrachtverkeer van nu
        – een probleem dat al jaren speelt en waar niemand iets aan doet – en daar komt
        nog bij dat de brug te laag is. Wij willen daarom voor het eind van het jaar
        2026. Het hoeft niet duur te zijn als iedereen meedoet en de provincie ook een
        deel betaalt.

        - Er komt een nieuwe brug.
        """)
    assert measures(document) == ["Er komt een nieuwe brug."]


def test_items_under_an_item_that_are_fragments_are_one_measure_with_it() -> None:
    document = understood_blocks(
        block("Verkeer", HEADING, level=1),
        block("Wij leggen aan:", BULLET, level=0),
        block("fietspaden", BULLET, level=1),
        block("twee bruggen", BULLET, level=1),
        block("De bus blijft rijden.", BULLET, level=0),
    )
    assert measures(document) == [
        "Wij leggen aan: fietspaden; twee bruggen",
        "De bus blijft rijden.",
    ]


def test_items_under_an_item_that_are_sentences_are_measures_of_a_group() -> None:
    document = understood_blocks(
        block("Verkeer", HEADING, level=1),
        block("In de dorpen:", BULLET, level=0),
        block("Wij leggen overal goede fietspaden aan.", BULLET, level=1),
        block("De bus rijdt elk uur naar de stad.", BULLET, level=1),
        block("De gemeente plaatst laadpalen in elke straat.", BULLET, level=0),
    )
    found = section_of(document, None).measures
    assert [(measure.group, measure.text) for measure in found] == [
        ("In de dorpen", "Wij leggen overal goede fietspaden aan."),
        ("In de dorpen", "De bus rijdt elk uur naar de stad."),
        (None, "De gemeente plaatst laadpalen in elke straat."),
    ]


def test_deeper_bullets_in_a_text_file_belong_to_the_one_above() -> None:
    document = understood_text("""
        # Verkeer

        - Wij leggen fietspaden aan
            - langs de dijk
            - langs de vaart
        - De bus blijft rijden
        """)
    assert measures(document) == [
        "Wij leggen fietspaden aan: langs de dijk; langs de vaart",
        "De bus blijft rijden",
    ]


def test_a_heading_over_two_lines_is_one_heading() -> None:
    document = understood_blocks(
        block("Een dorp waar", LINE, size=2.0, page=1),
        block("Iedereen Meedoet", LINE, size=2.0, page=1),
        block("Daar staan wij voor met elkaar.", LINE, page=1),
        block("Zorg", LINE, size=2.0, page=2),
        block("De zorg komt naar je toe.", BULLET, page=2),
    )
    assert document.chapters[0].title == "Een dorp waar Iedereen Meedoet"


def test_a_heading_of_two_lines_that_the_contents_name_on_one_is_found() -> None:
    document = understood_text("""
        Inhoud

        Wonen 3
        Inclusie, emancipatie en integratie 8

        Wonen

        - Wij bouwen huizen.

        Inclusie, emancipatie en
        integratie

        - Iedereen doet mee.
        """)
    assert [chapter.title for chapter in document.chapters] == [
        "Wonen",
        "Inclusie, emancipatie en integratie",
    ]
