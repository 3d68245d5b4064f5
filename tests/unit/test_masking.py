"""Whatever words a log line is made of: no address, key, token or secret stands in it."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.masking import LONGEST, mask

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
LOCAL = st.text(string.ascii_letters + string.digits + "!#$%&'*+-/=?^_`{|}~.", min_size=1)
KEYS = st.text(string.ascii_letters + string.digits + "-_", min_size=22, max_size=64)
PATHS = (
    "/agenda/{}.ics",
    "/mail/stop/{}/",
    "/mail/stop/{}",
    "/uitnodiging/{}/",
    "/sessie/{}/stand/",
)


@given(before=WORDS, after=WORDS, local=st.text(string.ascii_letters, min_size=3, max_size=64))
def test_no_address_remains(before: str, after: str, local: str) -> None:
    for shape in ("{}@voorbeeld.nl", "<{}@voorbeeld.nl>", "{}%40voorbeeld.nl", "'{}@voorbeeld.nl'"):
        text = f"{before} {shape.format(local)} {after}"
        masked = mask(text)
        assert "@voorbeeld" not in masked
        assert "%40voorbeeld" not in masked
        # A part of a name may stand in the words around it; the whole address nowhere.
        assert masked.count(local) <= before.count(local) + after.count(local) + masked.count(
            "[address]"
        )


@given(local=LOCAL)
def test_whatever_a_name_is_made_of_its_domain_and_itself_go_together(local: str) -> None:
    masked = mask(f"550 5.1.1 <{local}@voorbeeld.nl>: no such person")
    assert "voorbeeld.nl" not in masked
    assert masked.endswith("no such person")


@given(key=KEYS, path=st.sampled_from(PATHS), before=WORDS)
def test_no_key_of_a_page_remains(key: str, path: str, before: str) -> None:
    masked = mask(f"{before} GET {path.format(key)} HTTP/1.1")
    assert masked.count(key) <= before.count(key)
    assert "[key]" in masked or "[address]" in masked or "[query]" in masked


@given(key=KEYS, name=st.sampled_from(["sessionid", "csrftoken", "csrfmiddlewaretoken", "token"]))
def test_no_value_of_a_session_remains(key: str, name: str) -> None:
    for text in (f"{name}={key}", f'"{name}": "{key}"', f"{{'{name}': '{key}'}}", f"{name}: {key}"):
        assert key not in mask(text)


@given(value=st.text(string.ascii_letters, min_size=3, max_size=30))
def test_no_query_string_remains(value: str) -> None:
    assert value not in mask(f"Not Found: /zoeken/?tekst={value}&meer={value}").replace(
        "Not Found: /zoeken/", ""
    ).replace("[query]", "")


@given(text=WORDS)
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask(text)
    assert mask(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "Internal Server Error: /afdeling/harlingen/tijdlijn/",
        "job 12 (notifications.send) failed, attempt 2",
        "programmes.reading.sandbox.ReadingFailed: the file has no text",
        "Waarom? Omdat het moet.",
        "2026-11-26T15:18:33 421 try again later",
    ],
)
def test_what_is_nobodys_secret_stays_readable(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "{'jan@voorbeeld.nl': (550, b'5.1.1 unknown')}",
            "{'[address]': (550, b'5.1.1 unknown')}",
        ),
        ("postgres://draad:geheim@host/db refused", "[address] refused"),
        (
            "duplicate\nDETAIL:  Key (lower(name))=(Jan Jansen) already exists.",
            "duplicate\nDETAIL:  Key (lower(name))=([value])",
        ),
        ("Failing row contains (7, Jan Jansen, x).", "Failing row contains ([value])"),
        ("session 7zq0x1k2m3n4p5q6r7s8t9u0 ended", "session [key] ended"),
        ("Authorization: Bearer abc.def", "Authorization=[secret]"),
    ],
)
def test_what_mail_servers_and_databases_repeat_is_taken_out(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_a_very_long_text_is_cut() -> None:
    assert len(mask("a" * 10 * LONGEST)) <= LONGEST + 1


def test_of_a_very_long_traceback_the_last_line_stays_and_half_a_key_does_not() -> None:
    line = f"  File x, /agenda/{'k' * 40}7.ics of jan@elders.nl\n"
    masked = mask(line * 5_000 + "ValueError: the disk is full")
    assert masked.endswith("\nValueError: the disk is full")
    assert len(masked) <= LONGEST + 2
    assert "elders" not in masked
    assert "kkk" not in masked.replace("[key]", "")
