"""What a mail says: its text, what is folded away, who wrote it, whether anybody did."""

from __future__ import annotations

import io
from email.message import EmailMessage
from typing import Any

import pytest
from PIL import Image

from consultation.mailreading import quoting
from consultation.mailreading.charsets import decoded
from consultation.mailreading.html_text import text_of
from consultation.mailreading.reading import MOST_FILES, read
from consultation.mailreading.values import Gone, dump, load
from core import pictures
from tests.mails import mail

REPLY = """\
Goed plan, maar wel met een stoep.

Groet, Jan

{announced}
> Wat vindt u van het plan?
> Groet, de afdeling
"""
ANNOUNCED = [
    "Op ma 4 okt 2021 om 10:00 schreef De afdeling <inbreng@voorbeeld.nl>:",
    "Op 4 okt. 2021 om 10:00 heeft De afdeling <inbreng@voorbeeld.nl> het volgende geschreven:",
    "On Mon, 4 Oct 2021 at 10:00, The branch <inbreng@voorbeeld.nl> wrote:",
    "Op 4-10-2021 om 10:00 schreef De afdeling:",
    "-----Oorspronkelijk bericht-----\nVan: De afdeling\nVerzonden: maandag 4 oktober\nAan: Jan",
    "Van: De afdeling <inbreng@voorbeeld.nl>\nVerzonden: maandag 4 oktober 2021 10:00\nAan: Jan",
]


@pytest.mark.parametrize("announced", ANNOUNCED)
def test_an_answer_is_parted_from_what_it_answers(announced: str) -> None:
    found = quoting.split(REPLY.format(announced=announced))
    assert found.text.startswith("Goed plan, maar wel met een stoep.")
    assert "Wat vindt u" not in found.text
    assert "Wat vindt u van het plan?" in found.quoted


def test_a_list_with_dashes_is_no_signature() -> None:
    text = "Wij willen:\n- meer groen\n- een bankje\n- minder auto's"
    assert quoting.split(text) == quoting.Split(text, "")


def test_thanks_in_the_middle_cut_nothing() -> None:
    text = "Hallo.\n\nBedankt, voor de avond.\n\n" + "Nog een heel verhaal over de wijk. " * 40
    assert quoting.split(text).text == text.strip()


@pytest.mark.parametrize(
    "signature",
    ["-- \nJan\n06-12345678", "Met vriendelijke groet,\nJan", "Verzonden vanaf mijn iPhone"],
)
def test_a_signature_is_folded(signature: str) -> None:
    found = quoting.split(f"Een bankje graag.\n\n{signature}")
    assert found.text == "Een bankje graag."
    assert signature.strip().splitlines()[-1] in found.quoted


@pytest.mark.parametrize(
    "announced",
    [
        (
            "---------- Forwarded message ---------\nVan: Buur <buur@voorbeeld.nl>\n"
            "Date: ma 4 okt 2021\nSubject: Idee\nTo: <jan@voorbeeld.nl>\n"
        ),
        (
            "Begin doorgestuurd bericht:\n\nVan: Buur <buur@voorbeeld.nl>\nOnderwerp: Idee\n"
            "Datum: 4 oktober 2021\nAan: jan@voorbeeld.nl\n"
        ),
        (
            "-------- Doorgestuurd bericht --------\nOnderwerp: Idee\nDatum: Mon, 4 Oct 2021\n"
            "Van: Buur <buur@voorbeeld.nl>\nAan: jan@voorbeeld.nl\n"
        ),
    ],
)
def test_of_a_forward_without_a_word_the_forwarded_is_what_it_says(announced: str) -> None:
    found = quoting.split(f"\n\n{announced}\nDe lantaarns zijn stuk.\n")
    assert found.text == "De lantaarns zijn stuk."
    assert "buur@voorbeeld.nl" in found.quoted
    said = quoting.split(f"Zie hieronder, eens!\n\n{announced}\nDe lantaarns zijn stuk.\n")
    assert said.text == "Zie hieronder, eens!"
    assert "De lantaarns zijn stuk." in said.quoted


def test_a_chain_of_forwards_is_kept_whole() -> None:
    one = "Van: {0}\nVerzonden: maandag\nAan: {1}\nOnderwerp: Idee\n\n{2}\n\n"
    chain = "".join(one.format(f"p{n}", f"q{n}", f"Tekst {n}.") for n in range(5))
    found = quoting.split(chain)
    assert found.text == "Tekst 0."
    assert all(f"Tekst {n}." in found.quoted for n in range(1, 5))


