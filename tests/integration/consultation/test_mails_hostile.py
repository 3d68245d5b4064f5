"""Mails as they really are, and as somebody makes them who means harm: kept, and never a crash."""

from __future__ import annotations

import hashlib
import io
import struct
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import default_storage
from PIL import Image

from consultation import mail_words
from consultation.mailreading.safely import LARGEST, Unreadable, read_safely
from consultation.models import Attachment, Consultation, Contribution, IncomingMail, Letter
from consultation.models.contribution import LONGEST
from consultation.services.mails import Mail, Outcome, keep, take_after_all
from core import sandbox
from core.refusal import Refused
from tests.clock import FIRST_DAY
from tests.consultation_factories import channel_of, consultation_of
from tests.factories import UserFactory
from tests.mails import mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> Consultation:
    return consultation_of()


def came_in(
    consultation: Consultation, raw: bytes, *, day: date = FIRST_DAY, answer: bool = True
) -> Outcome:
    try:
        read = read_safely(raw)
    except Unreadable:
        read = None
    return keep(
        consultation=consultation,
        channel=channel_of(consultation, "mail"),
        mail=Mail(
            raw=raw,
            read=read,
            received_on=day,
            answer=answer,
            own_addresses=frozenset({"inbreng@afdeling.voorbeeld.nl"}),
        ),
        today=FIRST_DAY,
    )


def test_the_same_mail_comes_in_once_by_whatever_way(consultation: Consultation) -> None:
    assert came_in(consultation, mail()) is Outcome.NEW
    assert came_in(consultation, b"Received: elders\n" + mail()) is Outcome.DOUBLE
    bare = mail(message_id="")
    assert came_in(consultation, bare) is Outcome.NEW
    assert came_in(consultation, bare.replace(b"\n", b"\r\n")) is Outcome.DOUBLE
    # The same name in another's hand is another mail.
    assert came_in(consultation, mail(sender="dief@voorbeeld.nl")) is Outcome.NEW


def test_a_mail_without_text_says_what_its_subject_says(consultation: Consultation) -> None:
    came_in(consultation, mail(" ", subject="Fwd: Re: Meer bankjes"))
    came_in(consultation, mail(" ", subject="Re:", message_id="<2@x>"))
    came_in(consultation, mail(" ", subject="", message_id="<3@x>", files=(("a.txt", b"hoi"),)))
    with mail_words.of_the_house():
        expected = ["Meer bankjes", str(mail_words.NO_TEXT), str(mail_words.ONLY_FILES)]
    assert list(Contribution.objects.order_by("pk").values_list("text", flat=True)) == expected


def test_forty_megabytes_of_attachments_leave_the_text_and_their_names(
    consultation: Consultation,
) -> None:
    raw = mail(files=(("film.mp4", b"\x00" * (30 * 1024 * 1024)),))
    assert len(raw) > LARGEST + 10 * 1024 * 1024
    came_in(consultation, raw)
    assert Contribution.objects.get().text == "Een bankje bij de vijver, graag."
    kept = Attachment.objects.get()
    assert (kept.file_name, bool(kept.file)) == ("film.mp4", False)
    assert kept.remark


def test_what_is_no_document_is_named_and_not_kept(consultation: Consultation) -> None:
    files = (
        ("virus.exe", b"MZ\x00\x01\x02\x03"),
        ("brief.docm", b"PK\x03\x04macro"),
        ("leeg.pdf", b""),
        ("groot.pdf", b"%PDF-1.4\n" + b"x" * (11 * 1024 * 1024)),
        ("../../etc/passwd", b"root:x"),
        ("plan.PDF", b"%PDF-1.4\n%%EOF"),
        ("naamloos", b"gewone tekst"),
    )
    came_in(consultation, mail(files=files))
    rows = {row.file_name: row for row in Attachment.objects.all()}
    stored = {name for name, row in rows.items() if row.file}
    assert stored == {"passwd.txt", "plan.PDF", "naamloos.txt"}
    assert all(row.remark for name, row in rows.items() if name not in stored)
    for name in stored:
        path = str(rows[name].file.name)
        assert path.startswith("input/")
        assert "passwd" not in path
        assert "plan" not in path


def test_a_photo_is_kept_without_where_it_was_taken(consultation: Consultation) -> None:
    out, notes = io.BytesIO(), Image.Exif()
    notes[0x010F] = "Geheime Telefoon"
    Image.new("RGB", (400, 300), "red").save(out, "JPEG", exif=notes)
    came_in(consultation, mail(files=(("IMG_1.JPEG", out.getvalue()),)))
    kept = Attachment.objects.get()
    assert kept.file_name == "IMG_1.jpg"
    with kept.file.open("rb") as file:
        assert b"Geheime Telefoon" not in file.read()


def winmail(name: bytes, content: bytes, body: bytes) -> bytes:
    """Return what an old Outlook packs: a text, and one file."""

    def part(level: int, kind: int, data: bytes) -> bytes:
        return (
            struct.pack("<BII", level, kind, len(data))
            + data
            + struct.pack("<H", sum(data) & 0xFFFF)
        )

    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + part(1, 0x00089006, struct.pack("<I", 0x10000))
        + part(1, 0x0002800C, body + b"\x00")
        + part(2, 0x00069002, b"\x00" * 14)
        + part(2, 0x00018010, name + b"\x00")
        + part(2, 0x0006800F, content)
        + part(1, 0x00089006, struct.pack("<I", 0x10000))
    )


