"""Mail leaves by any SMTP server or a provider; what is missing is named, and nobody is tracked."""

from __future__ import annotations

import pytest
from anymail.utils import get_anymail_setting
from django.test import override_settings
from django.utils.module_loading import import_string

from config.settings import providers
from tests.unit.test_settings import COMPLETE, read, run

# Anymail says so of SendGrid, which it can no longer try; its SMTP server is there as well.
pytestmark = pytest.mark.filterwarnings("ignore::anymail.exceptions.AnymailNotSupportedWarning")
KEYS = {"EMAIL_URL": "", "EMAIL_PROVIDER": "mailgun", "MAILGUN_API_KEY": "geheim"}


def test_an_smtp_server_is_talked_to_over_our_own_connection() -> None:
    assert read("settings.EMAIL_BACKEND, settings.EMAIL_PROVIDER") == (
        "('core.mail_connection.Backend', '')"
    )
    assert read("settings.EMAIL_HOST, settings.EMAIL_PORT", EMAIL_PROVIDER="smtp") == (
        "('mail.voorbeeld.nl', 587)"
    )


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("smtp://localhost:25", "('localhost', 25, False, False)"),
        ("smtp+tls://naam:geheim@mail.nl:587", "('mail.nl', 587, True, False)"),
        ("smtp+ssl://naam:geheim@mail.nl:465", "('mail.nl', 465, False, True)"),
    ],
)
def test_every_kind_of_address_of_a_server(address: str, found: str) -> None:
    expression = (
        "settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL"
    )
    assert read(expression, EMAIL_URL=address) == found


def test_other_backends_of_django_stay_what_they_are() -> None:
    backend = read("settings.EMAIL_BACKEND", EMAIL_URL="consolemail://")
    assert backend == "django.core.mail.backends.console.EmailBackend"


def test_a_provider_needs_its_keys_and_no_address_of_a_server() -> None:
    found = read(
        "settings.EMAIL_BACKEND, settings.EMAIL_PROVIDER, settings.ANYMAIL['MAILGUN_API_KEY']",
        **KEYS,
    )
    assert found == "('anymail.backends.mailgun.EmailBackend', 'mailgun', 'geheim')"


def test_a_key_that_is_missing_is_named() -> None:
    found = run("-c", "from django.conf import settings; settings.DEBUG", **(COMPLETE | KEYS))
    assert found.returncode == 0
    without = COMPLETE | KEYS | {"MAILGUN_API_KEY": ""}
    found = run("-c", "from django.conf import settings; settings.DEBUG", **without)
    assert found.returncode != 0
    assert "\n  MAILGUN_API_KEY: its key" in found.stderr
    assert "EMAIL_URL" not in found.stderr


def test_a_provider_that_nobody_knows_is_refused_with_the_names_of_those_we_do() -> None:
    found = run(
        "-c",
        "from django.conf import settings; settings.DEBUG",
        **(COMPLETE | {"EMAIL_PROVIDER": "postduif"}),
    )
    assert found.returncode != 0
    assert "EMAIL_PROVIDER is 'postduif'" in found.stderr
    assert "smtp, amazon-ses, brevo" in found.stderr


def test_with_a_provider_the_deployment_checks_are_clean() -> None:
    arguments = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    found = run(*arguments, **(COMPLETE | KEYS))
    assert found.returncode == 0, found.stderr


def environment(chosen: providers.Provider) -> dict[str, str]:
    return dict.fromkeys((*chosen.needs, *chosen.knows), "https://voorbeeld.nl/")


@pytest.mark.parametrize("name", sorted(providers.PROVIDERS))
def test_each_provider_starts_with_its_settings(name: str) -> None:
    chosen = providers.PROVIDERS[name]
    made = providers.for_provider(chosen, environment(chosen), secret="wie:geheim")
    assert made["ANYMAIL"]["WEBHOOK_SECRET"] == "wie:geheim"
    if providers.lacking(chosen):
        assert chosen.package == "boto3"
        return
    with override_settings(**made):
        backend = import_string(made["EMAIL_BACKEND"])()
        assert get_anymail_setting("requests_timeout") == (10, 60)
    assert backend.esp_name.replace(" ", "").lower() == name.replace("-", "")


@pytest.mark.parametrize("name", sorted(providers.PROVIDERS))
def test_without_one_of_its_keys_a_provider_does_not_start(name: str) -> None:
    chosen = providers.PROVIDERS[name]
    for key in chosen.needs:
        lessened = environment(chosen) | {key: ""}
        made = providers.for_provider(chosen, lessened, secret="")
        assert "WEBHOOK_SECRET" not in made["ANYMAIL"]
        with override_settings(**made), pytest.raises(Exception, match=key.partition("_")[2]):
            import_string(made["EMAIL_BACKEND"])()


def test_names_are_read_as_people_write_them() -> None:
    assert providers.provider("") is None
    assert providers.provider(" SMTP ") is None
    assert providers.provider("Amazon_SES") is providers.PROVIDERS["amazon-ses"]


def test_the_provider_that_would_renumber_our_mails_is_asked_not_to() -> None:
    made = providers.for_provider(providers.PROVIDERS["postmark"], {}, secret="")
    assert made["MAIL_PROVIDER_HEADERS"] == {"X-PM-KeepID": "true"}


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(providers, "find_spec", lambda _name: None)
    assert providers.lacking(providers.PROVIDERS["amazon-ses"]) == "boto3"
    assert not providers.lacking(providers.PROVIDERS["brevo"])
    assert not providers.lacking(None)
