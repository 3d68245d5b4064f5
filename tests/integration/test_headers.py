"""Every answer, errors included, carries the headers that keep a browser in check."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from tests.integration.access import fixtures
from tests.integration.access.cast import Persona, World
from tests.integration.access.row import Row
from tests.integration.access.rows import BY_NAME, ROWS
from tests.integration.access.walk import path_of

built, world = fixtures.built, fixtures.world

ROOT = Path(__file__).resolve().parents[2]
ASKERS = (
    (Persona.ANONYMOUS, "GET"),
    (Persona.BOARD, "GET"),
    (Persona.BOARD, "POST"),
    (Persona.NATIONAL, "GET"),
)
ELSEWHERE = (
    "https://kwaad.voorbeeld.nl/",
    "//kwaad.voorbeeld.nl/",
    "///kwaad.voorbeeld.nl",
    "/\\kwaad.voorbeeld.nl",
    "\\\\kwaad.voorbeeld.nl",
    "http:///kwaad.voorbeeld.nl",
    "javascript:alert(1)",
    "data:text/html,x",
    "\x00//kwaad.voorbeeld.nl",
    " //kwaad.voorbeeld.nl",
    "/\t/kwaad.voorbeeld.nl",
    "https:kwaad.voorbeeld.nl",
    "//kwaad.voorbeeld.nl\\@testserver/",
    "https://testserver@kwaad.voorbeeld.nl/",
)
# A mail is shown in a box without origin, scripts or requests: only its own looks.
BOXED = "demo:mail_html"
# These may stand in a frame on a branch's own website: they know no cookie.
FRAMED = {"consultation:form_embedded", "evaluation:ten_embed"}


def boom(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [path("boem/", boom), path("", include("config.urls"))]


def directives(policy: str) -> dict[str, set[str]]:
    parts = (part.split() for part in policy.split(";") if part.strip())
    return {name: set(values) for name, *values in parts}


def check_headers(response: Any, *, boxed: bool = False, framed: bool = False) -> None:
    headers = response.headers
    policy = directives(headers["Content-Security-Policy"])
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] in {"same-origin", "strict-origin", "no-referrer"}
    assert "camera=()" in headers["Permissions-Policy"]
    assert "geolocation=()" in headers["Permissions-Policy"]
    text = headers["Content-Security-Policy"]
    assert "unsafe-eval" not in text
    assert policy["default-src"] == {"'none'"}
    if boxed:
        assert "sandbox" in policy
        assert "script-src" not in policy
        assert policy["frame-ancestors"] == {"'self'"}
        assert headers["X-Frame-Options"] == "SAMEORIGIN"
        return
    assert "unsafe-inline" not in text
    assert "*" not in text
    if "sandbox" not in policy:
        assert policy["frame-ancestors"] == ({"'self'", "https:"} if framed else {"'none'"})
        assert policy["script-src"] == {"'self'"}
        assert policy["base-uri"] == {"'none'"}
        assert policy["form-action"] == {"'self'"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_answer_of_every_route(row: Row, world: World) -> None:
    for persona, method in ASKERS:
        data: dict[str, str] | None = {} if method == "POST" else None
        response = world.ask(persona, method, path_of(row, world), data)
        boxed = row.name == BOXED and response.status_code == 200
        framed = row.name in FRAMED
        check_headers(response, boxed=boxed, framed=framed)
        if not boxed and "sandbox" not in response.headers["Content-Security-Policy"]:
            assert response.headers.get("X-Frame-Options") == (None if framed else "DENY")
        response.close()


@pytest.mark.urls("tests.integration.test_headers")
def test_every_kind_of_error(world: World) -> None:
    world.client.raise_request_exception = False
    strict = Client(enforce_csrf_checks=True)
    slug = world.a.slug
    answers = {
        400: world.client.get("/\x00"),
        403: world.ask(Persona.MEMBER, "GET", reverse("branches:people", args=[slug])),
        404: world.ask(Persona.STRANGER, "GET", reverse("process:today", args=[slug])),
        405: world.ask(Persona.BOARD, "PUT", reverse("process:today", args=[slug])),
        500: world.ask(Persona.BOARD, "GET", "/boem/"),
    }
    world.client.raise_request_exception = True
    for status, response in answers.items():
        assert response.status_code == status
        check_headers(response)
    check_headers(world.client.get("/nergens/"))
    check_headers(world.client.get("/", headers={"host": "kwaad.voorbeeld.nl"}))
    refused = strict.post(reverse("set_language"), {"language": "en"})
    assert refused.status_code == 403
    check_headers(refused)
    many = {f"veld{number}": "x" for number in range(1001)}
    too_many = world.ask(Persona.BOARD, "POST", reverse("branches:profile"), many)
    assert too_many.status_code == 400
    check_headers(too_many)


@pytest.mark.django_db
def test_what_a_signed_in_person_sees_is_kept_by_no_cache(world: World) -> None:
    path_today = path_of(BY_NAME["process:today"], world)
    for persona in (Persona.BOARD, Persona.NATIONAL, Persona.STRANGER):
        assert world.ask(persona, "GET", path_today).headers["Cache-Control"] == "private, no-store"


@pytest.mark.django_db  # closing an answer looks at the connection that earlier tests left open
def test_a_static_file(client: Client) -> None:
    response = client.get("/static/css/base.css")
    assert response.status_code == 200
    check_headers(response)
    response.close()


@pytest.mark.parametrize("onward", ELSEWHERE)
def test_no_form_leads_off_this_site(onward: str, world: World) -> None:
    moves: list[tuple[Persona, str, dict[str, str]]] = [
        (Persona.BOARD, reverse("set_language"), {"language": "en"}),
        (Persona.ANONYMOUS, reverse("set_language"), {"language": "nl"}),
        (Persona.BOARD, reverse("demo:clock"), {"move": "day"}),
        (Persona.ANONYMOUS, reverse("demo:step_in", args=["board"]), {}),
        (Persona.BOARD, reverse("account_logout"), {}),
        (Persona.BOARD, reverse("branches:profile"), {"name": "Ik", "language": "nl"}),
        (Persona.BOARD, reverse("account_login"), {}),
        (Persona.NATIONAL, reverse("mfa_reauthenticate"), {"code": "000"}),
    ]
    for persona, address, data in moves:
        query = f"{address}?{_query(onward)}"
        for target, form in ((address, data | {"next": onward}), (query, data)):
            with transaction.atomic():
                response = world.ask(persona, "POST", target, form)
                transaction.set_rollback(True)
            assert response.status_code < 500
            location = response.get("Location", "/")
            assert location.startswith("/"), (address, location)
            assert not location.startswith(("//", "/\\")), (address, location)
    # Whoever is signed in already is sent on by the sign-in page, on this site only.
    response = world.ask(Persona.BOARD, "GET", f"{reverse('account_login')}?{_query(onward)}")
    # (A NUL in the address is refused as a whole.)
    assert response.get("Location", "/") == reverse("home")


def _query(onward: str) -> str:
    return urlencode({"next": onward})


def test_the_page_for_another_host_is_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "kwaad.voorbeeld.nl"}).status_code == 400


PRODUCTION = """
import django
django.setup()
from django.test import Client
from django.urls import Resolver404, resolve
secure = Client().get("/ik/", secure=True, headers={"host": "rodedraad.example.nl"})
plain = Client().get("/ik/", headers={"host": "rodedraad.example.nl"})
wrong = Client().get("/ik/", secure=True, headers={"host": "kwaad.example.nl"})
try:
    resolve("/demo/")
    demo = "there"
