"""Programmes of other parties: how they label and mark, and what a careful reader sees."""

from __future__ import annotations

from programmes.reading.markdown import read_markdown
from programmes.reading.text import read_text
from programmes.rules.document import Document, Doubt, Why
from tests.recognising import (
    chapter_of,
    left,
    measures,
    outline,
    understood,
    understood_text,
)


def doubts(document: Document) -> set[Doubt]:
    return {remark.doubt for remark in document.remarks}


def test_headings_that_come_back_in_every_chapter_are_labels() -> None:
    text = """
# Groen en eerlijk Veendam
## Programma 2022-2026

## Klimaat

Het klimaat verandert.

**Wat willen we bereiken?**

In 2030 wekken we onze stroom zelf op.

**Hoe gaan we dat doen?**

1. Alle daken krijgen zonnepanelen.
2. We leggen een warmtenet aan.

## Onderwijs

**Wat willen we bereiken?**

Geen kind gaat zonder ontbijt naar school.

**Hoe gaan we dat doen?**

1. Elke school krijgt budget voor ontbijt.
"""
    for read in (read_text, read_markdown):
        document = understood(read(text.encode()))
        assert [(title, [name for name, _ in parts]) for title, parts in outline(document)] == [
            ("Klimaat", [None]),
            ("Onderwijs", [None]),
        ]
        assert len(chapter_of(document, "Klimaat").introduction) == 2
        assert len(left(document, Why.LIST_LABEL)) == 4
        assert left(document, Why.TITLE_PAGE) == ["Programma 2022-2026"]
        assert document.remarks == ()


def test_sections_that_come_back_because_each_chapter_is_a_village_stay_sections() -> None:
    villages = "\n".join(
        f"DORP {name}\n\nWonen\n- Tien huizen in {name}.\nVerkeer\n- Een drempel in {name}.\n"
        f"Groen\n- Een tuin in {name}.\nSport\n- Een veld in {name}.\n"
        for name in ("NOORD", "ZUID")
    )
    document = understood_text(f"Dorpenprogramma Samen\n\n{villages}")
    assert [(title, [name for name, _ in parts]) for title, parts in outline(document)] == [
        (f"DORP {name}", ["Wonen", "Verkeer", "Groen", "Sport"]) for name in ("NOORD", "ZUID")
    ]


def test_a_label_before_the_first_of_several_headings_makes_all_of_them_groups() -> None:
    text = """
# Programma Rood Dal

## Wonen

### Bouwen

Onze keuzes

#### In de stad

- We bouwen hoog.

#### In de dorpen

- We bouwen laag.

### Huren

Onze keuzes

- De huur omlaag.

## Werk

### Banen

Onze keuzes

#### Voor jongeren

- Stages voor iedereen.

#### Voor ouderen

- Omscholing zonder kosten.
"""
    document = understood(read_markdown(text.encode()))
    groups = [m.group for c in document.chapters for s in c.sections for m in s.measures]
    assert groups == ["In de stad", "In de dorpen", None, "Voor jongeren", "Voor ouderen"]


def test_in_prose_each_paragraph_that_promises_is_a_measure_and_the_rest_is_not() -> None:
    document = understood_text("""
        Thuis in Kerkwolde
        Verkiezingsprogramma 2018 - 2022

        Speerpunten van Lokaal Kerkwolde

        Wonen in Kerkwolde
        Het dorp groeit. Wij willen dat die groei eerlijk verdeeld wordt. Wij bouwen de komende
        jaren 300 woningen. De helft daarvan is betaalbaar.

        Wonen is meer dan een dak.

        Wij handhaven streng op kamerverhuur.

        Veilig over straat
        Iedereen kent de donkere hoeken. De gemeente zorgt voor licht in het park.

        Onze fractie pleit voor meer wijkagenten.
        """)
    assert document.title == "Thuis in Kerkwolde"
    assert [len(section.measures) for c in document.chapters for section in c.sections] == [2, 2]
    assert measures(document)[0].endswith("De helft daarvan is betaalbaar.")
    assert "Wonen is meer dan een dak." not in measures(document)
    assert doubts(document) == {Doubt.MEASURES_OF_PROSE}


APART = """Hart voor Wolde
Verkiezingsprogramma
WONEN
Wolde is een fijne gemeente, maar voor jongeren is er te weinig.
Onze partij wil daarom dat
– er elk jaar vijftig woningen bij komen;
– de gemeente – als het kan – grond verkoopt;
– boerderijen gesplitst mogen worden.
LANDBOUW EN NATUUR
Boeren zijn de ruggengraat van het dorp.
Onze partij wil daarom dat
– er een loket komt voor boeren die stoppen;
– wandelpaden blijven bestaan.
"""


