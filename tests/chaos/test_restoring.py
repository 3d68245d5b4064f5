"""An installation is lost and put back as ``docs/operations.md`` says, with its own commands."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from config.stack import free_port, programs
from tests.chaos.clock import FIRST_DAY
from tests.chaos.processes import ROOT, Process, listens, wait_until
from tests.chaos.restoring import DOCUMENT
from tests.chaos.servers import Postgres, Sink, lacking
from tests.chaos.stage import PYTHON, Stage

# Two are enough on any machine that keeps up.
ROUNDS = 20
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def told(start: str) -> str:
    """Return the command that the operators' document gives."""
    found = re.search(rf"(?:`|^ *)({re.escape(start)}[^`\n]*)", PAGE, re.MULTILINE)
    assert found, f"docs/operations.md no longer says: {start}"
    return found[1].strip()


class Installation(Stage):
    """A stage that is backed up, lost and put back; the answers of its web process."""

    def __init__(self, *, database: str, folder: Path, sink: Sink) -> None:
        super().__init__(engine="django-q2", folder=folder, database=database, sink=sink)
        self.copy = folder.parent / "back-up"
        self.copy.mkdir()
        (folder / "media").mkdir()
        self.port = free_port()
        self.web: Process = self.process(
            *("web", PYTHON, "-m", "gunicorn", "config.wsgi:application"),
            *("--bind", f"127.0.0.1:{self.port}", "--workers", "1", "--no-control-socket"),
        )

    def run(self, command: str) -> str:
        """Run a command as somebody types it, in the folder of the back-up."""
        found = programs()
        path = [str(Path(sys.executable).parent), *([str(found)] if found else [])]
        done = subprocess.run(  # noqa: S602 - the commands of our own document
            command,
            shell=True,
            cwd=self.copy,
            env={
                **self.env,
                "DATABASE_URL": self.database,
                "PATH": os.pathsep.join([*path, os.environ["PATH"]]),
                # Said from another folder than ours.
                "PYTHONPYCACHEPREFIX": str((ROOT / self.env["PYTHONPYCACHEPREFIX"]).resolve()),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        return done.stdout

    def does(self, name: str) -> str:
        """Let a function of ``restoring`` run in a process of its own."""
        code = f"from tests.chaos import restoring; restoring.{name}()"
        return self.run(f'python "{ROOT}/manage.py" shell -v0 -c "{code}"')

    def works(self) -> None:
        """Plan and send until all went: a round has its seconds, however slow the machine is."""
        for _round in range(ROUNDS):
            self.does("work")
            if not self.unsent():
                return
        raise AssertionError(self.rows("SELECT state, count(*) FROM notifications_delivery"))

    def serve(self) -> None:
        self.web.start()
        wait_until(lambda: listens(self.port), or_say=self.web.tail)

    def ask(self, path: str, *, session: str = "") -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        cookie = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"} if session else {}
        try:
            connection.request("GET", path, headers=cookie)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    @property
    def file(self) -> Path:
        """The SQLite file."""
        return Path(self.database.removeprefix("sqlite:///"))

    def back_up(self) -> None:
        if self.database.startswith("sqlite"):
            command = told("python manage.py shell -c").replace("manage.py", f"{ROOT}/manage.py")
            assert "/backup/db.sqlite3" in command
            self.run(command.replace("/backup/", f"{self.copy}/"))
        else:
            self.run(told("pg_dump --format=custom"))
        shutil.copytree(self.folder / "media", self.copy / "media")

    def lose_everything(self) -> None:
        """Let the database be gone, or rubbish, and the files too."""
        self.web.kill()
        shutil.rmtree(self.folder / "media")
        if self.database.startswith("sqlite"):
            for end in ("", "-wal", "-shm"):
                Path(f"{self.file}{end}").write_bytes(b"rubbish" * 1000)
            return
        server, _slash, name = self.database.rpartition("/")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}"')

    def put_back(self) -> None:
        if self.database.startswith("sqlite"):
            shutil.copy(self.copy / "db.sqlite3", self.file)
            for end in ("-wal", "-shm"):
                Path(f"{self.file}{end}").unlink()
        else:
            self.run(told("pg_restore --clean"))
            self.run(told("vacuumdb --analyze-only"))
        shutil.copytree(self.copy / "media", self.folder / "media")
        self.run(f'python "{ROOT}/manage.py" migrate --noinput --verbosity 0')


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(
    request: pytest.FixtureRequest, tmp_path: Path, sink: Sink
) -> Iterator[Installation]:
    if request.param == "sqlite":
        database = f"sqlite:///{tmp_path}/db.sqlite3"
        shutil.copy(request.getfixturevalue("empty_file"), tmp_path / "db.sqlite3")
    else:
        server: Postgres = request.getfixturevalue("postgres")
        here = programs()
        if here is None or not (here / "pg_restore").exists():
            lacking("pg_restore")
        database = server.make(f"drill_{uuid4().hex[:12]}", template="empty")
    folder = tmp_path / "state"
    folder.mkdir()
    made = Installation(database=database, folder=folder, sink=sink)
    yield made
    made.web.kill()


def test_lost_and_put_back_it_answers_as_before_and_tells_nobody_twice_what_it_knows_it_told(
    installation: Installation,
) -> None:
    feed, document, session = installation.does("fill").split()
    installation.works()
    before = installation.copies()
    assert before
    installation.serve()
    calendar = installation.ask(feed)
    assert calendar[0] == 200
    installation.back_up()
    rows = installation.does("count")
    # Life goes on: these mails the back-up does not know.
    later = FIRST_DAY + timedelta(days=14)
    (installation.folder / "day").write_text(later.isoformat())
    installation.works()
    after = installation.copies()
    new = Counter(after.keys() - before.keys())
    assert new, "something was due in those two weeks"
    assert after == before + new
    installation.lose_everything()
    installation.put_back()
    assert installation.does("count") == rows
    installation.serve()
    assert installation.ask("/healthz")[0] == 200
    # A calendar keeps its key, a document its words, and a person their session.
    assert installation.ask(feed) == calendar
    assert installation.ask(document, session=session) == (200, DOCUMENT.encode())
    assert installation.ask(document)[0] == 302
    # What went before the back-up does not go again. What went after it goes once more, as the same
    # mail; and that was all.
    installation.works()
    assert installation.copies() == before + new + new
    installation.works()
    assert installation.copies() == before + new + new
    states = installation.rows("SELECT DISTINCT state FROM notifications_delivery")
    assert states == [("sent",)]