def test_answers_between_the_lines_are_kept_without_the_lines() -> None:
    found = quoting.split(
        "Op ma 4 okt 2021 om 10:00 schreef Piet:\n> Meer groen?\nJa, graag.\n> Een bank?\nNee."
    )
    assert found.text == "Ja, graag.\nNee."
    assert "> Meer groen?" in found.quoted


def test_a_long_text_is_left_as_it_is() -> None:
    text = "woord " * 100_000
    assert quoting.split(text).text == text.strip()


def test_of_a_page_the_reader_sees_what_a_reader_sees() -> None:
    html = (
        "<html><head><title>Weg</title><style>p{}</style></head><body>"
        "<p>Meer&nbsp;groen</p><div style='display: none'>verborgen <b>ook</b></div>"
        "<script>alert(1)</script><p style='font-size:0px'>wit</p><span hidden>x</span>"
        "<ul><li>een<li>twee</ul>regel<br>nieuw <img src='http://x.nl/p.gif' alt='plaatje'>"
        "<p style='font-size:0.9em'>klein</p>"
        "<blockquote><p>Gezegd</p></blockquote></body></html>"
    )
    text = text_of(html)
    assert "Meer\xa0groen" in text
    assert "- een\n- twee" in text
    assert "regel\nnieuw" in text
    assert "klein" in text
    assert "> Gezegd" in text
    for gone in ("verborgen", "ook", "alert", "wit", "Weg", "p{}"):
        assert gone not in text


@pytest.mark.parametrize(
    "html", ["<" * 5000, "<div>" * 5000 + "diep", "</p></div>x", "<!--", "&#0;"]
)
def test_a_page_that_is_none_breaks_nothing(html: str) -> None:
    assert isinstance(text_of(html), str)


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("café".encode(), "utf-8"),
        ("café".encode("latin-1"), "iso-8859-1"),
        ("café".encode(), "iso-8859-1"),
        ("café".encode("latin-1"), "utf-8"),
        ("café".encode(), "us-ascii"),
        ("café".encode("cp1252"), "x-onbekend"),
        ("café".encode("cp1252"), ""),
        ("café".encode("utf-16"), "utf-16"),
        ("café".encode(), "rot13"),
        ("café".encode(), "\x00'"),
    ],
)
def test_a_charset_that_is_wrong_is_made_out(content: bytes, charset: str) -> None:
    assert decoded(content, charset) == "café"


def test_plain_text_comes_before_the_page_and_the_page_where_there_is_none() -> None:
    assert read(mail("Gewone tekst.", html="<p>Rijke tekst.</p>")).text == "Gewone tekst."
    assert read(mail(" ", html="<p>Rijke tekst.</p>")).text == "Rijke tekst."


def test_what_is_sent_along_is_kept_and_a_mail_in_it_gives_its_text() -> None:
    outer = EmailMessage()
    outer["From"] = "jan@voorbeeld.nl"
    inner = EmailMessage()
    inner["Subject"] = "Lantaarns"
    inner.set_content("De lantaarns zijn stuk.")
    inner.add_attachment(
        b"%PDF-1.4\n%%EOF", maintype="application", subtype="pdf", filename="a.pdf"
    )
    outer.set_content("\n")
    outer.add_attachment(inner)
    found = read(outer.as_bytes())
    assert found.text == "Lantaarns\n\nDe lantaarns zijn stuk."
    assert [(one.name, one.gone) for one in found.files] == [
        ("a.pdf", ""),
        ("Lantaarns.eml", Gone.MAIL),
    ]


@pytest.mark.parametrize(
    ("headers", "automatic", "no_answer"),
    [
        ({}, "", False),
        ({"Auto_Submitted": "no"}, "", False),
        ({"Auto_Submitted": "auto-replied"}, "reply", False),
        ({"Auto_Submitted": "auto-generated"}, "program", False),
        ({"X_Autoreply": "yes"}, "reply", False),
        ({"Precedence": "auto_reply"}, "reply", False),
        ({"Return_Path": "<>"}, "bounce", False),
        ({"X_Failed_Recipients": "a@b.nl"}, "bounce", False),
        ({"Precedence": "bulk"}, "", True),
        ({"List_Id": "<lijst.voorbeeld.nl>"}, "", True),
        ({"List_Unsubscribe": "<mailto:x@y.nl>"}, "", True),
    ],
)
def test_what_nobody_wrote_is_known_by_its_head(
    headers: dict[str, Any], automatic: str, no_answer: bool
) -> None:
    found = read(mail(**headers))
    assert (found.automatic, found.no_answer) == (automatic, no_answer)