except Resolver404:
    demo = "nowhere"
print(secure.status_code, secure["Strict-Transport-Security"], sep="|")
print(plain.status_code, plain["Location"], sep="|")
print(wrong.status_code, wrong["Content-Security-Policy"], sep="|")
print(demo)
"""


def test_production_speaks_https_only_and_has_no_demonstration(tmp_path: Path) -> None:
    given = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "rodedraad.example.nl",
        "SITE_URL": "https://rodedraad.example.nl",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "EMAIL_URL": "smtp+tls://user:password@mail.example.nl:587",
        "DEFAULT_FROM_EMAIL": "Rode Draad <noreply@rodedraad.example.nl>",
        "STATE_DIR": str(tmp_path),
    }
    # As a deployment does first: the calm pages name their style sheets in the manifest.
    environment = dict(os.environ) | given
    for command in (["manage.py", "collectstatic", "--noinput"], ["-c", PRODUCTION]):
        done = subprocess.run(  # noqa: S603 - our own interpreter and code
            [sys.executable, *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    secure, plain, wrong, demo = done.stdout.splitlines()
    status, hsts = secure.split("|")
    assert status == "302"
    assert "max-age=31536000" in hsts
    assert "includeSubDomains" in hsts
    assert plain == "301|https://rodedraad.example.nl/ik/"
    assert wrong.startswith("400|")
    assert "default-src 'none'" in wrong
    assert demo == "nowhere"