def test_one_word_a_line_keeps_headings_in_capitals_and_every_item() -> None:
    document = understood_text("\n".join(APART.replace("– als het kan – ", "").split()))
    assert [(title, len(parts[0][1])) for title, parts in outline(document)] == [
        ("WONEN", 3),
        ("LANDBOUW EN NATUUR", 2),
    ]
    assert left(document, Why.LIST_LABEL) == ["Onze partij wil daarom dat"] * 2


def test_one_word_a_line_with_numbered_headings_and_dashes_in_a_sentence() -> None:
    text = """Samen Vooruit 1. Wonen Te veel mensen zoeken een huis. De OZB steeg. Dat moet anders.
        • We bouwen 500 huizen in het dorp en in de kernen.
        • We verkopen geen grond – ook niet aan beleggers – en kopen zelf.
        2. Zorg De zorg staat onder druk en dat merkt iedereen.
        • Er komt een huisarts bij."""
    document = understood_text("\n".join(text.split()))
    assert [(title, len(parts[0][1])) for title, parts in outline(document)] == [
        ("Wonen", 2),
        ("Zorg", 1),
    ]
    assert measures(document)[1].count("–") == 2


def test_a_mark_alone_takes_the_text_after_it_whatever_stands_before() -> None:
    lines = APART.replace("– er", "•\ner").replace("– de", "•\nde").replace("– b", "•\nb")
    lines = lines.replace("– w", "•\nw")
    document = understood_text("\n\n".join(lines.splitlines()).replace("•\n\n", "•\n"))
    assert len(measures(document)) == 5
    assert left(document, Why.LONE_MARK) == []


def test_the_party_wants_and_an_opening_list_of_points() -> None:
    document = understood_text("""
        Samen bouwen aan Meerdam
        CDA Meerdam
        Verkiezingsprogramma 2022-2026

        Speerpunten

        1. Meer huizen voor starters
        2. Een zwembad dat open blijft

        Wonen

        Meerdam groeit snel.

        Het CDA wil:

        o  dat er 200 woningen komen;
        o  een plan tegen leegstand.

        Sport en cultuur

        Het CDA wil:

        o  een sportpas voor kinderen.

        Veiligheid

        Het CDA wil:

        o  twee extra wijkagenten;
        o  meer licht in het park.
        """)
    assert document.title == "Samen bouwen aan Meerdam"
    assert [(title, len(parts[0][1])) for title, parts in outline(document)] == [
        ("Speerpunten", 2),
        ("Wonen", 2),
        ("Sport en cultuur", 1),
        ("Veiligheid", 2),
    ]
    assert len(left(document, Why.TITLE_PAGE)) == 2
    assert document.remarks == ()


def test_english_words_are_understood_as_well() -> None:
    text = """
# A Fair Town: Manifesto 2026

## Foreword

We are proud to present our plans.

## 1. Housing

Rents have gone up.

We will:

- build 300 council homes;
- stop selling homes.

## 2. Transport

We will:

- make buses free (see chapter 1).

## 3. Culture
"""
    document = understood(read_markdown(text.encode()))
    assert [chapter.title for chapter in document.chapters] == [
        "Foreword",
        "Housing",
        "Transport",
        "Culture",
    ]
    assert left(document, Why.LIST_LABEL) == ["We will:"] * 2
    (reference,) = chapter_of(document, "Transport").sections[0].measures[0].cross_references
    assert reference.chapter == "Housing"
    assert doubts(document) == {Doubt.CHAPTER_WITHOUT_MEASURES}


def test_a_chapter_after_the_foreword_is_one_though_it_stands_closer() -> None:
    chapters = "\n\n\n\n".join(
        f"{title}\n\nOver {title.lower()} gaat dit.\n\n"
        f"Meer {title.lower()}\n\nWij willen:\n\n- Punt {title}."
        for title in ("Zorg", "Sport")
    )
    document = understood_text(
        "Programma 2022\n\n\n\nVoorwoord\n\nWij zijn blij met dit programma van ons allen.\n\n"
        "Wonen\n\nOver wonen gaat dit.\n\nMeer wonen\n\nWij willen:\n\n- Punt Wonen.\n\n\n\n"
        f"{chapters}\n"
    )
    assert [chapter.title for chapter in document.chapters] == [
        "Voorwoord",
        "Wonen",
        "Zorg",
        "Sport",
    ]
