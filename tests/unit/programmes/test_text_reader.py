"""Plain text to blocks: encodings, signs, lines, pages."""

from __future__ import annotations

import codecs

import pytest

from programmes.reading.text import decode, read_text
from programmes.rules.blocks import Block, BlockKind

HEADING, BULLET, LINE = BlockKind.HEADING, BlockKind.BULLET, BlockKind.LINE


def read(text: str) -> list[Block]:
    return read_text(text.encode())


@pytest.mark.parametrize(
    "content",
    [
        "Één café".encode(),
        codecs.BOM_UTF8 + "Één café".encode(),
        codecs.BOM_UTF16_LE + "Één café".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Één café".encode("utf-16-be"),
        codecs.BOM_UTF32_LE + "Één café".encode("utf-32-le"),
        "Één café".encode("cp1252"),
    ],
)
def test_every_usual_encoding_is_read(content: bytes) -> None:
    assert decode(content) == "Één café"


def test_a_file_in_two_encodings_is_read_line_by_line() -> None:
    content = "Één € café\n".encode() + "Één € café\n".encode("cp1252") + b"ijsje"
    assert [block.text for block in read_text(content)] == ["Één € café", "Één € café", "ijsje"]


def test_bytes_that_are_no_text_do_not_stop_the_reader() -> None:
    blocks = read_text(bytes(range(256)) + b"\x00\x81\nWonen\n")
    assert blocks[-1].text == "Wonen"
    assert all("\x00" not in block.text for block in blocks)


def test_an_empty_file_has_no_blocks() -> None:
    assert read_text(b"") == []
    assert read_text(b" \n\t\n\xc2\xa0\n") == []


def test_blocks_say_their_line_and_the_gap_before_them() -> None:
    blocks = read("\n\nWonen\nHuren\r\n\r\n\r\nKopen\rBouwen")
    assert [(block.number, block.text, block.line, block.gap) for block in blocks] == [
        (0, "Wonen", 3, True),
        (1, "Huren", 4, False),
        (2, "Kopen", 7, True),
        (3, "Bouwen", 8, False),
    ]
    assert {block.page for block in blocks} == {None}


def test_a_form_feed_begins_a_page() -> None:
    blocks = read("Een\n\fTwee\nDrie\f\n\nVier")
    assert [(block.text, block.page) for block in blocks] == [
        ("Een", 1),
        ("Twee", 2),
        ("Drie", 2),
        ("Vier", 3),
    ]


@pytest.mark.parametrize(
    ("line", "mark", "text"),
    [
        ("- Een punt", "-", "Een punt"),
        ("  – Een punt", "–", "Een punt"),
        ("•\tEen punt", "•", "Een punt"),
        ("•Een punt", "•", "Een punt"),
        ("► **Een** punt", "►", "**Een** punt"),
        ("* Een punt", "*", "Een punt"),
        ("\uf0b7 Een punt", "\uf0b7", "Een punt"),
        ("o\tEen punt", "o", "Een punt"),
        ("-Een punt", "-", "Een punt"),
        ("3. Een punt", "3.", "Een punt"),
        ("3.4 Een punt", "3.4", "Een punt"),
        ("12) Een punt", "12)", "Een punt"),
        ("a) een punt", "a)", "een punt"),
        ("(2) Een punt", "(2)", "Een punt"),
    ],
)
def test_a_sign_or_number_makes_a_bullet(line: str, mark: str, text: str) -> None:
    (block,) = read(line)
    assert (block.kind, block.mark, block.text) == (BULLET, mark, text)


@pytest.mark.parametrize(
    "line",
    [
        "-5 graden",
        "-en zo verder",
        "**Vet** begin",
        "*Schuin* begin",
        "2022 was een goed jaar",
        "3 huizen",
        "1.000 woningen",
        "J. de Vries",
        "o wat een dag",
        "+31 6 12345678",
        "¹ Een noot",
        "-",
        "•",
        "---",
    ],
)
def test_what_only_looks_like_a_sign_is_a_line(line: str) -> None:
    (block,) = read(line)
    assert (block.kind, block.text) == (LINE, line)


def test_indents_are_counted_in_spaces_and_a_tab_is_four() -> None:
    assert [block.indent for block in read("een\n twee\n   - drie\n\tvier")] == [0, 1, 3, 4]


def test_hashes_make_headings_in_plain_text_too() -> None:
    blocks = read("# Een\n### Twee ##\n#geen\n- # groen")
    assert [(block.kind, block.level, block.text) for block in blocks] == [
        (HEADING, 1, "Een"),
        (HEADING, 3, "Twee"),
        (LINE, 0, "#geen"),
        (BULLET, 0, "# groen"),
    ]


def test_letters_written_in_two_signs_and_invisible_ones_are_put_right() -> None:
    (block,) = read("\u200bCafe\u0301\u00a0en\ufeff thee")
    assert block.text == "Café en thee"


def test_a_page_of_contents_keeps_its_tabs() -> None:
    assert read("Wonen\t9")[0].text == "Wonen\t9"
