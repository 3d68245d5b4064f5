"""PDF: lines, columns, list signs, raised digits, heads and feet, by where letters stand."""

from __future__ import annotations

from typing import Any

import pytest
from fpdf import FPDF
from weasyprint import HTML

from core.kinds import Kind
from programmes.reading import read
from programmes.reading.errors import Code, Unreadable
from programmes.rules.blocks import Block, BlockKind

LONG = (
    "De gemeente zorgt dat iedereen die hier woont een dak boven het hoofd heeft en kan betalen "
    "wat dat kost, ook wanneer het een jaar tegenzit en het werk even niet te vinden is."
)


def page(body: str, css: str = "") -> list[Block]:
    """The blocks of an A5 page with this content."""
    style = (
        "@page { size: A5; margin: 15mm } body { font: 10pt/1.4 'DejaVu Serif' } "
        f"p {{ margin: 0 0 8pt }} {css}"
    )
    content = HTML(string=f'<html lang="nl"><style>{style}</style>{body}</html>').write_pdf()
    assert isinstance(content, bytes)
    return read(content, Kind.PDF)


def drawn(*texts: tuple[float, float, str], **how: Any) -> list[Block]:
    """The blocks of a page on which texts are put at their place, in millimetres."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=how.get("size", 10))
    for x, y, text in texts:
        pdf.text(x, y, text)
    return read(bytes(pdf.output()), Kind.PDF)


def texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks]


def test_lines_of_a_paragraph_are_put_together_and_paragraphs_are_not() -> None:
    blocks = page(f"<p>{LONG}</p><p>Een korte.</p><p>{LONG}</p>")
    assert texts(blocks) == [LONG, "Een korte.", LONG]
    assert [block.gap for block in blocks] == [False, True, True]
    assert {block.page for block in blocks} == {1}


def test_paragraphs_without_white_space_part_where_a_line_is_short_or_begins_further_in() -> None:
    short = page(f"<p>{LONG}</p><p>Een korte.</p><p>{LONG}</p>", "p { margin: 0 }")
    assert texts(short) == [LONG, "Een korte.", LONG]
    first = "<p>" + " ".join(["woorden"] * 23) + "</p>"
    indented = page(first * 3, "p { margin: 0; text-indent: 2em; text-align: justify }")
    assert len(indented) == 3


def test_words_that_were_cut_are_whole_again_and_hyphens_of_a_word_stay() -> None:
    narrow = "body { hyphens: auto; width: 60mm; text-align: justify }"
    word = "De gemeenteraadsverkiezingen en de volkshuisvestingscorporaties verdienen aandacht."
    assert texts(page(f"<p>{word * 3}</p>", narrow)) == [word * 3]
    by_hand = drawn((10, 20, "Wij helpen de PvdA-"), (10, 24, "afdelingen in zorg- en"))
    assert by_hand[0].text.startswith("Wij helpen de PvdA-")
    pair = "<p>zorg-<br>en welzijn, wonen/<br>werken, een tv-<br>programma en een sub-<br>sidie</p>"
    assert "zorg- en welzijn" in " ".join(texts(page(pair + "<p>subsidie</p>")))


def test_list_items_hang_under_their_text_and_have_levels() -> None:
    blocks = page(
        f"<ul><li>{LONG}<ul><li>{LONG}</li></ul></li><li>Kort</li></ul><p>Daarna gewone tekst.</p>"
    )
    assert [(b.kind.value, b.level, b.text) for b in blocks] == [
        ("bullet", 0, LONG),
        ("bullet", 1, LONG),
        ("bullet", 0, "Kort"),
        ("line", 0, "Daarna gewone tekst."),
    ]


def test_a_list_item_goes_on_in_the_next_column_or_page() -> None:
    items = "".join(f"<li>{LONG}</li>" for _ in range(30))
    blocks = page(f"<ul>{items}</ul>", "li { orphans: 1; widows: 1 }")
    assert texts(blocks) == [LONG] * 30
    assert {block.page for block in blocks} == {1, 2, 3} or len({b.page for b in blocks}) > 1


def test_typed_and_numbered_signs_are_taken_off() -> None:
    blocks = drawn(
        (10, 20, "- Een streepje"),
        (10, 40, "3. Een getal"),
        (10, 60, "o"),
        (16, 60, "Een rondje dat apart staat"),
        (10, 80, "o zo gewoon"),
    )
    assert [(b.mark, b.text) for b in blocks] == [
        ("-", "Een streepje"),
        ("3.", "Een getal"),
        ("o", "Een rondje dat apart staat"),
        ("", "o zo gewoon"),
    ]


def test_signs_of_a_sign_font_and_drawn_signs_are_dots() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("zapfdingbats", size=10)
    pdf.text(10, 20, "l")
    pdf.set_font("helvetica", size=10)
    pdf.text(15, 20, "Uit een tekenlettertype")
    pdf.ellipse(10.5, 28.2, 1.2, 1.2, style="F")
    pdf.text(15, 30, "Met een getekend rondje")
    blocks = read(bytes(pdf.output()), Kind.PDF)
    assert [(b.kind, b.text) for b in blocks] == [
        (BlockKind.BULLET, "Uit een tekenlettertype"),
        (BlockKind.BULLET, "Met een getekend rondje"),
    ]
    assert blocks[1].mark == "•"


def test_raised_digits_and_footnotes_at_the_foot() -> None:
    blocks = page(
        f"<p>{LONG}<sup>1</sup> Een huis van 55 m<sup>2</sup> is CO<sub>2</sub>-vrij.</p>"
        f"<p class=n><sup>1</sup> {LONG}</p>",
        "sup, sub { font-size: 6pt; line-height: 0 } .n { font-size: 8pt }",
    )
    first, note = blocks
    assert first.text == f"{LONG}¹ Een huis van 55 m² is CO2-vrij."
    assert (note.kind, note.mark, note.text) == (BlockKind.FOOTNOTE, "¹", LONG)
    assert note.size < 1


def test_a_footnote_with_a_flat_number_is_one_if_the_page_refers_to_it() -> None:
    blocks = page(
        f"<p>{LONG}<sup>1</sup></p><p>2 keer per week is genoeg.</p><p>1 De noot zelf.</p>",
        "sup { font-size: 6pt; line-height: 0 }",
    )
    assert [block.kind.value for block in blocks] == ["line", "line", "footnote"]


def test_columns_are_read_one_after_the_other_under_their_heading() -> None:
    words = ["eerste", "tweede", "derde", "vierde", "vijfde", "zesde"]
    paragraphs = "".join(f"<p>{word} alinea. {LONG}</p>" for word in words)
    blocks = page(
        f"<h1>Een kop over de hele breedte van de bladzijde</h1><div>{paragraphs}</div>",
        "h1 { font-size: 18pt; font-weight: normal } div { column-count: 2 }",
    )
    joined = " ".join(texts(blocks))
    places = [joined.index(word) for word in ["Een kop", *words]]
    assert places == sorted(places)
    assert joined.count(LONG) >= 4


def test_heads_and_feet_stay_blocks_of_their_own_at_the_edges() -> None:
    content = f"<p>{LONG * 8}</p>" * 5
    blocks = page(
        content,
        "@page { @top-left { content: 'Programma 2022' } "
        "@bottom-right { content: 'pagina ' counter(page) } }",
    )
    pages = sorted({block.page or 0 for block in blocks})
    assert len(pages) >= 3
    for number in pages:
        own = [block for block in blocks if block.page == number]
        assert own[0].text == "Programma 2022"
        assert own[-1].text == f"pagina {number}"


def test_lines_of_a_table_of_contents_stay_apart() -> None:
    css = "p { margin: 0 } p::after { content: leader('.') ' 12' }"
    assert texts(page("<p>Wonen en bouwen</p><p>zorg</p><p>Groen</p>", css)) == [
        "Wonen en bouwen 12",
        "zorg 12",
        "Groen 12",
    ]


def test_bold_titles_part_from_the_text_under_them() -> None:
    title = "Een vette titel die bijna de hele regel vult tot"
    blocks = page(
        f"<p><b>{title}</b><br>volkshuisvestingscorporatiesverdienen {LONG}</p>"
        f"<p><b>Werk.</b> {LONG}</p>"
    )
    assert [block.bold for block in blocks] == [True, False, False]
    assert blocks[0].text == title
    assert blocks[2].text == f"Werk. {LONG}"


def test_large_letters_are_told_in_relation_to_the_text() -> None:
    blocks = page(f"<p style='font-size: 20pt; line-height: 1.1'>Wonen en bouwen</p><p>{LONG}</p>")
    assert [block.size for block in blocks] == [2.0, 1.0]


def test_bookmarks_make_headings_and_what_is_larger_before_them_is_the_title() -> None:
    blocks = page(
        f"<p class=t>Samen verder</p><h1>Wonen</h1><h2>Huur</h2><p>{LONG}</p>",
        ".t { font-size: 30pt } h1 { font-size: 16pt } h2 { font-size: 12pt }",
    )
    assert [(b.kind.value, b.level, b.text) for b in blocks[:3]] == [
        ("heading", 1, "Samen verder"),
        ("heading", 2, "Wonen"),
        ("heading", 3, "Huur"),
    ]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_pages_that_were_turned_are_read_as_they_are_shown(angle: int) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=10)
    width, height = pdf.w, pdf.h
    where = {90: (width - 20, 20), 180: (width - 20, height - 20), 270: (20, height - 20)}[angle]
    for at, text in enumerate(("De eerste regel.", "De tweede regel.")):
        x, y = where
        step = 12 * at
        place = {90: (x - step, y), 180: (x, y - step), 270: (x + step, y)}[angle]
        with pdf.rotation(-angle, *place):
            pdf.text(*place, text)
    content = bytes(pdf.output())
    turned = content.replace(b"/Type /Page\n", b"/Type /Page\n/Rotate %d\n" % (360 - angle))
    assert turned != content
    assert texts(read(turned, Kind.PDF)) == ["De eerste regel.", "De tweede regel."]


def test_a_text_on_its_side_does_not_tear_what_stands_beside_it() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=10)
    pdf.text(20, 20, "Gewone tekst op de bladzijde.")
    with pdf.rotation(90, 10, 100):
        pdf.text(10, 100, "Foto: een fotograaf")
    assert texts(read(bytes(pdf.output()), Kind.PDF)) == [
        "Gewone tekst op de bladzijde.",
        "Foto: een fotograaf",
    ]


def test_a_stamp_on_a_scan_is_no_text() -> None:
    with pytest.raises(Unreadable) as refused:
        drawn((10, 20, "12-03-2021"))
    assert refused.value.code is Code.NO_TEXT
