"""The post of a demonstration keeps every mail as sent and shows the worst one harmlessly."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.core.mail.message import BadHeaderError
from django.test import Client
from django.urls import reverse

from core import clock
from demo.models import DemoMail

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
