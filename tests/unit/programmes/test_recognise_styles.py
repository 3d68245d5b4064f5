"""Programmes of different makers: each is read by its structure, not by one document's words."""

from __future__ import annotations

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

HEADING, BULLET, LINE, ROW = BlockKind.HEADING, BlockKind.BULLET, BlockKind.LINE, BlockKind.ROW


def test_a_numbered_coalition_agreement() -> None:
    document = understood_text("""
        Coalitieakkoord 2022-2026
        Samen vooruit

        1. Wonen en ruimte

        De vraag naar woningen is groot. Wij bouwen voor wie hier wil wonen.

        1.1 Betaalbaar bouwen

        1. Wij bouwen elk jaar 120 woningen.
        2. Een derde daarvan is sociale huur.
        3. Het college komt in 2023 met een woonvisie (zie hoofdstuk 2).

        1.2 Oude kernen

        4. Lege winkels worden woningen.

        2. Zorg en samenleving

        2.1 Dichtbij huis

        5. Elke kern heeft een zorgpunt.
        6. De wijkverpleegkundige komt terug.
        """)
    assert document.title == "Coalitieakkoord 2022-2026 – Samen vooruit"
    assert outline(document) == [
        (
            "Wonen en ruimte",
            [
                (
                    "Betaalbaar bouwen",
                    [
                        "Wij bouwen elk jaar 120 woningen.",
                        "Een derde daarvan is sociale huur.",
                        "Het college komt in 2023 met een woonvisie (zie hoofdstuk 2).",
                    ],
                ),
                ("Oude kernen", ["Lege winkels worden woningen."]),
            ],
        ),
        (
            "Zorg en samenleving",
            [
                (
                    "Dichtbij huis",
                    ["Elke kern heeft een zorgpunt.", "De wijkverpleegkundige komt terug."],
                )
            ],
        ),
    ]
    reference = section_of(document, "Betaalbaar bouwen").measures[2].cross_references
    assert [(one.chapter, one.page) for one in reference] == [("Zorg en samenleving", None)]
    assert document.remarks == ()


def test_a_word_file_with_bold_lines_for_headings() -> None:
    document = understood_blocks(
        block("Programma Dorpslijst 2022", bold=True, size=1.8),
        block("Wonen", bold=True, size=1.4),
        block("Wonen is een recht. Daar werken wij aan."),
        block("Meer huizen", bold=True),
        block("Wij bouwen tien huizen per jaar.", BULLET, mark="•"),
        block("Wij verkopen geen grond meer.", BULLET, mark="•"),
        block("Minder leegstand", bold=True),
        block("Lege panden krijgen een nieuwe functie.", BULLET, mark="•"),
        block("Verkeer", bold=True, size=1.4),
        block("Fietsen", bold=True),
        block("Er komt een fietsbrug.", BULLET, mark="•"),
    )
    assert document.title == "Programma Dorpslijst 2022"
    assert outline(document) == [
        (
            "Wonen",
            [
                (
                    "Meer huizen",
                    ["Wij bouwen tien huizen per jaar.", "Wij verkopen geen grond meer."],
                ),
                ("Minder leegstand", ["Lege panden krijgen een nieuwe functie."]),
            ],
        ),
        ("Verkeer", [("Fietsen", ["Er komt een fietsbrug."])]),
    ]


def test_a_word_file_with_heading_styles_and_a_label_that_is_a_heading_too() -> None:
    parts = []
    for chapter in ("Wonen", "Zorg", "Sport"):
        parts += [
            block(chapter, HEADING, level=1),
            block(f"Over {chapter.lower()} valt veel te zeggen en dat doen we hier."),
            block(f"Dichtbij {chapter.lower()}", HEADING, level=2),
            block("Wat ons voor ogen staat", HEADING, level=3),
            block(f"Een plan voor {chapter.lower()} in elke wijk.", BULLET),
            block("Geld voor wie het maakt.", BULLET),
        ]
    document = understood_blocks(*parts, name="programma")
    assert document.title == "programma"
    assert [(c, [title for title, _ in s]) for c, s in outline(document)] == [
        ("Wonen", ["Dichtbij wonen"]),
        ("Zorg", ["Dichtbij zorg"]),
        ("Sport", ["Dichtbij sport"]),
    ]
    assert left(document, Why.LIST_LABEL) == ["Wat ons voor ogen staat"] * 3
    assert document.measure_count == 6


