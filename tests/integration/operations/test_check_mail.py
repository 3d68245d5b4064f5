"""``check_mail`` against servers on this machine: one sentence for each thing that is wrong."""

from __future__ import annotations

import base64
import io
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core import mail
from django.core.management import CommandError, call_command

from notifications.checking import names as asking
from notifications.checking import server as talking
from notifications.checking.names import Names
from tests.certificates import make
from tests.dns_server import Zone, name_server
from tests.smtp_sink import DROP, Sink, smtp_sink

DOMAIN = "rodedraad.example"
TO = "iemand@elders.example"


def rsa_record(bits: int) -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits).public_key()
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    # A text record has pieces of at most 255 signs.
    text = f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"
    return '" "'.join(text[at : at + 250] for at in range(0, len(text), 250))


@pytest.fixture(scope="module")
def good_key() -> str:
    return rsa_record(2048)


@pytest.fixture
def zone(good_key: str) -> Iterator[Zone]:
    """Return a name server in which everything is right."""
    with name_server() as made:
        made.set(DOMAIN, "MX", "10 mx.rodedraad.example.")
        made.set(DOMAIN, "TXT", "some other text", "v=spf1 ip4:127.0.0.0/8 -all")
        made.set(f"default._domainkey.{DOMAIN}", "TXT", good_key)
        made.set(f"_dmarc.{DOMAIN}", "TXT", "v=DMARC1; p=quarantine")
        made.set("localhost", "A", "127.0.0.1")
        made.set("1.0.0.127.in-addr.arpa", "PTR", "localhost.")
        made.set("elders.example", "MX", "10 mx.elders.example.")
        yield made


def let_in(_server: object, _session: object, _envelope: object, _how: str, who: Any) -> AuthResult:
    right = isinstance(who, LoginPassword) and who.password == b"geheim"
    return AuthResult(success=right, handled=False)


Start = Callable[..., Sink]


