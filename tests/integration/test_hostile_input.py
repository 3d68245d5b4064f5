"""What nobody types but an attacker sends, to every form: refused or cleaned, never a crash."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import quote_from_bytes
from uuid import UUID

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, models, transaction
from django.urls import reverse

from tests.integration.access import fixtures
from tests.integration.access.cast import Persona, World
from tests.integration.access.row import Row
from tests.integration.access.rows import BY_NAME, ROWS
from tests.integration.access.walk import changed, digest, path_of, routes

built, world = fixtures.built, fixtures.world

ACTS = [row for row in ROWS if row.allowed("POST")]
LOOKS = [row for row in ROWS if row.allowed("GET")]
LONG_NUMBER = "9" * 5000
BITS: dict[str, bytes] = {
    "NUL": b"a\x00b",
    "half a character": b"a\xed\xa0\x80b",
    "no UTF-8": b"\xff\xfe\x80",
    "right to left": "a\u202ebc\u2066d".encode(),
    "long number": LONG_NUMBER.encode(),
    "negative": b"-1",
    "infinity": b"Infinity",
    "largest": str(2**63).encode(),
    "long": b"x" * 100_000,
    "lines": b"a\r\nSubject: b\r\n\r\nc",
    "markup": b"<script>alert(1)</script>{{ 7 }}%(x)s%s",
    "empty": b"",
    "spaces": "\u2003\t ".encode(),
    "day before all days": b"0001-01-01",
    "last of all days": b"9999-12-31",
    "no day": b"2021-02-30",
    "other digits": "٢٠٢١-١٠-٠٤".encode(),
    "list": b"[1, 2]",
    "object": b'{"a": {"b": []}}',
    "half a key": b'{"id": "eA", "rawId": "eA", "type": "public-key", "response": {}}',
    "broken key": b'{"id": "eA", "rawId": "eA", "type": "public-key", "response": '
    b'{"clientDataJSON": "eA", "attestationObject": "eA", "authenticatorData": "eA", '
    b'"signature": "eA", "userHandle": "eA"}}',
    "key of numbers": b'{"id": 1, "rawId": 2, "type": 3, "response": {"clientDataJSON": 4}}',
    "half a character in a key": b'{"id": "\\ud800", "rawId": "\\ud800", "response": []}',
    "deep": b"[" * 50_000,
}
# What a page may keep of a person is never one of these, in the tables of any room of ours.
NEVER_STORED = ("\x00", "\u202e", "\u2066")
TEXT_OF_PEOPLE = {
    "branches",
    "consultation",
    "evaluation",
    "jobs",
    "monitor",
    "notifications",
    "process",
    "programmes",
}
FORM = "application/x-www-form-urlencoded"
BODIES = (
    (b'{"a": 1}', "application/json"),
    (b"\x00\xff" * 100, FORM),
    (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
    (b"", "multipart/form-data"),
    (b"\xff", "multipart/form-data; boundary=\xff"),
    (b"x=1", f"{FORM}; charset=nergens"),
    (b"x=1", f"{FORM}; charset=utf-16"),
)
# Everything that some page reads from its address, and the pages that read something.
ASKED = [
    "scherm",
    "vanaf",
    "page",
    "q",
    "by",
    "verkiezing",
    "dag",
    "soort",
    "vergadering",
    "naam",
    "next",
    "provincie",
    "stand",
    "fase",
    "volgorde",
    "stuk",
    "beeld",
    "regio",
    "grootte",
    "mijlpaal",
    "staat",
    "contact",
    "terug",
    "deel",
    "item",
    "bij",
    "weg",
    "programme",
    "kind",
    "hoofdstuk",
    "welke",
    "oordeel",
    "versie",
    "herinnering",
    "taal",
    "bedankt",
    "antwoord",
    "gevraagd",
    "verstuurd",
    "jaar",
    "voorstel",
]
READ_THE_ADDRESS = {
    "consultation:session_board",
    "consultation:forget",
    "consultation:form",
    "consultation:form_embedded",
    "consultation:mail_aside",
    "consultation:outcome",
    "consultation:thanks",
    "account_login",
    "branches:history",
    "consultation:stakeholders",
    "demo:mailbox",
    "evaluation:carry",
    "evaluation:carry_over",
    "evaluation:follow",
    "evaluation:follow_confirm",
    "evaluation:follow_stop",
    "evaluation:propose_update",
    "evaluation:ten_proposals",
    "evaluation:public_pledge",
    "evaluation:public_ten",
    "evaluation:report_pdf",
    "evaluation:ten_atom",
    "evaluation:ten_embed",
    "evaluation:ten_ical",
    "evaluation:ten_image",
    "evaluation:ten_preview",
    "monitor:national",
    "monitor:national_export",
    "monitor:polling_day",
    "process:branch_calendar",
    "process:calendar",
    "process:decision_new",
    "process:feed",
    "process:meetings",
    "process:milestone",
    "process:milestone_move",
    "process:national_calendar",
    "process:timeline",
    "process:timetable",
    "programmes:import",
    "programmes:import_new",
    "programmes:programme",
}
# To each form by itself; all of them come by in the three hundred spoilt ones.
NASTIEST = (
    "NUL",
    "half a character",
    "no UTF-8",
    "right to left",
    "long number",
    "largest",
    "long",
    "markup",
    "day before all days",
)
FEW_BITS = ("half a character", "long number")
SEED, TRIES = 20211004, 300


def name(row: Row) -> str:
    return row.name


# Who gets as far as the form, where that is not the board.
FILLS_IN = {
    "account_login": Persona.ANONYMOUS,
    "account_request_login_code": Persona.ANONYMOUS,
    "account_confirm_login_code": Persona.WAITING,
    "branches:invitation": Persona.ANONYMOUS,
    "mfa_authenticate": Persona.HALFWAY,
    "mfa_login_webauthn": Persona.ANONYMOUS,
    "mfa_reauthenticate": Persona.NATIONAL,
    "process:diversity": Persona.COMMITTEE,
}


def persona_for(row: Row, method: str = "POST") -> Persona:
    """Return somebody who gets as far as the form."""
    allowed = row.allowed(method)
    if row.name in FILLS_IN:
        return FILLS_IN[row.name]
    return Persona.BOARD if Persona.BOARD in allowed else allowed[0]


def encoded(pairs: list[tuple[str, bytes]]) -> bytes:
    return "&".join(
        f"{quote_from_bytes(key.encode())}={quote_from_bytes(value)}" for key, value in pairs
    ).encode()


def valid(row: Row, world: World) -> dict[str, bytes]:
    return {key: str(value).encode() for key, value in row.data(world).items()}


def send(world: World, row: Row, pairs: list[tuple[str, bytes]]) -> Any:
    path = path_of(row, world)
    return world.ask(persona_for(row), "POST", path, encoded(pairs), content_type=FORM)


def check_answer(row: Row, response: Any, before: dict[str, str], told: object) -> None:
    """Never a crash; and unless it led on to a page (it was accepted), nothing was written."""
    assert 200 <= response.status_code < 500, told
    if response.status_code in {301, 302, 303}:
        stored = _texts()
        assert not [mark for mark in NEVER_STORED if mark in stored], told
    else:
        assert set(changed(before)) <= row.looking_writes, told


def _texts() -> str:
    """All text of our own tables, in one string."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            columns = [
                field.column
                for field in model._meta.concrete_fields
                if isinstance(field, models.CharField | models.TextField | models.JSONField)
            ]
            if columns and model._meta.app_label in TEXT_OF_PEOPLE:
                listed = ", ".join(f'"{column}"' for column in columns)
                cursor.execute(f'SELECT {listed} FROM "{model._meta.db_table}"')  # noqa: S608
                found.extend(str(value) for line in cursor.fetchall() for value in line)
    return "\n".join(found)


