"""Starts the web server and the worker together, and leaves nothing running when they stop.

Called by `make run` with the standard library alone: `python -P config/supervisor.py --help`.

- Every child gets a session of its own, so Ctrl-C in the terminal reaches the supervisor only.
- Stopping sends SIGTERM to each child's first process and to no other: a signal to the whole group
  makes django-q2 lose the task it is busy with. After the grace period, or at a second Ctrl-C, the
  child's whole group is killed. What a child leaves behind in its group is killed as well.
- On Linux a child gets SIGTERM when the supervisor itself is killed (PR_SET_PDEATHSIG).
- A child that stops by itself is started again, after 1, 2, 4 … seconds; one that keeps stopping
  within half a minute ends the run with a sentence and exit code 1.
- Output comes line by line, with the child's name before it.

It is single-threaded on purpose: a process that forks while it has threads can hang.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import dataclasses
import errno
import http.client
import os
import selectors
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence

EXIT_STOPPED = 0
EXIT_CHILD_FAILED = 1
EXIT_USAGE = 2

GRACE_SECONDS = 10.0
PAUSE_SECONDS = 1.0
# A child that lived this long was well: its next stop counts as the first.
STEADY_SECONDS = 30.0
MAX_QUICK_STOPS = 5
# The address is printed below what the children say while they start, not above it.
QUIET_SECONDS = 0.7
LONGEST_ANNOUNCEMENT_WAIT = 5.0
HIGHEST_PORT = 65535
PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class PortError(Exception):
    """The address cannot be listened on; its text is one sentence for the person at the screen."""


def check_port(*, host: str, port: str) -> int:
    """Return the port as a number when a server could listen on it now.

    Raises:
        PortError: no port number, already in use, or not allowed.
    """
    if not (port.isascii() and port.isdigit() and 1 <= int(port[:6]) <= HIGHEST_PORT):
        raise PortError(
            f"'{port[:20]}' is geen poortnummer (1-{HIGHEST_PORT}). Probeer: PORT=8001 make run\n"
            f"'{port[:20]}' is not a port number (1-{HIGHEST_PORT}). Try: PORT=8001 make run",
        )
    number = int(port)
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)[
            0
        ]
        with socket.socket(family, kind, proto) as probe:
            # As gunicorn does: a connection that only lingers from the last run is no obstacle.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        other = number + 1 if number < HIGHEST_PORT else 8000
        if error.errno == errno.EADDRINUSE:
            raise PortError(
                f"Poort {number} is bezet. Probeer: PORT={other} make run\n"
                f"Port {number} is taken. Try: PORT={other} make run",
            ) from error
        raise PortError(
            f"Op {host}:{number} kan niet geluisterd worden ({error.strerror}). "
            f"Probeer: PORT=8001 make run\n"
            f"Cannot listen on {host}:{number} ({error.strerror}). Try: PORT=8001 make run",
        ) from error
    return number


def _die_with_supervisor() -> None:
    """Ask the kernel for a SIGTERM when the supervisor dies; runs in the new child."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


