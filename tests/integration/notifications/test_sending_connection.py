"""The connection to a mail server, tried against a real one that misbehaves."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from django.core.mail import EmailMessage

from core import mail_connection
from core.mail_answers import Answer, LostAfter, LostBefore, NoConversation, meaning
from core.mail_connection import Backend
from tests.certificates import make
from tests.smtp_sink import DROP, HANG, Sink, smtp_sink

TOO_LONG = 0.2


@pytest.fixture
def server(settings: Any) -> Iterator[Sink]:
    settings.MAIL_DATA_TIMEOUT = TOO_LONG
    with smtp_sink() as running:
        yield running


def connected(sink: Sink, **values: Any) -> Backend:
    given: dict[str, Any] = {"host": "127.0.0.1", "port": sink.port, "timeout": 5}
    return Backend(**(given | values))


def message(number: int = 0, **values: Any) -> EmailMessage:
    return EmailMessage(**({"body": "Hallo", "to": [f"persoon-{number}@voorbeeld.nl"]} | values))


def test_one_connection_serves_many_mails(server: Sink) -> None:
    backend = connected(server)
    assert backend.open() is True
    for number in range(3):
        assert backend.send_messages([message(number)]) == 1
    backend.close()
    assert server.asked["connect"] == 1
    assert len(server.kept) == 3


def test_a_connection_that_was_closed_meanwhile_is_replaced(server: Sink) -> None:
    server.mails_per_connection = 2
    backend = connected(server)
    for number in range(5):
        backend.open()
        assert backend.send_messages([message(number)]) == 1
    backend.close()
    assert server.recipients == [f"persoon-{number}@voorbeeld.nl" for number in range(5)]
    assert server.asked["connect"] == 3


def test_a_connection_that_was_dropped_without_a_word_is_replaced(server: Sink) -> None:
    backend = connected(server)
    backend.open()
    backend.send_messages([message()])
    server.first["MAIL"] = [DROP]
    assert backend.send_messages([message(1)]) == 1
    backend.close()
    assert server.asked["connect"] == 2


def test_a_fresh_connection_that_is_dropped_is_not_tried_for_ever(server: Sink) -> None:
    backend = connected(server)
    server.answers["MAIL"] = DROP
    backend.open()
    with pytest.raises(LostBefore):
        backend.send_messages([message()])
    assert server.asked["MAIL"] == 1
    backend.close()


def test_after_a_refusal_the_connection_goes_on(server: Sink) -> None:
    backend = connected(server)
    server.first["RCPT"] = ["550 5.1.1 no"]
    backend.open()
    with pytest.raises(OSError, match="no") as caught:
        backend.send_messages([message()])
    assert meaning(caught.value).answer is Answer.ADDRESS_REFUSED
    assert backend.open() is False
    assert backend.send_messages([message(1)]) == 1
    backend.close()
    assert server.asked["connect"] == 1


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
@pytest.mark.parametrize("rude", [DROP, HANG])
def test_lost_before_the_mail_is_certainly_not_taken(server: Sink, step: str, rude: str) -> None:
    backend = connected(server, timeout=TOO_LONG)
    server.answers[step] = rude
    backend.open()
    with pytest.raises(LostBefore):
        backend.send_messages([message()])
    assert backend.connection is None
    server.answers.clear()
    backend.open()
    assert backend.send_messages([message()]) == 1
    backend.close()


@pytest.mark.parametrize("step", ["DATA", "taken"])
@pytest.mark.parametrize("rude", [DROP, HANG])
def test_lost_after_the_mail_nobody_knows(server: Sink, step: str, rude: str) -> None:
    backend = connected(server, timeout=TOO_LONG)
    server.answers[step] = rude
    backend.open()
    with pytest.raises(LostAfter):
        backend.send_messages([message()])
    backend.close()
    # Once the server had it, once it had not: from here it looks the same.
    assert len(server.kept) == (step == "taken")


def test_a_server_may_take_longer_over_the_mail_than_over_a_command(
    server: Sink, settings: Any
) -> None:
    settings.MAIL_DATA_TIMEOUT = 20
    server.delay = 2 * TOO_LONG
    backend = connected(server, timeout=TOO_LONG)
    backend.open()
    assert backend.send_messages([message()]) == 1
    backend.close()


@pytest.mark.parametrize("said", ["251 will forward", "250 OK"])
def test_every_kind_of_yes_is_a_yes(server: Sink, said: str) -> None:
    server.answers["taken"] = said
    backend = connected(server)
    backend.open()
    assert backend.send_messages([message()]) == 1
    backend.close()


def test_gibberish_after_the_mail_is_a_doubt(server: Sink) -> None:
    server.answers["taken"] = "what?"
    backend = connected(server)
    backend.open()
    with pytest.raises(LostAfter):
        backend.send_messages([message()])
    assert backend.connection is None


@pytest.mark.parametrize("step", ["connect", "EHLO"])
@pytest.mark.parametrize("rude", [DROP, HANG, "421 busy", "554 no"])
def test_without_a_greeting_there_is_no_conversation(server: Sink, step: str, rude: str) -> None:
    server.answers[step] = rude
    backend = connected(server, timeout=TOO_LONG)
    with pytest.raises(NoConversation):
        backend.open()
    assert backend.connection is None
    backend.close()


def test_a_host_that_does_not_exist_or_is_no_name() -> None:
    for host in ("127.0.0.1", "x" * 70):
        with pytest.raises(NoConversation):
            Backend(host=host, port=1, timeout=1).open()


@contextmanager
def dribbling() -> Iterator[int]:
    """Greet with one byte at a time, and never come to the end of the line."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            peer, _address = listening.accept()
            with peer:
                peer.sendall(b"220 ")
                while not stop.wait(0.02):
                    try:
                        peer.sendall(b"x")
                    except OSError:
                        return

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield int(listening.getsockname()[1])
        finally:
            stop.set()
            thread.join()


