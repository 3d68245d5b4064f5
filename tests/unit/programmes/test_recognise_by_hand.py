"""A person's word on a block is followed, and the rest stays as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from programmes.reading.text import read_text
from programmes.rules.blocks import Block, Role
from programmes.rules.document import Document, Why
from tests.recognising import chapter_of, left, measures, section_of, understood

TEXT = """Programma 2022

Inhoud

Wonen	3
Zorg	5

Wonen

Wonen is een recht voor iedereen.

Huren

- De huur gaat omlaag.
- De huur blijft laag

voor iedereen.

Een los gesprek

Daar is veel over te zeggen in het dorp.

Zorg

- De zorg is dichtbij.
"""


def corrected(**corrections: object) -> Document:
    """Read the text with one block corrected: ``find`` says which one."""
    find = str(corrections.pop("find"))
    blocks = [
        replace(one, **corrections) if one.text.startswith(find) else one  # type: ignore[arg-type]
        for one in read_text(TEXT.encode())
    ]
    return understood(blocks)


def test_without_corrections_it_is_read_so() -> None:
    document = understood(read_text(TEXT.encode()))
    assert document.title == "Programma 2022"
    assert measures(document) == [
        "De huur gaat omlaag.",
        "De huur blijft laag voor iedereen.",
        "De zorg is dichtbij.",
    ]


def test_a_line_can_be_made_a_chapter() -> None:
    document = corrected(find="Een los", role=Role.CHAPTER)
    assert chapter_of(document, "Een los gesprek").introduction[0].text.startswith("Daar is")


def test_a_line_can_be_made_a_section_even_a_whole_sentence() -> None:
    document = corrected(find="Daar is", role=Role.SECTION)
    assert section_of(document, "Daar is veel over te zeggen in het dorp.").measures == ()


def test_a_line_can_be_made_the_heading_of_a_group() -> None:
    document = corrected(find="Huren", role=Role.GROUP)
    found = section_of(document, None).measures
    assert [measure.group for measure in found] == ["Huren", "Huren"]


def test_a_paragraph_can_be_made_a_measure_and_a_measure_a_paragraph() -> None:
    document = corrected(find="Wonen is", role=Role.MEASURE)
    assert measures(document)[0] == "Wonen is een recht voor iedereen."
    document = corrected(find="De huur gaat", role=Role.TEXT)
    assert "De huur gaat omlaag." not in measures(document)
    assert section_of(document, "Huren").introduction[0].text == "De huur gaat omlaag."


def test_a_block_can_be_left_out_and_be_made_the_title() -> None:
    document = corrected(find="Daar is", role=Role.LEFT_OUT)
    assert left(document, Why.BY_HAND) == ["Daar is veel over te zeggen in het dorp."]
    document = corrected(find="Wonen is", role=Role.TITLE)
    assert document.title == "Wonen is een recht voor iedereen."


def test_a_paragraph_can_be_made_a_footnote_or_an_example() -> None:
    document = corrected(find="Daar is", role=Role.FOOTNOTE)
    notes = [note.text for chapter in document.chapters for note in chapter.footnotes]
    assert notes == ["Daar is veel over te zeggen in het dorp."]
    document = corrected(find="Een los", role=Role.EXAMPLE)
    (example,) = [one for chapter in document.chapters for one in chapter.examples]
    assert example.title == "Een los gesprek"
    assert [passage.text for passage in example.text] == [
        "Daar is veel over te zeggen in het dorp."
    ]


def test_what_was_joined_can_be_kept_apart_and_what_was_apart_be_joined() -> None:
    document = corrected(find="voor iedereen.", joins=False)
    assert measures(document)[1] == "De huur blijft laag"
    document = corrected(find="Daar is", joins=True)
    texts = [s.title for chapter in document.chapters for s in chapter.sections]
    texts += [chapter.title for chapter in document.chapters]
    assert "Een los gesprek Daar is veel over te zeggen in het dorp." in str(document)
    assert "Een los gesprek" not in texts


def test_a_split_block_is_two_measures_with_keys_of_their_own() -> None:
    blocks: list[Block] = []
    for one in read_text(TEXT.encode()):
        if one.text.startswith("De huur gaat"):
            blocks += [
                replace(one, piece=1, text="De huur gaat"),
                replace(one, piece=2, text="omlaag.", role=Role.MEASURE, joins=False),
            ]
        else:
            blocks.append(one)
    document = understood(blocks)
    found = section_of(document, "Huren").measures
    assert [(measure.text, measure.sources) for measure in found[:2]] == [
        ("De huur gaat", ("7.1",)),
        ("omlaag.", ("7.2",)),
    ]


@pytest.mark.parametrize("role", list(Role))
def test_every_role_is_possible_on_every_block(role: Role) -> None:
    blocks = read_text(TEXT.encode())
    for place, one in enumerate(blocks):
        understood([*blocks[:place], replace(one, role=role), *blocks[place + 1 :]])


STYLED = """# Wonen

## Huren

- De huur gaat omlaag.

# Zorg

## Thuis

- De zorg is dichtbij.
"""


@pytest.mark.parametrize("role", [Role.TEXT, Role.LEFT_OUT, Role.SECTION, Role.CHAPTER])
def test_correcting_one_heading_leaves_the_other_headings_as_they_were(role: Role) -> None:
    blocks = [
        replace(one, role=role) if one.text == "Zorg" else one for one in read_text(STYLED.encode())
    ]
    document = understood(blocks)
    assert document.chapters[0].title == "Wonen"
    assert [section.title for section in document.chapters[0].sections][:1] == ["Huren"]
    assert section_of(document, "Thuis").measures[0].text == "De zorg is dichtbij."
