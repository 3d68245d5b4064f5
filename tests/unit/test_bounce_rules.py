"""Reports of mails that did not arrive: what is about a mailbox, and nothing else, counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.rules.bounces import LARGEST, MOST_RECIPIENTS, is_gone, read
from tests.bounce_reports import POSTFIX, report

JAN = "jan@elders.nl"


@pytest.mark.parametrize("original", ["text/rfc822-headers", "message/rfc822"])
def test_a_mailbox_that_is_not_there(original: str) -> None:
    [bounce] = read(report(recipient="Jan@Elders.nl", message_id="<a-1@x>", original=original))
    assert (bounce.recipient, bounce.message_id, bounce.gone) == (JAN, "<a-1@x>", True)
    assert bounce.why == "550 5.1.1 <iemand>: Recipient address rejected: User unknown"


@pytest.mark.parametrize(
    ("status", "words", "gone"),
    [
        ("5.1.1", "550 no such user", True),
        ("5.1.2", "domain not found", True),
        ("5.2.1", "550 mailbox disabled", True),
        ("5.4.4", "unable to route", True),
        ("5.0.0", "550-5.1.1 The email account does not exist", True),
        ("5.0.0", "550 User unknown", True),
        ("", "550 User unknown", True),
        # Full, busy, or about us: the address may be fine.
        ("5.2.2", "552 5.2.2 mailbox full", False),
        ("4.2.2", "452 4.2.2 mailbox full", False),
        ("5.7.1", "550 5.7.1 message looks like spam", False),
        ("5.7.26", "550 5.7.26 not authenticated: SPF and DKIM did not pass", False),
        ("5.1.8", "553 5.1.8 sender domain does not exist", False),
        ("5.0.0", "550 5.7.1 blocked by 203.0.113.5", False),
        ("5.0.0", "554 message refused", False),
        ("4.4.7", "delivery time expired; was 550 5.1.1", False),
        ("5.0.0", "", False),
        ("", "", False),
    ],
)
def test_what_a_code_means_for_the_address(status: str, words: str, gone: bool) -> None:
    assert is_gone(status=status, diagnostic=words) is gone
    assert [one.gone for one in read(report(recipient=JAN, status=status, words=words))] == [gone]


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_only_what_failed_is_a_failure(action: str) -> None:
    assert read(report(recipient=JAN, action=action)) == []


def test_the_address_that_we_wrote_to_counts_beside_the_one_it_ended_at() -> None:
    raw = report(recipient=JAN).replace(
        b"Final-Recipient: rfc822; jan@elders.nl", b"Final-Recipient: rfc822; ander@verder.nl"
    )
    assert [one.recipient for one in read(raw)] == [JAN, "ander@verder.nl"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: Afwezig\n\nIk ben er niet. 550 5.1.1 jan@elders.nl",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x--",
        b"Content-Type: multipart/report; report-type=disposition-notification; boundary=x\n\n",
        POSTFIX.split("Final-Recipient", 1)[0].encode(),
        report(recipient="geen adres"),
        report(recipient=JAN).replace(b"rfc822;", b"x400;"),
    ],
)
def test_what_is_no_report_says_nothing(raw: bytes) -> None:
    assert read(raw) == []


def test_hostile_reports_are_bounded() -> None:
    block = "Final-Recipient: rfc822; x{}@elders.nl\nAction: failed\nStatus: 5.1.1\n\n"
    many = POSTFIX.format(
        recipient=JAN, action="failed", status="5.1.1", words="x", original="a/b", message_id=""
    ).replace(
        "Final-Recipient: rfc822; jan", "".join(block.format(n) for n in range(5000)) + "X: y"
    )
    assert len(read(many.encode())) <= MOST_RECIPIENTS
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(5000))
    assert read(deep.encode()) == []
    assert read(report(recipient=JAN) + b"x" * (50 * LARGEST)) != []
    assert (
        read(
            b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n"
            + b"--x\n" * 100_000
        )
        == []
    )


def test_a_line_break_in_the_words_is_none() -> None:
    raw = report(recipient=JAN, words="550 5.1.1\n  Bcc: iedereen@voorbeeld.nl\x1b[31m")
    assert read(raw)[0].why.isprintable()


@given(noise=st.binary(max_size=400), cut=st.integers(0, 1500), at=st.integers(0, 1500))
def test_damage_anywhere_is_no_crash(noise: bytes, cut: int, at: int) -> None:
    whole = report(recipient=JAN)
    for bounce in read(whole[:at] + noise + whole[at + cut :]):
        assert "@" in bounce.recipient
        assert bounce.why.isprintable()
        assert len(bounce.why) <= 200