def test_a_server_that_sends_a_byte_now_and_then_is_not_waited_for() -> None:
    with dribbling() as port, pytest.raises(NoConversation, match="timed out"):
        Backend(host="127.0.0.1", port=port, timeout=TOO_LONG).open()


def test_a_whole_conversation_has_an_end(server: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = connected(server)
    backend.open()
    monkeypatch.setattr(mail_connection, "CONVERSATION", 0.0)
    with pytest.raises(LostBefore):
        backend.send_messages([message()])
    backend.close()


def test_silence_where_silence_was_asked_for(server: Sink) -> None:
    backend = connected(server, fail_silently=True)
    server.answers["RCPT"] = "550 no"
    assert backend.send_messages([message()]) == 0
    server.answers = {"connect": "554 no"}
    backend.close()
    assert backend.send_messages([message()]) == 0


def test_a_mail_to_nobody_is_not_sent(server: Sink) -> None:
    backend = connected(server)
    backend.open()
    assert backend.send_messages([message(to=[])]) == 0
    backend.close()


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("certificate"))


def talks_tls(secured: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(secured)
    return context


def trusting(backend: Backend, secured: Path) -> Backend:
    backend.ssl_context = ssl.create_default_context(cafile=str(secured))
    return backend


def test_starttls_and_signing_in(secured: Path) -> None:
    def known(_server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> AuthResult:
        right = (data.login, data.password) == (b"naam", b"geheim")
        return AuthResult(success=right, handled=False)

    options: dict[str, Any] = {
        "tls_context": talks_tls(secured),
        "require_starttls": True,
        "authenticator": known,
        "auth_required": True,
    }
    with smtp_sink(**options) as sink:
        values: dict[str, Any] = {"host": "localhost", "use_tls": True, "username": "naam"}
        backend = trusting(connected(sink, password="geheim", **values), secured)
        backend.open()
        for number in range(3):
            assert backend.send_messages([message(number)]) == 1
        backend.close()
        assert sink.asked["connect"] == 1
        wrong = trusting(connected(sink, password="anders", **values), secured)
        with pytest.raises(NoConversation, match="535"):
            wrong.open()
        wrong.close()


def test_tls_from_the_first_byte(secured: Path) -> None:
    with smtp_sink(listen_with=talks_tls(secured)) as sink:
        backend = trusting(connected(sink, host="localhost", use_ssl=True), secured)
        backend.open()
        for number in range(2):
            assert backend.send_messages([message(number)]) == 1
        backend.close()
        assert len(sink.kept) == 2


def test_a_certificate_that_nobody_knows_is_not_talked_to(secured: Path) -> None:
    with (
        smtp_sink(listen_with=talks_tls(secured)) as sink,
        pytest.raises(NoConversation, match="certificate"),
    ):
        connected(sink, host="localhost", use_ssl=True).open()
