"""Logs: one event a line, JSON on a server, readable at a desk; masked, with the request's number.

Everything that logs goes through the one formatter here: our own code, Django, the web server and
the task engines. Nothing else may be given a handler of its own (docs/operations.md).
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bind_contextvars, clear_contextvars

from core.masking import mask

Handler = Callable[[HttpRequest], HttpResponse]
Event = MutableMapping[str, Any]

log = logging.getLogger("rodedraad.requests")

# Ours, or made by us: these are not looked at for secrets.
_PLAIN = frozenset({"timestamp", "level", "request_id"})
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,16}")
_DEEPEST = 4
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SERVER_ERROR = 500
# Asked every few seconds by machines.
UNTOLD = frozenset({"/healthz", "/readyz"})


def masked(_logger: object, _method: str, event: Event) -> Event:
    """Mask every text of an event, however deep it stands in it."""
    return {key: value if key in _PLAIN else _masked(value, 0) for key, value in event.items()}


def _masked(value: Any, depth: int) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if depth < _DEEPEST and isinstance(value, Mapping):
        return {mask(str(key)): _masked(one, depth + 1) for key, one in value.items()}
    if depth < _DEEPEST and isinstance(value, list | tuple | set | frozenset):
        return [_masked(one, depth + 1) for one in value]
    return mask(str(value))


def one_line(_logger: object, _method: str, event: Event) -> Event:
    """Keep the event itself on one line: who writes a line break into a name forges no entry."""
    event["event"] = "".join(c if c.isprintable() else " " for c in str(event.get("event", "")))
    return event


def formatter(*, style: str) -> structlog.stdlib.ProcessorFormatter:
    """Return the formatter of all log lines.

    Args:
        style: "json" for one object a line, "lines" for people.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any]
    if style == "json":
        last = [masked, one_line, structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        last = [masked, one_line, structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, fields],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            *last,
        ],
    )


def fields(_logger: object, _method: str, event: Event) -> Event:
    """Take over what a plain logger was given as ``extra={"fields": {…}}``, and nothing else.

    Django hangs the whole request on its records; that stays out.
    """
    record = event.get("_record")
    event.update(getattr(record, "fields", None) or {})
    return event


def logging_settings(*, style: str, requests: str) -> dict[str, Any]:
    """Return the setting ``LOGGING``.

    Args:
        style: see ``formatter``.
        requests: from which level on a line per request is written ("INFO": every request).
    """
    through: dict[str, Any] = {"handlers": [], "level": "NOTSET", "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"event": {"()": "config.logs.formatter", "style": style}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "event"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            # Their own handlers would write past the mask.
            **{name: dict(through) for name in ("django", "django.server", "gunicorn.error")},
            # Nor is there a line with the whole address beside ours.
            "gunicorn.access": through | {"level": "WARNING"},
            "rodedraad.requests": {"level": requests},
        },
    }


class RequestLogMiddleware:
    """Gives every request a number, which stands on all lines that it causes, and logs its end.

    The line names the route and not the address: keys and names stand in addresses. A number that a
    proxy gave (``X-Request-ID``) is kept when it is one.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        given = request.headers.get("X-Request-ID", "")
        number = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex[:16]
        started = time.perf_counter()
        # It stays until this thread's next request: Django logs refusals after the last middleware.
        clear_contextvars()
        bind_contextvars(request_id=number)
        response = self.get_response(request)
        if request.path_info not in UNTOLD or response.status_code >= SERVER_ERROR:
            match = request.resolver_match
            told = {
                "method": request.method if request.method in METHODS else "?",
                "route": match.view_name if match else None,
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000),
            }
            log.info("request", extra={"fields": told})
        response["X-Request-ID"] = number
        return response
