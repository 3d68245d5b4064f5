"""Redis and PostgreSQL go away in the middle and come back: nobody hangs, and nothing is lost."""

from __future__ import annotations

import http.client
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from config.stack import free_port
from tests.chaos.conftest import migrate
from tests.chaos.processes import Process, listens, wait_until
from tests.chaos.servers import Postgres, Redis, Sink
from tests.chaos.stage import PYTHON, Stage, names

# The promise, in seconds after both are back.
SOON = 300.0
BEFORE, DURING = 30, 10
# A page waits at most so long for a queue that is away, whatever it does (with room for a slow
# machine: two seconds is what the sockets are told).
CALM_SECONDS = 15.0
CALM = "clb@pvda.nl"


@pytest.fixture
def own_postgres(tmp_path: Path) -> Iterator[Postgres]:
    server = Postgres(tmp_path)
    try:
        server.begin()
        migrate(server.make("empty"), tmp_path)
        yield server
    finally:
        server.end()


@pytest.fixture
def work(tmp_path: Path, own_postgres: Postgres, redis: Redis, sink: Sink) -> Iterator[Stage]:
    folder = tmp_path / "state"
    folder.mkdir()
    made = Stage(
        engine="celery",
        folder=folder,
        database=own_postgres.make(f"stage_{uuid4().hex[:12]}", template="empty"),
        sink=sink,
        REDIS_URL=redis.url,
    )
    yield made
    made.end()


@pytest.fixture
def web(work: Stage) -> Iterator[Callable[[str], tuple[int, str]]]:
    """Return a way to ask a real web process for a page."""
    port = free_port()
    server: Process = work.process(
        *("web", PYTHON, "-m", "gunicorn", "config.wsgi:application"),
        *("--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"),
        "--no-control-socket",
    )
    server.start()
    wait_until(lambda: listens(port), or_say=server.tail)

    def ask(path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("localhost", port, timeout=60)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    yield ask
    server.kill()


def test_what_is_due_goes_within_five_minutes_of_the_return_of_redis_and_postgresql(
    work: Stage,
    own_postgres: Postgres,
    redis: Redis,
    sink: Sink,
    web: Callable[[str], tuple[int, str]],
) -> None:
    work.begin()
    work.tell("people", 2, 5)
    work.tell("mail", 0, BEFORE)
    wait_until(lambda: len(sink.accepted()) > 3, or_say=work.tails)
    # Without Redis, work is put down as ever; nobody waits for it.
    redis.kill()
    assert work.tell("mail", BEFORE, DURING) < CALM_SECONDS
    assert web("/aanmelden/")[0] == 200
    # Without PostgreSQL, pages that need none are there; others say so calmly.
    own_postgres.signal(signal.SIGKILL)
    wait_until(lambda: not own_postgres.runs)
    assert web("/healthz")[0] == 200
    assert web("/aanmelden/")[0] == 200
    status, page = web("/uitnodiging/nobody/")
    assert (status, CALM in page) == (500, True), page
    time.sleep(3)
    own_postgres.begin()
    redis.begin()
    back = time.time()
    work.finish(seconds=SOON)
    accepted = sink.accepted()
    assert names(range(BEFORE + DURING)) <= {name for name, _to, _moment in accepted}
    assert work.states() == {"done": BEFORE + DURING}, work.tails()
    late = [each for each in accepted if each[2] > back + SOON]
    assert late == [], work.tails()
    mails = work.rows("SELECT state, count(*) FROM notifications_delivery GROUP BY state")
    assert dict(mails).keys() == {"sent"}, work.tails()
    assert web("/aanmelden/")[0] == 200
