"""The pages of mail: the mailbox, what was set aside, files of mail, and attachments (R21)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.enums import Role
from branches.models import AuditEntry
from consultation.mail_tasks import mailboxes
from consultation.mailreading.safely import read_safely
from consultation.models import (
    Attachment,
    Channel,
    Consultation,
    Contribution,
    IncomingMail,
    Mailbox,
    MailUpload,
)
from consultation.services import mail_uploads
from core.secrets_at_rest import unlock
from jobs.models import Job
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of
from tests.factories import MembershipFactory
from tests.integration.consultation.test_mails_hostile import came_in
from tests.mails import mail, numbered

pytestmark = pytest.mark.django_db

FORM = {
    "revision": 0,
    "address": "inbreng@afdeling.voorbeeld.nl",
    "password": "heel geheim",
    "which": "new",
    "security": "tls",
}


@pytest.fixture
def consultation() -> Consultation:
    return consultation_of()


@pytest.fixture
def page(
    client: Client, consultation: Consultation, sign_in: Callable[..., Client]
) -> Callable[..., Any]:
    """Return ``page(name, *args, data=None)``: what a board member is answered."""
    person = MembershipFactory.create(branch=consultation.branch, role=Role.BOARD).user
    sign_in(client, person)

    def ask(name: str, *args: object, data: dict[str, Any] | None = None) -> Any:
        path = reverse(f"consultation:{name}", args=[consultation.branch.slug, *args])
        return client.get(path) if data is None else client.post(path, data)

    return ask


def test_a_mailbox_is_guessed_kept_and_looked_into(
    page: Callable[..., Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks():
        assert page("mailbox", data=FORM).status_code == 302
    box = Mailbox.objects.get()
    assert (box.host, box.port, box.username, box.folder) == (
        "imap.afdeling.voorbeeld.nl",
        993,
        FORM["address"],
        "INBOX",
    )
    assert box.since == FIRST_DAY
    assert "heel geheim" not in box.secret
    assert unlock(box.secret, purpose="mailbox") == "heel geheim"
    channel = Channel.objects.get(kind="mail")
    assert (channel.address, channel.opened_on) == (box.address, FIRST_DAY)
    assert Job.objects.get().payload == {"mailbox_id": box.pk}
    assert "heel geheim" not in str(list(AuditEntry.objects.values_list("params", flat=True)))
    answer = page("mailbox").content.decode()
    assert "heel geheim" not in answer
    assert box.secret not in answer
    assert 'hx-trigger="every 2s"' in answer


def test_a_look_that_waits_is_not_asked_for_twice(page: Callable[..., Any]) -> None:
    page("mailbox", data=FORM)
    page("mailbox_look", data={})
    mailboxes()
    assert Job.objects.filter(handler="consultation.mailbox").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("password", "", 422),
        ("address", "geen adres", 422),
        ("host", "imaps://imap.voorbeeld.nl/", 302),
        ("host", "niet een server", 422),
        ("host", "a.b\r\nc", 422),
        ("which", "alles", 422),
        ("security", "open", 422),
    ],
)
def test_what_is_filled_in_is_looked_at(
    page: Callable[..., Any], field: str, value: str, status: int
) -> None:
    assert page("mailbox", data={**FORM, field: value}).status_code == status
    assert Mailbox.objects.exists() == (status == 302)


def test_the_second_of_two_who_fill_it_in_sees_both(page: Callable[..., Any]) -> None:
    page("mailbox", data=FORM)
    answer = page("mailbox", data={**FORM, "address": "ander@voorbeeld.nl"})
    assert answer.status_code == 409
    assert "heel geheim" not in answer.content.decode()


def test_without_a_new_password_the_old_one_stays_for_the_same_server(
    page: Callable[..., Any],
) -> None:
    page("mailbox", data=FORM)
    box = Mailbox.objects.get()
    again = {**FORM, "password": "", "revision": box.revision, "host": box.host}
    assert page("mailbox", data={**again, "folder": "Inbreng"}).status_code == 302
    box.refresh_from_db()
    again["revision"] = box.revision
    assert page("mailbox", data={**again, "host": "imap.dief.nl"}).status_code == 422
    box.refresh_from_db()
    assert (box.host, box.folder) == ("imap.afdeling.voorbeeld.nl", "Inbreng")


def test_taking_it_away_forgets_the_password_and_keeps_what_came_in(
    page: Callable[..., Any],
) -> None:
    page("mailbox", data=FORM)
    assert page("mailbox_remove").status_code == 200
    page("mailbox_remove", data={})
    assert not Mailbox.objects.exists()
    assert Channel.objects.filter(kind="mail").exists()


def test_what_is_wrong_is_told_on_the_page(page: Callable[..., Any]) -> None:
    page("mailbox", data=FORM)
    Job.objects.all().delete()
    Mailbox.objects.update(error="Zo is het.", error_since="2021-10-04T10:00Z")
    assert "Zo is het." in page("mailbox").content.decode()


def waiting() -> set[str]:
    """Return the files of mail that wait on the disk; other tests may have left some."""
    try:
        return set(default_storage.listdir("input/mail")[1])
    except FileNotFoundError:
        return set()


def test_files_of_mail_come_in_and_one_page_says_what_came_of_them(
    page: Callable[..., Any], django_capture_on_commit_callbacks: Any
) -> None:
    mbox = b"".join(
        b"From jan@voorbeeld.nl Mon Oct  4 10:00:00 2021\n" + one + b"\n>From hier af\n\n"
        for one in [*numbered(3), mail(Auto_Submitted="auto-replied", message_id="<a@v.nl>")]
    )
    files = [
        SimpleUploadedFile("alles.mbox", mbox),
        SimpleUploadedFile("een.eml", numbered(1)[0] + b"\nFrom hier af\n"),
        SimpleUploadedFile("brief.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600),
        SimpleUploadedFile("foto.eml", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
    ]
    before = waiting()
    with django_capture_on_commit_callbacks(execute=True):
        answer = page("mail_upload", data={"mails": files})
    row = MailUpload.objects.get()
    assert answer.status_code == 302
    assert (row.state, row.total, row.done) == ("done", 7, 7)
    assert (row.new, row.double, row.aside, len(row.refused)) == (3, 1, 1, 2)
    assert row.files == []
    assert waiting() == before
    first = Contribution.objects.order_by("pk")[0]
    assert first.text == "Wens nummer 0.\n\nFrom hier af"
    assert not first.contributor.letters.exists()  # type: ignore[union-attr]
    text = page("mail_uploaded", row.pk).content.decode()
    assert "brief.msg" in text
    assert "Outlook" in text
    assert page("mail_upload").status_code == 200


def test_a_worker_that_died_is_followed_by_one_that_goes_on(
    page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    mbox = b"\n".join(b"From j Mon Oct  4 10:00:00 2021\n" + one for one in numbered(4))
    page("mail_upload", data={"mails": SimpleUploadedFile("alles.mbox", mbox)})
    row = MailUpload.objects.get()
    assert row.state == "reading"
    real, seen = read_safely, []

    class Died(BaseException):
        pass

    def dies(raw: bytes) -> Any:
        seen.append(raw)
        if len(seen) == 3:
            raise Died
        return real(raw)

    monkeypatch.setattr(mail_uploads, "read_safely", dies)
    with pytest.raises(Died):
        mail_uploads.read(upload_id=row.pk, now=timezone.now(), today=FIRST_DAY)
    row.refresh_from_db()
    assert (row.done, Contribution.objects.count()) == (2, 2)
    assert "hx-get" in page("mail_uploaded", row.pk).content.decode()
    mail_uploads.read(upload_id=row.pk, now=timezone.now(), today=FIRST_DAY)
    row.refresh_from_db()
    assert (row.state, row.new, Contribution.objects.count()) == ("done", 4, 4)


@pytest.mark.parametrize("sent", [[], [SimpleUploadedFile("leeg.eml", b"")]])
def test_nothing_to_read_is_told(page: Callable[..., Any], sent: list[Any]) -> None:
    assert page("mail_upload", data={"mails": sent}).status_code == 422
    assert not MailUpload.objects.exists()


def test_what_was_set_aside_is_seen_and_taken_in(
    page: Callable[..., Any], consultation: Consultation
) -> None:
    row = IncomingMail.objects.create(
        consultation=consultation,
        digest="x",
        subject="Weg",
        quoted="Ik ben er <b>niet</b>.",
        remark="Een automatisch antwoord.",
        read_on=FIRST_DAY,
    )
    text = page("mail_aside").content.decode()
    assert "Een automatisch antwoord." in text
    assert "<b>niet</b>" not in text
    assert page("mail_take", row.pk, data={}).status_code == 302
    assert Contribution.objects.get().text == "Ik ben er <b>niet</b>."
    assert page("mail_aside").status_code == 200


def test_a_file_is_handed_over_as_a_download_and_never_shown(
    page: Callable[..., Any], consultation: Consultation
) -> None:
    page_in_text = b"<html><script>alert(1)</script></html>"
    came_in(consultation, mail(files=(("pagina.html", page_in_text), ("x.exe", b"MZ\x00"))))
    kept, refused = Attachment.objects.order_by("pk")
    answer = page("attachment", kept.pk)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer.content == page_in_text
    assert page("attachment", refused.pk).status_code == 404
    default_storage.delete(str(kept.file.name))
    assert page("attachment", kept.pk).status_code == 404
