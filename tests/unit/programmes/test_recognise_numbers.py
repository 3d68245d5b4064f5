"""How other parties number: chapters, theses, letters, pages and notes."""

from __future__ import annotations

import pytest

from programmes.rules.document import Document, Doubt, Why
from tests.recognising import (
    chapter_of,
    left,
    measures,
    outline,
    section_of,
    understood_text,
)


def doubts(document: Document) -> set[Doubt]:
    return {remark.doubt for remark in document.remarks}


def test_numbers_without_a_stop_are_marks_because_they_count() -> None:
    document = understood_text("""
        Verkiezingsprogramma 2018-2022
        Sterk Heideveld

        Inhoud

        1  Wonen ............................ 2
        2  Zorg ............................. 3
        3  Verkeer en veiligheid ............ 4

        1  Wonen

        De wachtlijst is te lang.

        Wij willen:
          •  400 huurwoningen, verdeeld over alle wijken;
          •  geen woning langer dan een jaar leeg.

        2  Zorg

        Wij willen:
          •  een wijkteam in elk dorp;
          •  hulp voor elk gezin (zie ook hoofdstuk 1, Wonen);
          •  gratis vervoer (zie hoofdstuk 3).

        3  Verkeer en veiligheid

        Wij willen:
          •  30 km per uur in alle woonstraten.
        """)
    assert document.title == "Verkiezingsprogramma 2018-2022 – Sterk Heideveld"
    assert [chapter.title for chapter in document.chapters] == [
        "Wonen",
        "Zorg",
        "Verkeer en veiligheid",
    ]
    zorg = chapter_of(document, "Zorg").sections[0].measures
    assert [[one.chapter for one in m.cross_references] for m in zorg] == [
        [],
        ["Wonen"],
        ["Verkeer en veiligheid"],
    ]
    assert measures(document)[-1] == "30 km per uur in alle woonstraten."
    assert document.remarks == ()


def test_heads_that_count_the_pages_are_no_contents_and_no_captions() -> None:
    pages = []
    for page, title in enumerate(("Wonen", "Zorg", "Sport"), start=2):
        head = f"Sterk Heideveld | programma 2022                    {page}"
        pages.append(
            f"{head}\n\n{title}\n\nOver {title.lower()} is veel te zeggen.\n\n- Punt {page}."
        )
    front = "Sterk Heideveld\n\nInhoud\n\nWonen .... 2\nZorg .... 3\nSport .... 4\n"
    document = understood_text("\f".join([front, *pages]))
    assert len(left(document, Why.RUNNING_HEAD)) == 3
    assert measures(document) == ["Punt 2.", "Punt 3.", "Punt 4."]
    assert document.remarks == ()


def test_lettered_items_are_measures_and_signatures_are_not() -> None:
    document = understood_text("""
        COALITIEAKKOORD 2022 – 2026
        Samen verder

        Voorwoord

        Voor u ligt het akkoord van drie partijen. Wij danken iedereen die meedacht.

        1. Bestuur

        1.1 Een dienstbare gemeente

        We spreken af:

        a. Elke brief wordt getest door een panel van lezers.
        b. Het loket is één avond in de week open.

        2. Ruimte

        2.1 Bouwen

        We spreken af:

        a. Er komen 900 woningen bij.
        b. We bouwen eerst binnen de bebouwde kom.

        2.2 Groen

        We spreken af:

        a. Voor elke gekapte boom komen er twee terug.

        Ondertekening

        Aldus vastgesteld op 12 mei 2022,

        J. Jansen
        """)
    assert document.title == "COALITIEAKKOORD 2022 – 2026 – Samen verder"
    assert [(title, len(sections)) for title, sections in outline(document)] == [
        ("Voorwoord", 0),
        ("Bestuur", 1),
        ("Ruimte", 2),
    ]
    assert len(measures(document)) == 5
    assert section_of(document, "Groen").measures[0].text.startswith("Voor elke gekapte")
    assert len(left(document, Why.SIGNATURE)) >= 2
    assert document.remarks == ()


