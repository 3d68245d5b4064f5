"""Ways out for mail: any SMTP server, or a provider's own interface (through anymail).

``EMAIL_PROVIDER`` names one; each provider reads its own keys, by the names that anymail and the
provider's pages give them (``docs/mail.md``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any, Final

SMTP: Final = "smtp"
SMTP_BACKEND: Final = "core.mail_connection.Backend"
_DJANGOS_SMTP: Final = "django.core.mail.backends.smtp.EmailBackend"
# Seconds to connect, and to wait for an answer: the provider has the mail by then or has not.
_TIMEOUT: Final = (10, 60)


@dataclass(frozen=True, kw_only=True)
class Provider:
    """One provider.

    Attributes:
        backend: anymail's module.
        needs: variable → what it is.
        knows: variables that may be set as well.
        headers: what it wants in every mail, to leave our Message-ID alone.
        package: what must be installed for it besides anymail.
        can_track: it puts counting links and pictures in mails unless told not to.
    """

    backend: str
    needs: Mapping[str, str] = field(default_factory=dict)
    knows: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    package: str = ""
    can_track: bool = True


def _key(name: str, **more: Any) -> Provider:
    """Return a provider that wants one key."""
    return Provider(backend=name, needs={f"{name.upper()}_API_KEY": "its key"}, **more)


PROVIDERS: Final[Mapping[str, Provider]] = {
    # boto3 reads AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_DEFAULT_REGION, or the role of
    # the machine, by itself.
    "amazon-ses": Provider(
        backend="amazon_ses",
        knows=("AMAZON_SES_CONFIGURATION_SET_NAME",),
        package="boto3",
        can_track=False,
    ),
    "brevo": _key("brevo", can_track=False),
    "mailersend": Provider(
        backend="mailersend", needs={"MAILERSEND_API_TOKEN": "the token of the domain"}
    ),
    "mailgun": _key("mailgun", knows=("MAILGUN_SENDER_DOMAIN", "MAILGUN_API_URL")),
    "mailjet": Provider(
        backend="mailjet",
        needs={"MAILJET_API_KEY": "its key", "MAILJET_SECRET_KEY": "the secret that goes with it"},
    ),
    "mandrill": _key("mandrill"),
    "postal": Provider(
        backend="postal",
        needs={"POSTAL_API_KEY": "its key", "POSTAL_API_URL": "where the Postal server is"},
        can_track=False,
    ),
    "postmark": Provider(
        backend="postmark",
        needs={"POSTMARK_SERVER_TOKEN": "the token of the server"},
        knows=("POSTMARK_MESSAGE_STREAM",),
        headers={"X-PM-KeepID": "true"},
    ),
    "resend": _key("resend", can_track=False),
    "scaleway": Provider(
        backend="scaleway",
        needs={"SCALEWAY_SECRET_KEY": "its key", "SCALEWAY_PROJECT_ID": "the project"},
        knows=("SCALEWAY_REGION",),
        can_track=False,
    ),
    "sendgrid": _key("sendgrid"),
    "sparkpost": _key("sparkpost", knows=("SPARKPOST_API_URL", "SPARKPOST_SUBACCOUNT")),
}


class UnknownProvider(ValueError):
    """There is no such provider here; the message names those that there are."""


def provider(name: str) -> Provider | None:
    """Return a provider by the value of ``EMAIL_PROVIDER``; ``None`` is plain SMTP.

    Raises:
        UnknownProvider: no such name.
    """
    chosen = name.strip().lower().replace("_", "-")
    if chosen in {"", SMTP}:
        return None
    if chosen not in PROVIDERS:
        known = ", ".join([SMTP, *PROVIDERS])
        raise UnknownProvider(f"EMAIL_PROVIDER is {name!r}; it can be: {known}.")
    return PROVIDERS[chosen]


def needed(chosen: Provider | None) -> dict[str, str]:
    """Return the variables without which no mail leaves: name → what it is."""
    if chosen is None:
        return {"EMAIL_URL": "for example smtp+tls://user:password@host:587"}
    return dict(chosen.needs)


def lacking(chosen: Provider | None) -> str:
    """Return the package that a provider needs and that is not installed, or nothing."""
    return chosen.package if chosen and chosen.package and not find_spec(chosen.package) else ""


def for_provider(
    chosen: Provider, environment: Mapping[str, str], *, secret: str
) -> dict[str, Any]:
    """Return the settings for a provider.

    Args:
        chosen: which.
        environment: its variables.
        secret: with which it reports what became of mails ("name:password"), or nothing.
    """
    anymail: dict[str, Any] = {
        name: environment[name] for name in (*chosen.needs, *chosen.knows) if environment.get(name)
    }
    anymail["REQUESTS_TIMEOUT"] = _TIMEOUT
    # Most take text and HTML and nothing beside it: a meeting then comes as a file alone, which is
    # better than no mail.
    anymail["IGNORE_UNSUPPORTED_FEATURES"] = True
    if secret:
        anymail["WEBHOOK_SECRET"] = secret
    if chosen.can_track:
        # Nobody is followed: links stay what they are, and no hidden picture counts who reads.
        anymail["SEND_DEFAULTS"] = {"track_clicks": False, "track_opens": False}
    return {
        "EMAIL_BACKEND": f"anymail.backends.{chosen.backend}.EmailBackend",
        "EMAIL_PROVIDER": chosen.backend,
        "MAIL_PROVIDER_HEADERS": dict(chosen.headers),
        "ANYMAIL": anymail,
    }


def for_smtp(address: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of an ``EMAIL_URL`` (as django-environ reads it), by our connection."""
    settings = dict(address)
    if settings.get("EMAIL_BACKEND") == _DJANGOS_SMTP:
        settings["EMAIL_BACKEND"] = SMTP_BACKEND
    return settings