def test_in_a_programme_of_prose_each_paragraph_that_promises_is_a_measure() -> None:
    document = understood_text("""
        Programma Dorpsbelang

        Onze visie

        Wij zijn een partij van gewone mensen. We luisteren en we doen wat we zeggen.

        Verkeer

        De hoofdweg is te druk. Vrachtverkeer hoort daar niet thuis en dat gaan we regelen.

        De fiets krijgt voorrang op de ring.
        """)
    assert document.title == "Programma Dorpsbelang"
    assert [chapter.title for chapter in document.chapters] == ["Onze visie", "Verkeer"]
    assert measures(document) == [
        "De hoofdweg is te druk. Vrachtverkeer hoort daar niet thuis en dat gaan we regelen.",
        "De fiets krijgt voorrang op de ring.",
    ]
    assert Doubt.MEASURES_OF_PROSE in {remark.doubt for remark in document.remarks}


def test_a_text_without_any_heading_stands_under_the_name_of_the_file() -> None:
    document = understood_text(
        "Wij zijn een partij van gewone mensen en daarom luisteren we.\n", name="dorp"
    )
    assert [chapter.title for chapter in document.chapters] == ["dorp"]
    assert {remark.doubt for remark in document.remarks} == {Doubt.NO_CHAPTERS, Doubt.NO_MEASURES}


def test_numbered_short_paragraphs_are_measures() -> None:
    document = understood_text("""
        Verkiezingsprogramma 2026

        Openbaar groen

        12. Elke straat krijgt bomen. Wie een tegel eruit haalt, krijgt een plant.

        13. De gemeente maait pas na de bloei. Dat is goed voor de bijen.

        Verlichting

        14. Lampen branden alleen als er iemand loopt.
        """)
    assert outline(document) == [
        (
            "Openbaar groen",
            [
                (
                    None,
                    [
                        "Elke straat krijgt bomen. Wie een tegel eruit haalt, krijgt een plant.",
                        "De gemeente maait pas na de bloei. Dat is goed voor de bijen.",
                    ],
                )
            ],
        ),
        ("Verlichting", [(None, ["Lampen branden alleen als er iemand loopt."])]),
    ]


def test_lines_under_a_label_are_measures_without_any_sign() -> None:
    document = understood_text("""
        Verkiezingsprogramma 2026

        Wonen
        Wonen is een recht. Daar staan we voor.
        Wij willen:
        Meer woningen voor starters
        Een hogere bijdrage voor isolatie
        Geen verkoop van sociale huur

        Zorg
        Zorg is er voor iedereen, ook voor wie arm is.
        Wij willen:
        Een steunpunt in elke wijk
        Gratis vervoer voor ouderen
        """)
    assert outline(document) == [
        (
            "Wonen",
            [
                (
                    None,
                    [
                        "Meer woningen voor starters",
                        "Een hogere bijdrage voor isolatie",
                        "Geen verkoop van sociale huur",
                    ],
                )
            ],
        ),
        ("Zorg", [(None, ["Een steunpunt in elke wijk", "Gratis vervoer voor ouderen"])]),
    ]


def test_one_word_per_line_with_the_bullets_apart() -> None:
    paragraphs = [
        "Wonen",
        "We willen meer huizen voor jonge mensen in het dorp. De prijs moet echt omlaag.",
        "• We bouwen elk jaar tien huizen voor starters.",
        "• We kopen zelf de grond en houden zo de prijs laag.",
        "Zorg",
        "De zorg komt dichterbij en wij zorgen voor een huisarts in elke kern.",
        "• We openen een steunpunt in elk dorp.",
    ]
    document = understood_text("\n\n".join("\n".join(text.split()) for text in paragraphs))
    assert outline(document) == [
        (
            "Wonen",
            [
                (
                    None,
                    [
                        "We bouwen elk jaar tien huizen voor starters.",
                        "We kopen zelf de grond en houden zo de prijs laag.",
                    ],
                )
            ],
        ),
        ("Zorg", [(None, ["We openen een steunpunt in elk dorp."])]),
    ]
    assert chapter_of(document, "Wonen").introduction[0].text == paragraphs[1]


