"""The post of a demonstration keeps every mail as sent and shows the worst one harmlessly."""

from __future__ import annotations

from datetime import timedelta
from email.utils import formataddr
from typing import Any

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.core.mail.message import BadHeaderError
from django.test import Client
from django.urls import reverse

from core import clock
from demo.models import DemoMail
from tests.clock import FIRST_DAY, FixedClock
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

HOSTILE = (
    "<script>top.location='https://evil.example'</script><style>@import url(//evil.example)</style>"
    "<img src=x onerror=alert(1)><form action=https://evil.example><button>Koop</button></form>"
)


@pytest.fixture(autouse=True)
def mailbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "demo.mailbox.MailboxBackend"


def send(subject: str = "Beste leden", html: str = "") -> DemoMail:
    message = EmailMultiAlternatives(
        subject,
        "Kijk op http://testserver/demo/ <script>alert(1)</script>",
        "Rode Draad <a@rodedraad.example>",
        ["één@harlingen.example"],
        bcc=["stil@harlingen.example"],
        headers={"Auto-Submitted": "auto-generated"},
    )
    if html:
        message.attach_alternative(html, "text/html")
    assert message.send() == 1
    return DemoMail.objects.latest("id")


def test_a_mail_is_kept_as_it_was_sent() -> None:
    row = send(html="<p>Hallo</p>")
    assert row.day == clock.today()
    assert row.subject == "Beste leden"
    assert row.recipients == "één@harlingen.example, stil@harlingen.example"
    assert "http://testserver/demo/" in row.text
    assert row.html.strip() == "<p>Hallo</p>"
    assert ["Auto-Submitted", "auto-generated"] in row.headers
    assert b"Auto-Submitted: auto-generated" in bytes(row.raw)
    assert b"stil@" not in bytes(row.raw)


def test_a_sender_is_named_as_people_read_it() -> None:
    assert send().sender == "Rode Draad <a@rodedraad.example>"
    coded = formataddr(("PvdA Één · Rode Draad", "a@rodedraad.example"))
    assert "Één" not in coded
    EmailMessage("s", "t", coded, ["c@d.example"]).send()
    assert DemoMail.objects.latest("id").sender == "PvdA Één · Rode Draad <a@rodedraad.example>"


def test_an_attachment_is_not_taken_for_the_text() -> None:
    message = EmailMessage("s", "de tekst", "a@b.example", ["c@d.example"])
    message.attach("lijst.txt", "geheim", "text/plain")
    message.send()
    assert DemoMail.objects.get().text.strip() == "de tekst"


def test_a_mail_to_nobody_is_not_sent_and_odd_characters_are_survived() -> None:
    assert EmailMessage("s", "t", "a@b.example", []).send() == 0
    send_mail("s", "voor\x00na", "a@b.example", ["c@d.example"])
    assert DemoMail.objects.get().text.strip() == "voorna"


def test_a_line_break_in_a_header_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(BadHeaderError):
        send("Hallo\nBcc: iedereen@evil.example")
    quiet = EmailMessage("a\nb", "t", "a@b.example", ["c@d.example"])
    assert quiet.send(fail_silently=True) == 0
    assert not DemoMail.objects.exists()


def test_hostile_html_has_no_way_out(client: Client) -> None:
    row = send(subject="<b>Let op</b>", html=HOSTILE)
    page = client.get(reverse("demo:mail", args=[row.pk]))
    text = page.content.decode()
    assert "<b>Let op</b>" not in text
    assert "<script>alert(1)" not in text
    assert "evil.example" not in text
    assert '<a href="http://testserver/demo/"' in text
    assert "sandbox" in text.split("<iframe", 1)[1].split(">", 1)[0]
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "unsafe-inline" not in page["Content-Security-Policy"]

    part = client.get(reverse("demo:mail_html", args=[row.pk]))
    policy = {
        piece.split(" ", 1)[0]: piece.partition(" ")[2]
        for piece in part["Content-Security-Policy"].split("; ")
    }
    assert policy == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "form-action": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'self'",
        "sandbox": "",
    }
    assert part["X-Frame-Options"] == "SAMEORIGIN"
    assert part["X-Content-Type-Options"] == "nosniff"


INVITATION = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@voorbeeld.nl\r\n"
    b"DTSTART;TZID=Europe/Amsterdam:20211102T200000\r\nSUMMARY:Leden <b>\\, samen\r\n"
    b"LOCATION:De Schakel\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def with_file(name: str, content: bytes, kind: str) -> DemoMail:
    message = EmailMessage("s", "t", "a@b.example", ["c@d.example"])
    message.attach(name, content, kind)
    message.send()
    return DemoMail.objects.latest("id")