def test_initials_in_a_list_of_names_are_no_list_letters() -> None:
    document = understood_text("""
        Programma 2022

        Wonen

        - We bouwen tien huizen.

        Kandidaten

        P. Pieters, K. Klaassen en
        M. de Boer staan op de lijst van onze partij, net als vorige keer.
        """)
    assert measures(document) == ["We bouwen tien huizen."]


def test_roman_numbers_arrows_and_notes_under_a_heading_at_the_end() -> None:
    document = understood_text("""
        D66 Oeverwijk: nu vooruit

        Inhoudsopgave

        I. Onderwijs ..... 3
        II. Klimaat ..... 4
        III. Bestuur ..... 5

        I. ONDERWIJS

        Goed onderwijs begint met een goede leraar.¹

        D66 wil dat:
        → elke school een rijke dag krijgt;
        → kinderopvang gratis is voor wie weinig
        heeft.²

        II. KLIMAAT

        D66 wil dat:
        ✓ alle bussen elektrisch rijden (zie hoofdstuk III).

        III. BESTUUR

        D66 wil dat:
        » inwoners meebeslissen;
        » de raad elk jaar een open dag houdt.³

        Noten

        1. De leraar telt, 2021.
        2. Cijfers over opvang, 2021.
        3. Zie www.burgerberaad.example/oever.
        """)
    assert [(chapter.title, len(chapter.footnotes)) for chapter in document.chapters] == [
        ("ONDERWIJS", 2),
        ("KLIMAAT", 0),
        ("BESTUUR", 1),
    ]
    assert len(measures(document)) == 5
    (reference,) = chapter_of(document, "KLIMAAT").sections[0].measures[0].cross_references
    assert reference.chapter == "BESTUUR"
    assert document.remarks == ()


def test_theses_numbered_on_over_the_chapters_and_capitals_over_two_lines() -> None:
    document = understood_text("""
        Stellingen van Partij Vrij Land

        WONEN EN BOUWEN

        1. De gemeente bouwt vijfhonderd huizen.
        2. Wie een huis splitst, betaalt geen leges.

        VERKEER

        3. De ring wordt tachtig.

        ECONOMIE, WERK EN
        ONDERNEMEN

        4. De ozb gaat niet omhoog.
        5.Ondernemers krijgen één loket.
        """)
    assert [(title, len(parts[0][1])) for title, parts in outline(document)] == [
        ("WONEN EN BOUWEN", 2),
        ("VERKEER", 1),
        ("ECONOMIE, WERK EN ONDERNEMEN", 2),
    ]
    assert measures(document)[-1] == "Ondernemers krijgen één loket."


def test_a_page_of_ten_points_has_its_heading_for_a_title() -> None:
    points = "\n".join(f"{number}. Punt nummer {number}." for number in range(1, 11))
    document = understood_text(f"TIEN PUNTEN VOOR HET DORP\n\n{points}\n", name="bestand")
    assert document.title == "TIEN PUNTEN VOOR HET DORP"
    assert len(measures(document)) == 10
    assert document.remarks == ()


def test_numbers_of_three_levels_are_chapter_section_and_measure() -> None:
    document = understood_text("""
        Coalitieakkoord 2026-2030
        Doen wat nodig is

        1 Bestuur

        1.1 Inwoners

        1.1.1 We houden elk jaar een burgerberaad.
        1.1.2 We antwoorden binnen drie weken.

        1.2 Geld

        1.2.1 De begroting is sluitend.

        2 Wonen

        2.1 Nieuwbouw

        2.1.1 We bouwen 800 woningen.
        2.1.2 Van elke tien zijn er vier sociaal.
        """)
    found = [
        (title, [(name, len(texts)) for name, texts in parts]) for title, parts in outline(document)
    ]
    assert found == [
        ("Bestuur", [("Inwoners", 2), ("Geld", 1)]),
        ("Wonen", [("Nieuwbouw", 2)]),
    ]


