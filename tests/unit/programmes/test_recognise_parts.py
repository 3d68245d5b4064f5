"""Contents, labels, groups, examples, forewords, colophons, captions."""

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

HEADING, BULLET = BlockKind.HEADING, BlockKind.BULLET


def titles(text: str) -> list[str]:
    return [chapter.title for chapter in understood_text(text).chapters]


def test_a_repeated_short_line_before_lists_is_a_label_whatever_it_says() -> None:
    text = "# Programma 2022\n"
    for title in ("Wonen", "Zorg", "Sport"):
        text += f"\n## {title}\n\nOver {title} is veel te zeggen.\n\n"
        text += f"Hier tekenen we voor\n\n- Meer {title}.\n"
    document = understood_text(text)
    assert left(document, Why.LIST_LABEL) == ["Hier tekenen we voor"] * 3
    assert [(title, [name for name, _ in parts]) for title, parts in outline(document)] == [
        ("Wonen", [None]),
        ("Zorg", [None]),
        ("Sport", [None]),
    ]


LABELLED = """
Programma 2022

Inhoud

Voorwoord\t2
Natuur\t3
Zorg\t5
Tips\t9

Voorwoord

Dit programma is van ons allemaal. Wij vinden drie dingen van belang:

► **Denk aan elkaar.** Niemand kan het alleen.

Dat geldt ook voor jou.

► **Begin op tijd.** Wie wacht, is te laat.

Juni 2022,

Anna de Vries
Voorzitter

TE KOOP

010-123 45 67

Natuur

Natuur is van iedereen. Wij werken op twee manieren:

- Samen met boeren en met mensen uit het dorp.
- Alleen waar het moet.

Lucht

De lucht moet schoon zijn.

Onze keuzes

Binnen de bebouwde kom

- De auto rijdt dertig.

Onze keuzes:

Buiten de bebouwde kom

- De boer krijgt steun.
-
- De bus rijdt.

Zorg

Thuis

Onze keuzes

Iedereen woont thuis zolang het kan. Daar hoort hulp bij.

- De zorg is dichtbij.

Goede voorbeelden

Zorgpunt Noord

In Noord is een zorgpunt waar iedereen terecht kan.

Meer informatie: www.voorbeeld.nl/zorg/2020/
[een-punt-voor-zorg](#)

www.voorbeeld.nl/noord

(digi)Punt

Ook online kun je terecht.

Zie ook www.voorbeeld.nl/digi.

Het Zorgloket

Tips

Schrijf je programma samen. Vraag je leden om hulp.

Onze tips

- **Maak het leuk.** Zo houd je je mensen erbij.

-
- **Wees kort.** Dan leest iedereen je stuk.
"""


def test_a_foreword_and_a_chapter_of_tips_have_no_measures() -> None:
    document = understood_text(LABELLED)
    foreword = chapter_of(document, "Voorwoord")
    assert foreword.sections == ()
    assert [passage.text.split(".")[0] for passage in foreword.introduction] == [
        "Dit programma is van ons allemaal",
        "Denk aan elkaar",
        "Dat geldt ook voor jou",
        "Begin op tijd",
    ]
    tips = section_of(document, "Onze tips")
    assert tips.measures == ()
    assert [passage.text.split(".")[0] for passage in tips.introduction] == [
        "Maak het leuk",
        "Wees kort",
    ]
    assert document.remarks == ()


def test_names_under_a_foreword_are_a_signature_and_letters_on_pictures_captions() -> None:
    document = understood_text(LABELLED)
    assert left(document, Why.SIGNATURE) == ["Juni 2022,", "Anna de Vries", "Voorzitter"]
    assert left(document, Why.CAPTION) == ["TE KOOP", "010-123 45 67", "Het Zorgloket"]


def test_bullets_that_tell_how_in_an_introduction_are_no_measures() -> None:
    document = understood_text(LABELLED)
    assert [passage.text for passage in chapter_of(document, "Natuur").introduction] == [
        "Natuur is van iedereen. Wij werken op twee manieren:",
        "Samen met boeren en met mensen uit het dorp.",
        "Alleen waar het moet.",
    ]


def test_a_line_between_label_and_list_is_a_group_and_a_second_label_ends_it() -> None:
    section = section_of(understood_text(LABELLED), "Lucht")
    assert [(measure.group, measure.text) for measure in section.measures] == [
        ("Binnen de bebouwde kom", "De auto rijdt dertig."),
        ("Buiten de bebouwde kom", "De boer krijgt steun."),
        ("Buiten de bebouwde kom", "De bus rijdt."),
    ]
    assert len(section.group_sources) == 2


def test_prose_after_a_label_is_introduction() -> None:
    section = section_of(understood_text(LABELLED), "Thuis")
    assert [passage.text for passage in section.introduction] == [
        "Iedereen woont thuis zolang het kan. Daar hoort hulp bij."
    ]
    assert [measure.text for measure in section.measures] == ["De zorg is dichtbij."]


def test_examples_have_titles_texts_and_whole_links() -> None:
    first, second = chapter_of(understood_text(LABELLED), "Zorg").examples
    assert first.title == "Zorgpunt Noord"
    assert [passage.text for passage in first.text] == [
        "In Noord is een zorgpunt waar iedereen terecht kan."
    ]
    assert first.links == (
        "www.voorbeeld.nl/zorg/2020/een-punt-voor-zorg",
        "www.voorbeeld.nl/noord",
    )
    assert second.title == "(digi)Punt"
    assert [passage.text for passage in second.text] == ["Ook online kun je terecht."]
    assert second.links == ("www.voorbeeld.nl/digi",)