@dataclasses.dataclass(kw_only=True)
class Child:
    """One process to keep running: its name in the output, its command, and how it is doing.

    One that others need (a database) is asked to stop when those have stopped, in its own way.
    """

    name: str
    command: Sequence[str]
    stop_signal: signal.Signals = signal.SIGTERM
    needed_by_others: bool = False
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float | None = 0.0
    quick_stops: int = 0
    unfinished_line: bytes = b""

    def start(self) -> None:
        """Start the command in a session of its own. Raises OSError when it cannot be started."""
        self.process = subprocess.Popen(  # noqa: S603 - the command line is the developer's own
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_supervisor,  # noqa: PLW1509 - this process has no threads
        )
        self.started_at = time.monotonic()
        self.start_again_at = None
        if self.process.stdout is not None:
            os.set_blocking(self.process.stdout.fileno(), False)

    def ask_to_stop(self) -> None:
        """Send the signal to stop to the first process alone."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def kill_group(self) -> None:
        """Kill what is left of the child's group; the leader's number is the group's number."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    @property
    def running(self) -> bool:
        """Whether the first process is alive."""
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Keeps the children running until a signal, the caller's end, or a child that keeps failing.

    Args:
        children: what to run, in this order.
        grace: seconds between SIGTERM and SIGKILL.
        address: `(host, port)` of the web server, whose first answer is announced; or None.
        caller: process number that must stay alive (0: do not look), normally `make`'s.
        pause: seconds before a child's first new start; doubled at each quick stop.
    """

    def __init__(
        self,
        *,
        children: Sequence[Child],
        grace: float = GRACE_SECONDS,
        address: tuple[str, int] | None = None,
        caller: int = 0,
        pause: float = PAUSE_SECONDS,
    ) -> None:
        self.children = list(children)
        self.grace = grace
        self.address = address
        self.caller = caller
        self.pause = pause
        self.signals: list[int] = []
        self.answered_at: float | None = None
        self.spoken_at = 0.0
        self.selector = selectors.DefaultSelector()
        self.width = max(len(child.name) for child in self.children)

    def run(self) -> int:
        """Run until told to stop; returns the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda received, _frame: self.signals.append(received))
        # A signal ends the wait in the selector at once.
        wake_up, wake_up_end = socket.socketpair()
        with wake_up, wake_up_end:
            for end in (wake_up, wake_up_end):
                end.setblocking(False)
            signal.set_wakeup_fd(wake_up_end.fileno(), warn_on_full_buffer=False)
            self.selector.register(wake_up, selectors.EVENT_READ, None)
            try:
                return self._watch()
            finally:
                for child in self.children:
                    child.kill_group()
                signal.set_wakeup_fd(-1)
                self.selector.close()

    def _watch(self) -> int:
        code = EXIT_STOPPED
        while not self.signals and not code:
            for child in self.children:
                if not self._keep_running(child):
                    code = EXIT_CHILD_FAILED
                    break
            if self.caller and os.getppid() != self.caller:
                break
            self._pump(timeout=0.2)
            self._announce()
        self._stop()
        return code

    def _keep_running(self, child: Child) -> bool:
        """Start the child when it is due; False when it keeps stopping and the run must end."""
        now = time.monotonic()
        if child.process is not None and not child.running and child.start_again_at is None:
            self._pump(timeout=0)
            child.kill_group()
            self._forget_output(child)
            how = _how_it_ended(child.process.returncode)
            steady = now - child.started_at >= STEADY_SECONDS
            child.quick_stops = 1 if steady else child.quick_stops + 1
            if child.quick_stops >= MAX_QUICK_STOPS:
                self._say(
                    f"'{child.name}' stopt steeds ({how}); alles wordt nu gestopt. "
                    f"De regels hierboven zeggen waarom.\n"
                    f"'{child.name}' keeps stopping ({how}); everything is stopped now. "
                    f"The lines above say why.",
                )
                return False
            wait = self.pause * 2 ** (child.quick_stops - 1)
            child.start_again_at = now + wait
            self._say(
                f"'{child.name}' is gestopt ({how}) en start over {wait:g} s opnieuw. / "
                f"'{child.name}' stopped ({how}) and starts again in {wait:g} s.",
            )
        if child.start_again_at is not None and now >= child.start_again_at:
            try:
                child.start()
            except OSError as error:
                self._say(
                    f"'{child.name}' kan niet starten: {error}.\n"
                    f"'{child.name}' cannot be started: {error}.",
                )
                return False
            if child.process is not None and child.process.stdout is not None:
                self.selector.register(child.process.stdout, selectors.EVENT_READ, child)
        return True

    def _announce(self) -> None:
        """Print the address once: after the first answer, below the children's first lines."""
        if self.address is None or self.signals:
            return
        now = time.monotonic()
        if self.answered_at is None:
            self.answered_at = now if self._answers(*self.address) else None
            return
        quiet = now - self.spoken_at >= QUIET_SECONDS
        if not quiet and now - self.answered_at < LONGEST_ANNOUNCEMENT_WAIT:
            return
        _, port = self.address
        self.address = None
        self._say(
            f"\n  Rode Draad draait: http://localhost:{port}/\n"
            f"  Stoppen: Ctrl-C   (running; stop with Ctrl-C)\n",
        )

    @staticmethod
    def _answers(host: str, port: int) -> bool:
        connection = http.client.HTTPConnection(host, port, timeout=2)
        try:
            connection.request("GET", "/", headers={"Connection": "close"})
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return True

    def _stop(self) -> None:
        """Ask every child to stop, wait for the grace period, then kill whole groups."""
        heard = len(self.signals)
        if any(child.running for child in self.children):
            self._say("Stoppen… / Stopping…")
        for needed in (False, True):
            self._stop_these(
                [child for child in self.children if child.needed_by_others is needed], heard
            )
        self._pump(timeout=0)

    def _stop_these(self, children: Sequence[Child], heard: int) -> None:
        for child in children:
            child.ask_to_stop()
        deadline = time.monotonic() + self.grace
        while any(child.running for child in children):
            if time.monotonic() >= deadline or len(self.signals) > heard:
                for child in children:
                    child.kill_group()
            self._pump(timeout=0.1)
        for child in children:
            child.kill_group()

    def _pump(self, *, timeout: float) -> None:
        """Copy what the children printed, whole lines only, each with its child's name."""
        for key, _ in self.selector.select(timeout):
            if key.data is None:
                with contextlib.suppress(BlockingIOError):
                    os.read(key.fd, 4096)
                continue
            child: Child = key.data
            try:
                read = os.read(key.fd, 65536)
            except BlockingIOError:
                continue
            if not read:
                self._forget_output(child)
                continue
            *lines, child.unfinished_line = (child.unfinished_line + read).split(b"\n")
            for line in lines:
                self._print_line(child, line)

    def _forget_output(self, child: Child) -> None:
        """Close the pipe of a child that ended, after its last unfinished line."""
        if child.unfinished_line:
            self._print_line(child, child.unfinished_line)
            child.unfinished_line = b""
        stream = child.process.stdout if child.process is not None else None
        if stream is not None and not stream.closed:
            with contextlib.suppress(KeyError):
                self.selector.unregister(stream)
            stream.close()

    def _print_line(self, child: Child, line: bytes) -> None:
        self.spoken_at = time.monotonic()
        self._say(f"{child.name:<{self.width}} | {line.decode(errors='replace').rstrip()}")

    @staticmethod
    def _say(text: str) -> None:
        # The reader of our output may be gone (a closed terminal, `| head`): the children still
        # have to be stopped properly.
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.write(f"{text}\n")
            sys.stdout.flush()