def attempt(row: Row, before: dict[str, str], act: Callable[[], Any], told: object) -> None:
    """Send once and take back what it did."""
    cache.clear()
    with transaction.atomic():
        response = act()
        check_answer(row, response, before, told)
        response.close()
        transaction.set_rollback(True)


@pytest.fixture
def calm(world: World) -> World:
    """The world behind a server that answers a crash with 500, as a real one does."""
    world.client.raise_request_exception = False
    return world


@pytest.mark.parametrize("row", ACTS, ids=name)
def test_every_field_at_once(row: Row, calm: World) -> None:
    form, before = valid(row, calm), digest()
    for what in BITS if "credential" in form else NASTIEST:
        pairs = [(key, BITS[what]) for key in form] or [("iets", BITS[what])]
        attempt(row, before, partial(send, calm, row, pairs), what)


@pytest.mark.parametrize("row", ACTS, ids=name)
def test_too_many_and_unknown_fields(row: Row, calm: World) -> None:
    form, before = list(valid(row, calm).items()), digest()
    cases = {
        "1,001 fields": [*form, *((f"veld{number}", b"x") for number in range(1001))],
        "unknown fields": [*form, ("a\x00b", b"x"), ("\u202e", b"x"), ("", b"x")],
        "every field twice": [*form, *form],
        "nothing": [],
    }
    for told, pairs in cases.items():
        attempt(row, before, partial(send, calm, row, pairs), told)


