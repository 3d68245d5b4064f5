"""A hundred phones that post for a minute, over real HTTP, and a board that looks on.

The server is the one of ``make run``: gunicorn, one process of four threads, SQLite in a file. Told
is whether every note that was taken is there, once, and how long it took until the board showed it.
``python -m bench.board`` runs it by itself.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median
from typing import Any, Final
from urllib.parse import urlencode

from config.stack import free_port

ROOT: Final = Path(__file__).resolve().parents[1]
PHONES: Final = 100
SECONDS: Final = 60.0
NOTES_EACH: Final = 10
"""One every six seconds from every phone: more than anybody types."""

SEEN_WITHIN: Final = 2.0
_PATIENCE: Final = 60.0
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Pace:
    """How a phone writes: so many notes, spread over so many seconds."""

    seconds: float
    each: int


@dataclass
class Outcome:
    """What a run gave.

    Attributes:
        taken: texts for which a phone was told that they hang → the moment.
        failed: answers that were none of ours, by what they were.
        seen: text → the moment at which the board showed it.
        stored: texts in the database, each as often as it stands there.
        waits: seconds that a phone waited for each answer.
        bare: seconds that a page without a database takes on the same server, alone.
    """

    taken: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    seen: dict[str, float] = field(default_factory=dict)
    stored: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    bare: float = 0.0

    @property
    def lost(self) -> int:
        """How many notes were taken and are not there."""
        return len(self.taken.keys() - set(self.stored))

    @property
    def doubled(self) -> int:
        """How many notes are there more than once."""
        return len(self.stored) - len(set(self.stored))

    @property
    def delays(self) -> list[float]:
        """Seconds from "it hangs" on the phone to its being on the board, in order."""
        never = time.monotonic()
        return sorted(
            max(self.seen.get(text, never) - moment, 0.0) for text, moment in self.taken.items()
        )


def run(*, phones: int = PHONES, seconds: float = SECONDS, each: int = NOTES_EACH) -> Outcome:
    """Let so many phones post ``each`` notes, spread over so many seconds; half is sent twice."""
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as (port, setting):
        outcome = Outcome(bare=_bare(port))
        done = threading.Event()
        looking = threading.Thread(target=_look, args=(port, setting, outcome, done))
        looking.start()
        with ThreadPoolExecutor(max_workers=phones) as pool:
            pace = Pace(seconds, each)
            for number in range(phones):
                pool.submit(_phone, number, port, setting["code"], outcome, pace)
        end = time.monotonic() + SEEN_WITHIN * 2
        while time.monotonic() < end and outcome.taken.keys() - outcome.seen.keys():
            time.sleep(0.1)
        done.set()
        looking.join()
        outcome.stored = _in_a_process(Path(folder), "stored")["texts"]
        return outcome


def _phone(number: int, port: int, code: str, outcome: Outcome, pace: Pace) -> None:
    """Join, and post one note after the other."""
    begin = time.monotonic()
    page = f"/sessie/{code}/"
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        time.sleep(pace.seconds / 10 * (number % 10) / 10)
        body = _ask(connection, "GET", page)[1]
        key = body.partition('name="key" value="')[2].partition('"')[0]
        status, _body, cookie = _ask(
            connection, "POST", page, {"key": key, "role": "resident", "member": "no"}
        )
        if not cookie:
            outcome.failed.append(f"joining: {status}")
            return
        for turn in range(pace.each):
            planned = begin + pace.seconds * (turn + 0.5) / pace.each
            time.sleep(max(planned - time.monotonic(), 0))
            _write(connection, page, cookie, f"telefoon {number} briefje {turn}", outcome)
    except (OSError, HTTPException) as error:
        outcome.failed.append(type(error).__name__)
    finally:
        connection.close()


def _write(connection: HTTPConnection, page: str, cookie: str, text: str, outcome: Outcome) -> None:
    data = {"submission": str(uuid.uuid4()), "text": text}
    # Every second note is sent twice: the answer got lost, the finger pressed again.
    for _time in range(2 if text.endswith(("1", "3", "5", "7", "9")) else 1):
        begin = time.monotonic()
        status, _body, _cookie = _ask(connection, "POST", f"{page}briefje/", data, cookie=cookie)
        now = time.monotonic()
        outcome.waits.append(now - begin)
        if status == 302:  # noqa: PLR2004 - led back to the page: it hangs
            outcome.taken.setdefault(text, now)
        else:
            outcome.failed.append(str(status))


def _look(port: int, setting: dict[str, Any], outcome: Outcome, done: threading.Event) -> None:
    """Ask each second what is on the board, as its page does."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    since = ""
    while not done.is_set():
        begin = time.monotonic()
        try:
            status, body, _cookie = _ask(
                connection, "GET", f"{setting['board']}{since}", cookie=setting["cookie"]
            )
        except (OSError, HTTPException):
            connection.close()
            continue
        if status == 200:  # noqa: PLR2004
            now = time.monotonic()
            since = body.partition("?vanaf=")[2].partition('"')[0]
            since = f"?vanaf={since}"
            for piece in body.split("<span>")[1:]:
                outcome.seen.setdefault(piece.partition("</span>")[0], now)
        done.wait(max(1 - (time.monotonic() - begin), 0))
    connection.close()


