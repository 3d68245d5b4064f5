"""What the structure says more than the recogniser looked for: variants, notes, places, targets."""

from __future__ import annotations

import pytest

from branches.facts.tables import municipalities
from programmes.rules.document import (
    Chapter,
    Document,
    Footnote,
    Measure,
    Reference,
    Section,
)
from programmes.rules.flat import Flat, flatten
from programmes.rules.places import Places


def flat_of(*measures: Measure, notes: tuple[Footnote, ...] = ()) -> Flat:
    document = Document(
        title="Plan",
        chapters=(
            Chapter(
                title="Hoofdstuk 1. Wonen",
                sections=(Section(title=None, measures=measures),),
                footnotes=notes,
            ),
            Chapter(title="Zorg en welzijn"),
            Chapter(title="Zorg en jeugd"),
            Chapter(title="3 Inclusie, Emancipatie"),
        ),
    )
    return flatten(document, place_of=lambda _title, _text: "")


def sets(*measures: Measure) -> list[int]:
    return [measure.variant_set for measure in flat_of(*measures).measures]


def test_measures_that_call_themselves_variants_are_one_set() -> None:
    texts = [
        "Iets.",
        "Variant A: streng.",
        "Variant B: mild.",
        "Nog iets.",
        "Optie 1. x",
        "Optie 2. y",
    ]
    assert sets(*(Measure(text=text) for text in texts)) == [0, 1, 1, 0, 2, 2]


def test_measures_under_a_heading_of_variants_are_one_set_per_heading() -> None:
    assert sets(
        Measure(text="Streng.", group="Varianten"),
        Measure(text="Mild.", group="Varianten"),
        Measure(text="Veel.", group="Kies uit:"),
        Measure(text="Weinig.", group="Kies uit:"),
        Measure(text="Los.", group="Binnen de kom"),
    ) == [1, 1, 2, 2, 0]


def test_one_variant_alone_is_none() -> None:
    assert sets(Measure(text="Variant A: streng."), Measure(text="Iets.")) == [0, 0]


def test_a_footnote_that_speaks_to_the_writer_is_a_note_for_the_writers() -> None:
    flat = flat_of(
        Measure(text="Een.", footnotes=(1, 2)),
        Measure(text="Twee.", footnotes=(3, 9)),
        notes=(
            Footnote(number=1, text="Noem hier een termijn."),
            Footnote(number=2, text="Zie de woonvisie."),
            Footnote(number=3, text="Kiesdistrict Drenthe."),
        ),
    )
    assert [measure.author_note for measure in flat.measures] == ["Noem hier een termijn.", ""]
    assert flat.footnotes[0].text == "Noem hier een termijn."


@pytest.mark.parametrize(
    ("title", "target"),
    [
        ("Wonen", 0),
        ("wonen", 0),
        ("Hoofdstuk 1 Wonen", 0),
        ("Inclusie, emancipatie", 3),
        ("Inclusie, emancipatie en integratie", 3),
        ("Zorg", None),
        ("Sport", None),
        ("", None),
    ],
)
def test_a_reference_finds_the_one_chapter_that_it_means(title: str, target: int | None) -> None:
    measure = Measure(text="Een.", cross_references=(Reference(chapter=title, page=4),))
    (reference,) = flat_of(measure).measures[0].references
    assert (reference.title, reference.page, reference.target) == (title, 4, target)


@pytest.mark.parametrize(
    ("title", "text", "place"),
    [
        ("Scholingsfonds Rotterdam", "Ook in Utrecht.", "Rotterdam"),
        ("Vangnet in Zaanstad", "", "Zaanstad"),
        ("Een fonds", "In Goes en Utrecht werkt het.", "Goes"),
        ("Huurders eerst", "Goes it alone. Best een plan.", ""),
        ("Hulp in Bergen op Zoom", "", "Bergen op Zoom"),
        ("Fonds Goes", "", "Goes"),
        ("Amsterdamse school", "De Utrechtse aanpak.", ""),
        ("Zaanstad-aanpak", "", "Zaanstad"),
        ("", "", ""),
    ],
)
def test_an_example_is_of_the_municipality_in_its_title_or_text(
    title: str, text: str, place: str
) -> None:
    places = Places(fact.short_name for fact in municipalities())
    assert places.of_example(title, text) == place
