"""Servers and stages for these tests; each stage has a database of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.chaos.processes import ROOT
from tests.chaos.servers import PLAIN, Postgres, Redis, Sink
from tests.chaos.stage import Stage

ENGINES = ("django-q2", "celery")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all of these, and none of the others."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.chaos)


def migrate(url: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity", "0"],
        cwd=ROOT,
        env={
            **PLAIN,
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "CHAOS_DATABASE_URL": url,
            "STATE_DIR": str(folder),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file with all tables and no rows."""
    folder = tmp_path_factory.mktemp("empty")
    migrate(f"sqlite:///{folder}/empty.sqlite3", folder)
    return folder / "empty.sqlite3"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """Return a server with a database ``empty``: all tables and no rows."""
    folder = tmp_path_factory.mktemp("postgres")
    server = Postgres(folder)
    try:
        server.begin()
        migrate(server.make("empty"), folder)
        yield server
    finally:
        server.end()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    server = Redis(tmp_path)
    server.begin()
    yield server
    server.kill()


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Sink]:
    server = Sink(tmp_path)
    server.begin()
    yield server
    server.kill()


@pytest.fixture
def stage(
    request: pytest.FixtureRequest, tmp_path: Path, sink: Sink
) -> Iterator[Callable[..., Stage]]:
    """Return ``stage(engine, **settings)``: django-q2 with SQLite, Celery with PostgreSQL."""
    made: list[Stage] = []

    def make(engine: str, **settings: str) -> Stage:
        if engine == "celery":
            server: Postgres = request.getfixturevalue("postgres")
            database = server.make(f"stage_{uuid4().hex[:12]}", template="empty")
            settings = {"REDIS_URL": request.getfixturevalue("redis").url, **settings}
        else:
            copy = tmp_path / "stage.sqlite3"
            shutil.copy(request.getfixturevalue("empty_file"), copy)
            database = f"sqlite:///{copy}"
        folder = tmp_path / "state"
        folder.mkdir()
        made.append(Stage(engine=engine, folder=folder, database=database, sink=sink, **settings))
        return made[-1]

    yield make
    for each in made:
        each.end()
