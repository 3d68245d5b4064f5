"""A mailbox is read over IMAP from a real server: each mail once, whatever happens (R21)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from consultation.enums import LetterKind
from consultation.mail_words import GONE, TROUBLES
from consultation.mailreading.safely import read_safely
from consultation.mailreading.values import Gone
from consultation.models import (
    Attachment,
    Consultation,
    Contribution,
    IncomingMail,
    Letter,
    Mailbox,
)
from consultation.services import mail_reading, mails
from consultation.services.mail_reading import look
from consultation.services.mailboxes import Description, describe, remove
from core.imap import Trouble
from core.refusal import Refused
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of
from tests.factories import UserFactory
from tests.imap_server import PASSWORD, USER, ImapServer, imap_server
from tests.mails import mail, numbered

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ImapServer]:
    with imap_server(tmp_path_factory.mktemp("imap")) as server:
        yield server


@pytest.fixture
def server(running: ImapServer) -> ImapServer:
    running.another_box()
    return running


@pytest.fixture
def consultation() -> Consultation:
    return consultation_of()


def mailbox_of(consultation: Consultation, server: ImapServer, **fields: Any) -> Mailbox:
    said: dict[str, Any] = {
        "address": "inbreng@afdeling.voorbeeld.nl",
        "host": "localhost",
        "port": server.port,
        "security": "starttls",
        "username": USER,
        "folder": server.box,
        "since": None,
        "mark_seen": False,
    }
    return describe(
        consultation=consultation,
        description=Description(**said | fields),
        password=PASSWORD,
        revision=0,
        by=UserFactory.create(),
        today=FIRST_DAY,
        now=timezone.now(),
    )


def read(box: Mailbox) -> bool:
    more = look(mailbox_id=box.pk, now=timezone.now(), today=FIRST_DAY)
    box.refresh_from_db()
    return more


def test_a_mail_becomes_a_contribution_of_its_sender(
    server: ImapServer, consultation: Consultation
) -> None:
    box = mailbox_of(consultation, server)
    server.put([mail("Meer groen in de straat.\n\n-- \nJan\n06 12345678")])
    assert not read(box)
    row = Contribution.objects.get()
    assert row.text == "Meer groen in de straat."
    assert row.contributor is not None
    assert (row.contributor.name, row.contributor.email) == ("Jan Jansen", "jan@voorbeeld.nl")
    assert row.contributor.wants_answer
    assert row.role == ""
    assert row.channel.kind == "mail"
    assert row.channel.opened_on == FIRST_DAY
    assert row.received_on == FIRST_DAY
    assert row.mail.subject == "Een idee"
    assert "06 12345678" in row.mail.quoted
    assert (box.error, box.last_uid > 0) == ("", True)
    letter = Letter.objects.get()
    assert (letter.kind, letter.contribution) == (LetterKind.RECEIVED, row)
    assert server.seen() == 0


def test_looking_twice_reads_once_and_only_what_is_new(
    server: ImapServer, consultation: Consultation
) -> None:
    box = mailbox_of(consultation, server)
    server.put(numbered(3))
    read(box)
    read(box)
    server.put(numbered(2, first=3))
    read(box)
    assert sorted(Contribution.objects.values_list("text", flat=True)) == [
        f"Wens nummer {n}." for n in range(5)
    ]


def test_a_server_that_numbers_anew_is_read_anew_and_nothing_comes_twice(
    server: ImapServer, consultation: Consultation
) -> None:
    box = mailbox_of(consultation, server)
    server.put(numbered(3))
    read(box)
    first = box.uid_validity
    server.restart()
    server.put(numbered(5))
    read(box)
    assert box.uid_validity != first
    assert Contribution.objects.count() == 5


def test_the_same_mail_twice_in_the_box_is_there_once(
    server: ImapServer, consultation: Consultation
) -> None:
    box = mailbox_of(consultation, server)
    server.put([mail(), mail(), mail(message_id="<ander@voorbeeld.nl>")])
    read(box)
    assert Contribution.objects.count() == 2


def test_what_was_read_is_marked_only_where_that_is_asked(
    server: ImapServer, consultation: Consultation
) -> None:
    box = mailbox_of(consultation, server, mark_seen=True)
    server.put(numbered(2))
    read(box)
    assert server.seen() == 2


def test_a_mail_that_nobody_can_keep_stops_none_after_it_and_is_tried_again(
    server: ImapServer, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = mailbox_of(consultation, server)
    server.put(numbered(3))
    real = mails.keep

    def stumble(**what: Any) -> Any:
        if b"Wens nummer 1." in what["mail"].raw:
            raise RuntimeError("Wens nummer 1 van persoon1@voorbeeld.nl")
        return real(**what)

    with monkeypatch.context() as patched:
        patched.setattr(mails, "keep", stumble)
        read(box)
    assert Contribution.objects.count() == 2
    note = IncomingMail.objects.get(contribution=None)
    assert note.digest.startswith("uid:")
    assert note.remark
    read(box)
    assert Contribution.objects.count() == 3
    assert not IncomingMail.objects.filter(contribution=None).exists()


def test_no_room_on_the_disk_loses_nothing_and_is_told(
    server: ImapServer, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = mailbox_of(consultation, server)
    server.put([mail(files=(("plan.pdf", b"%PDF-1.4\n%%EOF"),))])

    def full(*_args: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.files.storage.FileSystemStorage.save", full)
        read(box)
    assert box.error
    assert box.last_uid == 0
    assert not Contribution.objects.exists()
    read(box)
    assert box.error == ""
    assert Attachment.objects.get().file_name == "plan.pdf"


def test_mails_of_before_the_day_are_left_alone(
    server: ImapServer, consultation: Consultation
) -> None:
    box = mailbox_of(consultation, server, since=timezone.localdate() + timedelta(days=2))
    server.put(numbered(2))
    read(box)
    assert not Contribution.objects.exists()
    Mailbox.objects.update(since=timezone.localdate() - timedelta(days=2))
    read(box)
    assert Contribution.objects.count() == 2


def test_of_a_mail_that_is_too_large_the_text_is_fetched(
    server: ImapServer, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consultation.mailreading.safely.LARGEST", 100_000)
    monkeypatch.setattr("consultation.mailreading.safely.BEGINNING", 20_000)
    box = mailbox_of(consultation, server)
    server.put([mail(files=(("kaart.pdf", b"%PDF-1.4\n" + b"x" * 200_000),)), *numbered(1)])
    read(box)
    assert Contribution.objects.count() == 2
    kept = Attachment.objects.get()
    assert (kept.file_name, bool(kept.file)) == ("kaart.pdf", False)
    assert kept.remark == str(GONE[Gone.NOT_FETCHED])


def test_a_mailbox_described_anew_while_it_is_read_is_left(
    server: ImapServer, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = mailbox_of(consultation, server)
    server.put(numbered(2))

    def meanwhile(*args: Any, **named: Any) -> Any:
        Mailbox.objects.filter(pk=box.pk).update(revision=box.revision + 1, folder="Anders")
        return read_safely(*args, **named)

    monkeypatch.setattr(mail_reading, "read_safely", meanwhile)
    read(box)
    assert not Contribution.objects.exists()
    assert box.last_uid == 0


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"username": "iemand"}, "password"),
        ({"folder": "Nergens"}, "folder"),
        ({"port": 1}, "no_answer"),
        ({"host": "bestaat-niet.invalid"}, "host"),
        ({"security": "tls"}, "no_tls"),
    ],
)
def test_what_is_wrong_is_told_in_plain_words_and_names_no_secret(
    server: ImapServer,
    consultation: Consultation,
    fields: dict[str, Any],
    told: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    box = mailbox_of(consultation, server, **fields)
    with caplog.at_level(logging.DEBUG):
        read(box)
    assert box.error == str(TROUBLES[Trouble(told)])
    assert box.error_since is not None
    assert PASSWORD not in caplog.text
    since = box.error_since
    read(box)
    assert box.error_since == since


def test_a_certificate_that_is_not_trusted_is_told(
    server: ImapServer, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    box = mailbox_of(consultation, server)
    read(box)
    assert box.error == str(TROUBLES[Trouble.CERTIFICATE])


def test_a_host_inside_is_refused_unless_the_operator_allows_it(
    server: ImapServer, consultation: Consultation, settings: Any
) -> None:
    box = mailbox_of(consultation, server)
    server.put(numbered(1))
    settings.MAILBOX_PRIVATE_HOSTS = False
    read(box)
    assert box.error
    assert not Contribution.objects.exists()
    settings.MAILBOX_PRIVATE_HOSTS = True
    read(box)
    assert box.error == ""


def test_a_password_under_a_lost_key_is_asked_for_again(
    server: ImapServer, consultation: Consultation, settings: Any
) -> None:
    box = mailbox_of(consultation, server)
    server.put(numbered(1))
    assert PASSWORD not in box.secret
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    read(box)
    assert box.error == ""
    settings.SECRET_KEY_FALLBACKS = []
    read(box)
    assert box.error


def test_another_server_asks_for_the_password_again(
    server: ImapServer, consultation: Consultation
) -> None:
    box = mailbox_of(consultation, server)
    change = {
        "consultation": consultation,
        "password": "",
        "revision": box.revision,
        "by": UserFactory.create(),
        "today": FIRST_DAY,
        "now": timezone.now(),
    }
    said = Description(
        address=box.address,
        host="imap.dief.voorbeeld",
        port=box.port,
        security=box.security,
        username=box.username,
        folder=box.folder,
        since=None,
        mark_seen=False,
    )
    with pytest.raises(Refused):
        describe(description=said, **change)
    box.refresh_from_db()
    assert box.host == "localhost"


def test_one_that_was_taken_away_is_not_read(
    server: ImapServer, consultation: Consultation
) -> None:
    box = mailbox_of(consultation, server)
    server.put(numbered(1))
    remove(mailbox=box, by=UserFactory.create(), today=FIRST_DAY)
    assert not look(mailbox_id=1, now=timezone.now(), today=FIRST_DAY)
    assert not Contribution.objects.exists()
