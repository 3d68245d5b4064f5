"""Fixtures that tests of several rooms share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper


@pytest.fixture
def on_file(tmp_path: Path, transactional_db: None) -> Iterator[None]:  # noqa: ARG001
    """Put a SQLite test database on a file with the options of the product; others are real."""
    if connection.vendor != "sqlite":
        yield
        return
    database: BaseDatabaseWrapper = connections["default"]
    memory = database.settings_dict["NAME"]
    options = database.settings_dict["OPTIONS"]
    connection.ensure_connection()
    copy = str(tmp_path / "parallel.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [copy])
    kept = connection.connection
    connection.connection = None
    database.settings_dict["NAME"] = copy
    database.settings_dict["OPTIONS"] = dict(settings.SQLITE_OPTIONS)
    yield
    connection.close()
    connection.connection = kept
    database.settings_dict["NAME"] = memory
    database.settings_dict["OPTIONS"] = options
