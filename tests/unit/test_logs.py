"""A log line is one event, masked, whoever wrote it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from config.logs import RequestLogMiddleware, formatter, logging_settings


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Return where all loggers write to, as JSON."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter(style="json"))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def events(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_exception_that_repeats_an_address_is_masked(written: io.StringIO) -> None:
    try:
        raise ValueError("550 <jan@voorbeeld.nl> unknown")  # noqa: TRY301 - it is what is logged
    except ValueError:
        logging.getLogger("rodedraad.test").exception("no mail for %s", "jan@voorbeeld.nl")
    [event] = events(written)
    assert event["event"] == "no mail for [address]"
    assert "550 <[address]> unknown" in event["exception"]
    assert "voorbeeld" not in written.getvalue()


def test_fields_are_masked_however_deep(written: io.StringIO) -> None:
    payload = {"to": ["jan@voorbeeld.nl"], "deep": {"er": {"er": {"er": {"er": "x@y.nl"}}}}, "n": 3}
    logging.getLogger("rodedraad.test").warning("job", extra={"fields": {"payload": payload}})
    [event] = events(written)
    assert event["payload"]["to"] == ["[address]"]
    assert event["payload"]["n"] == 3
    assert "@" not in written.getvalue()


def test_a_line_break_forges_no_line(written: io.StringIO) -> None:
    logging.getLogger("rodedraad.test").warning("name: %s", "Jan\n2026 [info] all is well\x1b[31m")
    assert len(events(written)) == 1
    lines = formatter(style="lines").format(
        logging.LogRecord("x", logging.INFO, "", 1, "Jan\nforged", None, None)
    )
    assert "\n" not in lines


def test_djangos_own_lines_carry_no_key(written: io.StringIO) -> None:
    request = RequestFactory().get("/agenda/abcdefghijklmnopqrstuvwx.ics?x=1")
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", request.path, extra={"request": request, "status_code": 500}
    )
    [event] = events(written)
    assert event["event"] == "Internal Server Error: /agenda/[key]"
    assert "request" not in event


def test_a_request_is_one_line_without_its_address(
    written: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "rodedraad.requests")

    def answer(request: HttpRequest) -> HttpResponse:
        logging.getLogger("rodedraad.test").warning("inside")
        del request
        return HttpResponse()

    asked = RequestFactory().get("/mail/stop/geheim/?x=1", headers={"X-Request-ID": "abcdef0123"})
    response = RequestLogMiddleware(answer)(asked)
    inside, ended = events(written)
    assert response["X-Request-ID"] == inside["request_id"] == ended["request_id"] == "abcdef0123"
    assert ended["status"] == 200
    assert ended["method"] == "GET"
    assert "geheim" not in written.getvalue()


@pytest.mark.parametrize("given", ["", "x", "kort\nforged", "a" * 40, "jan@voorbeeld.nl"])
def test_a_number_that_is_none_is_replaced(given: str) -> None:
    request = RequestFactory().get("/")
    request.META["HTTP_X_REQUEST_ID"] = given
    response = RequestLogMiddleware(lambda _request: HttpResponse())(request)
    assert response["X-Request-ID"] != given
    assert len(response["X-Request-ID"]) == 16


def test_a_health_check_is_told_only_when_it_fails(
    written: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "rodedraad.requests")
    for status in (200, 503):
        RequestLogMiddleware(lambda _request, status=status: HttpResponse(status=status))(  # type: ignore[misc]
            RequestFactory().get("/readyz")
        )
    assert [event["status"] for event in events(written)] == [503]


def test_no_logger_of_others_has_a_handler_of_its_own() -> None:
    wanted = logging_settings(style="json", requests="INFO")
    for name in ("django", "django.server", "gunicorn.error"):
        assert wanted["loggers"][name] == {"handlers": [], "level": "NOTSET", "propagate": True}
    assert wanted["loggers"]["gunicorn.access"]["handlers"] == []


def test_a_web_server_that_writes_addresses_all_the_same_writes_them_masked(
    written: io.StringIO,
) -> None:
    logging.getLogger("gunicorn.access").warning(
        '%(h)s "%(r)s" %(s)s',
        {"h": "192.0.2.7", "r": "GET /agenda/abcDEF.ics HTTP/1.1", "s": "200"},
    )
    [event] = events(written)
    assert event["event"] == '192.0.2.7 "GET /agenda/[key] HTTP/1.1" 200'
