"""The transport of mail: one language, safe headers, the same id for the same mail."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives

from core import mail


def build(**more: Any) -> EmailMultiAlternatives:
    values: dict[str, Any] = {
        "name": "login_code",
        "to": "joke@voorbeeld.nl",
        "language": "en",
        "key": "login.1",
        "context": {"code": "1234-5678"},
    }
    return mail.build(**(values | more))


def test_one_mail_has_subject_text_and_html() -> None:
    message = build()
    assert message.subject == "Your code for Rode Draad: 1234-5678"
    assert "1234-5678" in message.body
    assert message.alternatives[0][1] == "text/html"
    assert re.fullmatch(r"<login\.1\.[0-9a-f]{16}@localhost>", message.extra_headers["Message-ID"])
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_same_key_is_the_same_id_and_cannot_break_out() -> None:
    assert build().extra_headers["Message-ID"] == build().extra_headers["Message-ID"]
    odd = build(key="a>\r\nBcc: x@y.nl <ü").extra_headers["Message-ID"]
    assert re.fullmatch(r"<a-Bcc-x-y\.nl-\.[0-9a-f]{16}@localhost>", odd)


def test_what_is_filled_in_cannot_become_a_header() -> None:
    message = build(
        context={"code": "1\r\nBcc: kwaad@voorbeeld.nl" + "x" * 500},
        headers={"List-Unsubscribe": "<http://a>\r\nBcc: kwaad@voorbeeld.nl"},
    )
    sent = message.message()
    assert "Bcc" not in sent
    assert len(message.subject) <= mail.SUBJECT_CHARACTERS
    assert message.recipients() == ["joke@voorbeeld.nl"]


def test_markup_is_text_in_both_parts() -> None:
    message = build(context={"code": "<b>&"})
    assert "<b>&" in message.body
    assert "&lt;b&gt;&amp;" in str(message.alternatives[0][0])


@pytest.mark.parametrize("to", ["", "geen", "a@b.nl\nBcc: x@y.nl", "a@b.nl, x@y.nl"])
def test_what_is_no_address_is_not_mailed(to: str) -> None:
    with pytest.raises(mail.BadAddress):
        build(to=to)
