"""The whole stack from plain processes: it starts, does work, and leaves nothing running."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from config import stack
from config.supervisor import Child, Supervisor

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 240.0


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder that the user of PostgreSQL can reach as well (pytest's own it cannot)."""
    if stack.programs() is None or shutil.which("redis-server") is None:
        assert not os.environ.get("CI"), "CI has PostgreSQL and Redis"
        pytest.skip("PostgreSQL or Redis is not installed")
    made = Path(tempfile.mkdtemp(prefix="rodedraad-stack-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def processes_of(folder: Path) -> list[str]:
    """Return the commands of all processes that know the folder, from command or environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            known = command + (process / "environ").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in known and int(process.name) != os.getpid():
            found.append(command.replace(b"\0", b" ").decode(errors="replace"))
    return found


def ask(port: int, path: str) -> tuple[int, Any]:
    """Return status and text; 0 when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()


def wait_until(holds: Callable[[], object], run: subprocess.Popen[str], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert run.poll() is None, f"it stopped before: {what}"
        assert time.monotonic() < deadline, f"not in time: {what}"
        time.sleep(0.3)


def done_jobs(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM jobs_job WHERE state = 'done'").fetchone()
        return row[0] if row else 0


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_it_starts_does_work_and_leaves_nothing_running(folder: Path) -> None:
    port, log = stack.free_port(), folder / "output.log"
    given = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    with log.open("w", encoding="utf-8") as output:
        run = subprocess.Popen(  # noqa: S603 - our own interpreter, our own arguments
            [sys.executable, "-m", "config.stack", "--port", str(port), "--folder", str(folder)],
            cwd=ROOT,
            env=given | {"DEMO": "0"},
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        wait_until(lambda: ask(port, "/healthz")[0] == 200, run, "it answers")
        wait_until(lambda: ask(port, "/readyz")[0] == 200, run, "it is ready")
        told = json.loads(ask(port, "/readyz")[1])
        assert (told["database"], told["queue"], told["engine"]) == ("ok", "ok", "celery")
        environment = _environment_of_web(folder)
        url = environment["DATABASE_URL"]
        wait_until(lambda: done_jobs(url), run, "a job is done")
        assert len(processes_of(folder)) >= 6
    finally:
        run.send_signal(signal.SIGINT)
        code = run.wait(PATIENCE)
    said = log.read_text(encoding="utf-8")
    assert code == 0, said
    assert processes_of(folder) == []
    assert ask(port, "/healthz")[0] == 0
    # Its passwords stand in files of their own, and nowhere in what it says.
    for name in ("postgresql", "redis"):
        secret = folder / f"{name}-password"
        assert secret.stat().st_mode & 0o077 == 0
        assert secret.read_text(encoding="ascii") not in said


def _environment_of_web(folder: Path) -> dict[str, str]:
    """Return the variables with which the web server runs."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "environ").read_bytes().decode().split("\0")
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if b"gunicorn" in command and f"STATE_DIR={folder}" in words:
            return dict(word.split("=", 1) for word in words if "=" in word)
    raise AssertionError("no web server runs")


def test_what_is_missing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setattr(stack, "programs", lambda: None)
    assert stack.main(["--port", str(stack.free_port()), "--folder", str(tmp_path)]) == 2
    assert "apt install postgresql" in capsys.readouterr().err
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody@127.0.0.1/nothing")
    monkeypatch.setattr("config.stack.shutil.which", lambda _name: None)
    assert stack.main(["--port", str(stack.free_port()), "--folder", str(tmp_path)]) == 2
    assert "apt install redis-server" in capsys.readouterr().err
    assert stack.main(["--port", "0", "--folder", str(tmp_path)]) == 2
    assert "is not a port number" in capsys.readouterr().err


def test_a_password_is_made_once(tmp_path: Path) -> None:
    first = stack.password(tmp_path, "x")
    assert stack.password(tmp_path, "x") == first
    assert stack.password(tmp_path, "y") != first
    assert len(first) == 32


def test_what_others_need_stops_after_them_and_in_its_own_way(tmp_path: Path) -> None:
    script = (
        "import signal, sys, time, pathlib\n"
        "def leave(number, frame):\n"
        "    with open(sys.argv[1], 'a') as seen: seen.write(f'{sys.argv[2]} {number}\\n')\n"
        "    sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, leave); signal.signal(signal.SIGINT, leave)\n"
        "pathlib.Path(sys.argv[1] + '-' + sys.argv[2]).touch()\n"
        "while True: time.sleep(0.05)\n"
    )
    seen = tmp_path / "seen"

    def child(name: str, **more: Any) -> Child:
        return Child(name=name, command=[sys.executable, "-c", script, str(seen), name], **more)

    run = Supervisor(
        children=[
            child("database", stop_signal=signal.SIGINT, needed_by_others=True),
            child("web"),
        ]
    )
    for one in run.children:
        one.start()
        assert one.process is not None
        run.selector.register(one.process.stdout, 1, one)  # type: ignore[arg-type]
    deadline = time.monotonic() + 20
    while not all((tmp_path / f"seen-{one.name}").exists() for one in run.children):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    run._stop()
    for one in run.children:
        run._forget_output(one)
    run.selector.close()
    assert seen.read_text(encoding="utf-8").split("\n")[:2] == ["web 15", "database 2"]