@pytest.mark.parametrize(
    ("sender", "reply_to", "email", "no_answer"),
    [
        ("Jan <Jan@Voorbeeld.NL>", "", "jan@voorbeeld.nl", False),
        ("noreply@formulier.nl", "", "noreply@formulier.nl", True),
        ("Formulier <no-reply@formulier.nl>", "piet@voorbeeld.nl", "piet@voorbeeld.nl", True),
        ("", "", "", True),
        ("geen adres", "", "", True),
    ],
)
def test_the_sender_is_who_can_be_answered(
    sender: str, reply_to: str, email: str, no_answer: bool
) -> None:
    more: dict[str, Any] = {"Reply_To": reply_to} if reply_to else {}
    raw = mail(sender="", **more)
    found = read((f"From: {sender}\n".encode() if sender else b"") + raw)
    assert (found.sender_email, found.no_answer) == (email, no_answer)


def test_headers_in_any_writing_become_one_line() -> None:
    raw = (
        b"From: =?utf-8?q?J=C3=A1n?= <jan@voorbeeld.nl>\n"
        b"Subject: =?iso-8859-1?q?Caf=E9?= =?utf-8?b?IG9w?=\r\n =?x-niets?q?_t=65st?=\n"
        b"\nhoi\n"
    )
    found = read(raw)
    assert found.sender_name == "Ján"
    assert found.subject.startswith("Café op")
    assert "\n" not in found.subject
    assert read("Subject: Café\n\nx".encode()).subject == "Café"
    assert read("Subject: Café\n\nx".encode("latin-1")).subject == "Café"


def test_five_thousand_recipients_and_injected_lines_do_nothing() -> None:
    to = ", ".join(f"p{n}@voorbeeld.nl" for n in range(5000))
    raw = (
        f"From: a@b.nl\nTo: {to}\nSubject: =?utf-8?q?a=0D=0ABcc=3A_x=40y.nl=00?=\n\nhoi\x00\x01"
    ).encode()
    found = read(raw)
    assert found.subject in {"aBcc: x@y.nl", "a Bcc: x@y.nl"}
    assert found.text == "hoi"


def photo(kind: str = "JPEG", size: tuple[int, int] = (3000, 200)) -> bytes:
    out = io.BytesIO()
    notes = Image.Exif()
    notes[0x010F] = "Geheime Telefoon"
    notes[0x0112] = 6  # it was held on its side
    Image.new("RGB", size, "red").save(out, kind, exif=notes)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png")])
def test_a_photo_is_drawn_anew_upright_and_says_nothing_of_its_phone(
    kind: str, ending: str
) -> None:
    content = photo(kind)
    assert b"Geheime Telefoon" in content
    drawn, found = pictures.drawn_anew(content)
    assert found == ending
    assert b"Geheime Telefoon" not in drawn
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.width < picture.height <= pictures.LARGEST_SIDE
        assert not picture.getexif()


@pytest.mark.parametrize(
    "content", [b"\xff\xd8\xff" + b"x" * 90, b"\x89PNG\r\n\x1a\n", photo()[:200]]
)
def test_a_picture_that_is_none_is_not_kept(content: bytes) -> None:
    with pytest.raises(pictures.NoPicture):
        pictures.drawn_anew(content)
    found = read(mail(files=(("foto.jpg", content),)))
    assert [(one.name, one.gone) for one in found.files] == [("foto.jpg", Gone.PICTURE)]


def test_a_hundred_files_are_named_and_thirty_kept() -> None:
    found = read(mail(files=tuple((f"{n}.txt", b"hoi") for n in range(100))))
    assert len(found.files) == 100
    assert sum(not one.gone for one in found.files) == MOST_FILES


def test_of_a_beginning_no_file_is_kept() -> None:
    found = read(mail(files=(("plan.pdf", b"x" * 5000),))[:3000], partial=True)
    assert found.text == "Een bankje bij de vijver, graag."
    assert [(one.name, one.gone) for one in found.files] == [("plan.pdf", Gone.NOT_FETCHED)]


def test_a_mail_travels_whole() -> None:
    found = read(
        mail(
            "Hé\ud83d".encode("utf-8", "ignore").decode(), files=(("a", b"\x00\n\xff"), ("b", b""))
        )
    )
    assert load(dump(found)) == found
