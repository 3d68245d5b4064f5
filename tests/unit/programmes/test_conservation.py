"""Nothing disappears, whatever the blocks are; and the checker sees it when something does."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmes.reading.text import read_text
from programmes.rules.blocks import Block, BlockKind, Role, numbered
from programmes.rules.document import Chapter, Document, LeftOut, Passage, Why
from programmes.rules.recognise import recognise
from tests.conservation import Loss, missing

PIECES = [
    "Wonen",
    "Zorg",
    "Inhoud",
    "Colofon",
    "Voorwoord",
    "Onze keuzes",
    "Wij willen:",
    "Goede voorbeelden",
    "VERKOCHT",
    "Meer huizen voor jongeren",
    "Wonen\t5",
    "Zorg ..... 12",
    "We bouwen elk jaar tien huizen.",
    "We bouwen elk jaar tien huizen in de wijk en",
    "gaan verder met wat niet af was.",
    "Dit is een lange zin die nergens ophoudt en midden in een woord-",
    "deel eindigt.",
    "Zie (zie ook hoofdstuk **Wonen**, pagina 5).",
    "Groen is goed.¹ Water ook.²",
    "¹ Zie www.voorbeeld.nl/",
    "[1] Zie het plan.",
    "Dit staat in het plan[1] van [...] jaar.",
    "Meer informatie: www.voorbeeld.nl/een/",
    "www.voorbeeld.nl/een/twee/",
    "[drie-vier](#)",
    "[meer](https://voorbeeld.nl/meer)",
    "-",
    "•",
    "***",
    "12",
    "Pagina 3 van 8",
    "12 m² per persoon",
    "**Vet begin.** En dan gewoon.",
    "**Half",
    "vet**",
    "1. Eerste punt.",
    "1.2 Een kop",
    "2. Een kop",
    "- # met een hekje",
    "# Kop",
    "### Kop",
    "010-426 44 50",
    "woord",
    "en",
    "noot.1",
    "1 Zie de noot",
    "hoofdstuk;voorstel",
    "co\u00ad",
    "Tips",
]
texts = st.sampled_from(PIECES)


@st.composite
def random_blocks(draw: st.DrawFn) -> list[Block]:
    blocks: list[Block] = []
    for number in range(draw(st.integers(0, 14))):
        kind = draw(st.sampled_from(list(BlockKind)))
        text = draw(texts)
        cells: tuple[str, ...] = ()
        if kind is BlockKind.ROW:
            cells = tuple(draw(st.lists(texts, min_size=1, max_size=3)))
            if draw(st.booleans()):
                cells = ("Hoofdstuk", "Voorstel")
            text = " | ".join(cells)
        blocks.append(
            Block(
                number=number,
                kind=kind,
                text=text,
                cells=cells,
                level=draw(st.integers(0, 3)),
                mark=draw(st.sampled_from(["", "-", "1.", "²", "[1]"]))
                if kind in {BlockKind.BULLET, BlockKind.FOOTNOTE}
                else "",
                page=draw(st.none() | st.integers(1, 3)),
                line=draw(st.none() | st.just(number + 1)),
                gap=draw(st.booleans()),
                bold=draw(st.booleans()),
                size=draw(st.sampled_from([1.0, 1.0, 0.8, 1.4, 2.0])),
                indent=draw(st.integers(0, 4)),
                role=draw(st.none() | st.none() | st.sampled_from(list(Role))),
                joins=draw(st.none() | st.none() | st.booleans()),
            )
        )
    return blocks


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(random_blocks())
def test_every_random_block_is_in_its_document_once(blocks: list[Block]) -> None:
    assert missing(blocks, recognise(blocks)) == []


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(["", "\n", "\f", "  "]), texts), max_size=40))
def test_every_random_line_is_in_its_document_once(lines: list[tuple[str, str]]) -> None:
    blocks = read_text("\n".join(before + text for before, text in lines).encode())
    assert missing(blocks, recognise(blocks)) == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_at_all_is_conserved(text: str) -> None:
    blocks = read_text(text.encode("utf-8", errors="replace"))
    assert missing(blocks, recognise(blocks)) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(random_blocks(), st.data())
def test_a_block_that_is_left_out_by_hand_is_left_out_as_such(
    blocks: list[Block], data: st.DataObject
) -> None:
    if not blocks:
        return
    place = data.draw(st.integers(0, len(blocks) - 1))
    blocks[place] = replace(blocks[place], role=Role.LEFT_OUT, joins=None)
    document = recognise(blocks)
    found = [item.why for item in document.left_out if blocks[place].key in item.sources]
    assert found == [Why.BY_HAND]


def paragraphs(*texts: str) -> list[Block]:
    return numbered([Block(number=0, kind=BlockKind.PARAGRAPH, text=text) for text in texts])


def holding(*passages: Passage) -> Document:
    return Document(title="", chapters=(Chapter(title="", introduction=passages),))


def test_the_checker_sees_a_block_that_is_nowhere() -> None:
    blocks = paragraphs("Een zin.", "Nog een zin.")
    faults = missing(blocks, holding(Passage(text="Een zin.", sources=("0",))))
    assert [(fault.loss, fault.key) for fault in faults] == [(Loss.NOWHERE, "1")]


def test_the_checker_sees_a_block_that_is_in_two_things() -> None:
    blocks = paragraphs("Een zin.")
    document = replace(
        holding(Passage(text="Een zin.", sources=("0",))),
        left_out=(LeftOut(text="Een zin.", why=Why.CAPTION, sources=("0",)),),
    )
    assert [fault.loss for fault in missing(blocks, document)] == [Loss.TWICE]


def test_the_checker_sees_words_that_are_lost_added_or_turned_around() -> None:
    blocks = paragraphs("Een zin van", "twee blokken.")
    for text in (
        "Een zin van blokken.",
        "Een zin van twee blokken meer.",
        "twee blokken. Een zin van",
    ):
        document = holding(Passage(text=text, sources=("0", "1")))
        assert [fault.loss for fault in missing(blocks, document)] == [Loss.WORDS]


def test_the_checker_sees_a_source_that_is_no_block() -> None:
    blocks = paragraphs("Een zin.")
    document = holding(Passage(text="Een zin.", sources=("0", "7")))
    assert [fault.loss for fault in missing(blocks, document)] == [Loss.UNKNOWN]


def test_hyphens_emphasis_and_footnote_marks_are_no_words() -> None:
    blocks = paragraphs("De **jeugd-", "zorg**¹ hoort bij [ons](#).")
    document = holding(Passage(text="De jeugdzorg hoort bij ons.", sources=("0", "1")))
    assert missing(blocks, document) == []