@pytest.fixture
def start(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Return ``start(days=…, name=…, trusted=…)``: a mail server, and settings that lead to it."""
    with ExitStack() as stack:

        def run(
            *, days: int = 90, name: str = "localhost", trusted: bool = True, **more: Any
        ) -> Sink:
            pem = make(tmp_path, name=name, days=days)
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(pem)
            if trusted:
                monkeypatch.setenv("SSL_CERT_FILE", str(pem))
            options: dict[str, Any] = {
                "tls_context": context,
                "authenticator": let_in,
                "auth_require_tls": True,
            }
            sink = stack.enter_context(smtp_sink(**(options | more)))
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST = "localhost"
            settings.EMAIL_PORT = sink.port
            settings.EMAIL_HOST_USER = "draad"
            settings.EMAIL_HOST_PASSWORD = "geheim"
            settings.EMAIL_USE_TLS = True
            settings.EMAIL_USE_SSL = False
            settings.DEFAULT_FROM_EMAIL = f"Rode Draad <noreply@{DOMAIN}>"
            return sink

        yield run


def check(zone: Zone | None, *more: str, to: str = TO) -> tuple[int, str]:
    """Return the exit code and what was said."""
    said, code = io.StringIO(), 0
    port = zone.port if zone else 9
    try:
        call_command(
            "check_mail", to, *more, f"--nameserver=127.0.0.1:{port}", stdout=said, no_color=True
        )
    except SystemExit as ended:
        code = int(str(ended.code))
    return code, said.getvalue()


def test_when_all_is_right_each_thing_is_named(zone: Zone, start: Start) -> None:
    sink = start()
    code, said = check(zone)
    assert code == 0, said
    for words in (
        f"The mail server localhost:{sink.port} answers.",
        "The line is safe (TLSv1.3).",
        "The certificate is for localhost and ends on ",
        "Name and password are right.",
        f"noreply@{DOMAIN} may send.",
        f"A mail to {TO} would be taken.",
        f"Answers and bounces can reach {DOMAIN} (mx.rodedraad.example).",
        f"The SPF record of {DOMAIN} names the mail server localhost.",
        f"The DKIM key default of {DOMAIN} is there.",
        f"{DOMAIN} has a DMARC policy (quarantine).",
        "127.0.0.1 of localhost goes by the name localhost",
        "elders.example takes mail (mx.elders.example).",
    ):
        assert f"good: {words}" in said, words
    assert sink.kept == []


def test_a_test_mail_is_sent_only_when_it_is_asked_for(zone: Zone, start: Start) -> None:
    sink = start()
    code, said = check(zone, "--send")
    assert code == 0, said
    assert f"A test mail to {TO} was taken." in said
    assert sink.recipients == [TO]
    assert "proefbericht" in str(sink.mails[0]["Subject"])
    sink.answers["DATA"] = "550 5.7.1 no"
    code, said = check(zone, "--send")
    assert (code, "wrong: The test mail was not taken: " in said) == (1, True)


def test_a_line_from_the_first_byte(
    zone: Zone, start: Start, tmp_path: Path, settings: Any
) -> None:
    start()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "localhost-90.pem")
    with smtp_sink(listen_with=context, authenticator=let_in, auth_require_tls=False) as sink:
        settings.EMAIL_PORT, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = sink.port, False, True
        code, said = check(zone)
    assert code == 0, said


@pytest.mark.parametrize(
    ("server", "words"),
    [
        ({"trusted": False}, "is not safe, so nothing will be sent: self-signed certificate"),
        ({"days": -1}, "is not safe, so nothing will be sent: certificate has expired"),
        ({"name": "elsewhere.example"}, "Hostname mismatch"),
        ({"tls_context": None, "auth_require_tls": False}, "offers no STARTTLS"),
    ],
)
def test_a_line_that_is_not_safe(
    zone: Zone, start: Start, server: dict[str, Any], words: str
) -> None:
    start(**server)
    code, said = check(zone)
    assert code == 1
    assert words in said
    assert "Name and password" not in said
    if server.get("days") == -1:
        assert "It has ended: have it renewed." in said


def test_a_certificate_that_ends_soon_and_an_open_line(
    zone: Zone, start: Start, settings: Any
) -> None:
    start(days=5)
    code, said = check(zone)
    assert (code, "That is soon: have it renewed." in said) == (0, True)
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""
    code, said = check(zone)
    assert (code, "The line to the mail server is open" in said) == (1, True)
    assert "The mail server wants no name and password." in said


def test_a_wrong_password_is_said_and_not_shown(zone: Zone, start: Start, settings: Any) -> None:
    start()
    settings.EMAIL_HOST_PASSWORD = "verkeerd-wachtwoord"
    code, said = check(zone)
    assert code == 1
    assert "The mail server does not let us in" in said
    assert "verkeerd-wachtwoord" not in said


@pytest.mark.parametrize(
    ("step", "answer", "code", "words"),
    [
        ("MAIL", "553 5.7.1 not yours", 1, "wrong: The mail server does not let noreply@"),
        ("RCPT", "550 5.1.1 unknown", 1, f"wrong: The mail server refuses mail to {TO}: 550"),
        ("RCPT", "451 4.7.1 greylisted", 3, "not seen: The mail server refuses mail to"),
        ("MAIL", DROP, 1, "The mail server ended the conversation"),
        ("connect", "554 5.7.1 go away", 1, "refuses us"),
    ],
)
def test_what_the_mail_server_says(
    zone: Zone, start: Start, *, step: str, answer: str, code: int, words: str
) -> None:
    start().answers[step] = answer
    found, said = check(zone)
    assert (found, words in said) == (code, True), said


def test_no_server_there(zone: Zone, start: Start, settings: Any) -> None:
    start()
    with socket.create_server(("127.0.0.1", 0)) as gone:
        settings.EMAIL_PORT = gone.getsockname()[1]
    settings.EMAIL_HOST = "127.0.0.1"
    code, said = check(zone)
    assert (code, "Nothing listens at 127.0.0.1" in said) == (1, True)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (socket.gaierror("no such name"), "this name leads nowhere from here"),
        (TimeoutError("timed out"), "does not answer"),
        (smtplib.SMTPServerDisconnected("gone"), "refuses us"),
    ],
)
def test_no_way_there(
    zone: Zone, start: Start, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    start()

    def fail(*_args: object, **_more: object) -> None:
        raise error

    monkeypatch.setattr(talking, "_connected", fail)
    code, said = check(zone)
    assert code in {1, 3}
    assert words in said


def test_without_a_name_server_it_says_what_it_could_not_see(
    start: Start, monkeypatch: pytest.MonkeyPatch, zone: Zone
) -> None:
    monkeypatch.setattr(asking, "PATIENCE", 0.3)
    zone.silent = True
    start()
    code, said = check(zone)
    assert code == 3
    assert f"not seen: The records of {DOMAIN} could not all be seen" in said
    assert "not seen: Whether elders.example takes mail could not be seen" in said


DKIM = f"default._domainkey.{DOMAIN}"
DMARC = f"_dmarc.{DOMAIN}"
MANY = "v=spf1 " + " ".join(f"a:h{n}.example" for n in range(11)) + " -all"
ED = base64.b64encode(
    ed25519.Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
).decode()


@pytest.mark.parametrize(
    ("name", "kind", "values", "code", "words"),
    [
        (DOMAIN, "MX", [], 1, f"wrong: {DOMAIN} takes no mail"),
        (DOMAIN, "MX", ["0 ."], 1, f"wrong: {DOMAIN} takes no mail"),
        (DOMAIN, "TXT", [], 1, "has no SPF record"),
        (DOMAIN, "TXT", ["v=spf1 -all", "v=spf1 mx -all"], 1, "has 2 SPF records"),
        (DOMAIN, "TXT", ["v=spf1 +all"], 1, "lets everybody send"),
        (DOMAIN, "TXT", [MANY], 1, "asks more than ten questions"),
        (DOMAIN, "TXT", ["v=spf1 ip4:192.0.2.1 -all"], 0, "does not name localhost"),
        (DOMAIN, "TXT", ["v=spf1 ip4:nonsense a:localhost -all"], 0, "names the mail server"),
        (DOMAIN, "TXT", ["v=spf1 -ip4:127.0.0.1 +all"], 1, "lets everybody send"),
        (DOMAIN, "TXT", ["v=spf1 mx:rodedraad.example include:%{i}.x ~all"], 0, "does not name"),
        (DKIM, "TXT", [], 3, "No DKIM key of rodedraad.example was found in the usual places."),
        (DKIM, "TXT", ["v=DKIM1; p="], 1, "was withdrawn"),
        (DKIM, "TXT", ["v=DKIM1; p=AAAA"], 1, "cannot be read"),
        (DKIM, "TXT", ["v=DKIM1; p=***"], 3, "No DKIM key"),
        (DKIM, "TXT", ["v=DKIM9; p=AAAA"], 3, "No DKIM key"),
        (DKIM, "TXT", [f"v=DKIM1; k=ed25519; p={ED}"], 0, "The DKIM key default"),
        (DKIM, "TXT", [f"v=DKIM1; k=ed25519; t=y; p={ED}"], 0, "only a test (t=y)"),
        (DMARC, "TXT", [], 1, "has no DMARC policy"),
        (DMARC, "TXT", ["v=DMARC1; p=none"], 0, "could be better: The DMARC policy"),
        (DMARC, "TXT", ["v=DMARC1; p=none", "v=DMARC1; p=reject"], 1, "or there are two"),
        (DMARC, "TXT", ["v=DMARC1; p=perhaps"], 1, "cannot be read"),
        ("1.0.0.127.in-addr.arpa", "PTR", ["other.example."], 0, "has no name that leads back"),
        ("elders.example", "MX", [], 1, "wrong: elders.example has no mail server."),
        ("elders.example", "MX", ["0 ."], 1, "wrong: elders.example says that it takes no mail."),
    ],
)
def test_what_the_domain_says(
    zone: Zone,
    start: Start,
    *,
    name: str,
    kind: str,
    values: list[str],
    code: int,
    words: str,
) -> None:
    start()
    zone.set(name, kind, *values)
    found, said = check(zone)
    assert (found, words in said) == (code, True), said


@pytest.mark.parametrize(("bits", "words"), [(512, "too short"), (1024, "is short (1024 bits)")])
def test_short_keys(zone: Zone, start: Start, bits: int, words: str) -> None:
    start()
    if bits < 1024:
        # What no library makes any more, but old records still hold.
        old = rsa.RSAPublicNumbers(65537, (1 << (bits - 1)) + 15).public_key()
        der = old.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        zone.set(DKIM, "TXT", f"v=DKIM1; p={base64.b64encode(der).decode()}")
    else:
        zone.set(DKIM, "TXT", rsa_record(bits))
    _code, said = check(zone)
    assert words in said, said


def test_spf_is_followed_through_includes_and_redirects(zone: Zone, start: Start) -> None:
    start()
    zone.set(DOMAIN, "TXT", "v=spf1 include:provider.example redirect=last.example")
    zone.set("provider.example", "TXT", "v=spf1 ip4:192.0.2.0/24 -all")
    zone.set("last.example", "TXT", "v=spf1 mx -all")
    zone.set("last.example", "MX", "10 localhost.")
    assert "names the mail server localhost" in check(zone)[1]
    # One that leads round in a ring costs too many questions.
    zone.set("provider.example", "TXT", "v=spf1 include:rodedraad.example -all")
    assert "asks more than ten questions" in check(zone)[1]


def test_a_key_at_a_name_that_is_given(zone: Zone, start: Start, good_key: str) -> None:
    start()
    zone.set(f"eigen._domainkey.{DOMAIN}", "TXT", good_key)
    assert f"The DKIM key eigen of {DOMAIN} is there." in check(zone, "--selector=eigen")[1]
    code, said = check(zone, "--selector=anders")
    assert (code, f"{DOMAIN} has no DKIM key at anders." in said) == (1, True)


def test_a_policy_of_the_domain_above_counts(zone: Zone, start: Start, settings: Any) -> None:
    start()
    settings.DEFAULT_FROM_EMAIL = f"noreply@mail.{DOMAIN}"
    assert f"{DOMAIN} has a DMARC policy (quarantine)." in check(zone)[1]


def test_a_provider_and_an_installation_that_sends_nothing(zone: Zone, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = f"noreply@{DOMAIN}"
    settings.EMAIL_BACKEND = "anymail.backends.test.EmailBackend"
    code, said = check(zone)
    assert code == 3
    assert "Mail goes through a provider (test): its key can only be tried by sending." in said
    assert "compare it" in said
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    code, said = check(zone, "--send")
    assert (code, "This installation sends no mail" in said) == (1, True)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("words", [["geen adres"], [TO, "--nameserver=127.0.0.1:x"]])
def test_a_wrong_command_line_is_refused(words: list[str]) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("check_mail", *words)
    assert refused.value.returncode == 2


def test_names_that_cannot_be_asked_about_have_no_records(zone: Zone) -> None:
    names = Names(server="127.0.0.1", port=zone.port)
    for name in ("a" * 64 + ".example", "x..example", "b" * 60 + "." + "c." * 120, "\ud800.nl"):
        assert names.texts(name) == []
