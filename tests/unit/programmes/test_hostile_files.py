"""Files that mean harm or are broken: refused or read, within bounds, with one clear sentence.

What holds when reading takes too long or too much is in ``test_sandbox``.
"""

from __future__ import annotations

import io
import struct
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from fpdf import FPDF

from core.kinds import Kind
from core.sniffing import LARGEST
from core.uploads import UploadRefused, inspect
from programmes.reading import child, read
from programmes.reading.drafts import MOST_BLOCKS
from programmes.reading.errors import Code, Unreadable
from programmes.reading.sandbox import read_safely
from programmes.reading.sentences import sentence_of
from programmes.rules.blocks import Block
from tests.programme_content import Part
from tests.programme_files import (
    as_docx,
    as_odt,
    as_txt,
    as_xlsx,
    picture_pdf,
    xlsx,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
FEW = (Part("chapter", "Wonen"), Part("measure", "We bouwen meer huizen in alle dorpen."))
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "haha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(9))
    + b"]>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def code_of(content: bytes, kind: Kind) -> Code:
    """What the small process answers, here in this one."""
    answer = child.answer(content, kind)
    assert answer.keys() == {"code"}
    return Code(str(answer["code"]))


def refusal(content: bytes = b"tekst", kind: Kind = Kind.TEXT) -> Code:
    """What is told of a file that was given to a small process."""
    with pytest.raises(Unreadable) as refused:
        read_safely(content, kind)
    return refused.value.code


def read_here(content: bytes, kind: Kind) -> list[Block]:
    child.check(content, kind)
    return read(content, kind)


def changed(content: bytes, /, **parts: bytes | Callable[[bytes], bytes]) -> bytes:
    """A packed file with parts replaced or added; ``__`` in a name stands for a slash."""
    target = io.BytesIO()
    named = {name.replace("__", "/") + ".xml": part for name, part in parts.items()}
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            part = named.pop(info.filename, old.read(info))
            new.writestr(info.filename, part(old.read(info)) if callable(part) else part)
        for name, part in named.items():
            new.writestr(name, part(b"") if callable(part) else part)
    return target.getvalue()


def behind(declaration: bytes) -> Callable[[bytes], bytes]:
    """Put a declaration before a part of XML, and use its entity in it."""

    def change(part: bytes) -> bytes:
        body = part[part.index(b"?>") + 2 :] if part.startswith(b"<?xml") else part
        return declaration + body

    return change


def texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks]


# Refused


@pytest.mark.parametrize("kind", list(Kind))
def test_an_empty_file_is_refused_in_every_kind(kind: Kind) -> None:
    assert refusal(b"", kind) is Code.EMPTY


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.MARKDOWN, Kind.CSV])
def test_a_text_of_spaces_holds_nothing(kind: Kind) -> None:
    assert code_of(b" \r\n\t\n \xc2\xa0 ", kind) is Code.NOTHING_IN_IT