def _how_it_ended(returncode: int | None) -> str:
    if returncode is not None and returncode < 0:
        return f"signaal/signal {-returncode}"
    return f"code {returncode}"


def _child(text: str) -> Child:
    name, separator, command = text.partition("=")
    words = shlex.split(command)
    if not (name and separator and words):
        raise argparse.ArgumentTypeError(f"write it as name='command …', not {text!r}")
    return Child(name=name, command=words)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and run; returns the exit code (2: the address cannot be used)."""
    parser = argparse.ArgumentParser(description="Run commands together until Ctrl-C.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", help="where the first answer is waited for", metavar="NUMBER")
    parser.add_argument("--check-port", action="store_true", help="only see whether it is free")
    parser.add_argument("--grace", type=float, default=GRACE_SECONDS, metavar="SECONDS")
    parser.add_argument("--pause", type=float, default=PAUSE_SECONDS, metavar="SECONDS")
    parser.add_argument("--with-caller", action="store_true", help="stop when the caller is gone")
    parser.add_argument("--child", type=_child, action="append", default=[], metavar="NAME=COMMAND")
    options = parser.parse_args(arguments)
    caller = os.getppid() if options.with_caller else 0
    address = None
    if options.port is not None:
        try:
            address = (options.host, check_port(host=options.host, port=options.port))
        except PortError as error:
            sys.stderr.write(f"{error}\n")
            return EXIT_USAGE
    if options.check_port:
        return EXIT_STOPPED
    if not options.child:
        parser.error("nothing to run: give at least one --child")
    return Supervisor(
        children=options.child,
        grace=options.grace,
        address=address,
        caller=caller,
        pause=options.pause,
    ).run()


if __name__ == "__main__":
    sys.exit(main())
