"""The supervisor is really started, with small scripts for children, and really interrupted."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from config.stack import free_port

SUPERVISOR = Path(__file__).resolve().parents[2] / "config" / "supervisor.py"
PATIENCE = 20.0

# A parent with one child of its own, as django-q2 has; each writes its number down.
FAMILY = """
import os, pathlib, signal, sys, time
here = pathlib.Path(sys.argv[1])
stubborn = "stubborn" in sys.argv
def leave(number, frame):
    with (here / "signals").open("a") as seen:
        seen.write(f"{me}\\n")
    if not stubborn:
        sys.exit(0)
me = "parent"
signal.signal(signal.SIGTERM, leave)
if os.fork() == 0:
    me = "child"
(here / f"{me}.pid").write_text(str(os.getpid()))
print(me, "is up", flush=True)
while True:
    time.sleep(0.05)
"""
WEB = """
import http.server, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(302)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
"""


class Run:
    """One supervisor under test, its output in a file."""

    def __init__(self, folder: Path, arguments: Sequence[str]) -> None:
        self.output_path = folder / "output"
        with self.output_path.open("wb") as output:
            self.process = subprocess.Popen(  # noqa: S603 - our own script
                [sys.executable, "-P", str(SUPERVISOR), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def output(self) -> str:
        return self.output_path.read_text(encoding="utf-8")

    def wait_for(self, text: str, *, times: int = 1) -> None:
        wait_until(lambda: self.output.count(text) >= times, or_say=lambda: self.output)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def _start(*arguments: str) -> Run:
        runs.append(Run(tmp_path, arguments))
        return runs[-1]

    yield _start
    for run in runs:
        if run.process.poll() is None:
            run.process.terminate()
            run.process.wait(PATIENCE)
    for note in tmp_path.glob("*.pid"):
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(note.read_text()), signal.SIGKILL)


@pytest.fixture
def family(tmp_path: Path) -> str:
    script = tmp_path / "family.py"
    script.write_text(FAMILY)
    return f"{sys.executable} {script} {tmp_path}"


def wait_until(true: Callable[[], bool], *, or_say: Callable[[], str] = str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, or_say()
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A process that ended but whose parent has not looked yet still has its number.
    with contextlib.suppress(OSError):
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    return True


def pids(folder: Path) -> list[int]:
    wait_until(
        lambda: all(
            (folder / f"{name}.pid").exists() and (folder / f"{name}.pid").read_text()
            for name in ("parent", "child")
        )
    )
    return [int((folder / f"{name}.pid").read_text()) for name in ("parent", "child")]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_and_only_the_first_process_is_asked(
    start: Callable[..., Run], family: str, tmp_path: Path, number: signal.Signals
) -> None:
    run = start("--grace", "5", "--child", f"worker={family}")
    both = pids(tmp_path)
    run.process.send_signal(number)
    assert run.process.wait(PATIENCE) == 0
    wait_until(lambda: not any(alive(pid) for pid in both))
    assert (tmp_path / "signals").read_text() == "parent\n"


def test_a_child_that_does_not_listen_is_killed_with_its_group_after_the_grace_period(
    start: Callable[..., Run], family: str, tmp_path: Path
) -> None:
    run = start("--grace", "0.5", "--child", f"worker={family} stubborn")
    both = pids(tmp_path)
    asked = time.monotonic()
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(PATIENCE) == 0
    assert time.monotonic() - asked >= 0.5
    wait_until(lambda: not any(alive(pid) for pid in both))


def test_a_second_ctrl_c_does_not_wait(
    start: Callable[..., Run], family: str, tmp_path: Path
) -> None:
    run = start("--grace", "600", "--child", f"worker={family} stubborn")
    both = pids(tmp_path)
    run.process.send_signal(signal.SIGINT)
    wait_until((tmp_path / "signals").exists)
    assert run.process.poll() is None
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(PATIENCE) == 0
    wait_until(lambda: not any(alive(pid) for pid in both))


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's own")
def test_a_killed_supervisor_takes_its_children_along(
    start: Callable[..., Run], family: str, tmp_path: Path
) -> None:
    run = start("--child", f"worker={family}")
    parent, _ = pids(tmp_path)
    run.process.kill()
    run.process.wait(PATIENCE)
    wait_until(lambda: not alive(parent))
    assert (tmp_path / "signals").read_text() == "parent\n"


@pytest.mark.usefixtures("start")
def test_the_supervisor_stops_when_its_caller_is_gone(family: str, tmp_path: Path) -> None:
    command = f'{sys.executable} -P {SUPERVISOR} --with-caller --child "worker={family}"'
    script = tmp_path / "caller.sh"
    script.write_text(f"{command} &\nwait\n")
    with subprocess.Popen(  # noqa: S603 - our own script
        ["/bin/sh", str(script)], stdout=subprocess.DEVNULL
    ) as caller:
        both = pids(tmp_path)
        caller.kill()
    wait_until(lambda: not any(alive(pid) for pid in both))


def test_a_child_that_stops_is_started_again(start: Callable[..., Run], tmp_path: Path) -> None:
    script = tmp_path / "once.py"
    script.write_text(
        "import pathlib, sys, time\n"
        f"mark = pathlib.Path({str(tmp_path / 'mark')!r})\n"
        "if not mark.exists():\n"
        "    mark.touch()\n"
        "    sys.exit(3)\n"
        "print('second life', flush=True)\n"
        "time.sleep(600)\n"
    )
    run = start("--child", f"worker={sys.executable} {script}")
    run.wait_for("worker | second life")
    assert "'worker' stopped (code 3) and starts again in 1 s." in run.output


def test_a_child_that_keeps_stopping_ends_the_run_with_a_sentence(
    start: Callable[..., Run], family: str, tmp_path: Path
) -> None:
    run = start("--pause", "0.2", "--child", "worker=false", "--child", f"web={family}")
    both = pids(tmp_path)
    assert run.process.wait(PATIENCE) == 1
    assert "'worker' keeps stopping (code 1); everything is stopped now." in run.output
    assert not any(alive(pid) for pid in both)


def test_a_command_that_is_not_there_is_one_sentence(start: Callable[..., Run]) -> None:
    run = start("--child", "web=/no/such/command")
    assert run.process.wait(PATIENCE) == 1
    assert "'web' cannot be started" in run.output
    assert "Traceback" not in run.output


def test_lines_carry_the_name_of_their_child_and_the_last_unfinished_line_is_kept(
    start: Callable[..., Run], tmp_path: Path
) -> None:
    script = tmp_path / "talk.py"
    script.write_text(
        "import sys, time\n"
        "sys.stdout.buffer.write(b'one\\ntwo \\xff three')\n"
        "sys.stdout.flush()\n"
        "time.sleep(0.3)\n"
    )
    run = start("--child", f"web={sys.executable} {script}", "--child", "worker=sleep 600")
    run.wait_for("web    | two \ufffd three\n")
    assert "web    | one\n" in run.output


def test_the_address_is_printed_when_the_first_answer_comes(
    start: Callable[..., Run], tmp_path: Path
) -> None:
    script = tmp_path / "web.py"
    script.write_text(WEB)
    port = free_port()
    run = start("--port", str(port), "--child", f"web={sys.executable} {script} {port}")
    run.wait_for(f"http://localhost:{port}/")
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(PATIENCE) == 0
    assert run.output.count("http://localhost") == 1


def test_a_taken_port_is_one_sentence_and_starts_nothing(
    start: Callable[..., Run], tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        port = taken.getsockname()[1]
        run = start("--port", str(port), "--child", f"web=touch {tmp_path / 'started'}")
        assert run.process.wait(PATIENCE) == 2
    assert run.output == (
        f"Poort {port} is bezet. Probeer: PORT={port + 1} make run\n"
        f"Port {port} is taken. Try: PORT={port + 1} make run\n"
    )
    assert not (tmp_path / "started").exists()


def test_a_free_port_is_only_looked_at(start: Callable[..., Run]) -> None:
    run = start("--check-port", "--port", str(free_port()))
    assert run.process.wait(PATIENCE) == 0
    assert run.output == ""


@pytest.mark.parametrize("port", ["0", "65536", "8000000000000", "acht", "-1", "", "٨٠٠٠"])
def test_what_is_no_port_number_is_said(start: Callable[..., Run], port: str) -> None:
    run = start("--check-port", f"--port={port}")
    assert run.process.wait(PATIENCE) == 2
    assert "is not a port number (1-65535). Try: PORT=8001 make run" in run.output
    assert "Traceback" not in run.output


def test_an_address_that_is_not_this_machines_is_said(start: Callable[..., Run]) -> None:
    run = start("--check-port", "--port", "8000", "--host", "203.0.113.1")
    assert run.process.wait(PATIENCE) == 2
    assert "Cannot listen on 203.0.113.1:8000 (" in run.output
    assert "Traceback" not in run.output


def test_a_killed_child_is_said_to_be_killed(
    start: Callable[..., Run], family: str, tmp_path: Path
) -> None:
    run = start("--pause", "600", "--child", f"worker={family}")
    parent, orphan = pids(tmp_path)
    os.kill(parent, signal.SIGKILL)
    run.wait_for("'worker' stopped (signaal/signal 9) and starts again in 600 s.")
    wait_until(lambda: not alive(orphan))


@pytest.mark.parametrize(
    ("arguments", "remark"),
    [
        ([], "nothing to run"),
        (["--child", "web"], "write it as name="),
        (["--child", "=true"], "write it as name="),
        (["--child", "web= "], "write it as name="),
    ],
)
def test_a_wrong_command_line_is_refused(
    start: Callable[..., Run], arguments: list[str], remark: str
) -> None:
    run = start(*arguments)
    assert run.process.wait(PATIENCE) == 2
    assert remark in run.output
