"""Production settings ask for everything at once, refuse a demonstration, and pass the checks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "SECRET_KEY": "k3Jx" * 20 + "-Qz7_wM1!",
    "ALLOWED_HOSTS": "rodedraad.voorbeeld.nl",
    "SITE_URL": "https://rodedraad.voorbeeld.nl/",
    "DATABASE_URL": "sqlite:////nonexistent/db.sqlite3",
    "EMAIL_URL": "smtp+tls://naam:geheim@mail.voorbeeld.nl:587",
    "DEFAULT_FROM_EMAIL": "Rode Draad <draad@voorbeeld.nl>",
}


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python with production settings and no other variables than these."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(  # noqa: S603 - our own interpreter, our own arguments
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": "config.settings.production", **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def read(expression: str, **variables: str) -> str:
    """Return what an expression over the settings prints."""
    code = f"from django.conf import settings; print(({expression}))"
    found = run("-c", code, **{**COMPLETE, **variables})
    assert found.returncode == 0, found.stderr
    return found.stdout.strip()


def test_everything_that_is_missing_is_named_at_once() -> None:
    found = run("-c", "from django.conf import settings; settings.DEBUG")
    assert found.returncode != 0
    assert "These environment variables are not set:" in found.stderr
    for name in COMPLETE:
        assert f"\n  {name}: " in found.stderr


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_one_that_is_missing_or_empty_is_named_alone(name: str) -> None:
    found = run("-c", "from django.conf import settings; settings.DEBUG", **{**COMPLETE, name: ""})
    assert found.returncode != 0
    assert [each for each in COMPLETE if f"\n  {each}: " in found.stderr] == [name]


def test_a_demonstration_is_refused() -> None:
    found = run("-c", "from django.conf import settings; settings.DEBUG", **COMPLETE, DEMO="1")
    assert found.returncode != 0
    assert "a production server refuses it" in found.stderr


def test_the_deployment_checks_are_clean() -> None:
    found = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **COMPLETE)
    assert found.returncode == 0, found.stderr
    assert "System check identified no issues" in found.stdout


def test_a_weak_key_is_not_clean() -> None:
    weak = {**COMPLETE, "SECRET_KEY": "kort"}
    found = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **weak)
    assert found.returncode != 0
    assert "security.W009" in found.stderr


def test_production_reads_the_machines_clock_and_has_no_demonstration() -> None:
    assert read("settings.CLOCK, settings.DEMO, settings.DEBUG") == (
        "('core.clock.SystemClock', False, False)"
    )
    assert "demo" not in read("settings.INSTALLED_APPS")


def test_a_moved_clock_is_refused_in_production() -> None:
    code = (
        "from django.conf import settings; settings.CLOCK = 'core.clock.FileClock';"
        "import django; django.setup();"
        "from django.core.management import call_command; call_command('check', deploy=True)"
    )
    found = run("-c", code, **COMPLETE)
    assert found.returncode != 0
    assert "rodedraad.E002" in found.stderr


def test_sqlite_keeps_its_options_and_a_server_keeps_its_connections() -> None:
    assert "IMMEDIATE" in read("settings.DATABASES['default']['OPTIONS']")
    server = read(
        "settings.DATABASES['default']", DATABASE_URL="postgres://naam:geheim@localhost/draad"
    )
    assert "'CONN_HEALTH_CHECKS': True" in server
    assert "'CONN_MAX_AGE': 60" in server
    assert "IMMEDIATE" not in server


def test_mail_and_addresses_come_from_the_environment() -> None:
    assert read("settings.SITE_URL, settings.CSRF_TRUSTED_ORIGINS") == (
        "('https://rodedraad.voorbeeld.nl', ['https://rodedraad.voorbeeld.nl'])"
    )
    assert read("settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS") == (
        "('mail.voorbeeld.nl', 587, True)"
    )
    assert read("settings.SERVER_EMAIL") == "Rode Draad <draad@voorbeeld.nl>"


def test_cookies_travel_over_https_alone() -> None:
    assert read(
        "settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT"
    ) == ("(True, True, True)")
