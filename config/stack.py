"""The stack of a large installation from plain processes: `python -m config.stack --help`.

Web, Celery's worker and beat, with a PostgreSQL and a Redis of their own: what `docker-compose.yml`
runs, where no container engine runs. For trying it (`make stack`), with the demonstration on it.
Everything it writes stands in one folder; Ctrl-C stops all of it.

- `DATABASE_URL` or `REDIS_URL` in the environment: that server is used, and none is started for it.
- The servers are Debian's (`postgresql`, `redis-server`), on free ports of 127.0.0.1, with
  passwords made once. PostgreSQL refuses to run as root, so root lets its user `postgres` run it.
- The same supervisor as `make run` keeps all running; the servers stop after what needs them.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.supervisor import EXIT_USAGE, Child, PortError, Supervisor, check_port

ROOT = Path(__file__).resolve().parents[1]
NAME = "rodedraad"
PATIENCE = 60.0
# Long enough for a worker to give back the task that it is busy with.
GRACE_SECONDS = 20.0


class Lacking(Exception):
    """Something is not installed, or does not start; the text says what to do."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """A server that is started for the stack.

    Attributes:
        child: how the supervisor runs it.
        url: how it is reached, with its password.
        port: on 127.0.0.1.
    """

    child: Child
    url: str
    port: int


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs: the newest that Debian has put outside PATH."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    newest = sorted(found, key=lambda path: float(path.parent.name), reverse=True)
    on_path = shutil.which("postgres")
    return newest[0] if newest else (Path(on_path).parent if on_path else None)


def free_port() -> int:
    """Return a port on which nothing listens now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def password(folder: Path, name: str) -> str:
    """Return a password that is made once and kept for its owner alone."""
    path = folder / f"{name}-password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(16), encoding="ascii")
    return path.read_text(encoding="ascii")


def postgresql(folder: Path) -> Server:
    """Prepare a PostgreSQL in ``folder/postgresql``.

    Raises:
        Lacking: it is not installed, or cannot be set up there.
    """
    bin_folder = programs()
    if bin_folder is None:
        raise Lacking(
            "PostgreSQL is not installed (Debian: apt install postgresql). Or set DATABASE_URL."
        )
    data, secret, port = folder / "postgresql", password(folder, "postgresql"), free_port()
    if not (data / "PG_VERSION").exists():
        _initialise(bin_folder, data, secret)
    command = [
        *_as_postgres(),
        *(str(bin_folder / "postgres"), "-D", str(data), "-p", str(port)),
        *("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="),
        *("-c", "log_min_messages=warning"),
    ]
    return Server(
        # SIGINT disconnects whoever is still there; SIGTERM would wait for them.
        child=Child(
            name="database", command=command, stop_signal=signal.SIGINT, needed_by_others=True
        ),
        url=f"postgres://{NAME}:{secret}@127.0.0.1:{port}/postgres",
        port=port,
    )


