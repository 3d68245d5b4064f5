"""A recognised document laid out in leaves, and where a block can be cut."""

from __future__ import annotations

import pytest

from programmes.rules.blocks import Role
from programmes.rules.cutting import MOST_CUTS, cuts
from programmes.rules.document import (
    Chapter,
    Document,
    Example,
    Footnote,
    LeftOut,
    Measure,
    Passage,
    Section,
    Why,
)
from programmes.rules.outline import MOST_ITEMS, Fold, anchor_of, outline, position


def measure(key: int, group: str | None = None) -> Measure:
    return Measure(text=f"voorstel {key}", group=group, sources=(str(key),))


def chapter(title: str, key: int, *measures: Measure, **fields: object) -> Chapter:
    section = Section(title=f"Over {title}", measures=measures, sources=(str(key + 1),))
    return Chapter(title=title, sections=(section,), sources=(str(key),), **fields)  # type: ignore[arg-type]


def test_each_chapter_is_a_leaf_and_measures_count_on() -> None:
    laid_out = outline(
        Document(
            title="",
            chapters=(
                chapter("Wonen", 0, measure(2), measure(3)),
                chapter("Zorg", 10, measure(12)),
            ),
        )
    )
    assert [(leaf.number, leaf.title, leaf.measure_count) for leaf in laid_out.leaves] == [
        (1, "Wonen", 2),
        (2, "Zorg", 1),
    ]
    numbers = [
        item.number for leaf in laid_out.leaves for item in leaf.items if item.role is Role.MEASURE
    ]
    assert numbers == [1, 2, 3]


def test_a_document_without_chapters_has_one_empty_leaf_with_all_that_was_left_out() -> None:
    lost = LeftOut(text="iets", why=Why.UNPLACED, sources=("0",))
    (leaf,) = outline(Document(title="", left_out=(lost,))).leaves
    assert leaf.items == ()
    assert leaf.left_out == (lost,)


def test_a_large_chapter_is_cut_and_says_in_which_section_it_goes_on() -> None:
    many = tuple(measure(number) for number in range(2, 2 * MOST_ITEMS))
    leaves = outline(Document(title="", chapters=(chapter("Wonen", 0, *many),))).leaves
    assert [(leaf.part, leaf.parts) for leaf in leaves] == [(1, 2), (2, 2)]
    assert [leaf.continues for leaf in leaves] == ["", "Over Wonen"]
    assert max(len(leaf.items) for leaf in leaves) <= MOST_ITEMS
    assert sum(leaf.measure_count for leaf in leaves) == len(many)


def test_what_was_left_out_stands_beside_where_it_stood_in_the_file() -> None:
    def lost(key: str) -> LeftOut:
        return LeftOut(text=key, why=Why.PAGE_NUMBER, sources=(key,))

    laid_out = outline(
        Document(
            title="",
            chapters=(chapter("Wonen", 5, measure(7)), chapter("Zorg", 10, measure(12))),
            left_out=(lost("0"), lost("8"), lost("11"), lost("40")),
        )
    )
    first, second = laid_out.leaves
    assert [one.text for one in first.left_out] == ["0", "8"]
    assert [one.text for one in second.left_out] == ["11", "40"]
    assert laid_out.find("11") == (1, "11")


def test_a_block_is_found_by_each_of_its_keys_also_after_it_was_cut() -> None:
    joined = Measure(text="een twee", sources=("2", "4.1"))
    laid_out = outline(Document(title="", chapters=(chapter("Wonen", 0, joined),)))
    assert laid_out.find("2") == (0, "2")
    assert laid_out.find("4.1") == (0, "2")
    assert laid_out.find("4") == (0, "2")  # it was cut since
    assert laid_out.find("2.2") == (0, "2")  # cutting was taken back
    assert laid_out.find("99") is None
    assert laid_out.find("x" * 5000) is None


def test_headings_of_groups_stand_before_their_measures_with_their_own_blocks() -> None:
    section = Section(
        title=None,
        measures=(measure(1), measure(3, "Binnen"), measure(4, "Binnen"), measure(7, "Buiten")),
        group_sources=("2", "5", "6"),
    )
    page = Chapter(title="Verkeer", sections=(section,), sources=("0",))
    (leaf,) = outline(Document(title="", chapters=(page,))).leaves
    groups = [item for item in leaf.items if item.role is Role.GROUP]
    assert [(item.text, item.sources, item.level) for item in groups] == [
        ("Binnen", ("2",), 2),
        ("Buiten", ("5", "6"), 2),
    ]


def test_introductions_footnotes_and_examples_are_folded() -> None:
    page = chapter(
        "Wonen",
        0,
        measure(4),
        introduction=(
            Passage(text="een", sources=("2",)),
            Passage(text="twee", sources=("3",)),
        ),
        footnotes=(Footnote(number=1, text="noot", sources=("5",)),),
        examples=(
            Example(
                title="Elders",
                text=(Passage(text="zo", sources=("7",)),),
                links=("https://voorbeeld.nl",),
                sources=("6",),
                link_sources=("8",),
            ),
        ),
    )
    (leaf,) = outline(Document(title="", chapters=(page,))).leaves
    assert [(run.fold, len(run.items)) for run in leaf.runs] == [
        (Fold.NONE, 1),
        (Fold.TEXT, 2),
        (Fold.NONE, 1),
        (Fold.NONE, 1),
        (Fold.FOOTNOTES, 1),
        (Fold.EXAMPLE, 3),
    ]
    assert leaf.items[-1].links == ("https://voorbeeld.nl",)


def test_keys_as_positions_and_anchors() -> None:
    assert position("12") < position("12.2") < position("12.10") < position("13")
    assert anchor_of("12.2") == "b12-2"
    assert anchor_of("") == ""


@pytest.mark.parametrize(
    ("text", "beginnings"),
    [
        ("Eén zin zonder meer", []),
        ("Een zin. Nog een! En nog een?", ["Nog een! En nog een?", "En nog een?"]),
        ("Hij zei (zacht.) Ja", ["Ja"]),
        ("Wij bouwen • wij kopen", ["• wij kopen"]),
        ("Einde. ", []),
        ("m.b.v. dit", []),
        ("Wij bouwen [...] % sociaal. Dat doen wij.", ["Dat doen wij."]),
        ("Wij bouwen; wij kopen: huizen", ["wij kopen: huizen", "huizen"]),
    ],
)
def test_a_block_can_be_cut_where_a_sentence_begins(text: str, beginnings: list[str]) -> None:
    assert [text[at:] for at in cuts(text)] == beginnings


def test_a_page_of_prose_offers_no_thousand_places() -> None:
    assert len(cuts("Zin. " * 5000)) == MOST_CUTS