def _ask(
    connection: HTTPConnection,
    method: str,
    path: str,
    data: dict[str, str] | None = None,
    *,
    cookie: str = "",
) -> tuple[int, str, str]:
    headers = dict(_FORM if data else {}) | ({"Cookie": cookie} if cookie else {})
    body = urlencode(data) if data else None
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
    except (ConnectionError, HTTPException):
        # The server closed a connection that stood still; as a browser does, and the note has its
        # number, ask once more.
        connection.close()
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
    text = answer.read().decode()
    return answer.status, text, (answer.getheader("Set-Cookie") or "").partition(";")[0]


def _bare(port: int) -> float:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    taken = []
    for _round in range(20):
        begin = time.monotonic()
        _ask(connection, "GET", "/sessie/")
        taken.append(time.monotonic() - begin)
    connection.close()
    return median(taken)


@contextmanager
def _server(folder: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Run the product on a database of its own with one live session."""
    setting = _in_a_process(folder, "begin")
    port = free_port()
    command = (
        *(sys.executable, "-m", "gunicorn", "config.wsgi:application"),
        *("--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"),
        *("--no-control-socket", "--log-level", "warning"),
    )
    with subprocess.Popen(command, cwd=ROOT, env=_environment(folder)) as server:  # noqa: S603 - our own
        try:
            _wait_for(port, server)
            yield port, setting
        finally:
            server.terminate()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=1)
        try:
            _ask(connection, "GET", "/sessie/")
        except (OSError, HTTPException):
            time.sleep(0.2)
        else:
            return
        finally:
            connection.close()
    message = "the server did not start"
    raise RuntimeError(message)


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "STATE_DIR": str(folder),
        "PYTHONPATH": str(ROOT),
        "SITE_URL": "http://localhost",
        "DEMO": "",
        "DEBUG": "0",
    }


def _in_a_process(folder: Path, what: str) -> dict[str, Any]:
    """Do something with the server's own database; in a process, for Django is set up once."""
    answer = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-m", "bench.board_setting", what],
        cwd=ROOT,
        env=_environment(folder),
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Run it and print what came of it."""
    outcome = run()
    delays, waits = outcome.delays, sorted(outcome.waits)
    print(f"taken {len(outcome.taken)}, stored {len(outcome.stored)}, lost {outcome.lost}")
    print(f"doubled {outcome.doubled}, failed {outcome.failed[:5]} ({len(outcome.failed)})")
    print(f"posts {len(waits)}, wait median {median(waits):.3f} s, longest {waits[-1]:.3f} s")
    print(f"on the board: median {median(delays):.2f} s, slowest {delays[-1]:.2f} s")
    within = sum(delay <= SEEN_WITHIN for delay in delays)
    print(f"within {SEEN_WITHIN:.0f} seconds: {within} of {len(delays)}")


if __name__ == "__main__":
    main()
