"""Markdown and tables: what their signs, notes, links and cells become."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest

from core.kinds import Kind
from programmes.reading import read
from programmes.reading.drafts import readable
from programmes.reading.errors import Code, Unreadable
from programmes.rules.blocks import Block
from tests.programme_files import xlsx


def markdown(text: str) -> list[Block]:
    return read(text.encode(), Kind.MARKDOWN)


def seen(blocks: list[Block]) -> list[tuple[str, int, str, str]]:
    return [(block.kind.value, block.level, block.mark, block.text) for block in blocks]


# Markdown


def test_headings_and_nested_lists_have_their_level() -> None:
    text = "# Samen\n\nWonen\n-----\n\n- Meer\n  huizen\n    - ook klein\n* Minder\n"
    text += "\n1. een\n2) twee\n"
    assert seen(markdown(text)) == [
        ("heading", 1, "", "Samen"),
        ("heading", 2, "", "Wonen"),
        ("bullet", 0, "-", "Meer huizen"),
        ("bullet", 1, "-", "ook klein"),
        ("bullet", 0, "*", "Minder"),
        ("bullet", 0, "1.", "een"),
        ("bullet", 0, "2)", "twee"),
    ]


def test_lines_and_white_space_are_told() -> None:
    blocks = markdown("# Wonen\nDirect eronder.\n\nMet wit.\n")
    assert [(block.line, block.gap) for block in blocks] == [(1, False), (2, False), (4, True)]


def test_emphasis_stays_as_it_was_written() -> None:
    (block,) = markdown("Dit is **vet**, __ook__, *schuin* en ~~weg~~ en `letterlijk`.")
    assert block.text == "Dit is **vet**, **ook**, *schuin* en ~~weg~~ en letterlijk."


def test_footnotes_keep_their_number_and_those_with_a_name_get_one() -> None:
    blocks = markdown(
        "Een[^1] en twee[^noot] en drie[^3] m<sup>2</sup>.\n\n"
        "[^1]: https://voorbeeld.example/een\n[^noot]: Een noot\n    die *doorgaat*.\n[^3]: Drie\n"
        "gaat ook door.\n\nNa de noten.\n"
    )
    assert seen(blocks) == [
        ("paragraph", 0, "", "Een¹ en twee⁴ en drie³ m²."),
        ("footnote", 0, "¹", "https://voorbeeld.example/een"),
        ("footnote", 0, "⁴", "Een noot die *doorgaat*."),
        ("footnote", 0, "³", "Drie gaat ook door."),
        ("paragraph", 0, "", "Na de noten."),
    ]


def test_links_show_where_they_go_once() -> None:
    blocks = markdown(
        "[Lees meer](https://voorbeeld.example/a) en <https://b.example> en "
        "[c.example](https://c.example/) en [hier](#onder) en ![foto](x.png)"
    )
    assert blocks[0].text == (
        "Lees meer (https://voorbeeld.example/a) en https://b.example en c.example en hier en foto"
    )


def test_a_second_paragraph_of_an_item_is_text_that_stands_further_in() -> None:
    blocks = markdown("- Eerst\n\n  Dan nog dit.\n")
    assert [(block.kind.value, block.indent) for block in blocks] == [
        ("bullet", 0),
        ("paragraph", 2),
    ]


def test_tables_rules_html_and_programs_are_read_as_text() -> None:
    blocks = markdown(
        "| Thema | Voorstel |\n|---|---|\n| Wonen | **Meer** huizen |\n\n---\n\n"
        "<div>In een<br>vak</div>\n\n```\nals programma\n```\n\n    ingesprongen\n\n"
        "Regel een  \nregel twee\n"
    )
    assert [(block.kind.value, block.text) for block in blocks] == [
        ("row", "Thema | Voorstel"),
        ("row", "Wonen | **Meer** huizen"),
        ("line", "---"),
        ("line", "In een"),
        ("line", "vak"),
        ("line", "als programma"),
        ("paragraph", "ingesprongen"),
        ("line", "Regel een"),
        ("line", "regel twee"),
    ]
    assert blocks[1].cells == ("Wonen", "**Meer** huizen")


def test_what_looks_like_a_footnote_in_a_program_is_none() -> None:
    assert [block.kind.value for block in markdown("```\n[^1]: tekst\n```\n")] == ["line"]


def test_places_to_fill_in_are_no_links() -> None:
    (block,) = markdown("Minstens [...] % in [plaatsnaam] \\[hier\\].")
    assert block.text == "Minstens [...] % in [plaatsnaam] [hier]."


# Tables


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_of_values_is_found(delimiter: str) -> None:
    rows = [["Thema", "Voorstel"], ["Wonen", '"Meer, en; beter"'], ["Zorg", "Dichtbij"]]
    text = "\n".join(delimiter.join(row) for row in rows)
    blocks = read(text.encode(), Kind.CSV)
    assert [block.cells for block in blocks] == [
        ("Thema", "Voorstel"),
        ("Wonen", "Meer, en; beter"),
        ("Zorg", "Dichtbij"),
    ]


def test_values_may_say_their_delimiter_and_leave_rows_empty() -> None:
    blocks = read(b"sep=|\r\na|b;c\r\n\r\n|d\r\n", Kind.CSV)
    assert [(block.cells, block.line, block.gap) for block in blocks] == [
        (("a", "b;c"), 1, False),
        (("", "d"), 3, True),
    ]


def test_a_list_without_delimiter_is_one_column() -> None:
    blocks = read(b"We bouwen meer, en beter.\nWe planten bomen.\n", Kind.CSV)
    assert [len(block.cells) for block in blocks] == [1, 1]


def test_cells_are_shown_as_people_read_them() -> None:
    evening = datetime(2022, 3, 16, 19, 30)  # noqa: DTZ001 - a spreadsheet knows no zones
    (block,) = read(
        xlsx([[3.0, 2.5, True, date(2022, 3, 16), evening, " a\n b ", None]]),
        Kind.XLSX,
    )
    assert block.cells == ("3", "2.5", "True", "2022-03-16", "2022-03-16 19:30", "a b")


def test_the_names_of_several_sheets_are_headings_and_hidden_ones_are_not_read() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Wonen"
    book.active.append(["Meer huizen"])
    book.create_sheet("Leeg")
    book.create_sheet("Zorg").append(["Dichtbij"])
    hidden = book.create_sheet("Geheim")
    hidden.append(["weg"])
    hidden.sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    assert [(b.kind.value, b.text) for b in read(target.getvalue(), Kind.XLSX)] == [
        ("heading", "Wonen"),
        ("row", "Meer huizen"),
        ("heading", "Zorg"),
        ("row", "Dichtbij"),
    ]


def test_a_cell_too_long_for_any_table_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read(b'"' + b"x" * 200_000 + b'";b\n', Kind.CSV)
    assert refused.value.code is Code.DAMAGED


# All


def test_spaces_and_hyphens_of_their_own_kind_read_as_the_common_ones() -> None:
    assert readable("a\u00a0b\u202fc\u2011d\u00ade\u200b") == "a b c-de"


def test_a_block_of_characters_that_cannot_be_kept_is_left_out() -> None:
    blocks = read("eerst\n\u202e\u202c\nlaatst".encode(), Kind.TEXT)
    assert [(block.number, block.text) for block in blocks] == [(0, "eerst"), (1, "laatst")]
