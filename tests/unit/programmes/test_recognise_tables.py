"""Tables: with a head, with rows for chapters, without either, and of figures."""

from __future__ import annotations

from programmes.rules.blocks import BlockKind
from programmes.rules.document import Why
from tests.recognising import (
    block,
    left,
    measures,
    outline,
    understood_blocks,
)

HEADING, BULLET, LINE, ROW = BlockKind.HEADING, BlockKind.BULLET, BlockKind.LINE, BlockKind.ROW


def test_a_table_with_a_head_row() -> None:
    rows = [
        ("Nr", "Hoofdstuk", "Paragraaf", "Voorstel", "Wethouder"),
        ("1", "Wonen", "Huur", "We bouwen tien huizen.", "De Vries"),
        ("2", "", "", "We verlagen de huur.", "De Vries"),
        ("3", "", "Koop", "We kopen grond.", "Jansen"),
        ("4", "Zorg", "Thuis", "We openen een steunpunt.", "Jansen"),
        ("5", "Wonen", "Huur", "We stoppen de verkoop.", "De Vries"),
        ("", "", "", "", "Totaal 5"),
    ]
    document = understood_blocks(
        *(
            block(" | ".join(filter(None, cells)), ROW, cells=cells, line=line)
            for line, cells in enumerate(rows, start=1)
        ),
        name="beloften",
    )
    assert outline(document) == [
        (
            "Wonen",
            [
                (
                    "Huur",
                    ["We bouwen tien huizen.", "We verlagen de huur.", "We stoppen de verkoop."],
                ),
                ("Koop", ["We kopen grond."]),
            ],
        ),
        ("Zorg", [("Thuis", ["We openen een steunpunt."])]),
    ]
    assert [item.why for item in document.left_out] == [Why.TABLE_HEAD, Why.UNPLACED]


def test_a_table_with_rows_for_chapters() -> None:
    rows = [
        ("Thema", "Maatregel"),
        ("Wonen", ""),
        ("", "We bouwen tien huizen."),
        ("Zorg", ""),
        ("", "We openen een steunpunt."),
    ]
    document = understood_blocks(
        *(block(" | ".join(filter(None, cells)), ROW, cells=cells) for cells in rows)
    )
    assert outline(document) == [
        ("Wonen", [(None, ["We bouwen tien huizen."])]),
        ("Zorg", [(None, ["We openen een steunpunt."])]),
    ]


def test_a_table_without_a_head_is_guessed_by_its_texts() -> None:
    rows = [
        ("Wonen", "We bouwen elk jaar tien huizen."),
        ("Wonen", "We verlagen de huur voor iedereen."),
        ("Zorg", "We openen een steunpunt in de wijk."),
        ("Zorg", "We betalen de bus voor ouderen."),
    ]
    document = understood_blocks(*(block(" | ".join(cells), ROW, cells=cells) for cells in rows))
    assert [(title, len(measures)) for title, [(_, measures)] in outline(document)] == [
        ("Wonen", 2),
        ("Zorg", 2),
    ]


def test_a_table_of_figures_in_a_text_is_left_out() -> None:
    document = understood_blocks(
        block("Geld", HEADING, level=1),
        block("Zo verdelen wij het geld over de jaren."),
        block("Jaar | Bedrag", ROW, cells=("Jaar", "Bedrag")),
        block("2022 | 10", ROW, cells=("2022", "10")),
        block("De lasten gaan niet omhoog.", BULLET),
    )
    assert left(document, Why.UNPLACED) == ["Jaar | Bedrag", "2022 | 10"]
    assert measures(document) == ["De lasten gaan niet omhoog."]
