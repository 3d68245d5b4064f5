"""What nobody types but an attacker sends, to every form: refused or cleaned, never a crash."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.urls import reverse

from tests.integration.access.cast import Persona, World
from tests.integration.access.fixtures import built, world  # noqa: F401 - fixtures
from tests.integration.access.row import Row
from tests.integration.access.rows import ROWS
from tests.integration.access.walk import changed, digest, path_of, routes

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
}
# What a page may keep of a person is never one of these.
NEVER_STORED = ("\x00", "\u202e", "\u2066")
FORM = "application/x-www-form-urlencoded"
SEED, TRIES = 20211004, 300


def name(row: Row) -> str:
    return row.name


def persona_for(row: Row, method: str = "POST") -> Persona:
    """Somebody who gets as far as the form."""
    allowed = row.allowed(method)
    return Persona.BOARD if Persona.BOARD in allowed else allowed[0]


def encoded(pairs: list[tuple[str, bytes]]) -> bytes:
    return "&".join(
        f"{quote_from_bytes(key.encode())}={quote_from_bytes(value)}" for key, value in pairs
    ).encode()


def valid(row: Row, world: World) -> dict[str, bytes]:  # noqa: F811
    return {key: str(value).encode() for key, value in row.data(world).items()}


def send(world: World, row: Row, pairs: list[tuple[str, bytes]]) -> Any:  # noqa: F811
    path = path_of(row, world)
    return world.ask(persona_for(row), "POST", path, encoded(pairs), content_type=FORM)


def check_answer(response: Any, before: dict[str, str], told: object) -> None:
    """Never a crash; and unless it led on to a page (it was accepted), nothing was written."""
    assert 200 <= response.status_code < 500, told
    if response.status_code not in {301, 302, 303}:
        assert not changed(before), told
    stored = _texts()
    assert not [mark for mark in NEVER_STORED if mark in stored], told


def _texts() -> str:
    """All text of our own tables, in one string."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.app_label in {"branches", "process"}:
                columns = [
                    field.column
                    for field in model._meta.concrete_fields
                    if isinstance(field, models.CharField | models.TextField | models.JSONField)
                ]
                if columns:
                    listed = ", ".join(f'"{column}"' for column in columns)
                    cursor.execute(f'SELECT {listed} FROM "{model._meta.db_table}"')  # noqa: S608
                    found.extend(str(value) for line in cursor.fetchall() for value in line)
    return "\n".join(found)


def attempt(world: World, row: Row, act: Callable[[], Any], told: object) -> None:  # noqa: F811
    """Send once and take back what it did."""
    del world, row
    before = digest()
    with transaction.atomic():
        response = act()
        check_answer(response, before, told)
        response.close()
        transaction.set_rollback(True)


@pytest.fixture
def calm(world: World) -> World:  # noqa: F811
    """The world behind a server that answers a crash with 500, as a real one does."""
    world.client.raise_request_exception = False
    return world


@pytest.mark.parametrize("row", ACTS, ids=name)
def test_every_field_at_once(row: Row, calm: World) -> None:
    form = valid(row, calm)
    for what, bits in BITS.items():
        pairs = [(key, bits) for key in form] or [("iets", bits)]
        attempt(calm, row, lambda pairs=pairs: send(calm, row, pairs), what)  # type: ignore[misc]


@pytest.mark.parametrize("row", ACTS, ids=name)
def test_too_many_and_unknown_fields(row: Row, calm: World) -> None:
    form = list(valid(row, calm).items())
    many = form + [(f"veld{number}", b"x") for number in range(1001)]
    attempt(calm, row, lambda: send(calm, row, many), "1,001 fields")
    strange = [*form, ("a\x00b", b"x"), ("\u202e", b"x"), ("", b"x"), ("__class__", b"x")]
    attempt(calm, row, lambda: send(calm, row, strange), "unknown fields")
    twice = [*form, *form]
    attempt(calm, row, lambda: send(calm, row, twice), "every field twice")
    attempt(calm, row, lambda: send(calm, row, []), "nothing")


@pytest.mark.parametrize("row", ACTS, ids=name)
def test_bodies_that_are_no_form(row: Row, calm: World) -> None:
    path, persona = path_of(row, calm), persona_for(row)
    bodies = [
        (b'{"a": 1}', "application/json"),
        (b"\x00\xff" * 100, FORM),
        (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"\xff", "multipart/form-data; boundary=\xff"),
        (b"x=1", "text/plain; charset=nergens"),
    ]
    for body, kind in bodies:
        attempt(
            calm,
            row,
            lambda body=body, kind=kind: calm.ask(  # type: ignore[misc]
                persona, "POST", path, body, content_type=kind
            ),
            kind,
        )


def test_three_hundred_spoilt_forms(calm: World) -> None:
    """Valid forms in which some fields are spoilt: the rest still looks right."""
    chance = random.Random(SEED)  # noqa: S311 - a test that can be run again
    rows = [row for row in ACTS if row.data(calm)]
    for number in range(TRIES):
        row = chance.choice(rows)
        form = valid(row, calm)
        spoilt = chance.sample(sorted(form), k=chance.randint(1, len(form)))
        whats = {key: chance.choice(sorted(BITS)) for key in spoilt}
        pairs = [(key, BITS[whats[key]] if key in whats else value) for key, value in form.items()]
        told = f"{SEED}, try {number}: {row.name} {whats}"
        attempt(calm, row, lambda row=row, pairs=pairs: send(calm, row, pairs), told)  # type: ignore[misc]


@pytest.mark.parametrize("row", LOOKS, ids=name)
def test_addresses_that_ask_for_strange_things(row: Row, calm: World) -> None:
    path, persona = path_of(row, calm), persona_for(row, "GET")
    keys = ["page", "q", "by", "verkiezing", "dag", "soort", "vergadering", "naam", "next"]
    keys += ["provincie", "stand", "fase", "volgorde", "stuk"]
    for what, bits in BITS.items():
        value = quote_from_bytes(bits[:6000])
        query = "&".join(f"{key}={value}" for key in keys)
        response = calm.ask(persona, "GET", f"{path}?{query}")
        assert response.status_code < 500, what
        response.close()


def test_ids_and_names_in_addresses_that_cannot_be(calm: World) -> None:
    numbers = ["0", str(2**63), str(2**31), "9" * 100, LONG_NUMBER]
    names = ["x" * 5000, "%00", "a%00b", "%ED%A0%80", "%E2%80%AE", "..", "%2e%2e%2f", "%F0%9F%98%80"]
    before = digest()
    for row in ROWS:
        pattern, real = routes()[row.name], row.kwargs(calm)
        method = "GET" if row.allowed("GET") else "POST"
        persona = persona_for(row, method)
        for key in real:
            kept = {name: "1" if name == key else value for name, value in real.items()}
            marker = "1" if f"<int:{key}>" in pattern else "mark-eer"
            path = reverse(row.name, kwargs=kept | {key: marker})
            head, _sign, tail = path.rpartition(marker)
            for strange in numbers if marker == "1" else names:
                response = calm.ask(persona, method, f"{head}{strange}{tail}")
                assert 300 <= response.status_code < 500, (row.name, key, strange[:20])
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
