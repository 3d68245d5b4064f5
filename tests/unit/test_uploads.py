"""Documents from outside: judged by their bytes, refused in one clear sentence, never unpacked."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from contextlib import suppress

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from core import uploads
from core.kinds import PICTURES
from core.sniffing import Reason
from core.uploads import Document, DocumentField, Kind, UploadRefused, inspect

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
TYPES = b'<Types><Override PartName="/word/document.xml" ContentType="main+xml"/></Types>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


DOCX = packed({"[Content_Types].xml": TYPES, "word/document.xml": b"<w:document/>"})
ODT = packed(
    {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": b"<office/>",
        "META-INF/manifest.xml": b"<manifest/>",
    }
)


def look(content: bytes, name: str) -> Document:
    return inspect(file=SimpleUploadedFile(name, content))


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(UploadRefused) as refused:
        look(content, name)
    return str(refused.value)


def sentence(reason: Reason) -> str:
    return str(uploads.SENTENCES[reason])


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "Programma 2022.pdf", Kind.PDF),
        (DOCX, "programma.DOCX", Kind.DOCX),
        (ODT, "programma.odt", Kind.ODT),
        ("Wij willen één school.\r\n\tMeer\f".encode(), "besluit.txt", Kind.TEXT),
    ],
)
def test_the_four_kinds_are_taken_under_a_random_name(
    content: bytes, name: str, kind: Kind
) -> None:
    document = look(content, name)
    assert document.kind is kind
    assert document.name == name
    assert document.file.read() == content
    assert "programma" not in document.stored_name.lower()
    assert uploads.kind_of_name(document.stored_name) is kind
    assert document.stored_name != look(content, name).stored_name


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PDF, "programma.docx"),
        (DOCX, "programma.pdf"),
        (DOCX, "programma.odt"),
        (b"tekst", "programma.pdf"),
        (PDF, "programma"),
        (PDF, "programma.pdf.exe"),
        (b"<script>alert(1)</script>", "pagina.html"),
    ],
)
def test_a_name_that_says_something_else_is_refused(content: bytes, name: str) -> None:
    assert refusal(content, name) == refusal(PDF, "programma.txt")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00\x03" + b"\0" * 100, "programma.txt"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "foto.txt"),
        ("één".encode("latin-1"), "oud.txt"),
        (b"", "leeg.pdf"),
        (OLE, "oud.doc"),
        (OLE, "geheim.docx"),
        (PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"), "geheim.pdf"),
        (PDF[:-8], "half.pdf"),
        (DOCX[:-40], "half.docx"),
        (DOCX[:200], "half.docx"),
        (packed({"xl/workbook.xml": b"<x/>", "[Content_Types].xml": TYPES}), "tabel.docx"),
        (packed({"mimetype": b"application/epub+zip", "content.xml": b"<x/>"}), "boek.odt"),
    ],
)
def test_other_old_encrypted_and_damaged_files_are_refused(content: bytes, name: str) -> None:
    assert refusal(content, name).endswith(".")


@pytest.mark.parametrize(
    "parts",
    [
        {
            "[Content_Types].xml": TYPES,
            "word/document.xml": b"<x/>",
            "word/vbaProject.bin": b"Sub AutoOpen",
        },
        {
            "[Content_Types].xml": b'<Types ContentType="document.macroEnabled.main+xml"/>',
            "word/document.xml": b"<x/>",
        },
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": b"<x/>",
            "Basic/Standard/Module1.xml": b"<x/>",
        },
    ],
)
def test_macros_are_refused(parts: dict[str, bytes]) -> None:
    name = "met.odt" if "mimetype" in parts else "met.docx"
    assert refusal(packed(parts), name) == sentence(Reason.MACROS)


def test_an_encrypted_archive_is_refused() -> None:
    content = bytearray(DOCX)
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(signature)
        content[at + offset] |= 1
    assert refusal(bytes(content), "geheim.docx") == refusal(
        PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"), "geheim.pdf"
    )
    hidden = packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": b"x",
            "META-INF/manifest.xml": b"<manifest:encryption-data/>",
        }
    )
    assert refusal(hidden, "geheim.odt") == refusal(bytes(content), "geheim.docx")


def test_a_small_file_that_asks_for_gigabytes_costs_nothing() -> None:
    content = bytearray(DOCX)
    at = content.find(b"PK\x01\x02")
    struct.pack_into("<L", content, at + 24, 3 * 1024**3)  # the size that it promises
    begun = time.monotonic()
    assert refusal(bytes(content), "bom.docx") == sentence(Reason.TOO_MUCH)
    assert time.monotonic() - begun < 1


def test_a_part_that_swells_too_much_is_refused() -> None:
    swelling = packed(
        {
            "[Content_Types].xml": TYPES,
            "word/document.xml": b"<x/>",
            "word/media/x.xml": b"\0" * 20_000_000,
        }
    )
    assert len(swelling) < 100_000
    assert refusal(swelling, "bom.docx") == sentence(Reason.TOO_MUCH)


def test_a_table_of_contents_of_megabytes_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(DOCX)
    at = content.rfind(b"PK\x05\x06")
    struct.pack_into("<L", content, at + 12, 5_000_000)

    def never(*_args: object) -> None:
        raise AssertionError

    monkeypatch.setattr(zipfile, "ZipFile", never)
    assert refusal(bytes(content), "bom.docx") == sentence(Reason.TOO_MUCH)


def test_a_part_that_does_not_unpack_is_damaged() -> None:
    content = bytearray(DOCX)
    at = content.find(b"PK\x03\x04") + 30 + len("[Content_Types].xml")
    content[at : at + 10] = b"\xff" * 10
    assert refusal(bytes(content), "stuk.docx").endswith(".")


def test_too_large_is_refused_by_size_alone() -> None:
    file = SimpleUploadedFile("groot.pdf", PDF)
    file.size = 10 * 1024 * 1024 + 1
    with pytest.raises(UploadRefused, match="10 MB"):
        inspect(file=file)


def test_shown_names_hold_no_folders_or_tricks() -> None:
    assert uploads.shown_name("C:\\fakepath\\besluit.pdf") == "besluit.pdf"
    assert uploads.shown_name("../../etc/passwd\u202e.pdf") == "passwd.pdf"
    assert len(uploads.shown_name("x" * 400 + ".pdf")) == 200
    assert uploads.shown_name("x" * 400 + ".pdf").endswith(".pdf")
    with pytest.raises(UploadRefused):
        uploads.shown_name("a\x00.pdf")


class Form(forms.Form):
    document = DocumentField(required=False)


def sent(**files: SimpleUploadedFile) -> Form:
    return Form({}, MultiValueDict({name: [file] for name, file in files.items()}))


def test_the_field_gives_a_document_nothing_or_a_sentence() -> None:
    form = sent()
    assert form.is_valid()
    assert form.cleaned_data["document"] is None
    form = sent(document=SimpleUploadedFile("a.pdf", PDF))
    assert form.is_valid()
    assert form.cleaned_data["document"].kind is Kind.PDF
    form = sent(document=SimpleUploadedFile("a.pdf", OLE))
    assert not form.is_valid()
    assert [error.code for error in form.errors["document"].as_data()] == ["refused"]


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", DOCX[:150]]))
def test_any_bytes_get_a_kind_or_a_sentence(content: bytes, start: bytes) -> None:
    with suppress(UploadRefused):
        assert look(start + content, "x.txt").kind is Kind.TEXT


def taken(content: bytes, name: str) -> Kind:
    return inspect(file=SimpleUploadedFile(name, content), kinds=set(Kind) - set(PICTURES)).kind


def refused_anywhere(content: bytes, name: str) -> str:
    with pytest.raises(UploadRefused) as refused:
        taken(content, name)
    return str(refused.value)


XLSX = packed({"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<workbook/>"})


@pytest.mark.usefixtures("english")
def test_other_kinds_are_taken_only_where_asked_for() -> None:
    assert taken(XLSX, "lijst.xlsx") is Kind.XLSX
    assert taken(b"a;b\n", "lijst.csv") is Kind.CSV
    assert taken(b"# Wonen\n", "programma.md") is Kind.MARKDOWN
    assert taken(b"Wonen\n", "programma.txt") is Kind.TEXT
    for content, name in ((XLSX, "lijst.xlsx"), (b"a;b\n", "lijst.csv"), (b"# W\n", "p.md")):
        assert "We cannot take this kind" in refusal(content, name)
    assert DocumentField().widget.attrs["accept"] == ".pdf,.docx,.odt,.txt"
    assert DocumentField(kinds=(Kind.CSV,)).help_text == "CSV (.csv), at most 10 MB."


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    "content",
    [
        "één €".encode("cp1252"),
        "één €".encode("utf-16"),
        "één".encode() + "één".encode("latin-1"),
        ("tekst " * 100 + "\x0b").encode(),
    ],
)
def test_what_is_only_read_may_be_in_any_encoding(content: bytes) -> None:
    assert taken(content, "oud.txt") is Kind.TEXT
    assert "We cannot read" in refusal(content, "oud.txt")


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "scan.pdf", "a picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "scan.png", "a picture"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 50, "scan.heic", "a picture"),
        (packed({"Index/Document.iwa": b"x"}), "programma.pages", "Apple Pages"),
        (packed({"programma.docx": DOCX}), "programma.zip", "a packed file"),
        (b"{\\rtf1 tekst}", "programma.rtf", "RTF"),
        (OLE, "programma.doc", "an old Word or Excel file"),
        (b"MZ\x90\x00\x03" + b"\0" * 100, "programma.txt", "cannot read"),
        (XLSX, "programma.docx", "name of this document"),
    ],
)
def test_what_cannot_be_read_is_told_what_it_is(content: bytes, name: str, words: str) -> None:
    sentence = refused_anywhere(content, name)
    assert words in sentence
    assert "{" not in sentence


def test_spreadsheets_with_macros_or_values_from_elsewhere_are_refused() -> None:
    parts = {"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<workbook/>"}
    for more, reason in (
        ({"xl/vbaProject.bin": b"Sub"}, Reason.MACROS),
        ({"xl/macrosheets/sheet1.xml": b"<x/>"}, Reason.MACROS),
        ({"[Content_Types].xml": b'"sheet.macroEnabled.main+xml"'}, Reason.MACROS),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, Reason.EXTERNAL),
    ):
        assert refused_anywhere(packed(parts | more), "lijst.xlsx") == sentence(reason)