@pytest.mark.usefixtures("english")
def test_a_calendar_file_is_told_in_words_and_saved_as_it_was_sent(client: Client) -> None:
    row = with_file("uitnodiging.ics", INVITATION, "application/ics")
    page = client.get(reverse("demo:mail", args=[row.pk]))
    (file,) = page.context["files"]
    assert file.is_calendar
    assert file.size == len(INVITATION)
    (event,) = file.events
    assert "2 november 2021, 20:00" in event.lower()
    assert "Leden <b>, samen (De Schakel)" in event
    assert "Leden &lt;b&gt;, samen (De Schakel)" in page.content.decode()
    saved = client.get(reverse("demo:mail_file", args=[row.pk, 1]))
    assert saved.content == INVITATION
    assert saved["Content-Type"] == "text/calendar; charset=utf-8"
    assert saved["Content-Disposition"] == 'attachment; filename="uitnodiging.ics"'
    assert client.get(reverse("demo:mail_file", args=[row.pk, 2])).status_code == 404
    assert client.get(reverse("demo:mail_file", args=[404, 1])).status_code == 404


@pytest.mark.parametrize(
    "content", [b"", b"geen agenda", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b"\xff\xfe\x00"]
)
def test_a_broken_calendar_file_does_not_break_the_page(client: Client, content: bytes) -> None:
    row = with_file("stuk.ics", content, "application/ics")
    assert client.get(reverse("demo:mail", args=[row.pk])).status_code == 200


def test_a_page_in_a_file_is_saved_and_never_opened_here(client: Client) -> None:
    row = with_file("lees.html", b"<script>alert(1)</script>", "text/html")
    saved = client.get(reverse("demo:mail_file", args=[row.pk, 1]))
    assert saved["Content-Type"] == "application/octet-stream"
    assert saved["Content-Disposition"].startswith("attachment;")


def test_links_and_the_stop_button_lead_to_our_own_pages_alone(client: Client) -> None:
    html = (
        "<p><a href='http://localhost:8000/ik/'>Mijn <b>gegevens</b></a> "
        "<a href='http://localhost:8000.evil.example/'>weg</a> <a href='javascript:x'>nee</a>"
        "<a href='http://localhost:8000/ik/'>nog eens</a><a>kaal</a></p>"
    )
    message = EmailMultiAlternatives(
        "s",
        "t",
        "a@b.example",
        ["c@d.example"],
        headers={"List-Unsubscribe": "<http://localhost:8000/mail/stop/x/>"},
    )
    message.attach_alternative(html, "text/html")
    message.send()
    page = client.get(reverse("demo:mail", args=[DemoMail.objects.latest("id").pk]))
    assert [(link.words, link.url) for link in page.context["links"]] == [
        ("Mijn gegevens", "http://localhost:8000/ik/")
    ]
    assert page.context["stop"] == "http://localhost:8000/mail/stop/x/"
    message.extra_headers["List-Unsubscribe"] = "<https://evil.example/stop/>"
    message.send()
    other = client.get(reverse("demo:mail", args=[DemoMail.objects.latest("id").pk]))
    assert other.context["stop"] == ""


def test_post_stands_under_its_day_and_one_persons_post_can_be_asked_for(client: Client) -> None:
    UserFactory(email="c@d.example", name="Carla")
    send("van gisteren")
    FixedClock.set_today(FIRST_DAY + timedelta(days=1))
    send("van vandaag")
    EmailMessage("voor Carla", "t", "a@b.example", ["c@d.example"]).send()
    page = client.get(reverse("demo:mailbox"))
    assert [(day, len(lines)) for day, lines in page.context["days"]] == [
        (FIRST_DAY + timedelta(days=1), 2),
        (FIRST_DAY, 1),
    ]
    assert "Carla" in [reader.name for reader in page.context["readers"]]
    hers = client.get(reverse("demo:mailbox"), {"aan": "c@d.example"})
    assert [
        (mail.subject, name) for _day, lines in hers.context["days"] for mail, name in lines
    ] == [("voor Carla", "Carla")]
    assert client.get(reverse("demo:mailbox"), {"aan": "niemand"}).status_code == 200


def test_the_list_is_searched_and_divided_into_pages(client: Client) -> None:
    for number in range(45):
        send(subject=f"Bericht {number}")
    first = client.get(reverse("demo:mailbox"))
    assert len(first.context["page"].object_list) == 40
    second = client.get(reverse("demo:mailbox"), {"page": "2"})
    assert len(second.context["page"].object_list) == 5
    found = client.get(reverse("demo:mailbox"), {"q": "bericht 44"})
    assert [mail.subject for mail in found.context["page"]] == ["Bericht 44"]
    assert client.get(reverse("demo:mailbox"), {"q": "x" * 5000, "page": "-1"}).status_code == 200


def test_an_empty_box_says_what_to_do_and_unknown_post_is_not_found(client: Client) -> None:
    assert client.get(reverse("demo:mailbox")).status_code == 200
    assert client.get(reverse("demo:mail", args=[404])).status_code == 404
    row = send()
    assert client.get(reverse("demo:mail", args=[row.pk])).status_code == 200
    assert client.get(reverse("demo:mail_html", args=[row.pk])).status_code == 404
