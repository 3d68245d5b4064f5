"""Word and OpenDocument: what styles, lists, notes, tables and tracked changes become."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt

from core.kinds import Kind
from programmes.reading import read
from programmes.reading.errors import Code, Unreadable
from programmes.rules.blocks import Block, BlockKind
from tests.programme_files import odt


def saved(document: Any) -> list[Block]:
    target = io.BytesIO()
    document.save(target)
    return read(target.getvalue(), Kind.DOCX)


def of_xml(body: str) -> list[Block]:
    """A Word file with this body and no other part."""
    content = (
        f"<w:document {nsdecls('w', 'wp', 'a')} "
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", content)
    return read(target.getvalue(), Kind.DOCX)


def p(*runs: str, properties: str = "") -> str:
    text = "".join(f"<w:r><w:t xml:space='preserve'>{run}</w:t></w:r>" for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{text}</w:p>"


def shape(blocks: list[Block]) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.level, block.text) for block in blocks]


# Word


@pytest.mark.parametrize("name", ["Kop 2", "Heading 2", "Überschrift 2"])
def test_a_style_called_heading_is_one_in_any_language(name: str) -> None:
    document = docx.Document()
    if name not in {style.name for style in document.styles}:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Wonen", style=name)
    assert shape(saved(document)) == [("heading", 2, "Wonen")]


def test_a_title_stands_above_the_highest_heading() -> None:
    document = docx.Document()
    document.add_heading("Samen verder", 0)
    document.add_heading("Wonen", 1)
    assert shape(saved(document)) == [("heading", 1, "Samen verder"), ("heading", 2, "Wonen")]


def test_lists_have_their_level_and_sign_also_by_the_name_of_the_style() -> None:
    document = docx.Document()
    document.styles.add_style("Lijst opsom.teken 2", WD_STYLE_TYPE.PARAGRAPH)
    for style, text in (
        ("List Bullet", "Meer bomen"),
        ("List Bullet 2", "in elke straat"),
        ("Lijst opsom.teken 2", "ook in dorpen"),
        ("List Number", "Eerst bouwen"),
        ("List Number", "Dan verhuizen"),
    ):
        document.add_paragraph(text, style=style)
    assert [(b.kind.value, b.level, b.mark, b.text) for b in saved(document)] == [
        ("bullet", 0, "•", "Meer bomen"),
        ("bullet", 1, "•", "in elke straat"),
        ("bullet", 1, "•", "ook in dorpen"),
        ("bullet", 0, "1.", "Eerst bouwen"),
        ("bullet", 0, "2.", "Dan verhuizen"),
    ]


def test_signs_and_numbers_that_were_typed_are_taken_off() -> None:
    blocks = of_xml(p("- Meer bomen") + p("► Minder tegels") + p("2) Water") + p("Gewone tekst"))
    assert [(b.mark, b.text) for b in blocks] == [
        ("-", "Meer bomen"),
        ("►", "Minder tegels"),
        ("2)", "Water"),
        ("", "Gewone tekst"),
    ]


def test_numbers_of_several_levels_are_counted_as_word_does() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (start, form, text) in enumerate(
            [(3, "decimal", "%1."), (1, "lowerLetter", "%1.%2)"), (1, "upperRoman", "%3")]
        )
    )
    numbering.insert(
        0,
        parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'),
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    for level in (0, 1, 1, 2, 0, 1):
        paragraph = document.add_paragraph("punt")
        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
            )
        )
    assert [(b.level, b.mark) for b in saved(document)] == [
        (0, "3."),
        (1, "3.a)"),
        (1, "3.b)"),
        (2, "I"),
        (0, "4."),
        (1, "4.a)"),
    ]


def test_bold_and_large_letters_are_told_only_of_whole_paragraphs() -> None:
    document = docx.Document()
    title = document.add_paragraph().add_run("Wonen")
    title.bold, title.font.size = True, Pt(22)
    mixed = document.add_paragraph()
    mixed.add_run("Werk.").bold = True
    mixed.add_run(" We helpen iedereen aan een baan, en dat doen we samen met de bedrijven.")
    first, second = saved(document)
    assert (first.bold, first.size) == (True, 2.0)
    assert (second.bold, second.size) == (False, 1.0)


def test_raised_digits_become_superscript_digits_and_other_letters_stay() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Een huis van 55 m")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(" in de 1")
    paragraph.add_run("e").font.superscript = True
    paragraph.add_run(" straat")
    assert saved(document)[0].text == "Een huis van 55 m² in de 1e straat"


def test_what_was_deleted_is_gone_and_what_was_inserted_stays() -> None:
    body = (
        "<w:p><w:r><w:t>We bouwen </w:t></w:r>"
        "<w:del><w:r><w:delText>minder</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>meer</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>weg</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t> huizen</w:t></w:r></w:moveTo>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>verborgen</w:t></w:r></w:p>"
        + p("Eerste deel ", properties="<w:rPr><w:del/></w:rPr>")
        + p("tweede deel")
        + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>"
        + p("weg")
        + "</w:tc></w:tr></w:tbl>"
    )
    texts = [block.text for block in of_xml(body)]
    assert texts == ["We bouwen meer huizen", "Eerste deel tweede deel"]


def test_links_fields_signs_and_line_ends_are_read() -> None:
    body = (
        "<w:p><w:hyperlink><w:r><w:t>www.voorbeeld.example</w:t></w:r></w:hyperlink><w:r><w:tab/>"
        "<w:instrText> PAGEREF x </w:instrText><w:t>12</w:t></w:r></w:p>"
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t> Klaar</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>Op de markt</w:t><w:br/><w:t>- meer bankjes</w:t><w:cr/>"
        "<w:t>- minder auto</w:t><w:noBreakHyphen/><w:t>ruimte</w:t></w:r></w:p>"
    )
    assert [(b.kind.value, b.mark, b.text) for b in of_xml(body)] == [
        ("paragraph", "", "www.voorbeeld.example 12"),
        ("bullet", "✓", "Klaar"),
        ("line", "", "Op de markt"),
        ("bullet", "-", "meer bankjes"),
        ("bullet", "-", "minder auto-ruimte"),
    ]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = "<w:txbxContent>" + p("In de kantlijn") + "</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>De tekst</w:t><mc:AlternateContent><mc:Choice><w:drawing>"
        f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert [block.text for block in of_xml(body)] == ["De tekst", "In de kantlijn"]


def test_a_table_is_rows_unless_it_only_places_text() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for at, text in enumerate(("Thema", "Voorstel", "Wonen", "Meer huizen")):
        table.cell(at // 2, at % 2).text = text
    document.add_table(1, 1).cell(0, 0).text = "In een kader"
    beside = document.add_table(1, 2)
    beside.cell(0, 0).text = "Links"
    beside.cell(0, 1).add_paragraph("Meer bomen", style="List Bullet")
    blocks = saved(document)
    assert [block.cells for block in blocks[:2]] == [
        ("Thema", "Voorstel"),
        ("Wonen", "Meer huizen"),
    ]
    assert [block.line for block in blocks[:2]] == [1, 2]
    assert shape(blocks[2:]) == [
        ("paragraph", 0, "In een kader"),
        ("paragraph", 0, "Links"),
        ("bullet", 0, "Meer bomen"),
    ]


def test_white_space_between_paragraphs_is_told() -> None:
    document = docx.Document()
    for space, text in ((0, "Titel"), (0, "dicht erop"), (12, "met wit")):
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.space_before = Pt(space)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.left_indent = Cm(1.5)
    document.add_paragraph()
    document.add_paragraph("na een lege regel").paragraph_format.space_before = Pt(0)
    blocks = saved(document)
    assert [block.gap for block in blocks] == [False, False, True, True]
    assert blocks[0].indent > 0


def test_a_file_of_the_strict_kind_and_one_without_styles_are_read() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            '<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"><body><sdt>'
            "<sdtContent><p><r><t>Strikt</t></r></p></sdtContent></sdt></body></document>",
        )
    assert read(target.getvalue(), Kind.DOCX)[0].text == "Strikt"


@pytest.mark.parametrize("body", ["", p(""), p(" \u200b ")])
def test_a_word_file_without_text_says_so(body: str) -> None:
    with pytest.raises(Unreadable) as refused:
        of_xml(body)
    assert refused.value.code is Code.NOTHING_IN_IT


def test_styles_that_rest_on_each_other_in_a_ring_end() -> None:
    document = docx.Document()
    first = document.styles.add_style("Een", WD_STYLE_TYPE.PARAGRAPH)
    second = document.styles.add_style("Twee", WD_STYLE_TYPE.PARAGRAPH)
    first.base_style, second.base_style = second, first
    document.add_paragraph("Tekst", style="Een")
    assert saved(document)[0].text == "Tekst"


# OpenDocument


def test_outline_lists_and_levels_of_opendocument() -> None:
    blocks = read(
        odt(
            '<text:p text:style-name="Title">Samen</text:p>'
            '<text:h text:outline-level="1">Wonen</text:h>'
            '<text:list text:style-name="L2"><text:list-item><text:p>Een</text:p>'
            "<text:p>Nog een alinea</text:p>"
            "<text:list><text:list-item><text:p>Dieper</text:p></text:list-item></text:list>"
            "</text:list-item><text:list-item><text:p>Twee</text:p></text:list-item></text:list>",
            styles=(
                '<style:style style:name="Title" style:family="paragraph"/>'
                '<text:list-style style:name="L2">'
                '<text:list-level-style-number text:level="1" style:num-format="1" '
                'style:num-suffix="."/>'
                '<text:list-level-style-bullet text:level="2" text:bullet-char="◦"/>'
                "</text:list-style>"
            ),
        ),
        Kind.ODT,
    )
    assert [(b.kind.value, b.level, b.mark, b.text) for b in blocks] == [
        ("heading", 1, "", "Samen"),
        ("heading", 2, "", "Wonen"),
        ("bullet", 0, "1.", "Een"),
        ("paragraph", 0, "", "Nog een alinea"),
        ("bullet", 1, "◦", "Dieper"),
        ("bullet", 0, "2.", "Twee"),
    ]


def test_spaces_spans_notes_and_boxes_of_opendocument() -> None:
    note = (
        "<text:note><text:note-citation>{}</text:note-citation><text:note-body>"
        "<text:p>De noot</text:p></text:note-body></text:note>"
    )
    blocks = read(
        odt(
            "<text:tracked-changes><text:p>weg</text:p></text:tracked-changes>"
            '<text:p>Een huis<text:s text:c="2"/>van 55 m<text:span text:style-name="Hoog">2'
            f"</text:span>{note.format('1')} en<text:tab/>meer<text:line-break/>- met tuin"
            "<draw:frame><draw:text-box><text:p>Bijschrift</text:p></draw:text-box></draw:frame>"
            "<office:annotation><text:p>opmerking</text:p></office:annotation></text:p>"
            f"<text:p>Nog een{note.format('0')}{note.format('*')}</text:p>",
            styles=(
                '<style:style style:name="Hoog" style:family="text"><style:text-properties '
                'style:text-position="super 58%"/></style:style>'
            ),
        ),
        Kind.ODT,
    )
    assert [(b.kind.value, b.mark, b.text) for b in blocks] == [
        ("line", "", "Een huis van 55 m²¹ en meer"),
        ("bullet", "-", "met tuin"),
        ("footnote", "¹", "De noot"),
        ("paragraph", "", "Bijschrift"),
        ("paragraph", "", "Nog een²*"),
        ("footnote", "²", "De noot"),
        ("footnote", "*", "De noot"),
    ]


def test_looks_of_opendocument_are_inherited() -> None:
    letters = "<style:text-properties {}/>"
    blocks = read(
        odt(
            '<text:p text:style-name="P1">Vet en groot</text:p>'
            '<text:p text:style-name="P3">Lijst</text:p>'
            '<text:p text:style-name="P2">Gewone tekst die het langst is van deze drie.</text:p>',
            styles=(
                '<style:default-style style:family="paragraph">'
                + letters.format('fo:font-size="12pt"')
                + '</style:default-style><style:style style:name="Basis" style:family="paragraph">'
                + letters.format('fo:font-weight="700"')
                + '</style:style><style:style style:name="P1" style:family="paragraph" '
                'style:parent-style-name="Basis">'
                + letters.format('fo:font-size="150%"')
                + '<style:paragraph-properties fo:margin-top="0.5cm" fo:margin-left="1in"/>'
                "</style:style>"
                '<style:style style:name="P2" style:family="paragraph"/>'
                '<style:style style:name="P3" style:family="paragraph" '
                'style:display-name="Heading 3"/>'
            ),
        ),
        Kind.ODT,
    )
    assert (blocks[0].bold, blocks[0].size) == (True, 1.5)
    assert blocks[0].indent > 0
    assert (blocks[1].kind, blocks[1].level) == (BlockKind.HEADING, 3)
    assert (blocks[2].bold, blocks[2].size) == (False, 1.0)


def test_tables_of_opendocument() -> None:
    def row(*cells: str) -> str:
        return "".join(
            ["<table:table-row>"]
            + [f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells]
            + ["</table:table-row>"]
        )

    blocks = read(
        odt(
            f"<table:table>{row('Thema', 'Voorstel')}{row('Wonen', 'Meer huizen')}</table:table>"
            f"<table:table>{row('In een kader')}</table:table>"
        ),
        Kind.ODT,
    )
    assert [block.cells for block in blocks] == [
        ("Thema", "Voorstel"),
        ("Wonen", "Meer huizen"),
        (),
    ]
    assert blocks[2].text == "In een kader"