def test_a_file_of_more_than_ten_megabytes_is_not_read_at_all(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def never(*_args: object, **_more: object) -> None:
        raise AssertionError

    monkeypatch.setattr(subprocess, "Popen", never)
    path = tmp_path / "groot.txt"
    with path.open("wb") as stream:
        stream.truncate(11 * 1024 * 1024)
    with pytest.raises(Unreadable) as refused:
        read_safely(path, Kind.TEXT)
    assert refused.value.code is Code.TOO_LARGE


def test_files_with_a_password_are_refused() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica")
    pdf.cell(text="Een programma achter slot en grendel")
    pdf.set_encryption("eigenaar", "lezer")
    assert code_of(bytes(pdf.output()), Kind.PDF) is Code.ENCRYPTED
    for kind in (Kind.DOCX, Kind.XLSX):
        assert code_of(OLE, kind) is Code.OLD_OR_ENCRYPTED
    hidden = changed(
        as_odt(FEW), **{"META-INF__manifest": b"<manifest><encryption-data/></manifest>"}
    )
    assert code_of(hidden, Kind.ODT) is Code.ENCRYPTED


@pytest.mark.parametrize(
    ("write", "kind"),
    [(as_docx, Kind.DOCX), (as_odt, Kind.ODT), (as_xlsx, Kind.XLSX)],
)
@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
def test_half_a_packed_file_is_damaged(
    write: Callable[..., bytes], kind: Kind, share: float
) -> None:
    content = write(FEW)
    assert code_of(content[: int(len(content) * share)], kind) is Code.DAMAGED


def test_half_a_pdf_is_damaged() -> None:
    content = picture_pdf()
    assert code_of(content[: len(content) // 2], Kind.PDF) is Code.DAMAGED
    assert code_of(b"%PDF-1.7\nniets\n%%EOF\n", Kind.PDF) is Code.DAMAGED


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (as_docx(FEW), Kind.ODT),
        (as_docx(FEW), Kind.PDF),
        (as_xlsx(FEW), Kind.DOCX),
        (as_txt(FEW), Kind.DOCX),
        (picture_pdf(), Kind.TEXT),
    ],
)
def test_a_file_under_another_name_is_not_read(content: bytes, kind: Kind) -> None:
    assert code_of(content, kind) is Code.OTHER_KIND
    name = f"programma.{kind}"
    with override("en"), pytest.raises(UploadRefused, match="does not say what it is"):
        inspect(file=SimpleUploadedFile(name, content), kinds=tuple(Kind))


@pytest.mark.parametrize(("kind", "write"), [(Kind.DOCX, as_docx), (Kind.XLSX, as_xlsx)])
def test_files_with_macros_are_refused_also_under_another_name(
    kind: Kind, write: Callable[..., bytes]
) -> None:
    folder = "word" if kind is Kind.DOCX else "xl"
    target = io.BytesIO(write(FEW))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(f"{folder}/vbaProject.bin", b"Sub AutoOpen()")
    assert code_of(target.getvalue(), kind) is Code.MACROS
    typed = changed(
        write(FEW), **{"[Content_Types]": lambda part: part.replace(b"main+xml", b"macroEnabled")}
    )
    assert code_of(typed, kind) is Code.MACROS


def test_a_pdf_of_pictures_says_that_it_holds_no_text() -> None:
    assert code_of(picture_pdf(), Kind.PDF) is Code.NO_TEXT
    with override("en"):
        assert "no text" in sentence_of(Code.NO_TEXT)


@pytest.mark.parametrize("start", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"])
def test_a_picture_is_told_that_it_is_one(start: bytes) -> None:
    assert code_of(start + b"\0" * 99, Kind.PDF) is Code.PICTURE


# Archives


def test_a_small_file_that_promises_gigabytes_is_refused_before_it_is_unpacked() -> None:
    content = bytearray(as_docx(FEW))
    at = content.find(b"PK\x01\x02")
    struct.pack_into("<L", content, at + 24, 3 * 1024**3)
    assert code_of(bytes(content), Kind.DOCX) is Code.TOO_MUCH
    swelling = changed(as_docx(FEW), word__document=b"<w/>" + b" " * 50_000_000)
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(swelling)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
    assert len(packed.getvalue()) < 200_000
    assert code_of(packed.getvalue(), Kind.DOCX) is Code.TOO_MUCH


def test_a_part_that_is_larger_than_it_says_is_damaged() -> None:
    content = bytearray(as_docx(FEW))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        offset = archive.getinfo("word/document.xml").header_offset
    struct.pack_into("<L", content, offset + 22, 100)
    at = 0
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
        if struct.unpack_from("<L", content, at + 42)[0] == offset:
            struct.pack_into("<L", content, at + 24, 100)
    assert code_of(bytes(content), Kind.DOCX) is Code.DAMAGED


def test_an_archive_within_an_archive_is_never_opened() -> None:
    inner = as_docx(FEW)
    for _depth in range(5):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("programma.docx", inner)
        inner = target.getvalue()
    assert code_of(inner, Kind.DOCX) is Code.NOT_OFFICE
    assert read_here(changed(as_docx(FEW), word__embedded=inner), Kind.DOCX)


def test_a_spreadsheet_that_takes_values_from_elsewhere_is_refused() -> None:
    content = changed(as_xlsx(FEW), xl__externalLinks__externalLink1=b"<externalLink/>")
    assert code_of(content, Kind.XLSX) is Code.EXTERNAL


# XML


@pytest.mark.parametrize("declaration", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize(
    ("write", "kind", "part"),
    [
        (as_docx, Kind.DOCX, "word__document"),
        (as_docx, Kind.DOCX, "word__styles"),
        (as_docx, Kind.DOCX, "word__footnotes"),
        (as_odt, Kind.ODT, "content"),
        (as_odt, Kind.ODT, "styles"),
        (as_xlsx, Kind.XLSX, "xl__worksheets__sheet1"),
        (as_xlsx, Kind.XLSX, "xl__sharedStrings"),
    ],
)
def test_entities_are_refused_in_every_part(
    write: Callable[..., bytes], kind: Kind, part: str, declaration: bytes
) -> None:
    content = changed(write(FEW), **{part: behind(declaration)})
    if part == "styles":
        content = changed(write(FEW), styles=declaration + b"<x>&a;</x>")
    assert code_of(content, kind) is Code.ENTITIES


def test_entities_in_wide_letters_are_refused_too() -> None:
    wide = (OUTSIDE.decode().replace("?>", ' encoding="utf-16"?>') + "<x>&a;</x>").encode("utf-16")
    assert code_of(changed(as_xlsx(FEW), xl__sharedStrings=wide), Kind.XLSX) is Code.ENTITIES
    assert code_of(changed(as_docx(FEW), word__document=wide), Kind.DOCX) is Code.ENTITIES


@pytest.mark.parametrize(
    "part", [b"", b"<w:document", b"\xff\xfe\x00", b'<?xml version="1.0" encoding="x"?><a/>']
)
def test_broken_xml_is_damaged(part: bytes) -> None:
    assert code_of(changed(as_docx(FEW), word__document=part), Kind.DOCX) is Code.DAMAGED
    assert code_of(changed(as_odt(FEW), content=part), Kind.ODT) is Code.DAMAGED
    assert code_of(changed(as_xlsx(FEW), xl__workbook=part), Kind.XLSX) is Code.DAMAGED


def test_xml_of_a_hundred_thousand_levels_does_no_harm() -> None:
    deep = "<text:span>" * 100_000 + "tekst" + "</text:span>" * 100_000
    content = changed(as_odt(FEW), content=lambda part: part.replace(b"Wonen", deep.encode()))
    assert refusal(content, Kind.ODT) in {Code.DAMAGED, Code.TOO_HEAVY}


# Much


def test_a_spreadsheet_that_says_that_it_has_a_million_rows_has_those_that_it_has() -> None:
    content = changed(
        as_xlsx(FEW),
        xl__worksheets__sheet1=lambda part: part.replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"'),
    )
    assert len(read_here(content, Kind.XLSX)) == 2


def test_more_blocks_or_letters_than_a_programme_has_are_refused() -> None:
    assert code_of(b"- punt\n" * (MOST_BLOCKS + 1), Kind.TEXT) is Code.TOO_MANY_BLOCKS
    assert code_of(b"a;b\n" * (MOST_BLOCKS + 1), Kind.CSV) is Code.TOO_MANY_BLOCKS
    assert code_of(b"a;" * 200 + b"b\n", Kind.CSV) is Code.TOO_WIDE
    assert code_of(b"woord " * 5_000, Kind.TEXT) is Code.TOO_LONG_BLOCK
    assert code_of(b"woord " * 5_000, Kind.MARKDOWN) is Code.TOO_LONG_BLOCK


def test_the_largest_text_files_say_what_is_too_much_of_them() -> None:
    line = b"- we willen meer groen\n"
    assert refusal(line * (LARGEST // len(line))) is Code.TOO_MANY_BLOCKS
    assert refusal(b"a" * LARGEST) is Code.TOO_LONG_BLOCK


# Text


def test_text_in_two_encodings_is_read() -> None:
    mixed = "- Eén café in elke wijk\n".encode() + "- Eén fiets per kind\n".encode("cp1252")
    assert texts(read_here(mixed, Kind.TEXT)) == ["Eén café in elke wijk", "Eén fiets per kind"]
    assert texts(read_here(mixed, Kind.MARKDOWN)) == texts(read_here(mixed, Kind.TEXT))
    rows = "Voorstel\nEén café\n".encode() + "Eén fiets\n".encode("cp1252")
    assert texts(read_here(rows, Kind.CSV)) == ["Voorstel", "Eén café", "Eén fiets"]
    wide = "- Eén café\n".encode("utf-16")
    assert texts(read_here(wide, Kind.TEXT)) == ["Eén café"]


def test_formulas_stay_text() -> None:
    content = xlsx([["Voorstel"], ["=1+1"], ['=HYPERLINK("https://kwaad.example","klik")']])
    assert texts(read_here(content, Kind.XLSX))[1] == "=1+1"
    assert "HYPERLINK" in texts(read_here(content, Kind.XLSX))[2]
    assert texts(read_here(b"=cmd|' /C calc'!A0;+31\n", Kind.CSV)) == ["=cmd|' /C calc'!A0 | +31"]


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.MARKDOWN, Kind.CSV])
def test_nul_and_letters_that_turn_the_text_around_are_taken_out(kind: Kind) -> None:
    text = "We bouwen \u202eneziuh\u202c meer\u2066 dan\x00 ooit" + " en ooit" * 40
    (block,) = read_here(text.encode(), kind)
    assert not set(block.text) & set("\u202e\u202c\u2066\x00")


def test_letters_that_turn_the_text_around_are_taken_out_of_packed_files() -> None:
    part = Part("measure", "We bouwen \u202eneziuh\u202c meer")
    for content, kind in ((as_odt([part]), Kind.ODT), (as_docx([part]), Kind.DOCX)):
        assert texts(read_here(content, kind)) == ["We bouwen neziuh meer"]