# Django reads the body before any view of ours: a quarter of the forms stands for all.
@pytest.mark.parametrize("row", ACTS[::4], ids=name)
def test_bodies_that_are_no_form(row: Row, calm: World) -> None:
    path, persona, before = path_of(row, calm), persona_for(row), digest()
    for body, kind in BODIES:
        attempt(row, before, partial(calm.send_body, persona, path, body, kind), kind)


@pytest.mark.parametrize("row_name", ["mfa_authenticate", "mfa_login_webauthn"])
def test_a_key_that_is_none(row_name: str, calm: World) -> None:
    """The page for the second step takes a code or a key: rows fill in the code."""
    row, before = BY_NAME[row_name], digest()
    for what, bits in BITS.items():
        attempt(row, before, partial(send, calm, row, [("credential", bits)]), what)


def test_three_hundred_spoilt_forms(calm: World) -> None:
    """Valid forms in which some fields are spoilt: the rest still looks right."""
    chance = random.Random(SEED)  # noqa: S311 - a test that can be run again
    rows, before = [row for row in ACTS if row.data(calm)], digest()
    for number in range(TRIES):
        row = chance.choice(rows)
        form = valid(row, calm)
        spoilt = chance.sample(sorted(form), k=chance.randint(1, len(form)))
        whats = {key: chance.choice(sorted(BITS)) for key in spoilt}
        pairs = [(key, BITS[whats[key]] if key in whats else value) for key, value in form.items()]
        told = f"{SEED}, try {number}: {row.name} {whats}"
        attempt(row, before, partial(send, calm, row, pairs), told)


@pytest.mark.parametrize("row", LOOKS, ids=name)
def test_addresses_that_ask_for_strange_things(row: Row, calm: World) -> None:
    path, persona = path_of(row, calm), persona_for(row, "GET")
    for what in BITS if row.name in READ_THE_ADDRESS else FEW_BITS:
        value = quote_from_bytes(BITS[what][:6000])
        query = "&".join(f"{key}={value}" for key in ASKED)
        response = calm.ask(persona, "GET", f"{path}?{query}")
        assert response.status_code < 500, what
        response.close()


# Who stopped is deleted: a link of nobody says, as theirs does, that no mail comes.
SAME_FOR_NOBODY = {"evaluation:follow_stop"}


def test_ids_and_names_in_addresses_that_cannot_be(calm: World) -> None:
    numbers = ["0", str(2**63), LONG_NUMBER]
    names = ["x" * 5000, "a%00b", "%ED%A0%80", "%E2%80%AE", "..", "%2e%2e%2f"]
    before = digest()
    for row in ROWS:
        pattern, real = routes()[row.name], row.kwargs(calm)
        method = "GET" if row.allowed("GET") else "POST"
        persona = persona_for(row, method)
        for key in real:
            kinds = {f"<int:{key}>": "1", f"<uuid:{key}>": str(UUID(int=1))}
            marker = next((kinds[kind] for kind in kinds if kind in pattern), "mark-eer")
            path = reverse(row.name, kwargs=real | {key: marker})
            head, _sign, tail = path.rpartition(marker)
            for strange in numbers if marker == "1" else names:
                response = calm.ask(persona, method, f"{head}{strange}{tail}")
                least = 200 if row.name in SAME_FOR_NOBODY else 300
                assert least <= response.status_code < 500, (row.name, key, strange[:20])
                response.close()
    assert not changed(before)


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "sessionid=" + "x" * 8000},
        {"cookie": "sessionid=\xff\xfe; django_language=../../etc/passwd; csrftoken=x"},
        {"cookie": "messages=kapot; sessionid="},
        {"accept-language": "x" * 5000},
        {"accept-language": "nl;q=nan,\u202een"},
        {"hx-request": "true", "hx-current-url": "https://kwaad.voorbeeld.nl/\x7f"},
        {"x-forwarded-host": "kwaad.voorbeeld.nl", "x-forwarded-for": "1' OR 1=1"},
        {"content-length": "-1"},
        {"range": "bytes=5-1"},
        {"if-modified-since": "gisteren"},
    ],
)
def test_strange_headers(headers: dict[str, str], calm: World) -> None:
    for path in ("/", reverse("account_login"), reverse("process:today", args=[calm.a.slug])):
        calm.client.cookies.clear()
        response = calm.client.get(path, headers=headers)
        assert response.status_code < 500
