"""Whether this process lives (`/healthz`) and whether the whole does its work (`/readyz`).

They answer before the host check, sessions and sign-in: who asks is a container engine or a
monitor, and what is asked about may be away. `/readyz` tells words and numbers, nothing of anybody:

    {"ready": false, "database": "ok", "queue": "no answer", "engine": "celery",
     "tick_seconds": 21, "reminder_days": 0, "reminders_stuck": 0, "delivery_seconds": 4,
     "sent_seconds": 61, "jobs_waiting": 3, "jobs_parked": 0, "mails_waiting": 1,
     "mails_parked": 0, "why": ["the queue: no answer"]}

Numbers that could not be read are null. A web process with a `/readyz` of 503 still serves pages,
so no proxy should take it away for that: `/healthz` is for whoever decides about restarting.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import clock
from monitor.queries import operations

log = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]

# How long one part may keep us waiting.
PATIENCE: Final = 2.0
# A mail that may go, and has not gone for so long, waits for something that is broken.
DELIVERY_MAY_BE: Final = timedelta(minutes=30)
_PROBING = {name: threading.Lock() for name in ("database", "queue")}


@dataclass(kw_only=True)
class Health:
    """What was found; ``why`` has a sentence for each thing that is not as it should be."""

    database: str = "ok"
    queue: str = "ok"
    counts: dict[str, Any] = field(
        default_factory=lambda: dict.fromkeys(operations.VITAL_NAMES, None)
    )
    why: list[str] = field(default_factory=list)

    @property
    def works(self) -> bool:
        """Tell whether a tick goes all the way round: beat, queue, worker, database."""
        seconds = self.counts["tick_seconds"]
        ticks = seconds is not None and seconds <= operations.TICK_MAY_BE.total_seconds()
        return ticks and self.database == self.queue == "ok"

    def told(self) -> dict[str, Any]:
        """Return it as the page tells it."""
        return {
            "ready": not self.why,
            "database": self.database,
            "queue": self.queue,
            "engine": settings.TASK_ENGINE,
            **self.counts,
            "why": self.why,
        }


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; nothing else is asked."""
    del request
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether database, queue, worker and mail do their work: 200, or 503 and why not."""
    del request
    health = look(now=timezone.now())
    told = health.told()
    return JsonResponse(told, status=503 if health.why else 200)


def look(*, now: datetime) -> Health:
    """Look at each part, at most ``PATIENCE`` seconds for each."""
    health = Health()
    vitals, problem = _within("database", partial(_vitals, now=now))
    if vitals is None:
        health.database = problem
        health.why.append(f"the database: {problem}")
    else:
        health.counts = asdict(vitals)
        health.why += _judged(vitals)
    _done, problem = _within("queue", _queue)
    if problem:
        health.queue = problem
        health.why.append(f"the queue: {problem}")
    return health


def _judged(vitals: operations.Vitals) -> Iterator[str]:
    if vitals.tick_seconds is None:
        yield "no tick yet: has a worker ever run?"
    elif not vitals.ticks:
        yield f"the last tick was {vitals.tick_seconds} seconds ago: is a worker running?"
    mail, sent, most = vitals.delivery_seconds, vitals.sent_seconds, DELIVERY_MAY_BE.total_seconds()
    # One full mailbox keeps its own mail waiting; only when none goes out, it is we.
    if mail is not None and mail > most and (sent is None or sent > most):
        yield f"a mail waits for {mail} seconds: does the mail server answer?"
    if vitals.reminders_stuck:
        yield f"{vitals.reminders_stuck} reminders were due days ago and are in no mail"


def _vitals(*, now: datetime) -> operations.Vitals:
    today = clock.today()
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return operations.vitals(now=now, today=today)
    own = connections[DEFAULT_DB_ALIAS]
    # A connection of its own: one that was kept may hang on a server that went away.
    own.settings_dict = own.settings_dict | {
        "OPTIONS": own.settings_dict["OPTIONS"]
        | {"connect_timeout": 2, "options": "-c statement_timeout=2000"}
    }
    try:
        return operations.vitals(now=now, today=today)
    finally:
        own.close()


def _queue() -> bool:
    """Ask the broker for an answer, where that is not the database."""
    if settings.TASK_ENGINE != "celery":
        return True
    # Only where this engine is chosen.
    import redis  # noqa: PLC0415
    from redis.backoff import NoBackoff  # noqa: PLC0415
    from redis.retry import Retry  # noqa: PLC0415

    broker = redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 0),
    )
    with broker:
        return bool(broker.ping())


def _within(name: str, probe: Callable[[], Any]) -> tuple[Any, str]:
    """Run a probe beside us and wait for it; return what it found, or the words for why not.

    Who asks while another is being answered waits for its turn: a stranger who keeps asking must
    not make us look ill to a monitor. One that hangs is not asked a second time: it would only hang
    beside the first.
    """
    if name == "database" and (connection.vendor == "sqlite" or connection.in_atomic_block):
        # A file on this machine: reading it waits for nobody, and a second connection sees less.
        return _answer(name, probe)
    lock = _PROBING[name]
    if not lock.acquire(timeout=PATIENCE):
        return None, "no answer"
    found: list[tuple[Any, str]] = []

    def work() -> None:
        try:
            found.append(_answer(name, probe))
        finally:
            lock.release()

    beside = threading.Thread(target=work, name=f"health-{name}", daemon=True)
    beside.start()
    beside.join(PATIENCE)
    return found[0] if found else (None, "no answer")


def _answer(name: str, probe: Callable[[], Any]) -> tuple[Any, str]:
    try:
        return probe(), ""
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what this page is for
        log.warning("%s is not well: %s", name, type(error).__name__)
        return None, "not reachable"


class HealthMiddleware:
    """Answers the two before anything is asked of the host name, the session or the database."""

    pages: Final[dict[str, Handler]] = {"/healthz": healthz, "/readyz": readyz}

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        page = self.pages.get(request.path_info)
        if page is None:
            return self.get_response(request)
        response = page(request)
        response["X-Frame-Options"] = "DENY"
        return response