def _initialise(bin_folder: Path, data: Path, secret: str) -> None:
    # What an interrupted attempt left is no database.
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700)
    with tempfile.NamedTemporaryFile("w", encoding="ascii") as file:
        file.write(secret)
        file.flush()
        if os.geteuid() == 0:
            whom = pwd.getpwnam("postgres")
            for path in (str(data), file.name):
                os.chown(path, whom.pw_uid, whom.pw_gid)
        made = subprocess.run(  # noqa: S603 - Debian's own program, our own arguments
            [
                *_as_postgres(),
                *(str(bin_folder / "initdb"), "-D", str(data), "-U", NAME, "-E", "UTF8"),
                *("--locale=C.UTF-8", "-A", "scram-sha-256", f"--pwfile={file.name}"),
            ],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
    if made.returncode:
        raise Lacking(
            f"PostgreSQL cannot be set up in {data}:\n{made.stderr.strip()}\n"
            "(As root: its user postgres must be able to reach that folder.)"
        )


def _as_postgres() -> list[str]:
    """Return what lets root run a program as the user of PostgreSQL; nothing for others.

    ``setpriv`` becomes that program, so signals reach it, and has it end with the supervisor.
    """
    if os.geteuid() != 0:
        return []
    try:
        pwd.getpwnam("postgres")
    except KeyError as error:
        raise Lacking("There is no user postgres, as whom PostgreSQL could run.") from error
    whom = ["--reuid=postgres", "--regid=postgres", "--init-groups"]
    return ["setpriv", *whom, "--pdeathsig=INT", "--"]


def redis(folder: Path) -> Server:
    """Prepare a Redis in ``folder/redis``; it keeps nothing, the database is the truth.

    Raises:
        Lacking: it is not installed.
    """
    program = shutil.which("redis-server")
    if program is None:
        raise Lacking(
            "Redis is not installed (Debian: apt install redis-server). Or set REDIS_URL."
        )
    home, secret, port = folder / "redis", password(folder, "redis"), free_port()
    home.mkdir(exist_ok=True)
    settings = home / "redis.conf"
    settings.touch(mode=0o600)
    settings.write_text(
        f"bind 127.0.0.1\nport {port}\nrequirepass {secret}\n"
        f'dir "{home}"\nsave ""\nappendonly no\nloglevel warning\n',
        encoding="utf-8",
    )
    return Server(
        child=Child(name="redis", command=[program, str(settings)], needed_by_others=True),
        url=f"redis://:{secret}@127.0.0.1:{port}/0",
        port=port,
    )


@contextlib.contextmanager
def running(server: Server | None) -> Iterator[None]:
    """Let a server run while the block lasts: to prepare what is in it.

    Raises:
        Lacking: it does not start.
    """
    if server is None:
        yield
        return
    process = subprocess.Popen(server.child.command, cwd="/")  # noqa: S603 - as above
    try:
        _await(lambda: _listens(server.port), process)
        yield
    finally:
        process.send_signal(server.child.stop_signal)
        process.wait()


def _await(there: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not there():
        if process.poll() is not None or time.monotonic() > deadline:
            raise Lacking("PostgreSQL does not start; the lines above say why.")
        time.sleep(0.05)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def children(*, port: int) -> list[Child]:
    """Return the three processes of the program itself, as `docker-compose.yml` has them."""
    # -P keeps folders out of Python's path that the program does not name itself.
    python = [sys.executable, "-P", "-m"]
    celery = [*python, "celery", "--quiet", "-A", "config.celery_app"]
    return [
        Child(
            name="web",
            command=[
                *python,
                *("gunicorn", "config.wsgi:application", "--config", "python:config.serving"),
                *("--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"),
                *("--no-control-socket", "--log-level", "warning"),
            ],
        ),
        Child(name="worker", command=[*celery, "worker", "--loglevel", "WARNING"]),
        Child(name="beat", command=[*celery, "beat", "--loglevel", "WARNING"]),
    ]


def prepare(environment: Mapping[str, str]) -> None:
    """Bring database and demonstration up to date.

    Raises:
        Lacking: one of the steps fails; its own words stand above.
    """
    for name in ("static", "media"):
        Path(environment["STATE_DIR"], name).mkdir(exist_ok=True)
    steps: list[Sequence[str]] = [("migrate", "--noinput", "-v0"), ("createcachetable",)]
    if environment.get("DEMO") != "0":
        # PostgreSQL counts by itself, but some minutes later; without counts it plans badly.
        count = "from django.db import connection; connection.cursor().execute('ANALYZE')"
        steps += [("demo", "--if-empty"), ("shell", "-v0", "-c", count)]
    for step in steps:
        _say(f"  manage.py {step[0]}")
        command = [sys.executable, "manage.py", *step]
        done = subprocess.run(  # noqa: S603 - our own program
            command, cwd=ROOT, env=environment, check=False, stdout=subprocess.DEVNULL
        )
        if done.returncode:
            raise Lacking(f"'manage.py {step[0]}' failed; the lines above say why.")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and run until a signal; returns the exit code."""
    parser = argparse.ArgumentParser(description="Run web, worker, beat, PostgreSQL and Redis.")
    parser.add_argument("--port", default="8000", metavar="NUMBER", help="of the web server")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "stack")
    parser.add_argument("--with-caller", action="store_true", help="stop when the caller is gone")
    options = parser.parse_args(arguments)
    caller = os.getppid() if options.with_caller else 0
    folder: Path = options.folder.resolve()
    try:
        port = check_port(host="127.0.0.1", port=options.port)
        folder.mkdir(parents=True, exist_ok=True)
        database = None if os.environ.get("DATABASE_URL") else postgresql(folder)
        queue = None if os.environ.get("REDIS_URL") else redis(folder)
        given = {
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
            "LOG_STYLE": "lines",
            "STATE_DIR": str(folder),
        }
        fixed = {"TASK_ENGINE": "celery", "PORT": str(port), "PYTHONPATH": str(ROOT)}
        os.environ.update({**given, **os.environ, **fixed})
        os.environ.update({"DATABASE_URL": database.url} if database else {})
        os.environ.update({"REDIS_URL": queue.url} if queue else {})
        with running(database):
            prepare(os.environ)
    except (PortError, Lacking) as error:
        sys.stderr.write(f"{error}\n")
        return EXIT_USAGE
    servers = [server.child for server in (database, queue) if server]
    os.chdir(ROOT)
    return Supervisor(
        children=[*servers, *children(port=port)],
        grace=GRACE_SECONDS,
        address=("127.0.0.1", port),
        caller=caller,
    ).run()


if __name__ == "__main__":
    sys.exit(main())