def test_one_example_in_each_section_ends_where_the_next_section_begins() -> None:
    document = understood_text("""
        Programma 2022

        Inhoud

        Wonen\t3
        Zorg\t5

        Wonen

        Huren

        Wij willen:

        - De huur gaat omlaag.

        Goed voorbeeld

        Huurteam Zuid

        In Zuid helpt een team alle huurders met hun vragen.
        Meer weten? www.voorbeeld.nl

        Kopen

        Wie koopt, heeft het moeilijk op dit moment.

        Wij willen:

        - Wie koopt, woont er zelf.

        Zorg

        Thuis

        Wij willen:

        - De zorg is dichtbij.
        """)
    assert [(title, [name for name, _ in parts]) for title, parts in outline(document)] == [
        ("Wonen", ["Huren", "Kopen"]),
        ("Zorg", ["Thuis"]),
    ]
    (example,) = chapter_of(document, "Wonen").examples
    assert (example.title, example.links) == ("Huurteam Zuid", ("www.voorbeeld.nl",))


def test_examples_under_heading_styles_end_at_the_next_chapter() -> None:
    parts = []
    for title in ("Wonen", "Zorg"):
        parts += [
            block(title, HEADING, level=1),
            block(f"Samen {title.lower()}", HEADING, level=2),
            block(f"Wij geven geld aan {title.lower()}.", BULLET),
            block("Voorbeelden uit het land", HEADING, level=2),
            block(f"Huis van {title}", HEADING, level=3),
            block("Daar gaat het al heel erg goed mee."),
            block("[Lees meer](https://voorbeeld.nl/huis)"),
        ]
    document = understood_blocks(*parts)
    assert [(title, [name for name, _ in parts]) for title, parts in outline(document)] == [
        ("Wonen", ["Samen wonen"]),
        ("Zorg", ["Samen zorg"]),
    ]
    example = chapter_of(document, "Zorg").examples[0]
    assert example.title == "Huis van Zorg"
    assert example.links == ("https://voorbeeld.nl/huis",)


def test_a_colophon_is_left_out_at_the_front_and_at_the_back() -> None:
    lines = "Colofon\n\nUitgave van Dorpsbelang\n\nKerkstraat 1, 1234 AB Dorp\n\nwww.dorp.nl\n"
    body = "Wonen\n\nWonen is een recht voor iedereen.\n\nZorg\n\nZorg is er voor iedereen.\n"
    front = understood_text(f"Programma 2022\n\n{lines}\n\n\n\n{body}")
    back = understood_text(f"Programma 2022\n\n{body}\n\n{lines}")
    for document in (front, back):
        assert len(left(document, Why.COLOPHON)) == 4
        assert [chapter.title for chapter in document.chapters] == ["Wonen", "Zorg"]
        assert document.title == "Programma 2022"


def test_rules_of_signs_are_left_out() -> None:
    document = understood_text("# Wonen\n\n* * *\n\n- Wij bouwen.\n\n-----\n\n- Wij kopen.\n")
    assert len(left(document, Why.RULE)) == 2
    assert measures(document) == ["Wij bouwen.", "Wij kopen."]


def test_the_same_measure_twice_and_a_very_long_one_are_remarks() -> None:
    document = understood_text(
        f"# Wonen\n\n- Wij bouwen.\n- Wij bouwen.\n- {'Lang ' * 400}einde.\n"
    )
    doubts = [remark.doubt for remark in document.remarks]
    assert doubts.count(Doubt.SAME_TWICE) == 2
    assert doubts.count(Doubt.LONG_MEASURE) == 1


def test_a_chapter_without_measures_among_others_is_a_remark() -> None:
    document = understood_text("# Wonen\n\n- Wij bouwen.\n\n# Sport\n\nSport is goed voor je.\n")
    assert [(remark.doubt, remark.text) for remark in document.remarks] == [
        (Doubt.CHAPTER_WITHOUT_MEASURES, "Sport")
    ]


def test_list_items_that_a_text_file_begins_with_hashes_are_no_chapters() -> None:
    document = understood_text("""
        # Verslag van de avond

        ## Sessie groen

        Wij spraken over bomen en over water in de stad.

        ### Draagvlak

        # meer praten met mensen

        # minder praten over mensen

        ### Warmte

        # een fonds voor de wijk

        # een net van ons allemaal

        - # en ook op het land
        """)
    assert measures(document) == [
        "meer praten met mensen",
        "minder praten over mensen",
        "een fonds voor de wijk",
        "een net van ons allemaal",
        "en ook op het land",
    ]


def test_an_empty_file_is_an_empty_document() -> None:
    document = understood_text("", name="leeg")
    assert (document.title, document.chapters, document.left_out) == ("leeg", (), ())


def test_a_heading_style_below_that_of_sections_is_a_group_beside_one_under_a_label() -> None:
    parts = []
    for title in ("Wonen", "Zorg"):
        parts += [
            block(title, HEADING, level=1),
            block(f"Samen {title.lower()}", HEADING, level=2),
            block("Wij willen:", HEADING, level=3),
            block("In de dorpen", HEADING, level=3),
            block("Er komt een huis.", BULLET),
            block("In de stad", HEADING, level=3),
            block("Er komt een plein.", BULLET),
        ]
    document = understood_blocks(*parts)
    section = section_of(document, "Samen zorg")
    assert [measure.group for measure in section.measures] == ["In de dorpen", "In de stad"]