def test_a_hard_wrapped_file_with_capitals_for_chapters() -> None:
    document = understood_text("""
        VERKIEZINGSPROGRAMMA LOKAAL BELANG 2022

        WONEN

        In onze gemeente is te weinig plek voor jongeren. Wij vinden dat dit anders
        moet, want een dorp zonder jongeren heeft geen toekomst. Daarom kiezen wij
        voor bouwen in alle kernen.

        Betaalbare huizen

        - Wij bouwen in elke kern ten minste tien
          huizen per jaar, ook voor mensen alleen.
        - De gemeente koopt zelf grond, zodat de prijs laag blijft en niemand er
        grof aan verdient.
        - Wie een huis koopt, woont er zelf. Verhuur aan toeristen staan wij niet
          toe.

        ZORG

        Zorg hoort dichtbij te zijn. De huisarts, de wijkverpleegkundige en de
        buurvrouw werken samen.

        Thuis wonen

        - Er komt een klussendienst.
        - Eenzaamheid pakken wij samen aan met kerken, clubs en scholen, en ook met
          de winkels.
        """)
    assert document.title == "VERKIEZINGSPROGRAMMA LOKAAL BELANG 2022"
    assert outline(document) == [
        (
            "WONEN",
            [
                (
                    "Betaalbare huizen",
                    [
                        (
                            "Wij bouwen in elke kern ten minste tien huizen per jaar, ook voor "
                            "mensen alleen."
                        ),
                        (
                            "De gemeente koopt zelf grond, zodat de prijs laag blijft en niemand "
                            "er grof aan verdient."
                        ),
                        (
                            "Wie een huis koopt, woont er zelf. Verhuur aan toeristen staan wij "
                            "niet toe."
                        ),
                    ],
                )
            ],
        ),
        (
            "ZORG",
            [
                (
                    "Thuis wonen",
                    [
                        "Er komt een klussendienst.",
                        (
                            "Eenzaamheid pakken wij samen aan met kerken, clubs en scholen, en ook "
                            "met de winkels."
                        ),
                    ],
                )
            ],
        ),
    ]
    assert len(chapter_of(document, "WONEN").introduction) == 1


def test_markdown_with_a_title_labels_and_a_footnote() -> None:
    document = understood_text("""
        # Verkiezingsprogramma Groen Dorp

        ## Natuur

        Natuur is *van iedereen*.

        ### Bomen

        **Wij willen:**

        * meer bomen in de straat;
        * een **bomenfonds** van € [bedrag];
        * geen kap zonder plan[^1].

        [^1]: Zie het bomenplan.

        ## Verkeer

        ### Fietsen

        **Wij willen:**

        * fietspaden langs alle wegen.
          Ook langs de dijk.
        """)
    assert document.title == "Verkiezingsprogramma Groen Dorp"
    assert outline(document) == [
        (
            "Natuur",
            [
                (
                    "Bomen",
                    [
                        "meer bomen in de straat;",
                        "een bomenfonds van € [bedrag];",
                        "geen kap zonder plan.",
                    ],
                )
            ],
        ),
        ("Verkeer", [("Fietsen", ["fietspaden langs alle wegen. Ook langs de dijk."])]),
    ]
    section = section_of(document, "Bomen")
    assert section.measures[1].placeholders == ("[bedrag]",)
    assert section.measures[2].footnotes == (1,)
    note = chapter_of(document, "Natuur").footnotes[0]
    assert (note.number, note.text) == (1, "Zie het bomenplan.")
    assert chapter_of(document, "Natuur").introduction[0].text == "Natuur is van iedereen."