def test_a_winmail_is_opened(consultation: Consultation) -> None:
    packed = winmail(b"plan.txt", b"Het plan zelf.", b"Zie het plan.")
    came_in(consultation, mail(" ", subject="", files=(("winmail.dat", packed),)))
    assert Contribution.objects.get().text == "Zie het plan."
    kept = Attachment.objects.get()
    assert kept.file_name == "plan.txt"
    with kept.file.open("rb") as file:
        assert file.read() == b"Het plan zelf."


@pytest.mark.parametrize("cut", [4, 30, 90])
def test_a_winmail_that_is_broken_is_named(consultation: Consultation, cut: int) -> None:
    packed = winmail(b"plan.txt", b"Het plan zelf.", b"Zie het plan.")[:cut]
    came_in(consultation, mail(files=(("winmail.dat", packed or b"x"),)))
    assert Contribution.objects.get().text == "Een bankje bij de vijver, graag."
    assert not any(row.file for row in Attachment.objects.all())


def test_a_very_long_mail_is_kept_whole_as_a_file(consultation: Consultation) -> None:
    came_in(consultation, mail("Een lang verhaal. " * 60_000))
    row = Contribution.objects.get()
    assert len(row.text) <= LONGEST
    with Attachment.objects.get().file.open("rb") as file:
        assert len(file.read()) > 300_000


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00" * 1000,
        b"\xff\xfe" * 500,
        b"From: a@b.nl\nSubject: x\x00y\n\na\x00b\xed\xa0\x80",
        b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n" * 2000,
        b"Content-Type: multipart/mixed; boundary=\n\n--\n",
        b"Content-Type: text/plain; charset=nergens\nContent-Transfer-Encoding: base64\n\n%%%",
        b"Content-Type: text/html\n\n" + b"<div>" * 20_000,
        b"From: " + b"x" * 100_000 + b"@b.nl\n\nhoi",
        b"Subject: " + b"=?utf-8?q?" * 5000 + b"\n\nhoi",
        b"Date: niets\nMessage-ID: " + b"<" * 3000 + b"\n\nhoi",
        b"\n\n\n",
    ],
    ids=range(11),
)
def test_what_is_hardly_a_mail_is_kept_all_the_same(consultation: Consultation, raw: bytes) -> None:
    assert came_in(consultation, raw) is Outcome.NEW
    assert Contribution.objects.get().text.strip()


def test_a_mail_that_breaks_its_reader_is_kept_as_it_is(
    consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def broken(_module: str, *how: str, **_named: object) -> bytes:
        asked.append(how)
        raise sandbox.Broken(too_heavy=True)

    monkeypatch.setattr(sandbox, "ask", broken)
    raw = mail()
    came_in(consultation, raw)
    assert asked == [(), ("bare",)]
    with mail_words.of_the_house():
        assert Contribution.objects.get().text == str(mail_words.UNREADABLE)
    kept = Attachment.objects.get()
    assert kept.file_name == "mail.eml"
    with kept.file.open("rb") as file:
        assert file.read() == raw


def test_what_a_worker_left_behind_is_written_over(consultation: Consultation) -> None:
    raw = mail(files=(("plan.pdf", b"%PDF-1.4\n%%EOF"),))
    came_in(consultation, raw)
    path = str(Attachment.objects.get().file.name)
    Contribution.objects.all().delete()
    IncomingMail.objects.all().delete()
    assert default_storage.exists(path)
    came_in(consultation, raw)
    assert Attachment.objects.get().file.name == path


@pytest.mark.parametrize(
    ("headers", "sender"),
    [
        ({"Precedence": "bulk"}, "jan@voorbeeld.nl"),
        ({"List_Id": "<l.voorbeeld.nl>"}, "jan@voorbeeld.nl"),
        ({}, "noreply@voorbeeld.nl"),
        ({}, "inbreng@afdeling.voorbeeld.nl"),
        ({}, django_settings.DEFAULT_FROM_EMAIL),
        ({"In_Reply_To": "<letter.1.abc@localhost>"}, "jan@voorbeeld.nl"),
    ],
)
def test_these_are_contributions_and_get_no_answer(
    consultation: Consultation, headers: dict[str, Any], sender: str
) -> None:
    assert came_in(consultation, mail(sender=sender, **headers)) is Outcome.NEW
    assert not Letter.objects.exists()


def test_a_sender_is_answered_once_a_day_and_not_for_old_mail(consultation: Consultation) -> None:
    came_in(consultation, mail(), day=FIRST_DAY - timedelta(days=9))
    assert not Letter.objects.exists()
    for number in range(3):
        came_in(consultation, mail(f"Wens {number}", message_id=f"<{number}@v.nl>"))
    assert Letter.objects.count() == 1
    came_in(consultation, mail(sender="piet@voorbeeld.nl"))
    assert Letter.objects.count() == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Return_Path": "<>"},
        {"message_id": "<digest.1.abc@localhost>"},
    ],
)
def test_what_nobody_wrote_is_set_aside_with_why_and_can_be_taken_in(
    consultation: Consultation, headers: dict[str, Any]
) -> None:
    assert came_in(consultation, mail("Ik ben er niet.", **headers)) is Outcome.ASIDE
    assert not Contribution.objects.exists()
    row = IncomingMail.objects.get()
    assert row.remark
    assert row.quoted == "Ik ben er niet."
    by = UserFactory.create()
    taken = take_after_all(row=row, by=by, today=FIRST_DAY)
    assert taken.text == "Ik ben er niet."
    with pytest.raises(Refused):
        take_after_all(row=row, by=by, today=FIRST_DAY)
    assert Contribution.objects.count() == 1


def test_the_reader_sees_no_secret_and_writes_nothing() -> None:
    code = "consultation.mailreading.child"
    found = sandbox.ask(code, content=mail(), seconds=30)
    assert b"bankje" in found
    assert hashlib.sha256(found).hexdigest()