def test_roman_pages_and_words_broken_over_them() -> None:
    foot = "www.lijstnoord.example                    14-02-2022"
    document = understood_text(
        f"Programma Lijst Noord\n\n{foot}\ni\n\f"
        "Voorwoord\n\nWij hebben er met veel plezier aan gewerkt en hopen dat u het leest.\n\n"
        f"Anna Visser, lijsttrekker\n{foot}\nii\n\f"
        "1. Reizen\n\n•  De bus rijdt elk half uur, ook in de school-\n   vakanties.\n"
        f"•  Er komt een route naar de stad, met goede verlichting en een vei-\n{foot}\niii\n\f"
        "   lige oversteek.\n•  Deelauto's staan gratis.\n\n2. Cultuur\n\n"
        f"•  Het museum wordt gratis.\n•  De muziekschool blijft.\n{foot}\niv\n"
    )
    assert measures(document)[:2] == [
        "De bus rijdt elk half uur, ook in de schoolvakanties.",
        "Er komt een route naar de stad, met goede verlichting en een veilige oversteek.",
    ]
    assert left(document, Why.PAGE_NUMBER) == ["i", "ii", "iii", "iv"]
    assert left(document, Why.SIGNATURE) == ["Anna Visser, lijsttrekker"]


def test_notes_with_stars_belong_to_their_words() -> None:
    document = understood_text("""
        Programma Senioren Nu

        Zorg

        Zorg moet dichtbij zijn *).

        * Elke kern krijgt een zorgpunt.
        * De bijdrage blijft laag **).

        *) Ook mantelzorg.
        **) De bijdrage per maand.

        Vervoer

        * De belbus rijdt ook op zondag.
        """)
    zorg = chapter_of(document, "Zorg")
    assert [(note.number, note.text) for note in zorg.footnotes] == [
        (1, "Ook mantelzorg."),
        (2, "De bijdrage per maand."),
    ]
    assert zorg.introduction[0].text == "Zorg moet dichtbij zijn."
    assert [m.footnotes for m in zorg.sections[0].measures] == [(), (2,)]
    assert document.remarks == ()


@pytest.mark.parametrize("numbers", [("", "", ""), ("1. ", "2. ", "3. ")])
def test_contents_without_pages_or_at_the_end(numbers: tuple[str, str, str]) -> None:
    titles = [
        number + title for number, title in zip(numbers, ("Wonen", "Zorg", "Reizen"), strict=True)
    ]
    contents = "Inhoud\n\n" + "\n".join(titles)
    chapters = "\n\n".join(f"{title}\n\nHet is vol.\n\n- Punt A.\n- Punt B." for title in titles)
    paged = "Inhoud\n\n" + "\n".join(
        f"{title} ....... {page}" for page, title in enumerate(titles, 1)
    )
    for text in (f"Programma\n\n{contents}\n\n{chapters}", f"Programma\n\n{chapters}\n\n{paged}"):
        document = understood_text(text)
        assert [chapter.title for chapter in document.chapters] == ["Wonen", "Zorg", "Reizen"]
        assert len(measures(document)) == 6
        assert len(left(document, Why.CONTENTS)) == 4
        assert doubts(document) <= {Doubt.SAME_TWICE}


def test_lettered_chapters_and_a_conversation() -> None:
    document = understood_text("""
        Kieslijst Samen

        A. Wonen

        Wonen is duur.

        • Bouw meer.
        • Bouw slim.

        B. Werken

        Werk is nodig.

        • Stages.

        C. Interview

        – Waarom doet u mee?
        – Omdat het dorp mij aan het hart gaat.
        – Wat gaat u doen?
        – Ik begin met een fietspad.
        """)
    assert [chapter.title for chapter in document.chapters] == ["Wonen", "Werken", "Interview"]
    assert measures(document) == ["Bouw meer.", "Bouw slim.", "Stages."]
